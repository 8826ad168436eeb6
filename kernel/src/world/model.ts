/** A scene compiled to flat tables: what the engine reads while it runs. Nothing here changes during a night.
 *
 * Entities are numbered in the order of their ids, so that "ties by id" is "the smaller number". Lists of lists are
 * stored as one array and the places where each list starts (`start[i]` to `start[i + 1]`).
 */
import type { Samplers } from '../random/distribution.ts'
import type { CompiledThreat } from '../threats/threat.ts'

/** Many short lists in one array. */
export interface Lists {
  readonly start: Int32Array
  readonly items: Int32Array
}

export interface Model {
  /** Identifies the compiled tables: equal hashes mean equal models. */
  readonly hash: string
  /** Bytes of state of one night. */
  readonly bytes: number
  /** Length of `i` and `f`, here and in a night: see `layout.ts`. */
  readonly words: number
  readonly i: Int32Array
  readonly f: Float64Array
  /** Address of the waiting list, in `i` of a night. */
  readonly waitingAt: number
  /** Addresses of tasks and officers. */
  readonly taskAt: number
  readonly officerAt: number
  /** Who hears of something: the address of a task that was waiting for it, or −1 − the number of a condition that is an
   * alternative or starts a timer. */
  readonly listeners: Int32Array
  readonly horizon: number
  readonly samplers: Samplers
  readonly keys: { readonly hour: number; readonly start: number }
  /** Second of the week, or the hours of the day between which it is drawn. */
  readonly onset: { readonly from: number; readonly span: number; readonly drawn: boolean }
  readonly zones: Zones
  readonly doors: Doors
  readonly sensors: Sensors
  readonly power: Power
  readonly regimes: { readonly count: number; readonly from: Float64Array; readonly ids: readonly string[] }
  readonly daylight: readonly [number, number]
  readonly doorFlow: { readonly perMetre: number; readonly boundary: number }
  readonly staff: StaffTable
  readonly shifts: Shifts
  readonly agencies: Agencies
  readonly equipment: { readonly ids: readonly string[]; readonly kind: Int32Array; readonly kinds: readonly string[] }
  readonly tasks: Tasks
  readonly conditions: Conditions
  readonly effects: Effects
  readonly marks: { readonly names: readonly string[]; readonly start: Int32Array }
  readonly figures: { readonly names: readonly string[]; readonly units: readonly string[]; readonly watchers: Lists }
  readonly threats: readonly CompiledThreat[]
  readonly measures: readonly Measure[]
  /** The same as tables: see `outcomes.ts`. */
  readonly measureFrom: Uint8Array
  readonly measureIndex: Int32Array
  readonly measureOnset: Int32Array
  readonly success: readonly { readonly measure: number; readonly low: number; readonly high: number }[]
  /** The mark whose clock the question is about, or −1 for the last completion. */
  readonly clock: number
  readonly visitsPerDay: number
  /** Zone of the control room, −1 where there is none. */
  readonly controlRoom: number
  /** What each slot of the agenda belongs to, and which of them. */
  readonly slots: { readonly kind: Uint8Array; readonly ref: Int32Array }
  /** Something depends on where it is dark. */
  readonly usesLight: boolean
  /** Figures that several parts of the kernel keep. */
  readonly staffHurt: number
  readonly doorsForced: number
}

/** Units of measures and figures. `share` and `stage` are plain numbers; `yes-no` is 1 or 0. */
export type Unit =
  | 's'
  | 'hours'
  | 'persons'
  | 'person-hours'
  | 'zones'
  | 'doors'
  | 'visits'
  | 'kW'
  | 'kg'
  | 'doses'
  | 'steps'
  | 'stage'
  | 'yes-no'

/** A mark, a figure, the end of the last task, person-hours of confinement, visits that did not take place. */
export const MEASURE_SOURCES = ['mark', 'figure', 'last-completion', 'confined', 'visits'] as const
export type MeasureSource = (typeof MEASURE_SOURCES)[number]

/** What is written down about a night: seconds from the onset of a threat to a mark (Infinity if it never came), the
 * last value of a figure, or something added up over the whole night. */
export interface Measure {
  readonly name: string
  readonly unit: Unit
  readonly from: MeasureSource
  readonly index: number
  /** The mark from which the clock runs, −1 for none. */
  readonly onset: number
}

export interface Zones {
  readonly count: number
  readonly ids: readonly string[]
  readonly x: Float64Array
  readonly y: Float64Array
  readonly area: Float64Array
  readonly volume: Float64Array
  readonly outside: Uint8Array
  readonly beyond: Uint8Array
  /** 1 where something depends on how many officers are there; elsewhere presence is not kept. */
  readonly watchesPresence: Uint8Array
  readonly kind: Int32Array
  readonly kinds: readonly string[]
  readonly cells: Int32Array
  readonly solid: Uint8Array
  readonly cellKey: Int32Array
  readonly cellOpen: Float64Array
  readonly cellShut: Float64Array
  readonly cellHeight: Float64Array
  readonly cellVolume: Float64Array
  readonly ventilation: Float64Array
  readonly lights: Int32Array
  /** regime × zone */
  readonly unlocked: Int32Array
  readonly locked: Int32Array
  /** The doors of each zone, in door order. */
  /** Neighbours in which people would gather: inside before outside, then the one with the most doors, then the larger;
   * never beyond the perimeter. Names do not matter. */
  readonly beside: Lists
  readonly doors: Lists
}

