/** /api/board, /api/campaigns: how the plans stand, and the stress tests behind it. */
import type pg from 'pg'
import { z } from 'zod'
import { type Api, asked } from '../access/api.ts'
import { Refusal } from '../contracts/errors.ts'
import type { Database } from '../database/database.ts'
import { BoardRow, CampaignRow, Chance, Id } from './schema.ts'
import { ask, askable, type Board, boardOf, campaigns, hoursOf } from './store.ts'

/** How many nights, from which seed, and whether for every hour of the week. */
const Wanted = z.object({
  seed: z.int().min(-2147483648).max(2147483647).default(1),
  nights: z.int().min(256).max(100_000).default(4096),
  hourly: z.boolean().default(false),
})

/** Milliseconds after which a board is looked up even if nothing has happened: hours pass, alerts grow old. */
const HELD = 30_000

/** Boards as they are, each looked up once for everybody until something happens there: a change is told to a thousand screens at once. */
function boardsHeld(): (client: pg.ClientBase, establishment: string) => Promise<Board> {
  const held = new Map<string, { readonly state: string; readonly until: number; readonly board: Board }>()
  return async (client, establishment) => {
    const { rows } = await client.query<{ state: string | null }>('select ledger.state_of($1) as state', [establishment])
    const state = rows[0]?.state ?? null
    const known = held.get(establishment)
    if (known !== undefined && known.state === state && Date.now() < known.until) return known.board
    const board = await boardOf(client, establishment)
    if (state !== null) held.set(establishment, { state, until: Date.now() + HELD, board })
    return board
  }
}

export function campaignRoutes(app: Api, { database }: { readonly database: Database }): void {
  const boardNow = boardsHeld()
  app.get(
    '/api/board',
    { schema: { tags: ['campaigns'], summary: 'How the plans of all one’s establishments stand', response: { 200: z.array(BoardRow) } } },
    (request) =>
      asked(database, request, async (client) => {
        const { rows } = await client.query<{ id: string }>('select id from access.establishments order by id')
        const boards = []
        for (const { id } of rows) boards.push(await boardNow(client, id))
        return boards
      }),
  )

  app.get(
    '/api/establishments/:establishment/studies/:study/hours',
    {
      schema: {
        tags: ['campaigns'],
        summary: 'The chance of success by the hour of the week',
        params: z.object({ establishment: Id, study: Id }),
        response: { 200: z.array(Chance.extend({ hour: z.int() })) },
      },
    },
    (request) => asked(database, request, (client) => hoursOf(client, request.params.establishment, request.params.study)),
  )

  app.get(
    '/api/establishments/:establishment/campaigns',
    {
      schema: {
        tags: ['campaigns'],
        summary: 'Campaigns, the newest first',
        params: z.object({ establishment: Id }),
        querystring: z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
        response: { 200: z.array(CampaignRow) },
      },
    },
    (request) => asked(database, request, (client) => campaigns(client, request.params.establishment, request.query.limit)),
  )

  app.post(
    '/api/establishments/:establishment/campaigns',
    {
      schema: {
        tags: ['campaigns'],
        summary: 'Test everything that is in force',
        params: z.object({ establishment: Id }),
        body: Wanted,
        response: { 200: z.object({ id: z.uuid() }) },
      },
    },
    async (request) => {
      const { establishment } = request.params
      return asked(database, request, async (client) => ({
        id: await ask(client, { establishment, ...request.body }, await askable(client, establishment)),
      }))
    },
  )

  app.post(
    '/api/campaigns',
    {
      schema: {
        tags: ['campaigns'],
        summary: 'Test everything that is in force at every establishment where one acts; where a test is under way it is left to run',
        body: Wanted,
        response: { 200: z.object({ begun: z.array(z.string()) }) },
      },
    },
    (request) =>
      asked(database, request, async (client) => {
        const { rows } = await client.query<{ id: string }>(
          `select e.id from access.establishments e where access.acts(e.id) and not exists (
            select from campaigns.campaigns c where c.establishment = e.id and c.state in ('running', 'paused') and c.asked_by is not null
          ) order by e.id`,
        )
        const begun: string[] = []
        for (const { id } of rows) {
          const studies = await askable(client, id)
          if (studies.length === 0) continue
          await ask(client, { establishment: id, ...request.body }, studies)
          begun.push(id)
        }
        return { begun }
      }),
  )

  app.post(
    '/api/campaigns/:id/state',
    {
      schema: {
        tags: ['campaigns'],
        summary: 'Pause, go on, cancel',
        params: z.object({ id: z.uuid() }),
        body: z.object({ state: z.enum(['running', 'paused', 'cancelled']) }),
        response: { 200: z.object({}) },
      },
    },
    async (request) => {
      const { rows } = await asked(database, request, (client) =>
        client.query<{ done: boolean }>('select campaigns.steer($1, $2) as done', [request.params.id, request.body.state]),
      )
      if (!rows[0]!.done) throw new Refusal('state-wrong')
      return {}
    },
  )
}
