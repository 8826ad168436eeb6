/** Whether documents fit together: names that lead somewhere, plans that can begin and be carried out, ways that exist. One file,
 * because it is one walk through all of them, check after check. */
import { MOST_KEYS, MOST_SHIFTS, MOST_SKILLS } from '@aman/kernel/world/limits'
import { type Names, namesOf } from '@aman/kernel/world/names'
import type { Condition, Effect, Need } from '@aman/kernel/world/scene'
import type { ErrorCode, Problem } from '../contracts/errors.ts'
import type { PartProblem, StudyBundle } from './bundle.ts'
import { circleAmong } from './circles.ts'
import type { FacilityDocument } from './kinds/facility.ts'
import type { PlanDocument, TaskDocument } from './kinds/plan.ts'
import type { RosterDocument } from './kinds/roster.ts'
import { ableAgencies, ableStaff, wantedIn, zonesOf } from './means.ts'
import type { Raw } from './parse.ts'
import { type StudyDocuments, sceneOf, staffOf } from './scene.ts'

type Path = Problem['path']
type Report = (code: ErrorCode, path: Path, expected: string, found: string) => void

const MOST_ZONES = 500
const MOST_DOORS = 2000
const MOST_DOORS_BETWEEN = 8
const MOST_TASKS = 250
const MOST_STAFF = 3000
const MOST_THREATS = 30

/** Everything about a study that would keep the kernel from making sense of it. `written`: the same as its authors wrote it. */
export function examine(documents: StudyDocuments, written: StudyBundle): PartProblem[] {
  const problems: PartProblem[] = []
  const reportOn =
    (part: string): Report =>
    (code, path, expected, found) => {
      problems.push({ part, code, path, expected, found })
    }
  const { study, facility, roster, plans, threats } = documents
  examineFacility(facility, reportOn('facility'))
  examineRoster(roster, facility, reportOn('roster'))
  examineStudy(documents, reportOn('study'))
  if (problems.length > 0) return problems
  examineWays(facility, roster, reportOn('facility'))
  examineOperators(facility, roster, reportOn('facility'))
  for (const plan of plans) examinePlan(plan, documents, reportOn(`plan/${plan.id}`))
  for (const use of Object.values(study.threats)) {
    const threat = threats[use.threat]!
    if (threat.threat === 'escape') {
      for (const [step, { place, door }] of Object.entries(threat.steps)) {
        const at = ['steps', step]
        if (place !== 'start') examinePlace(facility, place, [...at, 'place'], reportOn(`threat/${use.threat}`), [])
        if (door !== undefined) known(Object.keys(facility.doors), door, [...at, 'door'], reportOn(`threat/${use.threat}`))
      }
    }
    if (threat.threat === 'fire' && threat.seat === 'cell') {
      const bare = zonesOf(use.where, facility).find((zone) => facility.zones[zone]!.cells === undefined)
      if (bare !== undefined) reportOn('study')('value-unknown', ['threats'], 'zones with cells, for a fire with seat: cell', bare)
    }
    if (threat.threat === 'outage') {
      const report = reportOn(`threat/${use.threat}`)
      const { sources, circuits } = threat.fails
      for (const source of sources) known(Object.keys(facility.power.sources), source, ['fails', 'sources'], report)
      for (const circuit of circuits) known(Object.keys(facility.power.circuits), circuit, ['fails', 'circuits'], report)
    }
  }
  if (problems.length > 0) return problems
  examineNames(documents, written, reportOn)
  return problems
}

function known(ids: readonly string[], id: string, path: Path, report: Report): void {
  if (!ids.includes(id)) report('id-unknown', path, ids.length > 0 ? `one of ${ids.join(', ')}` : 'something that is defined', id)
}

// --- facility and roster ------------------------------------------------------------------------------------------------

