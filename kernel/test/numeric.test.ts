import { describe, expect, it } from 'vitest'
import { exp } from '../src/numeric/exp.ts'
import { exponentialDraw, exponentialOfWord } from '../src/numeric/exponential.ts'
import { ln } from '../src/numeric/ln.ts'
import { normalDraw, normalOfWord, normalProbability, normalQuantile } from '../src/numeric/normal.ts'
import { powerOfTwo } from '../src/numeric/powers.ts'

const grid = (from: number, to: number, n: number) => Array.from({ length: n }, (_, i) => from + ((to - from) * (i + 0.37)) / n)
const ulps = (a: number, b: number) => Math.abs(a - b) / (Math.abs(b) * 2 ** -52)

describe('exp and ln', () => {
  it('agree with the mathematics library to a few units in the last place', () => {
    for (const x of grid(-700, 700, 20000)) expect(ulps(exp(x), Math.exp(x))).toBeLessThan(4)
    for (const x of grid(-300, 300, 20000)) expect(ulps(ln(10 ** x), Math.log(10 ** x))).toBeLessThan(4)
    for (const x of grid(0.5, 2, 20000)) expect(Math.abs(ln(x) - Math.log(x))).toBeLessThan(3e-16)
  })

  it('know their limits', () => {
    expect([exp(0), exp(-Infinity), exp(Infinity), exp(710), exp(-746)]).toEqual([1, 0, Infinity, Infinity, 0])
    expect(exp(-745)).toBe(5e-324)
    expect(exp(Number.NaN)).toBeNaN()
    expect([ln(1), ln(0), ln(Infinity)]).toEqual([0, -Infinity, Infinity])
    expect(ln(-1)).toBeNaN()
    expect(ln(5e-324)).toBeCloseTo(-744.4400719213812, 10)
  })

  it('take powers of two exactly', () => {
    for (const k of [-1074, -1022, -1, 0, 1, 52, 1023]) expect(powerOfTwo(k)).toBe(2 ** k)
  })
})

describe('normal distribution', () => {
  it('has the quantiles of the tables', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14)
    expect(normalQuantile(0.5)).toBe(0)
    expect(normalQuantile(1e-10)).toBeCloseTo(-6.361340902404056, 12)
  })

  it('inverts its probability over the whole range', () => {
    for (const p of [...grid(0, 1, 5000), 1e-12, 1 - 1e-12]) expect(normalProbability(normalQuantile(p))).toBeCloseTo(p, 13)
  })

  it('draws within 1e-7 of the quantile', () => {
    for (const p of [...grid(0, 1, 20000), 1e-9, 1 - 1e-9]) expect(Math.abs(normalDraw(p) - normalQuantile(p))).toBeLessThan(1e-7)
  })
})

describe('normal distribution, by words', () => {
  it('draws the same from a word as from the number it stands for', () => {
    for (const word of [0, 1, 12345, 0x3fffffff, 0x7fffffff, -1, -2147483648, -77]) {
      expect(normalOfWord(word)).toBeCloseTo(normalDraw(((word >>> 0) + 0.5) / 4294967296), 6)
    }
  })
})

describe('exponential distribution', () => {
  it('draws within 3e-7 of −ln p', () => {
    for (const p of [...grid(0, 1, 20000), 1e-9]) expect(Math.abs(exponentialDraw(p) + ln(p))).toBeLessThan(3e-7)
  })

  it('draws the same from a word as from the number it stands for', () => {
    for (const word of [0, 1, 12345, 0x3fffffff, 0x7fffffff, -1, -2147483648, -77]) {
      expect(exponentialOfWord(word)).toBeCloseTo(exponentialDraw(((word >>> 0) + 0.5) / 4294967296), 7)
    }
  })
})
