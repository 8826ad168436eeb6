/** Blocks put together again, in the order of their nights, whatever the order in which they came. */
import { Digest } from '../world/hash.ts'
import type { Model } from '../world/model.ts'
import { BLOCK, type BlockResult } from './block.ts'
import { tallySize } from './tally.ts'

export class Summary {
  readonly model: Model
  /** By measure: its values, or the one value that it has had in every night so far. */
  readonly #columns: (Float64Array | number)[]
  #success: Uint8Array
  readonly tally: Float64Array
  readonly #digest = new Digest()
  readonly #early = new Map<number, BlockResult>()
  readonly #enough: ((summary: Summary) => boolean) | undefined
  #closed = false
  #next = 0
  #nights = 0
  #hits = 0

  /** `expected`: nights to make room for; more are taken as they come. `enough` is asked after every block, in their order;
   * once it says yes, no more are taken: so where one stops does not depend on how blocks come in. */
  constructor(model: Model, expected = 4096, enough?: (summary: Summary) => boolean) {
    this.model = model
    this.#enough = enough
    this.#columns = model.measures.map(() => NaN)
    this.#success = new Uint8Array(expected)
    this.tally = new Float64Array(tallySize(model))
  }

  /** Takes a block; those that come before their turn are kept until then. */
  add(result: BlockResult): void {
    this.#early.set(result.block, result)
    for (let next = this.#early.get(this.#next); next !== undefined && !this.#closed; next = this.#early.get(this.#next)) {
      this.#early.delete(this.#next)
      this.#take(next)
      this.#next++
      this.#closed = this.#enough?.(this) === true
    }
  }

  #take({ count, outcomes, success, tally, digest }: BlockResult): void {
    const from = this.#nights
    const room = this.#success.length
    if (from + count > room) this.#grow(Math.max(2 * room, from + count))
    for (let measure = 0; measure < this.#columns.length; measure++) {
      this.#append(measure, outcomes[measure], count)
    }
    this.#success.set(success, from)
    for (let k = 0; k < count; k++) this.#hits += success[k]
    for (let k = 0; k < tally.length; k++) this.tally[k] = this.tally[k] + tally[k]
    this.#digest.text(digest)
    this.#nights += count
  }

  #append(measure: number, values: Float64Array | number, count: number): void {
    const from = this.#nights
    let column = this.#columns[measure]
    if (typeof column === 'number') {
      if (typeof values === 'number' && (from === 0 || Object.is(values, column))) {
        this.#columns[measure] = values
        return
      }
      column = new Float64Array(this.#success.length).fill(column, 0, from)
      this.#columns[measure] = column
    }
    if (typeof values === 'number') column.fill(values, from, from + count)
    else column.set(values, from)
  }

  #grow(room: number): void {
    this.#columns.forEach((column, measure) => {
      if (typeof column === 'number') return
      const larger = new Float64Array(room)
      larger.set(column)
      this.#columns[measure] = larger
    })
    const larger = new Uint8Array(room)
    larger.set(this.#success)
    this.#success = larger
  }

  /** Nights taken so far, all from the first on without a gap. */
  get nights(): number {
    return this.#nights
  }

  /** Blocks taken so far; the number of the next one wanted. */
  get blocks(): number {
    return this.#next
  }

  /** No more blocks are taken. */
  get closed(): boolean {
    return this.#closed
  }

  get hits(): number {
    return this.#hits
  }

  /** Values of a measure, night by night. */
  column(measure: number): Float64Array {
    const column = this.#columns[measure]
    return typeof column === 'number' ? new Float64Array(this.#nights).fill(column) : column.subarray(0, this.#nights)
  }

  get success(): Uint8Array {
    return this.#success.subarray(0, this.#nights)
  }

  /** Hash of all outcomes in the order of the nights: equal for any number of threads or machines. */
  get digest(): string {
    return this.#digest.hex()
  }
}

/** How many blocks `nights` take, and how many nights the last of them has. */
export function blocksFor(nights: number): { readonly blocks: number; readonly last: number } {
  const blocks = Math.ceil(nights / BLOCK)
  return { blocks, last: nights - (blocks - 1) * BLOCK }
}
