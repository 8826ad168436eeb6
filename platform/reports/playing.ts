/** Plays the nights of a report again, so that it says more than the board keeps: the same seed gives the same nights. */
import { InputError } from '../contracts/errors.ts'
import type { StudyBundle } from '../packs/bundle.ts'
import { type StressReport, stressReport } from '../plans/report.ts'
import { type Prepared, prepare } from '../runs/model.ts'
import { nodePool } from '../runs/node.ts'
import { stress } from '../runs/stress.ts'

export interface Played {
  readonly prepared: Prepared
  readonly report: StressReport
  readonly summary: Awaited<ReturnType<typeof stress>>['summary']
}

export async function play(bundle: StudyBundle, seed: number, nights: number, threads: number): Promise<Played> {
  const what = { bundle, options: [] }
  const prepared = prepare(what)
  if ('problems' in prepared) throw new InputError(prepared.problems)
  const pool = nodePool(threads, nights)
  try {
    const result = await stress(pool, { case: what, model: prepared.model, seed, nights })
    return { prepared, report: stressReport(result, prepared.scene, seed, threads), summary: result.summary }
  } finally {
    pool.close()
  }
}
