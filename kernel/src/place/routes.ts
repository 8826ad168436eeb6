/** Shortest ways through the doors that this officer can open now.
 *
 * A row answers, for one access class and one goal: how many seconds from every zone, and through which door first. Rows
 * are worked out when first asked for. Under the doors of a regime they are kept for good; once a door or a blocked zone
 * changes, the night has rows of its own, which hold until the next change.
 */
import { BLOCKED } from '../world/layout.ts'
import type { Model } from '../world/model.ts'
import type { Night } from '../world/night.ts'
import { CLOSED, LOCKED } from './states.ts'

/** Rows by (access class, goal), one entry a zone: the row of class c and goal g begins at (c · zones + g) · zones. */
export class Routes {
  /** Seconds from each zone; Infinity where there is no way. */
  readonly cost: Float64Array
  /** First door on the way from each zone; −1 at the goal and where there is no way. */
  readonly door: Int32Array
  /** The state of the doors for which each row was worked out; a row of another `epoch` is none. */
  readonly #rowEpoch: Int32Array
  #epoch = 1

  constructor(m: Model) {
    const rows = m.staff.accessKeys.length * m.zones.count
    this.cost = new Float64Array(rows * m.zones.count)
    this.door = new Int32Array(rows * m.zones.count)
    this.#rowEpoch = new Int32Array(rows)
  }

  /** Where the row of `access` and `goal` begins in `cost` and `door`. */
  row(n: Night, access: number, goal: number): number {
    const {
      zones: { count: zones },
      staff,
    } = n.model
    const like = n.i[BLOCKED] === 0 ? staff.accessLike[access] : access
    const number = like * zones + goal
    if (this.#rowEpoch[number] !== this.#epoch) {
      this.#rowEpoch[number] = this.#epoch
      search(n, like, goal, this.cost, this.door, number * zones)
    }
    return number * zones
  }

  /** Doors have changed: no row holds any more. */
  forget(): void {
    this.#epoch++
  }
}

/** Seconds from `zone` to `goal` for somebody of this access class. */
export function secondsTo(n: Night, access: number, goal: number, zone: number): number {
  return n.routes.cost[n.routes.row(n, access, goal) + zone]
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
  const room = n.model.controlRoom
  return room < 0 || n.zonePresence[room] > 0
}

/** Whether somebody of this access class may walk into `zone` at all. */
function enters(n: Night, zone: number, access: number): boolean {
  if (n.zoneLost[zone] === 1 && n.model.staff.accessShielded[access] === 0) return false
  return n.zoneSmoky[zone] === 0 || n.model.staff.accessBreathing[access] === 1
}

/** Zones whose cost has fallen since their doors were looked at, in turn. Larger than any number of zones, a power of two. */
const RING = 4096
const ring = new Int32Array(RING)
const inRing = new Uint8Array(RING)

/** From the goal outwards, into `cost` and `first` from `at` on: each zone passes on what it costs until nothing falls any
 * more (Bellman, Ford and Moore). On the trees that prisons are, that looks at each door about twice. */
function search(n: Night, access: number, goal: number, cost: Float64Array, first: Int32Array, at: number): void {
  const { doors, zones } = n.model
  cost.fill(Infinity, at, at + zones.count)
  first.fill(-1, at, at + zones.count)
  if (!enters(n, goal, access)) return
  cost[at + goal] = 0
  ring[0] = goal
  let head = 0
  let tail = 1
  while (head !== tail) {
    const here = ring[head]
    head = (head + 1) & (RING - 1)
    inRing[here] = 0
    // Coming from the far side one walks into this zone, so it is this one that must let them in.
    if (here !== goal && !enters(n, here, access)) continue
    const reached = cost[at + here]
    for (let k = zones.doors.start[here]; k < zones.doors.start[here + 1]; k++) {
      const door = zones.doors.items[k]
      const there = doors.a[door] === here ? doors.b[door] : doors.a[door]
      const through = reached + doors.walk[door] + passing(n, door, access)
      if (through >= cost[at + there]) continue
      cost[at + there] = through
      first[at + there] = door
      if (inRing[there] === 1) continue
      inRing[there] = 1
      ring[tail] = there
      tail = (tail + 1) & (RING - 1)
    }
  }
}
