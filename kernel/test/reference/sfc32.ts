/** The generator and samplers of the reference kernels, written anew from their description: a second implementation that
 * shares nothing with the engine. The names and constants are those of the description.
 */

const LN2_HIGH = 6.9314718036912381649e-1
const LN2_LOW = 1.90821492927058770002e-10

function twoTo(k: number): number {
  let value = 1
  for (let i = 0; i < Math.abs(k); i++) value = k > 0 ? value * 2 : value / 2
  return value
}

/** e^x by the polynomial of fdlibm. */
export function exp(x: number): number {
  const k = Math.floor(x / Math.LN2 + 0.5)
  const hi = x - k * LN2_HIGH
  const lo = k * LN2_LOW
  const r = hi - lo
  const t = r * r
  const c =
    r -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 + t * (6.61375632143793436117e-5 + t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))))
  return (1 - (lo - (r * c) / (2 - c) - hi)) * twoTo(k)
}

/** ln x by the polynomial of fdlibm. */
export function log(x: number): number {
  let k = 0
  while (x >= Math.SQRT2) {
    x /= 2
    k++
  }
  while (x < Math.SQRT1_2) {
    x *= 2
    k--
  }
  const f = x - 1
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const t1 = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1))
  const t2 = z * (6.66666666666673513e-1 + w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)))
  const half = 0.5 * f * f
  return k * LN2_HIGH - (half - (s * (half + t1 + t2) + k * LN2_LOW) - f)
}

function mix32(v: number): number {
  v = (v + 0x9e3779b9) | 0
  v ^= v >>> 16
  v = Math.imul(v, 0x21f0aaad)
  v ^= v >>> 15
  v = Math.imul(v, 0x735a2d97)
  return v ^ (v >>> 15)
}

const NORMAL_R = 3.442619855899
const NORMAL_V = 9.91256303526217e-3
const EXPONENTIAL_R = 7.69711747013104972
const EXPONENTIAL_V = 3.949659822581572e-3

function layers(count: number, r: number, v: number, f: (x: number) => number, inverse: (y: number) => number): number[] {
  const x = [v / f(r), r]
  for (let i = 2; i < count; i++) x.push(inverse(v / x[i - 1]! + f(x[i - 1]!)))
  x.push(0)
  return x
}

const bell = (x: number) => exp(-0.5 * x * x)
const NORMAL_X = layers(128, NORMAL_R, NORMAL_V, bell, (y) => Math.sqrt(-2 * log(y)))
const EXPONENTIAL_X = layers(
  256,
  EXPONENTIAL_R,
  EXPONENTIAL_V,
  (x) => exp(-x),
  (y) => -log(y),
)

export class Sfc32 {
  #a: number
  #b: number
  #c: number
  #d = 1

  constructor(seed: number, replication: number) {
    this.#a = mix32(seed)
    this.#b = mix32(this.#a ^ replication)
    this.#c = mix32((this.#b + 0x5bd1e995) | 0)
    for (let i = 0; i < 12; i++) this.u32()
  }

  u32(): number {
    const t = (((this.#a + this.#b) | 0) + this.#d) | 0
    this.#d = (this.#d + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + t) | 0
    return t >>> 0
  }

  u1(): number {
    return this.u32() / 4294967296
  }

  u53(): number {
    const high = this.u32() >>> 5
    return (high * 67108864 + (this.u32() >>> 6)) / 9007199254740992
  }

  normal(): number {
    for (;;) {
      const r = this.u32()
      const layer = r & 127
      const u = ((r | 0) >> 7) * 67108864 + (this.u32() >>> 6)
      const signed = u / 1125899906842624
      const x = signed * NORMAL_X[layer]!
      if (Math.abs(signed) < NORMAL_X[layer + 1]! / NORMAL_X[layer]!) return x
      if (layer === 0) {
        for (;;) {
          const tail = -log(1 - this.u53()) / NORMAL_R
          const y = -log(1 - this.u53())
          if (2 * y >= tail * tail) return signed < 0 ? -(NORMAL_R + tail) : NORMAL_R + tail
        }
      }
      const low = bell(NORMAL_X[layer]!)
      const high = bell(NORMAL_X[layer + 1]!)
      if (high + this.u53() * (low - high) < bell(x)) return x
    }
  }

  exponential(): number {
    let base = 0
    for (;;) {
      const r = this.u32()
      const layer = r & 255
      const u = ((r >>> 8) * 67108864 + (this.u32() >>> 6)) / 1125899906842624
      const x = u * EXPONENTIAL_X[layer]!
      if (x < EXPONENTIAL_X[layer + 1]!) return base + x
      if (layer === 0) {
        base += EXPONENTIAL_R
        continue
      }
      const low = exp(-EXPONENTIAL_X[layer]!)
      const high = exp(-EXPONENTIAL_X[layer + 1]!)
      if (low + this.u53() * (high - low) < exp(-x)) return base + x
    }
  }
}
