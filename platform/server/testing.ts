/** A real server on a real database, and people who use it by HTTP. */
import { randomUUID } from 'node:crypto'
import { cookieName } from '../access/routes.ts'
import { freshDatabase, type TestDatabase } from '../database/testing.ts'
import { type Keys, openKeys } from '../ledger/keys.ts'
import { stateNames } from '../ledger/names.ts'
import { type Served, type ServeOptions, serve } from './app.ts'

export interface TestServer extends Served {
  readonly keys: Keys
  /** Ends the server; its database stays. */
  stop(): Promise<void>
  readonly database: TestDatabase
  /** Somebody with a session. */
  person(...grants: readonly (readonly [role: string, establishment: string | null])[]): Promise<Visitor>
  /** Somebody without. */
  visitor(): Visitor
}

export interface Answer<T> {
  readonly status: number
  readonly body: T
  readonly headers: Headers
}

export class Visitor {
  readonly #address: string
  cookie: string | undefined
  id = ''

  constructor(address: string, cookie?: string) {
    this.#address = address
    this.cookie = cookie
  }

  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  async ask<T = any>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    const response = await fetch(this.#address + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.cookie === undefined ? {} : { cookie: this.cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const cookie = response.headers.get('set-cookie')
    if (cookie !== null) this.cookie = cookie.split(';')[0]!
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: (/json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : undefined) as T,
    }
  }

  // biome-ignore lint/suspicious/noExplicitAny: as above
  get<T = any>(path: string): Promise<Answer<T>> {
    return this.ask('GET', path)
  }

  // biome-ignore lint/suspicious/noExplicitAny: as above
  post<T = any>(path: string, body: unknown = {}): Promise<Answer<T>> {
    return this.ask('POST', path, body)
  }
}

/** `options` over those of a server on this machine on any free port. */
export async function testServer(options: Partial<ServeOptions> = {}): Promise<TestServer> {
  const database = await freshDatabase()
  const folder = options.folder ?? process.env.AMAN_TEST_DATA!
  const keys = openKeys(folder)
  const served = await serve({
    host: '127.0.0.1',
    port: 0,
    database,
    folder,
    threads: 0,
    limits: { requests: 1e6, guesses: 1e6 },
    ...options,
  })
  return {
    ...served,
    keys,
    database,
    visitor: () => new Visitor(served.address),
    person: async (...grants) => {
      const id = await database.person(...grants)
      const token = randomUUID() + randomUUID()
      await database.owner.query('insert into identity.accounts (person, login) values ($1, $2)', [id, `p-${id}`])
      await database.owner.query(
        `insert into identity.sessions (token, person, expires_at) values (sha256(convert_to($1, 'UTF8')), $2, now() + interval '1 hour')`,
        [token, id],
      )
      await stateNames(database, keys.master)
      return Object.assign(new Visitor(served.address, `${cookieName(options.publicUrl?.startsWith('https:') === true)}=${token}`), { id })
    },
    stop: () => served.close(),
    close: async () => {
      await served.close()
      await database.close()
    },
  }
}
