/** Values sorted into bins for a histogram, on a page or on paper. */

const BINS = 28

export interface Bin {
  readonly from: number
  readonly to: number
  readonly count: number
}

/** Bins of equal width over nearly all finite values. Counts of people or things have bins of whole numbers, from a first to
 * a last one that both belong to it. */
export function binsOf(values: Float64Array, line?: number): { readonly bins: readonly Bin[]; readonly whole: boolean } {
  const finite = values.filter((v) => v < Number.POSITIVE_INFINITY).sort()
  if (finite.length === 0) return { bins: [], whole: false }
  const low = Math.min(finite[0]!, line ?? Number.POSITIVE_INFINITY)
  const high = Math.max(finite[Math.min(finite.length - 1, Math.floor(0.995 * finite.length))]!, line ?? Number.NEGATIVE_INFINITY)
  const whole = finite.every(Number.isInteger)
  const step = whole ? Math.max(1, Math.ceil((high - low + 1) / BINS)) : (high - low) / BINS || 1
  const count = whole ? Math.ceil((high - low + 1) / step) : high > low ? BINS : 1
  const bins = Array.from({ length: count }, (_, i) => ({ from: low + i * step, to: low + (i + 1) * step - (whole ? 1 : 0), count: 0 }))
  for (const v of finite) bins[Math.min(count - 1, Math.max(0, Math.floor((v - low) / step)))]!.count++
  return { bins, whole }
}
