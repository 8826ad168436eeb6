/** From "something happened" to "these officers are on their way".
 *
 * The order at one instant is part of every model and is tested against the reference models: a freed officer is given
 * to the head of the waiting list (lowest priority number, then longest waiting) before newly ready tasks ask; tasks that
 * become ready through the same thing ask in order of priority and id (or of id alone, as the plan says), each at once and
 * with all that follows from it; the nearest free officer goes, ties by id.
 */
import { ARRIVAL, COMPLETION, schedule, TIMER } from '../clock/agenda.ts'
import { vanish } from '../people/staff.ts'
import { FREE, TRAVELLING, WORKING } from '../people/states.ts'
import { logRoute } from '../place/travel.ts'
import { quantile } from '../random/distribution.ts'
import * as L from '../world/layout.ts'
import * as LOG from '../world/log.ts'
import type { Night } from '../world/night.ts'
import * as S from './states.ts'

/** Sets `mark` now, unless it has been set before. */
export function setMark(n: Night, mark: number): void {
  if (mark < 0 || n.markAt[mark] !== Infinity) return
  const acting = n.i[L.ACTING] || n.i[L.LAST_EFFECT]
  n.markAt[mark] = n.f[L.NOW]
  n.markCause[mark] = acting
  n.i[L.UNSETTLED] = n.i[L.UNSETTLED] | L.MARKS
  n.log(LOG.MARK, mark, acting)
  const { start } = n.model.marks
  tell(n, start[mark], start[mark + 1], acting)
}

/** Sets a figure, and tells the tasks that wait for it to cross a line. */
export function setFigure(n: Night, figure: number, value: number): void {
  n.figure[figure] = value
  const { watchers } = n.model.figures
  const to = watchers.start[figure + 1]
  for (let k = watchers.start[figure]; k < to; k++) {
    const condition = watchers.items[k]
    const { above, threshold } = n.model.conditions
    const line = threshold[condition]
    if (above[condition] === 1 ? value > line : value < line) meet(n, condition, n.i[L.ACTING])
  }
}

/** Tells entries `from` to `to` of the listeners that what they waited for has come about. `cause`: a task, 0 for none. */
export function tell(n: Night, from: number, to: number, cause: number): void {
  const { listeners } = n.model
  for (let k = from; k < to; k++) {
    const listener = listeners[k]
    if (listener < 0) meet(n, -1 - listener, cause)
    else approach(n, listener, cause)
  }
}

/** A condition is satisfied, once and for good: its timer begins to run, or its task is one step nearer. */
function meet(n: Night, condition: number, cause: number): void {
  if (n.conditionMet[condition] === 1) return
  n.conditionMet[condition] = 1
  const { conditions } = n.model
  const slot = conditions.slot[condition]
  if (slot >= 0) schedule(n, slot, n.f[L.NOW] + conditions.seconds[condition], TIMER)
  else count(n, condition, cause)
}

/** A condition counts now: at once, or when its timer has run out. Of several alternatives only the first counts. */
export function count(n: Night, condition: number, cause: number): void {
  const task = n.model.conditions.task[condition]
  if (n.model.conditions.alternative[condition] === 1) {
    if (n.i[task + L.ALTERNATIVE] === 1) return
    n.i[task + L.ALTERNATIVE] = 1
  }
  approach(n, task, cause)
}

function approach(n: Night, task: number, cause: number): void {
  const { i } = n
  const missing = i[task + L.MISSING] - 1
  i[task + L.MISSING] = missing
  if (missing === 0 && i[task + L.STATE] === S.DORMANT) becomeReady(n, task, cause)
}

/** `task` may begin now, because of `cause` (a task, 0 for none). */
export function becomeReady(n: Night, task: number, cause: number): void {
  const { i, f, model } = n
  i[task + L.CAUSE] = cause
  f[task + L.READY_AT] = f[L.NOW]
  const features = model.i[task + L.FEATURES]
  if ((features & (L.SKIPPABLE | L.FORGETTABLE)) !== 0) {
    if ((features & L.SKIPPABLE) !== 0 && isSkipped(n, task)) {
      i[task + L.STATE] = S.SKIPPED
      f[task + L.DONE_AT] = f[L.NOW]
      n.log(LOG.SKIPPED, task)
      tell(n, model.i[task + L.ON_DONE], model.i[task + L.ON_DONE_END], cause)
      return
    }
    if ((features & L.FORGETTABLE) !== 0 && isForgotten(n, task)) return
  }
  ask(n, task)
}

function isSkipped(n: Night, task: number): boolean {
  const { model } = n
  return n.draw(model.tasks.skipKey[model.i[task + L.NUMBER]], 0) < model.f[task + L.SKIP]
}

