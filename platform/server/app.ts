/** The server, as a list: what is set up, in order, each with a line on why. */
import { randomInt, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { isIP, type Socket } from 'node:net'
import { availableParallelism, hostname } from 'node:os'
import { fileURLToPath } from 'node:url'
import fastifyCookie from '@fastify/cookie'
import fastifyRateLimit from '@fastify/rate-limit'
import fastifyStatic from '@fastify/static'
import fastifySwagger from '@fastify/swagger'
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import { jsonSchemaTransform, serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Api } from '../access/api.ts'
import { checked, problemOf } from '../access/api.ts'
import { isSetUp, sessionOf } from '../access/gate.ts'
import type { Site } from '../access/passkeys.ts'
import { peopleRoutes } from '../access/people-routes.ts'
import type { ProviderOptions } from '../access/provider.ts'
import { accessRoutes, cookieName } from '../access/routes.ts'
import { campaignRoutes } from '../campaigns/routes.ts'
import { CampaignWorker } from '../campaigns/worker.ts'
import { InputError, Refusal } from '../contracts/errors.ts'
import type { Database } from '../database/database.ts'
import { documentRoutes } from '../documents/routes.ts'
import { bringTrainingIn } from '../documents/shipped.ts'
import { exchangeRoutes } from '../exchange/routes.ts'
import { mustBeKeysOf, openKeys } from '../ledger/keys.ts'
import { stateNames } from '../ledger/names.ts'
import { Signing } from '../ledger/signing.ts'
import { type MailOptions, Post } from '../mail/post.ts'
import { mailRoutes } from '../mail/routes.ts'
import { reportRoutes } from '../reports/routes.ts'
import { errorsPage } from './errors-page.ts'
import { Live, liveRoutes } from './live.ts'
import { measure } from './metrics.ts'

/** The built page, seen from the sources as from what is built of them. */
const WEB = ['../dist/web', '../web'].map((path) => fileURLToPath(new URL(path, import.meta.url))).find(existsSync)!

/** Everything comes from here, nothing runs inline, nobody frames it. */
const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
const SAFE = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
}
const LARGEST_BODY = 2_500_000
/** Of the code for setting up: at thirty guesses a minute nobody finds it. */
const CODE_DIGITS = 12
/** Milliseconds that requests under way have when we stop. */
const LAST_REQUESTS = 10_000
const LIMITS = { requests: 6000, guesses: 30 }
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/

export interface ServeOptions {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  /** Absent: only the page, which works by itself. */
  readonly database?: Database
  /** Where keys lie. */
  readonly folder?: string
  /** Address under which browsers know us, where another server stands in front. */
  readonly publicUrl?: string
  /** Addresses or networks of servers in front of us on other machines. */
  readonly proxies?: readonly string[]
  /** The service’s own provider of identities. */
  readonly provider?: ProviderOptions
  /** The service’s own mail server; absent: no letters are sent. */
  readonly mail?: MailOptions
  /** For campaigns; 0: this node leaves them to others. */
  readonly threads?: number
  /** From one address in a minute: any requests, and guesses at passwords and codes. */
  readonly limits?: { readonly requests: number; readonly guesses: number }
  /** Where the log goes; nowhere if absent. */
  readonly log?: NodeJS.WritableStream
  /** Whether every request is in the log, or what has gone wrong alone. */
  readonly requestsInLog?: boolean
}

export interface Served {
  readonly address: string
  /** Asked of whoever sets up from another machine; undefined once that is done, and on this machine alone. */
  readonly setUpCode: string | undefined
  close(): Promise<void>
}

