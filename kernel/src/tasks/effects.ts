/** What a task changes in the world, at the moment it begins, succeeds or fails. */
import { confine } from '../people/population.ts'
import { orderOut } from '../people/staff.ts'
import { cordon, setDoor, touch } from '../place/doors.ts'
import { restoreSource, tryToStart } from '../place/power.ts'
import { CLOSED, LOCKED } from '../place/states.ts'
import { actOn } from '../threats/threat.ts'
import { LAST_EFFECT, MARKS, NOW, STARTING, THREAT, UNSETTLED, VISITS_CLOSED_SINCE, VISITS_LOST } from '../world/layout.ts'
import type { Night } from '../world/night.ts'
import { admitAgency, callAgency } from './agencies.ts'
import { EFFECT } from './effectCodes.ts'
import { setMark } from './ready.ts'

const DAY = 86400

/** Carries out effect `effect` for `task`. */
export function carryOut(n: Night, task: number, effect: number): void {
  const { effects, zones } = n.model
  const code = effects.code[effect]
  const a = effects.a[effect]
  const threat = n.model.i[task + THREAT]
  const incident = n.threatZone[threat]
  const zone = a >= 0 ? a : incident
  if (code !== EFFECT.mark && code !== EFFECT.call && code !== EFFECT['start-threat']) n.i[LAST_EFFECT] = task
  switch (code) {
    case EFFECT.mark:
      return setMark(n, a)
    case EFFECT.doors:
      return forTargets(n, effect, (door) => {
        if (door >= 0) return putDoor(n, door, a)
        for (let k = zones.doors.start[incident]; k < zones.doors.start[incident + 1]; k++) putDoor(n, zones.doors.items[k], a)
      })
    case EFFECT.call:
      return callAgency(n, a)
    case EFFECT.admit:
      return admitAgency(n, a)
    case EFFECT.cordon:
      return cordon(n, zone)
    case EFFECT.confine:
    case EFFECT.release:
      return forTargets(n, effect, (target) => confine(n, target >= 0 ? target : incident, code === EFFECT.confine))
    case EFFECT.withdraw:
      return orderOut(n, zone)
    case EFFECT.ventilate:
      n.airChanges[zone] = effects.x[effect]
      return touch(n, zone)
    case EFFECT.restore:
      return restoreSource(n, a)
    case EFFECT['start-source']:
      return tryToStart(n, a, effects.x[effect], n.draw(effects.key[effect], 0))
    case EFFECT['start-threat']:
      n.i[STARTING] = n.i[STARTING] | (1 << a)
      n.i[UNSETTLED] = n.i[UNSETTLED] | MARKS
      return
    case EFFECT.visits:
      return setVisits(n, a === 1)
    default:
      return actOn(n, threat, effect)
  }
}

/** Who closes doors leaves locked what is locked. */
function putDoor(n: Night, door: number, state: number): void {
  if (state !== CLOSED || n.doorState[door] !== LOCKED) setDoor(n, door, state)
}

function forTargets(n: Night, effect: number, apply: (target: number) => void): void {
  const { targets } = n.model.effects
  for (let k = targets.start[effect]; k < targets.start[effect + 1]; k++) apply(targets.items[k])
}

function setVisits(n: Night, open: boolean): void {
  const { f } = n
  const closed = f[VISITS_CLOSED_SINCE]
  if (!open && closed === Infinity) f[VISITS_CLOSED_SINCE] = f[NOW]
  if (open && closed < Infinity) {
    f[VISITS_LOST] = f[VISITS_LOST] + (n.model.visitsPerDay * (f[NOW] - closed)) / DAY
    f[VISITS_CLOSED_SINCE] = Infinity
  }
}
