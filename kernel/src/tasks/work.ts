/** Work that goes on step by step while the officers are there, and changes the world at every step. */
import { COMPLETION, schedule } from '../clock/agenda.ts'
import { carryOutOne, confine, lead, lockCell, overcomeIn, unlockCell, walkingIn, willing } from '../people/population.ts'
import type { Row } from '../place/routes.ts'
import { quantile, quantileOfWord } from '../random/distribution.ts'
import { wordInto } from '../random/threefry.ts'
import { workChanged } from '../threats/threat.ts'
import { ACCESS, CREW, CREW_SIZE, DURATION, DURATION_KEY, LASTS, LUCK, NOW, NUMBER, SLOT, STEPS, THREAT, TURNS } from '../world/layout.ts'
import * as LOG from '../world/log.ts'
import type { Night } from '../world/night.ts'
import * as S from './states.ts'

/** Draws of one turn at a task's steps come before those of the next. */
const STEPS_PER_TURN = 4096

/** Draws how long `task` will take this time. */
export function drawDuration(n: Night, task: number): void {
  const { samplers, i } = n.model
  wordInto(n.i, task + LUCK, n.seed, n.replication, i[task + DURATION_KEY], n.i[task + TURNS])
  n.f[task + LASTS] = quantileOfWord(samplers, i[task + DURATION], n.i[task + LUCK])
}

/** Whether `task` is to lead people out and nobody of its crew has the keys of a way to where they are to go. Somebody who is
 * led through smoke goes; somebody before a locked door stays. */
export function isCutOff(n: Night, task: number): boolean {
  const m = n.model
  const number = m.i[task + NUMBER]
  const kind = m.tasks.work[number]
  if (kind !== S.UNLOCK && kind !== S.EVACUATE && kind !== S.RESCUE) return false
  const zone = zoneOf(n, task)
  if (zone < 0) return false
  const people = kind === S.UNLOCK ? walkingIn(n, zone) : kind === S.RESCUE ? overcomeIn(n, zone) : willing(n, zone)
  if (people === 0 || shortestWay(n, task, zone, kind !== S.EVACUATE).cost[zone] < Infinity) return false
  n.log(LOG.NO_WAY, task, m.tasks.workTo[number])
  return true
}

/** The ways to where `task` leads, of whoever of the crew has the shortest from `zone` (the first among equals). */
function shortestWay(n: Night, task: number, zone: number, regardless = false): Row {
  const { i, tasks, staff } = n.model
  const to = tasks.workTo[i[task + NUMBER]]
  const crew = i[task + CREW]
  const size = n.i[task + CREW_SIZE]
  let best = n.routes.row(n, size > 0 ? n.i[n.i[crew] + ACCESS] : staff.noAccess, to, regardless)
  for (let k = 1; k < size; k++) {
    const row = n.routes.row(n, n.i[n.i[crew + k] + ACCESS], to, regardless)
    if (row.cost[zone] < best.cost[zone]) best = row
  }
  return best
}

/** The work of `task` begins. Returns whether it goes on; if not, there is nothing to do and the task is over. */
export function beginWork(n: Night, task: number): boolean {
  const m = n.model
  const number = m.i[task + NUMBER]
  const zone = zoneOf(n, task)
  n.i[task + STEPS] = 0
  switch (m.tasks.work[m.i[task + NUMBER]]) {
    case S.UNLOCK:
      return walkingIn(n, zone) > 0 && paced(n, task)
    case S.LOCK_UP:
      if (willing(n, zone) > 0) return paced(n, task)
      confine(n, zone, true)
      return false
    case S.RESCUE:
      return overcomeIn(n, zone) > 0 && paced(n, task)
    case S.EVACUATE: {
      const { seconds } = wayOut(n, task)
      if (willing(n, zone) === 0 || seconds === Infinity) return false
      schedule(n, m.i[task + SLOT], n.f[NOW] + seconds, COMPLETION)
      return true
    }
    case S.FIGHT_FIRE:
    case S.NEGOTIATE:
      if (n.markAt[m.tasks.workMark[number]] < Infinity) return false
      workChanged(n, m.i[task + THREAT])
      return true
    default:
      return n.markAt[m.tasks.workMark[number]] === Infinity
  }
}

/** One step of the work of `task` is done. Returns whether it goes on. */
export function stepWork(n: Night, task: number): boolean {
  const m = n.model
  const to = m.tasks.workTo[m.i[task + NUMBER]]
  const zone = zoneOf(n, task)
  n.i[task + STEPS] = n.i[task + STEPS] + 1
  switch (m.tasks.work[m.i[task + NUMBER]]) {
    case S.UNLOCK:
      return unlockCell(n, zone, to) && paced(n, task)
    case S.LOCK_UP:
      if (lockCell(n, zone)) return paced(n, task)
      confine(n, zone, true)
      return false
    case S.RESCUE:
      return carryOutOne(n, zone, to) && paced(n, task)
    case S.EVACUATE: {
      if (!lead(n, zone, to)) return false
      const { seconds, perSecond } = wayOut(n, task)
      if (seconds === Infinity) return false
      schedule(n, m.i[task + SLOT], n.f[NOW] + 1 / perSecond, COMPLETION)
      return true
    }
    default:
      return false
  }
}

/** The officers leave the work of `task`. */
export function endWork(n: Night, task: number): void {
  const kind = n.model.tasks.work[n.model.i[task + NUMBER]]
  n.i[task + STEPS] = -1
  if (kind === S.FIGHT_FIRE || kind === S.NEGOTIATE) workChanged(n, n.model.i[task + THREAT])
}

/** Schedules the next step at the pace of the crew: two officers open cells twice as fast as one. */
function paced(n: Night, task: number): boolean {
  const { tasks, samplers, i } = n.model
  const number = i[task + NUMBER]
  const draw = n.i[task + TURNS] * STEPS_PER_TURN + n.i[task + STEPS]
  const seconds = quantile(samplers, tasks.workStep[number], n.draw(tasks.workStepKey[number], draw))
  schedule(n, i[task + SLOT], n.f[NOW] + seconds / Math.max(1, n.i[task + CREW_SIZE]), COMPLETION)
  return true
}

function zoneOf(n: Night, task: number): number {
  const m = n.model
  const zone = m.tasks.workZone[m.i[task + NUMBER]]
  return zone >= 0 ? zone : n.threatZone[m.i[task + THREAT]]
}

/** How long the first person takes to walk out, and how many a second pass the narrowest doorway on the way. */
function wayOut(n: Night, task: number): { seconds: number; perSecond: number } {
  const { doors, doorFlow } = n.model
  let zone = zoneOf(n, task)
  const row = shortestWay(n, task, zone)
  const seconds = row.cost[zone]
  let width = Infinity
  for (let door = row.door[zone]; door >= 0; door = row.door[zone]) {
    if (doors.width[door] < width) width = doors.width[door]
    zone = doors.a[door] === zone ? doors.b[door] : doors.a[door]
  }
  return { seconds, perSecond: doorFlow.perMetre * Math.max(0.1, width - 2 * doorFlow.boundary) }
}
