import { describe, expect, it } from 'vitest'
import { KeyBook, keyOf } from '../src/random/key.ts'
import { block, uniform, uniformOfWord, word, wordInto } from '../src/random/threefry.ts'

const encrypt = (key: [number, number], counter: [number, number]) => {
  block(key[0], key[1], counter[0], counter[1])
  return [...word].map((w) => (w >>> 0).toString(16).padStart(8, '0'))
}

describe('Threefry-2x32, 13 rounds', () => {
  it('gives the published vectors', () => {
    expect(encrypt([0, 0], [0, 0])).toEqual(['9d1c5ec6', '8bd50731'])
    expect(encrypt([-1, -1], [-1, -1])).toEqual(['fd36d048', '2d17272c'])
    expect(encrypt([0x13198a2e, 0x03707344], [0x243f6a88, 0x85a308d3])).toEqual(['ba3e4725', 'f27d669e'])
  })

  it('is uniform on the open unit interval', () => {
    const n = 200_000
    const bins = new Array<number>(64).fill(0)
    let sum = 0
    for (let k = 0; k < n; k++) {
      const u = uniform(7, k >> 8, 99, k & 255)
      if (!(u > 0 && u < 1)) throw new Error(`drew ${u}`)
      sum += u
      bins[Math.floor(u * 64)]!++
    }
    const chi = bins.reduce((total, seen) => total + (seen - n / 64) ** 2 / (n / 64), 0)
    expect(Math.abs(sum / n - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / n))
    expect(chi).toBeLessThan(63 + 4 * Math.sqrt(126))
  })

  it('never reaches 0 or 1, not even with all bits equal', () => {
    const highest = (0x3ffffff * 67108864 + 0x3ffffff + 0.5) * 2.220446049250313e-16
    expect(highest).toBeLessThan(1)
    expect(0.5 * 2.220446049250313e-16).toBeGreaterThan(0)
  })

  it('has no correlation between neighbours in any of its four arguments', () => {
    const n = 50_000
    for (const neighbour of [
      (k: number) => [uniform(k, 1, 2, 3), uniform(k + 1, 1, 2, 3)],
      (k: number) => [uniform(1, k, 2, 3), uniform(1, k + 1, 2, 3)],
      (k: number) => [uniform(1, 2, k, 3), uniform(1, 2, k + 1, 3)],
      (k: number) => [uniform(1, 2, 3, k), uniform(1, 2, 3, k + 1)],
    ]) {
      let sum = 0
      for (let k = 0; k < n; k++) {
        const [a, b] = neighbour(k)
        sum += (a! - 0.5) * (b! - 0.5)
      }
      expect(Math.abs((sum / n) * 12)).toBeLessThan(4 / Math.sqrt(n))
    }
  })

  it('writes into a table the first word of its block, which stands for a number', () => {
    const out = new Int32Array(2)
    wordInto(out, 1, 1, 2, 3, 4)
    block(1, 2, 3, 4)
    expect(out[1]).toBe(word[0])
    expect(uniformOfWord(out[1]!)).toBeCloseTo(uniform(1, 2, 3, 4), 7)
    expect([uniformOfWord(0), uniformOfWord(-1)]).toEqual([0.5 / 2 ** 32, 1 - 0.5 / 2 ** 32])
  })
})

describe('keys', () => {
  it('are those of MurmurHash3 over the code units of a name, for good', () => {
    expect([keyOf(''), keyOf('task/raise-alarm/duration'), keyOf('тревога')]).toEqual([0, 4288361699, 477347866])
  })

  it('tell two names apart even if their hashes collide', () => {
    const seen = new Map<number, string>()
    let pair: [string, string] | undefined
    for (let i = 0; pair === undefined && i < 300_000; i++) {
      const name = `entity-${i}`
      const other = seen.get(keyOf(name))
      if (other !== undefined) pair = [other, name]
      seen.set(keyOf(name), name)
    }
    const book = new KeyBook()
    expect(pair).toBeDefined()
    expect(book.key(pair![0])).not.toBe(book.key(pair![1]))
    expect(book.key(pair![0])).toBe(keyOf(pair![0]))
  })
})
