/** /api/access: who is asking, coming in, and what proves who one is. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Refusal } from '../contracts/errors.ts'
import type { Database } from '../database/database.ts'
import { type Api, asked, atThisMachine, mustBeSomebody } from './api.ts'
import { enrolment, newSecret, printedCode } from './codes.ts'
import * as gate from './gate.ts'
import type { Site } from './passkeys.ts'
import { did, happened, keptOf, oneself } from './people.ts'
import { proofRoutes } from './proof-routes.ts'
import * as proofs from './proofs.ts'
import type { ProviderOptions } from './provider.ts'
import { ById, Code, Done, Id, Language, Languages, Login, Moment, Password, RoleName, SessionRow, State, Title, Words } from './schema.ts'

/** Over HTTPS browsers give a cookie of this name to the very host that has set it, and to nobody else. */
export const cookieName = (secure: boolean) => (secure ? '__Host-aman' : 'aman')

export interface AccessOptions {
  readonly database: Database
  /** Seals what is kept about an authenticator. */
  readonly master: Buffer
  /** Whether the made-up people of the training establishment can be taken: on this machine only. */
  readonly demonstration: boolean
  /** Asked of whoever sets up from another machine. */
  readonly setUpCode: string | undefined
  /** Whether browsers come over HTTPS. */
  readonly secure: boolean
  /** At passwords and codes, from one address in a minute. */
  readonly guesses: number
  /** Whether whoever lets others in must show a second proof. */
  readonly secondProof: boolean
  readonly provider: ProviderOptions | undefined
  readonly siteOf: (request: FastifyRequest) => Site
}

