/** Distributions of durations and amounts: what an author writes, compiled to a table that the engine samples.
 *
 * Every draw is the quantile of one uniform number. So a shorter median gives a shorter time for the same luck, and
 * two plans that differ in one number can be compared on the same nights.
 */
import { exp } from '../numeric/exp.ts'
import { exponentialDraw } from '../numeric/exponential.ts'
import { ln } from '../numeric/ln.ts'
import { normalDraw, normalOfWord } from '../numeric/normal.ts'
import { uniformOfWord } from './threefry.ts'

/** All values share one unit, for durations seconds. `mixture` weights need not add up to one. */
export type Distribution =
  | { readonly kind: 'fixed'; readonly value: number }
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'triangular'; readonly low: number; readonly mode: number; readonly high: number }
  | { readonly kind: 'pert'; readonly low: number; readonly mode: number; readonly high: number }
  | { readonly kind: 'lognormal'; readonly median: number; readonly sigma: number }
  | { readonly kind: 'exponential'; readonly mean: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly sd: number }
  | { readonly kind: 'empirical'; readonly values: readonly number[] }
  | { readonly kind: 'mixture'; readonly parts: readonly { readonly weight: number; readonly of: Distribution }[] }

/** The same distribution with every value multiplied by `factor`. */
export function scaled(d: Distribution, factor: number): Distribution {
  switch (d.kind) {
    case 'fixed':
      return { kind: 'fixed', value: d.value * factor }
    case 'uniform':
      return { kind: 'uniform', low: d.low * factor, high: d.high * factor }
    case 'triangular':
    case 'pert':
      return { kind: d.kind, low: d.low * factor, mode: d.mode * factor, high: d.high * factor }
    case 'lognormal':
      return { kind: 'lognormal', median: d.median * factor, sigma: d.sigma }
    case 'exponential':
      return { kind: 'exponential', mean: d.mean * factor }
    case 'normal':
      return { kind: 'normal', mean: d.mean * factor, sd: d.sd * factor }
    case 'empirical':
      return { kind: 'empirical', values: d.values.map((v) => v * factor) }
    case 'mixture':
      return { kind: 'mixture', parts: d.parts.map((p) => ({ weight: p.weight, of: scaled(p.of, factor) })) }
  }
}

const FIXED = 0
const UNIFORM = 1
const TRIANGULAR = 2
const TABLE = 3
const LOGNORMAL = 4
const EXPONENTIAL = 5
const NORMAL = 6
const STEPS = 7
const MIXTURE = 8

/** Distributions by number, four figures each; tables and mixtures lie behind one another in `data`. */
export interface Samplers {
  readonly kind: Uint8Array
  readonly figures: Float64Array
  readonly data: Float64Array
}

const PERT_NODES = 512

/** Collects the distributions of a model. */
export class SamplerBook {
  readonly #kind: number[] = []
  readonly #figures: number[] = []
  readonly #data: number[] = []

  /** Adds `d` and returns its number. */
  add(d: Distribution): number {
    switch (d.kind) {
      case 'fixed':
        return this.#push(FIXED, d.value)
      case 'uniform':
        return this.#push(UNIFORM, d.low, d.high - d.low)
      case 'triangular': {
        const width = d.high - d.low
        if (width === 0) return this.#push(FIXED, d.low)
        return this.#push(TRIANGULAR, d.low, d.high, (d.mode - d.low) / width, width)
      }
      case 'pert': {
        if (d.high === d.low) return this.#push(FIXED, d.low)
        const start = this.#data.length
        this.#data.push(...pertQuantiles(d.low, d.mode, d.high))
        return this.#push(TABLE, start, PERT_NODES)
      }
      case 'lognormal':
        return this.#push(LOGNORMAL, ln(d.median), d.sigma)
      case 'exponential':
        return this.#push(EXPONENTIAL, d.mean)
      case 'normal':
        return this.#push(NORMAL, d.mean, d.sd)
      case 'empirical': {
        const start = this.#data.length
        this.#data.push(...[...d.values].sort((a, b) => a - b))
        return this.#push(STEPS, start, d.values.length)
      }
      case 'mixture': {
        const total = d.parts.reduce((sum, p) => sum + p.weight, 0)
        const numbers = d.parts.map((p) => this.add(p.of))
        const start = this.#data.length
        let below = 0
        d.parts.forEach((p, i) => {
          below += p.weight / total
          this.#data.push(i === d.parts.length - 1 ? 1 : below, numbers[i])
        })
        return this.#push(MIXTURE, start, d.parts.length)
      }
    }
  }