function examineFacility(f: FacilityDocument, report: Report): void {
  const zones = Object.keys(f.zones)
  const regimes = Object.keys(f.regimes)
  const circuits = Object.keys(f.power.circuits)
  if (zones.length > MOST_ZONES) report('too-many', ['zones'], `at most ${MOST_ZONES} zones`, String(zones.length))
  if (Object.keys(f.doors).length > MOST_DOORS)
    report('too-many', ['doors'], `at most ${MOST_DOORS} doors`, String(Object.keys(f.doors).length))
  const between = new Map<string, number>()
  for (const door of Object.values(f.doors)) {
    const pair = [...door.between].sort().join(' – ')
    const count = (between.get(pair) ?? 0) + 1
    between.set(pair, count)
    if (count === MOST_DOORS_BETWEEN + 1) report('too-many', ['doors'], `at most ${MOST_DOORS_BETWEEN} doors between two zones`, pair)
  }
  if (regimes.length === 0) report('field-missing', ['regimes'], 'at least one part of the day', 'none')
  for (const [role, zone] of Object.entries(f.roles)) known(zones, zone, ['roles', role], report)
  for (const [id, zone] of Object.entries(f.zones)) {
    for (const regime of Object.keys(zone.people)) known(regimes, regime, ['zones', id, 'people', regime], report)
    if (zone.lights !== undefined) known(circuits, zone.lights, ['zones', id, 'lights'], report)
  }
  for (const [id, door] of Object.entries(f.doors)) {
    door.between.forEach((zone, i) => {
      known(zones, zone, ['doors', id, 'between', i], report)
    })
    if (door.between[0] === door.between[1])
      report('value-unknown', ['doors', id, 'between'], 'two different zones', door.between.join(', '))
    if (door.circuit !== undefined) known(circuits, door.circuit, ['doors', id, 'circuit'], report)
    if (typeof door.normally === 'string') continue
    for (const regime of Object.keys(door.normally)) known(regimes, regime, ['doors', id, 'normally', regime], report)
    const missing = regimes.filter((regime) => !(regime in (door.normally as object)))
    if (missing.length > 0) report('field-missing', ['doors', id, 'normally'], `a state for ${missing.join(', ')}`, 'none')
  }
  for (const [id, sensor] of Object.entries(f.sensors)) {
    sensor.covers.forEach((place, i) => {
      known([...zones, ...Object.keys(f.doors)], place, ['sensors', id, 'covers', i], report)
    })
    if (sensor.circuit !== undefined) known(circuits, sensor.circuit, ['sensors', id, 'circuit'], report)
  }
  for (const [id, circuit] of Object.entries(f.power.circuits)) {
    for (const source of circuit.from) known(Object.keys(f.power.sources), source, ['power', 'circuits', id, 'from'], report)
  }
  for (const [id, source] of Object.entries(f.power.sources)) {
    const path = ['power', 'sources', id]
    if (source.kind === 'battery' && source.lasts === undefined)
      report('field-missing', [...path, 'lasts'], 'how long the battery lasts', 'nothing')
    if (source.kind === 'generator' && source.starts === undefined)
      report('field-missing', [...path, 'starts'], 'chance: and after:', 'nothing')
  }
}

function examineRoster(r: RosterDocument, f: FacilityDocument, report: Report): void {
  const shifts = Object.keys(r.shifts)
  if (shifts.length > MOST_SHIFTS) report('too-many', ['shifts'], `at most ${MOST_SHIFTS} shifts`, String(shifts.length))
  for (const [id, post] of Object.entries(r.posts)) {
    examinePlace(f, post.post, ['posts', id, 'post'], report, [])
    for (const shift of Object.keys(post.shifts)) known(shifts, shift, ['posts', id, 'shifts', shift], report)
  }
  const size = Object.values(r.posts).reduce((sum, p) => sum + Object.values(p.shifts).reduce((n, count) => n + count, 0), 0)
  if (size > MOST_STAFF) return report('too-many', ['posts'], `at most ${MOST_STAFF} people`, String(size))
  const staff = staffOf(r).map((s) => s.id)
  for (const [id, set] of Object.entries(r['key-sets'])) known(staff, set.holder, ['key-sets', id, 'holder'], report)
  const keys = new Set([
    ...Object.values(f.doors).flatMap((d) => d.key ?? []),
    ...Object.values(f.zones).flatMap((z) => z.cells?.key ?? []),
    ...Object.values(r.posts).flatMap((p) => p.keys),
    ...Object.values(r['key-sets']).flatMap((k) => k.opens),
    ...Object.values(r.agencies).flatMap((a) => a.keys),
  ])
  const skills = new Set([...Object.values(r.posts), ...Object.values(r.agencies)].flatMap((p) => p.skills))
  if (skills.size > MOST_SKILLS) report('too-many', ['posts'], `at most ${MOST_SKILLS} skills`, String(skills.size))
  if (keys.size > MOST_KEYS) report('too-many', ['posts'], `at most ${MOST_KEYS} key classes`, String(keys.size))
}

