/** Contagion: final size, extinction, growth and the peak of the mean-field equations. */
import { exp } from '../numeric/exp.ts'
import type { Outbreak } from '../threats/outbreak/shape.ts'
import type { Scene } from '../world/scene.ts'
import { type Check, columnOf, mean, nightsOf, shareOf, wide } from './check.ts'
import { facility, fixed, roster, scene, zone } from './scenes.ts'

const DAY = 86400
/** Mean days until infectious, and infectious. */
const LATENT = 3
const INFECTIOUS = 5
const SOURCE = 'Kermack and McKendrick; Markov SEIR'

function outbreakScene(people: number, arriving: number, reproduction: number, horizonDays: number): Scene {
  const threat: Outbreak = {
    kind: 'outbreak',
    reproduction: fixed(reproduction),
    latent: LATENT * DAY,
    infectious: INFECTIOUS * DAY,
    contacts: { zone: 1, near: 0, establishment: 0, staff: 0 },
    solid: 1,
    arriving: fixed(arriving),
    imported: 0,
    symptoms: { share: 0, after: DAY },
    leak: 1,
    places: 0,
    fatality: 0,
  }
  return scene({
    facility: facility([zone('wing', { people: { all: { unlocked: people, locked: 0 } } })], []),
    roster: roster([]),
    threat,
    where: { zones: { wing: 1 } },
    horizon: horizonDays * DAY,
  })
}

/** The share z that solves z = 1 − exp(−R z). */
function finalSize(reproduction: number): number {
  let z = 1
  for (let i = 0; i < 400; i++) z = 1 - exp(-reproduction * z)
  return z
}

/** Infected by day `t` on average from one exposed among unlimited susceptible people: both equations solved step by step. */
function earlyGrowth(reproduction: number, days: number): number {
  const step = 1 / 2000
  let exposed = 1
  let infectious = 0
  let total = 1
  const half = (e: number, i: number) => {
    const infections = (reproduction / INFECTIOUS) * i
    return { de: infections - e / LATENT, di: e / LATENT - i / INFECTIOUS, dt: infections }
  }
  for (let k = 0; k < days / step; k++) {
    const a = half(exposed, infectious)
    const b = half(exposed + (a.de * step) / 2, infectious + (a.di * step) / 2)
    exposed += b.de * step
    infectious += b.di * step
    total += b.dt * step
  }
  return total
}

const PEOPLE = 1000
const NIGHTS = 2048
const MINOR = 0.12

function sizeChecks([reproduction, expected]: readonly [number, number]): Check[] {
  const nights = nightsOf(() => outbreakScene(PEOPLE, 1, reproduction, 1500), NIGHTS)
  const common = { source: SOURCE, confidence: 'identity' as const }
  return [
    {
      ...common,
      id: `final-size-${reproduction}`,
      title: `Final size of a large outbreak, reproduction number ${reproduction}`,
      quantity: 'share infected',
      expected,
      // In a population of a thousand the mean lies a little below the limit.
      tolerance: 0.012,
      work: () => {
        const large = columnOf(nights(), 'infected').filter((x) => x > MINOR * PEOPLE)
        return { obtained: mean(large) / PEOPLE, replications: nights().nights }
      },
    },
    {
      ...common,
      id: `extinction-${reproduction}`,
      title: `Extinction after one case, reproduction number ${reproduction}`,
      quantity: 'share of outbreaks that stay small',
      expected: 1 / reproduction,
      tolerance: wide(1 / reproduction, NIGHTS) + 0.005,
      work: () => ({ obtained: shareOf(columnOf(nights(), 'infected'), (x) => x <= MINOR * PEOPLE), replications: nights().nights }),
    },
  ]
}

/** The mean-field peak as the population grows: the engine's peak is that of a random path, and a little higher. */
function peakChecks(): Check[] {
  return (
    [
      [1000, 0.1, 256],
      [4000, 0.05, 128],
      [16000, 0.02, 64],
    ] as const
  ).flatMap(([people, tolerance, count]): Check[] => {
    const nights = nightsOf(() => outbreakScene(people, people / 1000, 3, 1500), count)
    const grown = () =>
      columnOf(nights(), 'infected')
        .map((x, k) => (x > MINOR * people ? columnOf(nights(), 'peak')[k] : NaN))
        .filter((x) => x === x)
    return [
      {
        id: `D2-peak-${people}`,
        title: `Peak of infectious people among ${people}, reproduction number 3`,
        source: `${SOURCE}; peak of the mean-field equations, latent 3 d, infectious 5 d, one exposed in a thousand`,
        confidence: 'recomputed',
        quantity: 'persons in a thousand',
        expected: 184,
        tolerance: 184 * tolerance,
        work: () => ({ obtained: (1000 * mean(grown())) / people, replications: count }),
      },
    ]
  })
}

/** Reproduction numbers of the four phases of a large urban jail. */
const PHASES: readonly (readonly [string, number])[] = [
  ['start', 8.44],
  ['depopulation', 3.64],
  ['single cells', 1.72],
  ['testing', 0.58],
]
const GROWTH_DAYS = 8

function phaseChecks(): Check[] {
  return PHASES.map(([phase, reproduction]): Check => {
    const expected = earlyGrowth(reproduction, GROWTH_DAYS)
    const nights = nightsOf(() => outbreakScene(20_000, 1, reproduction, GROWTH_DAYS), 8192)
    return {
      id: `D4-${phase.replace(' ', '-')}`,
      title: `Growth in the phase "${phase}" of a large urban jail, reproduction number ${reproduction}`,
      source: 'Malloy et al., BMJ Open 2021 (reproduction numbers); growth by the linear equations',
      confidence: 'published',
      quantity: `infected by day ${GROWTH_DAYS} from one case`,
      expected,
      tolerance: 0.06 * expected,
      work: () => ({ obtained: mean(columnOf(nights(), 'infected')), replications: nights().nights }),
    }
  })
}

export const OUTBREAK_CHECKS: readonly Check[] = [
  ...([1.5, 2, 3, 3.64, 8.44] as const).map((r) => [r, finalSize(r)] as const).flatMap(sizeChecks),
  ...peakChecks(),
  ...phaseChecks(),
]