  #push(kind: number, a = 0, b = 0, c = 0, d = 0): number {
    this.#kind.push(kind)
    this.#figures.push(a, b, c, d)
    return this.#kind.length - 1
  }

  finish(): Samplers {
    return {
      kind: Uint8Array.from(this.#kind),
      figures: Float64Array.from(this.#figures),
      data: Float64Array.from(this.#data),
    }
  }
}

/** The value of distribution `number` below which a share `u` (0 < u < 1) lies. Never negative. */
export function quantile(samplers: Samplers, number: number, u: number): number {
  const { kind, figures } = samplers
  if (kind[number] !== LOGNORMAL) return otherQuantile(samplers, number, u)
  return exp(figures[number * 4] + figures[number * 4 + 1] * normalDraw(u))
}

/** {@link quantile} of the number that a 32-bit word stands for. */
export function quantileOfWord(samplers: Samplers, number: number, word: number): number {
  const { kind, figures } = samplers
  if (kind[number] !== LOGNORMAL) return otherQuantile(samplers, number, uniformOfWord(word))
  return exp(figures[number * 4] + figures[number * 4 + 1] * normalOfWord(word))
}

/** All kinds but the most frequent one, apart so that the engine can put that one in line. */
function otherQuantile(samplers: Samplers, number: number, u: number): number {
  const at = number * 4
  const a = samplers.figures[at]
  const b = samplers.figures[at + 1]
  switch (samplers.kind[number]) {
    case FIXED:
      return a
    case EXPONENTIAL:
      return a * exponentialDraw(1 - u)
    case UNIFORM:
      return a + b * u
    case TRIANGULAR: {
      const mode = samplers.figures[at + 2]
      const width = samplers.figures[at + 3]
      return u < mode ? a + width * Math.sqrt(u * mode) : b - width * Math.sqrt((1 - u) * (1 - mode))
    }
    case TABLE: {
      const x = u * b
      const i = Math.floor(x)
      const low = samplers.data[a + i]
      return low + (x - i) * (samplers.data[a + i + 1] - low)
    }
    case NORMAL: {
      const x = a + b * normalDraw(u)
      return x > 0 ? x : 0
    }
    case STEPS:
      return samplers.data[a + Math.floor(u * b)]
    default: {
      let low = 0
      let i = a
      while (u >= samplers.data[i]) {
        low = samplers.data[i]
        i += 2
      }
      return quantile(samplers, samplers.data[i + 1], (u - low) / (samplers.data[i] - low))
    }
  }
}

/** Quantiles of a PERT distribution at 0, 1/512 … 1, good to a few ten-thousandths of its width: a beta distribution on [low, high] with the given mode and shape 4,
 * its density summed on a fine grid. */
function pertQuantiles(low: number, mode: number, high: number): number[] {
  const width = high - low
  const alpha = (4 * (mode - low)) / width
  const beta = (4 * (high - mode)) / width
  const cells = 8192
  const below = new Float64Array(cells + 1)
  for (let i = 0; i < cells; i++) {
    const x = (i + 0.5) / cells
    below[i + 1] = below[i] + exp(alpha * ln(x) + beta * ln(1 - x))
  }
  const total = below[cells]
  const nodes: number[] = []
  let cell = 0
  for (let k = 0; k <= PERT_NODES; k++) {
    const wanted = (k / PERT_NODES) * total
    while (cell < cells - 1 && below[cell + 1] < wanted) cell++
    const mass = below[cell + 1] - below[cell]
    const part = mass > 0 ? (wanted - below[cell]) / mass : 0
    nodes.push(low + width * ((cell + Math.min(1, part)) / cells))
  }
  return nodes
}
