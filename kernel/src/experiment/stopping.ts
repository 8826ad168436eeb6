/** When to stop, honestly: looks at fixed numbers of nights, each look paying its share of the chance to be wrong.
 *
 * Who stops when the interval first looks narrow enough has looked many times, and an ordinary 95 % interval is then
 * wrong more often than it says. Here look k may be wrong with probability 0.05 / (k (k + 1)); over all looks that adds up
 * to 0.05 (Bonferroni), whenever one stops.
 */
import { BLOCK } from './block.ts'
import { wilson, zOf } from './statistics.ts'

const FIRST_LOOK = 2 * BLOCK

/** Nights at which look `k` (1, 2, …) is taken: 512, 1024, 2048 … */
export function nightsAtLook(k: number): number {
  let nights = FIRST_LOOK
  for (let i = 1; i < k; i++) nights *= 2
  return nights
}

/** z of the interval at look `k`. */
export function zAtLook(k: number): number {
  return zOf(1 - 0.05 / (k * (k + 1)))
}

/** The number of looks taken by the time of `nights`; at least one. */
export function looksBy(nights: number): number {
  let k = 1
  while (nightsAtLook(k + 1) <= nights) k++
  return k
}

/** Whether the proportion is known to ± `precision` at look `k`. */
export function isPrecise(hits: number, nights: number, k: number, precision: number): boolean {
  const { low, high } = wilson(hits, nights, zAtLook(k))
  return high - low <= 2 * precision
}
