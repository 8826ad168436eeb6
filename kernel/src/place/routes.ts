/** Shortest ways through the doors that this officer can open now.
 *
 * A row answers, for one access class and one goal: how many seconds from every zone, and through which door first. Rows
 * follow from the state of the doors, blocked zones, circuits and the control room alone, and nights come back to the same
 * states again and again (docs/performance.md). So rows are kept by that state, and worked out once.
 */
import { BLOCKED } from '../world/layout.ts'
import type { Model } from '../world/model.ts'
import type { Night } from '../world/night.ts'
import { CLOSED, LOCKED } from './states.ts'

/** The ways to one goal for one access class. */
export interface Row {
  /** Seconds from each zone; Infinity where there is no way. */
  readonly cost: Float64Array
  /** First door on the way from each zone; −1 at the goal and where there is no way. */
  readonly door: Int32Array
}

/** What is known of one state of the map. */
export interface Ways {
  readonly state: Uint8Array
  /** The row of access class c and goal g is number c · zones + g; behind them the same, for those who go through smoke and
   * disorder too. */
  readonly rows: (Row | undefined)[]
}

/** Bytes of rows to keep; beyond that all are forgotten and begun anew. */
const BUDGET = 16e6

export class Routes {
  /** The ways as they are now; undefined after a change, until somebody asks. */
  #now: Ways | undefined
  /** All states of the map whose ways are kept, by hash. */
  readonly #known = new Map<number, Ways[]>()
  #bytes = 0
  readonly #state: Uint8Array

  constructor(m: Model) {
    this.#state = new Uint8Array(m.doors.count + 2 * m.zones.count + m.power.circuits.length + 1)
  }

  /** `regardless`: of smoke and disorder, held up by doors alone. */
  row(n: Night, access: number, goal: number, regardless = false): Row {
    const { zones, staff } = n.model
    let like = access
    if (n.i[BLOCKED] === 0) like = staff.accessLike[access]
    else if (regardless) like = staff.accessKeys.length + staff.accessLike[access]
    return this.now(n).rows[like * zones.count + goal] ?? this.#work(n, like, goal)
  }

  /** The ways in the state in which the map is now. */
  now(n: Night): Ways {
    if (this.#now === undefined) this.#now = this.#find(n)
    return this.#now
  }

  /** The map is in the state that `ways` is about. */
  resume(ways: Ways): void {
    this.#now = ways
  }

  /** Something on the map has changed. */
  forget(): void {
    this.#now = undefined
  }

  #find(n: Night): Ways {
    const { zones, staff } = n.model
    const state = this.#state
    const hash = readState(n, state)
    const alike = this.#known.get(hash) ?? []
    for (const ways of alike) if (same(ways.state, state)) return ways
    const ways = { state: state.slice(), rows: new Array<Row | undefined>(2 * staff.accessKeys.length * zones.count).fill(undefined) }
    this.#count(state.length + 8 * ways.rows.length)
    this.#known.set(hash, [...alike, ways])
    return ways
  }

  #work(n: Night, access: number, goal: number): Row {
    const zones = n.model.zones.count
    const row = { cost: new Float64Array(zones), door: new Int32Array(zones) }
    this.#count(16 * zones)
    search(n, access, goal, row.cost, row.door)
    this.now(n).rows[access * zones + goal] = row
    return row
  }

  #count(bytes: number): void {
    this.#bytes += bytes
    if (this.#bytes <= BUDGET) return
    this.#known.clear()
    this.#bytes = bytes
  }
}

/** Writes into `state` everything on which ways depend, and returns a hash of it. */
function readState(n: Night, state: Uint8Array): number {
  let size = 0
  for (const column of [n.doorState, n.zoneSmoky, n.zoneLost, n.circuitAlive]) {
    state.set(column, size)
    size += column.length
  }
  state[size] = isControlRoomManned(n) ? 1 : 0
  let hash = 0
  for (let k = 0; k <= size; k++) hash = Math.imul(hash ^ state[k], 0x01000193)
  return hash
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return false
  return true
}

/** Seconds from `zone` to `goal` for somebody of this access class. */
export function secondsTo(n: Night, access: number, goal: number, zone: number): number {
  return n.routes.row(n, access, goal).cost[zone]
}

/** Seconds to pass `door` for this access class, Infinity when it cannot be opened. */
export function passing(n: Night, door: number, access: number): number {
  const { doors, staff } = n.model
  const state = n.doorState[door]
  if (state === CLOSED) return doors.passClosed[door]
  if (state !== LOCKED) return 0
  if ((doors.key[door] & staff.accessKeys[access]) !== 0) return doors.passLocked[door]
  return doors.remote[door] === 1 && answersRemotely(n, door) ? doors.passLocked[door] : Infinity
}

/** A remote door opens while its circuit is alive and somebody is in the control room. */
function answersRemotely(n: Night, door: number): boolean {
  const circuit = n.model.doors.circuit[door]
  if (circuit >= 0 && n.circuitAlive[circuit] === 0) return false
  return isControlRoomManned(n)
}

function isControlRoomManned(n: Night): boolean {
  const room = n.model.controlRoom
  return room < 0 || n.zonePresence[room] > 0
}

/** Whether somebody of this access class (−1: who goes through everything) may walk into `zone` at all. */
function enters(n: Night, zone: number, access: number): boolean {
  if (access < 0) return true
  if (n.zoneLost[zone] === 1 && n.model.staff.accessShielded[access] === 0) return false
  return n.zoneSmoky[zone] === 0 || n.model.staff.accessBreathing[access] === 1
}

/** Zones whose cost has fallen since their doors were looked at, in turn. Larger than any number of zones, a power of two. */
const RING = 4096
const ring = new Int32Array(RING)
const inRing = new Uint8Array(RING)

/** From the goal outwards, into `cost` and `first`: each zone passes on what it costs until nothing falls any
 * more (Bellman, Ford and Moore). On the trees that prisons are, that looks at each door about twice. */
function search(n: Night, like: number, goal: number, cost: Float64Array, first: Int32Array): void {
  const { doors, zones, staff } = n.model
  const regardless = like >= staff.accessKeys.length
  const access = regardless ? like - staff.accessKeys.length : like
  const walker = regardless ? -1 : access
  cost.fill(Infinity)
  first.fill(-1)
  if (!enters(n, goal, walker)) return
  cost[goal] = 0
  ring[0] = goal
  let head = 0
  let tail = 1
  while (head !== tail) {
    const here = ring[head]
    head = (head + 1) & (RING - 1)
    inRing[here] = 0
    // Coming from the far side one walks into this zone, so it is this one that must let them in.
    if (here !== goal && !enters(n, here, walker)) continue
    const reached = cost[here]
    for (let k = zones.doors.start[here]; k < zones.doors.start[here + 1]; k++) {
      const door = zones.doors.items[k]
      const there = doors.a[door] === here ? doors.b[door] : doors.a[door]
      const through = reached + doors.walk[door] + passing(n, door, access)
      if (through >= cost[there]) continue
      cost[there] = through
      first[there] = door
      if (inRing[there] === 1) continue
      inRing[there] = 1
      ring[tail] = there
      tail = (tail + 1) & (RING - 1)
    }
  }
}
