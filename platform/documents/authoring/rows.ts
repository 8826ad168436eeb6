/** Rows of somebody's table as posts of a roster: what each column is, which rows are none, what each becomes. */
import { folded } from '../../contracts/folding.ts'
import type { Raw } from '../../packs/parse.ts'
import { edited, idFrom, put } from './edit.ts'
import { type Namings, NO_NAMES } from './naming.ts'

/** What a column may be, besides the shifts. */
export const FIELDS = ['title', 'post', 'skills', 'keys'] as const

/** Rows in which a heading is looked for: a title of the table may stand above. */
const MOST_ABOVE = 10
/** What a row that adds up begins with, in the languages of ours. */
const TOTALS = new Set(
  ['total', 'together', 'sum', 'всего', 'итого', 'барлығы', 'бардыгы', 'жалпы', 'жыйынтыгы', 'ҳамагӣ', 'ҷамъ', 'jami', 'жами'].map(folded),
)

/** What has been pasted, line by line. */
export const tableOf = (pasted: string): string[][] =>
  pasted
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => line.split('\t').map((cell) => cell.trim()))

export interface Read {
  /** What each column is, by its heading, or by its place where there is none. */
  readonly fields: readonly (string | undefined)[]
  readonly rows: readonly (readonly string[])[]
}

/** `names`: what each field is called. A heading that names two fields is believed; what stands above it, and rows that add up, are left out. */
export function readRows(table: readonly (readonly string[])[], names: Readonly<Record<string, string>>): Read {
  const fieldOf = (cell: string) =>
    folded(cell) === ''
      ? undefined
      : Object.keys(names).find((field) => [names[field]!, field].some((name) => folded(name) === folded(cell)))
  const head = table.slice(0, MOST_ABOVE).findIndex((row) => row.filter((cell) => fieldOf(cell) !== undefined).length > 1)
  const below = head < 0 ? table : table.slice(head + 1)
  const rows = below.filter(
    (row) => !TOTALS.has(folded(row.find((cell) => cell !== '') ?? '').replace(/:$/, '')) && row.some((cell) => cell !== ''),
  )
  const proposed = [...FIELDS.slice(0, 3), ...Object.keys(names).filter((name) => !(FIELDS as readonly string[]).includes(name))]
  return { fields: head < 0 ? proposed : table[head]!.map(fieldOf), rows }
}

/** A number that somebody has written, such as "2", "2,0" or "2 чел."; nothing: none. */
export const countIn = (cell: string): number => Math.max(0, Math.round(Number(/\d+(?:[.,]\d+)?/.exec(cell)?.[0].replace(',', '.') ?? 0)))

interface Post {
  readonly title?: string | Readonly<Record<string, string>>
}

const titlesOf = ({ title }: Post): readonly string[] => (typeof title === 'string' ? [title] : Object.values(title ?? {}))

/** Posts that are there already, by what they are called in any language. */
export function knownPosts(raw: Raw): ReadonlyMap<string, string> {
  const { posts = {} } = raw as { posts?: Record<string, Post> }
  return new Map(Object.entries(posts).flatMap(([id, post]) => titlesOf(post).map((title) => [folded(title), id] as const)))
}

interface Taking {
  readonly text: string
  readonly raw: Raw
  readonly rows: readonly (readonly string[])[]
  /** What each column is. */
  readonly fieldOf: (column: number) => string
  readonly shifts: readonly string[]
  readonly language: string
  /** Where people stand of whom no column says it. */
  readonly otherwise: string
  /** What a post without a name is called, with its number. */
  readonly nameless: string
  /** What zones, skills and keys are called. */
  readonly names?: Namings
}

/** The text with the rows as posts. Whoever is there already under the same name is changed, not added once more. */
export function withRows({ text, raw, rows, fieldOf, shifts, language, otherwise, nameless, names = NO_NAMES }: Taking): string {
  const known = new Map(knownPosts(raw))
  return edited(text, (document) => {
    rows.forEach((row, k) => {
      const cell = (field: string) => row.find((_, column) => fieldOf(column) === field) ?? ''
      const title = cell('title') || `${nameless} ${k + 1}`
      const counts = Object.fromEntries(shifts.map((shift) => [shift, countIn(cell(shift))] as const).filter(([, count]) => count > 0))
      const there = known.get(folded(title))
      if (there !== undefined) {
        if (cell('post') !== '') put(document, ['posts', there, 'post'], names.zones.idOf(cell('post'), otherwise))
        for (const field of ['skills', 'keys'] as const)
          if (cell(field) !== '') put(document, ['posts', there, field], names[field].idsOf(cell(field)))
        // Of a shift that the table does not speak of, what is there stays.
        for (const shift of shifts) if (cell(shift) !== '') put(document, ['posts', there, 'shifts', shift], countIn(cell(shift)))
        return
      }
      const stem = idFrom(title, `post-${k + 1}`)
      let id = stem
      for (let n = 2; document.hasIn(['posts', id]); n++) id = `${stem}-${n}`
      known.set(folded(title), id)
      put(document, ['posts', id], {
        title: { en: title, ...(language === 'en' ? {} : { [language]: title }) },
        post: names.zones.idOf(cell('post'), otherwise),
        skills: names.skills.idsOf(cell('skills')),
        ...(cell('keys') === '' ? {} : { keys: names.keys.idsOf(cell('keys')) }),
        shifts: counts,
      })
    })
  })
}
