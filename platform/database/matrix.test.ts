/** What each kind of person sees and may do in each table, tried out on a real database and written down in database/matrix.md. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { append } from '../ledger/ledger.ts'
import { freshDatabase, type TestDatabase } from './testing.ts'
import { asPerson, asProduct, atTheGate } from './transaction.ts'

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
  'governor of north until yesterday': [['governor', 'north']],
}

/** Who proves nothing yet: the role of the gate. */
const GATE = 'the gate'

async function attempt(who: string, sql: string): Promise<pg.QueryResult | string> {
  let found: pg.QueryResult | string = ''
  const run =
    who === GATE
      ? (work: Parameters<typeof atTheGate>[1]) => atTheGate(database, work)
      : (work: Parameters<typeof atTheGate>[1]) => asPerson(database, who, work)
  await run(async (client) => {
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

/** A row or more in every table, for north, for south and where there is such a thing for the whole service; none is anybody's who asks,
 * but for what is of the planner of north. */
async function seed(people: ReadonlyMap<string, string>): Promise<void> {
  const sql = (text: string, values: readonly unknown[] = []) => database.owner.query(text, [...values])
  const planner = people.get('planner of north')!
  const other = await database.person(['planner', 'south'])
  const hash = (await sql(`insert into campaigns.bundles (hash, bundle) values (encode(sha256('{}'), 'hex'), '{}') returning hash`)).rows[0]
    .hash
  await sql(
    `insert into exchange.publishers (fingerprint, public_key, name, note, trusted_by, trusted_at) values (repeat('a', 64), '\\x00', 'P', 'by phone', $1, now())`,
    [other],
  )
  await sql('insert into mail.told (event) values (1)')
  await sql(`insert into identity.challenges (purpose, person, secret) values ('passkey-add', $1, '{}')`, [other])
  for (const [place, who] of [
    ['north', planner],
    ['south', other],
  ] as const) {
    const document = randomUUID()
    await sql(
      `insert into documents.documents (id, establishment, kind, name, title, latest, made_at, changed_at) values ($1, $2, 'plan', 'p', '{"en":"P"}', 1, now(), now())`,
      [document, place],
    )
    await sql(
      `insert into documents.versions (document, number, content, hash, author, status, made_at) values ($1, 1, 'text', '', $2, 'draft', now())`,
      [document, who],
    )
    await sql(`insert into documents.workings (document, person, content, based_on) values ($1, $2, 'half', 1)`, [document, who])
    await sql(
      `insert into documents.comments (id, document, version, place, body, author, made_at) values ($1, $2, 1, '', 'why', $3, now())`,
      [randomUUID(), document, who],
    )
    await sql(
      `insert into documents.rehearsals (id, document, version, held_on, form, learned, recorded_by, recorded_at) values ($1, $2, 1, now(), 'drill', 'x', $3, now())`,
      [randomUUID(), document, who],
    )
    await sql('insert into identity.accounts (person, login, password_hash) values ($1, $2, $3)', [who, `of-${place}`, 'hash'])
    await sql(`insert into identity.sessions (token, person, expires_at) values ($1, $2, now() + interval '1 hour')`, [
      Buffer.from(place),
      who,
    ])
    await sql('insert into mail.addresses (person, address) values ($1, $2)', [who, `${place}@example.org`])
    await sql(`insert into mail.waiting (event, person, notice, establishment) values (1, $1, 'review', $2)`, [who, place])
    await sql(`insert into identity.recovery_codes (person, code) values ($1, $2)`, [who, Buffer.from(place)])
    await sql(`insert into identity.subjects (issuer, subject, person) values ('https://id', $1, $2)`, [place, who])
    await sql(`insert into identity.passkeys (id, person, public_key, name) values ($1, $2, '\\x00', 'key')`, [
      `credential-of-${place}`,
      who,
    ])
    await sql(
      `insert into identity.invitations (code, name, role, establishment, grant_expires_at, invited_by) values ($1, 'New', 'officer', $2, now(), $3)`,
      [Buffer.from(`code ${place}`), place, who],
    )
    const { rows } = await sql(
      `insert into campaigns.campaigns (establishment, seed, nights, hourly, state) values ($1, 1, 256, false, 'done') returning id`,
      [place],
    )
    await sql(`insert into campaigns.studies (campaign, study, title, hash, uses) values ($1, 's', '{}', $2, '[]')`, [rows[0].id, hash])
    await sql(`insert into campaigns.questions (campaign, number, study) values ($1, 1, 's')`, [rows[0].id])
    await sql(
      `insert into exchange.imports (document, version, establishment, pack, pack_version, taken_by, taken_at) values ($1, 1, $2, 'p', '1', $3, now())`,
      [document, place, who],
    )
  }
}

/** Rows that somebody might try to slip in, for north, in their own name; where a table has such. */
const SLIPPED: Readonly<Record<string, (who: string) => string>> = {
  'documents.workings': (who) =>
    `insert into documents.workings (document, person, content, based_on) select id, '${who}', 'x', 1 from documents.documents where establishment = 'north' limit 1 on conflict do nothing`,
  'documents.versions': (who) =>
    `insert into documents.versions (document, number, content, hash, author, status, made_at) select id, 2, 'x', '', '${who}', 'approved', now() from documents.documents limit 1`,
  'documents.comments': (who) =>
    `insert into documents.comments (id, document, version, place, body, author, made_at) select gen_random_uuid(), id, 1, '', 'x', '${who}', now() from documents.documents limit 1`,
  'access.grants': (who) =>
    `insert into access.grants (person, role, establishment, expires_at) values ('${who}', 'administrator', null, now() + interval '1 day')`,
  'ledger.events': () =>
    `insert into ledger.events (stream, number, kind, at, body, previous, hash) values ('grants/north', 99, 'a.b', now(), '', '', '')`,
  'identity.sessions': (who) =>
    `insert into identity.sessions (token, person, expires_at) values ('\\x0102', '${who}', now() + interval '1 hour')`,
  'identity.accounts': (who) => `insert into identity.accounts (person, login) values ('${who}', 'slipped-in')`,
  'campaigns.questions': () =>
    `insert into campaigns.questions (campaign, number, study) select id, 9, 's' from campaigns.campaigns limit 1`,
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
  const slipped = SLIPPED[table]
  if (slipped !== undefined && who !== GATE) {
    const done = await attempt(who, slipped(who))
    if (typeof done !== 'string' && done.rowCount !== 0) changes.push(`adds ${done.rowCount} of one's own`)
  }
  if (!refused(await attempt(who, `delete from ${table}`))) changes.push('DELETES')
  if (!refused(await attempt(who, `truncate ${table} cascade`))) changes.push('EMPTIES')
  return [reads, ...changes].join(', ')
}

it('lets each kind of person see and do what database/matrix.md says, in every table', async () => {
  const people = new Map<string, string>()
  for (const [name, grants] of Object.entries(PEOPLE)) people.set(name, await database.person(...grants))
  await database.owner.query(`update access.grants set expires_at = now() - interval '1 day' where person = $1`, [
    people.get('governor of north until yesterday'),
  ])
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
  await seed(people)
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
    for (const [who, id] of [...people, [GATE, GATE] as const]) lines.push(`| ${who} | ${await cell(id, name, columns, total)} |`)
    lines.push('')
  }
  // The connection of the server is nobody until it says for whom it asks.
  for (const { name } of tables) {
    await expect(database.requests.query(`select from ${name}`), name).rejects.toMatchObject({ code: '42501' })
  }
  await expect(`${lines.join('\n').trimEnd()}\n`).toMatchFileSnapshot('../../database/matrix.md')
})
