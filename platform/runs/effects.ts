/** What it costs that somebody or something is missing, what an option buys, how much hangs on a figure: the same nights
 * played twice.
 *
 * Many things are compared at once, and the largest of many effects looks larger than it is. So candidates are screened
 * on some nights, and those that stand out are measured on other nights, with intervals that hold for all of them
 * together (Bonferroni).
 */
import { type Difference, pairedDifference, zOf } from '@aman/kernel/experiment/statistics'
import type { Summary } from '@aman/kernel/experiment/summary'
import type { Variation } from '@aman/kernel/experiment/variants'
import type { Model } from '@aman/kernel/world/model'
import { prepare } from './model.ts'
import type { Pool } from './pool.ts'
import type { Case } from './protocol.ts'

/** Nights for screening and for measuring. */
export const SCREENING = 512
export const MEASURING = 4096
/** How many candidates are measured at most. */
const FINALISTS = 12
/** Seeds of the nights on which finalists are measured: none that screening has seen. */
const OTHER_NIGHTS = 0x5bd1e995

export interface Effect<T> {
  readonly of: T
  /** Difference in the chance of success, with a simultaneous interval. */
  readonly success: Difference
  /** Difference in the mean of the measure that the question is about, in its unit. */
  readonly clock: Difference
  readonly nights: number
}

export interface EffectsOrder<T> {
  readonly base: Case
  readonly seed: number
  readonly candidates: readonly { readonly of: T; readonly case: Case }[]
  readonly screening?: number
  readonly measuring?: number
  readonly onProgress?: (done: number, all: number) => void
  readonly signal?: AbortSignal
}

export interface Effects<T> {
  readonly effects: readonly Effect<T>[]
  /** How many candidates were screened, and how many of them made no difference at all to any night. */
  readonly screened: number
  readonly without: number
  readonly stopped: boolean
}

/** The measure that a question is about: its clock, or when the last task was done. */
export function clockMeasure(model: Model): number {
  const name = model.clock >= 0 ? model.marks.names[model.clock] : 'plan-complete'
  return model.measures.findIndex((m) => m.name === name)
}

/** Case `base` with one variation. */
export function varied(base: Case, variation: Variation): Case {
  return { ...base, variation }
}

/** Effects of all candidates that make a difference, the largest first. */
export async function findEffects<T>(pool: Pool, order: EffectsOrder<T>): Promise<Effects<T>> {
  const { base, seed, candidates, onProgress, signal } = order
  const screening = order.screening ?? SCREENING
  const measuring = order.measuring ?? MEASURING
  const play = async (what: Case, from: number, nights: number): Promise<Summary | undefined> => {
    const prepared = prepare(what)
    if ('problems' in prepared) throw new Error(prepared.problems.map((p) => p.code).join(', '))
    const { summary, stopped } = await pool.run({
      case: what,
      model: prepared.model,
      seed: from,
      nights,
      ...(signal === undefined ? {} : { signal }),
    })
    return stopped ? undefined : summary
  }
  const all = candidates.length + Math.min(FINALISTS, candidates.length)
  let done = 0
  const first = await play(base, seed, screening)
  if (first === undefined) return { effects: [], screened: 0, without: 0, stopped: true }
  const promising: { readonly candidate: (typeof candidates)[number]; readonly strength: number }[] = []
  for (const candidate of candidates) {
    const summary = await play(candidate.case, seed, screening)
    if (summary === undefined) return { effects: [], screened: done, without: 0, stopped: true }
    const strength = strengthOf(first, summary)
    if (strength > 0) promising.push({ candidate, strength })
    onProgress?.(++done, all)
  }
  promising.sort((a, b) => b.strength - a.strength)
  const finalists = promising.slice(0, FINALISTS)
  const z = zOf(1 - 0.05 / Math.max(1, finalists.length))
  const other = (seed ^ OTHER_NIGHTS) | 0
  const second = finalists.length > 0 ? await play(base, other, measuring) : undefined
  const effects: Effect<T>[] = []
  for (const { candidate } of finalists) {
    const summary = second === undefined ? undefined : await play(candidate.case, other, measuring)
    if (second === undefined || summary === undefined)
      return { effects, screened: done, without: candidates.length - promising.length, stopped: true }
    effects.push({ of: candidate.of, ...differences(second, summary, z), nights: measuring })
    onProgress?.(++done, all)
  }
  effects.sort((a, b) => Math.abs(b.success.difference) - Math.abs(a.success.difference) || worth(b) - worth(a))
  return { effects, screened: candidates.length, without: candidates.length - promising.length, stopped: false }
}

function worth<T>(effect: Effect<T>): number {
  return Number.isFinite(effect.clock.difference) ? Math.abs(effect.clock.difference) : 0
}

/** Differences between the same nights of two cases, in the chance of success and in the clock. */
export function differences(a: Summary, b: Summary, z: number): { readonly success: Difference; readonly clock: Difference } {
  return {
    success: pairedDifference(a.success, b.success, z),
    clock: pairedDifference(a.column(clockMeasure(a.model)), b.column(clockMeasure(b.model)), z),
  }
}

/** How far two cases are apart, in standard errors; 0 when no night differs. */
function strengthOf(a: Summary, b: Summary): number {
  const { success, clock } = differences(a, b, 1)
  const of = (d: Difference) => {
    const se = (d.high - d.low) / 2
    return se > 0 ? Math.abs(d.difference) / se : d.difference === 0 || Number.isNaN(d.difference) ? 0 : Number.POSITIVE_INFINITY
  }
  // A night that succeeds instead of failing counts more than one that is a little slower.
  return 3 * of(success) + of(clock)
}
