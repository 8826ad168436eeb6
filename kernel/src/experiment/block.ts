/** Nights by the block: the unit in which work is handed out, hashed and put together again. */
import { Digest } from '../world/hash.ts'
import type { Night } from '../world/night.ts'
import { succeeded } from '../world/outcomes.ts'
import { replicate } from '../world/replicate.ts'
import { addToTally, tallySize } from './tally.ts'

/** Nights in a block. Part of every digest: it never changes. */
export const BLOCK = 256

/** Tasks and officers are counted in every night of the first blocks, and in one night of four after that: what is said
 * about them does not need more, and counting takes a tenth of the time. */
const COUNTED_IN_FULL = 16

/** What a block of nights gives. `outcomes`: by measure its `count` values, or the one value that it had in every night: most
 * measures hardly vary, and what is sent from worker to worker costs time. */
export interface BlockResult {
  readonly block: number
  readonly count: number
  readonly outcomes: readonly (Float64Array | number)[]
  /** 1 for a night that met every criterion of success. */
  readonly success: Uint8Array
  readonly tally: Float64Array
  /** Hash of all outcomes, night by night. */
  readonly digest: string
}

/** Plays the first `count` nights of block `block` under `seed`. */
export function simulateBlock(n: Night, seed: number, block: number, count: number = BLOCK): BlockResult {
  const m = n.model
  const measures = m.measures.length
  const outcomes = new Float64Array(measures * count)
  const success = new Uint8Array(count)
  const tally = new Float64Array(tallySize(m))
  const digest = new Digest()
  for (let k = 0; k < count; k++) {
    replicate(n, seed, block * BLOCK + k, outcomes, k, count)
    if (block < COUNTED_IN_FULL || (k & 3) === 0) addToTally(n, tally)
    if (succeeded(m, outcomes, k, count)) success[k] = 1
    for (let measure = 0; measure < measures; measure++) digest.double(outcomes[measure * count + k])
  }
  const columns = m.measures.map((_, measure) => column(outcomes.subarray(measure * count, (measure + 1) * count)))
  return { block, count, outcomes: columns, success, tally, digest: digest.hex() }
}

function column(values: Float64Array): Float64Array | number {
  for (let k = 1; k < values.length; k++) if (!Object.is(values[k], values[0])) return values.slice()
  return values[0]
}
