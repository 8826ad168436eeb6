/** One night: everything that changes while a model runs, on a single buffer. */
import { Routes, type Ways } from '../place/routes.ts'
import { uniform } from '../random/threefry.ts'
import { allocateThreat, type ThreatState } from '../threats/threat.ts'
import { Arena } from './arena.ts'
import { NOW, REPLICATION, SEED } from './layout.ts'
import type { LogCode } from './log.ts'
import type { Model } from './model.ts'

const MAGIC = 0x414d414e
const VERSION = 1

/** What all nights that begin in one regime with the same shifts have in common. */
export interface Beginning {
  readonly state: Uint8Array
  readonly ways: Ways
}

/** Is told what happens: seconds, what, and up to three figures (see `log.ts`). */
export type Recorder = (time: number, code: LogCode, a: number, b: number, x: number) => void

export class Night {
  readonly model: Model
  readonly buffer: ArrayBuffer
  readonly bytes: Uint8Array
  /** Magic, version, two words of the model's hash: whether a snapshot fits. */
  readonly header: Int32Array
  /** Figures, agenda, tasks and officers: see `layout.ts`. */
  readonly f: Float64Array
  readonly i: Int32Array

  readonly conditionMet: Uint8Array
  readonly equipmentTask: Int32Array
  readonly doorState: Uint8Array
  readonly doorTurns: Int32Array
  /** People out of their cells and in them; of these, who can no longer walk, in cell and out; how many have been carried
   * out; who takes no orders. */
  readonly zoneUnlocked: Int32Array
  readonly zoneLocked: Int32Array
  readonly zoneOvercomeIn: Int32Array
  readonly zoneOvercomeOut: Int32Array
  readonly zoneRescued: Int32Array
  readonly zoneUnruly: Int32Array
  readonly zoneCellsOpen: Int32Array
  readonly zoneConfined: Uint8Array
  readonly zoneLost: Uint8Array
  readonly zoneCordoned: Uint8Array
  readonly zoneSmoky: Uint8Array
  readonly zoneDark: Uint8Array
  readonly zoneOrderedOut: Uint8Array
  /** Zones in which something has changed in this event, and those that the threats are looking at now. */
  readonly zoneDirty: Uint8Array
  readonly zoneChanged: Uint8Array
  /** Officers' worth of presence. */
  readonly zonePresence: Float64Array
  readonly airChanges: Float64Array
  /** People whose time out of cell is being taken, by regime. */
  readonly confinedByRegime: Float64Array
  readonly sourceAlive: Uint8Array
  /** Out of order, until somebody restores it. */
  readonly sourceFailed: Uint8Array
  readonly circuitAlive: Uint8Array
  readonly circuitBroken: Uint8Array
  readonly sensorFaulty: Uint8Array
  readonly agencyState: Uint8Array
  readonly markAt: Float64Array
  readonly markCause: Int32Array
  readonly figure: Float64Array
  /** Where each threat is now; −1 before it begins. */
  readonly threatZone: Int32Array
  readonly threats: readonly ThreatState[]

  /** Bytes this layout takes. */
  readonly size: number
  /** Not part of the state: they follow from it. */
  readonly routes: Routes
  /** Nights as they are before chance has a say, by regime and shifts. */
  readonly beginnings = new Map<number, Beginning>()
  beginning: Beginning | undefined
  recorder: Recorder | null = null
  /** Somebody may look at any moment: every arrival is an event of its own. Outcomes do not depend on it. */
  watched = false
  seed = 0
  replication = 0

  /** A model whose `bytes` are not known yet (0) is measured: {@link size} tells what it needs. */
  constructor(model: Model) {
    this.model = model
    this.buffer = new ArrayBuffer(model.bytes)
    this.bytes = new Uint8Array(this.buffer)
    const arena = new Arena(model.bytes > 0 ? this.buffer : undefined)
    const zones = model.zones.count
    this.header = arena.integers(4)
    this.f = arena.doubles(model.words)
    this.i = arena.integers(model.words)
    this.conditionMet = arena.octets(model.conditions.count)
    this.equipmentTask = arena.integers(model.equipment.ids.length)
    this.doorState = arena.octets(model.doors.count)
    this.doorTurns = arena.integers(model.doors.count)
    this.zoneUnlocked = arena.integers(zones)
    this.zoneLocked = arena.integers(zones)
    this.zoneOvercomeIn = arena.integers(zones)
    this.zoneOvercomeOut = arena.integers(zones)
    this.zoneRescued = arena.integers(zones)
    this.zoneUnruly = arena.integers(zones)
    this.zoneCellsOpen = arena.integers(zones)
    this.zoneConfined = arena.octets(zones)
    this.zoneLost = arena.octets(zones)
    this.zoneCordoned = arena.octets(zones)
    this.zoneSmoky = arena.octets(zones)
    this.zoneDark = arena.octets(zones)
    this.zoneOrderedOut = arena.octets(zones)
    this.zoneDirty = arena.octets(zones)
    this.zoneChanged = arena.octets(zones)
    this.zonePresence = arena.doubles(zones)
    this.airChanges = arena.doubles(zones)
    this.confinedByRegime = arena.doubles(model.regimes.count)
    this.sourceAlive = arena.octets(model.power.sources.length)
    this.sourceFailed = arena.octets(model.power.sources.length)
    this.circuitAlive = arena.octets(model.power.circuits.length)
    this.circuitBroken = arena.octets(model.power.circuits.length)
    this.sensorFaulty = arena.octets(model.sensors.count)
    this.agencyState = arena.octets(model.agencies.ids.length)
    this.markAt = arena.doubles(model.marks.names.length)
    this.markCause = arena.integers(model.marks.names.length)
    this.figure = arena.doubles(model.figures.names.length)
    this.threatZone = arena.integers(model.threats.length)
    this.threats = model.threats.map((threat) => allocateThreat(threat, arena))
    this.size = arena.bytes
    this.routes = new Routes(model)
    if (model.bytes > 0) {
      this.header[0] = MAGIC
      this.header[1] = VERSION
      this.header[2] = Number.parseInt(model.hash.slice(0, 8), 16) | 0
      this.header[3] = Number.parseInt(model.hash.slice(8, 16), 16) | 0
    }
  }

  /** Chance of this night for `key`, the `k`-th draw: a number strictly between 0 and 1. */
  draw(key: number, k: number): number {
    return uniform(this.seed, this.replication, key, k)
  }

  log(code: LogCode, a: number, b = -1, x = 0): void {
    if (this.recorder !== null) this.recorder(this.f[NOW], code, a, b, x)
  }

  /** A copy of the state, which {@link restore} takes back. */
  snapshot(): ArrayBuffer {
    return this.buffer.slice(0)
  }

  /** Continues from a snapshot of the same model. Throws on one of another model or version. */
  restore(snapshot: ArrayBuffer): void {
    const header = new Int32Array(snapshot, 0, 4)
    const same = snapshot.byteLength === this.buffer.byteLength && this.header.every((word, k) => word === header[k])
    if (!same) throw new Error('this snapshot was taken of another model or by another version of the kernel')
    this.bytes.set(new Uint8Array(snapshot))
    this.seed = this.i[SEED]
    this.replication = this.i[REPLICATION]
    this.routes.forget()
  }
}