/** A zone, a role, or one of `words`. */
function examinePlace(f: FacilityDocument, place: string, path: Path, report: Report, words: readonly string[]): void {
  const roles = Object.keys(f.roles)
  if (words.includes(place) || roles.includes(place) || Object.hasOwn(f.zones, place)) return
  report('id-unknown', path, `a zone of the facility, or one of ${[...words, ...roles].join(', ')}`, place)
}

/** Somebody can watch what wants watching. */
function examineOperators(f: FacilityDocument, r: RosterDocument, report: Report): void {
  const skills = [...new Set(Object.values(r.posts).flatMap((post) => post.skills))]
  if (skills.length === 0) return
  for (const [id, { operator }] of Object.entries(f.sensors))
    if (operator !== undefined) known(skills, operator.skill, ['sensors', id, 'operator', 'skill'], report)
}

/** Every zone can be reached from the first post by somebody with all the keys that there are. */
function examineWays(f: FacilityDocument, r: RosterDocument, report: Report): void {
  const keys = new Set([...Object.values(r.posts).flatMap((p) => p.keys), ...Object.values(r['key-sets']).flatMap((k) => k.opens)])
  const passable = Object.values(f.doors).filter((d) => {
    const everLocked = d.normally === 'locked' || (typeof d.normally === 'object' && Object.values(d.normally).every((s) => s === 'locked'))
    return !everLocked || d.remote || d.key === undefined || keys.has(d.key) || r.posts === undefined
  })
  const start = f.roles['control-room'] ?? f.roles.gate ?? Object.keys(f.zones)[0]!
  const reached = new Set([start])
  for (let before = 0; before < reached.size; ) {
    before = reached.size
    for (const { between } of passable) if (between.some((zone) => reached.has(zone))) for (const zone of between) reached.add(zone)
  }
  const lockable = Object.keys(r.posts).length > 0
  for (const id of Object.keys(f.zones)) {
    const doors = Object.values(f.doors).filter((d) => d.between.includes(id))
    if (!reached.has(id) && (lockable || doors.length === 0)) {
      report(
        'zone-unreachable',
        ['zones', id],
        `a way from '${start}' through doors that somebody can open`,
        doors.length === 0 ? 'no door' : 'locked doors without a key',
      )
    }
  }
}

// --- study --------------------------------------------------------------------------------------------------------------

