/** What has changed between two versions of a document, entry by entry, with the names that people gave to things. */
import type { Text } from '../contracts/languages.ts'
import type { Raw } from '../packs/parse.ts'

export interface Step {
  /** As in the file. */
  readonly key: string
  /** What people call it, where it has a title. */
  readonly title?: Text
}

export interface Change {
  readonly path: readonly Step[]
  /** Absent: it is new. */
  readonly before?: Raw
  /** Absent: it is gone. */
  readonly after?: Raw
}

type Mapping = Readonly<Record<string, Raw>>

const isMapping = (value: Raw | undefined): value is Mapping => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Entries that are read as a whole: a duration or an amount is one thing to a reader. */
const WHOLE = new Set([
  'duration',
  'remembered',
  'success',
  'title',
  'purpose',
  'text',
  'question',
  'summary',
  'between',
  'price',
  'at',
  'where',
])

/** Changes in the order of the document. Texts that only differ in white space are the same. */
export function changesBetween(before: Raw, after: Raw): readonly Change[] {
  const found: Change[] = []
  compare(before, after, [], found)
  return found
}

function compare(before: Raw | undefined, after: Raw | undefined, path: readonly Step[], found: Change[]): void {
  if (same(before, after)) return
  const last = path.at(-1)?.key
  if (!isMapping(before) || !isMapping(after) || (last !== undefined && WHOLE.has(last))) {
    found.push({ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) })
    return
  }
  const keys = [...Object.keys(after), ...Object.keys(before).filter((key) => !Object.hasOwn(after, key))]
  for (const key of keys) {
    const [from, to] = [own(before, key), own(after, key)]
    const title = titleOf(to) ?? titleOf(from)
    compare(from, to, [...path, title === undefined ? { key } : { key, title }], found)
  }
}

function own(value: Mapping, key: string): Raw | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined
}

function titleOf(value: Raw | undefined): Text | undefined {
  if (!isMapping(value)) return undefined
  const title = own(value, 'title')
  if (typeof title === 'string') return { en: title }
  return isMapping(title) && typeof title.en === 'string' ? (title as Text) : undefined
}

function same(a: Raw | undefined, b: Raw | undefined): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a.trim().replace(/\s+/g, ' ') === b.trim().replace(/\s+/g, ' ')
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((part, k) => same(part, b[k]))
  if (isMapping(a) && isMapping(b)) {
    const keys = Object.keys(a)
    return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]))
  }
  return a === b
}
