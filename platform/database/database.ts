/** The database: the product's own, or the one that DATABASE_URL names. */
import { createHmac } from 'node:crypto'
import { homedir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { InputError } from '../contracts/errors.ts'
import { openCluster } from './cluster.ts'
import { migrate } from './migrate.ts'

export interface Database {
  /** Connections of the owner: migrations, backups, background work. Never for a request. */
  readonly owner: pg.Pool
  /** Connections for requests; see `transaction.ts`. */
  readonly requests: pg.Pool
  /** A connection of the owner that is not of the pool, to listen; not yet connected. */
  listener(): pg.Client
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** A server of one's own. */
  readonly url?: string | undefined
  /** Where the product keeps its own data. */
  readonly folder: string
  /** Bring it up to date. */
  readonly migrate?: boolean
  /** Name of the database in the product's own cluster. */
  readonly name?: string
}

const OLDEST = 150_000
const OWNER = 'aman_owner'
/** A request that stays open holds up everybody who follows the ledger. The database gives a statement up first; where not even that
 * comes through, we do, and throw the connection away. */
const PATIENCE = { statement_timeout: 12_000, idle_in_transaction_session_timeout: 20_000, query_timeout: 15_000 }

/** AMAN_DATA_DIR, or the user's data folder; for root a folder that the database's own user can reach. */
export function dataFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env.AMAN_DATA_DIR !== undefined && env.AMAN_DATA_DIR !== '') return env.AMAN_DATA_DIR
  if (process.getuid?.() === 0) return '/var/lib/aman'
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Aman')
  return join(env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'aman')
}

/** DATABASE_URL, where it says anything. */
export function databaseUrl(env: NodeJS.ProcessEnv = process.env): string | undefined {
  return env.DATABASE_URL === '' ? undefined : env.DATABASE_URL
}

/** Throws {@link InputError} if there is no database to be had. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { url, name = 'aman' } = options
  const cluster = url === undefined ? await openCluster(options.folder) : undefined
  if (cluster !== undefined) await makeDatabase(cluster.host, name)
  const reach = (user: string): pg.PoolConfig =>
    url === undefined ? { host: cluster!.host, database: name, user } : { connectionString: user === OWNER ? url : connectorUrl(url) }
  const pool = (user: string, max: number, limits: pg.PoolConfig = {}) => {
    const named = { application_name: `aman ${process.pid}`, connectionTimeoutMillis: 10_000 }
    const made = new pg.Pool({ ...reach(user), ...named, ...limits, max })
    // A connection that breaks says so to whoever waits for it; when nobody does, the next one replaces it.
    made.on('error', () => {})
    made.on('connect', (client) => client.on('error', () => {}))
    return made
  }
  const owner = pool(OWNER, 4)
  try {
    await mustBeNewEnough(owner)
    if (options.migrate !== false) await migrate(owner)
    if (url !== undefined && options.migrate !== false) await letConnectorIn(owner, url)
  } catch (error) {
    await owner.end()
    await cluster?.close()
    throw error
  }
  const requests = pool('aman_connector', 20, PATIENCE)
  return {
    owner,
    requests,
    listener: () =>
      new pg.Client({ ...reach(OWNER), application_name: `aman ${process.pid}`, keepAlive: true, query_timeout: PATIENCE.query_timeout }),
    close: async () => {
      await Promise.all([owner.end(), requests.end()])
      await cluster?.close()
    },
  }
}

/** Requests never run as the owner. The connector's password follows from the owner's, so that all nodes have the same one. */
function connectorUrl(url: string): string {
  const { password } = new URL(url)
  // Where the owner needs no password, neither does the connector: one that everybody could work out would be none.
  return Object.assign(new URL(url), { username: 'aman_connector', password: password === '' ? '' : connectorPassword(url) }).href
}

function connectorPassword(url: string): string {
  return createHmac('sha256', decodeURIComponent(new URL(url).password))
    .update('aman_connector')
    .digest('hex')
}

async function letConnectorIn(owner: pg.Pool, url: string): Promise<void> {
  const client = new pg.Client({ connectionString: connectorUrl(url) })
  try {
    await client.connect()
  } catch (error) {
    if (new URL(url).password === '') throw unreachableFor(error as Error)
    await owner.query(`alter role aman_connector password '${connectorPassword(url)}'`)
  } finally {
    await client.end().catch(() => {})
  }
}

function unreachableFor(error: Error): InputError {
  return new InputError([
    { code: 'database-unreachable', path: ['DATABASE_URL'], expected: 'a PostgreSQL that lets aman_connector in', found: error.message },
  ])
}

/** The owner of the product's data is no superuser, here as on a managed server. */
async function makeDatabase(host: string, name: string): Promise<void> {
  const client = new pg.Client({ host, user: 'postgres', database: 'postgres', application_name: `aman ${process.pid}` })
  await client.connect()
  try {
    await client.query(`select pg_advisory_lock(hashtext('aman make database'))`)
    const roles = await client.query('select from pg_roles where rolname = $1', [OWNER])
    if (roles.rowCount === 0) await client.query(`create role ${OWNER} login createrole`)
    const databases = await client.query('select from pg_database where datname = $1', [name])
    if (databases.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)} owner ${OWNER} template template0`)
  } finally {
    await client.end()
  }
}

async function mustBeNewEnough(pool: pg.Pool): Promise<void> {
  let version: number
  try {
    const { rows } = await pool.query('show server_version_num')
    version = Number(rows[0].server_version_num)
  } catch (error) {
    throw new InputError([
      { code: 'database-unreachable', path: ['DATABASE_URL'], expected: 'a PostgreSQL that lets us in', found: (error as Error).message },
    ])
  }
  if (version < OLDEST)
    throw new InputError([
      { code: 'database-old', path: ['DATABASE_URL'], expected: 'PostgreSQL 15', found: String(Math.floor(version / 10_000)) },
    ])
}
