/** Zones, doors, sensors and power as tables. */
import type { Compiler } from './compiler.ts'
import { Names, watchesPresence } from './compiler.ts'
import type { Doors, Model, Power, Sensors, Zones } from './model.ts'
import type { Zone } from './scene.ts'
import { DOOR_SLOT, SOURCE_SLOT } from './slots.ts'

const STATES = { open: 0, closed: 1, locked: 2 } as const
const POWER_LOSS = { stays: 0, locks: 1, unlocks: 2 } as const
const SOURCE_KINDS = { mains: 0, battery: 1, generator: 2 } as const

type Place = Pick<Model, 'zones' | 'doors' | 'sensors' | 'power' | 'regimes' | 'daylight' | 'doorFlow' | 'visitsPerDay' | 'controlRoom'>

export function compilePlace(compiler: Compiler): Place {
  const { facility } = compiler.scene
  const regimes = [...facility.regimes].sort((a, b) => a.from - b.from)
  return {
    zones: zonesOf(compiler, regimes),
    doors: doorsOf(compiler, regimes),
    sensors: sensorsOf(compiler),
    power: powerOf(compiler),
    regimes: { count: regimes.length, from: Float64Array.from(regimes, (r) => r.from), ids: regimes.map((r) => r.id) },
    daylight: facility.daylight,
    doorFlow: facility.doorFlow,
    visitsPerDay: facility.visitsPerDay,
    controlRoom: facility.roles['control-room'] === undefined ? -1 : compiler.zoneNames.of(facility.roles['control-room']),
  }
}

/** Key classes by name; each is one bit. */
export function keyNamesOf(compiler: Compiler): Names {
  const { facility, roster, plans } = compiler.scene
  return new Names([
    ...facility.doors.flatMap((d) => d.key ?? []),
    ...facility.zones.flatMap((z) => z.cells?.key ?? []),
    ...roster.keySets.flatMap((k) => k.opens),
    ...roster.agencies.flatMap((a) => a.keys),
    ...plans.flatMap((p) => p.tasks.flatMap((t) => t.needs.flatMap((need) => need.key ?? []))),
  ])
}

function zonesOf(compiler: Compiler, regimes: readonly { readonly id: string }[]): Zones {
  const { facility } = compiler.scene
  const { zoneNames } = compiler
  const byId = new Map(facility.zones.map((z) => [z.id, z]))
  const zones = zoneNames.ids.map((id) => byId.get(id)!)
  const kinds = new Names(zones.map((z) => z.kind))
  const keys = keyNamesOf(compiler)
  const people = (which: 'unlocked' | 'locked') => Int32Array.from(regimes.flatMap((r) => zones.map((z) => z.people[r.id]?.[which] ?? 0)))
  const doubles = (value: (z: (typeof zones)[number]) => number) => Float64Array.from(zones, value)
  return {
    count: zones.length,
    ids: zoneNames.ids,
    x: doubles((z) => z.at[0]),
    y: doubles((z) => z.at[1]),
    area: doubles((z) => z.area),
    volume: doubles((z) => z.area * z.height),
    outside: Uint8Array.from(zones, (z) => (z.outside ? 1 : 0)),
    beyond: Uint8Array.from(zones, (z) => (z.beyond ? 1 : 0)),
    watchesPresence: Uint8Array.from(zones, (z) => (watchesPresence(compiler.scene, z.id) ? 1 : 0)),
    kind: Int32Array.from(zones, (z) => kinds.of(z.kind)),
    kinds: kinds.ids,
    cells: Int32Array.from(zones, (z) => z.cells?.count ?? 0),
    solid: Uint8Array.from(zones, (z) => (z.cells?.front === 'solid' ? 1 : 0)),
    cellKey: Int32Array.from(zones, (z) => (z.cells === undefined ? 0 : 1 << keys.of(z.cells.key))),
    cellOpen: doubles((z) => z.cells?.opening.open ?? 0),
    cellShut: doubles((z) => z.cells?.opening.shut ?? 0),
    cellHeight: doubles((z) => z.cells?.opening.height ?? 0),
    cellVolume: doubles((z) => z.cells?.volume ?? 0),
    ventilation: doubles((z) => z.ventilation),
    lights: Int32Array.from(zones, (z) => (z.lights === undefined ? -1 : compiler.circuitNames.of(z.lights))),
    unlocked: people('unlocked'),
    locked: people('locked'),
    beside: compiler.lists(zones.map((_, zone) => neighboursOf(compiler, zones, zone))),
    doors: compiler.lists(zones.map((_, zone) => compiler.doorsOf(zone))),
  }
}

/** The zones next to `zone`, those first in which people would gather. */
function neighboursOf(compiler: Compiler, zones: readonly Zone[], zone: number): number[] {
  const { a, b } = compiler.doors
  const others = compiler.doorsOf(zone).map((door) => (a[door] === zone ? b[door] : a[door]))
  const doors = (other: number) => compiler.doorsOf(other).length
  return [...new Set(others)]
    .filter((other) => !zones[other].beyond)
    .sort((x, y) => Number(zones[x].outside) - Number(zones[y].outside) || doors(y) - doors(x) || zones[y].area - zones[x].area || x - y)
}