export interface Doors {
  readonly count: number
  readonly ids: readonly string[]
  readonly a: Int32Array
  readonly b: Int32Array
  readonly width: Float64Array
  /** regime × door: 0 open, 1 closed, 2 locked */
  readonly normal: Uint8Array
  /** Bit of the key class, 0 for none. */
  readonly key: Int32Array
  readonly remote: Uint8Array
  readonly passClosed: Float64Array
  readonly passLocked: Float64Array
  readonly walk: Float64Array
  readonly circuit: Int32Array
  readonly powerLoss: Uint8Array
  readonly forced: Int32Array
  readonly forcedKey: Uint32Array
  readonly slot: Int32Array
}

export interface Sensors {
  readonly count: number
  readonly ids: readonly string[]
  readonly kind: readonly string[]
  readonly chance: Float64Array
  readonly fault: Float64Array
  readonly circuit: Int32Array
  readonly needsLight: Uint8Array
  readonly operator: Int32Array
  readonly attention: Float64Array
  readonly delay: Int32Array
  readonly key: Uint32Array
  readonly faultKey: Uint32Array
  readonly delayKey: Uint32Array
  /** Sensors by zone and by door. */
  readonly ofZone: Lists
  readonly ofDoor: Lists
}

export interface Power {
  readonly sources: readonly string[]
  readonly kind: Uint8Array
  readonly lasts: Int32Array
  readonly startChance: Float64Array
  readonly startAfter: Int32Array
  readonly key: Uint32Array
  readonly slot: Int32Array
  readonly circuits: readonly string[]
  readonly serves: readonly string[]
  readonly feeds: Lists
}

export interface StaffTable {
  /** Roster staff first, then agency staff; by id within each. */
  readonly count: number
  readonly roster: number
  readonly ids: readonly string[]
  readonly skills: Int32Array
  readonly skillNames: readonly string[]
  readonly keyNames: readonly string[]
  /** Access classes: key classes, breathing apparatus, shields; and the class that is left without the keys. */
  readonly accessKeys: Int32Array
  readonly accessBreathing: Uint8Array
  readonly accessShielded: Uint8Array
  readonly withoutKeys: Int32Array
  /** The first class that can open the same doors: while no zone is blocked, both go the same ways. */
  readonly accessLike: Int32Array
  /** The access class of somebody with nothing. */
  readonly noAccess: number
  readonly post: Int32Array
  readonly access: Int32Array
  readonly stays: Uint8Array
  readonly presence: Float64Array
  readonly shifts: Int32Array
  readonly absence: Float64Array
  readonly absenceKey: Uint32Array
  readonly agency: Int32Array
  readonly luckKey: Uint32Array
  /** Addresses of those who have each skill. */
  readonly bySkill: Lists
  /** Numbers of those on each shift. */
  readonly byShift: Lists
}

export interface Shifts {
  readonly ids: readonly string[]
  /** Seconds of the day at which a shift begins or ends, ascending. */
  readonly boundaries: Float64Array
  /** Shifts on duty, one bit each, by day of the week and how many boundaries of that day have passed. */
  readonly onDuty: Int32Array
  /** Slot of the change of shift; −1 where the horizon is too short for one. */
  readonly slot: number
}

export interface Agencies {
  readonly ids: readonly string[]
  readonly arrives: Int32Array
  readonly admission: Int32Array
  readonly key: Uint32Array
  readonly slot: Int32Array
  readonly calledMark: Int32Array
  readonly arrivedMark: Int32Array
  readonly admittedMark: Int32Array
  readonly gate: number
}

/** What tasks have beside their records in `i` and `f`, by number. */
export interface Tasks {
  readonly count: number
  readonly ids: readonly string[]
  readonly levels: readonly string[]
  /** Things each task waits for at first. */
  readonly missing: Int32Array
  readonly work: Uint8Array
  /** Where its needs end; where those begin who hear of its start and its failure (one entry more than tasks). */
  readonly needsEnd: Int32Array
  readonly startedHeard: Int32Array
  readonly failedHeard: Int32Array
  readonly needSkill: Int32Array
  readonly needCount: Int32Array
  readonly needKey: Int32Array
  /** 1 where a need asks for more than a skill: a key, breathing apparatus or shields. */
  readonly needSpecial: Uint8Array
  readonly needBreathing: Uint8Array
  readonly needShielded: Uint8Array
  readonly equipment: Lists
  readonly skipKey: Uint32Array
  readonly forgottenKey: Uint32Array
  readonly remembered: Int32Array
  readonly failsKey: Uint32Array
  readonly workZone: Int32Array
  readonly workTo: Int32Array
  readonly workStep: Int32Array
  readonly workStepKey: Uint32Array
  readonly workMark: Int32Array
  /** Addresses of the tasks whose work lasts until a mark. */
  readonly holding: Int32Array
  readonly deadlineSlot: Int32Array
  readonly onStart: Lists
  readonly onDone: Lists
  readonly onFailed: Lists
}

/** Something that tasks wait for; satisfied once and for good. */
export interface Conditions {
  readonly count: number
  /** Address of the task that waits for it. */
  readonly task: Int32Array
  /** 1: one of the alternatives. */
  readonly alternative: Uint8Array
  /** Threshold of a figure, and whether it is to be exceeded (1) or undercut (0). */
  readonly threshold: Float64Array
  readonly above: Uint8Array
  /** Seconds after its mark, and the timer's slot (−1 for no timer). */
  readonly seconds: Float64Array
  readonly slot: Int32Array
}

export interface Effects {
  readonly code: Uint8Array
  readonly a: Int32Array
  readonly b: Int32Array
  readonly x: Float64Array
  readonly y: Float64Array
  readonly key: Uint32Array
  /** Lists of doors or zones that an effect is about. */
  readonly targets: Lists
}
