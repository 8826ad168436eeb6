/** Fire: growth with the square of time, and a closed hatch against an open one. */
import type { Fire } from '../threats/fire/shape.ts'
import { compile } from '../world/compile.ts'
import type { Scene } from '../world/scene.ts'
import { World } from '../world/world.ts'
import type { Check } from './check.ts'
import { facility, fixed, roster, scene, zone } from './scenes.ts'

/** A fire that harms nobody and that nobody notices by itself. */
export const BASE: Fire = {
  kind: 'fire',
  seat: 'room',
  growth: fixed(0.0469),
  peakHeat: 1e9,
  fuel: 1e12,
  heatOfCombustion: 20_000,
  yields: { monoxide: 0.01, monoxidePoor: 0.2, soot: 0.05 },
  exchange: { seat: 0.5, zones: 0.3 },
  gaps: 0.02,
  smoke: { detected: 0.1, noticed: 0.2, unbearable: 2 },
  calls: fixed(1e9),
  noticing: 1e9,
  dose: { median: 1, sigma: 0.5, lethal: 2, cell: 0.5 },
  spread: { heat: 1e9, after: 1e9 },
  doorOpen: true,
}

/** α, kW/s², and the time at which 1,055 kW are reached, s. */
const CLASSES = [
  ['slow', 0.00293, 600],
  ['medium', 0.0117, 300],
  ['fast', 0.0469, 150],
  ['ultrafast', 0.1876, 75],
] as const

function heatAt(threat: Fire, seconds: number): number {
  const yard = scene({
    facility: facility([zone('yard', { outside: true })], []),
    roster: roster([]),
    threat,
    where: { zones: { yard: 1 } },
    horizon: seconds,
  })
  const world = new World(compile(yard), 1, 0)
  world.advance(seconds)
  return world.observe().figures.heat
}

/** A cell of 22 m³ behind a door with openings of two sizes, on a large landing. */
function cellScene(open: boolean): Scene {
  const wing = zone('wing', {
    area: 600,
    height: 8,
    ventilation: 6,
    people: { all: { unlocked: 0, locked: 20 } },
    cells: { count: 20, front: 'solid', key: 'cell', opening: { open: 3.34, shut: 0.17, height: 2 }, volume: 22 },
  })
  return scene({
    facility: facility([wing], []),
    roster: roster([]),
    threat: { ...BASE, seat: 'cell', peakHeat: 4500, fuel: 700_000, doorOpen: open },
    where: { zones: { wing: 1 } },
    horizon: 1800,
  })
}

function burn(open: boolean, seconds = 1800): Readonly<Record<string, number>> {
  const world = new World(compile(cellScene(open)), 1, 0)
  world.advance(seconds)
  return world.observe().figures
}

const BURNS = 'Lee, NBSIR 82-2469 (prison cell burns at four openings)'

export const FIRE_CHECKS: readonly Check[] = [
  ...CLASSES.map(
    ([name, growth, seconds]): Check => ({
      id: `t2-${name}`,
      title: `Growth with the square of time: ${name}`,
      source: 'NFPA 204',
      confidence: 'published',
      quantity: `kW after ${seconds} s`,
      expected: 1055,
      tolerance: 2.5,
      work: () => ({ obtained: heatAt({ ...BASE, growth: fixed(growth) }, seconds), replications: 1 }),
    }),
  ),
  {
    id: 'F3-heat-open',
    title: 'Cell fire with a large opening',
    source: BURNS,
    confidence: 'published',
    quantity: 'peak heat, kW',
    expected: 4500,
    tolerance: 450,
    work: () => ({ obtained: burn(true)['peak-heat'], replications: 1 }),
  },
  {
    id: 'F3-heat-closed',
    title: 'Cell fire with a small opening: the heat that its air allows',
    source: `${BURNS}; the engine first uses up the air in the cell, and for a minute or two burns hotter than this`,
    confidence: 'published',
    quantity: 'heat after 15 min, kW',
    expected: 340,
    tolerance: 51,
    work: () => ({ obtained: burn(false, 900).heat, replications: 1 }),
  },
  {
    id: 'F3-monoxide',
    title: 'Cell fire: carbon monoxide is highest at the smallest opening',
    source: `${BURNS}: 5.3 kg in 1,800 s`,
    confidence: 'published',
    quantity: 'kg of carbon monoxide, small opening',
    expected: 5.3,
    tolerance: 1.6,
    work: () => ({ obtained: burn(false).monoxide, replications: 1 }),
  },
  {
    id: 'F3-order',
    title: 'Closing the hatch cuts the heat and raises carbon monoxide',
    source: BURNS,
    confidence: 'published',
    quantity: 'both hold (1) or not (0)',
    expected: 1,
    tolerance: 0,
    work: () => {
      const [open, shut] = [burn(true), burn(false)]
      const holds = shut['peak-heat'] < open['peak-heat'] / 3 && shut.monoxide > open.monoxide && shut.dose > open.dose
      return { obtained: holds ? 1 : 0, replications: 2 }
    },
  },
]
