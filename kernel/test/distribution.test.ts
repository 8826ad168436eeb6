import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Distribution, quantile, SamplerBook, scaled } from '../src/random/distribution.ts'

const samplerOf = (d: Distribution) => {
  const book = new SamplerBook()
  const number = book.add(d)
  const samplers = book.finish()
  return (u: number) => quantile(samplers, number, u)
}

/** Mean by the midpoint rule over the quantiles. */
const meanOf = (d: Distribution, n = 200_000) => {
  const sample = samplerOf(d)
  let sum = 0
  for (let i = 0; i < n; i++) sum += sample((i + 0.5) / n)
  return sum / n
}

const known: readonly (readonly [Distribution, number])[] = [
  [{ kind: 'fixed', value: 90 }, 90],
  [{ kind: 'uniform', low: 10, high: 100 }, 55],
  [{ kind: 'triangular', low: 0, mode: 30, high: 90 }, 40],
  [{ kind: 'pert', low: 0, mode: 30, high: 90 }, 35],
  [{ kind: 'lognormal', median: 122, sigma: 0.5 }, 122 * Math.exp(0.125)],
  [{ kind: 'exponential', mean: 1800 }, 1800],
  [{ kind: 'normal', mean: 300, sd: 90 }, 300.02],
  [{ kind: 'empirical', values: [4, 1, 1, 2] }, 2],
  [
    {
      kind: 'mixture',
      parts: [
        { weight: 3, of: { kind: 'fixed', value: 10 } },
        { weight: 1, of: { kind: 'uniform', low: 20, high: 40 } },
      ],
    },
    15,
  ],
]

describe('distributions', () => {
  it.each(known)('%o has its mean', (d, mean) => {
    expect(meanOf(d) / mean).toBeCloseTo(1, 3)
  })

  it('a PERT distribution has the quantiles of its beta distribution', () => {
    const sample = samplerOf({ kind: 'pert', low: 0, mode: 0.5, high: 1 })
    // Beta(3, 3): F(x) = x³ (10 − 15 x + 6 x²).
    for (const x of [0.1, 0.25, 0.5, 0.8]) expect(sample(x ** 3 * (10 - 15 * x + 6 * x * x))).toBeCloseTo(x, 3)
  })

  it('values that do not vary come out as they are', () => {
    expect(samplerOf({ kind: 'pert', low: 5, mode: 5, high: 5 })(0.3)).toBe(5)
    expect(samplerOf({ kind: 'triangular', low: 5, mode: 5, high: 5 })(0.3)).toBe(5)
  })

  it('law: a larger chance never gives a smaller value, and none is negative', () => {
    for (const [d] of known) {
      const sample = samplerOf(d)
      fc.assert(
        fc.property(
          fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }),
          fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }),
          (u, v) => {
            expect(sample(Math.min(u, v))).toBeLessThanOrEqual(sample(Math.max(u, v)))
            expect(sample(u)).toBeGreaterThanOrEqual(0)
          },
        ),
      )
    }
  })

  it('law: scaling a distribution scales every quantile', () => {
    for (const [d] of known) {
      const plain = samplerOf(d)
      const doubled = samplerOf(scaled(d, 2))
      for (const u of [0.01, 0.3, 0.5, 0.77, 0.99]) expect(doubled(u)).toBeCloseTo(2 * plain(u), 6)
    }
  })
})
