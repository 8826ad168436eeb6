/** Shortest ways through the doors that this officer can open now.
 *
 * A row answers, for one access class and one goal: how many seconds from every zone, and through which door first. Rows
 * are worked out when first asked for. Under the doors of a regime they are kept for good; once a door or a blocked zone
 * changes, the night has rows of its own, which hold until the next change.
 */
import { type Agenda, schedule } from '../clock/agenda.ts'
import { AGENDA, PENDING } from '../world/layout.ts'
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
    const zones = n.model.zones.count
    const number = access * zones + goal
    if (this.#rowEpoch[number] !== this.#epoch) {
      this.#rowEpoch[number] = this.#epoch
      search(n, access, goal, this.cost, this.door, number * zones)
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

const queue: Agenda = { f: new Float64Array(4096), i: new Int32Array(4096) }

/** Dijkstra from the goal outwards, into `cost` and `first` from `at` on. A zone that is reached again on a shorter way
 * stands twice in the queue. */
function search(n: Night, access: number, goal: number, cost: Float64Array, first: Int32Array, at: number): void {
  const { doors, zones } = n.model
  cost.fill(Infinity, at, at + zones.count)
  first.fill(-1, at, at + zones.count)
  if (!enters(n, goal, access)) return
  cost[at + goal] = 0
  queue.i[PENDING] = 0
  schedule(queue, goal, 0, 0)
  while (queue.i[PENDING] > 0) {
    const last = AGENDA + queue.i[PENDING] - 1
    queue.i[PENDING] = queue.i[PENDING] - 1
    const here = queue.i[last] >> 2
    const reached = queue.f[last]
    if (reached > cost[at + here]) continue
    // Coming from the far side one walks into this zone, so it is this one that must let them in.
    if (here !== goal && !enters(n, here, access)) continue
    for (let k = zones.doors.start[here]; k < zones.doors.start[here + 1]; k++) {
      const door = zones.doors.items[k]
      const there = doors.a[door] === here ? doors.b[door] : doors.a[door]
      const through = reached + doors.walk[door] + passing(n, door, access)
      if (through >= cost[at + there]) continue
      cost[at + there] = through
      first[at + there] = door
      schedule(queue, there, through, 0)
    }
  }
}
