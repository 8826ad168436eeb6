/** From "on their way" to "done": arrivals, work, ends. */
import { ARRIVAL, COMPLETION, cancel, reschedule, schedule, TIMER } from '../clock/agenda.ts'
import { appear, vanish } from '../people/staff.ts'
import { FREE, TRAVELLING, WORKING } from '../people/states.ts'
import { secondsTo } from '../place/routes.ts'
import { logRoute, placeTravellers } from '../place/travel.ts'
import * as L from '../world/layout.ts'
import * as LOG from '../world/log.ts'
import type { Lists } from '../world/model.ts'
import type { Night } from '../world/night.ts'
import { carryOut } from './effects.ts'
import { ask, dequeue, enqueue, releaseEquipment, serveWaiting, setMark, tell } from './ready.ts'
import * as S from './states.ts'
import { beginWork, drawDuration, endWork, isCutOff, stepWork } from './work.ts'

/** The slot of `task` has come up: an arrival, a step, the end, or somebody remembers it. */
export function taskEvent(n: Night, task: number): void {
  const state = n.i[task + L.STATE]
  if (state === S.AT_WORK) proceed(n, task)
  else if (state === S.ASSIGNED) arrive(n, task)
  else if (state === S.FORGOTTEN) ask(n, task)
}

/** The deadline of `task` has come: if it has not begun by now, it has failed. */
export function deadlineEvent(n: Night, task: number): void {
  if (n.i[task + L.STATE] === S.WAITS || n.i[task + L.STATE] === S.ASSIGNED) abandon(n, task)
}

/** Ends `task` without success, whatever state it is in, unless it is over. */
export function abandon(n: Night, task: number): void {
  const state = n.i[task + L.STATE]
  if (state === S.DONE || state === S.FAILED || state === S.SKIPPED) return
  if (state === S.WAITS) dequeue(n, task)
  else cancel(n, n.model.i[task + L.SLOT])
  placeTravellers(n)
  finish(n, task, false)
}

function arrive(n: Night, task: number): void {
  const { i, f, model: m } = n
  const now = f[L.NOW]
  const crew = m.i[task + L.CREW]
  const end = crew + i[task + L.CREW_SIZE]
  let next = Infinity
  for (let k = crew; k < end; k++) {
    const officer = i[k]
    if (i[officer + L.DUTY] !== TRAVELLING) continue
    const arrives = f[officer + L.ARRIVES]
    if (arrives > now) {
      if (arrives < next) next = arrives
      continue
    }
    i[officer + L.DUTY] = WORKING
    i[officer + L.WHERE] = i[task + L.ZONE]
    appear(n, officer)
    n.log(LOG.ARRIVES, officer, i[officer + L.WHERE])
  }
  if (next < Infinity) schedule(n, m.i[task + L.SLOT], next, ARRIVAL)
  else begin(n, task)
}

function begin(n: Night, task: number): void {
  const { i, f, model: m } = n
  const now = f[L.NOW]
  const features = m.i[task + L.FEATURES]
  i[task + L.STATE] = S.AT_WORK
  f[task + L.BEGAN_AT] = now
  n.log(LOG.BEGINS, task, i[task + L.ZONE])
  schedule(n, m.i[task + L.SLOT], now + f[task + L.LASTS], COMPLETION)
  if ((features & (L.HAS_DEADLINE | L.AT_THE_INCIDENT | L.HAS_EFFECTS)) !== 0) {
    if ((features & L.HAS_DEADLINE) !== 0) cancel(n, m.tasks.deadlineSlot[m.i[task + L.NUMBER]])
    if ((features & L.AT_THE_INCIDENT) !== 0) setMark(n, m.threats[m.i[task + L.THREAT]].firstOnScene)
    if ((features & L.HAS_EFFECTS) !== 0) act(n, task, m.tasks.onStart)
  }
  if ((features & L.HEARD_AT_START) !== 0) hearOf(n, m.tasks.startedHeard, task)
}

/** The first part of the work, its duration, is over; then come the steps, if it has any, and the end. */
function proceed(n: Night, task: number): void {
  const m = n.model
  const features = m.i[task + L.FEATURES]
  if ((features & (L.HAS_WORK | L.FALLIBLE)) === 0) return finish(n, task, true)
  if ((features & L.HAS_WORK) !== 0) {
    if (isCutOff(n, task)) return finish(n, task, false)
    const before = n.i[L.ACTING]
    n.i[L.ACTING] = task
    n.i[L.LAST_EFFECT] = task
    const goesOn = n.i[task + L.STEPS] < 0 ? beginWork(n, task) : stepWork(n, task)
    n.i[L.ACTING] = before
    if (goesOn) return
  }
  const luck = n.draw(m.tasks.failsKey[m.i[task + L.NUMBER]], n.i[task + L.TURNS])
  finish(n, task, luck >= m.f[task + L.FAILS])
}

