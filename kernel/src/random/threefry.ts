/** Chance as a function: the same four numbers always give the same draw, in any order and on any machine.
 *
 * Threefry-2x32 with 13 rounds, a counter-based generator from 32-bit additions, rotations and exclusive ors.
 * Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, Parallel random numbers: as easy as 1, 2, 3, SC'11;
 * 13 rounds is the fewest that passed BigCrush there. The published test vectors are in `test/random.test.ts`.
 */

/** The last block, as two words: written by {@link block}, read by whoever called it. */
export const word = new Int32Array(2)

/** Encrypts the counter (`entity`, `k`) under the key (`seed`, `replication`), all 32-bit words, into {@link word}. */
export function block(seed: number, replication: number, entity: number, k: number): void {
  const k0 = seed | 0
  const k1 = replication | 0
  const k2 = 0x1bd11bda ^ k0 ^ k1
  let a = (entity + k0) | 0
  let b = (k + k1) | 0
  a = (a + b) | 0
  b = ((b << 13) | (b >>> 19)) ^ a
  a = (a + b) | 0
  b = ((b << 15) | (b >>> 17)) ^ a
  a = (a + b) | 0
  b = ((b << 26) | (b >>> 6)) ^ a
  a = (a + b) | 0
  b = ((b << 6) | (b >>> 26)) ^ a
  a = (a + k1) | 0
  b = (b + k2 + 1) | 0
  a = (a + b) | 0
  b = ((b << 17) | (b >>> 15)) ^ a
  a = (a + b) | 0
  b = ((b << 29) | (b >>> 3)) ^ a
  a = (a + b) | 0
  b = ((b << 16) | (b >>> 16)) ^ a
  a = (a + b) | 0
  b = ((b << 24) | (b >>> 8)) ^ a
  a = (a + k2) | 0
  b = (b + k0 + 2) | 0
  a = (a + b) | 0
  b = ((b << 13) | (b >>> 19)) ^ a
  a = (a + b) | 0
  b = ((b << 15) | (b >>> 17)) ^ a
  a = (a + b) | 0
  b = ((b << 26) | (b >>> 6)) ^ a
  a = (a + b) | 0
  b = ((b << 6) | (b >>> 26)) ^ a
  a = (a + k0) | 0
  b = (b + k1 + 3) | 0
  a = (a + b) | 0
  b = ((b << 17) | (b >>> 15)) ^ a
  word[0] = a
  word[1] = b
}

/** A double strictly between 0 and 1 with 52 random bits, the upper half from the first word of the block. */
export function uniform(seed: number, replication: number, entity: number, k: number): number {
  block(seed, replication, entity, k)
  return ((word[0] >>> 6) * 67108864 + (word[1] >>> 6) + 0.5) * 2.220446049250313e-16
}

/** Writes the first word of a block to `out[at]`: for many draws in a row, because a number that is returned costs an
 * allocation. A word stands for the number (its unsigned value + ½) / 2³². */
export function wordInto(out: Int32Array, at: number, seed: number, replication: number, entity: number, k: number): void {
  block(seed, replication, entity, k)
  out[at] = word[0]
}

/** The number strictly between 0 and 1 that a word stands for. */
export function uniformOfWord(value: number): number {
  return ((value >>> 0) + 0.5) / 4294967296
}

/** The `k`-th of a row of words that follow from one: SplitMix with 32 bits (Steele, Lea and Flood 2014; finaliser of
 * MurmurHash3). For long rows of small decisions; a sixth of the work of a block. */
export function following(value: number, k: number): number {
  let h = (value + Math.imul(k, 0x9e3779b9)) | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
