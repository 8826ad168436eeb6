/** What the kernel is asked about: an establishment, its staff, a plan and some trouble. Plain data, already checked and
 * in SI units (seconds, metres, kilowatts); times of day are seconds after midnight. Everything is referred to by id.
 *
 * This is the whole language of the kernel: there is nothing a model can say that is not in this file.
 */
import type { Distribution } from '../random/distribution.ts'
import type { Threat } from '../threats/threat.ts'

export interface Scene {
  readonly facility: Facility
  readonly roster: Roster
  /** Plans in force tonight. A plan answers the threat whose kind it names. */
  readonly plans: readonly Plan[]
  /** Trouble of the night. The first starts at the onset; others start when their `starts` condition is met. */
  readonly threats: readonly ThreatUse[]
  /** When the night may begin. */
  readonly onset: Onset
  /** How long a night is followed at most, seconds. */
  readonly horizon: number
  /** What counts as success: every criterion met. Empty: there is nothing to succeed at. */
  readonly success: readonly Criterion[]
  /** The mark whose clock the question is about; tasks on the way to it are the critical ones. Default: the last completion. */
  readonly clock?: string
}

/** `at`: this second of the week (Monday 00:00 = 0). Otherwise uniform over the hours between, any day. */
export type Onset =
  | { readonly kind: 'at'; readonly secondOfWeek: number }
  | { readonly kind: 'between'; readonly from: number; readonly to: number }

export interface Criterion {
  readonly measure: string
  readonly atMost?: number
  readonly atLeast?: number
}

// --- place ------------------------------------------------------------------------------------------------------------

export interface Facility {
  /** Walking speed of staff, m/s. */
  readonly walkingSpeed: number
  /** Daylight from and to, seconds after midnight. */
  readonly daylight: readonly [number, number]
  /** People through a doorway: most persons per second and metre of effective width, and the width lost at each side, m. */
  readonly doorFlow: { readonly perMetre: number; readonly boundary: number }
  /** Places by what they are for: `command-post`, `control-room`, `gate`, `assembly`… */
  readonly roles: Readonly<Record<string, string>>
  readonly zones: readonly Zone[]
  readonly doors: readonly Door[]
  readonly sensors: readonly Sensor[]
  readonly sources: readonly PowerSource[]
  readonly circuits: readonly Circuit[]
  /** Parts of the day, by the hour at which they begin. At least one. */
  readonly regimes: readonly { readonly id: string; readonly from: number }[]
  readonly visitsPerDay: number
}

export interface Zone {
  readonly id: string
  readonly kind: string
  /** Where its middle is on the drawing, m. */
  readonly at: readonly [number, number]
  /** m² */
  readonly area: number
  /** m */
  readonly height: number
  /** Open air: smoke does not gather, lamps are not needed by day. */
  readonly outside: boolean
  /** Beyond the perimeter. */
  readonly beyond: boolean
  readonly cells?: Cells
  /** Air changes per hour. */
  readonly ventilation: number
  /** The circuit that feeds its lamps. */
  readonly lights?: string
  /** People held here by regime: out of their cells, and locked in them. */
  readonly people: Readonly<Record<string, { readonly unlocked: number; readonly locked: number }>>
}

export interface Cells {
  readonly count: number
  /** Who is locked in breathes the air of the landing (`open`: bars or a dormitory) or lags behind it (`solid`). */
  readonly front: 'open' | 'solid'
  /** Key class that opens a cell. */
  readonly key: string
  /** Area of the opening of a cell with its door open and shut (hatch, gaps), m², and its height, m. */
  readonly opening: { readonly open: number; readonly shut: number; readonly height: number }
  /** m³ */
  readonly volume: number
}

export type DoorState = 'open' | 'closed' | 'locked'

export interface Door {
  readonly id: string
  readonly between: readonly [string, string]
  /** m; absent: midway between the two zones. */
  readonly at?: readonly [number, number]
  /** Clear width, m. */
  readonly width: number
  /** Normal state by regime id. */
  readonly normally: Readonly<Record<string, DoorState>>
  /** Key class that opens it when locked; absent: no key does. */
  readonly key?: string
  /** Opened from the control room on request, while its circuit and the operator are there. */
  readonly remote: boolean
  /** Seconds to get through when closed and when locked. */
  readonly passing: { readonly closed: number; readonly locked: number }
  /** Walking seconds from middle to middle in place of the measured ones. */
  readonly walk?: number
  readonly circuit?: string
  /** What a door on a dead circuit does. */
  readonly powerLoss: 'stays' | 'locks' | 'unlocks'
  /** Time for a crowd to force it, seconds; absent: it holds. */
  readonly forced?: Distribution
}