function examineStudy({ study, facility, plans, threats }: StudyDocuments, report: Report): void {
  const uses = Object.entries(study.threats)
  if (uses.length === 0) report('field-missing', ['threats'], 'at least one threat', 'none')
  if (uses.length > MOST_THREATS) report('too-many', ['threats'], `at most ${MOST_THREATS} threats`, String(uses.length))
  const kinds = new Set(Object.values(facility.zones).map((z) => z.kind))
  uses.forEach(([id, use], index) => {
    if ('threat' in use.where)
      known(
        uses.slice(0, index).map(([other]) => other),
        use.where.threat,
        ['threats', id, 'where', 'threat'],
        report,
      )
    else if ('kinds' in use.where) for (const kind of use.where.kinds) known([...kinds], kind, ['threats', id, 'where', 'kinds'], report)
    else {
      const zones = Array.isArray(use.where.zones) ? use.where.zones : Object.keys(use.where.zones)
      for (const zone of zones) known(Object.keys(facility.zones), zone, ['threats', id, 'where', 'zones'], report)
    }
    if (index > 0 && use.starts === undefined) {
      report('field-missing', ['threats', id, 'starts'], 'when this threat is set off (only the first starts by itself)', 'nothing')
    }
  })
  const answered = new Set(uses.map(([, use]) => threats[use.threat]!.threat))
  study.plans.forEach((id, i) => {
    const plan = plans.find((p) => p.id === id)
    if (plan !== undefined && !answered.has(plan.answers)) {
      report('threat-unanswered', ['plans', i], `a plan for ${[...answered].join(' or ')}`, `${id}, which answers ${plan.answers}`)
    }
  })
}

// --- plan ---------------------------------------------------------------------------------------------------------------

function examinePlan(plan: PlanDocument, documents: StudyDocuments, report: Report): void {
  const { facility, roster } = documents
  const count = Object.keys(plan.tasks).length
  if (count > MOST_TASKS) return report('too-many', ['tasks'], `at most ${MOST_TASKS} tasks`, String(count))
  for (const [id, task] of Object.entries(plan.tasks)) {
    const at = ['tasks', id]
    examinePlace(facility, task.place, [...at, 'place'], report, ['incident', 'adjacent', 'post'])
    task.needs.forEach((need, i) => {
      examineNeed(need, roster, [...at, 'needs', i], report)
    })
    for (const kind of task.equipment) {
      known(Object.keys(roster.equipment), kind, [...at, 'equipment'], report)
      if (roster.equipment[kind]?.count === 0) report('skill-unavailable', [...at, 'equipment'], `at least one ${kind}`, '0')
    }
    for (const other of waitsFor(task)) known(Object.keys(plan.tasks), other, [...at, 'after'], report)
    for (const [field, effects] of [
      ['at-start', task['at-start']],
      ['then', task.then],
      ['if-failed', task['if-failed']],
    ] as const) {
      effects.forEach((effect, i) => {
        examineEffect(effect, documents, [...at, field, i], report)
      })
    }
    examineFit(plan, task, at, report)
    const { work } = task
    if (work !== undefined && 'zone' in work) examinePlace(facility, work.zone, [...at, 'work'], report, ['incident'])
    if (work !== undefined && 'to' in work) examinePlace(facility, work.to, [...at, 'work', 'to'], report, [])
  }
  const set = Object.values(plan.tasks).flatMap(marksOf)
  for (const mark of Object.keys(plan.marks)) known([...new Set(set)], mark, ['marks', mark], report)
  examineOrder(plan, documents, report)
}

/** Effects and work that only one kind of threat knows. */
const ONLY: Readonly<Record<string, PlanDocument['answers']>> = {
  intercept: 'escape',
  look: 'escape',
  assault: 'hostage',
  test: 'outbreak',
  isolate: 'outbreak',
  'fight-fire': 'fire',
}

function examineFit({ answers }: PlanDocument, task: TaskDocument, at: Path, report: Report): void {
  for (const field of ['at-start', 'then', 'if-failed', 'work'] as const) {
    for (const { kind } of [task[field] ?? []].flat()) {
      const only = ONLY[kind]
      if (only !== undefined && only !== answers)
        report('effect-unfit', [...at, field], `a plan that answers ${only}`, `${kind} against ${answers}`)
    }
  }
}

function examineNeed(need: Need, roster: RosterDocument, path: Path, report: Report): void {
  const able = ableStaff(roster, need)
  const onShift = Math.max(0, ...Object.keys(roster.shifts).map((shift) => able.filter((one) => one.shift === shift).length))
  const most = onShift + ableAgencies(roster, need).reduce((sum, agency) => sum + agency.staff, 0)
  if (most < need.count)
    report('skill-unavailable', path, `${need.count} × ${wantedIn(need)} on at least one shift, or from outside`, String(most))
}

