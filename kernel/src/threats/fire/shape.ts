/** What an author says about a fire, what it is compiled to, and what changes during the night. */
import type { Distribution } from '../../random/distribution.ts'
import type { ThreatCommon } from '../common.ts'

export interface Fire {
  readonly kind: 'fire'
  /** `cell`: one cell of the zone burns, behind its door; `room`: the zone itself. */
  readonly seat: 'cell' | 'room'
  /** kW/s², as drawn for the night. */
  readonly growth: Distribution
  /** Most heat that the fuel gives, kW, and all of it, kJ. */
  readonly peakHeat: number
  readonly fuel: number
  /** kJ for each kg burnt. */
  readonly heatOfCombustion: number
  /** kg for each kg burnt: carbon monoxide with air enough and without, and soot. */
  readonly yields: { readonly monoxide: number; readonly monoxidePoor: number; readonly soot: number }
  /** Air exchanged through an opening, m/s over its area: in the room of origin, and between zones. */
  readonly exchange: { readonly seat: number; readonly zones: number }
  /** Area of the gaps of a closed door, m². */
  readonly gaps: number
  /** Smoke, as extinction 1/m: a detector answers, a person notices, nobody can stay without apparatus. */
  readonly smoke: { readonly detected: number; readonly noticed: number; readonly unbearable: number }
  /** Until prisoners make themselves heard, s. */
  readonly calls: Distribution
  /** Mean seconds for an officer in visible smoke to report it. */
  readonly noticing: number
  /** Dose (1 overcomes half of all people) at which somebody is overcome: median and spread of its logarithm; how many
   * times that kills; and how much of the dose of the landing reaches a closed solid-fronted cell. */
  readonly dose: { readonly median: number; readonly sigma: number; readonly lethal: number; readonly cell: number }
  /** A fire hotter than this (kW) passes to the next zone through an open door, after this time on average (s). */
  readonly spread: { readonly heat: number; readonly after: number }
  /** Whether the door of the cell of origin stands open from the start. */
  readonly doorOpen: boolean
}

/** Parameters that effects may scale. */
export const PARAMETERS = ['exchange', 'spread'] as const
export const EXCHANGE = 0
export const SPREAD = 1

/** Step of the balances, s; and once the fire is out. */
export const STEP = 5
export const STEP_AFTER = 30

// What is logged about it.
export const FIRE_HEAT = 0
export const FIRE_OVERCOME = 1
export const FIRE_DEATH = 2
export const FIRE_SPREADS = 3
export const FIRE_OUT = 4

export interface CompiledFire extends ThreatCommon {
  readonly kind: 'fire'
  readonly source: Fire
  readonly growth: number
  readonly growthKey: number
  readonly calls: number
  /** First place of each zone's people, and one more for the end. */
  readonly peopleAt: Int32Array
  readonly personKeys: Uint32Array
  readonly noticeKeys: Uint32Array
  readonly spreadKeys: Uint32Array
  readonly sensors: number
  readonly figures: {
    readonly heat: number
    readonly peakHeat: number
    readonly overcome: number
    readonly deaths: number
    readonly smokyNow: number
    readonly smoky: number
    readonly burning: number
    readonly dose: number
    readonly monoxide: number
    readonly inside: number
  }
}

// Places in `x`.
export const GROWTH = 0
/** When the balances were last struck, s. */
export const STRUCK_AT = 1
/** What the hoses in use can bring down together, kW, and how fast, s. */
export const WATER = 2
export const KNOCKDOWN = 3

// Places in `count`.
/** People in the cell of origin. */
export const IN_CELL = 0
/** The zone of origin. */
export const ORIGIN = 1
/** Zones that smoke has reached. */
export const REACHED = 2

export interface FireState {
  readonly parameter: Float64Array
  readonly x: Float64Array
  readonly count: Int32Array
  /** By zone and, last, for the cell of origin: kg of soot, kg of carbon monoxide, kJ that the air there still lets burn. */
  readonly soot: Float64Array
  readonly monoxide: Float64Array
  readonly air: Float64Array
  /** Dose since the onset, in the open and in a closed cell. */
  readonly dose: Float64Array
  readonly doseCell: Float64Array
  /** By zone: when it caught fire (Infinity: not), kW now, kJ burnt, what part water has left of the heat. */
  readonly litAt: Float64Array
  readonly heat: Float64Array
  readonly burnt: Float64Array
  readonly left: Float64Array
  /** By zone: smoke has come; has been full of it; an officer has smelt it; people known to the balance, rescued of them. */
  readonly reached: Uint8Array
  /** The zones that smoke has reached, in the order in which it came. */
  readonly smoke: Int32Array
  readonly smoked: Uint8Array
  readonly smelt: Uint8Array
  readonly known: Int32Array
  readonly rescued: Int32Array
  /** The dose at which the next of them is overcome or dies. */
  readonly least: Float64Array
  /** By door: seconds of fire that the far side still bears, −1 before the first. */
  readonly bears: Float64Array
  readonly sensed: Uint8Array
  /** By person: dose that overcomes, dose they were spared while in cell, and where they are. */
  readonly threshold: Float64Array
  readonly spared: Float64Array
  readonly person: Uint8Array
}

/** Smoke has come to `zone`. */
export function reach(s: FireState, zone: number): void {
  if (s.reached[zone] === 1) return
  s.reached[zone] = 1
  s.smoke[s.count[REACHED]] = zone
  s.count[REACHED] = s.count[REACHED] + 1
}
