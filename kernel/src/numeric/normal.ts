/** The standard normal distribution, from exact operations. */
import { exp } from './exp.ts'
import { ln } from './ln.ts'

/** The z with Φ(z) = p, for p strictly between 0 and 1. Relative error about 1e-16.
 *
 * Source: M. J. Wichura, Algorithm AS 241, Applied Statistics 37 (1988) 477–484 (routine PPND16).
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5
  if (q >= -0.425 && q <= 0.425) {
    const r = 0.180625 - q * q
    return (
      (q *
        (((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r + 45921.953931549871457) * r +
          13731.693765509461125) *
          r +
          1971.5909503065514427) *
          r +
          133.14166789178437745) *
          r +
          3.387132872796366608)) /
      (((((((5226.495278852854561 * r + 28729.085735721942674) * r + 39307.89580009271061) * r + 21213.794301586595867) * r +
        5394.1960214247511077) *
        r +
        687.1870074920579083) *
        r +
        42.313330701600911252) *
        r +
        1)
    )
  }
  const tail = q < 0 ? p : 1 - p
  let r = Math.sqrt(-ln(tail))
  let z: number
  if (r <= 5) {
    r -= 1.6
    z =
      (((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r + 1.27045825245236838258) * r +
        3.64784832476320460504) *
        r +
        5.7694972214606914055) *
        r +
        4.6303378461565452959) *
        r +
        1.42343711074968357734) /
      (((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r + 0.14810397642748007459) * r +
        0.68976733498510000455) *
        r +
        1.6763848301838038494) *
        r +
        2.05319162663775882187) *
        r +
        1)
  } else {
    r -= 5
    z =
      (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r + 0.026532189526576123093) * r +
        0.29656057182850489123) *
        r +
        1.7848265399172913358) *
        r +
        5.4637849111641143699) *
        r +
        6.6579046435011037772) /
      (((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r + 7.868691311456132591e-4) * r +
        0.0148753612908506148525) *
        r +
        0.13692988092273580531) *
        r +
        0.59983220655588793769) *
        r +
        1)
  }
  return q < 0 ? -z : z
}

/** Φ(z), the probability that a standard normal value is at most `z`. Absolute error about 1e-15.
 *
 * Source: J. F. Hart et al., Computer Approximations (1968), no. 5666, in the form given by G. West (2005).
 */
export function normalProbability(z: number): number {
  const x = z < 0 ? -z : z
  if (x > 37) return z < 0 ? 0 : 1
  const e = exp(-0.5 * x * x)
  let upper: number
  if (x < 7.07106781186547) {
    const numerator =
      (((((0.0352624965998911 * x + 0.700383064443688) * x + 6.37396220353165) * x + 33.912866078383) * x + 112.079291497871) * x +
        221.213596169931) *
        x +
      220.206867912376
    const denominator =
      ((((((0.0883883476483184 * x + 1.75566716318264) * x + 16.064177579207) * x + 86.7807322029461) * x + 296.564248779674) * x +
        637.333633378831) *
        x +
        793.826512519948) *
        x +
      440.413735824752
    upper = (e * numerator) / denominator
  } else {
    upper = e / (x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))))) / 2.506628274631
  }
  return z > 0 ? 1 - upper : upper
}

const CELLS = 1024
const MARGIN = 16
/** Cubic pieces of the quantile function, four coefficients a cell. */
const pieces = new Float64Array(4 * CELLS)
for (let cell = MARGIN; cell < CELLS - MARGIN; cell++) {
  const from = normalQuantile(cell / CELLS)
  const to = normalQuantile((cell + 1) / CELLS)
  const slope = slopeAt(from)
  const slopeAfter = slopeAt(to)
  pieces[4 * cell] = from
  pieces[4 * cell + 1] = slope
  pieces[4 * cell + 2] = 3 * (to - from) - 2 * slope - slopeAfter
  pieces[4 * cell + 3] = 2 * (from - to) + slope + slopeAfter
}

/** Derivative of the quantile function at the point where it is `z`, per cell. */
function slopeAt(z: number): number {
  return (2.5066282746310002 * exp(0.5 * z * z)) / CELLS
}

/** {@link normalQuantile} to an absolute error of 1e-7, by cubic pieces in the middle: for drawing, twice as fast. */
export function normalDraw(p: number): number {
  const x = p * CELLS
  const cell = Math.floor(x)
  if (cell < MARGIN || cell >= CELLS - MARGIN) return normalQuantile(p)
  const u = x - cell
  const at = 4 * cell
  return pieces[at] + u * (pieces[at + 1] + u * (pieces[at + 2] + u * pieces[at + 3]))
}

/** {@link normalDraw} of the number that a 32-bit word stands for: (its unsigned value + ½) / 2³². */
export function normalOfWord(word: number): number {
  const cell = word >>> 22
  if (cell < MARGIN || cell >= CELLS - MARGIN) return normalQuantile(((word >>> 0) + 0.5) / 4294967296)
  const u = ((word & 0x3fffff) + 0.5) / 4194304
  const at = 4 * cell
  return pieces[at] + u * (pieces[at + 1] + u * (pieces[at + 2] + u * pieces[at + 3]))
}
