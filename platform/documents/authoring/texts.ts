/** Texts for people in a document, by language: what there is, what is missing. */
import { LANGUAGES } from '../../contracts/languages.ts'
import type { Raw } from '../../packs/parse.ts'

export interface Worded {
  readonly path: readonly (string | number)[]
  readonly texts: Readonly<Record<string, string>>
}

/** Fields whose plain string is a text in English. */
const TEXTS = new Set(['title', 'summary', 'purpose', 'guidance', 'note', 'question'])
const KNOWN = new Set<string>(LANGUAGES)

/** Whether a mapping holds one text by language: English is always there, and nothing else is. */
function isText(value: Readonly<Record<string, Raw>>): value is Readonly<Record<string, string>> {
  const keys = Object.keys(value)
  return keys.includes('en') && keys.every((key) => /^[a-z]{2,3}(-[A-Z][a-z]{3})?$/.test(key) && typeof value[key] === 'string')
}

/** All texts of a document, in their order. */
export function textsIn(raw: Raw): Worded[] {
  const found: Worded[] = []
  const walk = (value: Raw, path: readonly (string | number)[], key: string): void => {
    if (typeof value === 'string') {
      // A source is called what its publisher has called it.
      if (TEXTS.has(key) && !path.includes('sources')) found.push({ path, texts: { en: value } })
      return
    }
    if (typeof value !== 'object' || value === null) return
    if (!Array.isArray(value) && isText(value as Readonly<Record<string, Raw>>)) {
      found.push({ path, texts: value as Readonly<Record<string, string>> })
      return
    }
    const entries: [string | number, Raw][] = Array.isArray(value)
      ? value.map((part, k): [number, Raw] => [k, part as Raw])
      : (Object.entries(value) as [string, Raw][])
    for (const [name, part] of entries) if (name !== 'drafted') walk(part, [...path, name], String(name))
  }
  walk(raw, [], '')
  return found
}

/** How many of its texts a document has in each language. */
export function coverage(raw: Raw): { readonly all: number; readonly has: Readonly<Record<string, number>> } {
  const texts = textsIn(raw)
  const has = Object.fromEntries([...KNOWN].map((language) => [language, texts.filter((one) => (one.texts[language] ?? '') !== '').length]))
  return { all: texts.length, has }
}
