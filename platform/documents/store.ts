/** Documents of establishments: written as versions, decided by others than who wrote them. The database keeps the rules. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { InputError, Refusal } from '../contracts/errors.ts'
import type { Text } from '../contracts/languages.ts'
import type { StudyBundle } from '../packs/bundle.ts'
import type { Kind } from '../packs/kinds/kinds.ts'
import { type Entry, Library } from '../packs/library.ts'
import type { Raw } from '../packs/parse.ts'
import { LARGEST_DOCUMENT } from '../packs/signed.ts'
import type { ReadDocument } from '../packs/text.ts'
import { readAside } from './reading.ts'
import type { FORMS, Status } from './schema.ts'

export interface DocumentRow {
  readonly id: string
  readonly establishment: string
  readonly kind: Kind
  readonly name: string
  readonly title: Text
  readonly changedAt: Date
  readonly latest: number
  readonly status: Status
  readonly approved: number | null
  readonly retiredAt: Date | null
  readonly pack: string | null
  readonly openComments: number
}

export interface VersionRow {
  readonly number: number
  readonly status: Status
  readonly author: string | null
  readonly authorName: string | null
  readonly note: string
  readonly madeAt: Date
  readonly submittedAt: Date | null
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  readonly decision: string
}

export interface CommentRow {
  readonly id: string
  readonly version: number
  readonly place: string
  readonly text: string
  readonly author: string | null
  readonly madeAt: Date
  readonly settledAt: Date | null
}

/** An exercise of a plan. */
export interface RehearsalRow {
  readonly id: string
  readonly version: number
  /** The day, as YYYY-MM-DD. */
  readonly on: string
  readonly form: (typeof FORMS)[number]
  readonly learned: string
  readonly by: string | null
  readonly struckAt: Date | null
}

export interface DocumentDetail extends DocumentRow {
  /** Number of the last event: what an author has seen when they write. */
  readonly position: number
  /** That the people of the establishment read. */
  readonly languages: string[]
  readonly versions: VersionRow[]
  readonly comments: CommentRow[]
  /** The newest first. */
  readonly rehearsals: RehearsalRow[]
  /** What the person who asks was writing and has not saved. */
  readonly working: { readonly content: string; readonly basedOn: number; readonly savedAt: Date } | null
}

const ROW = `d.id, d.establishment, d.kind, d.name, d.title, d.changed_at as "changedAt", d.latest, v.status, d.approved,
  d.retired_at as "retiredAt", d.pack,
  (select count(*)::int from documents.comments c where c.document = d.id and c.settled_at is null) as "openComments"`
const FROM = 'documents.documents d join documents.versions v on v.document = d.id and v.number = d.latest'

export async function list(client: pg.ClientBase, establishment: string): Promise<DocumentRow[]> {
  const { rows } = await client.query<DocumentRow>(
    `select ${ROW} from ${FROM} where d.establishment = $1 and d.retired_at is null order by d.kind, d.name`,
    [establishment],
  )
  return rows
}

/** Throws a {@link Refusal} if there is no such document for whoever asks. */
export async function detail(client: pg.ClientBase, id: string): Promise<DocumentDetail> {
  const { rows } = await client.query<DocumentRow & Pick<DocumentDetail, 'position' | 'languages'>>(
    `select ${ROW}, h.number as position, e.languages
      from ${FROM} join ledger.heads h on h.stream = 'document/' || d.id join access.establishments e on e.id = d.establishment where d.id = $1`,
    [id],
  )
  if (rows[0] === undefined) throw new Refusal('not-found')
  const versions = await client.query<VersionRow>(
    `select v.number, v.status, v.author, a.name as "authorName", v.note, v.made_at as "madeAt", v.submitted_at as "submittedAt",
      p.name as "decidedBy", v.decided_at as "decidedAt", v.decision
      from documents.versions v left join access.people a on a.id = v.author left join access.people p on p.id = v.decided_by
      where v.document = $1 order by v.number desc`,
    [id],
  )
  const comments = await client.query<CommentRow>(
    `select c.id, c.version, c.place, c.body as text, p.name as author, c.made_at as "madeAt", c.settled_at as "settledAt"
      from documents.comments c left join access.people p on p.id = c.author where c.document = $1 order by c.made_at`,
    [id],
  )
  const rehearsals = await client.query<RehearsalRow>(
    `select r.id, r.version, r.held_on::text as "on", r.form, r.learned, p.name as by, r.struck_at as "struckAt"
      from documents.rehearsals r left join access.people p on p.id = r.recorded_by where r.document = $1 order by r.held_on desc, r.recorded_at desc`,
    [id],
  )
  const working = await client.query<NonNullable<DocumentDetail['working']>>(
    'select content, based_on as "basedOn", saved_at as "savedAt" from documents.workings where document = $1',
    [id],
  )
  return { ...rows[0], versions: versions.rows, comments: comments.rows, rehearsals: rehearsals.rows, working: working.rows[0] ?? null }
}

