/** Reference model A, "response": its tables, and a plain second implementation that shares nothing with the engine. */
import { exp, log, Sfc32 } from './sfc32.ts'

/** Seconds between zones 10y+x and 10y+x+1; a dash means no door. */
const ACROSS = `- - 37 25 28 11 - 31 22
39 - 25 23 15 36 10 19 39
19 - 30 29 38 24 20 - 23
30 36 38 14 - 34 15 22 -
- 34 - 26 29 22 - 29 13
13 - 33 32 21 15 18 36 22`
/** Seconds between zones 10y+x and 10y+10+x. */
const DOWN = `10 29 13 26 - 32 12 24 39 22
- 23 19 30 13 19 24 27 - 33
20 26 30 15 33 32 31 33 16 -
26 22 32 31 21 - 14 36 26 17
36 21 31 37 - 33 13 28 27 -`

export const ZONES = 60
export const doors: readonly { readonly a: number; readonly b: number; readonly seconds: number }[] = [
  ...cells(ACROSS).map(([y, x, seconds]) => ({ a: 10 * y + x, b: 10 * y + x + 1, seconds })),
  ...cells(DOWN).map(([y, x, seconds]) => ({ a: 10 * y + x, b: 10 * y + 10 + x, seconds })),
]
export const officers: readonly { readonly skill: number; readonly home: number }[] = [
  [0, 59],
  [0, 18],
  [0, 20],
  [0, 55],
  [0, 54],
  [0, 11],
  [1, 43],
  [1, 36],
  [1, 25],
  [2, 20],
  [2, 58],
  [2, 46],
].map(([skill, home]) => ({ skill: skill!, home: home! }))

/** Predecessors, skill, priority, zone (−1: that of the alarm), median in seconds, chance to be skipped. */
export const tasks: readonly {
  readonly after: readonly number[]
  readonly skill: number
  readonly priority: number
  readonly zone: number
  readonly median: number
  readonly skip: number
}[] = [
  task([], 0, 2, 28, 325),
  task([0], 1, 1, 22, 122),
  task([0], 2, 2, 51, 136),
  task([0], 0, 2, 38, 304),
  task([0], 1, 2, -1, 403),
  task([1], 0, 2, -1, 113),
  task([0, 3, 4], 1, 2, -1, 175),
  task([0], 0, 0, -1, 379, 0.5),
  task([1], 0, 0, 7, 272),
  task([5], 2, 1, 19, 283),
  task([3, 7], 1, 0, -1, 268),
  task([2, 5, 6], 1, 0, -1, 445),
  task([4, 7, 8], 1, 3, -1, 348, 0.5),
  task([6, 9], 2, 1, 31, 510),
  task([7], 1, 1, 0, 426),
  task([7], 0, 2, 52, 158),
  task([7, 8], 0, 0, 28, 241),
  task([10, 11], 2, 1, -1, 508, 0.5),
  task([11], 0, 2, -1, 236),
  task([16], 0, 3, -1, 207),
  task([12, 16], 0, 3, 55, 115),
  task([18], 1, 2, -1, 428),
  task([14, 17], 1, 1, -1, 308, 0.5),
  task([19, 20], 2, 3, -1, 315),
  task([17, 21], 1, 3, -1, 509),
]

function task(after: number[], skill: number, priority: number, zone: number, median: number, skip = 0) {
  return { after, skill, priority, zone, median, skip }
}

function cells(table: string): [number, number, number][] {
  return table
    .split('\n')
    .flatMap((line, y) => line.split(' ').flatMap((cell, x): [number, number, number][] => (cell === '-' ? [] : [[y, x, Number(cell)]])))
}

/** Shortest times between all zones (Floyd and Warshall). */
export const distances: readonly (readonly number[])[] = shortest()

function shortest(): number[][] {
  const d = Array.from({ length: ZONES }, (_, i) => Array.from({ length: ZONES }, (_, j) => (i === j ? 0 : Infinity)))
  for (const { a, b, seconds } of doors) d[a]![b] = d[b]![a] = seconds
  for (let k = 0; k < ZONES; k++)
    for (let i = 0; i < ZONES; i++) for (let j = 0; j < ZONES; j++) d[i]![j] = Math.min(d[i]![j]!, d[i]![k]! + d[k]![j]!)
  return d
}

interface Luck {
  readonly alarm: number
  skip(task: number): boolean
  normal(task: number): number
}

/** Draws in the order of events (variant v1) or tied to the tasks (v2). */
export function luckOf(variant: 'v1' | 'v2', seed: number, replication: number): Luck {
  const chance = new Sfc32(seed, replication)
  const alarm = Math.floor(ZONES * chance.u1())
  if (variant === 'v1') return { alarm, skip: () => chance.u1() < 0.5, normal: () => chance.normal() }
  const skips = new Map(tasks.flatMap((t, i) => (t.skip > 0 ? [i] : [])).map((i) => [i, chance.u1() < 0.5]))
  const normals = tasks.map(() => chance.normal())
  return { alarm, skip: (i) => skips.get(i)!, normal: (i) => normals[i]! }
}

/** One replication: the time of the last completion, in seconds. */
export function replicate(luck: Luck): number {
  interface Event {
    readonly time: number
    readonly sequence: number
    readonly task: number
    readonly officer: number
    readonly arrival: boolean
  }
  const events: Event[] = []
  const where = officers.map((o) => o.home)
  const idle = officers.map(() => true)
  const missing = tasks.map((t) => t.after.length)
  const waiting: { readonly task: number; readonly arrival: number }[] = []
  let sequence = 0
  let now = 0
  let last = 0
  const zoneOf = (i: number) => (tasks[i]!.zone < 0 ? luck.alarm : tasks[i]!.zone)
  const add = (time: number, i: number, officer: number, arrival: boolean) =>
    events.push({ time, sequence: sequence++, task: i, officer, arrival })
  const assign = (i: number, officer: number) => {
    idle[officer] = false
    add(now + distances[where[officer]!]![zoneOf(i)]!, i, officer, true)
  }
  const ready = (i: number): void => {
    if (tasks[i]!.skip > 0 && luck.skip(i)) {
      last = now
      return finish(i)
    }
    const able = officers.flatMap((o, k) => (idle[k] && o.skill === tasks[i]!.skill ? [k] : []))
    const way = (k: number) => distances[where[k]!]![zoneOf(i)]!
    able.sort((a, b) => way(a) - way(b) || a - b)
    if (able.length > 0) assign(i, able[0]!)
    else waiting.push({ task: i, arrival: sequence++ })
  }
  const finish = (i: number): void => {
    tasks.forEach((t, k) => {
      if (!t.after.includes(i)) return
      missing[k]!--
      if (missing[k] === 0) ready(k)
    })
  }
  ready(0)
  while (events.length > 0) {
    events.sort((a, b) => b.time - a.time || b.sequence - a.sequence)
    const event = events.pop()!
    now = event.time
    if (event.arrival) {
      where[event.officer] = zoneOf(event.task)
      add(now + exp(log(tasks[event.task]!.median) + 0.5 * luck.normal(event.task)), event.task, event.officer, false)
      continue
    }
    last = now
    idle[event.officer] = true
    const queue = waiting.filter((w) => tasks[w.task]!.skill === officers[event.officer]!.skill)
    queue.sort((a, b) => tasks[a.task]!.priority - tasks[b.task]!.priority || a.arrival - b.arrival)
    if (queue.length > 0) {
      waiting.splice(waiting.indexOf(queue[0]!), 1)
      assign(queue[0]!.task, event.officer)
    }
    finish(event.task)
  }
  return last
}
