/** /api/access: passkeys, and sign-in at the service’s own provider. */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Refusal } from '../contracts/errors.ts'
import type { Database } from '../database/database.ts'
import { type Api, asked, mustBeSomebody } from './api.ts'
import type { Opened } from './gate.ts'
import * as passkeys from './passkeys.ts'
import { mustProve } from './proofs.ts'
import { Provider, type ProviderOptions } from './provider.ts'
import { Code, Done, Language, Moment, Password } from './schema.ts'

export interface ProofOptions {
  readonly database: Database
  readonly master: Buffer
  readonly provider: ProviderOptions | undefined
  /** As which address the browser of this request knows us. */
  readonly siteOf: (request: FastifyRequest) => passkeys.Site
  readonly letIn: (reply: FastifyReply, opened: Opened) => Record<string, never>
  readonly secure: boolean
  readonly guesses: number
}

const PENDING = 'aman-provider'
/** What the browser’s own functions give; looked into by the library that verifies it. */
const Signed = z.looseObject({ id: z.string().min(1).max(1500), rawId: z.string().max(1500), type: z.string().max(40) })
const Offer = z.object({ id: z.uuid(), options: z.unknown() })
const PasskeyRow = z.object({ id: z.string(), name: z.string(), madeAt: Moment, usedAt: Moment.nullable() })

export function proofRoutes(app: Api, { database, master, provider: wanted, siteOf, letIn, secure, guesses }: ProofOptions): void {
  const rateLimit = { max: guesses, timeWindow: '1 minute' }
  const agentOf = (request: FastifyRequest) => request.headers['user-agent'] ?? ''

  app.get(
    '/api/access/passkeys',
    { schema: { tags: ['access'], summary: 'One’s own passkeys', response: { 200: z.array(PasskeyRow) } } },
    async (request) => {
      const { rows } = await asked(database, request, (client) =>
        client.query<z.output<typeof PasskeyRow>>(
          'select id, name, made_at as "madeAt", used_at as "usedAt" from identity.passkeys order by made_at',
        ),
      )
      return rows
    },
  )

  app.post(
    '/api/access/passkeys/offer',
    {
      config: { rateLimit },
      schema: {
        tags: ['access'],
        summary: 'What a browser makes a passkey of',
        body: z.object({ password: Password.optional(), code: Code.optional() }),
        response: { 200: Offer },
      },
    },
    async (request) => {
      const session = mustBeSomebody(request)
      await mustProve(database, master, session, request.body)
      return passkeys.offerToAdd(database, siteOf(request), session)
    },
  )

  app.post(
    '/api/access/passkeys',
    {
      config: { rateLimit },
      schema: {
        tags: ['access'],
        summary: 'Keep a passkey that the browser has made',
        body: z.object({ id: z.uuid(), name: z.string().trim().min(1).max(100), response: Signed }),
        response: { 200: Done },
      },
    },
    async (request) => {
      const { id, name, response } = request.body
      await passkeys.add(database, siteOf(request), mustBeSomebody(request), id, name, response as unknown as RegistrationResponseJSON)
      return {}
    },
  )

  app.post(
    '/api/access/passkeys/remove',
    {
      config: { rateLimit },
      schema: {
        tags: ['access'],
        summary: 'Do without a passkey',
        body: z.object({ id: z.string().max(1500), password: Password.optional(), code: Code.optional() }),
        response: { 200: Done },
      },
    },
    async (request) => {
      const { id, ...proof } = request.body
      const session = mustBeSomebody(request)
      await mustProve(database, master, session, proof)
      await passkeys.remove(database, session.person, id)
      return {}
    },
  )

  app.post(
    '/api/access/passkeys/sign-in/offer',
    {
      config: { open: true, rateLimit },
      schema: { tags: ['access'], summary: 'What a passkey signs', body: z.object({}), response: { 200: Offer } },
    },
    (request) => passkeys.offerToSignIn(database, siteOf(request)),
  )

  app.post(
    '/api/access/passkeys/sign-in',
    {
      config: { open: true, rateLimit },
      schema: {
        tags: ['access'],
        summary: 'Open a session with a passkey',
        body: z.object({ id: z.uuid(), response: Signed }),
        response: { 200: Done },
      },
    },
    async (request, reply) => {
      const { id, response } = request.body
      const signed = response as unknown as AuthenticationResponseJSON
      return letIn(reply, await passkeys.signIn(database, siteOf(request), id, signed, agentOf(request)))
    },
  )

  const provider = wanted === undefined ? undefined : new Provider(database, master, wanted)
  const backOf = (request: FastifyRequest) => `${siteOf(request).origin}/api/access/provider/back`

  app.post(
    '/api/access/provider',
    {
      config: { open: true, rateLimit },
      schema: {
        tags: ['access'],
        summary: 'Begin to sign in at the service’s own provider',
        body: z.object({ invitation: Code.optional(), language: Language }),
        response: { 200: z.object({ address: z.string() }) },
      },
    },
    async (request, reply) => {
      if (provider === undefined) throw new Refusal('not-found')
      const { address, id } = await provider.begin(backOf(request), request.body.language, request.body.invitation)
      // Lax, as the way back begins at the provider.
      reply.setCookie(PENDING, id, { httpOnly: true, sameSite: 'lax', path: '/api/access/provider', secure, maxAge: 600 })
      return { address }
    },
  )

  app.get(
    '/api/access/provider/back',
    {
      config: { open: true, rateLimit },
      schema: { tags: ['access'], summary: 'Back from the provider', querystring: z.record(z.string(), z.string()) },
    },
    async (request, reply) => {
      try {
        const pending = z.uuid().safeParse(request.cookies[PENDING])
        if (provider === undefined || !pending.success) throw new Refusal('sign-in-failed')
        const came = new URL(backOf(request))
        came.search = new URL(request.url, came).search
        letIn(reply, await provider.end(pending.data, came, agentOf(request)))
        reply.clearCookie(PENDING, { path: '/api/access/provider' })
        return reply.redirect('/#/', 303)
      } catch (error) {
        if (!(error instanceof Refusal)) request.log.error({ err: error }, 'provider')
        return reply.redirect(`/#/refused/${error instanceof Refusal ? error.code : 'fault'}`, 303)
      }
    },
  )
}
