/** Who somebody is, on record: name and sign-in name, sealed with their own key, so that nobody changes them later without being found out,
 * and so that they are gone when the key is. */
import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { Database } from '../database/database.ts'
import { asProduct } from '../database/transaction.ts'
import { read } from './ledger.ts'
import { appendSealed, bodyOf, seal } from './seal.ts'

interface Named {
  readonly name: string
  readonly login: string
}

const streamOf = (person: string) => `person/${person}`

/** At the gate, in the transaction in which somebody has just come in. */
export async function nameNewcomer(client: pg.ClientBase, master: Buffer, person: string): Promise<void> {
  const { rows } = await client.query<Named>(
    'select p.name, a.login from access.people p join identity.accounts a on a.person = p.id where p.id = $1',
    [person],
  )
  const key = randomBytes(32)
  await client.query('select identity.named($1, $2, $3)', [
    person,
    seal(master, key, person),
    seal(key, Buffer.from(JSON.stringify(rows[0]), 'utf8'), `${streamOf(person)}#1`),
  ])
}

interface Row extends Named {
  readonly id: string
}

/** Everybody who is not made up and whose key has not been destroyed. */
const PEOPLE = `select p.id, p.name, a.login from access.people p join identity.accounts a on a.person = p.id
  where not a.demonstration and not exists (select from ledger.subject_keys k where k.subject = p.id and k.destroyed_at is not null)`

/** States, once, who those are who came before names were on record. */
export async function stateNames(database: Database, master: Buffer): Promise<number> {
  return asProduct(database, async (client) => {
    await client.query(`select pg_advisory_xact_lock(hashtextextended('aman names', 0))`)
    const { rows } = await client.query<Row>(`${PEOPLE} and not exists (select from ledger.heads h where h.stream = 'person/' || p.id)`)
    for (const { id, name, login } of rows)
      await appendSealed(client, master, id, { stream: streamOf(id), expected: 0, establishment: null }, [
        { kind: 'person.stated', body: { name, login } },
      ])
    return rows.length
  })
}

/** How many there are, and how many of them are called otherwise than they are on record, or are not on record at all. */
export async function comparedNames(client: pg.ClientBase, master: Buffer): Promise<{ readonly rows: number; readonly differing: number }> {
  const { rows } = await client.query<Row>(PEOPLE)
  let differing = 0
  for (const { id, name, login } of rows) {
    const last = (await read(client, streamOf(id))).at(-1)
    const said = last === undefined ? undefined : ((await bodyOf(client, master, last)) as Named | undefined)
    if (said?.name !== name || said.login !== login) differing++
  }
  return { rows: rows.length, differing }
}
