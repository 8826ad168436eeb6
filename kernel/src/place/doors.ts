/** Doors and blocked zones: the only ways in which the map changes during a night. */
import { BLOCKED, CORDONS, ROUTES, SERVE, UNSETTLED, ZONES } from '../world/layout.ts'
import * as LOG from '../world/log.ts'
import type { Night } from '../world/night.ts'
import { CLOSED, FORCED, LOCKED, OPEN } from './states.ts'
import { placeTravellers } from './travel.ts'

/** Puts `door` into `state`. A forced door stays as it is. */
export function setDoor(n: Night, door: number, state: number): void {
  const before = n.doorState[door]
  if (before === state || before === FORCED) return
  beforeRoutesChange(n)
  n.doorState[door] = state
  routesChanged(n)
  n.log(LOG.DOOR, door, state)
  touch(n, n.model.doors.a[door])
  touch(n, n.model.doors.b[door])
}

/** What a dead circuit does to a door on it. When the power is back, somebody must set it right. */
export function losePower(n: Night, door: number): void {
  const loss = n.model.doors.powerLoss[door]
  if (loss === 1) setDoor(n, door, LOCKED)
  if (loss === 2 && n.doorState[door] !== OPEN) setDoor(n, door, CLOSED)
}

/** Blocks or frees a zone for those without apparatus (`smoky`) or without shields (`lost`). */
export function setBlocked(n: Night, which: 'smoky' | 'lost', zone: number, blocked: boolean): void {
  const column = which === 'smoky' ? n.zoneSmoky : n.zoneLost
  if (column[zone] === (blocked ? 1 : 0)) return
  beforeRoutesChange(n)
  column[zone] = blocked ? 1 : 0
  n.i[BLOCKED] = n.i[BLOCKED] + (blocked ? 1 : -1)
  routesChanged(n)
  n.log(which === 'smoky' ? LOG.SMOKE : LOG.LOST, zone, blocked ? 1 : 0)
  touch(n, zone)
}

/** Holds the way in and out of `zone`: what is inside does not spread. */
export function cordon(n: Night, zone: number): void {
  if (zone < 0 || n.zoneCordoned[zone] === 1) return
  n.zoneCordoned[zone] = 1
  n.i[CORDONS] = n.i[CORDONS] + 1
  n.log(LOG.CORDON, zone)
  touch(n, zone)
}

/** To be called before anything that changes which ways are open: finds out where everybody under way is. */
export function beforeRoutesChange(n: Night): void {
  placeTravellers(n)
}

/** To be called after it. */
export function routesChanged(n: Night): void {
  n.i[ROUTES] = n.i[ROUTES] + 1
  n.i[UNSETTLED] = n.i[UNSETTLED] | SERVE
  n.routes.forget()
}

/** Marks `zone` as changed, for the threats to look at once the event is over. */
export function touch(n: Night, zone: number): void {
  n.zoneDirty[zone] = 1
  n.i[UNSETTLED] = n.i[UNSETTLED] | ZONES
}
