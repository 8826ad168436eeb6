/** One buffer for everything that changes during a night, handed out as typed columns in a fixed order.
 *
 * The same sequence of calls gives the same layout: called once without a buffer it measures, called with one it makes
 * the views. So a snapshot of a night is a copy of one buffer.
 */
export class Arena {
  readonly buffer: ArrayBuffer | undefined
  #bytes = 0

  constructor(buffer?: ArrayBuffer) {
    this.buffer = buffer
  }

  get bytes(): number {
    return this.#bytes
  }

  /** `count` doubles. */
  doubles(count: number): Float64Array {
    const at = this.#take(count * 8)
    return this.buffer ? new Float64Array(this.buffer, at, count) : new Float64Array(0)
  }

  /** `count` 32-bit integers. */
  integers(count: number): Int32Array {
    const at = this.#take(count * 4)
    return this.buffer ? new Int32Array(this.buffer, at, count) : new Int32Array(0)
  }

  /** `count` bytes. */
  octets(count: number): Uint8Array {
    const at = this.#take(count)
    return this.buffer ? new Uint8Array(this.buffer, at, count) : new Uint8Array(0)
  }

  #take(bytes: number): number {
    const at = this.#bytes
    this.#bytes += (bytes + 7) & ~7
    return at
  }
}
