/** Backups: everything in the database as of one moment, and the keys of the data folder, in one sealed file.
 *
 * Inside it are lines: a header, then for each table its name and its rows as JSON, at last a digest over all that came
 * before. So a backup can be restored into any server and any later version of PostgreSQL.
 */
import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline, Readable } from 'node:stream'
import { createGunzip, createGzip } from 'node:zlib'
import type pg from 'pg'
import { InputError } from '../contracts/errors.ts'
import { migrate, migrations } from './migrate.ts'
import { openStream, sealStream } from './sealed.ts'

interface Header {
  readonly aman: 'backup'
  readonly form: 1
  readonly at: string
  /** The last migration of the database. */
  readonly migration: number
  /** Files of the key folder, base64. */
  readonly keys: Readonly<Record<string, string>>
}

type Line =
  | Header
  | { readonly table: string }
  | { readonly row: unknown }
  | { readonly sequence: string; readonly value: string }
  | { readonly end: string; readonly rows: number }

export interface BackupResult {
  readonly rows: number
  readonly tables: number
  /** SHA-256 over all rows of all tables in order: equal if and only if the content is. */
  readonly digest: string
}

/** Rows that are read at a time: a row may have a megabyte, two in hexadecimal. */
const FETCHED = 50
/** Characters of rows that are written at a time. */
const WRITTEN = 16e6

/** A schema's tables in the order in which they can be filled: what refers comes after what it refers to. */
async function tablesOf(client: pg.ClientBase): Promise<string[]> {
  const { rows: tables } = await client.query<{ name: string; id: number }>(
    `select format('%I.%I', n.nspname, c.relname) as name, c.oid::int as id from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'aman') and n.nspname not like 'pg_%'
      order by n.nspname collate "C", c.relname collate "C"`,
  )
  const { rows: references } = await client.query<{ from: number; to: number }>(
    `select conrelid::int as "from", confrelid::int as "to" from pg_constraint where contype = 'f' and conrelid <> confrelid`,
  )
  const placed: string[] = []
  const left = new Map(tables.map((t) => [t.id, t.name]))
  while (left.size > 0) {
    const ready = [...left].find(([id]) => references.every((r) => r.from !== id || !left.has(r.to)))
    if (ready === undefined) throw new Error(`tables refer to each other in a circle: ${[...left.values()].join(', ')}`)
    left.delete(ready[0])
    placed.push(ready[1])
  }
  return placed
}

/** Rows of a table as JSON texts in the order of its primary key, a batch at a time. */
async function* rowsOf(client: pg.PoolClient, table: string): AsyncGenerator<readonly string[]> {
  const { rows: key } = await client.query<{ name: string }>(
    `select quote_ident(a.attname) || case when t.typcategory = 'S' then ' collate "C"' else '' end as name
      from pg_index i, unnest(i.indkey) with ordinality as k(attnum, at), pg_attribute a, pg_type t
      where i.indrelid = $1::regclass and i.indisprimary and a.attrelid = i.indrelid and a.attnum = k.attnum and t.oid = a.atttypid order by k.at`,
    [table],
  )
  const passing = await columnsOf(client, table, true)
  await client.query(
    `declare backup no scroll cursor for select (to_jsonb(t) - array[${passing.map((name) => client.escapeLiteral(name)).join(', ')}]::text[])::text as row from ${table} t order by ${key.map((k) => k.name).join(', ')}`,
  )
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`fetch ${FETCHED} from backup`)
    if (rows.length === 0) break
    yield rows.map((r) => r.row)
  }
  await client.query('close backup')
}

async function inSnapshot<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('begin transaction isolation level repeatable read read only')
    await client.query(`set local timezone = 'UTC'`)
    await client.query(`set local bytea_output = 'hex'`)
    return await work(client)
  } finally {
    await client.query('rollback').catch(() => {})
    client.release()
  }
}

function addTable(digest: Hash, table: string): void {
  digest.update(`${table}\n`)
}

