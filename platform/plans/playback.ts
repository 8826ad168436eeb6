/** A recorded night at any moment: where everybody is, and how every zone, door and task stands. */
import * as L from '@aman/kernel/world/layout'
import * as LOG from '@aman/kernel/world/log'
import type { Model } from '@aman/kernel/world/model'
import type { TaskState } from '@aman/kernel/world/world'
import type { RecordedNight } from '../runs/record.ts'

export type Duty = 'off' | 'free' | 'travelling' | 'working' | 'hurt' | 'held'

interface Waypoint {
  readonly time: number
  readonly x: number
  readonly y: number
}

export interface ShownOfficer {
  readonly id: string
  duty: Duty
  zone: number
  task: string | undefined
  /** Way still ahead and just behind; empty when standing. */
  way: Waypoint[]
}

export interface ShownZone {
  /** Rioters, infectious people, or extinction of smoke (1/m), as the threat has it. */
  level: number
  /** Agitated or incubating people. */
  under: number
  smoky: boolean
  lost: boolean
  dark: boolean
  cordoned: boolean
  /** Some threat began here. */
  origin: boolean
}

export interface Moment {
  readonly time: number
  readonly officers: readonly ShownOfficer[]
  readonly zones: readonly ShownZone[]
  /** 0 open, 1 closed, 2 locked, 3 forced. */
  readonly doors: readonly number[]
  readonly tasks: ReadonlyMap<string, TaskState>
}

const DOORS = { open: 0, closed: 1, locked: 2, forced: 3 } as const
const DUTY: readonly Duty[] = ['off', 'free', 'travelling', 'working', 'hurt', 'held']

/** Where doors are on the drawing, by number. */
export type DoorPlaces = readonly (readonly [number, number])[]

export class Playback {
  readonly #model: Model
  readonly #night: RecordedNight
  readonly #places: DoorPlaces
  readonly #byAddress = new Map<number, ShownOfficer>()
  #officers: ShownOfficer[] = []
  #zones: ShownZone[] = []
  #doors: number[] = []
  #tasks = new Map<string, TaskState>()
  #next = 0

  constructor(model: Model, night: RecordedNight, places: DoorPlaces) {
    this.#model = model
    this.#night = night
    this.#places = places
    this.#rewind()
  }

  /** Seconds until the last thing happens. */
  get end(): number {
    return this.#night.lines.at(-1)?.time ?? 0
  }

