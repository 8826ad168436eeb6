/** What an outbreak is made of: its figures, its tables, what it keeps for a night. */
import type { Clocks } from '../../clock/clocks.ts'
import type { Distribution } from '../../random/distribution.ts'
import type { Lists } from '../../world/model.ts'
import type { ThreatCommon } from '../common.ts'

export interface Outbreak {
  readonly kind: 'outbreak'
  /** Secondary cases of one case in an establishment full of susceptible people, without measures. */
  readonly reproduction: Distribution
  /** Mean seconds from infection to infectiousness, and of infectiousness. */
  readonly latent: number
  readonly infectious: number
  /** Shares of all contacts; they add up to one. */
  readonly contacts: { readonly zone: number; readonly near: number; readonly establishment: number; readonly staff: number }
  /** Contacts within a zone whose cells have solid fronts, compared with open ones. */
  readonly solid: number
  /** People already incubating who arrive in the zone where it starts. */
  readonly arriving: Distribution
  /** Infections brought in by staff from outside, per second. */
  readonly imported: number
  /** Chance that a case is noticed by its signs, and mean seconds until then. */
  readonly symptoms: { readonly share: number; readonly after: number }
  /** An isolated case infects this much, compared with one that is not; so many can be isolated without a plan. */
  readonly leak: number
  readonly places: number
  readonly fatality: number
}

export const PARAMETERS = ['contacts', 'near', 'establishment', 'staff', 'leak', 'imported', 'symptoms'] as const
export const CONTACTS = 0
export const NEAR = 1
export const ESTABLISHMENT = 2
export const STAFF = 3
export const LEAK = 4
export const IMPORTED = 5
export const SYMPTOMS = 6

/** Each group is a record of doubles in `x`, at group · 11. The last group is the staff. */
export const GROUP = 11
export const SUSCEPTIBLE = 0
export const EXPOSED = 1
export const INFECTIOUS = 2
export const KNOWN = 3
export const RECOVERED = 4
/** What its rate is made of, in this order. */
export const INFECT = 5
export const TURN = 6
export const RECOVER = 7
export const FIND = 8
export const RECOVER_KNOWN = 9
/** 1 / people of the group, which never changes. */
export const SHARE = 10

export interface CompiledOutbreak extends ThreatCommon {
  readonly kind: 'outbreak'
  readonly source: Outbreak
  /** Zones in which people are held; the group of each zone, −1 for none. */
  readonly groups: Int32Array
  readonly groupOf: Int32Array
  /** 1 for zones whose cells have solid fronts. */
  readonly solid: Uint8Array
  readonly near: Lists
  /** Of each group, of the staff and of the whole establishment. */
  readonly keys: Uint32Array
  readonly deathKeys: Uint32Array
  readonly staffKey: number
  readonly staffCount: number
  readonly reproduction: number
  readonly arriving: number
  readonly arrivingKey: number
  readonly figures: {
    readonly infectious: number
    readonly known: number
    readonly infected: number
    readonly peak: number
    readonly found: number
    readonly staffInfected: number
    readonly deaths: number
  }
}

export interface OutbreakState {
  readonly x: Float64Array
  readonly clocks: Clocks
  readonly parameter: Float64Array
  readonly total: Float64Array
  readonly sick: Uint8Array
}

// Places in `total`.
/** What all prisoners together infect, in unisolated cases; how many there are; how many could still catch it. */
export const WEIGHT = 0
export const PEOPLE = 1
export const AT_RISK = 2
/** Infected and not over it, staff included; prisoners isolated, and places for them. */
export const ACTIVE = 3
export const ISOLATED = 4
export const PLACES = 5
/** Cases found by testing, per infectious person and second. */
export const TESTING = 6
/** The reproduction number of this night. */
export const REPRODUCTION = 7
/** What follows from the parameters: what an isolated case infects, compared with one that is not; infections by one
 * unisolated case among people who are all susceptible, per second; cases that show themselves, per infectious person and
 * second. */
export const LEAKAGE = 8
export const PER_CASE = 9
export const SHOWING = 10

/** Weights are whole multiples of 1/1024, so that their sums are exact in any order. */
export const GRAIN = 1024
