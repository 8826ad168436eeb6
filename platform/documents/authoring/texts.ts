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
    for (const [name, part] of entries) if (name !== 'drafted' && name !== 'reviewed') walk(part, [...path, name], String(name))
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

/** Languages, of those that somebody reads, in which texts are missing, and how many. Uzbek in Cyrillic letters follows from Uzbek in Latin ones. */
export function missingIn(raw: Raw, languages: readonly string[]): readonly (readonly [language: string, texts: number])[] {
  const { all, has } = coverage(raw)
  const written = (language: string) => (language === 'uz-Cyrl' ? Math.max(has[language] ?? 0, has['uz-Latn'] ?? 0) : (has[language] ?? 0))
  return languages.flatMap((language) => (written(language) < all ? [[language, all - written(language)] as const] : []))
}

/** What machines have drafted in a document, and which of it a speaker has reviewed. */
export interface Drafts {
  readonly drafted: readonly string[]
  /** Paths by language, as `tasks.raise-alarm.title`. */
  readonly reviewed: Readonly<Record<string, readonly string[]>>
}

export function draftsIn(raw: Raw): Drafts {
  const { drafted, reviewed } = raw as { drafted?: unknown; reviewed?: unknown }
  const lists = typeof reviewed === 'object' && reviewed !== null ? Object.entries(reviewed) : []
  return {
    drafted: Array.isArray(drafted) ? drafted.map(String) : [],
    reviewed: Object.fromEntries(lists.map(([language, paths]) => [language, Array.isArray(paths) ? paths.map(String) : []])),
  }
}

/** Drafts after a speaker has reviewed a text, or takes that back. Once all of a language are reviewed, it is no draft any more. */
export function afterReview(
  { drafted, reviewed }: Drafts,
  texts: readonly Worded[],
  language: string,
  path: string,
  done: boolean,
): Drafts {
  const others = (reviewed[language] ?? []).filter((one) => one !== path)
  const now = done ? [...others, path] : others
  const open = texts.filter((one) => (one.texts[language] ?? '') !== '' && !now.includes(one.path.join('.')))
  if (open.length === 0) return withoutDraft({ drafted, reviewed }, language)
  const { [language]: _, ...rest } = reviewed
  return { drafted, reviewed: now.length === 0 ? rest : { ...rest, [language]: now } }
}

/** A language of which nothing is a draft. */
export function withoutDraft({ drafted, reviewed }: Drafts, language: string): Drafts {
  const { [language]: _, ...rest } = reviewed
  return { drafted: drafted.filter((one) => one !== language), reviewed: rest }
}

/** Texts whose translation is older than what it translates, by path. `versions`: of the document, the oldest first. */
export function overtaken(versions: readonly Raw[], from: string, to: string): ReadonlySet<string> {
  const last = new Map<string, { source: string; target: string; sourceAt: number; targetAt: number }>()
  versions.forEach((raw, k) => {
    for (const { path, texts } of textsIn(raw)) {
      const key = path.join('.')
      const [source, target] = [texts[from] ?? texts.en ?? '', texts[to] ?? '']
      const was = last.get(key) ?? { source, target, sourceAt: k, targetAt: k }
      last.set(key, {
        source,
        target,
        sourceAt: was.source === source ? was.sourceAt : k,
        targetAt: was.target === target ? was.targetAt : k,
      })
    }
  })
  return new Set([...last].flatMap(([key, { target, sourceAt, targetAt }]) => (target !== '' && sourceAt > targetAt ? [key] : [])))
}
