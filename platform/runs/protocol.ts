/** What a worker is told, and what it answers. */
import type { BlockResult } from '@aman/kernel/experiment/block'
import type { Variation } from '@aman/kernel/experiment/variants'
import type { StudyBundle } from '../packs/bundle.ts'

/** A study with options, an hour and at most one variation: everything that makes a model. */
export interface Case {
  readonly bundle: StudyBundle
  readonly options: readonly string[]
  readonly at?: number
  readonly variation?: Variation
}

/** What is asked of a case in a comparison: for each night, whether it succeeded, and the clock of the question. */
export interface Sample {
  readonly success: Uint8Array
  readonly clock: Float64Array
}

/** A case without its bundle, which workers know by a number. */
export type Choice = Omit<Case, 'bundle'>

export type Request =
  /** Keep a bundle under a number. */
  | { readonly do: 'know'; readonly study: number; readonly bundle: StudyBundle }
  /** Make the model of a case of it, and keep it under a number. */
  | { readonly do: 'load'; readonly model: number; readonly study: number; readonly choice: Choice }
  /** Play blocks `from` to `to` (not included); block `lastBlock` has `last` nights. */
  | {
      readonly do: 'play'
      readonly ticket: number
      readonly model: number
      readonly seed: number
      readonly from: number
      readonly to: number
      readonly lastBlock: number
      readonly last: number
    }
  | { readonly do: 'forget'; readonly model: number }
  /** Make the model of a case, play its first nights, and forget it again. */
  | {
      readonly do: 'sample'
      readonly ticket: number
      readonly study: number
      readonly choice: Choice
      readonly seed: number
      readonly nights: number
    }

export type Answer =
  | { readonly did: 'load'; readonly model: number; readonly hash: string }
  | {
      readonly did: 'play'
      readonly ticket: number
      readonly model: number
      readonly from: number
      readonly results: readonly BlockResult[]
      readonly milliseconds: number
    }
  | { readonly did: 'sample'; readonly ticket: number; readonly sample: Sample }
  | { readonly did: 'fail'; readonly model: number; readonly message: string }
