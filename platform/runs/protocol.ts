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
      readonly model: number
      readonly seed: number
      readonly from: number
      readonly to: number
      readonly lastBlock: number
      readonly last: number
    }
  | { readonly do: 'forget'; readonly model: number }

export type Answer =
  | { readonly did: 'load'; readonly model: number; readonly hash: string }
  | {
      readonly did: 'play'
      readonly model: number
      readonly from: number
      readonly results: readonly BlockResult[]
      readonly milliseconds: number
    }
  | { readonly did: 'fail'; readonly model: number; readonly message: string }
