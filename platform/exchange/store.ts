/** Packs looked at, taken and handed out; the list of publishers. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { stringify } from 'yaml'
import type { z } from 'zod'
import { InputError, Refusal } from '../contracts/errors.ts'
import { type Text, textsOf } from '../contracts/languages.ts'
import { changesBetween } from '../documents/changes.ts'
import { readAside } from '../documents/reading.ts'
import type { Status } from '../documents/schema.ts'
import * as documents from '../documents/store.ts'
import { type Entry, Library } from '../packs/library.ts'
import { type OpenedPack, openPack, type PublicKey, type ReadPart, readPack } from '../packs/signed.ts'
import type { ReadDocument } from '../packs/text.ts'
import type { HandOut, Looked, Offered, Publishers, Take } from './schema.ts'

type Output<T extends z.ZodType> = z.output<T>

export async function publishers(client: pg.ClientBase, own: PublicKey): Promise<Output<typeof Publishers>> {
  const { rows } = await client.query<Output<typeof Publishers>['trusted'][number]>(
    `select l.fingerprint, l.name, l.note, p.name as "trustedBy", l.trusted_at as "trustedAt", l.withdrawn_at as "withdrawnAt", l.reason
      from exchange.publishers l left join access.people p on p.id = l.trusted_by order by l.name`,
  )
  return { own: own.fingerprint, trusted: rows }
}

type Signature = Output<typeof Looked>['signature']

async function signatureOf(client: pg.ClientBase, { signedBy }: OpenedPack, own: PublicKey): Promise<Signature> {
  if (signedBy === undefined) return { state: 'none', fingerprint: null, key: null, name: null }
  const { fingerprint } = signedBy
  const key = signedBy.der.toString('base64')
  if (fingerprint === own.fingerprint) return { state: 'own', fingerprint, key, name: null }
  const { rows } = await client.query<{ name: string; withdrawn: boolean }>(
    'select name, withdrawn_at is not null as withdrawn from exchange.publishers where fingerprint = $1',
    [fingerprint],
  )
  const known = rows[0]
  return { state: known === undefined ? 'unknown' : known.withdrawn ? 'withdrawn' : 'trusted', fingerprint, key, name: known?.name ?? null }
}

interface Here {
  readonly document: string
  readonly kind: Entry['kind']
  readonly name: string
  readonly title: Entry['title']
  readonly latest: number
  readonly status: Status
  readonly approved: number | null
  readonly position: number
  readonly content: string
  /** What is in force and everything after it came with packs, as it is, or ships with the product. */
  readonly untouched: boolean
}

async function whatIsHere(client: pg.ClientBase, establishment: string): Promise<ReadonlyMap<string, Here>> {
  const { rows } = await client.query<Here>(
    `select d.id as document, d.kind, d.name, d.title, d.latest, v.status, d.approved, h.number as position, v.content,
        not exists (
          select from documents.versions o where o.document = d.id and o.number >= coalesce(d.approved, 1) and o.author is not null
            and not exists (select from exchange.imports i where i.document = o.document and i.version = o.number)
        ) as untouched
      from documents.documents d join documents.versions v on v.document = d.id and v.number = d.latest
        join ledger.heads h on h.stream = 'document/' || d.id
      where d.establishment = $1 and d.retired_at is null`,
    [establishment],
  )
  return new Map(rows.map((row) => [`${row.kind}/${row.name}`, row]))
}

const MOST_CHANGES = 200

export interface ReadPack {
  readonly opened: OpenedPack
  readonly pack: ReadDocument
  readonly documents: readonly ReadPart[]
}

/** Reads a pack, outside of any transaction: it takes a while. */
export async function readWhole(text: string): Promise<ReadPack> {
  const opened = openPack(text)
  return { opened, ...(await readPack(opened.parts, readAside)) }
}

/** What a pack is, whose it is, and what taking each of its documents would do. */
export async function look(
  client: pg.ClientBase,
  establishment: string,
  { opened, pack, documents: parts }: ReadPack,
  own: PublicKey,
): Promise<Output<typeof Looked>> {
  const here = await whatIsHere(client, establishment)
  const library = new Library()
  const entries = parts.map((part) => ({ part, entry: library.add(part.document) }))
  const described = pack.raw as {
    id: string
    version: string
    title: string | Text
    summary?: string | Text
    licence: string
    publisher?: string
  }
  return {
    pack: {
      id: described.id,
      version: described.version,
      title: textsOf(described.title),
      summary: described.summary === undefined ? null : textsOf(described.summary),
      licence: described.licence,
      publisher: described.publisher ?? null,
    },
    signature: await signatureOf(client, opened, own),
    documents: await Promise.all(entries.map(({ part, entry }) => offered(part, entry, here.get(`${entry.kind}/${entry.id}`)))),
    missing: await missingFrom(library, here),
  }
}

