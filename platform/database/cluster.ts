/** The product's own PostgreSQL: made on first use, started when it does not run, reachable only through a private socket.
 *
 * The server is a process group of its own. If the product is killed, it goes on, and the next start adopts it; whoever
 * leaves last stops it.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, closeSync, existsSync, lstatSync, mkdirSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { InputError } from '../contracts/errors.ts'
import { type Account, mustBePassable, serverAccount } from './account.ts'
import { placeBinaries } from './binaries.ts'

export interface Cluster {
  /** Folder of the socket. */
  readonly host: string
  /** Lets go of it, and stops it if nobody else of the product is connected. */
  close(): Promise<void>
}

const SUPERUSER = 'postgres'
const READY_WITHIN = 60_000
/** Longest path that a Unix socket may have is 107 bytes; PostgreSQL adds its file's name. */
const LONGEST = 85

/** Opens the cluster in `folder`, which is made if need be. Throws {@link InputError} where that cannot be done. */
export async function openCluster(folder: string): Promise<Cluster> {
  const account = serverAccount()
  makeFolder(folder, 0o755)
  if (account !== undefined) mustBePassable(join(folder, 'cluster'))
  const programs = placeBinaries(folder)
  const data = join(folder, 'cluster')
  const host = socketFolder(folder, account)
  if (!existsSync(join(data, 'PG_VERSION'))) initialise(programs, data, account)
  mustFit(programs, data)
  // One connection is held from now on: whoever leaves sees by it that we are here.
  const beThere = async (): Promise<pg.Client> => {
    const began = Date.now()
    let presence = await connect(host, 'presence')
    while (presence === undefined) {
      if (Date.now() - began > READY_WITHIN) throw unreachable(folder)
      if (runningServer(data) === undefined) await start(programs, data, host, account, folder)
      else await wait(30)
      presence = await connect(host, 'presence')
    }
    return presence
  }
  let closed = false
  let presence = await beThere()
  // A server that dies is started again, by whoever of us is first, for as long as we are here.
  const watch = (client: pg.Client) => {
    client.once('end', async () => {
      while (!closed) {
        try {
          presence = await beThere()
          watch(presence)
          return
        } catch {
          // A full disk, perhaps: somebody may make room.
          await wait(1000)
        }
      }
    })
  }
  watch(presence)
  return {
    host,
    close: () => {
      closed = true
      return leave(data, host, presence)
    },
  }
}

function makeFolder(path: string, mode: number): void {
  try {
    mkdirSync(path, { recursive: true, mode })
  } catch (error) {
    throw new InputError([
      { code: 'data-folder', path: ['AMAN_DATA_DIR'], expected: 'a folder that can be written to', found: (error as Error).message },
    ])
  }
}

function socketFolder(folder: string, account: Account | undefined): string {
  const inside = join(folder, 'socket')
  const short = createHash('sha256').update(folder).digest('hex').slice(0, 12)
  const host = inside.length <= LONGEST ? inside : join(tmpdir(), `aman-${short}`)
  makeFolder(host, 0o700)
  const found = lstatSync(host)
  const owners = [process.getuid?.(), account?.uid]
  if (!found.isDirectory() || !owners.includes(found.uid))
    throw new InputError([
      { code: 'data-folder', path: ['AMAN_DATA_DIR'], expected: `a folder of our own at ${host}`, found: 'somebody else’s' },
    ])
  if (account !== undefined) chownSync(host, account.uid, account.gid)
  chmodSync(host, 0o700)
  return host
}

/** Makes a new cluster beside and puts it in place at the end: what exists is whole, even if two try at once. */
function initialise(programs: string, data: string, account: Account | undefined): void {
  const fresh = `${data}.${process.pid}`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { mode: 0o700 })
  if (account !== undefined) chownSync(fresh, account.uid, account.gid)
  const { status, stderr, error } = spawnSync(
    join(programs, 'bin', 'initdb'),
    ['-D', fresh, '-U', SUPERUSER, '-A', 'trust', '-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
    { ...account, cwd: '/', env: { PATH: process.env.PATH ?? '' }, encoding: 'utf8' },
  )
  if (status !== 0) {
    rmSync(fresh, { recursive: true, force: true })
    const found = error?.message ?? stderr.trim().split('\n').slice(-3).join(' ')
    throw new InputError([{ code: 'data-folder', path: ['AMAN_DATA_DIR'], expected: 'room and rights for a database', found }])
  }
  try {
    renameSync(fresh, data)
  } catch {
    rmSync(fresh, { recursive: true, force: true })
  }
}

