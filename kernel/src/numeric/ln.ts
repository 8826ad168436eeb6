/** Natural logarithm from exact operations, so that every machine returns the same bits.
 *
 * The polynomial is the one of Sun's fdlibm (K. C. Ng), accurate to about one unit in the last place.
 */
import { powerOfTwo } from './powers.ts'

const LN2_HIGH = 6.9314718036912381649e-1
const LN2_LOW = 1.90821492927058770002e-10
const L1 = 6.66666666666673513e-1
const L2 = 3.999999999940941908e-1
const L3 = 2.857142874366239149e-1
const L4 = 2.222219843214978396e-1
const L5 = 1.818357216161805012e-1
const L6 = 1.531383769920937332e-1
const L7 = 1.479819860511658591e-1

const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)
/** Which half of a double holds its exponent: 1 on little-endian machines, 0 on big-endian ones. */
const HIGH = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0

/** The natural logarithm of `x`. −Infinity at zero, NaN below zero, Infinity at Infinity. */
export function ln(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN
  if (x === Infinity) return Infinity
  let k = 0
  if (x < 2.2250738585072014e-308) {
    x *= 18014398509481984
    k = -54
  }
  double[0] = x
  const binade = ((words[HIGH] + 0x95f64) >>> 20) - 1023
  k += binade
  const f = x * powerOfTwo(-binade) - 1
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const r = z * (L1 + w * (L3 + w * (L5 + w * L7))) + w * (L2 + w * (L4 + w * L6))
  const half = 0.5 * f * f
  return k * LN2_HIGH - (half - (s * (half + r) + k * LN2_LOW) - f)
}
