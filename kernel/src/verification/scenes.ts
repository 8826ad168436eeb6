/** Small scenes for checks and tests, with everything that they do not care about filled in. */
import type { Distribution } from '../random/distribution.ts'
import type { Threat } from '../threats/threat.ts'
import type { Agency, Door, Facility, Plan, Roster, Scene, Staff, Task, ThreatUse, Zone } from '../world/scene.ts'

export const fixed = (value: number): Distribution => ({ kind: 'fixed', value })
export const exponential = (mean: number): Distribution => ({ kind: 'exponential', mean })

export function zone(id: string, more: Partial<Zone> = {}): Zone {
  return { id, kind: 'zone', at: [0, 0], area: 100, height: 3, outside: false, beyond: false, ventilation: 0, people: {}, ...more }
}

export function door(id: string, between: readonly [string, string], more: Partial<Door> = {}): Door {
  return {
    id,
    between,
    width: 1,
    normally: { all: 'open' },
    remote: false,
    passing: { closed: 0, locked: 0 },
    powerLoss: 'stays',
    ...more,
  }
}

export function facility(zones: readonly Zone[], doors: readonly Door[], more: Partial<Facility> = {}): Facility {
  return {
    walkingSpeed: 1.33,
    daylight: [6 * 3600, 20 * 3600],
    doorFlow: { perMetre: 1.3, boundary: 0 },
    roles: {},
    zones,
    doors,
    sensors: [],
    sources: [],
    circuits: [],
    regimes: [{ id: 'all', from: 0 }],
    visitsPerDay: 0,
    ...more,
  }
}

export function officer(id: string, post: string, more: Partial<Staff> = {}): Staff {
  return {
    id,
    post,
    skills: ['officer'],
    shifts: ['all'],
    absence: 0,
    stays: false,
    presence: 1,
    breathing: false,
    shielded: false,
    ...more,
  }
}

export function agency(id: string, more: Partial<Agency> = {}): Agency {
  return { id, staff: 2, skills: [id], arrives: fixed(600), keys: [], presence: 1, breathing: true, shielded: true, ...more }
}

export function roster(staff: readonly Staff[], more: Partial<Roster> = {}): Roster {
  return {
    shifts: [{ id: 'all', from: 0, to: 0, days: [0, 1, 2, 3, 4, 5, 6] }],
    staff,
    keySets: [],
    agencies: [],
    equipment: [],
    ...more,
  }
}

/** A task of one officer at the incident, unless said otherwise. */
export function task(id: string, duration: Distribution | number, more: Partial<Task> = {}): Task {
  return {
    id,
    level: 'bronze',
    all: [],
    any: [],
    needs: [{ skill: 'officer', count: 1 }],
    equipment: [],
    place: 'incident',
    duration: typeof duration === 'number' ? fixed(duration) : duration,
    priority: 5,
    skip: 0,
    forgotten: 0,
    fails: 0,
    onStart: [],
    onDone: [],
    onFailed: [],
    ...more,
  }
}

export const after = (...tasks: string[]) => tasks.map((name) => ({ kind: 'task', task: name, outcome: 'done' }) as const)
export const onMark = (mark: string) => ({ kind: 'mark', mark }) as const

export function plan(answers: Plan['answers'], tasks: readonly Task[], id = 'plan'): Plan {
  return { id, answers, tasks }
}

export function scene(parts: {
  facility: Facility
  roster: Roster
  plans?: readonly Plan[]
  threat?: Threat
  threats?: readonly ThreatUse[]
  where?: ThreatUse['where']
  horizon?: number
  success?: Scene['success']
  onset?: Scene['onset']
  clock?: string
}): Scene {
  const threat = parts.threat ?? { kind: 'drill' }
  return {
    facility: parts.facility,
    roster: parts.roster,
    plans: parts.plans ?? [],
    threats: parts.threats ?? [{ id: threat.kind, threat, where: parts.where ?? { kinds: ['zone'] } }],
    onset: parts.onset ?? { kind: 'at', secondOfWeek: 12 * 3600 },
    horizon: parts.horizon ?? 1e6,
    success: parts.success ?? [],
    ...(parts.clock === undefined ? {} : { clock: parts.clock }),
  }
}
