/** From checked documents to the scene that the kernel runs. References have been examined before. */
import type { Threat } from '@aman/kernel/threats/threat'
import type * as K from '@aman/kernel/world/scene'
import type { FacilityDocument } from './kinds/facility.ts'
import type { PlanDocument, TaskDocument } from './kinds/plan.ts'
import { dayNumber, type RosterDocument } from './kinds/roster.ts'
import type { StudyDocument } from './kinds/study.ts'
import type { ThreatDocument } from './kinds/threat.ts'
import { camel } from './shapes.ts'

export interface StudyDocuments {
  readonly study: StudyDocument
  readonly facility: FacilityDocument
  readonly roster: RosterDocument
  readonly plans: readonly PlanDocument[]
  readonly threats: Readonly<Record<string, ThreatDocument>>
}

/** The scene of a study; `at` (second of the week, Monday 00:00 = 0) overrides its hour. */
export function sceneOf({ study, facility, roster, plans, threats }: StudyDocuments, at?: number): K.Scene {
  const success = study.success ?? plans.flatMap((p) => p.success)
  const clock = study.clock ?? plans[0]?.clock
  return {
    facility: facilityOf(facility),
    roster: rosterOf(roster),
    plans: plans.map(planOf),
    threats: Object.entries(study.threats).map(([id, use]): K.ThreatUse => {
      const where = 'zones' in use.where ? { zones: weights(use.where.zones) } : use.where
      const starts = use.starts
      return {
        id,
        threat: threatOf(threats[use.threat]!),
        where,
        ...(starts === undefined ? {} : { starts: { all: starts.when, any: starts.or, chance: starts.chance, after: starts.after } }),
      }
    }),
    onset: at !== undefined ? { kind: 'at', secondOfWeek: at } : onsetOf(study.onset),
    horizon: study.horizon,
    success: success.map((c) => ({
      measure: c.measure,
      ...(c['at-most'] === undefined ? {} : { atMost: c['at-most'] }),
      ...(c['at-least'] === undefined ? {} : { atLeast: c['at-least'] }),
    })),
    ...(clock === undefined ? {} : { clock }),
  }
}

function weights(zones: readonly string[] | Readonly<Record<string, number>>): Record<string, number> {
  return Array.isArray(zones) ? Object.fromEntries(zones.map((zone) => [zone, 1])) : { ...(zones as Record<string, number>) }
}

function onsetOf(onset: StudyDocument['onset']): K.Onset {
  if ('between' in onset) return { kind: 'between', from: onset.between[0], to: onset.between[1] }
  return { kind: 'at', secondOfWeek: onset.day * 86_400 + onset.at }
}

// --- place --------------------------------------------------------------------------------------------------------------

function facilityOf(f: FacilityDocument): K.Facility {
  return {
    walkingSpeed: f['walking-speed'],
    daylight: f.daylight,
    doorFlow: { perMetre: f['door-flow']['per-metre'], boundary: f['door-flow'].boundary },
    roles: f.roles,
    regimes: Object.entries(f.regimes).map(([id, regime]) => ({ id, from: regime.from })),
    visitsPerDay: f['visits-per-day'],
    zones: Object.entries(f.zones).map(([id, z]): K.Zone => {
      const { cells, lights } = z
      return {
        id,
        kind: z.kind,
        at: z.at ?? middleOf(z.outline),
        area: z.area ?? areaOf(z.outline),
        height: z.height,
        outside: z.outside,
        beyond: z.beyond,
        ventilation: z.ventilation,
        people: z.people,
        ...(lights === undefined ? {} : { lights }),
        ...(cells === undefined
          ? {}
          : { cells: { count: cells.count, front: cells.front, key: cells.key, opening: cells.opening, volume: cells.volume } }),
      }
    }),
    doors: Object.entries(f.doors).map(([id, d]): K.Door => {
      const { at, key, walk, circuit, forced } = d
      const states = typeof d.normally === 'string' ? Object.fromEntries(Object.keys(f.regimes).map((r) => [r, d.normally])) : d.normally
      return {
        id,
        between: d.between,
        width: d.width,
        normally: states as Record<string, K.DoorState>,
        remote: d.remote,
        passing: d.passing,
        powerLoss: d['power-loss'],
        ...(at === undefined ? {} : { at }),
        ...(key === undefined ? {} : { key }),
        ...(walk === undefined ? {} : { walk }),
        ...(circuit === undefined ? {} : { circuit }),
        ...(forced === undefined ? {} : { forced }),
      }
    }),
    sensors: Object.entries(f.sensors).map(([id, x]): K.Sensor => {
      const { circuit, operator } = x
      return {
        id,
        kind: x.kind,
        covers: x.covers,
        chance: x.chance,
        fault: x.fault,
        light: x.light,
        delay: x.delay,
        ...(circuit === undefined ? {} : { circuit }),
        ...(operator === undefined ? {} : { operator }),
      }
    }),
    sources: Object.entries(f.power.sources).map(([id, x]): K.PowerSource => {
      const { lasts, starts } = x
      return { id, kind: x.kind, ...(lasts === undefined ? {} : { lasts }), ...(starts === undefined ? {} : { starts }) }
    }),
    circuits: Object.entries(f.power.circuits).map(([id, x]) => ({ id, serves: x.serves, from: x.from })),
  }
}