/** Puts on record that whoever asks has been shown a layout or a roster, if this document is one: how to get out is on it, and when few are there. */
export async function noteLook(client: pg.ClientBase, id: string): Promise<void> {
  await client.query(
    `select access.seen(case d.kind when 'facility' then 'layout' else 'roster' end, d.establishment || '/' || d.name, interval '1 hour')
      from documents.documents d where d.id = $1 and d.kind in ('facility', 'roster')`,
    [id],
  )
}

export async function contentOf(client: pg.ClientBase, id: string, version: number): Promise<string> {
  const { rows } = await client.query<{ content: string }>('select content from documents.versions where document = $1 and number = $2', [
    id,
    version,
  ])
  if (rows[0] === undefined) throw new Refusal('not-found')
  return rows[0].content
}

/** A text and what it says. */
export interface Written {
  readonly content: string
  readonly entry: Entry
}

/** Reads a document that somebody has written: before a transaction is begun, as it may take a while. Throws {@link InputError} with line
 * and column of everything that is wrong. */
export async function checked(content: string): Promise<Written> {
  // As it is kept: in an event, with every quotation mark and line end marked.
  const bytes = Buffer.byteLength(JSON.stringify(content))
  if (bytes > LARGEST_DOCUMENT)
    throw new InputError([{ code: 'file-too-large', path: ['content'], expected: `at most ${LARGEST_DOCUMENT} bytes`, found: `${bytes}` }])
  const read = await readAside(content, '')
  if (read.kind === 'pack') throw new InputError([{ code: 'value-unknown', path: ['kind'], expected: 'a document', found: 'a pack' }])
  return { content, entry: new Library().add(read) }
}

interface Event {
  readonly kind: string
  readonly body: object
}

export interface Recording {
  readonly document: string
  readonly establishment: string
  readonly expected: number
  readonly request?: string | undefined
}

/** Appends to a document's stream; the database refuses what may not be. Returns the position. Throws a {@link Refusal} if
 * somebody was faster. */
export async function record(client: pg.ClientBase, to: Recording, events: readonly Event[]): Promise<number> {
  const { rows } = await client.query<{ outcome: string; last: number }>(
    'select outcome, last from documents.record($1, $2, $3, $4, $5, $6::jsonb[])',
    [to.document, to.expected, to.request ?? null, to.establishment, events.map((e) => e.kind), events.map((e) => JSON.stringify(e.body))],
  )
  const { outcome, last } = rows[0]!
  if (outcome === 'conflict') throw new Refusal('conflict-changed')
  return last
}

/** Before anything costly is done for them: throws a {@link Refusal} unless whoever asks writes documents there. */
export async function mustWrite(client: pg.ClientBase, establishment: string): Promise<void> {
  const { rows } = await client.query<{ may: boolean }>(`select access.roles($1) && array['planner', 'governor'] as may`, [establishment])
  if (!rows[0]!.may) throw new Refusal('forbidden')
}

export interface Beginning {
  readonly establishment: string
  readonly written: Written
  readonly note: string
  /** The pack it comes with. */
  readonly pack?: string
  /** In force at once: only for what ships with the product, and refused to everybody else. */
  readonly imported?: boolean
  /** Of the new document; a repeated request with the same one makes no second. */
  readonly id?: string | undefined
}

/** A new document with its first version. Returns its id. */
export async function begin(client: pg.ClientBase, { establishment, written, note, pack, imported, id }: Beginning): Promise<string> {
  const { kind, id: name, title } = written.entry
  const document = id ?? randomUUID()
  await record(client, { document, establishment, expected: 0, request: document }, [
    { kind: 'document.begun', body: { kind, name, title, ...(pack === undefined ? {} : { pack }) } },
    { kind: imported === true ? 'document.imported' : 'document.written', body: { version: 1, title, content: written.content, note } },
  ])
  return document
}

/** The next version of a document, which must go on being of the same kind and name. */
export async function write(
  client: pg.ClientBase,
  to: Recording & { readonly kind: Kind; readonly name: string; readonly latest: number },
  { content, entry: read }: Written,
  note: string,
  kind: 'document.written' | 'document.imported' = 'document.written',
): Promise<number> {
  for (const [key, expected, found] of [
    ['kind', to.kind, read.kind],
    ['id', to.name, read.id],
  ] as const)
    if (expected !== found) throw new InputError([read.locate({ code: 'value-unknown', path: [key], expected, found })])
  return record(client, to, [{ kind, body: { version: to.latest + 1, title: read.title, content, note } }])
}

/** Which version of each document is meant. */
export type Choice = 'approved' | 'latest'

export interface Used {
  readonly document: string
  readonly name: string
  readonly kind: Kind
  readonly version: number
  readonly status: Status
}

