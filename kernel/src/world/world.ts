/** The same night, step by step: what a screen plays, an exercise steers and a debrief forks.
 *
 * A world that is advanced to its horizon without decisions has the same bits as {@link replicate}.
 */
import { nextTime } from '../clock/agenda.ts'
import { confine } from '../people/population.ts'
import { cordon, setDoor } from '../place/doors.ts'
import { admitAgency, callAgency } from '../tasks/agencies.ts'
import { cancelTask, startTask } from '../tasks/orders.ts'
import * as L from './layout.ts'
import type { Model } from './model.ts'
import { Night, type Recorder } from './night.ts'
import { end } from './replicate.ts'
import { advance, settle } from './run.ts'
import { begin } from './start.ts'

/** An order given from outside the plan; ids are those of the scene. */
export type Decision =
  | { readonly do: 'start-task' | 'cancel-task'; readonly task: string }
  | { readonly do: 'door'; readonly door: string; readonly to: 'open' | 'closed' | 'locked' }
  | { readonly do: 'call' | 'admit'; readonly agency: string }
  | { readonly do: 'confine' | 'release' | 'cordon'; readonly zone: string }

const DOOR_STATES = { open: 0, closed: 1, locked: 2 } as const

export interface ObservedOfficer {
  readonly id: string
  readonly duty: 'off' | 'free' | 'travelling' | 'working' | 'hurt' | 'held'
  readonly zone: string
  /** The zone they are going to, and when they arrive; only while travelling. */
  readonly goal?: string
  readonly arrives?: number
  readonly task?: string
}

export interface Observation {
  /** Seconds since the onset, and second of the week at the onset. */
  readonly now: number
  readonly onset: number
  readonly officers: readonly ObservedOfficer[]
  readonly tasks: readonly { readonly id: string; readonly state: TaskState }[]
  readonly doors: readonly { readonly id: string; readonly state: 'open' | 'closed' | 'locked' | 'forced' }[]
  readonly zones: readonly {
    readonly id: string
    readonly unlocked: number
    readonly locked: number
    readonly lost: boolean
    readonly smoky: boolean
    readonly dark: boolean
    readonly cordoned: boolean
  }[]
  /** Marks that have been set, by name: seconds since the onset. */
  readonly marks: Readonly<Record<string, number>>
  /** Figures by name. */
  readonly figures: Readonly<Record<string, number>>
}

export type TaskState = 'dormant' | 'waiting' | 'assigned' | 'working' | 'done' | 'failed' | 'skipped' | 'forgotten'

const TASK_STATES: readonly TaskState[] = ['dormant', 'waiting', 'assigned', 'working', 'done', 'failed', 'skipped', 'forgotten']
const DUTIES = ['off', 'free', 'travelling', 'working', 'hurt', 'held'] as const
const DOORS = ['open', 'closed', 'locked', 'forced'] as const

export class World {
  readonly #night: Night

  /** The beginning of night `replication` of `model` under `seed`. `recorder` is told everything that happens. */
  constructor(model: Model, seed: number, replication: number, recorder: Recorder | null = null) {
    this.#night = new Night(model)
    this.#night.recorder = recorder
    this.#night.watched = true
    begin(this.#night, seed, replication)
    settle(this.#night)
  }

  get model(): Model {
    return this.#night.model
  }

  /** Seconds since the onset. */
  get now(): number {
    return this.#night.f[L.NOW]
  }

  /** Lets everything happen up to `seconds` after the onset, at most up to the horizon. */
  advance(seconds: number): void {
    advance(this.#night, Math.min(seconds, this.model.horizon))
  }

  /** Seconds at which something next happens; Infinity when nothing more will. */
  get next(): number {
    return nextTime(this.#night)
  }

  /** Carries out an order now. Throws on an id that the scene does not have. */
  apply(decision: Decision): void {
    const n = this.#night
    const { tasks, doors, agencies, zones } = this.model
    switch (decision.do) {
      case 'start-task':
        startTask(n, this.#task(find(tasks.ids, decision.task)))
        break
      case 'cancel-task':
        cancelTask(n, this.#task(find(tasks.ids, decision.task)))
        break
      case 'door':
        setDoor(n, find(doors.ids, decision.door), DOOR_STATES[decision.to])
        break
      case 'call':
        callAgency(n, find(agencies.ids, decision.agency))
        break
      case 'admit':
        admitAgency(n, find(agencies.ids, decision.agency))
        break
      case 'cordon':
        cordon(n, find(zones.ids, decision.zone))
        break
      case 'confine':
      case 'release':
        confine(n, find(zones.ids, decision.zone), decision.do === 'confine')
        break
    }
    settle(n)
  }

  #task(number: number): number {
    return this.model.taskAt + number * L.TASK
  }

  /** A copy of everything that changes. */
  snapshot(): ArrayBuffer {
    return this.#night.snapshot()
  }

  /** Continues from a snapshot of the same model. */
  restore(snapshot: ArrayBuffer): void {
    this.#night.restore(snapshot)
  }

  /** Another world that goes on from here by itself. Its recorder, if any, is its own. */
  fork(recorder: Recorder | null = null): World {
    const world = new World(this.model, this.#night.seed, this.#night.replication)
    world.#night.recorder = recorder
    world.restore(this.snapshot())
    return world
  }

  /** Advances to the horizon and returns the measures, in the order of `model.measures`. */
  finish(): Float64Array {
    advance(this.#night, this.model.horizon)
    const out = new Float64Array(this.model.measures.length)
    end(this.#night, out)
    return out
  }

  /** What can be seen now, in words. */
  observe(): Observation {
    const n = this.#night
    const { i, f } = n
    const m = this.model
    return {
      now: f[L.NOW],
      onset: f[L.ONSET_SECOND],
      officers: m.staff.ids.map((id, number) => this.#officer(id, m.officerAt + number * L.OFFICER)),
      tasks: m.tasks.ids.map((id, number) => ({ id, state: TASK_STATES[i[this.#task(number) + L.STATE]] })),
      doors: m.doors.ids.map((id, door) => ({ id, state: DOORS[n.doorState[door]] })),
      zones: m.zones.ids.map((id, zone) => ({
        id,
        unlocked: n.zoneUnlocked[zone],
        locked: n.zoneLocked[zone],
        lost: n.zoneLost[zone] === 1,
        smoky: n.zoneSmoky[zone] === 1,
        dark: n.zoneDark[zone] === 1,
        cordoned: n.zoneCordoned[zone] === 1,
      })),
      marks: Object.fromEntries(m.marks.names.flatMap((name, k) => (n.markAt[k] < Infinity ? [[name, n.markAt[k]]] : []))),
      figures: Object.fromEntries(m.figures.names.map((name, k) => [name, n.figure[k]])),
    }
  }

  #officer(id: string, officer: number): ObservedOfficer {
    const { i, f } = this.#night
    const m = this.model
    const duty = DUTIES[i[officer + L.DUTY]]
    const zone = m.zones.ids[i[officer + L.WHERE]]
    const task = i[officer + L.TASK_OF]
    if (task === 0) return { id, duty, zone }
    const name = m.tasks.ids[m.i[task + L.NUMBER]]
    if (duty !== 'travelling') return { id, duty, zone, task: name }
    return { id, duty, zone, task: name, goal: m.zones.ids[i[task + L.ZONE]], arrives: f[officer + L.ARRIVES] }
  }
}

function find(ids: readonly string[], id: string): number {
  const index = ids.indexOf(id)
  if (index < 0) throw new Error(`there is no '${id}'; there are: ${ids.join(', ')}`)
  return index
}
