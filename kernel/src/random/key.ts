/** Stable 32-bit names for the entities that draw, so that adding an officer shifts nobody else's luck. */

/** A 32-bit key of `name`: MurmurHash3 (A. Appleby, public domain) over its UTF-16 code units. */
export function keyOf(name: string): number {
  let h = 0
  for (let i = 0; i < name.length; i++) {
    let k = Math.imul(name.charCodeAt(i), 0xcc9e2d51)
    k = (k << 15) | (k >>> 17)
    h ^= Math.imul(k, 0x1b873593)
    h = (h << 13) | (h >>> 19)
    h = (Math.imul(h, 5) + 0xe6546b64) | 0
  }
  h ^= name.length
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** Gives each (entity, purpose) its key and makes sure that no two share one. */
export class KeyBook {
  readonly #names = new Map<number, string>()

  /** The key for `name`, for instance `task/raise-alarm/duration`. Two names that collide are told apart by a suffix. */
  key(name: string): number {
    for (let candidate = name; ; candidate += "'") {
      const key = keyOf(candidate)
      const owner = this.#names.get(key)
      if (owner === name) return key
      if (owner === undefined) {
        this.#names.set(key, name)
        return key
      }
    }
  }
}
