/** What disorder is made of: its figures, its tables, what it keeps for a night. */
import type { Clocks } from '../../clock/clocks.ts'
import type { Distribution } from '../../random/distribution.ts'
import type { Lists } from '../../world/model.ts'
import type { ThreatCommon } from '../common.ts'

/** All rates per second. Source of the form: reference model B of the project, an epidemic model of collective unrest. */
export interface Disorder {
  readonly kind: 'disorder'
  /** People agitated at the onset, in the zone where it starts. */
  readonly agitated: Distribution
  /** A calm person grows agitated: by themselves; by the mood of the zone; by that of each adjoining zone. */
  readonly spontaneous: number
  readonly within: number
  readonly between: number
  /** An agitated person counts this much against a rioting one. */
  readonly agitatedWeight: number
  /** An agitated person begins to riot: by themselves; through rioters here; through those next door. */
  readonly ignition: number
  readonly escalation: number
  readonly escalationBetween: number
  /** Each officer's worth of presence: calms an agitated person, talks a rioting one down, secures one. */
  readonly calming: number
  readonly talkingDown: number
  readonly securing: number
  /** How much of the mood passes a closed and a locked door, compared with an open one. */
  readonly through: { readonly closed: number; readonly locked: number }
  /** Officers leave a zone when there are more than this many rioters to each officer's worth; absent: they never do. */
  readonly withdrawal?: {
    readonly ratio: number
    /** Chance, for each officer who withdraws, to be hurt, and to lose the keys. */
    readonly hurt: number
    readonly keysLost: number
  }
  /** Rioters needed to force a door; with its keys they need this part of the time. */
  readonly forcing?: { readonly rioters: number; readonly withKeys: number }
  /** People let out of their cells by rioters who have the keys, per second and zone. */
  readonly release: number
  /** Until the control room knows: with an officer in the zone, and without. */
  readonly noticed: { readonly present: Distribution; readonly absent: Distribution }
}

export const PARAMETERS = [
  'spontaneous',
  'within',
  'between',
  'ignition',
  'escalation',
  'escalationBetween',
  'calming',
  'talkingDown',
  'securing',
  'release',
] as const
export const SPONTANEOUS = 0
export const WITHIN = 1
export const BETWEEN = 2
export const IGNITION = 3
export const ESCALATION = 4
export const ESCALATION_BETWEEN = 5
export const CALMING = 6
export const TALKING_DOWN = 7
export const SECURING = 8
export const RELEASE = 9
export const AGITATED_WEIGHT = 10

/** Weights are whole multiples of 1/1024, so that sums of rioters times weights are exact in any order. */
export const GRAIN = 1024

export interface CompiledDisorder extends ThreatCommon {
  readonly kind: 'disorder'
  readonly source: Disorder
  readonly wings: Int32Array
  /** Wing of each zone, −1 for zones in which nobody is held. */
  readonly wingOf: Int32Array
  readonly keys: Uint32Array
  /** For each wing its links; for each link the wing at the other end and the ways there, each a list of doors. */
  readonly links: Lists
  readonly ways: Lists
  readonly wayDoors: Lists
  readonly agitated: number
  readonly agitatedKey: number
  readonly noticedPresent: number
  readonly noticedAbsent: number
  /** Some plan watches how many riot or are agitated. */
  readonly watched: boolean
  readonly figures: {
    readonly rioting: number
    readonly agitated: number
    readonly peak: number
    readonly secured: number
    readonly zonesLostNow: number
    readonly zonesLost: number
  }
}

/** Each wing is a record of doubles in `x`, at wing · 12. */
export const WING = 12
export const CALM = 0
export const AGITATED = 1
export const RIOTING = 2
export const SECURED = 3
/** 1 / people out of cell. */
export const SHARE = 4
/** Officers' worth of presence. */
export const OFFICERS = 5
/** Rioters next door, weighted by how open the way is. */
export const NEAR = 6
/** What its rate is made of, in this order. */
export const STIR = 7
export const CALM_DOWN = 8
export const INFLAME = 9
export const TALK_DOWN = 10
export const SECURE = 11

export interface DisorderState {
  readonly x: Float64Array
  readonly clocks: Clocks
  readonly weight: Float64Array
  readonly parameter: Float64Array
  readonly total: Float64Array
  readonly seen: Int32Array
}

// Places in `total`.
export const RIOTING_IN_ALL = 0
export const AGITATED_IN_ALL = 1
export const STARTED = 2
// Places in `seen`: key classes in the hands of rioters; routes and cordons as last looked at.
export const KEYS = 0
export const ROUTES_SEEN = 1
export const CORDONS_SEEN = 2
