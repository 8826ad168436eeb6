/** Whether what screens show still follows from the trail: folded once more, compared, and put back as it was. */
import type pg from 'pg'
import type { Database } from '../database/database.ts'
import { comparedNames } from './names.ts'

/** Functions that fold – what others lean on last, as whoever writes locks it last –, the tables into which they do, and what of a row follows from the trail where it is not all of it. */
const FOLDED: readonly { readonly rebuild: string; readonly tables: Readonly<Record<string, string>> }[] = [
  {
    rebuild: 'documents.rebuild()',
    tables: { 'documents.documents': 't', 'documents.versions': 't', 'documents.comments': 't', 'documents.rehearsals': 't' },
  },
  { rebuild: 'exchange.rebuild()', tables: { 'exchange.publishers': 't', 'exchange.imports': 't' } },
  {
    rebuild: 'campaigns.rebuild()',
    tables: {
      'campaigns.campaigns': 't',
      'campaigns.studies': 't',
      // Which node is at a question, and since when, is the work of the moment.
      'campaigns.questions': `(campaign, number, study, asks, starts_at, replace(state, 'taken', 'waiting'), result, digest, seconds, answered_at)`,
    },
  },
  { rebuild: 'access.rebuild()', tables: { 'access.grants': 't', 'access.establishments': 't' } },
]

export interface Projection {
  readonly table: string
  readonly rows: number
  /** Rows that are there and do not follow, or follow and are not there. */
  readonly differing: number
}

/** Folds everything once more within a transaction that is then rolled back: nothing changes, whatever comes of it. Who writes waits. */
export async function projections(database: Database, master: Buffer): Promise<Projection[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await foldedOnce(database, master)
    } catch (error) {
      // Somebody who wrote and we have waited for each other.
      if ((error as { code?: string }).code !== '40P01' || attempt === MOST_ATTEMPTS) throw error
    }
  }
}

const MOST_ATTEMPTS = 5

async function foldedOnce(database: Database, master: Buffer): Promise<Projection[]> {
  const client = await database.owner.connect()
  try {
    await client.query('begin')
    await client.query(`lock table ${FOLDED.flatMap(({ tables }) => Object.keys(tables)).join(', ')} in exclusive mode`)
    const found: Projection[] = []
    for (const { rebuild, tables } of FOLDED) {
      for (const [table, row] of Object.entries(tables))
        await client.query(`create temporary table ${kept(table)} on commit drop as select ${row}::text as row from ${table} t`)
      await client.query(`select ${rebuild}`)
      for (const [table, row] of Object.entries(tables)) found.push(await compared(client, table, row))
    }
    found.push({ table: 'access.people (names)', ...(await comparedNames(client, master)) })
    return found
  } finally {
    await client.query('rollback')
    client.release()
  }
}

const kept = (table: string) => `was_${table.replace('.', '_')}`

async function compared(client: pg.ClientBase, table: string, row: string): Promise<Projection> {
  const { rows } = await client.query<{ rows: number; differing: number }>(
    `with now as (select ${row}::text as row from ${table} t)
      select (select count(*)::int from ${kept(table)}) as rows,
        (select count(*)::int from (
          (select row from ${kept(table)} except all select row from now) union all (select row from now except all select row from ${kept(table)})
        ) d) as differing`,
  )
  return { table, ...rows[0]! }
}