export interface Sensor {
  readonly id: string
  readonly kind: 'camera' | 'motion' | 'fence' | 'door-contact' | 'smoke' | 'heat' | 'alarm-button'
  /** Zones or doors it watches. */
  readonly covers: readonly string[]
  /** Chance to notice one passing (for smoke and heat: to work at all once the level is reached). */
  readonly chance: number
  /** Out of order on a given night. */
  readonly fault: number
  /** Needs this circuit alive. */
  readonly circuit?: string
  /** Needs light in the zone. */
  readonly light: boolean
  /** Needs somebody with this skill at their post, looking: share of the time in which they do. */
  readonly operator?: { readonly skill: string; readonly attention: number }
  /** From the event to the operator's knowing, seconds. */
  readonly delay: Distribution
}

export interface PowerSource {
  readonly id: string
  readonly kind: 'mains' | 'battery' | 'generator'
  /** Battery: how long it lasts. Generator: how long its fuel lasts. */
  readonly lasts?: Distribution
  /** Generator: chance that it starts, and seconds until it carries load. */
  readonly starts?: { readonly chance: number; readonly after: Distribution }
}

export interface Circuit {
  readonly id: string
  readonly serves: 'lights' | 'cameras' | 'locks' | 'radio' | 'kitchen' | 'heating' | 'other'
  /** Any one of these alive keeps it alive. */
  readonly from: readonly string[]
}

// --- people -----------------------------------------------------------------------------------------------------------

export interface Roster {
  readonly shifts: readonly Shift[]
  readonly staff: readonly Staff[]
  /** Key sets, by the officer who carries them. */
  readonly keySets: readonly { readonly id: string; readonly opens: readonly string[]; readonly holder: string }[]
  readonly agencies: readonly Agency[]
  /** Things that can be in use by one task at a time: hoses, riot kit, vehicles. */
  readonly equipment: readonly { readonly id: string; readonly kind: string }[]
}

export interface Shift {
  readonly id: string
  /** Seconds after midnight; `to` before `from` runs past midnight. */
  readonly from: number
  readonly to: number
  /** Days of the week on which it begins, Monday = 0. */
  readonly days: readonly number[]
}

export interface Staff {
  readonly id: string
  readonly post: string
  readonly skills: readonly string[]
  readonly shifts: readonly string[]
  /** Chance to be absent on a day of duty. */
  readonly absence: number
  /** Never leaves the post. */
  readonly stays: boolean
  /** How much order this person's presence keeps, officers' worth. */
  readonly presence: number
  /** Carries breathing apparatus. */
  readonly breathing: boolean
  /** Equipped and trained to enter a place lost to disorder. */
  readonly shielded: boolean
}

export interface Agency {
  readonly id: string
  readonly staff: number
  readonly skills: readonly string[]
  /** From the call to the gate, seconds. */
  readonly arrives: Distribution
  /** From the gate to the inside once admission begins, seconds; absent: the plan must admit them. */
  readonly admission?: Distribution
  /** Key classes of the escort that goes with them. */
  readonly keys: readonly string[]
  readonly presence: number
  readonly breathing: boolean
  readonly shielded: boolean
}

// --- plan -------------------------------------------------------------------------------------------------------------

export interface Plan {
  readonly id: string
  /** The kind of threat it answers. */
  readonly answers: Threat['kind']
  /** Who asks first of tasks that become ready together: the more urgent (ties by id), or the first by id. */
  readonly asking?: 'by-priority' | 'by-id'
  readonly tasks: readonly Task[]
}

export type Level = 'gold' | 'silver' | 'bronze' | 'first-officer'

export interface Task {
  readonly id: string
  readonly level: Level
  /** All of these, and if `any` is not empty one of those. With neither: at the onset. */
  readonly all: readonly Condition[]
  readonly any: readonly Condition[]
  /** All of the needs are met at once, or the task waits. */
  readonly needs: readonly Need[]
  /** Equipment kinds, one of each. */
  readonly equipment: readonly string[]
  /** `incident`, `adjacent`, `post` (where the first officer happens to be), a role or a zone. */
  readonly place: string
  readonly duration: Distribution
  /** Smaller is sooner served. */
  readonly priority: number
  /** Not begun this long after it became ready: it fails. */
  readonly deadline?: number
  /** Chance that it turns out not to be needed: done at once. */
  readonly skip: number
  /** Chance of being forgotten, and when somebody remembers (absent: never). */
  readonly forgotten: number
  readonly remembered?: Distribution
  /** Chance that the work is done and did not succeed. */
  readonly fails: number
  readonly work?: Work
  readonly onStart: readonly Effect[]
  readonly onDone: readonly Effect[]
  readonly onFailed: readonly Effect[]
}