function examineEffect(effect: Effect, { facility, roster }: StudyDocuments, path: Path, report: Report): void {
  const place = (zone: string) => examinePlace(facility, zone, path, report, ['incident'])
  switch (effect.kind) {
    case 'doors':
      for (const door of effect.doors) known(Object.keys(facility.doors), door, path, report)
      for (const zone of effect.zones) if (zone !== 'all') place(zone)
      return
    case 'call':
    case 'admit':
      return known(Object.keys(roster.agencies), effect.agency, path, report)
    case 'confine':
    case 'release':
      for (const zone of effect.zones) if (zone !== 'all') place(zone)
      return
    case 'cordon':
    case 'withdraw':
    case 'ventilate':
      return place(effect.zone)
    case 'restore':
      return known(Object.keys(facility.power.sources), effect.source, path, report)
    case 'start-source': {
      const generators = Object.entries(facility.power.sources).flatMap(([id, source]) => (source.kind === 'generator' ? [id] : []))
      return known(generators, effect.source, path, report)
    }
    default:
      return
  }
}

function waitsFor(task: TaskDocument): string[] {
  return [...task.after, ...[...task.when, ...task.or].flatMap((c) => (c.kind === 'task' ? [c.task] : []))]
}

/** Marks that agencies set. */
export const AGENCY_MARK = /-(called|arrived|admitted)$/
/** Marks that come about without any task's setting them. */
export const GIVEN = ['onset', 'detected', 'first-on-scene', 'contained', 'resolved', 'out', 'long-dark']

/** Which tasks can ever begin; those that cannot wait in a circle, or for something that nobody does. */
function examineOrder(plan: PlanDocument, { roster, plans, study }: StudyDocuments, report: Report): void {
  const tasks = new Map(Object.entries(plan.tasks))
  const foreign = (mark: string) => mark.includes('.') && mark.split('.')[0]! in study.threats
  const agencies = Object.keys(roster.agencies).flatMap((a) => [`${a}-called`, `${a}-arrived`, `${a}-admitted`])
  const elsewhere = new Set(
    plans.filter((p) => p !== plan && p.answers === plan.answers).flatMap((p) => Object.values(p.tasks).flatMap(marksOf)),
  )
  const can = new Set<string>()
  const holds = (c: Condition): boolean => {
    if (c.kind === 'measure') return true
    if (c.kind === 'task') return can.has(c.task)
    const mark = c.kind === 'mark' ? c.mark : c.since
    if (GIVEN.includes(mark) || agencies.includes(mark) || elsewhere.has(mark) || foreign(mark)) return true
    return [...can].some((id) => marksOf(tasks.get(id)!).includes(mark))
  }
  for (let before = -1; before < can.size; ) {
    before = can.size
    for (const [id, task] of tasks) {
      const all: readonly Condition[] = [...task.after.map((t): Condition => ({ kind: 'task', task: t, outcome: 'done' })), ...task.when]
      if (all.every(holds) && (task.or.length === 0 || task.or.some(holds))) can.add(id)
    }
  }
  const stuck = [...tasks.keys()].filter((id) => !can.has(id))
  if (stuck.length === 0) return
  const circle = circleAmong(stuck, (id) => waitsFor(tasks.get(id)!))
  if (circle !== undefined)
    return report('plan-cycle', ['tasks', circle[0]!], 'tasks that can begin one after another', [...circle, circle[0]!].join(' → '))
  for (const id of stuck) {
    const task = tasks.get(id)!
    const missing = [...task.when, ...task.or].find((c) => !holds(c))
    if (missing !== undefined && missing.kind !== 'measure' && missing.kind !== 'task') {
      const mark = missing.kind === 'mark' ? missing.mark : missing.since
      report('plan-never', ['tasks', id, 'when'], 'a mark that comes about by itself or that a task sets', mark)
    }
  }
}

export function marksOf(task: TaskDocument): string[] {
  return [...task['at-start'], ...task.then, ...task['if-failed']].flatMap((e) => (e.kind === 'mark' ? [e.mark] : []))
}

