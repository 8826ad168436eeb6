/** /api/…/report: what the pages show, as files. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Api, asked, mustBeSomebody } from '../access/api.ts'
import { Aside, builtBeside } from '../aside/aside.ts'
import { askable, boardOf } from '../campaigns/store.ts'
import { Refusal } from '../contracts/errors.ts'
import type { Text } from '../contracts/languages.ts'
import type { Database } from '../database/database.ts'
import { Establishment, Version } from '../documents/schema.ts'
import * as documents from '../documents/store.ts'
import type { FacilityDocument } from '../packs/kinds/facility.ts'
import type { RosterDocument } from '../packs/kinds/roster.ts'
import { parseDocument } from '../packs/parse.ts'
import { wordsOf } from '../words/dictionary.ts'
import type { Format, Report } from './content.ts'
import { planContent } from './plan.ts'
import { play } from './playing.ts'
import { Wanted } from './schema.ts'
import { stressContent } from './stress.ts'
import type { ToWrite } from './writer.ts'
import { headersOf } from './writing.ts'

/** As a campaign that nobody has asked for plays them. */
const SEED = 1
const NIGHTS = 4096
/** Reports that wait for their nights; whoever comes then tries again. */
const MOST_WAITING = 8
/** Nights of a report, however many a campaign has played. */
const MOST_NIGHTS = 20_000

export function reportRoutes(app: Api, { database, threads }: { readonly database: Database; readonly threads: number }): void {
  const writer = new Aside<ToWrite, Uint8Array>(builtBeside(import.meta.url, 'writer'), { longest: 60_000, mostWaiting: MOST_WAITING })
  const set = async (report: Report, format: Format) => Buffer.from(await writer.ask({ report, format }))
  const waiting = new Set<string>()
  let last: Promise<unknown> = Promise.resolve()
  /** One after another, and one for each person: each takes all threads. Who has gone meanwhile is passed over. */
  const inTurn = <T>(request: FastifyRequest, work: () => Promise<T>): Promise<T> => {
    const { person } = mustBeSomebody(request)
    if (waiting.has(person) || waiting.size >= MOST_WAITING) throw new Refusal('service-busy')
    waiting.add(person)
    const turn = last
      .then(() => {
        if (request.raw.socket.destroyed) throw new Refusal('service-busy')
        return work()
      })
      .finally(() => waiting.delete(person))
    last = turn.catch(() => {})
    return turn
  }

  app.get(
    '/api/establishments/:establishment/studies/:study/report',
    {
      schema: {
        tags: ['reports'],
        summary: 'The stress test of what is in force, as PDF, for Word or for Excel',
        params: Establishment.extend({ study: z.string().max(100) }),
        querystring: Wanted,
      },
    },
    async (request, reply) => {
      const { establishment, study } = request.params
      const { format, language } = request.query
      const { board, found, tested, weakest, seed } = await asked(database, request, async (client) => {
        const board = await boardOf(client, establishment)
        const found = (await askable(client, establishment)).find((one) => one.study === study)
        if (found === undefined) throw new Refusal('not-found')
        await client.query('select access.look($1, $2)', ['report', `${establishment}/${study}`])
        const standing = board.studies.find((one) => one.study === study)
        const [tested] = standing?.stale === false ? standing.tested : []
        const { rows } = await client.query<{ seed: number }>('select seed from campaigns.campaigns where id = $1', [
          tested?.campaign ?? null,
        ])
        const weakest = tested === undefined ? null : (standing?.weakest ?? null)
        return { board, found, tested, weakest, seed: rows[0]?.seed ?? SEED }
      })
      const words = await wordsOf(language)
      const file = await inTurn(request, async () => {
        const played = await play(found.bundle, seed, Math.min(MOST_NIGHTS, tested?.nights ?? NIGHTS), threads)
        const content = stressContent({
          words,
          language,
          place: board.title,
          bundle: found.bundle,
          documents: played.prepared.documents,
          report: played.report,
          summary: played.summary,
          standard: found.standard,
          weakest,
          versions: found.uses.map(({ name, kind, version, status }) => ({ title: { en: `${kind}/${name}` }, version, status })),
          moment: tested?.at ?? new Date(),
        })
        return set(content, format)
      })
      return reply.headers({ ...headersOf(study, format) }).send(file)
    },
  )

  app.get(
    '/api/documents/:id/versions/:version/report',
    {
      schema: {
        tags: ['reports'],
        summary: 'A version of a plan, as PDF, for Word or for Excel',
        params: z.object({ id: z.uuid(), version: Version }),
        querystring: Wanted,
      },
    },
    async (request, reply) => {
      const { id, version } = request.params
      const { format, language } = request.query
      const content = await asked(database, request, async (client) => {
        const detail = await documents.detail(client, id)
        const about = detail.versions.find((v) => v.number === version)
        if (about === undefined || detail.kind !== 'plan') throw new Refusal('not-found')
        const raw = await documents.rawOf(id, version, await documents.contentOf(client, id, version))
        const parsed = parseDocument('plan', raw)
        if ('problems' in parsed) throw new Refusal('state-wrong')
        // What is in force is told with what is in force beside it; what is only written, with what was written last.
        const { library } = await documents.libraryOf(client, detail.establishment, about.status === 'approved' ? 'approved' : 'latest')
        const place = await client.query<{ title: Text }>('select title from access.establishments where id = $1', [detail.establishment])
        await client.query('select access.look($1, $2)', ['report', `${id}/${version}`])
        const facility = library.all('facility')[0]?.raw
        const roster = library.all('roster')[0]?.raw
        return planContent({
          words: await wordsOf(language),
          language,
          place: place.rows[0]!.title,
          plan: parsed.document,
          raw,
          facility: facility === undefined ? undefined : parsedAs<FacilityDocument>('facility', facility),
          roster: roster === undefined ? undefined : parsedAs<RosterDocument>('roster', roster),
          version,
          status: about.status,
          decidedBy: about.decidedBy,
          decidedAt: about.decidedAt,
          // A version never changes, nor what has been decided about it.
          moment: about.decidedAt ?? about.submittedAt ?? about.madeAt,
        })
      })
      const file = await inTurn(request, () => set(content, format))
      return reply.headers({ ...headersOf(`plan-${version}`, format) }).send(file)
    },
  )
}

function parsedAs<T>(kind: 'facility' | 'roster', raw: Parameters<typeof parseDocument>[1]): T | undefined {
  const parsed = parseDocument(kind, raw)
  return 'document' in parsed ? (parsed.document as unknown as T) : undefined
}