/** Whether nobody thinks of `task` now; somebody may, later. */
function isForgotten(n: Night, task: number): boolean {
  const { model } = n
  const { tasks } = model
  const number = model.i[task + L.NUMBER]
  const key = tasks.forgottenKey[number]
  if (n.draw(key, 0) >= model.f[task + L.FORGOTTEN_CHANCE]) return false
  n.i[task + L.STATE] = S.FORGOTTEN
  n.log(LOG.FORGOTTEN, task)
  const remembered = tasks.remembered[number]
  if (remembered >= 0) {
    const after = quantile(model.samplers, remembered, n.draw(key, 1))
    schedule(n, model.i[task + L.SLOT], n.f[L.NOW] + after, TIMER)
  }
  return true
}

/** `task` asks for what it needs, and waits if it cannot have it. */
export function ask(n: Night, task: number): void {
  const m = n.model
  n.i[task + L.STATE] = S.WAITS
  if ((m.i[task + L.FEATURES] & L.HAS_DEADLINE) !== 0) {
    schedule(n, m.tasks.deadlineSlot[m.i[task + L.NUMBER]], n.f[L.NOW] + m.f[task + L.DEADLINE], TIMER)
  }
  if (!assign(n, task)) enqueue(n, task)
}

/** Puts `task` on the waiting list: behind all of the same or a smaller priority number. */
export function enqueue(n: Night, task: number): void {
  const { i, model } = n
  const first = model.waitingAt
  const priority = model.i[task + L.PRIORITY]
  let at = first + i[L.WAITING]
  i[L.WAITING] = i[L.WAITING] + 1
  while (at > first && model.i[i[at - 1] + L.PRIORITY] > priority) {
    i[at] = i[at - 1]
    at--
  }
  i[at] = task
  n.log(LOG.WAITS, task)
}

/** Takes `task` off the waiting list, if it is there. */
export function dequeue(n: Night, task: number): void {
  const first = n.model.waitingAt
  const end = first + n.i[L.WAITING]
  const at = n.i.indexOf(task, first)
  if (at < 0 || at >= end) return
  n.i.copyWithin(at, at + 1, end)
  n.i[L.WAITING] = n.i[L.WAITING] - 1
}

/** Goes through the waiting list in order and lets begin whatever can. `cause`: the task that freed somebody, or 0. */
export function serveWaiting(n: Night, cause: number): void {
  const { i } = n
  const first = n.model.waitingAt
  let at = first
  while (at < first + i[L.WAITING]) {
    const task = i[at]
    if (!assign(n, task)) {
      at++
      continue
    }
    if (cause !== 0) i[task + L.CAUSE] = -cause
    const end = first + i[L.WAITING] - 1
    for (let k = at; k < end; k++) i[k] = i[k + 1]
    i[L.WAITING] = i[L.WAITING] - 1
  }
}

/** Sends officers to `task` if all its needs can be met now. Otherwise changes nothing and returns false. */
function assign(n: Night, task: number): boolean {
  const { i, model: m } = n
  const place = placeOf(n, task)
  const crew = m.i[task + L.CREW]
  let size = 0
  if ((m.i[task + L.FEATURES] & L.ONE_OFFICER) !== 0) {
    const officer = nearest(n, m.i[task + L.NEEDS], place)
    if (officer === 0) return false
    i[crew] = officer
    size = 1
  } else {
    size = gather(n, task, place, crew)
    if (size < 0) return false
  }
  setOff(n, task, place, crew, size)
  return true
}

/** Chooses everybody and everything that `task` needs. Returns how many officers there are now in its crew list, or −1
 * if something is missing; then nobody has been taken. */
function gather(n: Night, task: number, place: number, crew: number): number {
  const { i, model: m } = n
  const end = m.tasks.needsEnd[m.i[task + L.NUMBER]]
  let size = 0
  let missing = false
  for (let need = m.i[task + L.NEEDS]; need < end && !missing; need++) {
    for (let wanted = m.tasks.needCount[need]; wanted > 0 && !missing; wanted--) {
      const officer = nearest(n, need, place)
      missing = officer === 0
      if (missing) break
      i[officer + L.DUTY] = TRAVELLING
      i[crew + size++] = officer
    }
  }
  if (!missing && (m.i[task + L.FEATURES] & L.HAS_EQUIPMENT) !== 0) missing = !takeEquipment(n, task)
  if (!missing) return size
  for (let k = 0; k < size; k++) i[i[crew + k] + L.DUTY] = FREE
  return -1
}

const NOWHERE = new Float64Array(0)

/** The nearest free officer who meets `need` and can get to `place` (−1: the first by id, wherever they are), or 0. Ties
 * go to the smaller id. Leaves the way's length, in seconds, where the time of arrival will be. */
