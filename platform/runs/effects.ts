/** What it costs that somebody or something is missing, and how much hangs on a figure: the same nights played twice.
 *
 * Many things are compared at once, and the largest of many effects looks larger than it is. So candidates are screened
 * on some nights, and those that stand out are measured on other nights, with intervals that hold for all of them
 * together (Bonferroni). Most make no difference to any night; that shows in a few, and they are passed over.
 */
import { type Difference, pairedDifference, zOf } from '@aman/kernel/experiment/statistics'
import type { Pool } from './pool.ts'
import type { Case, Sample } from './protocol.ts'

/** Nights for a first look, for screening and for measuring. */
const FIRST_LOOK = 48
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

/** Effects of all candidates that make a difference, the largest first. */
export async function findEffects<T>(pool: Pool, order: EffectsOrder<T>): Promise<Effects<T>> {
  const { base, seed, candidates, onProgress, signal } = order
  const screening = order.screening ?? SCREENING
  const measuring = order.measuring ?? MEASURING
  const all = candidates.length
  let done = 0
  const sample = (cases: readonly Case[], from: number, nights: number, counts: boolean) =>
    pool.sample(cases, from, nights, signal, () => {
      if (counts) onProgress?.(++done, all)
    })
  const stopped: Effects<T> = { effects: [], screened: done, without: 0, stopped: true }

  const [first] = await sample([base], seed, screening, false)
  if (first === undefined) return stopped
  const looks = await sample(
    candidates.map((c) => c.case),
    seed,
    Math.min(FIRST_LOOK, screening),
    true,
  )
  const differing = candidates.filter((_, k) => looks[k] !== undefined && strengthOf(first, looks[k]) > 0)
  const screened = await sample(
    differing.map((c) => c.case),
    seed,
    screening,
    false,
  )
  if (screened.includes(undefined)) return { ...stopped, screened: done }
  const finalists = differing
    .map((candidate, k) => ({ candidate, strength: strengthOf(first, screened[k]!) }))
    .sort((a, b) => b.strength - a.strength)
    .slice(0, FINALISTS)
    .map(({ candidate }) => candidate)
  const z = zOf(1 - 0.05 / Math.max(1, finalists.length))
  const [second, ...others] = await sample([base, ...finalists.map((f) => f.case)], (seed ^ OTHER_NIGHTS) | 0, measuring, false)
  const effects = finalists.flatMap(({ of }, k): Effect<T>[] => {
    const other = others[k]
    return second === undefined || other === undefined ? [] : [{ of, ...differences(second, other, z), nights: measuring }]
  })
  effects.sort((a, b) => Math.abs(b.success.difference) - Math.abs(a.success.difference) || worth(b) - worth(a))
  return { effects, screened: all, without: all - differing.length, stopped: second === undefined || others.includes(undefined) }
}

function worth<T>(effect: Effect<T>): number {
  return Number.isFinite(effect.clock.difference) ? Math.abs(effect.clock.difference) : 0
}

/** Differences between the same nights of two cases, in the chance of success and in the clock. */
function differences(a: Sample, b: Sample, z: number): { readonly success: Difference; readonly clock: Difference } {
  return { success: pairedDifference(a.success, b.success, z), clock: pairedDifference(a.clock, b.clock, z) }
}

/** How far two cases are apart on the nights that both have, in standard errors; 0 when no night differs. */
function strengthOf(a: Sample, b: Sample): number {
  const { success, clock } = differences(a, b, 1)
  const of = (d: Difference) => {
    const se = (d.high - d.low) / 2
    return se > 0 ? Math.abs(d.difference) / se : d.difference === 0 || Number.isNaN(d.difference) ? 0 : 1e9
  }
  // A night that succeeds instead of failing counts more than one that is a little slower.
  return 3 * of(success) + of(clock)
}