async function offered(part: ReadPart, entry: Entry, mine: Here | undefined): Promise<Output<typeof Offered>> {
  const about = { kind: entry.kind, name: entry.id, title: entry.title, version: entry.version }
  if (mine === undefined) return { ...about, state: 'new', here: null, changes: [] }
  const { document, title, latest, status, approved, position, content, untouched } = mine
  const here = { document, title, latest, status, approved, position }
  if (content.trimEnd() === part.text.trimEnd()) return { ...about, state: 'same', here, changes: [] }
  const changes = changesBetween(await documents.rawOf(document, latest, content), entry.raw).slice(0, MOST_CHANGES)
  return { ...about, state: untouched ? 'update' : 'conflict', here, changes: changes.map((c) => ({ ...c, path: [...c.path] })) }
}

/** What studies of the pack refer to that is neither in it nor here. */
async function missingFrom(offered: Library, here: ReadonlyMap<string, Here>): Promise<Output<typeof Looked>['missing']> {
  if (offered.all('study').length === 0) return []
  let together = offered
  for (const mine of here.values()) {
    if (offered.find(mine.kind, mine.name) === undefined)
      together = together.with(new Library().add(await documents.known({ ...mine, version: mine.latest }, mine.content)))
  }
  return offered.all('study').flatMap((study) => {
    try {
      together.bundle(study)
      return []
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      return error.problems.map(({ path, found = '' }) => ({ from: study.id, path: path.join('.'), found }))
    }
  })
}

/** Takes documents of a pack over as drafts. All of them or none. */
export async function take(
  client: pg.ClientBase,
  establishment: string,
  { opened, pack, documents: parts }: ReadPack,
  { take: wanted, unsigned }: Output<typeof Take>,
  own: PublicKey,
): Promise<{ document: string; version: number }[]> {
  const signature = await signatureOf(client, opened, own)
  if (signature.state === 'unknown' || signature.state === 'withdrawn') throw new Refusal('publisher-unknown')
  // Without a signature nobody stands behind it: whoever takes it says that they know.
  if (signature.state === 'none' && !unsigned) throw new Refusal('publisher-unknown')
  const { id: from, version, publisher } = pack.raw as { id: string; version: string; publisher?: string }
  const here = await whatIsHere(client, establishment)
  // What a pack says of itself is no proof of who has made it.
  const by =
    signature.state === 'none' ? `unsigned${publisher === undefined ? '' : `; it says: ${publisher}`}` : (signature.name ?? publisher)
  const note = [`${from} ${version}`, by].filter((part) => part !== undefined).join(', ')
  const taken: { document: string; version: number }[] = []
  for (const { kind, name, position } of wanted) {
    const part = parts.find(({ document: { kind: its, raw } }) => its === kind && (raw as { id: string }).id === name)
    if (part === undefined) throw new Refusal('not-found', `${kind}/${name}`)
    const written = { content: part.text, entry: new Library().add(part.document) }
    const mine = here.get(`${kind}/${name}`)
    if ((mine?.position ?? 0) !== position) throw new Refusal('conflict-changed')
    // A review that is under way is not ended by the way.
    if (mine?.status === 'in-review') throw new Refusal('state-wrong')
    if (mine === undefined) {
      const document = await documents.begin(client, { establishment, written, note, pack: from, id: randomUUID() })
      taken.push({ document, version: 1 })
    } else {
      const to = { ...mine, kind, establishment, expected: position }
      await documents.write(client, to, written, note)
      taken.push({ document: mine.document, version: mine.latest + 1 })
    }
  }
  const said = { pack: from, version, fingerprint: signature.fingerprint, documents: taken }
  await client.query('select exchange.imported($1, $2, $3)', [establishment, JSON.stringify(said), own.fingerprint])
  return taken
}

/** The chosen documents as a pack, as they are in force; that they were handed out is put on record. */
export async function handOut(
  client: pg.ClientBase,
  establishment: string,
  { documents: wanted, pack }: Output<typeof HandOut>,
): Promise<{ name: string; text: string }[]> {
  const { rows } = await client.query<{ kind: string; name: string; version: number; content: string; document: string }>(
    `select d.id as document, d.kind, d.name, v.number as version, v.content
      from documents.documents d join documents.versions v on v.document = d.id and v.number = d.approved
      where d.establishment = $1 and d.retired_at is null and d.id = any ($2::uuid[]) order by d.kind, d.name`,
    [establishment, wanted],
  )
  if (rows.length !== new Set(wanted).size) throw new Refusal('state-wrong')
  const { title, summary, publisher, ...rest } = pack
  const description = {
    kind: 'pack',
    ...rest,
    title: { en: title },
    ...(summary === '' ? {} : { summary: { en: summary } }),
    publisher,
  }
  const said = {
    pack: pack.id,
    version: pack.version,
    licence: pack.licence,
    documents: rows.map(({ document, version }) => ({ document, version })),
  }
  await client.query('select exchange.exported($1, $2)', [establishment, JSON.stringify(said)])
  return [
    { name: 'pack', text: stringify(description) },
    ...rows.map(({ kind, name, content }) => ({ name: `${kind}/${name}`, text: content })),
  ]
}