/** A cluster belongs to one major version of PostgreSQL. */
function mustFit(programs: string, data: string): void {
  const has = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  const comes = /postgresql-(\d+)/.exec(programs)?.[1]
  if (comes !== undefined && has !== comes)
    throw new InputError([
      {
        code: 'data-folder',
        path: ['AMAN_DATA_DIR'],
        expected: `data of PostgreSQL ${comes}: back up with the version that made it and restore into an empty folder`,
        found: `PostgreSQL ${has}`,
      },
    ])
}

/** The process that holds the cluster, if there is one. */
function runningServer(data: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])
    process.kill(pid, 0)
    const name = process.platform === 'linux' ? readFileSync(`/proc/${pid}/comm`, 'utf8').trim() : 'postgres'
    return name === 'postgres' ? pid : undefined
  } catch {
    // Gone, or somebody else's process with a number that was ours; PostgreSQL looks again when it starts.
    return undefined
  }
}

async function start(programs: string, data: string, host: string, account: Account | undefined, folder: string): Promise<void> {
  const log = openSync(join(folder, 'postgresql.log'), 'a', 0o600)
  const server = spawn(
    join(programs, 'bin', 'postgres'),
    ['-D', data, '-c', 'listen_addresses=', '-c', `unix_socket_directories=${host}`, '-c', 'unix_socket_permissions=0700'],
    { ...account, cwd: '/', detached: true, stdio: ['ignore', log, log], env: { PATH: process.env.PATH ?? '' } },
  )
  closeSync(log)
  server.unref()
  const ended = hasEnded(server)
  for (let k = 0; k < READY_WITHIN / 30; k++) {
    const client = await connect(host, 'looking')
    if (client !== undefined) return client.end()
    // Perhaps another start of the product was faster; the caller looks.
    if (ended()) return void (await wait(100))
    await wait(30)
  }
  throw unreachable(folder)
}

function hasEnded(child: ChildProcess): () => boolean {
  let ended = false
  child.once('exit', () => {
    ended = true
  })
  child.once('error', () => {
    ended = true
  })
  return () => ended
}

/** A connection, such as the one that says that the product is here; undefined while nobody answers. */
async function connect(host: string, purpose: 'presence' | 'leaving' | 'looking'): Promise<pg.Client | undefined> {
  const client = new pg.Client({
    host,
    user: SUPERUSER,
    database: 'postgres',
    connectionTimeoutMillis: 2000,
    application_name: `aman ${process.pid} ${purpose}`,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    // A server that is about to stop may still have let us in.
    await client.query('select 1')
    return client
  } catch {
    await client.end().catch(() => {})
    return undefined
  }
}

/** A connection that has ended is still listed for a moment: so one looks a few times before one believes that others stay. */
const LOOKS = 10

async function leave(data: string, host: string, presence: pg.Client): Promise<void> {
  await presence.end().catch(() => {})
  const client = await connect(host, 'leaving')
  if (client === undefined) return
  let server: number | undefined
  try {
    for (let look = 1; ; look++) {
      const { rows } = await client.query(
        `select count(*)::int as others from pg_stat_activity where application_name like 'aman % presence'`,
      )
      if (rows[0].others === 0) break
      if (look === LOOKS) return
      await wait(30)
    }
    server = runningServer(data)
    if (server === undefined) return
    process.kill(server, 'SIGINT')
  } catch {
    // Whoever left at the same time has stopped it.
    return
  } finally {
    await client.end().catch(() => {})
  }
  for (let k = 0; k < 500 && isAlive(server); k++) await wait(20)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function unreachable(folder: string): InputError {
  return new InputError([
    { code: 'database-unreachable', path: ['AMAN_DATA_DIR'], expected: 'an answer within a minute', found: join(folder, 'postgresql.log') },
  ])
}
