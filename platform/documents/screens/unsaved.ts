/** What somebody is writing, as far as this browser has it and the server does not. */

/** Of one person: whoever uses the browser after them begins with nothing of theirs. */
export const keptAs = (person: string, id: string) => `aman.writing.${person}.${id}`

export interface Kept {
  /** Milliseconds since 1970. */
  readonly at?: number
  readonly content: string
  readonly basedOn: number
}

/** What a browser has kept that the server does not have yet: a lost network or an empty battery costs nothing. */
export function keptHere(key: string): Kept | undefined {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}
