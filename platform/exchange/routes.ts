import { z } from 'zod'
import { type Api, asked, provenTwice } from '../access/api.ts'
import type { Database } from '../database/database.ts'
import { Establishment } from '../documents/schema.ts'
import { mustWrite } from '../documents/store.ts'
import { signingKey } from '../ledger/keys.ts'
import { LARGEST_PACK, publicKeyOf, readPublicKey, writePack } from '../packs/signed.ts'
import { Fingerprint, HandedOut, HandOut, Looked, PackText, Publishers, Take, Taken, Trust } from './schema.ts'
import * as store from './store.ts'

/** A pack travels within JSON, where line ends and quotation marks take two bytes. */
const bodyLimit = 2 * LARGEST_PACK

export interface ExchangeOptions {
  readonly database: Database
  /** Where keys lie. */
  readonly folder: string
  /** Whether whoever decides whom to trust must show a second proof. */
  readonly secondProof: boolean
  /** Packs that one address may have read in a minute. */
  readonly looks: number
}

export function exchangeRoutes(app: Api, { database, folder, secondProof, looks }: ExchangeOptions): void {
  const preHandler = provenTwice(secondProof)
  const key = signingKey(folder, 'publisher')
  const own = publicKeyOf(key)

  app.get(
    '/api/exchange/publishers',
    { schema: { tags: ['exchange'], summary: 'Our own fingerprint, and whose packs are trusted', response: { 200: Publishers } } },
    (request) => asked(database, request, (client) => store.publishers(client, own)),
  )

  app.post(
    '/api/exchange/publishers',
    {
      preHandler,
      schema: {
        tags: ['exchange'],
        summary: 'Trust a publisher whose fingerprint has been compared',
        body: Trust,
        response: { 200: z.object({ fingerprint: Fingerprint }) },
      },
    },
    async (request) => {
      const { name, note } = request.body
      const { der } = publicKeyOf(readPublicKey(request.body.key))
      const { rows } = await asked(database, request, (client) =>
        client.query<{ fingerprint: string }>('select exchange.trust($1, $2, $3) as fingerprint', [der, name, note]),
      )
      return rows[0]!
    },
  )

  app.delete(
    '/api/exchange/publishers/:fingerprint',
    {
      preHandler,
      schema: {
        tags: ['exchange'],
        summary: 'No longer trust a publisher',
        params: z.object({ fingerprint: Fingerprint }),
        body: z.object({ reason: z.string().trim().min(5).max(1000) }),
        response: { 200: z.object({}) },
      },
    },
    async (request) => {
      await asked(database, request, (client) =>
        client.query('select exchange.distrust($1, $2)', [request.params.fingerprint, request.body.reason]),
      )
      return {}
    },
  )

  app.post(
    '/api/establishments/:establishment/packs/look',
    {
      bodyLimit,
      config: { rateLimit: { max: looks, timeWindow: '1 minute' } },
      schema: {
        tags: ['exchange'],
        summary: 'What is in a pack, who has signed it, and what taking it would do',
        params: Establishment,
        body: z.object({ text: PackText }),
        response: { 200: Looked },
      },
    },
    async (request) => {
      const { establishment } = request.params
      // Reading costs: it is for those who could take it.
      await asked(database, request, (client) => mustWrite(client, establishment))
      const read = await store.readWhole(request.body.text)
      return asked(database, request, (client) => store.look(client, establishment, read, own))
    },
  )

  app.post(
    '/api/establishments/:establishment/packs/take',
    {
      bodyLimit,
      config: { rateLimit: { max: looks, timeWindow: '1 minute' } },
      schema: {
        tags: ['exchange'],
        summary: 'Take documents of a pack over as drafts',
        params: Establishment,
        body: Take,
        response: { 200: Taken },
      },
    },
    async (request) => {
      const { establishment } = request.params
      await asked(database, request, (client) => mustWrite(client, establishment))
      const read = await store.readWhole(request.body.text)
      return { documents: await asked(database, request, (client) => store.take(client, establishment, read, request.body, own)) }
    },
  )

  app.post(
    '/api/establishments/:establishment/packs',
    {
      schema: {
        tags: ['exchange'],
        summary: 'Hand documents that are in force out as a signed pack',
        params: Establishment,
        body: HandOut,
        response: { 200: HandedOut },
      },
    },
    async (request) => {
      const { id, version } = request.body.pack
      const text = await asked(database, request, async (client) =>
        // What cannot be written was not handed out: both or neither.
        writePack(await store.handOut(client, request.params.establishment, request.body), key),
      )
      return { file: `${id}-${version}.aman`, text }
    },
  )
}
