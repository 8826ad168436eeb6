/** Hashes of numbers and of whole models: to say that two results or two models are the same. */

const BYTES = new Float64Array(1)
const WORDS = new Uint32Array(BYTES.buffer)

/** A running 64-bit hash in two 32-bit halves (the mixing steps of MurmurHash3, one lane each). Order matters. */
export class Digest {
  #a = 0x9747b28c
  #b = 0x2f0b4c47
  #count = 0

  word(value: number): void {
    let k = Math.imul(value | 0, 0xcc9e2d51)
    k = Math.imul((k << 15) | (k >>> 17), 0x1b873593)
    this.#a ^= k
    this.#a = (Math.imul((this.#a << 13) | (this.#a >>> 19), 5) + 0xe6546b64) | 0
    k = Math.imul(value | 0, 0x239b961b)
    k = Math.imul((k << 16) | (k >>> 16), 0xab0e9789)
    this.#b ^= k
    this.#b = (Math.imul((this.#b << 17) | (this.#b >>> 15), 5) + 0x561ccd1b) | 0
    this.#count++
  }

  /** All NaN are one value; the two zeros are not. */
  double(value: number): void {
    BYTES[0] = value === value ? value : NaN
    this.word(WORDS[0])
    this.word(WORDS[1])
  }

  text(value: string): void {
    this.word(value.length)
    for (let i = 0; i < value.length; i++) this.word(value.charCodeAt(i))
  }

  /** Sixteen hexadecimal digits. */
  hex(): string {
    const a = finish((this.#a ^ this.#count) + (this.#b | 0))
    const b = finish((this.#b ^ this.#count) + a)
    return hexWord(a) + hexWord(b)
  }
}

function finish(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

function hexWord(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0')
}

/** A hash of everything in `value`: numbers, texts, lists, tables, by name and in order. */
export function hashOf(value: unknown): string {
  const digest = new Digest()
  add(digest, value)
  return digest.hex()
}

function add(digest: Digest, value: unknown): void {
  if (typeof value === 'number') digest.double(value)
  else if (typeof value === 'string') digest.text(value)
  else if (typeof value === 'boolean') digest.word(value ? 1 : 0)
  else if (value === undefined || value === null) digest.word(0x7fffffff)
  else if (ArrayBuffer.isView(value)) for (const entry of value as unknown as Iterable<number>) digest.double(entry)
  else if (Array.isArray(value)) {
    digest.word(value.length)
    for (const entry of value) add(digest, entry)
  } else if (typeof value === 'object') {
    for (const name of Object.keys(value).sort()) {
      digest.text(name)
      add(digest, (value as Record<string, unknown>)[name])
    }
  }
}