function doorsOf(compiler: Compiler, regimes: readonly { readonly id: string }[]): Doors {
  const { facility, threats } = compiler.scene
  const byId = new Map(facility.doors.map((d) => [d.id, d]))
  const doors = compiler.doorNames.ids.map((id) => byId.get(id)!)
  const zones = new Map(facility.zones.map((z) => [z.id, z]))
  const keys = keyNamesOf(compiler)
  const forcing = threats.some((t) => t.threat.kind === 'disorder' && t.threat.forcing !== undefined)
  const distance = (a: readonly [number, number], b: readonly [number, number]) =>
    Math.sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]))
  return {
    count: doors.length,
    ids: compiler.doorNames.ids,
    a: compiler.doors.a,
    b: compiler.doors.b,
    width: Float64Array.from(doors, (d) => d.width),
    normal: Uint8Array.from(regimes.flatMap((r) => doors.map((d) => STATES[d.normally[r.id]]))),
    key: Int32Array.from(doors, (d) => (d.key === undefined ? 0 : 1 << keys.of(d.key))),
    remote: Uint8Array.from(doors, (d) => (d.remote ? 1 : 0)),
    passClosed: Float64Array.from(doors, (d) => d.passing.closed),
    passLocked: Float64Array.from(doors, (d) => d.passing.locked),
    walk: Float64Array.from(doors, (d) => {
      if (d.walk !== undefined) return d.walk
      const a = zones.get(d.between[0])!.at
      const b = zones.get(d.between[1])!.at
      const metres = d.at === undefined ? distance(a, b) : distance(a, d.at) + distance(d.at, b)
      return metres / facility.walkingSpeed
    }),
    circuit: Int32Array.from(doors, (d) => (d.circuit === undefined ? -1 : compiler.circuitNames.of(d.circuit))),
    powerLoss: Uint8Array.from(doors, (d) => POWER_LOSS[d.powerLoss]),
    forced: Int32Array.from(doors, (d) => compiler.maybeSampler(d.forced)),
    forcedKey: Uint32Array.from(doors, (d) => compiler.key(`door/${d.id}/forced`)),
    slot: Int32Array.from(doors, (d, i) => (forcing && d.forced !== undefined ? compiler.slot(DOOR_SLOT, i) : -1)),
  }
}

function sensorsOf(compiler: Compiler): Sensors {
  const { facility } = compiler.scene
  const sensors = [...facility.sensors].sort((a, b) => (a.id < b.id ? -1 : 1))
  const covering = (names: Names) => compiler.lists(names.ids.map((id) => sensors.flatMap((s, i) => (s.covers.includes(id) ? [i] : []))))
  const skills = skillNamesOf(compiler)
  return {
    count: sensors.length,
    ids: sensors.map((s) => s.id),
    kind: sensors.map((s) => s.kind),
    chance: Float64Array.from(sensors, (s) => s.chance),
    fault: Float64Array.from(sensors, (s) => s.fault),
    circuit: Int32Array.from(sensors, (s) => (s.circuit === undefined ? -1 : compiler.circuitNames.of(s.circuit))),
    needsLight: Uint8Array.from(sensors, (s) => (s.light ? 1 : 0)),
    operator: Int32Array.from(sensors, (s) => (s.operator === undefined ? -1 : skills.of(s.operator.skill))),
    attention: Float64Array.from(sensors, (s) => s.operator?.attention ?? 1),
    delay: Int32Array.from(sensors, (s) => compiler.sampler(s.delay)),
    key: Uint32Array.from(sensors, (s) => compiler.key(`sensor/${s.id}/notices`)),
    faultKey: Uint32Array.from(sensors, (s) => compiler.key(`sensor/${s.id}/fault`)),
    delayKey: Uint32Array.from(sensors, (s) => compiler.key(`sensor/${s.id}/delay`)),
    ofZone: covering(compiler.zoneNames),
    ofDoor: covering(compiler.doorNames),
  }
}

/** Skills by name: those that anybody has or that anything asks for. */
export function skillNamesOf(compiler: Compiler): Names {
  const { facility, roster, plans } = compiler.scene
  return new Names([
    ...roster.staff.flatMap((s) => s.skills),
    ...roster.agencies.flatMap((a) => a.skills),
    ...plans.flatMap((p) => p.tasks.flatMap((t) => t.needs.map((need) => need.skill))),
    ...facility.sensors.flatMap((s) => s.operator?.skill ?? []),
  ])
}

function powerOf(compiler: Compiler): Power {
  const { facility } = compiler.scene
  const sources = new Map(facility.sources.map((s) => [s.id, s]))
  const circuits = new Map(facility.circuits.map((c) => [c.id, c]))
  const ordered = compiler.sourceNames.ids.map((id) => sources.get(id)!)
  return {
    sources: compiler.sourceNames.ids,
    kind: Uint8Array.from(ordered, (s) => SOURCE_KINDS[s.kind]),
    lasts: Int32Array.from(ordered, (s) => compiler.maybeSampler(s.lasts)),
    startChance: Float64Array.from(ordered, (s) => s.starts?.chance ?? 0),
    startAfter: Int32Array.from(ordered, (s) => compiler.maybeSampler(s.starts?.after)),
    key: Uint32Array.from(ordered, (s) => compiler.key(`source/${s.id}`)),
    slot: Int32Array.from(ordered, (_, i) => compiler.slot(SOURCE_SLOT, i)),
    circuits: compiler.circuitNames.ids,
    serves: compiler.circuitNames.ids.map((id) => circuits.get(id)!.serves),
    feeds: compiler.lists(compiler.circuitNames.ids.map((id) => circuits.get(id)!.from.map((s) => compiler.sourceNames.of(s)))),
  }
}
