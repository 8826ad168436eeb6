import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocateClocks, changeRate, drawWait, nextClock, restart, stopClocks } from '../src/clock/clocks.ts'
import { Arena } from '../src/world/arena.ts'

const make = (count: number) => {
  const measure = new Arena()
  allocateClocks(measure, count)
  const clocks = allocateClocks(new Arena(new ArrayBuffer(measure.bytes)), count)
  stopClocks(clocks)
  return clocks
}

describe('clocks', () => {
  it('law: the next clock is always the earliest, and the order holds every clock once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.array(fc.tuple(fc.nat(11), fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 5, noNaN: true })), fc.boolean()), {
          maxLength: 100,
        }),
        (count, changes) => {
          const c = make(count)
          let now = 0
          for (const [which, rate, strike] of changes) {
            if (strike && c.time[nextClock(c)] < Infinity) {
              const k = nextClock(c)
              now = c.time[k]
              restart(c, k, now, rate, drawWait(c, k, 1, 2, k))
            } else changeRate(c, which % count, now, rate, 1, 2, which % count)
            expect(c.time[nextClock(c)]).toBe(Math.min(...c.time))
            expect([...c.order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, k) => k))
            for (let k = 0; k < count; k++) expect(c.order[c.place[k]]).toBe(k)
            for (let k = 0; k < count; k++) expect(c.time[k] < Infinity).toBe(c.rate[k] > 0)
          }
        },
      ),
    )
  })

  it('strikes as a Poisson process whose rate changes on the way', () => {
    // One clock at rate 1 until t = 1, then 3 until t = 2: the number of strikes has mean and variance 4.
    const n = 20_000
    let sum = 0
    let squares = 0
    for (let r = 0; r < n; r++) {
      const c = make(1)
      let strikes = 0
      let rate = 1
      changeRate(c, 0, 0, rate, 5, r, 77)
      for (;;) {
        const t = c.time[0]
        if (rate === 1 && t >= 1) {
          rate = 3
          changeRate(c, 0, 1, rate, 5, r, 77)
          continue
        }
        if (t >= 2) break
        strikes++
        restart(c, 0, t, rate, drawWait(c, 0, 5, r, 77))
      }
      sum += strikes
      squares += strikes * strikes
    }
    const mean = sum / n
    expect(Math.abs(mean - 4)).toBeLessThan(4 * Math.sqrt(4 / n))
    expect(Math.abs(squares / n - mean * mean - 4)).toBeLessThan(0.2)
  })
})