/** All current documents of an establishment as a library, with what each is; a given version instead of one of them. */
export async function libraryOf(
  client: pg.ClientBase,
  establishment: string,
  choice: Choice,
  instead?: { readonly document: string; readonly version: number },
): Promise<Chosen> {
  return libraryFrom(await chosenRows(client, establishment, choice, instead))
}

export interface Chosen {
  readonly library: Library
  readonly used: ReadonlyMap<string, Used>
}

type ChosenRow = Used & { readonly content: string }

/** What is asked of the database for it: the texts, which are read once the connection is free again. */
export async function chosenRows(
  client: pg.ClientBase,
  establishment: string,
  choice: Choice,
  instead?: { readonly document: string; readonly version: number },
): Promise<readonly ChosenRow[]> {
  const { rows } = await client.query<ChosenRow>(
    `select d.id as document, d.name, d.kind, v.number as version, v.status, v.content
      from documents.documents d join documents.versions v on v.document = d.id
        and v.number = case when d.id = $2 then $3 when $4 = 'approved' then d.approved else d.latest end
      where d.establishment = $1 and d.retired_at is null`,
    [establishment, instead?.document ?? null, instead?.version ?? null, choice],
  )
  return rows
}

export async function libraryFrom(rows: readonly ChosenRow[]): Promise<Chosen> {
  const library = new Library()
  const used = new Map<string, Used>()
  for (const { content, ...row } of rows) {
    try {
      library.add(await known(row, content))
    } catch (error) {
      // Of a time when other things were allowed: whatever needs it is told that it is not there.
      if (!(error instanceof InputError)) throw error
      continue
    }
    used.set(`${row.kind}/${row.name}`, row)
  }
  return { library, used }
}

/** Versions never change, so what was read of one stays right. */
const read = new Map<string, { readonly document: Promise<ReadDocument>; readonly length: number }>()
/** Characters of text of which what was read is kept, and the text with it: a few bytes for each. */
const MOST_KEPT = 4_000_000
let keptLength = 0

/** A version as a document. */
export function known(
  { document, version, name }: { document: string; version: number; name: string },
  content: string,
): Promise<ReadDocument> {
  const key = `${document}/${version}`
  const found = read.get(key)
  if (found !== undefined) return found.document
  const made = readAside(content, name, 'kept')
  read.set(key, { document: made, length: content.length })
  keptLength += content.length
  const forget = (which: string) => {
    keptLength -= read.get(which)?.length ?? 0
    read.delete(which)
  }
  made.catch(() => forget(key))
  for (const oldest of read.keys()) {
    if (keptLength <= MOST_KEPT || oldest === key) break
    forget(oldest)
  }
  return made
}

/** What a version says. */
export async function rawOf(document: string, version: number, content: string): Promise<Raw> {
  return (await known({ document, version, name: '' }, content)).raw
}

interface Kept {
  readonly document: string
  readonly name: string
  readonly version: number
  readonly content: string
}

/** What they say; to be asked outside of a transaction. */
const reading = (rows: readonly Kept[]) => async (): Promise<Raw[]> => {
  const raws: Raw[] = []
  for (const { content, ...row } of rows) {
    try {
      raws.push((await known(row, content)).raw)
    } catch (error) {
      // Of a time when other things were allowed: it names nothing.
      if (!(error instanceof InputError)) throw error
    }
  }
  return raws
}

/** The other documents of the same establishment, in force or the newest. */
export async function othersThan(client: pg.ClientBase, id: string): Promise<() => Promise<Raw[]>> {
  const { rows } = await client.query<Kept>(
    `select o.id as document, o.name, v.number as version, v.content
      from documents.documents d join documents.documents o on o.establishment = d.establishment and o.id <> d.id and o.retired_at is null
      join documents.versions v on v.document = o.id and v.number = coalesce(o.approved, o.latest)
      where d.id = $1 and o.kind in ('facility', 'roster', 'plan') order by o.kind, o.name`,
    [id],
  )
  return reading(rows)
}

/** Layout and roster of an establishment, the newest. */
export async function placeOf(client: pg.ClientBase, establishment: string): Promise<() => Promise<Raw[]>> {
  const { rows } = await client.query<Kept>(
    `select d.id as document, d.name, v.number as version, v.content
      from documents.documents d join documents.versions v on v.document = d.id and v.number = d.latest
      where d.establishment = $1 and d.kind in ('facility', 'roster') and d.retired_at is null order by d.kind, d.name`,
    [establishment],
  )
  return reading(rows)
}

/** Documents of a bundle. */
export function usedBy({ study, facility, roster, plans, threats }: StudyBundle, used: ReadonlyMap<string, Used>): Used[] {
  const of = (kind: Kind, raw: unknown) => used.get(`${kind}/${(raw as { id: string }).id}`)
  return [
    of('study', study),
    of('facility', facility),
    of('roster', roster),
    ...plans.map((plan) => of('plan', plan)),
    ...Object.values(threats).map((threat) => of('threat', threat)),
  ].filter((one) => one !== undefined)
}
