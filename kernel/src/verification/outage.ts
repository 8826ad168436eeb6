/** Darkness after the mains fail, against its closed form. */
import { exp } from '../numeric/exp.ts'
import type { Scene } from '../world/scene.ts'
import { type Check, columnOf, mean, nightsOf, shareOf, wide } from './check.ts'
import { exponential, facility, fixed, roster, scene, zone } from './scenes.ts'

/** Chance that the generator does not start; hours that the battery lasts on average; hours of outage. */
const NO_START = 0.2
const BATTERY = 2
const OUTAGE = 3
const NIGHTS = 20_224

function blackout(): Scene {
  return scene({
    facility: facility([zone('wing', { lights: 'lamps', people: { all: { unlocked: 10, locked: 0 } } })], [], {
      daylight: [12 * 3600, 12 * 3600],
      sources: [
        { id: 'mains', kind: 'mains' },
        { id: 'battery', kind: 'battery', lasts: exponential(BATTERY * 3600) },
        { id: 'generator', kind: 'generator', starts: { chance: 1 - NO_START, after: fixed(0) } },
      ],
      circuits: [{ id: 'lamps', serves: 'lights', from: ['mains', 'battery', 'generator'] }],
    }),
    roster: roster([]),
    threat: { kind: 'outage', sources: ['mains'], circuits: [], lasts: fixed(OUTAGE * 3600), noticed: fixed(0), patience: 600 },
    where: { zones: { wing: 1 } },
    onset: { kind: 'at', secondOfWeek: 0 },
    horizon: 12 * 3600,
  })
}

const nights = nightsOf(blackout, NIGHTS)
const LASTS = exp(-OUTAGE / BATTERY)
const CHANCE = NO_START * (1 - LASTS)
const SECONDS = NO_START * 3600 * (OUTAGE - BATTERY * (1 - LASTS))
const SOURCE = 'q P(B < D) and q E(D − B)⁺: start failure q, exponential battery B, outage D; start failure and battery are made up'

export const OUTAGE_CHECKS: readonly Check[] = [
  {
    id: 'P2-chance',
    title: 'Battery and a generator that may not start: chance of darkness',
    source: SOURCE,
    confidence: 'identity',
    quantity: 'share of nights',
    expected: CHANCE,
    tolerance: wide(CHANCE, NIGHTS),
    work: () => ({ obtained: shareOf(columnOf(nights(), 'dark'), (x) => x > 0), replications: NIGHTS }),
  },
  {
    id: 'P2-seconds',
    title: 'Battery and a generator that may not start: how long it is dark',
    source: SOURCE,
    confidence: 'identity',
    quantity: 's on average',
    expected: SECONDS,
    tolerance: 0.04 * SECONDS,
    work: () => ({ obtained: mean(columnOf(nights(), 'dark')), replications: NIGHTS }),
  },
]