/** Measures, figures, marks and parameters by the names that the kernel will have for them. */
function examineNames(documents: StudyDocuments, written: StudyBundle, reportOn: (part: string) => Report): void {
  const { study, plans, threats } = documents
  const names = namesOf(sceneOf(documents))
  const set = new Set(plans.flatMap((plan) => Object.values(plan.tasks).flatMap(marksOf)))
  // Marks are known to the kernel as soon as anything names them: here only those count that something sets.
  const comesAbout = (name: string) => {
    const plain = name.includes('.') ? name.split('.')[1]! : name
    return GIVEN.includes(plain) || set.has(plain) || AGENCY_MARK.test(plain)
  }
  const figure = (name: string, threat: string) => names.figures.includes(name) || names.figures.includes(`${threat}.${name}`)
  const first = Object.keys(study.threats)[0]!
  const threatFor = (kind: string) => Object.keys(study.threats).find((id) => threats[study.threats[id]!.threat]!.threat === kind) ?? first
  for (const plan of plans) {
    const report = reportOn(`plan/${plan.id}`)
    const threat = threatFor(plan.answers)
    for (const [id, task] of Object.entries(plan.tasks)) {
      for (const c of [...task.when, ...task.or]) {
        if (c.kind === 'measure' && !figure(c.measure.replace(`${first}.`, ''), threat)) {
          report('measure-unknown', ['tasks', id, 'when'], `one of ${names.figures.join(', ')}`, c.measure)
        }
      }
      for (const e of [...task['at-start'], ...task.then, ...task['if-failed']]) {
        const parameters = names.parameters[threat] ?? []
        if (e.kind === 'scale' && !parameters.includes(e.parameter)) {
          report('id-unknown', ['tasks', id], `a parameter of the threat: ${parameters.join(', ') || 'it has none'}`, e.parameter)
        }
      }
    }
    if (study.success === undefined) checkCriteria(plan.success, names, written.plans[plans.indexOf(plan)], report)
  }
  const report = reportOn('study')
  for (const [id, { starts }] of Object.entries(study.threats)) {
    for (const c of starts === undefined ? [] : [...starts.when, ...starts.or]) {
      const path = ['threats', id, 'starts']
      const mark = c.kind === 'mark' ? c.mark : c.kind === 'elapsed' ? c.since : undefined
      const tasks = plans.flatMap((plan) => Object.keys(plan.tasks))
      if (mark !== undefined && mark !== 'onset' && !names.marks.some((name) => name === mark && comesAbout(name)))
        report('plan-never', path, `one of ${names.marks.filter(comesAbout).join(', ')}`, mark)
      if (c.kind === 'measure' && !figure(c.measure.replace(`${first}.`, ''), first))
        report('measure-unknown', path, `one of ${names.figures.join(', ')}`, c.measure)
      if (c.kind === 'task') known(tasks, c.task, path, report)
    }
  }
  checkCriteria(study.success ?? [], names, written.study, report)
  const clock = study.clock ?? plans[0]?.clock
  if (clock !== undefined && !names.marks.includes(clock)) report('measure-unknown', ['clock'], `one of ${names.marks.join(', ')}`, clock)
}

function checkCriteria(criteria: readonly { readonly measure: string }[], names: Names, written: Raw | undefined, report: Report): void {
  const { success = [] } = (written ?? {}) as { success?: readonly Readonly<Record<string, Raw>>[] }
  for (const [i, { measure }] of criteria.entries()) {
    if (!names.measures.includes(measure))
      report('measure-unknown', ['success', i, 'measure'], `one of ${names.measures.join(', ')}`, measure)
    // Forty what? Minutes are meant, and seconds would be taken.
    for (const side of ['at-most', 'at-least']) {
      const value = success[i]?.[side]
      if (names.marks.includes(measure) && typeof value === 'number' && value !== 0)
        report('unit-missing', ['success', i, side], 'a time, such as 40 min', String(value))
    }
  }
}
