/** What is counted about tasks and officers, night after night. */
import { OFF } from '../people/states.ts'
import * as S from '../tasks/states.ts'
import * as L from '../world/layout.ts'
import type { Model } from '../world/model.ts'
import type { Night } from '../world/night.ts'

/** For each task, in this order. */
export const TASK_TALLY = ['ready', 'begun', 'done', 'failed', 'forgotten', 'skipped', 'critical', 'waited', 'walked', 'worked'] as const
/** For each officer: nights on duty, seconds busy. */
export const OFFICER_TALLY = ['nights', 'busy'] as const
/** For the night as a whole: nights, seconds until the last completion. */
export const NIGHT_TALLY = ['nights', 'seconds'] as const

const PER_TASK = TASK_TALLY.length
const PER_OFFICER = OFFICER_TALLY.length
const PER_NIGHT = NIGHT_TALLY.length

/** Length of a tally of `m`: the night, then tasks, then officers. */
export function tallySize(m: Model): number {
  return PER_NIGHT + m.tasks.count * PER_TASK + m.staff.count * PER_OFFICER
}

/** Where the tallies of a task and of an officer begin. */
export function taskTallyAt(number: number): number {
  return PER_NIGHT + number * PER_TASK
}

export function officerTallyAt(m: Model, number: number): number {
  return PER_NIGHT + m.tasks.count * PER_TASK + number * PER_OFFICER
}

/** Adds the night that has just ended to `tally`. */
export function addToTally(n: Night, tally: Float64Array): void {
  tally[0] += 1
  tally[1] += n.f[L.LAST_COMPLETION]
  tallyTasks(n, tally)
  tallyCritical(n, tally)
  tallyOfficers(n, tally)
}

function tallyTasks(n: Night, tally: Float64Array): void {
  const { i, f, model: m } = n
  const end = m.taskAt + m.tasks.count * L.TASK
  let at = PER_NIGHT
  for (let task = m.taskAt; task < end; task += L.TASK, at += PER_TASK) {
    const state = i[task + L.STATE]
    if (state === S.DORMANT) continue
    tally[at] += 1
    if (state === S.DONE) tally[at + 2] += 1
    else if (state === S.FAILED) tally[at + 3] += 1
    else if (state === S.FORGOTTEN) tally[at + 4] += 1
    else if (state === S.SKIPPED) tally[at + 5] += 1
    const began = f[task + L.BEGAN_AT]
    if (began > n.f[L.NOW]) continue
    const assigned = f[task + L.ASSIGNED_AT]
    const done = f[task + L.DONE_AT]
    tally[at + 1] += 1
    tally[at + 7] += assigned - f[task + L.READY_AT]
    tally[at + 8] += began - assigned
    if (done < Infinity) tally[at + 9] += done - began
  }
}

function tallyOfficers(n: Night, tally: Float64Array): void {
  const { i, f, model: m } = n
  const end = m.officerAt + m.staff.count * L.OFFICER
  let at = officerTallyAt(m, 0)
  for (let officer = m.officerAt; officer < end; officer += L.OFFICER, at += PER_OFFICER) {
    const busy = f[officer + L.BUSY]
    if (i[officer + L.DUTY] === OFF && busy === 0) continue
    tally[at] += 1
    tally[at + 1] += busy
  }
}

/** Follows the causes back from the mark that the question is about (or from the last task) to the onset, and counts the
 * tasks on the way: had one of them been shorter, the end would have come sooner. */
function tallyCritical(n: Night, tally: Float64Array): void {
  const { i, model: m } = n
  let task = m.clock >= 0 ? (n.markAt[m.clock] < Infinity ? n.markCause[m.clock] : 0) : lastTask(n)
  for (let steps = 0; task !== 0 && steps <= m.tasks.count; steps++) {
    const at = taskTallyAt(m.i[task + L.NUMBER]) + 6
    tally[at] += 1
    const cause = i[task + L.CAUSE]
    task = cause < 0 ? -cause : cause
  }
}

function lastTask(n: Night): number {
  const { f, model: m } = n
  for (let task = m.taskAt; task < m.taskAt + m.tasks.count * L.TASK; task += L.TASK) {
    if (f[task + L.DONE_AT] === f[L.LAST_COMPLETION] && n.i[task + L.STATE] !== S.SKIPPED) return task
  }
  return 0
}
