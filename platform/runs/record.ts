/** One night, written down as it happens. */
import type { Model } from '@aman/kernel/world/model'
import { type Observation, World } from '@aman/kernel/world/world'

/** One thing that happened: seconds after the onset, what (see the kernel's `log.ts`), and up to three figures. */
export interface Line {
  readonly time: number
  readonly code: number
  readonly a: number
  readonly b: number
  readonly x: number
}

export interface RecordedNight {
  readonly lines: readonly Line[]
  /** How things stood at the onset. */
  readonly first: Observation
  /** Second of the week at the onset. */
  readonly onset: number
  /** By measure, in the order of the model. */
  readonly outcomes: Float64Array
}

/** Night `replication` under `seed`. */
export function recordNight(model: Model, seed: number, replication: number): RecordedNight {
  const lines: Line[] = []
  const world = new World(model, seed, replication, (time, code, a, b, x) => lines.push({ time, code, a, b, x }))
  const first = world.observe()
  const outcomes = world.finish()
  return { lines, first, onset: first.onset, outcomes }
}
