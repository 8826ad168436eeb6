/** One request of one person: a transaction in which the database knows who is asking, and shows and allows no more. */
import type pg from 'pg'
import type { Database } from './database.ts'

/** Runs `work` for `person` and commits; whatever it throws rolls everything back. */
export async function asPerson<T>(database: Database, person: string, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return inTransaction(
    database.requests,
    async (client) => {
      await client.query('set local role aman_request')
      await client.query(`select set_config('aman.person', $1, true)`, [person])
      return work(client)
    },
    // Nothing of one person's session is left for the next.
    'discard all',
  )
}

/** Runs `work` at the gate, where it is not known yet who is asking: only what proves an identity can be seen. */
export async function atTheGate<T>(database: Database, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return inTransaction(
    database.requests,
    async (client) => {
      await client.query('set local role aman_gate')
      return work(client)
    },
    'discard all',
  )
}

/** Runs `work` for the product itself. */
export async function asProduct<T>(database: Database, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return inTransaction(database.owner, work)
}

async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>, afterwards?: string): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    const result = await work(client)
    const { command } = await client.query('commit')
    // After a failed statement that somebody has swallowed, "commit" quietly rolls back.
    if (command !== 'COMMIT') throw new Error('nothing was written: a statement of this transaction had failed')
    return result
  } catch (error) {
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
