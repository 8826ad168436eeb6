/** Gathers names, numbers, draws and slots while a scene is compiled. */
import type { Distribution, Samplers } from '../random/distribution.ts'
import { SamplerBook } from '../random/distribution.ts'
import { KeyBook } from '../random/key.ts'
import type { ThreatCommon } from '../threats/common.ts'
import { AGENDA, OFFICER } from './layout.ts'
import type { Lists, Measure, Unit } from './model.ts'
import type { Scene } from './scene.ts'
import { THREAT_SLOT } from './slots.ts'

/** A way between two zones may lead through this many doors, that is one zone less in which nobody is held. */
const MOST_DOORS = 3

/** Numbers ids in their own order (by code unit, so that it is the same everywhere). */
export class Names {
  readonly ids: readonly string[]
  readonly #index: ReadonlyMap<string, number>

  constructor(ids: Iterable<string>) {
    this.ids = [...new Set(ids)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    this.#index = new Map(this.ids.map((id, i) => [id, i]))
  }

  get count(): number {
    return this.ids.length
  }

  has(id: string): boolean {
    return this.#index.has(id)
  }

  /** The number of `id`. A scene that names what is not there is a bug of whoever let it through {@link examine}. */
  of(id: string): number {
    const index = this.#index.get(id)
    if (index === undefined) throw new Error(`nothing is called '${id}' here; there are: ${this.ids.join(', ')}`)
    return index
  }
}

interface ZonesSoFar {
  readonly ids: readonly string[]
  readonly count: number
  readonly beyond: Uint8Array
  readonly kind: Int32Array
}

interface DoorsSoFar {
  readonly a: Int32Array
  readonly b: Int32Array
}

export class Compiler {
  readonly scene: Scene
  readonly zoneNames: Names
  readonly doorNames: Names
  readonly circuitNames: Names
  readonly sourceNames: Names
  readonly agencyNames: Names
  readonly zones: ZonesSoFar
  readonly doors: DoorsSoFar
  readonly #keys = new KeyBook()
  readonly #samplers = new SamplerBook()
  readonly #doorsOf: readonly number[][]
  readonly #held: readonly boolean[]
  readonly marks: string[] = []
  readonly #markIndex = new Map<string, number>()
  readonly figures: { name: string; unit: Unit }[] = []
  readonly measures: Measure[] = []
  readonly slotKinds: number[] = []
  readonly slotRefs: number[] = []
  readonly staffHurt: number
  readonly doorsForced: number
  /** Addresses in the arrays of the model and of its nights: see `layout.ts`. */
  readonly officerAt: number
  readonly taskAt: number
  readonly taskCount: number

  constructor(scene: Scene) {
    this.scene = scene
    const { facility } = scene
    this.zoneNames = new Names(facility.zones.map((z) => z.id))
    this.doorNames = new Names(facility.doors.map((d) => d.id))
    this.circuitNames = new Names(facility.circuits.map((c) => c.id))
    this.sourceNames = new Names(facility.sources.map((s) => s.id))
    this.agencyNames = new Names(scene.roster.agencies.map((a) => a.id))
    const byId = new Map(facility.zones.map((z) => [z.id, z]))
    const kinds = new Names(facility.zones.map((z) => z.kind))
    const ordered = this.zoneNames.ids.map((id) => byId.get(id)!)
    this.zones = {
      ids: this.zoneNames.ids,
      count: ordered.length,
      beyond: Uint8Array.from(ordered, (z) => (z.beyond ? 1 : 0)),
      kind: Int32Array.from(ordered, (z) => kinds.of(z.kind)),
    }
    this.#held = ordered.map((z) => Object.values(z.people).some((p) => p.locked + p.unlocked > 0) || z.cells !== undefined)
    const doors = new Map(facility.doors.map((d) => [d.id, d]))
    const sides = this.doorNames.ids.map((id) => doors.get(id)!.between.map((zone) => this.zoneNames.of(zone)))
    this.doors = { a: Int32Array.from(sides, (s) => s[0]), b: Int32Array.from(sides, (s) => s[1]) }
    this.#doorsOf = ordered.map((_, zone) => sides.flatMap((s, door) => (s.includes(zone) ? [door] : [])))
    this.staffHurt = this.#count('staff-hurt', 'persons')
    this.doorsForced = this.#count('doors-forced', 'doors')
    const { roster, plans, threats } = scene
    const officers = roster.staff.length + roster.agencies.reduce((sum, a) => sum + a.staff, 0)
    const starts = threats.flatMap((t) => t.starts ?? [])
    const tasks = plans.flatMap((p) => p.tasks)
    this.taskCount = tasks.length + starts.length
    const conditions = [...tasks, ...starts].reduce((sum, t) => sum + t.all.length + t.any.length + 1, 0)
    const others = roster.agencies.length + facility.sources.length + facility.doors.length + 8 * threats.length + 1
    this.officerAt = AGENDA + 2 * this.taskCount + conditions + others
    this.taskAt = this.officerAt + officers * OFFICER
  }

