/** What can be simulated and yet can hardly be meant: hours in which nobody can do a task, help that cannot get in, people who
 * are led to where no key opens. Nothing here keeps a study from being played. */
import type { Need } from '@aman/kernel/world/scene'
import type { ErrorCode, Problem } from '../contracts/errors.ts'
import type { PartProblem } from './bundle.ts'
import { AGENCY_MARK, GIVEN, marksOf } from './examine.ts'
import type { FacilityDocument } from './kinds/facility.ts'
import type { PlanDocument, TaskDocument } from './kinds/plan.ts'
import { dayNumber, type RosterDocument } from './kinds/roster.ts'
import { ableAgencies, ableStaff, wantedIn, zonesOf } from './means.ts'
import { type StudyDocuments, staffOf } from './scene.ts'

type Add = (part: string, code: ErrorCode, path: Problem['path'], expected: string, found: string) => void

const DAY = 86_400
/** Moments at which it is asked who is on duty. */
const STEP = 1800

export function remarksAbout(documents: StudyDocuments): PartProblem[] {
  const remarks: PartProblem[] = []
  const add: Add = (part, code, path, expected, found) => void remarks.push({ part, code, path, expected, found })
  unmannedHours(documents, add)
  shortHorizon(documents, add)
  for (const plan of documents.plans) {
    for (const [id, task] of Object.entries(plan.tasks)) {
      task.needs.forEach((need, k) => {
        thinHours(documents, need, (code, expected, found) => add(`plan/${plan.id}`, code, ['tasks', id, 'needs', k], expected, found))
      })
      noWayOut(documents, plan, id, task, add)
    }
    helpLeftOutside(documents, plan, add)
  }
  return remarks
}

// --- who is there ---------------------------------------------------------------------------------------------------------

/** Shifts on duty at a second of the week. */
function onDuty(roster: RosterDocument, second: number): string[] {
  return Object.entries(roster.shifts).flatMap(([id, { from, to, days }]) => {
    const length = to > from ? to - from : to + DAY - from
    const runs = days.some((day) => {
      const since = (((second - dayNumber(day) * DAY - from) % (7 * DAY)) + 7 * DAY) % (7 * DAY)
      return since < length
    })
    return runs ? [id] : []
  })
}

/** Seconds of the week at which a night of this study may begin. */
function* moments({ study: { onset } }: StudyDocuments): Generator<number> {
  if ('at' in onset) return yield onset.day * DAY + onset.at
  const [from, to] = onset.between
  const span = to > from ? to - from : to + DAY - from
  for (let day = 0; day < 7; day++) for (let after = 0; after < span; after += STEP) yield (day * DAY + from + after) % (7 * DAY)
}

const clock = (second: number) => {
  const two = (x: number) => String(Math.floor(x)).padStart(2, '0')
  return `${['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][Math.floor(second / DAY)]} ${two((second % DAY) / 3600)}:${two((second % 3600) / 60)}`
}

function unmannedHours(documents: StudyDocuments, add: Add): void {
  const { roster } = documents
  const manned = new Set(staffOf(roster).map(({ shift }) => shift))
  if (manned.size === 0) return
  for (let second = 0; second < 7 * DAY; second += STEP)
    if (!onDuty(roster, second).some((shift) => manned.has(shift)))
      return add('roster', 'hours-uncovered', ['shifts'], 'somebody on duty at every hour of the week', clock(second))
}

function thinHours(documents: StudyDocuments, need: Need, tell: (code: ErrorCode, expected: string, found: string) => void): void {
  const { roster } = documents
  if (ableAgencies(roster, need).length > 0) return
  const able = ableStaff(roster, need)
  for (const second of moments(documents)) {
    const shifts = onDuty(roster, second)
    const there = able.filter(({ shift }) => shifts.includes(shift)).length
    if (there < need.count) return tell('hours-uncovered', `${need.count} × ${wantedIn(need)} on duty at ${clock(second)}`, String(there))
  }
}

// --- where one gets to ----------------------------------------------------------------------------------------------------