/** Serves until closed. Throws {@link InputError} if the port is taken. */
export async function serve(options: ServeOptions): Promise<Served> {
  const { host, port, database, limits = LIMITS } = options
  // Only people at this machine, and nobody through a server in front of us.
  const secure = options.publicUrl?.startsWith('https:') === true
  const local = LOOPBACK.test(host) && options.publicUrl === undefined
  const told = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const problem = problemOf(error, request.id)
    if (problem.status >= 500) request.log.error({ err: error }, problem.code)
    return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem))
  }
  const app = Fastify({
    // What is no request that we could look at, such as an address that cannot be read, is told in the same shape.
    frameworkErrors: (error, request, reply) => {
      reply.headers(SAFE)
      void told(error, request as unknown as FastifyRequest, reply as unknown as FastifyReply)
    },
    clientErrorHandler: (error, socket) => {
      if (!socket.writable || (error as NodeJS.ErrnoException).code === 'ECONNRESET') {
        socket.destroy()
        return
      }
      const body = JSON.stringify(problemOf(new Refusal('request-wrong'), randomUUID()))
      const headers = Object.entries({
        ...SAFE,
        'Content-Type': 'application/problem+json',
        'Content-Length': Buffer.byteLength(body),
        Connection: 'close',
      })
      socket.end(`HTTP/1.1 400 Bad Request\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`)
    },
    logger:
      options.log === undefined
        ? false
        : {
            level: options.requestsInLog === false ? 'error' : 'info',
            stream: options.log,
            serializers: { req: asLogged, err: faultAsLogged },
          },
    genReqId: () => randomUUID(),
    bodyLimit: LARGEST_BODY,
    forceCloseConnections: 'idle',
    requestTimeout: 60_000,
    // A server in front of us, on this machine or one of those named, says for whom it asks.
    trustProxy: options.publicUrl === undefined ? false : ['loopback', ...(options.proxies ?? [])],
  }).withTypeProvider<ZodTypeProvider>() as unknown as Api
  // Browsers open some ahead and ask nothing: for those nobody waits when we stop.
  const sockets = new Set<Socket>()
  app.server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  app.setValidatorCompiler(checked)
  app.setSerializerCompiler(serializerCompiler)

  // 1. Who may speak to us at all, and what browsers may do with what we say.
  guard(app, options, secure)
  // 2. Whatever goes wrong is told in one shape, without what nobody needs to know.
  app.setErrorHandler(told)
  app.setNotFoundHandler((request) => {
    throw new Refusal('not-found', request.method)
  })
  // 3. How long answers take, for those who look after the machine.
  const metrics = measure(app)
  app.get('/healthz', { config: { open: true }, schema: { hide: true } }, async () => ({ ok: true }))
  app.get('/docs/errors', { config: { open: true }, schema: { hide: true } }, async (_, reply) =>
    reply.type('text/html').send(errorsPage()),
  )
  // 4. Built files carry a hash in their name and never change; everything else is asked for anew.
  await app.register(fastifyStatic, {
    root: WEB,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const forGood = /[/\\]assets[/\\]/.test(path)
      reply.setHeader('Cache-Control', forGood ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  let letGo = () => {}
  let ending = async () => {}
  let letters = (_address: string) => {}
  let setUpCode: string | undefined
  if (database === undefined) {
    app.all('/api/*', { config: { open: true }, schema: { hide: true } }, async () => {
      throw new Refusal('service-busy')
    })
    app.get('/readyz', { config: { open: true }, schema: { hide: true } }, async () => {
      throw new Refusal('service-busy')
    })
  } else {
    const { master } = openKeys(options.folder!)
    await mustBeKeysOf(database, master, options.folder!)
    setUpCode = local || (await isSetUp(database)) ? undefined : String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0')
    // 5. The training establishment, so that there is something to see.
    await bringTrainingIn(database)
    // What only the trail keeps for good: who people are, and a signature over it all.
    await stateNames(database, master)
    const signing = new Signing(database, options.folder!, app.log).start()
    // 6. What runs without being asked: campaigns, and the live channel.
    const threads = options.threads ?? Math.max(1, availableParallelism() - 1)
    const worker = threads > 0 ? new CampaignWorker({ database, threads, log: app.log }).start() : undefined
    const live = await new Live(database, database.listener, () => worker?.wake()).start()
    metrics.count('aman_live_screens', 'Screens on the live channel', () => live.listeners)
    // 7. Who is asking: by cookie, before anything else is looked at.
    await app.register(fastifyCookie)
    await app.register(fastifyRateLimit, { global: false, max: limits.requests, timeWindow: '1 minute' })
    // Counted before anything is looked up; guesses are counted once more by the routes that take them. (The plugin's own hook would count
    // a request once, here, and never there.)
    const counted = app.createRateLimit()
    app.addHook('onRequest', async (request, reply) => {
      const count = await counted(request)
      if (count.isAllowed || !count.isExceeded) return
      reply.header('Retry-After', count.ttlInSeconds)
      throw new Refusal('requests-many')
    })
    app.decorateRequest('session', undefined)
    app.addHook('onRequest', async (request) => {
      if (!request.url.startsWith('/api/')) return
      const token = request.cookies[cookieName(secure)]
      request.session = token === undefined ? undefined : await sessionOf(database, token)
      if (request.session === undefined && request.routeOptions.config.open !== true && !request.is404) throw new Refusal('signed-out')
      // What somebody has begun is never done in the name of whoever has signed in on the same browser since.
      const meant = request.headers['x-aman-person']
      if (meant !== undefined && request.session !== undefined && meant !== request.session.person) throw new Refusal('signed-out')
    })
    // 8. The description of everything below, made from the same shapes.
    await app.register(fastifySwagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title: 'Aman', version: '0.1.0', description: 'Plans for a crisis: written, tested, approved.' },
      },
      transform: jsonSchemaTransform,
    })
    // 9. What each part answers.
    const siteOf = (request: FastifyRequest): Site => {
      const address = options.publicUrl ?? `http://${request.headers.host}`
      if (!URL.canParse(address)) throw new Refusal('origin-foreign')
      const { origin, hostname: host, username } = new URL(address)
      if (username !== '') throw new Refusal('origin-foreign')
      return { origin, host }
    }
    // One laptop is opened by whoever sits there; what others reach asks for more.
    const secondProof = !local
    await app.register(async (scope) => {
      const api = scope as unknown as Api
      const { provider } = options
      accessRoutes(api, {
        database,
        master,
        demonstration: local,
        setUpCode,
        secure,
        guesses: limits.guesses,
        secondProof,
        provider,
        siteOf,
      })
      peopleRoutes(api, { database, secondProof })
      documentRoutes(api, { database })
      exchangeRoutes(api, { database, folder: options.folder!, secondProof, looks: limits.guesses })
      campaignRoutes(api, { database })
      reportRoutes(api, { database, threads: Math.max(1, threads) })
      mailRoutes(api, { database, sends: options.mail !== undefined })
      liveRoutes(api, { live })
      api.get('/api/docs', { config: { open: true }, schema: { hide: true } }, async () => app.swagger())
      api.get('/readyz', { config: { open: true }, schema: { hide: true } }, async () => {
        await database.requests.query('select')
        return { ok: true }
      })
    })
    let post: Post | undefined
    letters = (address) => {
      if (options.mail !== undefined) post = new Post({ ...options.mail, database, address, log: app.log }).start()
    }
    letGo = () => live.close()
    ending = async () => {
      await post?.stop()
      await worker?.stop()
      await signing.stop()
    }
  }
  try {
    await app.listen({ host, port })
  } catch (error) {
    letGo()
    await ending()
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE' || code === 'EACCES')
      throw new InputError([{ code: 'port-taken', path: ['PORT'], expected: 'a port that nobody uses', found: String(port) }])
    throw error
  }
  const bound = app.server.address()
  const actual = typeof bound === 'object' && bound !== null ? bound.port : port
  const address = `http://${host.includes(':') ? `[${host}]` : host}:${actual}`
  letters(options.publicUrl ?? address)
  return {
    address,
    setUpCode,
    // New requests are refused, those under way are answered, then what runs in the background leaves its work to others.
    close: async () => {
      letGo()
      const closing = setInterval(() => {
        app.server.closeIdleConnections()
        for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
      }, 50)
      const patience = setTimeout(() => app.server.closeAllConnections(), LAST_REQUESTS)
      await app.close()
      clearInterval(closing)
      clearTimeout(patience)
      await ending()
    },
  }
}

