/** /api/access, once somebody is in: people of a place, invitations, grants, establishments; and /api/trail. */
import { z } from 'zod'
import { Refusal } from '../contracts/errors.ts'
import type { Database } from '../database/database.ts'
import { type Api, asked, provenTwice } from './api.ts'
import { did, invite, openInvitations, people, trail, unreadEmergencies } from './people.ts'
import { ById, Done, Emergency, Entry, Id, InvitationRow, Languages, Moment, PersonRow, RoleName, Title } from './schema.ts'

export interface PeopleOptions {
  readonly database: Database
  /** Whether whoever lets others in must show a second proof. */
  readonly secondProof: boolean
}

export function peopleRoutes(app: Api, { database, secondProof }: PeopleOptions): void {
  /** Before anything that lets somebody in or out. */
  const preHandler = provenTwice(secondProof)

  app.get(
    '/api/access/people',
    { schema: { tags: ['access'], summary: 'People whom one may see, with their roles', response: { 200: z.array(PersonRow) } } },
    (request) =>
      asked(database, request, async (client) => {
        await client.query(`select access.seen('people', null, interval '1 hour')`)
        return people(client)
      }),
  )

  app.delete(
    '/api/access/people/:id',
    {
      preHandler,
      schema: { tags: ['access'], summary: 'Close the account of somebody who has left', params: ById, response: { 200: Done } },
    },
    async (request) => {
      const done = await asked(database, request, (client) => did(client, 'access.close_person($1)', [request.params.id]))
      if (!done) throw new Refusal('not-found')
      return {}
    },
  )

  app.get(
    '/api/access/invitations',
    { schema: { tags: ['access'], summary: 'Open invitations', response: { 200: z.array(InvitationRow) } } },
    (request) => asked(database, request, openInvitations),
  )

  app.post(
    '/api/access/invitations',
    {
      preHandler,
      schema: {
        tags: ['access'],
        summary: 'Invite somebody; the code is shown once',
        body: z.object({ name: z.string().trim().min(1).max(200), role: RoleName, establishment: Id.nullable(), until: Moment }),
        response: { 200: z.object({ id: z.uuid(), code: z.string() }) },
      },
    },
    (request) => asked(database, request, (client) => invite(client, request.body)),
  )

  app.delete(
    '/api/access/invitations/:id',
    {
      preHandler,
      schema: { tags: ['access'], summary: 'Withdraw an invitation', params: ById, response: { 200: Done } },
    },
    async (request) => {
      const done = await asked(database, request, (client) => did(client, 'identity.withdraw_invitation($1)', [request.params.id]))
      if (!done) throw new Refusal('not-found')
      return {}
    },
  )

  app.post(
    '/api/access/grants',
    {
      preHandler,
      schema: {
        tags: ['access'],
        summary: 'Give somebody a role for a place, until a day',
        body: z.object({ person: z.uuid(), role: RoleName, establishment: Id.nullable(), until: Moment }),
        response: { 200: ById },
      },
    },
    async (request) => {
      const { person, role, establishment, until } = request.body
      const { rows } = await asked(database, request, (client) =>
        client.query<{ id: string }>('select access.grant_role($1, $2, $3, $4) as id', [person, role, establishment, until]),
      )
      return rows[0]!
    },
  )

  app.delete(
    '/api/access/grants/:id',
    {
      preHandler,
      schema: { tags: ['access'], summary: 'Take a role back', params: ById, response: { 200: Done } },
    },
    async (request) => {
      const done = await asked(database, request, (client) => did(client, 'access.withdraw_grant($1)', [request.params.id]))
      if (!done) throw new Refusal('not-found')
      return {}
    },
  )

  app.post(
    '/api/access/break-glass',
    {
      schema: {
        tags: ['access'],
        summary: 'In an emergency: a role for an hour, with a reason that the monitor reads',
        body: z.object({ role: z.enum(['planner', 'governor']), establishment: Id, reason: z.string().min(10).max(2000) }),
        response: { 200: ById },
      },
    },
    async (request) => {
      const { role, establishment, reason } = request.body
      const { rows } = await asked(database, request, (client) =>
        client.query<{ id: string }>('select access.break_glass($1, $2, $3) as id', [role, establishment, reason]),
      )
      return rows[0]!
    },
  )

  app.get(
    '/api/access/emergencies',
    {
      schema: {
        tags: ['access'],
        summary: 'Roles that somebody has given themselves in an emergency, and that this monitor has not read yet',
        response: { 200: z.array(Emergency) },
      },
    },
    (request) => asked(database, request, unreadEmergencies),
  )

  app.post(
    '/api/access/emergencies/:id',
    { schema: { tags: ['access'], summary: 'That this monitor has read it', params: ById, response: { 200: Done } } },
    async (request) => {
      const { id } = request.params
      await asked(database, request, async (client) => {
        if (!(await unreadEmergencies(client)).some((one) => one.id === id)) throw new Refusal('not-found')
        await client.query(`select access.look('emergency', $1)`, [id])
      })
      return {}
    },
  )

  app.post(
    '/api/access/establishments',
    {
      preHandler,
      schema: {
        tags: ['access'],
        summary: 'A further establishment',
        body: z.object({ id: Id, title: Title, languages: Languages.default([]) }),
        response: { 200: Done },
      },
    },
    async (request) => {
      const { id, title, languages } = request.body
      await asked(database, request, async (client) => {
        await client.query('select access.found($1, $2)', [id, JSON.stringify(title)])
        await client.query('select access.choose_languages($1, $2)', [id, languages])
      })
      return {}
    },
  )

  app.put(
    '/api/access/establishments/:id/languages',
    {
      preHandler,
      schema: {
        tags: ['access'],
        summary: 'Languages that the people of an establishment read',
        params: z.object({ id: Id }),
        body: z.object({ languages: Languages }),
        response: { 200: Done },
      },
    },
    async (request) => {
      const { id } = request.params
      await asked(database, request, (client) => client.query('select access.choose_languages($1, $2)', [id, request.body.languages]))
      return {}
    },
  )

  app.get(
    '/api/trail',
    {
      schema: {
        tags: ['trail'],
        summary: 'What has happened, as far as one may see it; that somebody has looked is noted',
        querystring: z.object({
          before: z
            .string()
            .regex(/^\d{1,18}$/)
            .optional(),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
        response: { 200: z.array(Entry) },
      },
    },
    async (request) => {
      const { before, limit } = request.query
      return asked(database, request, async (client) => {
        const entries = await trail(client, before === undefined ? undefined : BigInt(before), limit)
        await client.query('select access.look($1, $2)', ['trail', before ?? null])
        return entries
      })
    },
  )
}
