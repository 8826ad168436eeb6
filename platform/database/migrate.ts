/** Brings the database to the form that this version of the product knows: numbered files, in order, each once. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { InputError } from '../contracts/errors.ts'

export interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
  readonly hash: string
}

/** Earlier texts of migrations that had gone out before they were changed, by number. What they lacked comes with a later one. */
const EARLIER: ReadonlyMap<number, string> = new Map([[12, 'e53e8c74301fdc50861b4e45e18f67b376e037f7682e113e51680985059d79fc']])

/** From the sources as from what is built of them. */
const FOLDERS = ['../../database/migrations', '../../../database/migrations'].map((path) => fileURLToPath(new URL(path, import.meta.url)))

export function migrations(): readonly Migration[] {
  const folder = FOLDERS.find((path) => {
    try {
      return readdirSync(path).length > 0
    } catch {
      return false
    }
  })!
  return readdirSync(folder)
    .filter((file) => /^\d{4}-[a-z-]+\.sql$/.test(file))
    .sort()
    .map((file) => {
      const sql = readFileSync(join(folder, file), 'utf8')
      return { number: Number(file.slice(0, 4)), name: file.slice(5, -4), sql, hash: createHash('sha256').update(sql).digest('hex') }
    })
}

/** Applies what is missing; returns the names of what it has applied. Throws {@link InputError} if the database is of another
 * history than this version. Two that start at once wait for each other. */
export async function migrate(pool: pg.Pool, wanted: readonly Migration[] = migrations()): Promise<readonly string[]> {
  const client = await pool.connect()
  const applied: string[] = []
  try {
    await client.query(`set lock_timeout = '60s'`)
    await client.query(`select pg_advisory_lock(hashtext('aman migrate'))`)
    await client.query(`create schema if not exists aman`)
    await client.query(
      `create table if not exists aman.migrations (number integer primary key, name text not null, hash text not null, at timestamptz not null default now())`,
    )
    const { rows } = await client.query<{ number: number; name: string; hash: string }>(
      'select number, name, hash from aman.migrations order by number',
    )
    for (const { number, name, hash } of rows) {
      const ours = wanted.find((m) => m.number === number)
      if (ours === undefined) throw refusal('database-newer', `migration ${wanted.at(-1)?.number ?? 0} at most`, `${number} (${name})`)
      if (hash !== ours.hash && hash !== EARLIER.get(number))
        throw refusal('migration-changed', hash.slice(0, 12), `${ours.hash.slice(0, 12)} (${number} ${name})`)
    }
    for (const migration of wanted) {
      if (rows.some((row) => row.number === migration.number)) continue
      await client.query('begin')
      try {
        await client.query(migration.sql)
        await client.query('insert into aman.migrations (number, name, hash) values ($1, $2, $3)', [
          migration.number,
          migration.name,
          migration.hash,
        ])
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw new Error(`migration ${migration.number} (${migration.name}): ${(error as Error).message}`, { cause: error })
      }
      applied.push(migration.name)
    }
    return applied
  } finally {
    await client.query(`select pg_advisory_unlock(hashtext('aman migrate'))`).catch(() => {})
    await client.query('reset lock_timeout').catch(() => {})
    client.release()
  }
}

function refusal(code: 'database-newer' | 'migration-changed', expected: string, found: string): InputError {
  return new InputError([{ code, path: ['database'], expected, found }])
}
