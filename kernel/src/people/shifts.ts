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
  const { boundaries, onDuty } = m.shifts
  const day = Math.floor(second / DAY)
  return onDuty[(day % 7) * (boundaries.length + 1) + passed(boundaries, second - day * DAY)]
}

/** Seconds from `second` to the next beginning or end of any shift. */
export function untilShiftChange(m: Model, second: number): number {
  const { boundaries } = m.shifts
  const time = second - Math.floor(second / DAY) * DAY
  const next = passed(boundaries, time)
  return next < boundaries.length ? boundaries[next] - time : boundaries[0] - time + DAY
}

/** How many of the boundaries have passed at `time` of the day. */
function passed(boundaries: Float64Array, time: number): number {
  let k = 0
  while (k < boundaries.length && boundaries[k] <= time) k++
  return k
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
  relieve(n, before, shifts, change)
  i[L.UNSETTLED] = i[L.UNSETTLED] | L.SERVE
}

/** The new shift comes on, then the old one goes off. An outbreak sees hundreds of these: what is the same for all
 * officers is looked up once. */
function relieve(n: Night, before: number, shifts: number, change: number): void {
  const { i, model: m } = n
  const { start, items } = m.staff.byShift
  const { absence } = m.staff
  const own = m.i
  const count = m.shifts.ids.length
  for (let shift = 0; shift < count; shift++) {
    if ((((shifts & ~before) >> shift) & 1) === 0) continue
    const end = start[shift + 1]
    for (let k = start[shift]; k < end; k++) {
      const number = items[k]
      const officer = m.officerAt + number * L.OFFICER
      if (i[officer + L.DUTY] !== OFF || i[officer + L.SICK] === 1) continue
      const limit = absence[number]
      if (limit > 0 && uniformOfWord(following(i[officer + L.ABSENCES], change)) < limit) continue
      i[officer + L.ACCESS] = own[officer + L.OWN_ACCESS]
      station(n, officer, own[officer + L.POST])
    }
  }
  for (let shift = 0; shift < count; shift++) {
    if ((((before & ~shifts) >> shift) & 1) === 0) continue
    const end = start[shift + 1]
    for (let k = start[shift]; k < end; k++) {
      const number = items[k]
      if ((m.staff.shifts[number] & shifts) !== 0) continue
      const officer = m.officerAt + number * L.OFFICER
      const duty = i[officer + L.DUTY]
      if (duty === FREE) {
        vanish(n, officer)
        i[officer + L.DUTY] = OFF
        n.log(LOG.OFFICER, officer, OFF, i[officer + L.WHERE])
      } else if (duty === WORKING || duty === TRAVELLING) handOver(n, number, shifts)
    }
  }
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
