/** What people write in tables, as ids: the name that something has in any language, the id itself, or letters of which an id can be made. */
import { folded } from '../../contracts/folding.ts'
import type { Text } from '../../contracts/languages.ts'
import { idFrom } from './edit.ts'

export class Naming {
  readonly #ids = new Map<string, string>()

  /** `names`: of what there is, by id; null: it has none. */
  constructor(names: Iterable<readonly [id: string, name: Text | null]> = []) {
    for (const [id, name] of names) {
      for (const text of Object.values(name ?? {})) if (!this.#ids.has(folded(text))) this.#ids.set(folded(text), id)
      this.#ids.set(folded(id), id)
    }
  }

  idOf(written: string, otherwise: string): string {
    return this.#ids.get(folded(written.trim())) ?? idFrom(written, otherwise)
  }

  /** Of a list with commas or semicolons; nothing for what has no letters. */
  idsOf(written: string): string[] {
    return written
      .split(/[,;\n]+/)
      .map((part) => this.idOf(part, ''))
      .filter((id) => id !== '')
  }
}

/** How zones, skills and keys are called where a table is about. */
export interface Namings {
  readonly zones: Naming
  readonly skills: Naming
  readonly keys: Naming
}

const NOTHING = new Naming()
export const NO_NAMES: Namings = { zones: NOTHING, skills: NOTHING, keys: NOTHING }