/** A digest of all content, to say that two databases hold the same. */
export async function digestOf(pool: pg.Pool): Promise<BackupResult> {
  return inSnapshot(pool, async (client) => {
    const digest = createHash('sha256')
    const tables = await tablesOf(client)
    let count = 0
    for (const table of tables) {
      addTable(digest, table)
      for await (const rows of rowsOf(client, table)) {
        for (const row of rows) digest.update(`${row}\n`)
        count += rows.length
      }
    }
    return { rows: count, tables: tables.length, digest: digest.digest('hex') }
  })
}

/** Writes a backup to `file`, which appears only when it is whole. `folder`: the data folder with the keys. */
export async function backup(pool: pg.Pool, folder: string, file: string, passphrase: string): Promise<BackupResult> {
  const part = `${file}.${process.pid}.part`
  let result: BackupResult | undefined
  const target = await open(part, 'wx', 0o600)
  try {
    await inSnapshot(pool, async (client) => {
      async function* lines(): AsyncGenerator<string> {
        const digest = createHash('sha256')
        const { rows } = await client.query('select max(number) as last from aman.migrations')
        const header: Header = {
          aman: 'backup',
          form: 1,
          at: new Date().toISOString(),
          migration: rows[0].last,
          keys: await readKeys(folder),
        }
        yield `${JSON.stringify(header)}\n`
        const tables = await tablesOf(client)
        let count = 0
        for (const table of tables) {
          addTable(digest, table)
          yield `${JSON.stringify({ table })}\n`
          for await (const batch of rowsOf(client, table)) {
            for (const row of batch) digest.update(`${row}\n`)
            count += batch.length
            for (const row of batch) yield `{"row":${row}}\n`
          }
        }
        for (const { name, value } of await sequencesOf(client)) yield `${JSON.stringify({ sequence: name, value })}\n`
        result = { rows: count, tables: tables.length, digest: digest.digest('hex') }
        yield `${JSON.stringify({ end: result.digest, rows: count })}\n`
      }
      const packed = pipeline(Readable.from(lines()), createGzip(), () => {})
      for await (const piece of sealStream(passphrase, packed)) await target.appendFile(piece)
    })
    await target.sync()
  } catch (error) {
    await target.close()
    await rm(part, { force: true })
    throw error
  }
  await target.close()
  await rename(part, file)
  return result!
}

async function sequencesOf(client: pg.ClientBase): Promise<{ name: string; value: string }[]> {
  const { rows } = await client.query<{ name: string; value: string | null }>(
    `select format('%I.%I', schemaname, sequencename) as name, last_value::text as value from pg_sequences
      where schemaname not like 'pg_%' order by schemaname collate "C", sequencename collate "C"`,
  )
  return rows.flatMap(({ name, value }) => (value === null ? [] : [{ name, value }]))
}

const KEY_FILE = /^(master\.key|(checkpoint|publisher)\.pem|last-checkpoint\.json)$/

async function readKeys(folder: string): Promise<Record<string, string>> {
  const place = join(folder, 'keys')
  const files = (await readdir(place).catch(() => [])).filter((file) => KEY_FILE.test(file))
  return Object.fromEntries(
    await Promise.all(files.sort().map(async (file) => [file, (await readFile(join(place, file))).toString('base64')])),
  )
}

/** Puts a backup into an empty database, and its keys into `folder`; proves that all is there. In one transaction: what is not
 * whole leaves nothing behind. Throws {@link InputError} if it is broken, or if there is something already. */
