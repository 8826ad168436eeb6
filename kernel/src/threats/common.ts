/** What all threats share. */
import { cancel, dueTime, reschedule, THREAT_MOVES, TIMER } from '../clock/agenda.ts'
import { type Clocks, nextClock } from '../clock/clocks.ts'
import { FREE, WORKING } from '../people/states.ts'
import { quantile } from '../random/distribution.ts'
import { EFFECT } from '../tasks/effectCodes.ts'
import { setFigure } from '../tasks/ready.ts'
import { DUTY, NOW, POST, WHERE } from '../world/layout.ts'
import * as LOG from '../world/log.ts'
import type { Night } from '../world/night.ts'

/** The part of a compiled threat that is the same for all kinds. */
export interface ThreatCommon {
  readonly id: string
  /** Number in the scene. */
  readonly index: number
  /** Its slot on the agenda, and that of the moment at which it becomes known. */
  readonly slot: number
  readonly noticeSlot: number
  /** Zones in which it may begin, and their weights added up, by regime (regime × candidates). */
  readonly candidates: Int32Array
  readonly weights: Float64Array
  /** It begins where this threat is; −1: among the candidates. */
  readonly joins: number
  readonly startKey: number
  readonly onset: number
  readonly detected: number
  readonly firstOnScene: number
  readonly contained: number
  readonly resolved: number
  /** Names of the parameters that effects may scale, and their values at the onset. */
  readonly parameters: readonly string[]
  readonly values: Float64Array
}

/** Which draw of an officer's own luck is for what. */
export const LUCK_HURT = 0
export const LUCK_KEYS = 1
export const LUCK_TAKEN = 2
export const LUCK_NOTICE = 3

/** Adds `change` to a figure. */
export function addTo(n: Night, figure: number, change: number): void {
  setFigure(n, figure, n.figure[figure] + change)
}

/** If `effect` scales a parameter, does so in `parameter` and returns true. */
export function scaleParameter(n: Night, parameter: Float64Array, effect: number): boolean {
  const { effects } = n.model
  if (effects.code[effect] !== EFFECT.scale) return false
  const which = effects.a[effect]
  parameter[which] = parameter[which] * effects.x[effect]
  return true
}

/** The threat becomes known after `seconds`, unless it is to be known sooner. */
export function noticeAfter(n: Night, c: ThreatCommon, seconds: number): void {
  const time = n.f[NOW] + seconds
  if (n.markAt[c.detected] < Infinity || time >= dueTime(n, c.noticeSlot) || time === Infinity) return
  reschedule(n, c.noticeSlot, time, TIMER)
}

/** Share of passings through `zone` that `sensor` reports as things are: 0 when it is out of order, dead, blind or
 * unwatched. */
export function watchfulness(n: Night, sensor: number, zone: number): number {
  const { sensors } = n.model
  if (n.sensorFaulty[sensor] === 1) return 0
  const circuit = sensors.circuit[sensor]
  if (circuit >= 0 && n.circuitAlive[circuit] === 0) return 0
  if (sensors.needsLight[sensor] === 1 && n.zoneDark[zone] === 1) return 0
  const skill = sensors.operator[sensor]
  if (skill >= 0 && !isManned(n, skill)) return 0
  return sensors.chance[sensor] * sensors.attention[sensor]
}

/** Whether somebody with `skill` is at their post. */
function isManned(n: Night, skill: number): boolean {
  const { staff } = n.model
  for (let k = staff.bySkill.start[skill]; k < staff.bySkill.start[skill + 1]; k++) {
    const officer = staff.bySkill.items[k]
    const duty = n.i[officer + DUTY]
    if ((duty === FREE || duty === WORKING) && n.i[officer + WHERE] === n.model.i[officer + POST]) return true
  }
  return false
}

/** `sensor` reports: the threat is known once somebody has understood it. `turn` tells this report from others. */
export function report(n: Night, c: ThreatCommon, sensor: number, turn: number): void {
  const { sensors, samplers } = n.model
  n.log(LOG.SENSOR, sensor, c.index)
  noticeAfter(n, c, quantile(samplers, sensors.delay[sensor], n.draw(sensors.delayKey[sensor], turn)))
}

/** The threat of `slot` goes on when the next of its clocks strikes, if any does. */
export function waitForClocks(n: Night, slot: number, clocks: Clocks): void {
  const strikes = clocks.time[nextClock(clocks)]
  if (strikes < Infinity) reschedule(n, slot, strikes, THREAT_MOVES)
  else cancel(n, slot)
}
