/** Checks that need documents: the reference models, one night in two ways, any number of threads, and the real cases. */
import { quantileOf } from '@aman/kernel/experiment/statistics'
import type { Summary } from '@aman/kernel/experiment/summary'
import { type Check, mean, type Obtained } from '@aman/kernel/verification/check'
import type { Model } from '@aman/kernel/world/model'
import { Night } from '@aman/kernel/world/night'
import { replicate } from '@aman/kernel/world/replicate'
import { World } from '@aman/kernel/world/world'
import { textIn } from '../contracts/languages.ts'
import type { StudyBundle } from '../packs/bundle.ts'
import type { CaseDocument } from '../packs/kinds/case.ts'
import { prepare } from '../runs/model.ts'
import type { Pool } from '../runs/pool.ts'
import type { Case } from '../runs/protocol.ts'

/** A check that has been carried out. */
export interface VerifyRow extends Omit<Check, 'work'>, Obtained {
  readonly pass: boolean
}

export function row(check: Omit<VerifyRow, 'pass'>): VerifyRow {
  return { ...check, pass: Math.abs(check.obtained - check.expected) <= check.tolerance }
}

export interface Playable {
  readonly case: Case
  readonly model: Model
}

export function playable(bundle: StudyBundle): Playable {
  const what: Case = { bundle, options: [] }
  const prepared = prepare(what)
  if ('problems' in prepared) throw new Error(prepared.problems.map((p) => `${p.part}: ${p.code}`).join(', '))
  return { case: what, model: prepared.model }
}

async function play(pool: Pool, { case: what, model }: Playable, nights: number, seed = 2024): Promise<Summary> {
  return (await pool.run({ case: what, model, seed, nights })).summary
}

function column(summary: Summary, measure: string): Float64Array {
  return summary.column(summary.model.measures.findIndex((m) => m.name === measure))
}

/** Reference models A and B, as documents through the general engine, against the published figures of their definition. */
export async function referenceModels(pool: Pool, response: Playable, disorder: Playable): Promise<VerifyRow[]> {
  const a = await play(pool, response, 1_000_000)
  const complete = column(a, 'plan-complete')
  const sorted = complete.slice().sort()
  const b = await play(pool, disorder, 20_000)
  const peaks = column(b, 'peak')
  const large = peaks.filter((x) => x > 100).length / peaks.length
  const common = { confidence: 'definition' as const, title: 'Reference model A, response, as documents', source: 'Reference model A' }
  const b2 = { confidence: 'definition' as const, title: 'Reference model B, disorder, as documents', source: 'Reference model B' }
  return [
    row({
      ...common,
      id: 'A-mean',
      quantity: 'mean completion, s',
      expected: 3241.5,
      tolerance: 1,
      obtained: mean(complete),
      replications: a.nights,
    }),
    row({
      ...common,
      id: 'A-p50',
      quantity: 'median completion, s',
      expected: 3171,
      tolerance: 4,
      obtained: quantileOf(sorted, 0.5),
      replications: a.nights,
    }),
    row({
      ...common,
      id: 'A-p95',
      quantity: '95th percentile, s',
      expected: 4310,
      tolerance: 8,
      obtained: quantileOf(sorted, 0.95),
      replications: a.nights,
    }),
    row({
      ...b2,
      id: 'B-peak',
      quantity: 'mean peak, persons',
      expected: 76.09,
      tolerance: 1.14,
      obtained: mean(peaks),
      replications: b.nights,
    }),
    row({
      ...b2,
      id: 'B-large',
      quantity: 'P(peak > 100)',
      expected: 0.258,
      tolerance: 0.012,
      obtained: large,
      replications: b.nights,
    }),
  ]
}

/** How many of the first `nights` nights differ in any bit between a world that is advanced in steps, interrupted by a
 * snapshot and a fork, and a night that is simulated at once. */
export function worldAgainstReplicate(model: Model, nights: number): number {
  const measures = model.measures.length
  const night = new Night(model)
  const expected = new Float64Array(measures)
  let different = 0
  for (let r = 0; r < nights; r++) {
    replicate(night, 7, r, expected, 0, 1)
    const world = new World(model, 7, r)
    for (let k = 1; k <= 3; k++) world.advance((model.horizon * k) / 40)
    const kept = world.snapshot()
    const fork = world.fork()
    const ended = world.finish()
    world.restore(kept)
    const columns = [ended, fork.finish(), world.finish()]
    if (columns.some((c) => c.some((value, k) => !Object.is(value, expected[k])))) different++
  }
  return different
}

/** The same nights on pools of different size: 1 if all digests are equal. */
export async function sameOnAllThreads(pools: readonly Pool[], studies: readonly Playable[]): Promise<VerifyRow> {
  let equal = 0
  for (const study of studies) {
    const digests = new Set<string>()
    for (const pool of pools) digests.add((await play(pool, study, 1000, 5)).digest)
    if (digests.size === 1) equal++
  }
  return row({
    id: 'threads',
    title: `The same digest on ${pools.map((p) => p.threads).join(', ')} threads`,
    source: 'Counter-based chance, results reduced in the order of the nights',
    confidence: 'identity',
    quantity: 'studies with equal digests',
    expected: studies.length,
    tolerance: 0,
    obtained: equal,
    replications: 1000,
  })
}

/** Published figures of a case against the simulated range: the share of nights below it, to lie between 5 and 95 %. */
export async function publishedFigures(pool: Pool, incident: CaseDocument, study: Playable, nights: number): Promise<VerifyRow[]> {
  const summary = await play(pool, study, nights)
  return incident.published.map((p) => {
    const values = column(summary, p.measure)
    const below = values.filter((x) => x < p.value).length
    const same = values.filter((x) => x === p.value).length
    return row({
      id: `${incident.id}-${p.measure}`,
      title: textIn(incident.title, 'en'),
      source: `${incident.sources[p.source]?.title ?? p.source}; calibration illustrative`,
      confidence: incident.sources[p.source]?.confidence === 'press' ? 'press' : 'published',
      quantity: `place of the published ${p.value} (${textIn(p.says, 'en')}) in the simulated range, 0 to 1`,
      expected: 0.5,
      tolerance: 0.45,
      obtained: (below + same / 2) / values.length,
      replications: values.length,
    })
  })
}
