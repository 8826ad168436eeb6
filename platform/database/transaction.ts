/** One request of one person: a transaction in which the database knows who is asking, and shows and allows no more. */
import type pg from 'pg'
import type { Database } from './database.ts'

/** Runs `work` for `person` and commits; whatever it throws rolls everything back. */
export async function asPerson<T>(database: Database, person: string, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  // It becomes part of a statement: nothing but a UUID will do.
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(person)) throw new Error('a person is a UUID')
  return inTransaction(
    database.requests,
    `begin; set local role aman_request; set local aman.person = '${person}'`,
    work,
    // Nothing of one person's session is left for the next.
    'discard all',
  )
}

/** Runs `work` at the gate, where it is not known yet who is asking: only what proves an identity can be seen. */
export async function atTheGate<T>(database: Database, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return inTransaction(database.requests, 'begin; set local role aman_gate', work, 'discard all')
}

/** Runs `work` for the product itself. */
export async function asProduct<T>(database: Database, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return inTransaction(database.owner, 'begin', work)
}

/** `begin` and what comes with it go to the database at once: every way there and back is time of the one thread we have. */
async function inTransaction<T>(
  pool: pg.Pool,
  begin: string,
  work: (client: pg.PoolClient) => Promise<T>,
  afterwards?: string,
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query(begin)
    const result = await work(client)
    const { command } = await client.query('commit')
    // After a failed statement that somebody has swallowed, "commit" quietly rolls back.
    if (command !== 'COMMIT') throw new Error('nothing was written: a statement of this transaction had failed')
    return result
  } catch (error) {
    // Where nothing comes through any more, a rollback would not either: the connection is thrown away.
    if (/^Query read timeout/.test((error as Error).message)) broken = error as Error
    else
      await client.query('rollback').catch((fault: Error) => {
        broken = fault
      })
    throw error
  } finally {
    if (afterwards !== undefined && broken === undefined)
      await client.query(afterwards).catch((fault: Error) => {
        broken = fault
      })
    client.release(broken)
  }
}