export function accessRoutes(app: Api, options: AccessOptions): void {
  const { database, master, demonstration, setUpCode, secure, guesses, secondProof, provider } = options
  const agentOf = (request: FastifyRequest) => request.headers['user-agent'] ?? ''
  const letIn = (reply: FastifyReply, { token }: gate.Opened): Record<string, never> => {
    reply.setCookie(cookieName(secure), token, { httpOnly: true, sameSite: 'strict', path: '/', secure })
    return {}
  }
  proofRoutes(app, { ...options, letIn })
  /** Guesses are slow: so many a minute from one address. */
  const guarded = { open: true, rateLimit: { max: guesses, timeWindow: '1 minute' } }

  app.get(
    '/api/access/state',
    {
      config: { open: true },
      schema: {
        tags: ['access'],
        summary: 'Who is signed in, and what can be done if nobody is',
        response: { 200: State },
      },
    },
    async (request) => ({
      setUp: await gate.isSetUp(database),
      demonstration: demonstration && atThisMachine(request),
      setUpCode: setUpCode !== undefined,
      secondProof,
      provider: provider?.name ?? null,
      oneself: request.session === undefined ? null : await asked(database, request, (client) => oneself(client, request.session!)),
    }),
  )

  app.post(
    '/api/access/set-up',
    {
      config: guarded,
      schema: {
        tags: ['access'],
        summary: 'The first administrator and establishment',
        body: z.object({
          code: z.string().max(100).optional(),
          login: Login,
          password: Password,
          name: z.string().trim().min(1).max(200),
          language: Language,
          establishment: z.object({ id: Id, title: Title, languages: Languages.default([]) }),
        }),
        response: { 200: Done },
      },
    },
    async (request, reply) => {
      if (setUpCode !== undefined && request.body.code?.trim().toUpperCase() !== setUpCode) throw new Refusal('sign-in-failed')
      if (setUpCode === undefined && !atThisMachine(request)) throw new Refusal('forbidden')
      return letIn(reply, await gate.setUp(database, master, request.body, agentOf(request)))
    },
  )

  app.post(
    '/api/access/sign-in',
    {
      config: guarded,
      schema: {
        tags: ['access'],
        summary: 'Open a session',
        body: z.object({ login: Login, password: Password, code: z.string().max(40).optional() }),
        response: { 200: Done },
      },
    },
    async (request, reply) => letIn(reply, await gate.signIn(database, master, request.body, agentOf(request))),
  )

  app.post(
    '/api/access/demonstration',
    {
      config: guarded,
      schema: {
        tags: ['access'],
        summary: 'A session of a made-up person of the training establishment; on this machine only',
        body: z.object({ role: RoleName }),
        response: { 200: Done },
      },
    },
    async (request, reply) => {
      if (!demonstration || !atThisMachine(request)) throw new Refusal('not-found')
      return letIn(reply, await gate.signInToDemonstration(database, request.body.role, agentOf(request)))
    },
  )

  app.post(
    '/api/access/sign-out',
    { config: { open: true }, schema: { tags: ['access'], summary: 'End the session', response: { 200: Done } } },
    async (request, reply) => {
      if (request.session !== undefined) await gate.signOut(database, request.session)
      reply.clearCookie(cookieName(secure), { path: '/', secure })
      return {}
    },
  )

  app.post(
    '/api/access/invitations/look',
    {
      config: guarded,
      schema: {
        tags: ['access'],
        summary: 'What an invitation is for',
        body: z.object({ code: Code }),
        response: { 200: z.object({ name: z.string(), role: z.string(), establishment: Words.nullable() }) },
      },
    },
    (request) => gate.lookAtInvitation(database, request.body.code),
  )

  app.post(
    '/api/access/invitations/accept',
    {
      config: guarded,
      schema: {
        tags: ['access'],
        summary: 'Take an invitation up',
        body: z.object({ code: Code, login: Login, password: Password, language: Language }),
        response: { 200: Done },
      },
    },
    async (request, reply) =>
      letIn(reply, await gate.acceptInvitation(database, master, request.body.code, request.body, agentOf(request))),
  )

  app.patch(
    '/api/access/oneself',
    { schema: { tags: ['access'], summary: 'One’s own language', body: z.object({ language: Language }), response: { 200: Done } } },
    async (request) => {
      await asked(database, request, (client) =>
        client.query('update access.people set language = $2 where id = $1', [request.session!.person, request.body.language]),
      )
      return {}
    },
  )

  app.post(
    '/api/access/password',
    {
      config: { rateLimit: guarded.rateLimit },
      schema: {
        tags: ['access'],
        summary: 'Another password; all other sessions end',
        body: z.object({ old: Password, wanted: Password }),
        response: { 200: Done },
      },
    },
    async (request) => {
      await proofs.changePassword(database, master, mustBeSomebody(request), request.body.old, request.body.wanted)
      return {}
    },
  )

  app.post(
    '/api/access/authenticator',
    {
      config: { rateLimit: guarded.rateLimit },
      schema: {
        tags: ['access'],
        summary: 'A secret for an authenticator app, not yet in force',
        body: z.object({ password: Password.optional(), code: Code.optional() }),
        response: { 200: z.object({ uri: z.string(), letters: z.string() }) },
      },
    },
    async (request) => {
      const secret = newSecret()
      const login = await proofs.prepareTotp(database, master, mustBeSomebody(request), request.body, secret)
      return enrolment(secret, login)
    },
  )

  app.post(
    '/api/access/authenticator/confirm',
    {
      config: { rateLimit: guarded.rateLimit },
      schema: {
        tags: ['access'],
        summary: 'Put it in force; recovery codes to print',
        body: z.object({ code: z.string().min(6).max(10) }),
        response: { 200: z.object({ recovery: z.array(z.string()) }) },
      },
    },
    async (request) => {
      const recovery = Array.from({ length: 8 }, () => printedCode(6))
      await proofs.confirmTotp(database, master, mustBeSomebody(request), request.body.code, recovery)
      return { recovery }
    },
  )

  app.post(
    '/api/access/authenticator/remove',
    {
      config: { rateLimit: guarded.rateLimit },
      schema: {
        tags: ['access'],
        summary: 'Do without it',
        body: z.object({ password: Password.optional(), code: Code.optional() }),
        response: { 200: Done },
      },
    },
    async (request) => {
      await proofs.removeTotp(database, master, mustBeSomebody(request), request.body)
      return {}
    },
  )

  app.get(
    '/api/access/sessions',
    { schema: { tags: ['access'], summary: 'One’s own open sessions', response: { 200: z.array(SessionRow) } } },
    async (request) => {
      const { id, person } = mustBeSomebody(request)
      const { rows } = await asked(database, request, (client) =>
        client.query<z.infer<typeof SessionRow>>(
          `select id, agent, made_at as "madeAt", seen_at as "seenAt", id = $2 as current from identity.sessions
            where person = $1 and ended_at is null and expires_at > now() order by seen_at desc`,
          [person, id],
        ),
      )
      return rows
    },
  )

  app.get(
    '/api/access/happened',
    {
      schema: {
        tags: ['access'],
        summary: 'What has happened with one’s own account',
        querystring: z.object({ limit: z.coerce.number().int().min(1).max(100).default(8) }),
        response: { 200: z.array(z.object({ at: Moment, kind: z.string() })) },
      },
    },
    (request) => asked(database, request, (client) => happened(client, request.session!.person, request.query.limit)),
  )

  app.get(
    '/api/access/kept',
    { schema: { tags: ['access'], summary: 'Everything that is kept of oneself, as a file', produces: ['application/json'] } },
    async (request, reply) => {
      const kept = await asked(database, request, (client) => keptOf(client, request.session!))
      return reply
        .type('application/json')
        .header('content-disposition', 'attachment; filename="aman-account.json"')
        .send(JSON.stringify(kept, null, 2))
    },
  )

  app.delete(
    '/api/access/sessions/:id',
    { schema: { tags: ['access'], summary: 'End a session', params: ById, response: { 200: Done } } },
    async (request) => {
      const ended = await asked(database, request, (client) => did(client, 'access.end_session($1)', [request.params.id]))
      if (!ended) throw new Refusal('not-found')
      return {}
    },
  )
}
