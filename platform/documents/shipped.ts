/** The training establishment: its people, made up, and its documents, as they ship with the product. */

import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { type Text, textIn } from '../contracts/languages.ts'
import type { Database } from '../database/database.ts'
import { asProduct } from '../database/transaction.ts'
import type { Kind } from '../packs/kinds/kinds.ts'
import { CONTENT, Library } from '../packs/library.ts'
import { edited, put } from './authoring/edit.ts'
import { begin, type DocumentRow, type Written, write } from './store.ts'

export const TRAINING = 'training'
const PEOPLE = [
  ['planner', 'Planner of the training establishment'],
  ['governor', 'Governor of the training establishment'],
  ['officer', 'Officer of the training establishment'],
  ['monitor', 'Monitor of the training establishment'],
] as const

export interface Shipped extends Written {
  /** Kind and id. */
  readonly name: string
}

const shelves = new Map<string, Library>()

/** A shipped pack. It does not change while we run: it is read once. */
function shelf(pack: string): Library {
  const found = shelves.get(pack) ?? new Library().addFolder(join(CONTENT, pack))
  shelves.set(pack, found)
  return found
}

/** The documents of a shipped pack, those first to which others refer. */
export function shippedDocuments(pack: string): Shipped[] {
  const order = ['facility', 'roster', 'threat', 'plan', 'study', 'case']
  return shelf(pack)
    .all()
    .filter((entry) => entry.kind !== 'pack')
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    .map((entry) => ({ name: `${entry.kind}/${entry.id}`, content: readFileSync(entry.file, 'utf8'), entry }))
}

const ROSTER: Text = {
  en: 'Roster',
  ru: 'Расстановка сил',
  kk: 'Кезекшілік кестесі',
  ky: 'Нөөмөт графиги',
  tg: 'Ҷадвали навбатдорӣ',
  'uz-Latn': 'Kuchlar taqsimoti',
}

/** The same, as a place begins with them: layout and roster bear its name. */
export function beginnings(place: Text): Shipped[] {
  const roster = Object.fromEntries(Object.entries(ROSTER).map(([language, kind]) => [language, `${kind}: ${textIn(place, language)}`]))
  const titles: Partial<Record<Kind, Text>> = { facility: place, roster: roster as Text }
  return shippedDocuments(TRAINING).map((one) => {
    const title = titles[one.entry.kind]
    if (title === undefined) return one
    return { ...one, content: edited(one.content, (document) => put(document, ['title'], title)), entry: { ...one.entry, title } }
  })
}

export interface Template {
  readonly kind: Kind
  readonly name: string
  readonly title: Text
  readonly content: string
}

/** What somebody may begin a document with: a plan for each threat, a map, a roster, threats and questions. */
export function templates(): Template[] {
  const shipped = shippedDocuments(TRAINING)
  const sheets = shipped
    .filter(({ entry }) => entry.kind === 'facility')
    .map(({ content, entry }) => ({ kind: entry.kind, name: 'empty-sheet', title: EMPTY, content: emptied(content) }))
  return sheets.concat(shipped.map(asTemplate))
}

/** Nothing drawn yet; parts of the day, kinds of zones, doors and sensors and what they are assumed to be are there. */
const EMPTY: Text = {
  en: 'An empty sheet',
  ru: 'Чистый лист',
  kk: 'Бос парақ',
  ky: 'Бош барак',
  tg: 'Варақи холӣ',
  'uz-Latn': 'Boʻsh varaq',
}

const emptied = (content: string): string =>
  edited(content, (document) => {
    for (const section of ['roles', 'zones', 'doors', 'sensors']) document.set(section, {})
    for (const field of ['summary', 'visits-per-day']) document.delete(field)
    document.set('title', EMPTY)
    document.commentBefore = null
    if (document.contents !== null) document.contents.commentBefore = null
  })

function asTemplate({ content, entry }: Shipped): Template {
  return { kind: entry.kind, name: entry.id, title: entry.title, content }
}

/** Brings the training establishment in, or up to what ships with this version; what people have changed there stays. */
export async function bringTrainingIn(database: Database): Promise<void> {
  await asProduct(database, async (client) => {
    await client.query(`select pg_advisory_xact_lock(hashtext('aman training establishment'))`)
    const entry = shelf(TRAINING).all('pack')[0]!
    await client.query(
      `select access.happen($1, 'grants.establishment-founded', jsonb_build_object('establishment', $1::text, 'title', $2::jsonb))
        where not exists (select from access.establishments where id = $1)`,
      [TRAINING, JSON.stringify(entry.title)],
    )
    for (const [role, name] of PEOPLE) await bringPersonIn(client, role, name)
    const { rows } = await client.query<DocumentRow & { position: number; content: string; author: string | null }>(
      `select d.id, d.kind, d.name, d.latest, h.number as position, v.content, v.author
        from documents.documents d join documents.versions v on v.document = d.id and v.number = d.latest
        join ledger.heads h on h.stream = 'document/' || d.id where d.establishment = $1 and d.retired_at is null`,
      [TRAINING],
    )
    for (const shipped of shippedDocuments(TRAINING)) {
      const there = rows.find((row) => `${row.kind}/${row.name}` === shipped.name)
      if (there === undefined) await begin(client, { establishment: TRAINING, written: shipped, note: '', pack: TRAINING, imported: true })
      else if (there.author === null && there.content !== shipped.content)
        await write(
          client,
          { ...there, document: there.id, establishment: TRAINING, expected: there.position },
          shipped,
          '',
          'document.imported',
        )
    }
  })
}

async function bringPersonIn(client: pg.ClientBase, role: string, name: string): Promise<void> {
  const login = `training-${role}`
  const there = await client.query<{ person: string }>('select person from identity.accounts where login = $1', [login])
  let person = there.rows[0]?.person
  if (person === undefined) {
    const made = await client.query<{ id: string }>('insert into access.people (name) values ($1) returning id', [name])
    person = made.rows[0]!.id
    await client.query('insert into identity.accounts (person, login, demonstration) values ($1, $2, true)', [person, login])
  }
  const { rows } = await client.query<{ id: string; old: boolean }>(
    `select id, expires_at < now() + interval '11 months' as old from access.grants
      where person = $1 and role = $2 and establishment = $3 and withdrawn_at is null`,
    [person, role, TRAINING],
  )
  // A role lasts for a year; that of a made-up person is prolonged as long as the product is used.
  const happens = (what: string, said: object) =>
    client.query(`select access.happen($1, $2, $3::jsonb || jsonb_build_object('until', now() + interval '1 year'))`, [
      TRAINING,
      what,
      JSON.stringify(said),
    ])
  if (rows[0] === undefined) await happens('grants.granted', { grant: randomUUID(), person, role })
  else if (rows[0].old) await happens('grants.prolonged', { grant: rows[0].id, person, role })
}
