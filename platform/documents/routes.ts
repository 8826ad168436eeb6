/** /api/documents: reading, writing, review. */
import { z } from 'zod'
import { type Api, asked, mustBeSomebody } from '../access/api.ts'
import { Moment, Words } from '../access/schema.ts'
import { InputError, Refusal } from '../contracts/errors.ts'
import type { Text } from '../contracts/languages.ts'
import type { Database } from '../database/database.ts'
import { assemble } from '../packs/assemble.ts'
import { KINDS } from '../packs/kinds/kinds.ts'
import { besideOf } from './beside.ts'
import { changesBetween, entriesOf, idsIn, titlesIn } from './changes.ts'
import { BesideRow, ById, Changes, Content, Deed, Detail, Done, Establishment, Found, Note, Row, Version } from './schema.ts'
import { beginnings, TRAINING, templates } from './shipped.ts'
import * as store from './store.ts'

const KIND_OF = {
  submit: 'document.submitted',
  withdraw: 'document.withdrawn',
  approve: 'document.approved',
  return: 'document.returned',
  retire: 'document.retired',
  comment: 'document.commented',
  settle: 'document.settled',
  rehearse: 'document.rehearsed',
  strike: 'document.rehearsal-struck',
} as const

export function documentRoutes(app: Api, { database }: { readonly database: Database }): void {
  app.get(
    '/api/establishments/:establishment/documents',
    {
      schema: {
        tags: ['documents'],
        summary: 'Current documents of an establishment',
        params: Establishment,
        response: { 200: z.array(Row) },
      },
    },
    (request) => asked(database, request, (client) => store.list(client, request.params.establishment)),
  )

  app.post(
    '/api/establishments/:establishment/documents',
    {
      schema: {
        tags: ['documents'],
        summary: 'A new document, as a draft',
        params: Establishment,
        body: z.object({ id: z.uuid().optional(), content: Content, note: Note.default('') }),
        response: { 200: ById },
      },
    },
    async (request) => {
      const { establishment } = request.params
      const { content, note, id } = request.body
      await asked(database, request, (client) => store.mustWrite(client, establishment))
      const written = await store.checked(content)
      return { id: await asked(database, request, (client) => store.begin(client, { establishment, written, note, id })) }
    },
  )

  app.get(
    '/api/establishments/:establishment/names',
    {
      schema: {
        tags: ['documents'],
        summary: 'What layout and roster name: zones, skills, keys, equipment, agencies',
        params: Establishment,
        response: { 200: BesideRow },
      },
    },
    async (request) => {
      const place = await asked(database, request, (client) => store.placeOf(client, request.params.establishment))
      return besideOf(await place())
    },
  )

  app.post(
    '/api/establishments/:establishment/copy',
    {
      schema: {
        tags: ['documents'],
        summary: 'Drafts of all documents of the training establishment, to begin with',
        params: Establishment,
        body: z.object({}),
        response: { 200: z.object({ made: z.int(), there: z.int() }) },
      },
    },
    async (request) =>
      asked(database, request, async (client) => {
        const { establishment } = request.params
        await store.mustWrite(client, establishment)
        const there = new Set((await store.list(client, establishment)).map((row) => `${row.kind}/${row.name}`))
        const place = await client.query<{ title: Text }>('select title from access.establishments where id = $1', [establishment])
        if (place.rows[0] === undefined) throw new Refusal('not-found')
        const missing = beginnings(place.rows[0].title).filter((one) => !there.has(one.name))
        for (const one of missing) await store.begin(client, { establishment, written: one, note: '', pack: TRAINING })
        return { made: missing.length, there: there.size }
      }),
  )

  app.get(
    '/api/templates',
    {
      schema: {
        tags: ['documents'],
        summary: 'Documents to begin with: those of the training establishment',
        response: { 200: z.array(z.object({ kind: z.enum(KINDS), name: z.string(), title: Words, content: z.string() })) },
      },
    },
    async (request) => {
      mustBeSomebody(request)
      return templates()
    },
  )

  app.get(
    '/api/documents/:id',
    { schema: { tags: ['documents'], summary: 'A document with its versions and comments', params: ById, response: { 200: Detail } } },
    (request) => asked(database, request, (client) => store.detail(client, request.params.id)),
  )

  app.get(
    '/api/documents/:id/versions/:version',
    {
      schema: {
        tags: ['documents'],
        summary: 'The text of a version',
        params: ById.extend({ version: Version }),
        response: { 200: z.object({ content: z.string() }) },
      },
    },
    async (request) => {
      const { id, version } = request.params
      const content = await asked(database, request, async (client) => {
        const found = await store.contentOf(client, id, version)
        await store.noteLook(client, id)
        return found
      })
      return { content }
    },
  )

  app.get(
    '/api/documents/:id/changes',
    {
      schema: {
        tags: ['documents'],
        summary: 'What has changed from one version to another',
        params: ById,
        querystring: z.object({ from: Version, to: Version }),
        response: { 200: Changes },
      },
    },
    async (request) => {
      const { id } = request.params
      const { from, to } = request.query
      const { before, after, others } = await asked(database, request, async (client) => ({
        before: await store.contentOf(client, id, from),
        after: await store.contentOf(client, id, to),
        others: await store.othersThan(client, id),
        noted: await store.noteLook(client, id),
      }))
      const [was, is] = [await store.rawOf(id, from, before), await store.rawOf(id, to, after)]
      const changes = changesBetween(was, is)
      const ids = idsIn(changes)
      const names = [...titlesIn([is, was, ...(await others())])].filter(([key]) => ids.has(key))
      return { changes: changes.map((change) => ({ ...change, path: [...change.path] })), names: Object.fromEntries(names) }
    },
  )

  app.post(
    '/api/documents/:id/versions',
    {
      schema: {
        tags: ['documents'],
        summary: 'Save a new version',
        params: ById,
        body: z.object({
          expected: z.int().min(1),
          request: z.uuid().optional(),
          content: Content,
          note: Note.default(''),
          /** Milliseconds since it was written: what was typed later is not of this version. */
          age: z.int().min(0).max(10_000_000_000).default(0),
        }),
        response: { 200: Done },
      },
    },
    async (request) => {
      const { id } = request.params
      const { expected, content: text, note } = request.body
      await asked(database, request, async (client) => store.mustWrite(client, (await store.detail(client, id)).establishment))
      const written = await store.checked(text)
      return asked(database, request, async (client) => {
        const there = await store.detail(client, id)
        const to = { ...there, document: id, expected, request: request.body.request }
        const position = await store.write(client, to, written, note)
        // What has been typed since stays.
        await client.query(
          'delete from documents.workings where document = $1 and (content = $2 or saved_at <= now() - make_interval(secs => $3))',
          [id, text, request.body.age / 1000],
        )
        return { position }
      })
    },
  )

  app.post(
    '/api/documents/:id/deeds',
    {
      schema: {
        tags: ['documents'],
        summary: 'Hand in, withdraw, approve, return, retire, comment, settle, put an exercise on record',
        params: ById,
        body: z.object({ expected: z.int().min(1), request: z.uuid().optional(), deed: Deed }),
        response: { 200: Done },
      },
    },
    async (request) => {
      const { expected, deed } = request.body
      const { do: what, ...body } = deed
      if (deed.do === 'comment' && deed.place !== '') {
        const { id } = request.params
        const text = await asked(database, request, (client) => store.contentOf(client, id, deed.version))
        const [section] = deed.place.split('.')
        if (!entriesOf(await store.rawOf(id, deed.version, text)).some(({ place }) => place === deed.place))
          throw new InputError([
            { code: 'id-unknown', path: ['deed', 'place'], expected: `an entry in ${section} of this document`, found: deed.place },
          ])
      }
      return asked(database, request, async (client) => {
        const { establishment } = await store.detail(client, request.params.id)
        const to = { document: request.params.id, establishment, expected, request: request.body.request }
        return { position: await store.record(client, to, [{ kind: KIND_OF[what], body }]) }
      })
    },
  )

  app.put(
    '/api/documents/:id/working',
    {
      schema: {
        tags: ['documents'],
        summary: 'Keep what is being written',
        params: ById,
        body: z.object({ content: z.string().max(1_000_000), basedOn: z.int().min(0), seen: Moment.nullable().optional() }),
        response: { 200: z.object({ savedAt: Moment }) },
      },
    },
    async (request) => {
      const { content: text, basedOn, seen } = request.body
      const { rows } = await asked(database, request, (client) =>
        client.query<{ savedAt: Date }>(
          `insert into documents.workings (document, person, content, based_on) values ($1, $2, $3, $4)
            on conflict (document, person) do update set content = excluded.content, based_on = excluded.based_on, saved_at = now()
              where workings.based_on <= excluded.based_on and ($5 or date_trunc('milliseconds', workings.saved_at) <= $6::timestamptz)
            returning saved_at as "savedAt"`,
          [request.params.id, mustBeSomebody(request).person, text, basedOn, seen === undefined, seen ?? null],
        ),
      )
      // The same person has gone on in another window.
      if (rows[0] === undefined) throw new Refusal('conflict-changed')
      return rows[0]
    },
  )

  app.delete(
    '/api/documents/:id/working',
    { schema: { tags: ['documents'], summary: 'Throw away what was being written', params: ById, response: { 200: z.object({}) } } },
    async (request) => {
      await asked(database, request, (client) => client.query('delete from documents.workings where document = $1', [request.params.id]))
      return {}
    },
  )

  app.post(
    '/api/establishments/:establishment/bundle',
    {
      schema: {
        tags: ['documents'],
        summary: 'A study with all that it refers to: as approved, as last written, or with one text instead of what is kept',
        params: Establishment,
        body: z.object({
          study: z.string().max(100),
          choice: z.enum(['approved', 'latest']).default('latest'),
          instead: z.object({ document: z.uuid(), version: Version }).optional(),
          text: Content.optional(),
        }),
        response: { 200: Found },
      },
    },
    async (request) => {
      const { study, choice, instead, text } = request.body
      const rows = await asked(database, request, async (client) => {
        const chosen = await store.chosenRows(client, request.params.establishment, choice, instead)
        for (const { document } of chosen) await store.noteLook(client, document)
        return chosen
      })
      const { library, used } = await store.libraryFrom(rows)
      // Nothing is read for those who see nothing there.
      if (used.size === 0) throw new Refusal('not-found')
      const found = text === undefined ? library : library.with((await store.checked(text)).entry)
      const entry = found.find('study', study)
      if (entry === undefined) throw new Refusal('not-found')
      const bundle = found.bundle(entry)
      const assembled = assemble(bundle)
      if ('problems' in assembled) throw new InputError(assembled.problems.map((problem) => found.locate(entry, problem)))
      return { bundle, uses: store.usedBy(bundle, used) }
    },
  )
}