export interface Need {
  readonly skill: string
  readonly count: number
  /** A key class that each of them must carry. */
  readonly key?: string
  readonly breathing?: boolean
  readonly shielded?: boolean
}

export type Condition =
  | { readonly kind: 'task'; readonly task: string; readonly outcome: 'done' | 'failed' | 'ended' | 'started' }
  | { readonly kind: 'mark'; readonly mark: string }
  | { readonly kind: 'elapsed'; readonly since: string; readonly seconds: number }
  | { readonly kind: 'measure'; readonly measure: string; readonly above?: number; readonly below?: number }

/** Work that goes on while the officers are there, step by step, instead of or beside a duration. */
export type Work =
  /** Stay until the mark is set (or the night ends). */
  | { readonly kind: 'hold'; readonly until: string }
  /** Open the cells of a zone one after another; who comes out goes to `to`. One step is one cell and one officer. */
  | { readonly kind: 'unlock'; readonly zone: string; readonly to: string; readonly perCell: Distribution }
  /** Lock the people of a zone into their cells. */
  | { readonly kind: 'lock-up'; readonly zone: string; readonly perCell: Distribution }
  /** Lead everybody who is out of cell from a zone to another, at the pace of the narrowest doorway. */
  | { readonly kind: 'evacuate'; readonly zone: string; readonly to: string }
  /** Carry out who has been overcome. */
  | { readonly kind: 'rescue'; readonly zone: string; readonly to: string; readonly perPerson: Distribution }
  /** Water or foam on the fire: up to this heat (kW) it falls with this time constant (s). */
  | { readonly kind: 'fight-fire'; readonly capacity: number; readonly knockdown: number }
  /** Talk with hostage takers. `quality` 1 is a trained team, less is somebody who happens to be there. */
  | { readonly kind: 'negotiate'; readonly quality: number; readonly until: string }

export type Effect =
  | { readonly kind: 'mark'; readonly mark: string }
  /** `zones`: the doors of these zones; `doors`: these. `incident` stands for the zone of the threat. */
  | { readonly kind: 'doors'; readonly to: DoorState; readonly doors: readonly string[]; readonly zones: readonly string[] }
  | { readonly kind: 'call'; readonly agency: string }
  | { readonly kind: 'admit'; readonly agency: string }
  | { readonly kind: 'cordon'; readonly zone: string }
  /** Multiplies a parameter of the threat this plan answers. */
  | { readonly kind: 'scale'; readonly parameter: string; readonly by: number }
  /** Everybody in these zones (`all`: everywhere) is locked in, at once, as an order that wings carry out themselves. */
  | { readonly kind: 'confine'; readonly zones: readonly string[] }
  | { readonly kind: 'release'; readonly zones: readonly string[] }
  | { readonly kind: 'withdraw'; readonly zone: string }
  | { readonly kind: 'ventilate'; readonly zone: string; readonly airChanges: number }
  /** Escape: whoever is still on the way is stopped. */
  | { readonly kind: 'intercept' }
  /** Escape: looking again, with this chance to notice what has happened. */
  | { readonly kind: 'look'; readonly chance: number }
  /** Hostage-taking: entry by force. */
  | { readonly kind: 'assault' }
  /** Outage: a source works again, or a second try to start it. */
  | { readonly kind: 'restore'; readonly source: string }
  | { readonly kind: 'start-source'; readonly source: string; readonly chance: number }
  /** Outbreak: everybody is tested at this interval from now on (s), with this chance to find a case, known after a delay. */
  | { readonly kind: 'test'; readonly every: number; readonly sensitivity: number; readonly delay: number }
  | { readonly kind: 'isolate'; readonly places: number }
  | { readonly kind: 'visits'; readonly open: boolean }

// --- trouble ----------------------------------------------------------------------------------------------------------

export interface ThreatUse {
  /** Unique in the scene; for the first threat usually its kind. */
  readonly id: string
  readonly threat: Threat
  /** Where it may begin: zone ids with weights, or kinds of zone (then weighted by people there); or where another threat is. */
  readonly where: { readonly zones?: Readonly<Record<string, number>>; readonly kinds?: readonly string[]; readonly threat?: string }
  /** For a threat that others start: when, with what chance, how much later. */
  readonly starts?: {
    readonly all: readonly Condition[]
    readonly any: readonly Condition[]
    readonly chance: number
    readonly after: Distribution
  }
}
