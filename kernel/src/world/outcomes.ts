/** What is written down about a night when it is over. */
import { countConfined } from '../people/population.ts'
import { LAST_COMPLETION, NOW, VISITS_CLOSED_SINCE, VISITS_LOST } from './layout.ts'
import type { Model } from './model.ts'
import type { Night } from './night.ts'

const DAY = 86400

/** Writes the measures of `n` into `out`, from `at` on and `stride` apart, in the order of `model.measures`. */
export function writeOutcomes(n: Night, out: Float64Array, at: number, stride: number): void {
  const { measureFrom, measureIndex, measureOnset } = n.model
  for (let k = 0; k < measureFrom.length; k++) {
    const index = measureIndex[k]
    const from = measureFrom[k]
    out[at + k * stride] = from === 0 ? clockOf(n, index, measureOnset[k]) : from === 1 ? n.figure[index] : total(n, from)
  }
}

/** Seconds from the onset to the mark; Infinity if it was never set. */
function clockOf(n: Night, mark: number, onset: number): number {
  const time = n.markAt[mark]
  return time === Infinity ? time : time - n.markAt[onset]
}

/** What is added up over the whole night: see `MEASURE_SOURCES`. */
function total(n: Night, from: number): number {
  switch (from) {
    case 2:
      return n.f[LAST_COMPLETION]
    case 3:
      return countConfined(n) / 3600
    default: {
      const closed = n.f[VISITS_CLOSED_SINCE]
      const open = closed < Infinity ? (n.model.visitsPerDay * (n.f[NOW] - closed)) / DAY : 0
      return n.f[VISITS_LOST] + open
    }
  }
}

/** Whether the outcomes at `at` (`stride` apart) meet every criterion of success. */
export function succeeded(m: Model, out: Float64Array, at: number, stride: number): boolean {
  for (let k = 0; k < m.success.length; k++) {
    const { measure, low, high } = m.success[k]
    const value = out[at + measure * stride]
    if (!(value >= low && value <= high)) return false
  }
  return true
}
