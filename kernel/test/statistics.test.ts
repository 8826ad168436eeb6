import { describe, expect, it } from 'vitest'
import { meanOf, pairedDifference, quantileInterval, quantileOf, wilson, zOf } from '../src/experiment/statistics.ts'
import { isPrecise, nightsAtLook, zAtLook } from '../src/experiment/stopping.ts'
import { uniform } from '../src/random/threefry.ts'

const Z = zOf(0.95)

describe('intervals', () => {
  it('has the z of a 95 % interval', () => {
    expect(Z).toBeCloseTo(1.959964, 6)
  })

  it("has Wilson's interval of 81 in 263 as published (Newcombe 1998)", () => {
    const { low, high } = wilson(81, 263, Z)
    expect(low).toBeCloseTo(0.2553, 4)
    expect(high).toBeCloseTo(0.3662, 4)
  })

  it('says nothing without nights and never leaves the unit interval', () => {
    expect(wilson(0, 0, Z)).toEqual({ low: 0, high: 1 })
    expect(wilson(0, 20, Z).low).toBe(0)
    expect(wilson(20, 20, Z).high).toBe(1)
  })

  it('leaves out nights without a value from a mean, and keeps them in quantiles', () => {
    const values = Float64Array.of(1, 2, 3, Infinity)
    expect(meanOf(values, Z)).toMatchObject({ count: 3, mean: 2, sd: 1 })
    expect(quantileOf(values, 0.95)).toBe(Infinity)
  })

  it('holds the true median as often as it says', () => {
    let held = 0
    for (let sample = 0; sample < 2000; sample++) {
      const values = Float64Array.from({ length: 101 }, (_, k) => uniform(7, sample, 1, k)).sort()
      const { low, high } = quantileInterval(values, 0.5, Z)
      if (low <= 0.5 && high >= 0.5) held++
    }
    expect(held / 2000).toBeGreaterThan(0.93)
  })

  it('covers a proportion as often as it says when one stops as soon as it is precise', () => {
    let missed = 0
    const p = 0.12
    for (let sample = 0; sample < 600; sample++) {
      let hits = 0
      let nights = 0
      for (let look = 1; ; look++) {
        for (; nights < nightsAtLook(look); nights++) if (uniform(11, sample, 2, nights) < p) hits++
        if (!isPrecise(hits, nights, look, 0.02)) continue
        const { low, high } = wilson(hits, nights, zAtLook(look))
        if (p < low || p > high) missed++
        break
      }
    }
    expect(missed / 600).toBeLessThan(0.05)
  })
})

describe('paired differences', () => {
  it('is exact for a constant shift and says that no night differs in it', () => {
    const a = Float64Array.of(1, 5, 9)
    const d = pairedDifference(
      a,
      a.map((x) => x + 2),
      Z,
    )
    expect(d).toMatchObject({ difference: 2, low: 2, high: 2, count: 3 })
    expect(d.varianceRatio).toBe(Infinity)
  })

  it('leaves out nights in which one of the two has no value', () => {
    expect(pairedDifference(Float64Array.of(1, Infinity, 3), Float64Array.of(2, 2, 5), Z).count).toBe(2)
  })

  it('knows how much the pairing has saved', () => {
    const a = Float64Array.from({ length: 4000 }, (_, k) => uniform(1, k, 1, 0))
    const b = a.map((x, k) => x + 0.1 * uniform(1, k, 1, 1))
    expect(pairedDifference(a, b, Z).varianceRatio).toBeGreaterThan(150)
  })
})
