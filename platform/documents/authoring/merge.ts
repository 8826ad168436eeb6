/** Bringing what somebody else has changed meanwhile into what one has written, where the two do not touch. */
import type { Raw } from '../../packs/parse.ts'
import { isMapping, own, same } from '../changes.ts'

export interface Edit {
  readonly path: readonly string[]
  /** Absent: it goes. */
  readonly value?: Raw
}

export interface Merge {
  /** What to change in one's own text. */
  readonly edits: readonly Edit[]
  /** Where both have changed the same thing, and not in the same way. */
  readonly clashes: readonly (readonly string[])[]
}

/** `base`: what both began with. */
export function merged(base: Raw, theirs: Raw, ours: Raw): Merge {
  const edits: Edit[] = []
  const clashes: (readonly string[])[] = []
  const walk = (was: Raw | undefined, their: Raw | undefined, mine: Raw | undefined, path: readonly string[]): void => {
    if (same(their, was) || same(their, mine)) return
    if (isMapping(their) && isMapping(mine) && (was === undefined || isMapping(was))) {
      for (const key of new Set([...Object.keys(their), ...Object.keys(was ?? {})]))
        walk(was && own(was, key), own(their, key), own(mine, key), [...path, key])
    } else if (same(mine, was)) edits.push(their === undefined ? { path } : { path, value: their })
    else clashes.push(path)
  }
  walk(base, theirs, ours, [])
  return { edits, clashes }
}
