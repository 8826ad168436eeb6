/** Many nights of one case on a pool: a fixed number, or until the chance of success is known well enough. */

import { wilson, zOf } from '@aman/kernel/experiment/statistics'
import { isPrecise, looksBy, nightsAtLook, zAtLook } from '@aman/kernel/experiment/stopping'
import type { Summary } from '@aman/kernel/experiment/summary'
import type { Model } from '@aman/kernel/world/model'
import type { Pool, RunResult } from './pool.ts'
import type { Case } from './protocol.ts'

export interface StressOrder {
  readonly case: Case
  readonly model: Model
  readonly seed: number
  /** Nights to play; with `precision`, the most that may be played. */
  readonly nights: number
  /** Half-width of the interval of the chance of success at which to stop, for instance 0.01. */
  readonly precision?: number
  readonly onProgress?: (summary: Summary) => void
  readonly signal?: AbortSignal
}

export interface StressResult extends RunResult {
  /** How often somebody may have looked and stopped, which the interval pays for: 0 if the number was fixed beforehand. */
  readonly looks: number
  readonly probability: number
  readonly low: number
  readonly high: number
}

/** Ninety-five times in a hundred an interval with this z covers. */
export const Z = zOf(0.95)

export async function stress(pool: Pool, order: StressOrder): Promise<StressResult> {
  const { precision, case: what, model, seed, nights, onProgress, signal } = order
  let look = 0
  let precise = false
  const run = await pool.run({
    case: what,
    model,
    seed,
    nights,
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(signal === undefined ? {} : { signal }),
    enough: (summary) => {
      if (precision === undefined || summary.nights < nightsAtLook(look + 1)) return false
      look++
      precise = isPrecise(summary.hits, summary.nights, look, precision)
      return precise
    },
  })
  const { summary } = run
  // Stopped by hand or at the most nights: as if one had looked at every doubling until then.
  const looks = precise ? look : precision === undefined && !run.stopped ? 0 : looksBy(summary.nights)
  const z = looks === 0 ? Z : zAtLook(looks)
  return {
    ...run,
    looks,
    probability: summary.nights > 0 ? summary.hits / summary.nights : Number.NaN,
    ...wilson(summary.hits, summary.nights, z),
  }
}