  /** Key of a draw: `name` says whose and what for. */
  key(name: string): number {
    return this.#keys.key(name)
  }

  sampler(distribution: Distribution): number {
    return this.#samplers.add(distribution)
  }

  /** Number of the sampler, −1 where there is nothing to draw. */
  maybeSampler(distribution: Distribution | undefined): number {
    return distribution === undefined ? -1 : this.sampler(distribution)
  }

  samplers(): Samplers {
    return this.#samplers.finish()
  }

  lists(lists: readonly (readonly number[])[]): Lists {
    const start = new Int32Array(lists.length + 1)
    lists.forEach((list, i) => {
      start[i + 1] = start[i] + list.length
    })
    return { start, items: Int32Array.from(lists.flat()) }
  }

  slot(kind: number, ref: number): number {
    this.slotRefs.push(ref)
    return this.slotKinds.push(kind) - 1
  }

  /** A slot of a threat for another clock than its main one; its module is told `part` when it comes up. */
  partSlot(common: ThreatCommon, part: number): number {
    return this.slot(THREAT_SLOT, common.index + 256 * part)
  }

  /** The number of a mark of a threat; marks of the first threat are known by their plain name. */
  mark(threat: { readonly id: string; readonly index: number }, name: string): number {
    return this.globalMark(threat.index === 0 ? name : `${threat.id}.${name}`, threat.index)
  }

  globalMark(name: string, _threat = 0): number {
    let index = this.#markIndex.get(name)
    if (index === undefined) {
      index = this.marks.push(name) - 1
      this.#markIndex.set(name, index)
    }
    return index
  }

  hasMark(name: string): boolean {
    return this.#markIndex.has(name)
  }

  /** A figure of a threat whose value at the end of the night is one of its measures. */
  figure(threat: { readonly id: string; readonly index: number }, name: string, unit: Unit): number {
    return this.#count(threat.index === 0 ? name : `${threat.id}.${name}`, unit)
  }

  /** A figure that plans may watch, and whose last value says nothing. */
  live(threat: { readonly id: string; readonly index: number }, name: string, unit: Unit): number {
    return this.figures.push({ name: threat.index === 0 ? name : `${threat.id}.${name}`, unit }) - 1
  }

  #count(name: string, unit: Unit): number {
    const figure = this.figures.push({ name, unit }) - 1
    this.measures.push({ name, unit, from: 'figure', index: figure, onset: -1 })
    return figure
  }

  /** Whether any plan waits for one of these figures of a threat to cross a line. */
  isWatched(threat: { readonly id: string }, names: readonly string[]): boolean {
    const { plans, threats } = this.scene
    const conditions = [...plans.flatMap((p) => p.tasks), ...threats.flatMap((t) => t.starts ?? [])].flatMap((t) => [...t.all, ...t.any])
    return conditions.some((c) => c.kind === 'measure' && names.some((name) => c.measure === name || c.measure === `${threat.id}.${name}`))
  }

  /** Whether prisoners are ever in the zone. */
  isHeldIn(zone: number): boolean {
    return this.#held[zone]
  }

  doorsOf(zone: number): readonly number[] {
    return this.#doorsOf[zone]
  }

  hasSolidCells(zone: number): number {
    const id = this.zoneNames.ids[zone]
    return this.scene.facility.zones.find((z) => z.id === id)?.cells?.front === 'solid' ? 1 : 0
  }

  /** The zones in which people are held that one comes to from `zone` through at most {@link MOST_DOORS} doors and no
   * other such zone; with the ways there, each a list of doors. */
  waysFrom(zone: number): Map<number, number[][]> {
    const found = new Map<number, number[][]>()
    const explore = (here: number, path: readonly number[]): void => {
      for (const door of this.doorsOf(here)) {
        const there = this.doors.a[door] === here ? this.doors.b[door] : this.doors.a[door]
        if (there === zone || path.includes(door)) continue
        const way = [...path, door]
        if (this.isHeldIn(there)) found.set(there, [...(found.get(there) ?? []), way])
        else if (way.length < MOST_DOORS && this.zones.beyond[there] === 0) explore(there, way)
      }
    }
    explore(zone, [])
    return new Map([...found].sort(([a], [b]) => a - b))
  }

  /** A zone by id, by role, or −1 for the incident. */
  place(name: string): number {
    if (name === 'incident') return -1
    const { roles } = this.scene.facility
    const role = Object.hasOwn(roles, name) ? roles[name] : undefined
    return this.zoneNames.of(role ?? name)
  }
}

/** Threats that take no notice of where officers are. */
const BLIND = ['drill', 'outbreak']

/** Whether anything in this scene depends on how many officers are in `zone`. */
export function watchesPresence(scene: Scene, zone: string): boolean {
  if (!scene.threats.every((t) => BLIND.includes(t.threat.kind))) return true
  return zone === scene.facility.roles['control-room'] && scene.facility.doors.some((d) => d.remote)
}