type Point = readonly [number, number]

/** Area of a polygon, m² (shoelace formula). */
export function areaOf(outline: readonly Point[]): number {
  return Math.abs(crossings(outline).reduce((sum, [, , cross]) => sum + cross, 0)) / 2
}

/** Centre of gravity of a polygon. */
export function middleOf(outline: readonly Point[]): Point {
  const parts = crossings(outline)
  const twice = parts.reduce((sum, [, , cross]) => sum + cross, 0)
  if (twice === 0) return outline[0]!
  const x = parts.reduce((sum, [a, b, cross]) => sum + (a[0] + b[0]) * cross, 0) / (3 * twice)
  const y = parts.reduce((sum, [a, b, cross]) => sum + (a[1] + b[1]) * cross, 0) / (3 * twice)
  return [x, y]
}

function crossings(outline: readonly Point[]): readonly (readonly [Point, Point, number])[] {
  return outline.map((a, i) => {
    const b = outline[(i + 1) % outline.length]!
    return [a, b, a[0] * b[1] - b[0] * a[1]] as const
  })
}

// --- people -------------------------------------------------------------------------------------------------------------

/** The people behind a post: one for each place on each shift, with ids that stay the same when others are added. */
export function staffOf(r: RosterDocument): (K.Staff & { readonly of: string; readonly shift: string })[] {
  return Object.entries(r.posts).flatMap(([of, p]) =>
    Object.entries(p.shifts).flatMap(([shift, count]) =>
      Array.from({ length: count }, (_, i) => ({
        id: `${of}-${shift}-${i + 1}`,
        of,
        shift,
        post: p.post,
        skills: p.skills,
        shifts: [shift],
        absence: p.absence,
        stays: p.stays,
        presence: p.presence,
        breathing: p.breathing,
        shielded: p.shielded,
      })),
    ),
  )
}

function rosterOf(r: RosterDocument): K.Roster {
  const staff = staffOf(r)
  const carried = staff.flatMap((s) => {
    const keys = r.posts[s.of]!.keys
    return keys.length > 0 ? [{ id: `${s.id}-keys`, opens: keys, holder: s.id }] : []
  })
  return {
    shifts: Object.entries(r.shifts).map(([id, x]) => ({ id, from: x.from, to: x.to, days: x.days.map(dayNumber) })),
    staff: staff.map(({ of: _of, shift: _shift, ...person }) => person),
    keySets: [...carried, ...Object.entries(r['key-sets']).map(([id, x]) => ({ id, opens: x.opens, holder: x.holder }))],
    agencies: Object.entries(r.agencies).map(([id, x]): K.Agency => {
      const { admission } = x
      return {
        id,
        staff: x.staff,
        skills: x.skills,
        arrives: x.arrives,
        keys: x.keys,
        presence: x.presence,
        breathing: x.breathing,
        shielded: x.shielded,
        ...(admission === undefined ? {} : { admission }),
      }
    }),
    equipment: Object.entries(r.equipment).flatMap(([kind, x]) =>
      Array.from({ length: x.count }, (_, i) => ({ id: `${kind}-${i + 1}`, kind })),
    ),
  }
}

// --- plan ---------------------------------------------------------------------------------------------------------------

function planOf(p: PlanDocument): K.Plan {
  return { id: p.id, answers: p.answers, asking: p.asking, tasks: Object.entries(p.tasks).map(([id, t]) => taskOf(id, t)) }
}

function taskOf(id: string, t: TaskDocument): K.Task {
  const { deadline, remembered, work } = t
  return {
    id,
    level: t.level,
    all: [...t.after.map((task): K.Condition => ({ kind: 'task', task, outcome: 'done' })), ...t.when],
    any: t.or,
    needs: t.needs,
    equipment: t.equipment,
    place: t.place,
    duration: t.duration,
    priority: t.priority,
    skip: t.skip,
    forgotten: t.forgotten,
    fails: t.fails,
    onStart: t['at-start'],
    onDone: t.then,
    onFailed: t['if-failed'],
    ...(deadline === undefined ? {} : { deadline }),
    ...(remembered === undefined ? {} : { remembered }),
    ...(work === undefined ? {} : { work }),
  }
}

// --- trouble ------------------------------------------------------------------------------------------------------------

/** Fields that describe the document and mean nothing to the kernel. */
const OF_THE_DOCUMENT = [
  'kind',
  'id',
  'version',
  'title',
  'summary',
  'licence',
  'drafted',
  'reviewed',
  'sources',
  'assumptions',
  'source',
  'assumption',
  'note',
  'threat',
]

function threatOf(t: ThreatDocument): Threat {
  const parameters = Object.fromEntries(Object.entries(t).filter(([name]) => !OF_THE_DOCUMENT.includes(name)))
  const threat = { kind: t.threat, ...(camelKeys(parameters) as object) }
  if (t.threat === 'outage') return { ...threat, ...t.fails } as unknown as Threat
  if (t.threat !== 'escape') return threat as Threat
  const steps = Object.entries(t.steps).map(([id, step]) => {
    const { door } = step
    return { id, place: step.place, delay: step.delay, seen: step.seen, ...(door === undefined ? {} : { door }) }
  })
  return { ...threat, steps } as unknown as Threat
}

function camelKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [camel(name), camelKeys(part)]))
}
