/** The loop: take what comes next, let it happen, and see what follows at the same instant. */
import { changeShift } from '../people/shifts.ts'
import { appear, vanish } from '../people/staff.ts'
import { FREE, HURT, OFF, WORKING } from '../people/states.ts'
import { setDoor } from '../place/doors.ts'
import { sourceEvent } from '../place/power.ts'
import { FORCED } from '../place/states.ts'
import { agencyEvent } from '../tasks/agencies.ts'
import { breakOff, deadlineEvent, endHolds, redirect, remove, taskEvent } from '../tasks/progress.ts'
import { count, serveWaiting, setFigure, setMark } from '../tasks/ready.ts'
import { settleThreat, stepThreat } from '../threats/threat.ts'
import * as L from './layout.ts'
import type { Night } from './night.ts'
import {
  AGENCY_SLOT,
  CONDITION_SLOT,
  DEADLINE_SLOT,
  DOOR_SLOT,
  NOTICE_SLOT,
  SHIFT_SLOT,
  SOURCE_SLOT,
  TASK_SLOT,
  THREAT_SLOT,
} from './slots.ts'
import { breakOut } from './start.ts'

/** Lets everything happen that is due up to and including `until`, and sets the clock to it (or leaves it at the last
 * event, if `until` is Infinity). */
export function advance(n: Night, until: number): void {
  const { f, i } = n
  const { kind, ref } = n.model.slots
  for (;;) {
    const left = i[L.PENDING] - 1
    if (left < 0) break
    const time = f[L.AGENDA + left]
    if (time > until) break
    const slot = i[L.AGENDA + left] >> 2
    i[L.PENDING] = left
    f[L.NOW] = time
    const what = kind[slot]
    if (what === TASK_SLOT) taskEvent(n, ref[slot])
    else if (what === THREAT_SLOT) stepThreat(n, ref[slot] & 255, ref[slot] >> 8, until)
    else happen(n, what, ref[slot])
    if (i[L.UNSETTLED] !== 0) settle(n)
  }
  if (until < Infinity) f[L.NOW] = until
}

function happen(n: Night, kind: number, ref: number): void {
  switch (kind) {
    case DEADLINE_SLOT:
      return deadlineEvent(n, ref)
    case CONDITION_SLOT:
      return count(n, ref, 0)
    case AGENCY_SLOT:
      return agencyEvent(n, ref)
    case SOURCE_SLOT:
      return sourceEvent(n, ref)
    case DOOR_SLOT:
      setDoor(n, ref, FORCED)
      return setFigure(n, n.model.doorsForced, n.figure[n.model.doorsForced] + 1)
    case SHIFT_SLOT:
      return changeShift(n)
    case NOTICE_SLOT:
      return setMark(n, n.model.threats[ref].detected)
    default:
      throw new Error(`nothing is known of slots of kind ${kind}`)
  }
}

/** What follows at the same instant, in this order, until nothing more does: threats that others set off and tasks that
 * were waiting for a mark; officers who are ordered out, hurt or held; threats that look at what has changed; officers
 * under way on changed routes; the waiting list. */
export function settle(n: Night): void {
  const { i } = n
  while (i[L.UNSETTLED] !== 0) {
    const why = i[L.UNSETTLED]
    i[L.UNSETTLED] = 0
    if ((why & L.MARKS) !== 0) {
      const starting = i[L.STARTING]
      i[L.STARTING] = 0
      for (let threat = 0; threat < n.threats.length; threat++) if (((starting >> threat) & 1) === 1) breakOut(n, threat)
      endHolds(n)
    }
    if ((why & L.ZONES) !== 0) {
      n.zoneChanged.set(n.zoneDirty)
      n.zoneDirty.fill(0)
      if ((why & L.CLEAR) !== 0) clearZones(n)
      for (let threat = 0; threat < n.threats.length; threat++) {
        if (n.markAt[n.model.threats[threat].onset] < Infinity) settleThreat(n, threat)
      }
    }
    if (i[L.ROUTES] !== i[L.ROUTES_SETTLED]) {
      i[L.ROUTES_SETTLED] = i[L.ROUTES]
      redirect(n)
    }
    if ((why & L.SERVE) !== 0) serveWaiting(n, 0)
  }
}

/** Takes out who has been struck and who has been ordered out. */
function clearZones(n: Night): void {
  const { i, model: m } = n
  const end = m.officerAt + m.staff.count * L.OFFICER
  for (let officer = m.officerAt; officer < end; officer += L.OFFICER) {
    const duty = i[officer + L.DUTY]
    if (duty === OFF) continue
    if (i[officer + L.STRUCK] !== 0) {
      const hurt = i[officer + L.STRUCK] === HURT && i[officer + L.SICK] === 0
      remove(n, officer, i[officer + L.STRUCK])
      i[officer + L.STRUCK] = 0
      if (hurt) setFigure(n, m.staffHurt, n.figure[m.staffHurt] + 1)
      continue
    }
    if (n.zoneOrderedOut[i[officer + L.WHERE]] === 1 && (duty === FREE || duty === WORKING)) stepAside(n, officer)
  }
  n.zoneOrderedOut.fill(0)
}

/** `officer` leaves the zone for one next to it, unless equipped for what is wrong there. */
function stepAside(n: Night, officer: number): void {
  const { i, model: m } = n
  const zone = i[officer + L.WHERE]
  const access = i[officer + L.ACCESS]
  if (n.zoneLost[zone] === 1 && m.staff.accessShielded[access] === 1) return
  if (n.zoneLost[zone] === 0 && n.zoneSmoky[zone] === 1 && m.staff.accessBreathing[access] === 1) return
  if (i[officer + L.TASK_OF] !== 0) breakOff(n, i[officer + L.TASK_OF])
  for (let k = m.zones.doors.start[zone]; k < m.zones.doors.start[zone + 1]; k++) {
    const door = m.zones.doors.items[k]
    const beside = m.doors.a[door] === zone ? m.doors.b[door] : m.doors.a[door]
    if (n.zoneLost[beside] === 1 || n.zoneSmoky[beside] === 1 || m.zones.beyond[beside] === 1) continue
    vanish(n, officer)
    i[officer + L.WHERE] = beside
    appear(n, officer)
    return
  }
}