/** Ends `task`, well or not: its officers first, then whoever waits for them, then what follows from it. */
function finish(n: Night, task: number, success: boolean): void {
  const { i, f, model: m } = n
  const now = f[L.NOW]
  i[task + L.STATE] = success ? S.DONE : S.FAILED
  f[task + L.DONE_AT] = now
  f[L.LAST_COMPLETION] = now
  n.log(success ? LOG.DONE : LOG.FAILED, task)
  dismiss(n, task)
  if (i[L.WAITING] > 0) serveWaiting(n, task)
  if ((m.i[task + L.FEATURES] & L.HAS_EFFECTS) !== 0) act(n, task, success ? m.tasks.onDone : m.tasks.onFailed)
  if (success) tell(n, m.i[task + L.ON_DONE], m.i[task + L.ON_DONE_END], task)
  else hearOf(n, m.tasks.failedHeard, task)
}

/** Tells who waits for this of `task`: where each task's listeners begin, and where they end, is in `from`. */
function hearOf(n: Night, from: Int32Array, task: number): void {
  const number = n.model.i[task + L.NUMBER]
  tell(n, from[number], from[number + 1], task)
}

/** Lets the officers and the equipment of `task` go. */
function dismiss(n: Night, task: number): void {
  const { i, f, model: m } = n
  const taken = f[L.NOW] - f[task + L.ASSIGNED_AT]
  const crew = m.i[task + L.CREW]
  const end = crew + i[task + L.CREW_SIZE]
  for (let k = crew; k < end; k++) {
    const officer = i[k]
    f[officer + L.BUSY] = f[officer + L.BUSY] + taken
    i[officer + L.TASK_OF] = 0
    if (i[officer + L.DUTY] === TRAVELLING) appear(n, officer)
    i[officer + L.DUTY] = FREE
  }
  i[task + L.CREW_SIZE] = 0
  const features = m.i[task + L.FEATURES]
  if ((features & (L.HAS_EQUIPMENT | L.HAS_WORK)) === 0) return
  if ((features & L.HAS_EQUIPMENT) !== 0) releaseEquipment(n, task)
  if ((features & L.HAS_WORK) !== 0 && i[task + L.STEPS] >= 0) endWork(n, task)
}

/** Breaks off `task`, because an officer is lost or the way is cut: the rest of the crew is free, the task waits again. */
export function breakOff(n: Night, task: number): void {
  const { i } = n
  if (i[task + L.STATE] !== S.ASSIGNED && i[task + L.STATE] !== S.AT_WORK) return
  placeTravellers(n)
  cancel(n, n.model.i[task + L.SLOT])
  dismiss(n, task)
  i[task + L.TURNS] = i[task + L.TURNS] + 1
  i[task + L.STEPS] = -1
  drawDuration(n, task)
  i[L.UNSETTLED] = i[L.UNSETTLED] | L.SERVE
  i[task + L.STATE] = S.WAITS
  enqueue(n, task)
}

/** Takes `officer` out of what they are doing, into `state` (hurt, held or off duty). */
export function remove(n: Night, officer: number, state: number): void {
  const { i } = n
  if (i[officer + L.TASK_OF] !== 0) breakOff(n, i[officer + L.TASK_OF])
  if (i[officer + L.DUTY] === FREE) vanish(n, officer)
  i[officer + L.DUTY] = state
  n.log(LOG.OFFICER, officer, state, i[officer + L.WHERE])
}

/** After the map has changed: whoever is under way takes the best way there is now, or gives up. */
export function redirect(n: Night): void {
  const { i, f, model: m } = n
  const end = m.officerAt + m.staff.count * L.OFFICER
  for (let officer = m.officerAt; officer < end; officer += L.OFFICER) {
    if (i[officer + L.DUTY] !== TRAVELLING) continue
    const task = i[officer + L.TASK_OF]
    const cost = secondsTo(n, i[officer + L.ACCESS], i[task + L.ZONE], i[officer + L.WHERE])
    if (cost === Infinity) {
      breakOff(n, task)
      continue
    }
    const arrives = f[officer + L.DEPARTS] + cost
    if (arrives === f[officer + L.ARRIVES]) continue
    f[officer + L.ARRIVES] = arrives
    logRoute(n, officer)
    let next = Infinity
    for (let k = 0; k < i[task + L.CREW_SIZE]; k++) {
      const member = i[m.i[task + L.CREW] + k]
      if (i[member + L.DUTY] === TRAVELLING && f[member + L.ARRIVES] < next) next = f[member + L.ARRIVES]
    }
    reschedule(n, m.i[task + L.SLOT], next < f[L.NOW] ? f[L.NOW] : next, ARRIVAL)
  }
}

/** Tasks that stay until a mark end now if it has been set. */
export function endHolds(n: Night): void {
  const { i, model: m } = n
  for (let k = 0; k < m.tasks.holding.length; k++) {
    const task = m.tasks.holding[k]
    const mark = m.tasks.workMark[m.i[task + L.NUMBER]]
    if (i[task + L.STATE] !== S.AT_WORK || i[task + L.STEPS] < 0 || n.markAt[mark] === Infinity) continue
    reschedule(n, m.i[task + L.SLOT], n.f[L.NOW], TIMER)
  }
}

function act(n: Night, task: number, effects: Lists): void {
  const number = n.model.i[task + L.NUMBER]
  const to = effects.start[number + 1]
  const from = effects.start[number]
  if (from === to) return
  const before = n.i[L.ACTING]
  n.i[L.ACTING] = task
  for (let k = from; k < to; k++) carryOut(n, task, effects.items[k])
  n.i[L.ACTING] = before
}