/** Requests for another host (a name that somebody has pointed at us), and changes asked for from another page, are refused. */
function guard(app: Api, { host, publicUrl }: ServeOptions, secure: boolean): void {
  const names = new Set(['localhost', hostname().toLowerCase(), `${hostname().toLowerCase()}.local`, host])
  if (publicUrl !== undefined) names.add(new URL(publicUrl).hostname)
  app.addHook('onRequest', async (request) => {
    const asked = request.hostname.replace(/^\[|\]$/g, '').toLowerCase()
    if (isIP(asked) === 0 && !names.has(asked)) throw new Refusal('origin-foreign')
    if (request.method === 'GET' || request.method === 'HEAD') return
    const { origin } = request.headers
    const site = request.headers['sec-fetch-site']
    if (site !== undefined && site !== 'same-origin') throw new Refusal('origin-foreign')
    if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== request.headers.host))
      throw new Refusal('origin-foreign')
  })
  app.addHook('onSend', async (request, reply) => {
    reply.headers(SAFE)
    if (request.url.startsWith('/api/')) {
      reply.header('Cache-Control', 'no-store')
      // Opened by itself an answer is a file, never a page; what describes the interface is for reading.
      if (!reply.hasHeader('content-disposition') && request.url !== '/api/docs')
        reply.header('Content-Disposition', 'attachment; filename="api.json"')
    }
    if (secure) reply.header('Strict-Transport-Security', 'max-age=31536000')
  })
}

/** Of a request only what says nothing about a person. */
function asLogged(request: FastifyRequest): { method: string; route: string } {
  return { method: request.method, route: request.routeOptions.url ?? 'file' }
}

/** Of a fault not the values that a query was asked with. */
function faultAsLogged(error: Error & { code?: string }): { type: string; message: string; stack: string; code?: string } {
  return { type: error.name, message: error.message, stack: error.stack ?? '', ...(error.code === undefined ? {} : { code: error.code }) }
}
