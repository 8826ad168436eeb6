/** Disorder as an epidemic: with officers who only secure, the chain is SEIR, and its final size is known. */
import type { Disorder } from '../threats/disorder/shape.ts'
import type { Scene } from '../world/scene.ts'
import { type Check, columnOf, mean, nightsOf, shareOf, wide } from './check.ts'
import { facility, fixed, officer, roster, scene, zone } from './scenes.ts'

const PEOPLE = 1000
const REPRODUCTION = 2
const NIGHTS = 4096
const SECURED_PER_SECOND = 1 / 600

function riot(): Scene {
  const threat: Disorder = {
    kind: 'disorder',
    agitated: fixed(1),
    spontaneous: 0,
    within: REPRODUCTION * SECURED_PER_SECOND,
    between: 0,
    agitatedWeight: 0,
    ignition: 1 / 300,
    escalation: 0,
    escalationBetween: 0,
    calming: 0,
    talkingDown: 0,
    securing: SECURED_PER_SECOND,
    through: { closed: 1, locked: 1 },
    release: 0,
    noticed: { present: fixed(0), absent: fixed(0) },
  }
  return scene({
    facility: facility([zone('wing', { people: { all: { unlocked: PEOPLE, locked: 0 } } })], []),
    roster: roster([officer('one', 'wing')]),
    threat,
    where: { zones: { wing: 1 } },
    horizon: 1e6,
  })
}

const nights = nightsOf(riot, NIGHTS)
const SOURCE = 'Final size and extinction of the Markov SEIR chain'

export const DISORDER_CHECKS: readonly Check[] = [
  {
    id: 'R2-final-size',
    title: 'Disorder in its epidemic limit: final size',
    source: SOURCE,
    confidence: 'identity',
    quantity: 'share who took part',
    expected: 0.79681,
    tolerance: 0.01,
    work: () => ({ obtained: mean(columnOf(nights(), 'secured').filter((x) => x > 100)) / PEOPLE, replications: NIGHTS }),
  },
  {
    id: 'R2-extinction',
    title: 'Disorder in its epidemic limit: dies out by itself',
    source: SOURCE,
    confidence: 'identity',
    quantity: 'share of nights',
    expected: 1 / REPRODUCTION,
    tolerance: wide(0.5, NIGHTS) + 0.005,
    work: () => ({ obtained: shareOf(columnOf(nights(), 'secured'), (x) => x <= 100), replications: NIGHTS }),
  },
]