function nearest(n: Night, need: number, place: number): number {
  const { i, model: m } = n
  const { start, items } = m.staff.bySkill
  const skill = m.tasks.needSkill[need]
  const special = m.tasks.needSpecial[need] === 1
  const end = start[skill + 1]
  let best = 0
  let least = Infinity
  let access = -1
  let cost: Float64Array = NOWHERE
  for (let k = start[skill]; k < end; k++) {
    const officer = items[k]
    if (i[officer + L.DUTY] !== FREE) continue
    const theirs = i[officer + L.ACCESS]
    if (special && !qualifies(n, need, theirs)) continue
    if (place < 0) {
      n.f[officer + L.ARRIVES] = 0
      return officer
    }
    if (theirs !== access) {
      access = theirs
      cost = n.routes.row(n, theirs, place).cost
    }
    const here = i[officer + L.WHERE]
    const seconds = cost[here]
    if (seconds < least && (here === place || m.i[officer + L.STAYS] === 0)) {
      least = seconds
      best = officer
    }
  }
  if (best !== 0) n.f[best + L.ARRIVES] = least
  return best
}

function qualifies(n: Night, need: number, access: number): boolean {
  const { tasks, staff } = n.model
  const key = tasks.needKey[need]
  if (key !== 0 && (staff.accessKeys[access] & key) === 0) return false
  return tasks.needBreathing[need] <= staff.accessBreathing[access] && tasks.needShielded[need] <= staff.accessShielded[access]
}

/** The crew that has been chosen sets off. */
function setOff(n: Night, task: number, place: number, crew: number, size: number): void {
  const { i, f, model: m } = n
  const now = f[L.NOW]
  const goal = place >= 0 || size === 0 ? place : i[i[crew] + L.WHERE]
  i[task + L.ZONE] = goal
  i[task + L.CREW_SIZE] = size
  f[task + L.ASSIGNED_AT] = now
  if ((m.i[task + L.FEATURES] & L.UNSEEN_WALK) !== 0 && !n.watched) {
    const officer = i[crew]
    const arrives = now + f[officer + L.ARRIVES]
    i[officer + L.DUTY] = WORKING
    i[officer + L.TASK_OF] = task
    i[officer + L.WHERE] = goal
    i[task + L.STATE] = S.AT_WORK
    f[task + L.BEGAN_AT] = arrives
    schedule(n, m.i[task + L.SLOT], arrives + f[task + L.LASTS], COMPLETION)
    return
  }
  i[task + L.STATE] = S.ASSIGNED
  let next = size === 0 ? now : Infinity
  for (let k = 0; k < size; k++) {
    const officer = i[crew + k]
    const arrives = now + f[officer + L.ARRIVES]
    vanish(n, officer)
    i[officer + L.DUTY] = TRAVELLING
    i[officer + L.TASK_OF] = task
    f[officer + L.DEPARTS] = now
    f[officer + L.ARRIVES] = arrives
    if (arrives < next) next = arrives
    if (n.recorder !== null) logDeparture(n, officer, task)
  }
  schedule(n, m.i[task + L.SLOT], next, size === 0 ? COMPLETION : ARRIVAL)
}

function logDeparture(n: Night, officer: number, task: number): void {
  n.log(LOG.DEPARTS, officer, task, n.i[officer + L.WHERE])
  logRoute(n, officer)
}

/** The zone in which `task` is to be done as things stand now; −1 for wherever the officer is. */
function placeOf(n: Night, task: number): number {
  const m = n.model
  const kind = m.i[task + L.PLACE_KIND]
  if (kind === S.AT_ZONE) return m.i[task + L.PLACE]
  if (kind === S.AT_POST) return -1
  const incident = n.threatZone[m.i[task + L.THREAT]]
  return kind === S.AT_INCIDENT || incident < 0 ? incident : beside(n, incident)
}

/** A zone next to `zone` in which one can stand: the first of its neighbours, in the order in which people would gather
 * there, that is neither lost nor full of smoke. */
function beside(n: Night, zone: number): number {
  const { start, items } = n.model.zones.beside
  for (let k = start[zone]; k < start[zone + 1]; k++) {
    const other = items[k]
    if (n.zoneSmoky[other] === 0 && n.zoneLost[other] === 0) return other
  }
  return zone
}

function takeEquipment(n: Night, task: number): boolean {
  const { tasks, equipment } = n.model
  const number = n.model.i[task + L.NUMBER]
  for (let k = tasks.equipment.start[number]; k < tasks.equipment.start[number + 1]; k++) {
    const kind = tasks.equipment.items[k]
    const item = n.equipmentTask.findIndex((user, which) => user === 0 && equipment.kind[which] === kind)
    if (item < 0) {
      releaseEquipment(n, task)
      return false
    }
    n.equipmentTask[item] = task
  }
  return true
}

/** Puts back what `task` has in use. */
export function releaseEquipment(n: Night, task: number): void {
  for (let item = 0; item < n.equipmentTask.length; item++) if (n.equipmentTask[item] === task) n.equipmentTask[item] = 0
}