  /** How things stand `time` seconds after the onset. The same object is filled anew at every call. */
  at(time: number): Moment {
    const { lines } = this.#night
    if (this.#next > 0 && lines[this.#next - 1]!.time > time) this.#rewind()
    while (this.#next < lines.length && lines[this.#next]!.time <= time) this.#take(this.#next++)
    return { time, officers: this.#officers, zones: this.#zones, doors: this.#doors, tasks: this.#tasks }
  }

  #rewind(): void {
    const m = this.#model
    const { first } = this.#night
    const zoneOf = new Map(m.zones.ids.map((id, k) => [id, k]))
    this.#next = 0
    this.#byAddress.clear()
    this.#officers = first.officers.map((o, number) => {
      const duty = o.duty === 'travelling' || o.duty === 'working' ? 'free' : o.duty
      const officer: ShownOfficer = { id: o.id, duty, zone: zoneOf.get(o.zone) ?? 0, task: undefined, way: [] }
      this.#byAddress.set(m.officerAt + number * L.OFFICER, officer)
      return officer
    })
    this.#zones = first.zones.map((z) => ({
      level: 0,
      under: 0,
      smoky: z.smoky,
      lost: z.lost,
      dark: z.dark,
      cordoned: z.cordoned,
      origin: false,
    }))
    this.#doors = first.doors.map((d) => DOORS[d.state])
    this.#tasks = new Map(m.tasks.ids.map((id) => [id, 'dormant']))
  }

  #take(index: number): void {
    const { code, a, b, x, time } = this.#night.lines[index]!
    const m = this.#model
    const task = (address: number) => m.tasks.ids[m.i[address + L.NUMBER]!]!
    const officer = () => this.#byAddress.get(a)!
    const zone = () => this.#zones[a]!
    switch (code) {
      case LOG.THREAT:
        if (b >= 0) this.#zones[b]!.origin = true
        return
      case LOG.DEPARTS: {
        const one = officer()
        one.duty = 'travelling'
        one.task = b > 0 ? task(b) : undefined
        one.zone = x
        one.way = [{ time, x: m.zones.x[x]!, y: m.zones.y[x]! }]
        return
      }
      case LOG.VIA:
        return this.#extend(officer(), b, x, time)
      case LOG.ARRIVES: {
        const one = officer()
        one.zone = b
        one.way = []
        one.duty = 'working'
        return
      }
      case LOG.OFFICER: {
        const one = officer()
        one.duty = DUTY[b] ?? 'free'
        one.task = undefined
        one.way = []
        if (x >= 0) one.zone = x
        return
      }
      case LOG.WAITS:
        return void this.#tasks.set(task(a), 'waiting')
      case LOG.BEGINS:
        return void this.#tasks.set(task(a), 'working')
      case LOG.FORGOTTEN:
        return void this.#tasks.set(task(a), 'forgotten')
      case LOG.SKIPPED:
        return void this.#tasks.set(task(a), 'skipped')
      case LOG.DONE:
      case LOG.FAILED:
        this.#tasks.set(task(a), code === LOG.DONE ? 'done' : 'failed')
        for (const one of this.#officers) {
          if (one.task !== task(a) || one.duty === 'travelling') continue
          one.task = undefined
          if (one.duty === 'working') one.duty = 'free'
        }
        return
      case LOG.DOOR:
        this.#doors[a] = b
        return
      case LOG.LOST:
        zone().lost = b === 1
        return
      case LOG.SMOKE:
        zone().smoky = b === 1
        return
      case LOG.DARK:
        zone().dark = b === 1
        return
      case LOG.CORDON:
        zone().cordoned = true
        return
      case LOG.LEVEL:
        this.#zones[b]!.level = x
        return
      case LOG.UNDERLYING:
        this.#zones[b]!.under = x
        return
    }
  }

  /** One more door on the way of `officer`, who is through it and in the next zone at `arrives`. */
  #extend(officer: ShownOfficer, door: number, arrives: number, now: number): void {
    const { doors, zones } = this.#model
    let last = officer.way.at(-1)
    if (last === undefined || last.time > arrives) {
      // On changed routes: from here on.
      const here = positionOf(officer, now, this.#model)
      officer.way = [{ time: now, ...here }]
      last = officer.way[0]!
    }
    const [x, y] = this.#places[door]!
    const a = doors.a[door]!
    const b = doors.b[door]!
    const distance = (zone: number) => Math.hypot(zones.x[zone]! - last.x, zones.y[zone]! - last.y)
    const next = distance(a) < distance(b) ? b : a
    officer.way.push({ time: (last.time + arrives) / 2, x, y }, { time: arrives, x: zones.x[next]!, y: zones.y[next]! })
    officer.zone = next
  }
}

/** Where `officer` is at `time`, in metres on the drawing. */
export function positionOf(officer: ShownOfficer, time: number, model: Model): { readonly x: number; readonly y: number } {
  const { way, zone } = officer
  const ahead = way.findIndex((p) => p.time > time)
  if (ahead <= 0) {
    const last = way.at(-1)
    return last === undefined || ahead === 0 ? { x: model.zones.x[zone]!, y: model.zones.y[zone]! } : { x: last.x, y: last.y }
  }
  const from = way[ahead - 1]!
  const to = way[ahead]!
  const part = (time - from.time) / Math.max(1e-9, to.time - from.time)
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }
}
