/** Many clocks of which the next one counts: one for each zone of a process that runs by rates.
 *
 * Each clock waits an exponential time in its own units. When a rate changes, the rest of the wait is stretched by the
 * ratio of the rates, which is exact (next-reaction method: M. A. Gibson and J. Bruck, J. Phys. Chem. A 104, 2000). The
 * clocks are kept in order; a change mostly moves one by a place or two.
 */
import { exponentialOfWord } from '../numeric/exponential.ts'
import { block, word } from '../random/threefry.ts'
import type { Arena } from '../world/arena.ts'

export interface Clocks {
  readonly time: Float64Array
  readonly rate: Float64Array
  /** Chance, between 0 and 1, that decides what it is that happens when the clock strikes. */
  readonly luck: Float64Array
  readonly turns: Int32Array
  /** The clocks in order, the next one last; and where in that order each stands. */
  readonly order: Int32Array
  readonly place: Int32Array
}

export function allocateClocks(arena: Arena, count: number): Clocks {
  return {
    time: arena.doubles(count),
    rate: arena.doubles(count),
    luck: arena.doubles(count),
    turns: arena.integers(count),
    order: arena.integers(count),
    place: arena.integers(count),
  }
}

/** Stops all clocks. */
export function stopClocks(c: Clocks): void {
  c.time.fill(Infinity)
  c.rate.fill(0)
  for (let k = 0; k < c.order.length; k++) {
    c.order[k] = k
    c.place[k] = k
  }
}

/** The clock that strikes next. */
export function nextClock(c: Clocks): number {
  return c.order[c.order.length - 1]
}

/** Draws what will happen at the next strike of clock `k` (kept as luck) and the wait for it, in units of the mean one. */
export function drawWait(c: Clocks, k: number, seed: number, replication: number, key: number): number {
  const turn = c.turns[k]
  c.turns[k] = turn + 1
  block(seed, replication, key, turn)
  c.luck[k] = ((word[1] >>> 0) + 0.5) / 4294967296
  return exponentialOfWord(word[0])
}

/** Clock `k` has struck; it goes on at `rate` (per second) and strikes again after `wait` mean waits. */
export function restart(c: Clocks, k: number, now: number, rate: number, wait: number): void {
  c.rate[k] = rate
  setClock(c, k, rate > 0 ? now + wait / rate : Infinity)
}

/** The rate of clock `k` is now `rate`. A clock that stood still draws a new wait under `key`. */
export function changeRate(c: Clocks, k: number, now: number, rate: number, seed: number, replication: number, key: number): void {
  const before = c.rate[k]
  if (rate === before) return
  c.rate[k] = rate
  if (before > 0 && rate > 0) setClock(c, k, now + (c.time[k] - now) * (before / rate))
  else setClock(c, k, rate > 0 ? now + drawWait(c, k, seed, replication, key) / rate : Infinity)
}

function setClock(c: Clocks, k: number, strikes: number): void {
  const { time, order, place } = c
  time[k] = strikes
  let at = place[k]
  while (at > 0) {
    const later = order[at - 1]
    if (time[later] >= strikes) break
    order[at] = later
    place[later] = at--
  }
  while (at < order.length - 1) {
    const sooner = order[at + 1]
    if (time[sooner] <= strikes) break
    order[at] = sooner
    place[sooner] = at++
  }
  order[at] = k
  place[k] = at
}
