/** e^x from additions, multiplications and exact tables, so that every machine returns the same bits.
 *
 * `Math.exp` may differ in the last bit between engines and even between versions of one engine. Here x = (64 k + j) ·
 * ln 2 / 64 + r with a table of 2^(j/64) and a polynomial for the small rest: within about three units in the last place.
 */
import { powerOfTwo } from './powers.ts'

const STEPS_PER_UNIT = 92.33248261689366
const STEP_HIGH = 0.010830424695086549
const STEP_LOW = 1.162596423439437e-12

/** 2^(j/64), by repeated square roots of two: exact rounding at every step is part of IEEE 754. */
const roots = new Float64Array(64)
{
  const powers = [2]
  for (let i = 0; i < 6; i++) powers.push(Math.sqrt(powers[i]))
  for (let j = 0; j < 64; j++) {
    let product = 1
    for (let bit = 0; bit < 6; bit++) if ((j >> bit) & 1) product *= powers[6 - bit]
    roots[j] = product
  }
}

/** e to the power of `x`. Infinity above 709.78, zero below −745.13, NaN for NaN. */
export function exp(x: number): number {
  if (!(x > -708)) return x === x ? tiny(x) : NaN
  if (x > 709.782712893384) return Infinity
  const n = Math.floor(x * STEPS_PER_UNIT + 0.5)
  const r = x - n * STEP_HIGH - n * STEP_LOW
  const j = n & 63
  const k = (n - j) / 64
  const y = roots[j] * (1 + r * (1 + r * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120))))))
  return k < 1024 ? y * powerOfTwo(k) : y * 2 * powerOfTwo(1023)
}

function tiny(x: number): number {
  return x < -745.1332191019411 ? 0 : exp(x + 100) * 3.720075976020836e-44
}
