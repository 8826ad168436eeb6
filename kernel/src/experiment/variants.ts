/** The same scene with one thing different: somebody or something missing, or one figure larger or smaller. */
import { type Distribution, scaled } from '../random/distribution.ts'
import type { Plan, Scene } from '../world/scene.ts'

/** What may be missing. */
export type EntityKind = 'officer' | 'key-set' | 'door' | 'sensor' | 'source' | 'equipment' | 'agency'

export interface EntityRef {
  readonly kind: EntityKind
  readonly id: string
}

/** What may be larger or smaller: the duration of a task, or a parameter of a threat. */
export type FigureRef =
  | { readonly kind: 'duration'; readonly plan: string; readonly task: string }
  | { readonly kind: 'arrival'; readonly agency: string }
  | { readonly kind: 'parameter'; readonly threat: string; readonly name: string }

export type Variation = { readonly without: EntityRef } | { readonly figure: FigureRef; readonly by: number }

/** Everything in `scene` that can be left out. */
export function entitiesOf({ facility, roster, threats }: Scene): EntityRef[] {
  // What fails anyway cannot be missed.
  const failing = threats.flatMap(({ threat }) => (threat.kind === 'outage' ? threat.sources : []))
  const refs = (kind: EntityKind, list: readonly { readonly id: string }[]) => list.map(({ id }) => ({ kind, id }))
  return [
    ...refs('officer', roster.staff),
    ...refs('key-set', roster.keySets),
    ...refs('agency', roster.agencies),
    ...refs('equipment', roster.equipment),
    ...refs('door', facility.doors),
    ...refs('sensor', facility.sensors),
    ...refs(
      'source',
      facility.sources.filter((s) => !failing.includes(s.id)),
    ),
  ]
}

/** Everything in `scene` whose size can be varied. */
export function figuresOf({ plans, roster, threats }: Scene): FigureRef[] {
  return [
    ...plans.flatMap((plan) =>
      plan.tasks.filter((t) => !isNothing(t.duration)).map((t): FigureRef => ({ kind: 'duration', plan: plan.id, task: t.id })),
    ),
    ...roster.agencies.map(({ id }): FigureRef => ({ kind: 'arrival', agency: id })),
    ...threats.flatMap((use) => numericParameters(use.threat).map((name): FigureRef => ({ kind: 'parameter', threat: use.id, name }))),
  ]
}

function isNothing(d: Distribution): boolean {
  return d.kind === 'fixed' && d.value === 0
}

function numericParameters(threat: object): string[] {
  return Object.entries(threat).flatMap(([name, value]) =>
    (typeof value === 'number' && value !== 0) || isDistribution(value) ? [name] : [],
  )
}

const DISTRIBUTIONS = ['fixed', 'uniform', 'triangular', 'pert', 'lognormal', 'exponential', 'normal', 'empirical', 'mixture']

function isDistribution(value: unknown): value is Distribution {
  return typeof value === 'object' && value !== null && 'kind' in value && DISTRIBUTIONS.includes(String(value.kind))
}

/** `scene` with one variation. References to what is left out are left out with it. */
export function vary(scene: Scene, variation: Variation): Scene {
  return 'without' in variation ? without(scene, variation.without) : resized(scene, variation.figure, variation.by)
}

function without(scene: Scene, { kind, id }: EntityRef): Scene {
  const { facility, roster } = scene
  const rest = <T extends { readonly id: string }>(list: readonly T[]) => list.filter((entry) => entry.id !== id)
  switch (kind) {
    case 'officer':
      return { ...scene, roster: { ...roster, staff: rest(roster.staff), keySets: roster.keySets.filter((k) => k.holder !== id) } }
    case 'key-set':
      return { ...scene, roster: { ...roster, keySets: rest(roster.keySets) } }
    case 'equipment':
      return { ...scene, roster: { ...roster, equipment: rest(roster.equipment) } }
    case 'agency':
      // Called, it never comes: plans go on naming it.
      return {
        ...scene,
        roster: { ...roster, agencies: roster.agencies.map((a) => (a.id === id ? { ...a, arrives: { kind: 'fixed', value: 1e12 } } : a)) },
      }
    case 'sensor':
      return { ...scene, facility: { ...facility, sensors: rest(facility.sensors) } }
    case 'source':
      return {
        ...scene,
        facility: {
          ...facility,
          sources: facility.sources.map((s) => (s.id === id && s.starts ? { ...s, starts: { ...s.starts, chance: 0 } } : s)),
          circuits: facility.circuits.map((c) => ({ ...c, from: c.from.filter((source) => source !== id) })),
        },
      }
    case 'door':
      return {
        ...scene,
        facility: {
          ...facility,
          doors: rest(facility.doors),
          sensors: facility.sensors.map((s) => ({ ...s, covers: s.covers.filter((place) => place !== id) })),
        },
        plans: scene.plans.map((plan) => withoutDoor(plan, id)),
        threats: scene.threats.map((use) => {
          if (use.threat.kind !== 'escape') return use
          const steps = use.threat.steps.map((step) => {
            const { door, ...others } = step
            return door === id || door === undefined ? others : step
          })
          return { ...use, threat: { ...use.threat, steps } }
        }),
      }
  }
}

function withoutDoor(plan: Plan, door: string): Plan {
  const clean = <T extends { readonly kind: string }>(effects: readonly T[]): T[] =>
    effects.map((e) => ('doors' in e && Array.isArray(e.doors) ? { ...e, doors: e.doors.filter((id: string) => id !== door) } : e))
  return {
    ...plan,
    tasks: plan.tasks.map((t) => ({ ...t, onStart: clean(t.onStart), onDone: clean(t.onDone), onFailed: clean(t.onFailed) })),
  }
}

function resized(scene: Scene, figure: FigureRef, by: number): Scene {
  switch (figure.kind) {
    case 'duration':
      return {
        ...scene,
        plans: scene.plans.map((plan) =>
          plan.id === figure.plan
            ? { ...plan, tasks: plan.tasks.map((t) => (t.id === figure.task ? { ...t, duration: scaled(t.duration, by) } : t)) }
            : plan,
        ),
      }
    case 'arrival': {
      const agencies = scene.roster.agencies.map((a) => (a.id === figure.agency ? { ...a, arrives: scaled(a.arrives, by) } : a))
      return { ...scene, roster: { ...scene.roster, agencies } }
    }
    case 'parameter':
      return {
        ...scene,
        threats: scene.threats.map((use) => {
          if (use.id !== figure.threat) return use
          const value = (use.threat as unknown as Record<string, unknown>)[figure.name]
          const changed = typeof value === 'number' ? value * by : isDistribution(value) ? scaled(value, by) : value
          return { ...use, threat: { ...use.threat, [figure.name]: changed } }
        }),
      }
  }
}
