/** Officers: where their presence counts, and how they drop out. */
import { beforeRoutesChange, routesChanged, touch } from '../place/doors.ts'
import { ACCESS, CLEAR, DUTY, PRESENCE, STRUCK, TASK_OF, UNSETTLED, WHERE } from '../world/layout.ts'
import * as LOG from '../world/log.ts'
import type { Night } from '../world/night.ts'
import { FREE, type HELD, type HURT } from './states.ts'

/** Counts the presence of `officer` in the zone where they now stand. */
export function appear(n: Night, officer: number): void {
  addPresence(n, n.i[officer + WHERE], n.model.f[officer + PRESENCE])
}

/** Stops counting it. */
export function vanish(n: Night, officer: number): void {
  addPresence(n, n.i[officer + WHERE], -n.model.f[officer + PRESENCE])
}

function addPresence(n: Night, zone: number, change: number): void {
  if (n.model.zones.watchesPresence[zone] === 0) return
  const before = n.zonePresence[zone]
  const after = before + change
  const opensDoors = zone === n.model.controlRoom && before > 0 !== after > 0
  if (opensDoors) beforeRoutesChange(n)
  n.zonePresence[zone] = after
  if (opensDoors) routesChanged(n)
  touch(n, zone)
}

/** Puts `officer` at `zone`, free for work. */
export function station(n: Night, officer: number, zone: number): void {
  n.i[officer + DUTY] = FREE
  n.i[officer + WHERE] = zone
  n.i[officer + TASK_OF] = 0
  appear(n, officer)
  n.log(LOG.OFFICER, officer, FREE, zone)
}

/** Takes the keys from `officer`: from now on they pass doors like somebody without any. */
export function loseKeys(n: Night, officer: number): void {
  beforeRoutesChange(n)
  n.i[officer + ACCESS] = n.model.staff.withoutKeys[n.i[officer + ACCESS]]
  routesChanged(n)
}

/** Asks everybody on duty in `zone` to leave it, once the event is over. */
export function orderOut(n: Night, zone: number): void {
  n.zoneOrderedOut[zone] = 1
  n.i[UNSETTLED] = n.i[UNSETTLED] | CLEAR
  touch(n, zone)
}

/** `officer` is hurt or held from the end of this event on. */
export function strike(n: Night, officer: number, state: typeof HURT | typeof HELD): void {
  n.i[officer + STRUCK] = state
  n.i[UNSETTLED] = n.i[UNSETTLED] | CLEAR
  touch(n, n.i[officer + WHERE])
}
