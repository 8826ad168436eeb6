/** Serves the page. There is nothing on the server that the page needs once it has been loaded. */
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import Fastify from 'fastify'
import { InputError } from '../contracts/errors.ts'

const WEB = fileURLToPath(new URL('../web', import.meta.url))

/** Everything comes from here, nothing runs inline, nobody frames it. */
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; worker-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"

export interface Served {
  readonly address: string
  close(): Promise<void>
}

/** Serves on `host` and `port` (0: any free one). Throws {@link InputError} if the port is taken. */
export async function serve(host: string, port: number): Promise<Served> {
  const app = Fastify({ logger: false, forceCloseConnections: true })
  app.addHook('onSend', async (_, reply) => {
    reply.headers({
      'Content-Security-Policy': POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
    })
  })
  // Built files carry a hash in their name and never change; everything else is asked for anew.
  await app.register(fastifyStatic, {
    root: WEB,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const forGood = /[/\\]assets[/\\]/.test(path)
      reply.setHeader('Cache-Control', forGood ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  try {
    await app.listen({ host, port })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE' || code === 'EACCES')
      throw new InputError([{ code: 'port-taken', path: ['PORT'], expected: 'a port that nobody uses', found: String(port) }])
    throw error
  }
  const bound = app.server.address()
  const actual = typeof bound === 'object' && bound !== null ? bound.port : port
  return { address: `http://${host}:${actual}`, close: () => app.close() }
}
