/** Electricity: sources, the circuits they feed, and what hangs on those: lamps, sensors, remote doors. */
import { cancel, reschedule, TIMER } from '../clock/agenda.ts'
import { quantile } from '../random/distribution.ts'
import { NOW, ONSET_SECOND, UNSETTLED, ZONES } from '../world/layout.ts'
import * as LOG from '../world/log.ts'
import type { Night } from '../world/night.ts'
import { beforeRoutesChange, losePower, routesChanged, touch } from './doors.ts'

export const MAINS = 0
export const BATTERY = 1
export const GENERATOR = 2

const DAY = 86400

/** `source` fails. When no mains is left, batteries begin to drain and generators are asked to start. */
export function failSource(n: Night, source: number): void {
  n.sourceFailed[source] = 1
  if (n.model.power.kind[source] !== MAINS) cancel(n, n.model.power.slot[source])
  if (n.sourceAlive[source] === 0) return
  setSource(n, source, 0)
  if (n.model.power.kind[source] !== MAINS || mainsAlive(n)) return
  const { power, samplers } = n.model
  const now = n.f[NOW]
  for (let other = 0; other < power.sources.length; other++) {
    if (power.kind[other] === BATTERY && n.sourceAlive[other] === 1) {
      const lasts = quantile(samplers, power.lasts[other], n.draw(power.key[other], 0))
      reschedule(n, power.slot[other], now + lasts, TIMER)
    }
    if (power.kind[other] === GENERATOR) tryToStart(n, other, power.startChance[other], n.draw(power.key[other], 1))
  }
}

/** Asks generator `source` to start: it carries load after its delay if `luck` (0 to 1) is below `chance`. */
export function tryToStart(n: Night, source: number, chance: number, luck: number): void {
  const { power, samplers } = n.model
  if (n.sourceAlive[source] === 1 || n.sourceFailed[source] === 1 || luck >= chance || mainsAlive(n)) return
  if (power.startAfter[source] < 0) return
  const after = quantile(samplers, power.startAfter[source], n.draw(power.key[source], 2))
  reschedule(n, power.slot[source], n.f[NOW] + after, TIMER)
}

/** The slot of `source` has come up: a generator carries load now, or a battery or the fuel is at its end. */
export function sourceEvent(n: Night, source: number): void {
  if (n.sourceAlive[source] === 1) return setSource(n, source, 0)
  setSource(n, source, 1)
  const { power, samplers } = n.model
  const lasts = power.lasts[source]
  if (lasts < 0) return
  const seconds = quantile(samplers, lasts, n.draw(power.key[source], 3))
  reschedule(n, power.slot[source], n.f[NOW] + seconds, TIMER)
}

/** `source` works again. With mains back, batteries are full and generators stand by. */
export function restoreSource(n: Night, source: number): void {
  const { power } = n.model
  n.sourceFailed[source] = 0
  if (power.kind[source] === GENERATOR) return
  setSource(n, source, 1)
  if (power.kind[source] !== MAINS) return
  for (let other = 0; other < power.sources.length; other++) {
    if (power.kind[other] === MAINS) continue
    cancel(n, power.slot[other])
    setSource(n, other, power.kind[other] === BATTERY && n.sourceFailed[other] === 0 ? 1 : 0)
  }
}

function mainsAlive(n: Night): boolean {
  const { kind } = n.model.power
  for (let source = 0; source < kind.length; source++) if (kind[source] === MAINS && n.sourceAlive[source] === 1) return true
  return false
}

/** `circuit` fails whatever feeds it. */
export function breakCircuit(n: Night, circuit: number): void {
  n.circuitBroken[circuit] = 1
  feed(n)
}

/** All circuits that had failed by themselves work again. */
export function mendCircuits(n: Night): void {
  n.circuitBroken.fill(0)
  feed(n)
}

function setSource(n: Night, source: number, alive: number): void {
  if (n.sourceAlive[source] === alive) return
  n.sourceAlive[source] = alive
  n.log(LOG.SOURCE, source, alive)
  feed(n)
}

/** Works out which circuits are alive, and what follows for the doors and lamps on them. */
function feed(n: Night): void {
  const { power, doors } = n.model
  for (let circuit = 0; circuit < power.circuits.length; circuit++) {
    let fed = 0
    for (let k = power.feeds.start[circuit]; k < power.feeds.start[circuit + 1]; k++) fed |= n.sourceAlive[power.feeds.items[k]]
    const live = n.circuitBroken[circuit] === 1 ? 0 : fed
    if (live === n.circuitAlive[circuit]) continue
    const feedsDoors = doors.circuit.includes(circuit)
    if (feedsDoors) beforeRoutesChange(n)
    n.circuitAlive[circuit] = live
    if (!feedsDoors) continue
    routesChanged(n)
    if (live === 1) continue
    for (let door = 0; door < doors.count; door++) if (doors.circuit[door] === circuit) losePower(n, door)
  }
  n.i[UNSETTLED] = n.i[UNSETTLED] | ZONES
  refreshLights(n)
}

/** Works out where it is dark now. */
export function refreshLights(n: Night): void {
  const { zones } = n.model
  const day = isDaylight(n)
  for (let zone = 0; zone < zones.count; zone++) {
    const circuit = zones.lights[zone]
    const lit = day || (circuit < 0 ? zones.outside[zone] === 0 : n.circuitAlive[circuit] === 1)
    const dark = lit ? 0 : 1
    if (dark === n.zoneDark[zone]) continue
    n.zoneDark[zone] = dark
    n.log(LOG.DARK, zone, dark)
    touch(n, zone)
  }
}

export function isDaylight(n: Night): boolean {
  const second = n.f[ONSET_SECOND] + n.f[NOW]
  const time = second - Math.floor(second / DAY) * DAY
  const [from, to] = n.model.daylight
  return time >= from && time < to
}

/** Seconds until the next dawn or dusk. */
export function untilLightChanges(n: Night): number {
  const second = n.f[ONSET_SECOND] + n.f[NOW]
  const time = second - Math.floor(second / DAY) * DAY
  const [from, to] = n.model.daylight
  return time < from ? from - time : time < to ? to - time : DAY - time + from
}
