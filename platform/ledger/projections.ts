/** Whether what screens show still follows from the trail: folded once more, compared, and put back as it was. */
import type pg from 'pg'
import type { Database } from '../database/database.ts'

/** Functions that fold, and the tables into which they do. */
const FOLDED = [
  { rebuild: 'documents.rebuild()', tables: ['documents.documents', 'documents.versions', 'documents.comments'] },
  { rebuild: 'exchange.rebuild()', tables: ['exchange.publishers', 'exchange.imports'] },
] as const

export interface Projection {
  readonly table: string
  readonly rows: number
  /** Rows that are there and do not follow, or follow and are not there. */
  readonly differing: number
}

/** Folds everything once more within a transaction that is then rolled back: nothing changes, whatever comes of it. */
export async function projections(database: Database): Promise<Projection[]> {
  const client = await database.owner.connect()
  try {
    await client.query('begin')
    const found: Projection[] = []
    for (const { rebuild, tables } of FOLDED) {
      for (const table of tables)
        await client.query(`create temporary table ${kept(table)} on commit drop as select t::text as row from ${table} t`)
      await client.query(`select ${rebuild}`)
      for (const table of tables) found.push(await compared(client, table))
    }
    return found
  } finally {
    await client.query('rollback')
    client.release()
  }
}

const kept = (table: string) => `was_${table.replace('.', '_')}`

async function compared(client: pg.ClientBase, table: string): Promise<Projection> {
  const { rows } = await client.query<{ rows: number; differing: number }>(
    `with now as (select t::text as row from ${table} t)
      select (select count(*)::int from ${kept(table)}) as rows,
        (select count(*)::int from (
          (select row from ${kept(table)} except all select row from now) union all (select row from now except all select row from ${kept(table)})
        ) d) as differing`,
  )
  return { table, ...rows[0]! }
}
