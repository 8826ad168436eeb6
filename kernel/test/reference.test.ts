import { describe, expect, it } from 'vitest'
import { stress } from '../src/experiment/stress.ts'
import { compile } from '../src/world/compile.ts'
import * as disorder from './reference/disorder.ts'
import * as response from './reference/response.ts'
import { exp, log, Sfc32 } from './reference/sfc32.ts'
import { disorderScene, responseScene } from './scenes.ts'

/** Largest distance between the distributions of two samples, and the one that chance exceeds once in a thousand. */
function kolmogorovSmirnov(a: readonly number[], b: readonly number[]): { distance: number; limit: number } {
  const values = [...a.map((x) => [x, 1 / a.length] as const), ...b.map((x) => [x, -1 / b.length] as const)].sort((p, q) => p[0] - q[0])
  let sum = 0
  let distance = 0
  values.forEach(([x, step], i) => {
    sum += step
    if (values[i + 1]?.[0] !== x) distance = Math.max(distance, Math.abs(sum))
  })
  return { distance, limit: 1.95 * Math.sqrt((a.length + b.length) / (a.length * b.length)) }
}

const column = (scene: Parameters<typeof compile>[0], measure: string, nights: number) => {
  const model = compile(scene)
  const summary = stress(model, 1, nights)
  return [...summary.column(model.measures.findIndex((m) => m.name === measure))]
}

describe('the second implementation', () => {
  const fresh = () => new Sfc32(1, 0)
  it('draws the published vectors', () => {
    let r = fresh()
    expect([r.u32(), r.u32(), r.u32(), r.u32()]).toEqual([1327382683, 4236437663, 2387188144, 666760582])
    r = fresh()
    expect([r.u53(), r.u53(), r.u53()]).toEqual([0.3090553655205108, 0.5558105495217613, 0.987396787406309])
    r = fresh()
    expect([r.normal(), r.normal(), r.normal()]).toEqual([1.3123516019291783, -1.5633427523422745, -0.04002469181771482])
    r = fresh()
    expect([r.exponential(), r.exponential(), r.exponential()]).toEqual([0.41765032130930463, 0.6231244810944633, 2.742500689064654])
    expect([exp(1), exp(-3.7), log(10), log(0.3)]).toEqual([2.7182818284590455, 0.024723526470339388, Math.LN10, -1.2039728043259361])
  })

  it('has the facility of model A', () => {
    const d = response.distances
    expect(response.doors.length).toBe(85)
    expect(response.doors.reduce((sum, door) => sum + door.seconds, 0)).toBe(2157)
    expect([d[0]![1], d[0]![59], d[9]![50], d[0]![9]]).toEqual([78, 347, 325, 367])
    expect(d.flat().reduce((sum, seconds) => sum + seconds, 0)).toBe(505_228)
  })

  it('plays the published nights', () => {
    const nights = (variant: 'v1' | 'v2') => [0, 1, 2, 3, 4].map((r) => response.replicate(response.luckOf(variant, 1, r)))
    expect(nights('v1')).toEqual([3324.9202169285477, 3120.229253130394, 3293.992778938221, 3378.6992455549325, 3201.414895171874])
    expect(nights('v2')).toEqual([4185.6904959358035, 4610.157086100188, 3086.682444369196, 4389.659045788161, 3092.6053159134262])
    expect(Array.from({ length: 10 }, (_, r) => disorder.replicate(1, r))).toEqual([67, 86, 43, 56, 47, 64, 130, 43, 65, 31])
  })
})

describe('the engine, on scenes written as data', () => {
  it('has the same completion times of model A', () => {
    const theirs = Array.from({ length: 4000 }, (_, r) => response.replicate(response.luckOf('v2', 3, r)))
    const { distance, limit } = kolmogorovSmirnov(column(responseScene(), 'plan-complete', 40_000), theirs)
    expect(distance).toBeLessThan(limit)
  })

  it('has the mean of model A to a second', () => {
    const times = column(responseScene(), 'plan-complete', 100_000)
    const mean = times.reduce((sum, t) => sum + t, 0) / times.length
    expect(Math.abs(mean - 3240.66)).toBeLessThan(0.82 + (1.96 * 588.3) / Math.sqrt(times.length))
  })

  it('has the same peaks of model B', () => {
    const theirs = Array.from({ length: 400 }, (_, r) => disorder.replicate(3, r))
    const { distance, limit } = kolmogorovSmirnov(column(disorderScene(), 'peak', 2000), theirs)
    expect(distance).toBeLessThan(limit)
  })
})
