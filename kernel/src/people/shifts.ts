/** Who is on duty, and what happens when one shift relieves another. */
import { schedule, TIMER } from '../clock/agenda.ts'
import { following, uniformOfWord } from '../random/threefry.ts'
import * as L from '../world/layout.ts'
import * as LOG from '../world/log.ts'
import type { Model } from '../world/model.ts'
import type { Night } from '../world/night.ts'
import { station, vanish } from './staff.ts'
import { FREE, OFF, TRAVELLING, WORKING } from './states.ts'

const DAY = 86400

/** The shifts on duty at `second` of the week (or later), one bit each. */
export function shiftsAt(m: Model, second: number): number {
  const { ids, from, to, days } = m.shifts
  const day = Math.floor(second / DAY)
  const time = second - day * DAY
  let on = 0
  for (let shift = 0; shift < ids.length; shift++) {
    const begins = from[shift]
    const ends = to[shift]
    const sinceToday = beginsOn(days[shift], day) && time >= begins && (time < ends || ends <= begins)
    const sinceYesterday = ends <= begins && beginsOn(days[shift], day - 1) && time < ends
    if (sinceToday || sinceYesterday) on |= 1 << shift
  }
  return on
}

function beginsOn(days: number, day: number): boolean {
  return ((days >> (((day % 7) + 7) % 7)) & 1) === 1
}

/** Seconds from `second` to the next beginning or end of any shift. */
export function untilShiftChange(m: Model, second: number): number {
  const time = second - Math.floor(second / DAY) * DAY
  let next = DAY
  for (let shift = 0; shift < m.shifts.ids.length; shift++) {
    for (const boundary of [m.shifts.from[shift], m.shifts.to[shift]]) {
      const wait = boundary > time ? boundary - time : boundary - time + DAY
      if (wait < next) next = wait
    }
  }
  return next
}

/** One shift relieves another. Who is in the middle of a task hands it over to somebody of the new shift who can do it;
 * if there is nobody, they stay until it is done. */
export function changeShift(n: Night): void {
  const { i, model: m } = n
  const second = n.f[L.ONSET_SECOND] + n.f[L.NOW]
  const shifts = shiftsAt(m, second)
  const change = i[L.SHIFT_CHANGES] + 1
  i[L.SHIFT_CHANGES] = change
  schedule(n, m.shifts.slot, n.f[L.NOW] + untilShiftChange(m, second), TIMER)
  const before = i[L.SHIFTS]
  if (shifts === before) return
  i[L.SHIFTS] = shifts
  n.log(LOG.SHIFT, shifts)
  const { staff } = m
  const { start, items } = staff.byShift
  for (let shift = 0; shift < m.shifts.ids.length; shift++) {
    if ((((shifts & ~before) >> shift) & 1) === 1) for (let k = start[shift]; k < start[shift + 1]; k++) comeOn(n, items[k], change)
  }
  for (let shift = 0; shift < m.shifts.ids.length; shift++) {
    if ((((before & ~shifts) >> shift) & 1) === 1) for (let k = start[shift]; k < start[shift + 1]; k++) goOff(n, items[k], shifts)
  }
  i[L.UNSETTLED] = i[L.UNSETTLED] | L.SERVE
}

function comeOn(n: Night, number: number, change: number): void {
  const { i, model: m } = n
  const officer = m.officerAt + number * L.OFFICER
  if (i[officer + L.DUTY] !== OFF || i[officer + L.SICK] === 1) return
  const absence = m.staff.absence[number]
  if (absence > 0 && uniformOfWord(following(i[officer + L.ABSENCES], change)) < absence) return
  i[officer + L.ACCESS] = m.i[officer + L.OWN_ACCESS]
  station(n, officer, m.i[officer + L.POST])
}

function goOff(n: Night, number: number, shifts: number): void {
  const { i, model: m } = n
  if ((m.staff.shifts[number] & shifts) !== 0) return
  const officer = m.officerAt + number * L.OFFICER
  const duty = i[officer + L.DUTY]
  if (duty === FREE) {
    vanish(n, officer)
    i[officer + L.DUTY] = OFF
    n.log(LOG.OFFICER, officer, OFF, i[officer + L.WHERE])
  } else if (duty === WORKING || duty === TRAVELLING) handOver(n, number, shifts)
}

/** Somebody of the new shift with the same skills, keys and equipment takes the place of an officer, if there is one. */
function handOver(n: Night, number: number, shifts: number): void {
  const { i, f, model: m } = n
  const officer = m.officerAt + number * L.OFFICER
  const skills = m.staff.skills[number]
  for (let other = 0; other < m.staff.roster; other++) {
    const relief = m.officerAt + other * L.OFFICER
    if ((m.staff.shifts[other] & shifts) === 0 || i[relief + L.DUTY] !== FREE) continue
    if ((m.staff.skills[other] & skills) !== skills || i[relief + L.ACCESS] !== i[officer + L.ACCESS]) continue
    vanish(n, relief)
    i[relief + L.DUTY] = i[officer + L.DUTY]
    i[relief + L.WHERE] = i[officer + L.WHERE]
    i[relief + L.TASK_OF] = i[officer + L.TASK_OF]
    f[relief + L.DEPARTS] = f[officer + L.DEPARTS]
    f[relief + L.ARRIVES] = f[officer + L.ARRIVES]
    const task = i[officer + L.TASK_OF]
    const already = f[L.NOW] - f[task + L.ASSIGNED_AT]
    f[officer + L.BUSY] = f[officer + L.BUSY] + already
    f[relief + L.BUSY] = f[relief + L.BUSY] - already
    const crew = m.i[task + L.CREW]
    for (let k = crew; k < crew + i[task + L.CREW_SIZE]; k++) if (i[k] === officer) i[k] = relief
    i[officer + L.DUTY] = OFF
    i[officer + L.TASK_OF] = 0
    n.log(LOG.OFFICER, officer, OFF, i[officer + L.WHERE])
    n.log(LOG.OFFICER, relief, i[relief + L.DUTY], i[relief + L.WHERE])
    return
  }
}
