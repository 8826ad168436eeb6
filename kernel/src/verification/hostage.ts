/** Hostage-taking without anybody who acts: harm is a Poisson process, and the stages take what they take. */
import { exp } from '../numeric/exp.ts'
import type { Hostage } from '../threats/hostage.ts'
import type { Scene } from '../world/scene.ts'
import { type Check, columnOf, mean, nightsOf, shareOf, wide } from './check.ts'
import { exponential, facility, fixed, officer, onMark, plan, roster, scene, task, zone } from './scenes.ts'

const HOUR = 3600
const NIGHTS = 20_224

const BASE: Hostage = {
  kind: 'hostage',
  hostages: fixed(2),
  stages: [exponential(HOUR), exponential(2 * HOUR), exponential(HOUR)],
  siege: { chance: 0, factor: fixed(1) },
  unattended: 0,
  harm: { rate: 0, atFirst: 1, first: 0, perStage: 1, attended: 1, lethal: 0 },
  deadlines: { every: fixed(1e9), unattended: 0, attended: 0 },
  release: 0,
  widening: { after: fixed(1e9), hostages: 0 },
  surrender: exponential(HOUR),
  assault: { harm: 0, death: 0 },
  noticed: fixed(0),
}

function siege(threat: Hostage, attended: boolean): Scene {
  const talk = task('talk', 0, { all: [onMark('detected')], work: { kind: 'negotiate', quality: 1, until: 'resolved' }, place: 'hall' })
  return scene({
    facility: facility([zone('office'), zone('hall')], []),
    roster: roster([officer('negotiator', 'hall')]),
    plans: attended ? [plan('hostage', [talk])] : [],
    threat,
    where: { zones: { office: 1 } },
    horizon: attended ? 1000 * HOUR : 6 * HOUR,
  })
}

const RATE = 0.1 / HOUR
const unharmed = exp(-RATE * 6 * HOUR)
const alone = nightsOf(() => siege({ ...BASE, harm: { ...BASE.harm, rate: RATE } }, false), NIGHTS)
const talked = nightsOf(() => siege({ ...BASE, siege: { chance: 0.25, factor: fixed(3) } }, true), NIGHTS)
const MEAN = 5 * HOUR * (1 + 0.25 * 2)

export const HOSTAGE_CHECKS: readonly Check[] = [
  {
    id: 'H-harm',
    title: 'Hostages nobody talks for: chance that none is harmed in six hours',
    source: 'Poisson process',
    confidence: 'identity',
    quantity: 'share of nights',
    expected: unharmed,
    tolerance: wide(unharmed, NIGHTS),
    work: () => ({ obtained: shareOf(columnOf(alone(), 'harmed'), (x) => x === 0), replications: NIGHTS }),
  },
  {
    id: 'H-stages',
    title: 'Negotiation through its stages, one night in four a siege three times as long',
    source: 'Mean of the sum of the stages',
    confidence: 'identity',
    quantity: 's until surrender',
    expected: MEAN,
    tolerance: 0.025 * MEAN,
    work: () => ({ obtained: mean(columnOf(talked(), 'resolved')), replications: NIGHTS }),
  },
]
