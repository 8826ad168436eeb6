/** What each kind of person sees and may do in each table, tried out on a real database and written down in database/matrix.md. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { append } from '../ledger/ledger.ts'
import { freshDatabase, type TestDatabase } from './testing.ts'
import { asPerson, asProduct } from './transaction.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

const PEOPLE: Readonly<Record<string, readonly (readonly [string, string | null])[]>> = {
  'nobody in particular': [],
  'officer of north': [['officer', 'north']],
  'planner of north': [['planner', 'north']],
  'governor of north': [['governor', 'north']],
  'administrator of north': [['administrator', 'north']],
  'monitor of north': [['monitor', 'north']],
  'administrator of the service': [['administrator', null]],
  'monitor of the service': [['monitor', null]],
}

async function attempt(who: string, sql: string): Promise<pg.QueryResult | string> {
  let found: pg.QueryResult | string = ''
  await asPerson(database, who, async (client) => {
    try {
      found = await client.query(sql)
    } catch (error) {
      found = (error as pg.DatabaseError).code ?? 'unknown'
    }
    // Whatever it did is undone.
    throw new Error('undo')
  }).catch((error: Error) => {
    if (error.message !== 'undo') throw error
  })
  return found
}

const refused = (found: pg.QueryResult | string) => found === '42501' || found === 'AM001'

async function cell(who: string, table: string, columns: readonly string[], total: number): Promise<string> {
  const seen = await attempt(who, `select count(*)::int as n from ${table}`)
  const reads = typeof seen === 'string' ? 'sees nothing' : `sees ${seen.rows[0].n} of ${total}`
  const changes: string[] = []
  for (const column of columns) {
    const done = await attempt(who, `update ${table} set ${column} = ${column}`)
    if (!refused(done)) changes.push(`changes ${column} of ${typeof done === 'string' ? done : done.rowCount}`)
  }
  if (!refused(await attempt(who, `insert into ${table} default values`))) changes.push('ADDS')
  if (!refused(await attempt(who, `delete from ${table}`))) changes.push('DELETES')
  if (!refused(await attempt(who, `truncate ${table} cascade`))) changes.push('EMPTIES')
  return [reads, ...changes].join(', ')
}

it('lets each kind of person see and do what database/matrix.md says, in every table', async () => {
  const people = new Map<string, string>()
  for (const [name, grants] of Object.entries(PEOPLE)) people.set(name, await database.person(...grants))
  await database.person(['officer', 'south'])
  for (const establishment of ['north', 'south', null]) {
    await asProduct(database, (client) =>
      append(client, { stream: `plan/${randomUUID()}`, expected: 0, establishment }, [{ kind: 'plan.noted', body: {} }]),
    )
  }
  await database.owner.query(`insert into ledger.signers (key_id, public_key) values ('key', '\\x00')`)
  await database.owner.query(
    `insert into ledger.checkpoints (number, at, position, events, heads, previous, key_id, signature) values (1, now(), 1, 1, '', '', 'key', '')`,
  )
  await database.owner.query(`insert into ledger.subject_keys (subject, sealed_key) values ($1, '\\x00')`, [randomUUID()])
  const { rows: tables } = await database.owner.query<{ name: string; secured: boolean; columns: string[] }>(
    `select format('%I.%I', n.nspname, c.relname) as name, c.relrowsecurity as secured,
      array(select attname::text from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped and attidentity = '' order by attnum) as columns
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_%'
      order by n.nspname collate "C", c.relname collate "C"`,
  )
  const lines = [
    '# Who sees and does what',
    '',
    'Tried out in `platform/database/matrix.test.ts`; the numbers are rows of its example.',
    '',
  ]
  for (const { name, secured, columns } of tables) {
    if (!name.startsWith('aman.')) expect(secured, `${name} has row-level security`).toBe(true)
    const total = (await database.owner.query(`select count(*)::int as n from ${name}`)).rows[0].n
    lines.push(`## ${name}`, '', '| who | |', '|---|---|')
    for (const [who, id] of people) lines.push(`| ${who} | ${await cell(id, name, columns, total)} |`)
    lines.push('')
  }
  // The connection of the server is nobody until it says for whom it asks.
  for (const { name } of tables) {
    await expect(database.requests.query(`select from ${name}`), name).rejects.toMatchObject({ code: '42501' })
  }
  await expect(`${lines.join('\n').trimEnd()}\n`).toMatchFileSnapshot('../../database/matrix.md')
})
