/** Path interruption: the EASI model, in closed form and through the engine. */
import { normalProbability } from '../numeric/normal.ts'
import type { Distribution } from '../random/distribution.ts'
import type { EscapeStep } from '../threats/escape.ts'
import type { Scene, Sensor } from '../world/scene.ts'
import { type Check, columnOf, mean, nightsOf, wide } from './check.ts'
import { facility, fixed, onMark, plan, roster, scene, task, zone } from './scenes.ts'

interface PathTask {
  readonly detection: number
  /** Mean delay, s; its spread is 30 % of it. */
  readonly delay: number
}

interface Case {
  readonly id: string
  readonly title: string
  readonly path: readonly PathTask[]
  /** Mean and spread of the response time, s. */
  readonly response: readonly [number, number]
  readonly expected: number
  readonly confidence: Check['confidence']
}

const COMMUNICATION = 0.95
const SPREAD = 0.3
const NIGHTS = 200_192

const PATH: readonly PathTask[] = [
  { detection: 0, delay: 10 },
  { detection: 0, delay: 12 },
  { detection: 0.9, delay: 90 },
  { detection: 0, delay: 10 },
  { detection: 0.9, delay: 90 },
  { detection: 0, delay: 120 },
]

const CASES: readonly Case[] = [
  { id: 'E1', title: 'EASI, baseline', path: PATH, response: [300, 90], expected: 0.47604, confidence: 'recalled' },
  { id: 'E2', title: 'EASI, response in 200 s', path: PATH, response: [200, 60], expected: 0.83051, confidence: 'recomputed' },
  {
    id: 'E3',
    title: 'EASI, with a fence sensor',
    path: PATH.map((t, i) => (i === 0 ? { ...t, detection: 0.9 } : t)),
    response: [300, 90],
    expected: 0.57811,
    confidence: 'recomputed',
  },
]

/** P(interruption) = Σ P(D_i) P(C) P(R | A_i) Π (1 − P(D_j)), sensors at the beginning of each task (SAND 76-0597). */
function probabilityOfInterruption({ path, response: [response, spread] }: Case): number {
  let unseen = 1
  let total = 0
  path.forEach((step, i) => {
    const later = path.slice(i)
    const remaining = later.reduce((sum, t) => sum + t.delay, 0)
    const variance = later.reduce((sum, t) => sum + SPREAD * t.delay * (SPREAD * t.delay), spread * spread)
    total += unseen * step.detection * COMMUNICATION * normalProbability((remaining - response) / Math.sqrt(variance))
    unseen *= 1 - step.detection
  })
  return total
}

function pathScene({ path, response: [mean_, sd] }: Case): Scene {
  const zones = path.map((_, i) => zone(`step-${i}`))
  const sensors = path.flatMap((step, i): Sensor[] =>
    step.detection === 0
      ? []
      : [{ id: `sensor-${i}`, kind: 'motion', covers: [`step-${i}`], chance: step.detection, fault: 0, light: false, delay: fixed(0) }],
  )
  const steps = path.map(({ delay }, i): EscapeStep => {
    const time: Distribution = { kind: 'normal', mean: delay, sd: SPREAD * delay }
    return { id: `step-${i}`, place: `step-${i}`, delay: time, seen: 'beginning' }
  })
  const respond = task(
    'respond',
    { kind: 'normal', mean: mean_, sd },
    {
      all: [onMark('detected')],
      needs: [],
      fails: 1 - COMMUNICATION,
      onDone: [{ kind: 'intercept' }],
    },
  )
  return scene({
    facility: facility(zones, [], { sensors }),
    roster: roster([]),
    plans: [plan('escape', [respond])],
    threat: { kind: 'escape', people: 1, steps, noticing: 1, traces: fixed(1e9), rollChecks: { at: [], chance: 0 } },
    where: { zones: { 'step-0': 1 } },
    horizon: 3600,
    success: [{ measure: 'escaped', atMost: 0 }],
  })
}

const SOURCE = 'SAND 76-0597 (EASI); inputs as in the textbook by Garcia'

export const ESCAPE_CHECKS: readonly Check[] = CASES.flatMap((one): Check[] => {
  const common = { source: SOURCE, confidence: one.confidence, quantity: 'probability of interruption', expected: one.expected }
  const nights = nightsOf(() => pathScene(one), NIGHTS)
  return [
    {
      ...common,
      id: one.id,
      title: `${one.title}: closed form`,
      tolerance: 0.000005,
      work: () => ({ obtained: probabilityOfInterruption(one), replications: 0 }),
    },
    {
      ...common,
      id: `${one.id}-simulated`,
      title: `${one.title}: through the engine`,
      // Delays cannot be negative in the engine; at a spread of 30 % that moves the result by less than 0.0005.
      tolerance: wide(one.expected, NIGHTS) + 0.0005,
      work: () => {
        const summary = nights()
        return { obtained: 1 - mean(columnOf(summary, 'escaped')), replications: summary.nights }
      },
    },
  ]
})