export async function restore(pool: pg.Pool, folder: string, file: string, passphrase: string): Promise<BackupResult> {
  const lines = linesOf(pipeline(Readable.from(openStream(passphrase, createReadStream(file))), createGunzip(), () => {}))
  const { value: first } = await lines.next()
  const header = JSON.parse(first ?? '{}') as Header
  if (header.aman !== 'backup' || header.form !== 1) throw broken('a backup that this version can read', String(header.form))
  const known = migrations()
  if (header.migration > known.at(-1)!.number)
    throw new InputError([
      { code: 'database-newer', path: ['backup'], expected: `migration ${known.at(-1)!.number} at most`, found: String(header.migration) },
    ])
  // First the form that the database had then; what has come since is applied to the content like to any other.
  await migrate(
    pool,
    known.filter((m) => m.number <= header.migration),
  )
  const client = await pool.connect()
  try {
    await client.query('begin')
    const tables = await tablesOf(client)
    for (const table of tables) {
      const { rowCount } = await client.query(`select from ${table} limit 1`)
      if (rowCount !== 0)
        throw new InputError([{ code: 'database-not-empty', path: ['database'], expected: 'no rows', found: `rows in ${table}` }])
    }
    const result = await fill(client, lines, tables)
    await writeKeys(folder, header.keys)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

async function fill(client: pg.PoolClient, lines: AsyncIterable<string>, tables: readonly string[]): Promise<BackupResult> {
  const digest = createHash('sha256')
  let table = ''
  let batch: string[] = []
  let size = 0
  let count = 0
  const flush = async () => {
    if (batch.length === 0) return
    const columns = (await columnsOf(client, table, false)).map((name) => client.escapeIdentifier(name)).join(', ')
    await client.query(
      `insert into ${table} (${columns}) overriding system value
        select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      [`[${batch.join(',')}]`],
    )
    batch = []
    size = 0
  }
  for await (const text of lines) {
    const line = JSON.parse(text) as Line
    if ('row' in line) {
      // The text as it was, not as it would be written again.
      const row = text.slice('{"row":'.length, -1)
      digest.update(`${row}\n`)
      if (size + row.length > WRITTEN) await flush()
      batch.push(row)
      size += row.length
      count++
      if (batch.length >= 1000) await flush()
      continue
    }
    await flush()
    if ('table' in line) {
      table = line.table
      if (!tables.includes(table)) throw broken('tables of this product', table)
      addTable(digest, table)
    } else if ('sequence' in line) await client.query('select setval($1::regclass, $2::bigint)', [line.sequence, line.value])
    else if ('end' in line) {
      const found = digest.digest('hex')
      if (found !== line.end || count !== line.rows) throw broken(line.end, found)
      return { rows: count, tables: tables.length, digest: found }
    }
  }
  throw broken('a whole file', 'one whose end is missing')
}

/** Columns that are to be kept, or those (`passing`) that mean something in one server only: what it works out itself, and the
 * numbers of its transactions. */
async function columnsOf(client: pg.ClientBase, table: string, passing: boolean): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped
      and (attgenerated <> '' or atttypid = 'xid8'::regtype) = $2 order by attnum`,
    [table, passing],
  )
  return rows.map((row) => row.name)
}

async function writeKeys(folder: string, keys: Header['keys']): Promise<void> {
  const place = join(folder, 'keys')
  await mkdir(place, { recursive: true, mode: 0o700 })
  for (const [name, content] of Object.entries(keys)) {
    // Names come from a sealed file, and still nothing is written outside of the folder.
    if (!KEY_FILE.test(name)) throw broken('names of keys', name)
    const path = join(place, name)
    const bytes = Buffer.from(content, 'base64')
    const there = await readFile(path).catch(() => undefined)
    if (there?.equals(bytes)) continue
    // Other keys open other things: they are not replaced.
    if (there !== undefined)
      throw new InputError([{ code: 'database-not-empty', path: ['keys', name], expected: 'no keys, or the same', found: 'another key' }])
    await writeFile(`${path}.part`, bytes, { mode: 0o600, flush: true })
    await rename(`${path}.part`, path)
  }
}

async function* linesOf(source: AsyncIterable<Buffer>): AsyncGenerator<string, undefined> {
  let rest = ''
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const piece of source) {
    const parts = (rest + decoder.decode(piece, { stream: true })).split('\n')
    rest = parts.pop()!
    yield* parts
  }
  if (rest !== '') yield rest
  return undefined
}

function broken(expected: string, found: string): InputError {
  return new InputError([{ code: 'backup-broken', path: ['backup'], expected, found }])
}
