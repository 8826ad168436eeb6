/** What has changed between two versions of a document, entry by entry, with the names that people gave to things. */
import { type Text, textsOf } from '../contracts/languages.ts'
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

export const isMapping = (value: Raw | undefined): value is Mapping => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Entries that are read as a whole: a duration or an amount is one thing to a reader. */
const WHOLE = new Set(['duration', 'remembered', 'success', 'between', 'price', 'at', 'where'])

/** Changes in the order of the document. Texts that only differ in white space are the same. */
export function changesBetween(before: Raw, after: Raw): readonly Change[] {
  const found: Change[] = []
  compare(before, after, [], found)
  return found
}

function compare(before: Raw | undefined, after: Raw | undefined, path: readonly Step[], found: Change[]): void {
  if (same(before, after)) return
  const last = path.at(-1)?.key
  if (isText(before) && isText(after) && (isMapping(before) || isMapping(after))) {
    compareTexts(before!, after!, path, found)
    return
  }
  if (isListOfNames(before) && isListOfNames(after) && (last === undefined || !WHOLE.has(last))) {
    compareLists(before, after, path, found)
    return
  }
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

/** A text for people: each language for itself, so that whoever reads one sees that another says something else now. */
function compareTexts(before: Raw, after: Raw, path: readonly Step[], found: Change[]): void {
  const [from, to] = [textsOf(before as string | Text), textsOf(after as string | Text)] as Readonly<Record<string, Raw>>[]
  for (const language of new Set([...Object.keys(to!), ...Object.keys(from!)])) {
    const [was, is] = [own(from!, language), own(to!, language)]
    if (same(was, is)) continue
    found.push({
      path: [...path, { key: language }],
      ...(was === undefined ? {} : { before: was }),
      ...(is === undefined ? {} : { after: is }),
    })
  }
}

/** What has come and what has gone; where neither has, the order is another. */
function compareLists(before: readonly Raw[], after: readonly Raw[], path: readonly Step[], found: Change[]): void {
  const come = after.filter((one) => !before.includes(one))
  const gone = before.filter((one) => !after.includes(one))
  if (come.length === 0 && gone.length === 0) found.push({ path, before, after })
  for (const one of gone) found.push({ path, before: one })
  for (const one of come) found.push({ path, after: one })
}

const LANGUAGE = /^[a-z]{2}(-[A-Z][a-z]{3})?$/

const isText = (value: Raw | undefined): boolean =>
  typeof value === 'string' || (isMapping(value) && typeof value.en === 'string' && Object.keys(value).every((key) => LANGUAGE.test(key)))

const isListOfNames = (value: Raw | undefined): value is readonly Raw[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')

/** What ids in the documents stand for: everything that has a title. */
export function titlesIn(documents: readonly Raw[]): ReadonlyMap<string, Text> {
  const titles = new Map<string, Text>()
  const look = (value: Raw, key: string): void => {
    if (!isMapping(value)) return
    const title = titleOf(value)
    if (title !== undefined && !titles.has(key)) titles.set(key, title)
    for (const [inner, part] of Object.entries(value)) if (inner !== 'sources') look(part, inner)
  }
  for (const document of documents) look(document, '')
  titles.delete('')
  return titles
}

/** Ids that changes speak of. */
export function idsIn(changes: readonly Change[]): ReadonlySet<string> {
  const ids = new Set<string>()
  const look = (value: Raw | undefined): void => {
    if (typeof value === 'string') ids.add(value)
    else if (Array.isArray(value)) (value as readonly Raw[]).forEach(look)
    else if (isMapping(value)) Object.values(value).forEach(look)
  }
  for (const { before, after } of changes) {
    look(before)
    look(after)
  }
  return ids
}

export function own(value: Mapping, key: string): Raw | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined
}

function titleOf(value: Raw | undefined): Text | undefined {
  if (!isMapping(value)) return undefined
  const title = own(value, 'title')
  if (typeof title === 'string') return { en: title }
  return isMapping(title) && typeof title.en === 'string' ? (title as Text) : undefined
}

/** Whether two values say the same: white space and the order of entries aside. */
export function same(a: Raw | undefined, b: Raw | undefined): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a.trim().replace(/\s+/g, ' ') === b.trim().replace(/\s+/g, ' ')
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((part, k) => same(part, b[k]))
  if (isMapping(a) && isMapping(b)) {
    const keys = Object.keys(a)
    return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]))
  }
  return a === b
}

/** Entries that people speak of: tasks, zones, posts and the like, with what they are called. */
export function entriesOf(document: Raw): { readonly place: string; readonly title?: Text }[] {
  if (!isMapping(document)) return []
  return Object.entries(document).flatMap(([section, entries]) =>
    isMapping(entries) && !NO_ENTRIES.has(section)
      ? Object.entries(entries).flatMap(([id, entry]) => {
          if (!isMapping(entry)) return []
          const title = titleOf(entry)
          return [{ place: `${section}.${id}`, ...(title === undefined ? {} : { title }) }]
        })
      : [],
  )
}

/** Mappings of a document that are no lists of entries. */
const NO_ENTRIES = new Set(['title', 'summary', 'sources', 'assumptions', 'types', 'roles'])