/** Zones that can be reached from `start` with `keys`, once every task of the plan has opened what it opens. */
function reach(facility: FacilityDocument, plan: PlanDocument, incidents: readonly string[], start: string, keys: readonly string[]) {
  const zoneOf = (place: string) => facility.roles[place] ?? place
  const opened = Object.values(plan.tasks)
    .flatMap((task) => [...task['at-start'], ...task.then, ...task['if-failed']])
    .flatMap((effect) => (effect.kind === 'doors' && effect.to === 'open' ? [effect] : []))
  const doors = new Set(opened.flatMap((effect) => effect.doors))
  const zones = new Set(opened.flatMap((effect) => effect.zones).flatMap((zone) => (zone === 'incident' ? incidents : [zoneOf(zone)])))
  const passable = Object.entries(facility.doors).filter(([id, { normally, key, remote, between }]) => {
    const ever = typeof normally === 'string' ? normally !== 'locked' : Object.values(normally).some((state) => state !== 'locked')
    return ever || remote || doors.has(id) || between.some((zone) => zones.has(zone)) || (key !== undefined && keys.includes(key))
  })
  const reached = new Set([start])
  for (let before = 0; before < reached.size; ) {
    before = reached.size
    for (const [, { between }] of passable) if (between.some((zone) => reached.has(zone))) for (const zone of between) reached.add(zone)
  }
  return reached
}

/** Zones in which the threat that a plan answers may begin. */
function incidentsOf({ study, facility, threats }: StudyDocuments, plan: PlanDocument): string[] {
  const use = Object.values(study.threats).find(({ threat }) => threats[threat]!.threat === plan.answers)
  return use === undefined ? [] : zonesOf(use.where, facility)
}

const placesOf = (place: string, incidents: readonly string[], facility: FacilityDocument): readonly string[] =>
  place === 'incident' ? incidents : place === 'adjacent' || place === 'post' ? [] : [facility.roles[place] ?? place]

function helpLeftOutside(documents: StudyDocuments, plan: PlanDocument, add: Add): void {
  const { facility, roster } = documents
  const gate = facility.roles.gate ?? Object.keys(facility.zones)[0]
  if (gate === undefined) return
  const incidents = incidentsOf(documents, plan)
  const effects = documents.plans.flatMap((one) => Object.values(one.tasks)).flatMap((task) => [...task['at-start'], ...task.then])
  for (const [id, agency] of Object.entries(roster.agencies)) {
    const letIn = agency.admission !== undefined || effects.some((effect) => effect.kind === 'admit' && effect.agency === id)
    const reached = reach(facility, plan, incidents, gate, agency.keys)
    for (const [task, { needs, place }] of Object.entries(plan.tasks)) {
      const theirs =
        needs.length > 0 && needs.every((need) => ableAgencies(roster, need).includes(agency) && ableStaff(roster, need).length === 0)
      const places = placesOf(place, incidents, facility)
      if (theirs && !letIn) add(`plan/${plan.id}`, 'help-not-admitted', ['tasks', task], `a task with { admit: ${id} }`, 'none')
      if (!theirs || !letIn || places.length === 0 || places.some((zone) => reached.has(zone))) continue
      const keys = agency.keys.length === 0 ? 'without keys' : `with key ${agency.keys.join(', ')}`
      add(`plan/${plan.id}`, 'way-missing', ['tasks', task, 'place'], `a way from the gate for ${id}, ${keys}`, places[0]!)
    }
  }
}

function noWayOut(documents: StudyDocuments, plan: PlanDocument, id: string, { work, needs }: TaskDocument, add: Add): void {
  if (work === undefined || !('to' in work)) return
  const { facility, roster } = documents
  const incidents = incidentsOf(documents, plan)
  const to = facility.roles[work.to] ?? work.to
  const path = ['tasks', id, 'work', 'to']
  if (facility.zones[to]?.beyond === true) add(`plan/${plan.id}`, 'beyond-perimeter', path, 'a zone inside the perimeter', to)
  const crews = needs.length === 0 ? [{ keys: [] }] : needs.flatMap((need) => [...ableStaff(roster, need), ...ableAgencies(roster, need)])
  const cutOff = placesOf(work.zone, incidents, facility).filter(
    (zone) => crews.length > 0 && !crews.some(({ keys }) => reach(facility, plan, incidents, zone, keys).has(to)),
  )
  if (cutOff.length > 0)
    add(
      `plan/${plan.id}`,
      'way-missing',
      path,
      `a way to ${to} that the keys of somebody who can do this open`,
      `none from ${cutOff.join(', ')}`,
    )
}

// --- time ---------------------------------------------------------------------------------------------------------------

function shortHorizon({ study, plans }: StudyDocuments, add: Add): void {
  const criteria = study.success ?? plans.flatMap((plan) => plan.success)
  const set = plans.flatMap((plan) => Object.values(plan.tasks).flatMap(marksOf))
  const isMark = (name: string) => [...GIVEN, ...set].includes(name) || AGENCY_MARK.test(name)
  for (const { measure, 'at-most': most } of criteria)
    if (most !== undefined && isMark(measure) && most > study.horizon)
      add('study', 'horizon-short', ['horizon'], `at least the ${most} s within which ${measure} is to come about`, `${study.horizon} s`)
}
