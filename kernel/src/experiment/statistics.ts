/** Proportions, means, quantiles and differences, each with its interval. */
import { normalQuantile } from '../numeric/normal.ts'

export interface Interval {
  readonly low: number
  readonly high: number
}

/** z with which a two-sided interval covers `level` (for instance 0.95). */
export function zOf(level: number): number {
  return normalQuantile(0.5 + level / 2)
}

/** Wilson's interval for a proportion of `hits` in `count`; the whole unit interval for none. */
export function wilson(hits: number, count: number, z: number): Interval {
  if (count === 0) return { low: 0, high: 1 }
  const p = hits / count
  const zz = (z * z) / count
  const middle = (p + zz / 2) / (1 + zz)
  const half = (z * Math.sqrt((p * (1 - p)) / count + zz / (4 * count))) / (1 + zz)
  return { low: hits === 0 ? 0 : Math.max(0, middle - half), high: hits === count ? 1 : Math.min(1, middle + half) }
}

export interface MeanEstimate extends Interval {
  readonly count: number
  readonly mean: number
  /** Standard deviation of a single value. */
  readonly sd: number
}

/** Mean of the finite values of `values`, with a normal interval; NaN where there is none. */
export function meanOf(values: ArrayLike<number>, z: number): MeanEstimate {
  let count = 0
  let sum = 0
  for (let i = 0; i < values.length; i++) {
    if (values[i] < Infinity) {
      count++
      sum += values[i]
    }
  }
  const mean = sum / count
  let squares = 0
  for (let i = 0; i < values.length; i++) if (values[i] < Infinity) squares += (values[i] - mean) * (values[i] - mean)
  const sd = count > 1 ? Math.sqrt(squares / (count - 1)) : 0
  const half = count > 0 ? (z * sd) / Math.sqrt(count) : NaN
  return { count, mean, sd, low: mean - half, high: mean + half }
}

/** The value below which a share `p` of `sorted` lies (Infinity counts as a value). */
export function quantileOf(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) return NaN
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]
}

/** Interval of a quantile from the order statistics that hold it with the probability of `z`. */
export function quantileInterval(sorted: ArrayLike<number>, p: number, z: number): Interval {
  const n = sorted.length
  if (n === 0) return { low: NaN, high: NaN }
  const half = z * Math.sqrt(n * p * (1 - p))
  const at = (rank: number) => sorted[Math.min(n - 1, Math.max(0, rank))]
  return { low: at(Math.floor(n * p - half)), high: at(Math.ceil(n * p + half)) }
}

export interface Difference extends Interval {
  /** Mean of b − a over the nights in which both are finite. */
  readonly difference: number
  readonly count: number
  /** Variance of the difference had the two been run on different nights, divided by the one on the same nights. Infinity
   * where no night differs, NaN where nothing varies. */
  readonly varianceRatio: number
}

/** The paired difference of two columns of the same nights. */
export function pairedDifference(a: ArrayLike<number>, b: ArrayLike<number>, z: number): Difference {
  const n = Math.min(a.length, b.length)
  let count = 0
  let sumA = 0
  let sumB = 0
  for (let i = 0; i < n; i++) {
    if (!(a[i] < Infinity && b[i] < Infinity)) continue
    count++
    sumA += a[i]
    sumB += b[i]
  }
  const meanA = sumA / count
  const meanB = sumB / count
  let varA = 0
  let varB = 0
  let varD = 0
  for (let i = 0; i < n; i++) {
    if (!(a[i] < Infinity && b[i] < Infinity)) continue
    const da = a[i] - meanA
    const db = b[i] - meanB
    varA += da * da
    varB += db * db
    varD += (db - da) * (db - da)
  }
  const difference = meanB - meanA
  const half = count > 1 ? z * Math.sqrt(varD / (count - 1) / count) : NaN
  return {
    difference,
    count,
    low: difference - half,
    high: difference + half,
    varianceRatio: varD === 0 ? (varA + varB === 0 ? NaN : Infinity) : (varA + varB) / varD,
  }
}
