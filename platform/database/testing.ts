/** A database of its own for each test file: in the cluster of this test run, or on the server that DATABASE_URL names. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { type Database, openDatabase } from './database.ts'

export interface TestDatabase extends Database {
  /** Connection with all rights, to do what the product cannot. */
  superuser(): Promise<pg.Client>
  /** A person with these roles, each for an establishment or (null) for the country. */
  person(...grants: readonly (readonly [role: string, establishment: string | null])[]): Promise<string>
}

const folder = () => process.env.AMAN_TEST_DATA!

export async function freshDatabase({ migrated = true } = {}): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const server = process.env.DATABASE_URL
  let url: string | undefined
  if (server !== undefined) {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    await client.query(`create database ${name}`)
    await client.end()
    url = Object.assign(new URL(server), { pathname: `/${name}` }).href
  }
  const database = await openDatabase({ folder: folder(), name, url, migrate: migrated })
  return {
    ...database,
    superuser: async () => {
      const client =
        url === undefined ? new pg.Client({ host: `${folder()}/socket`, user: 'postgres', database: name }) : new pg.Client(url)
      await client.connect()
      return client
    },
    person: async (...grants) => {
      for (const [, establishment] of grants) {
        if (establishment === null) continue
        await database.owner.query(
          `select access.happen($1, 'grants.establishment-founded', jsonb_build_object('establishment', $1::text, 'title', $2::jsonb))
            where not exists (select from access.establishments where id = $1)`,
          [establishment, { en: establishment }],
        )
      }
      const { rows } = await database.owner.query(`insert into access.people (name) values ('somebody') returning id`)
      for (const [role, establishment] of grants) {
        await database.owner.query(
          `select access.happen($1, 'grants.granted', jsonb_build_object('grant', gen_random_uuid(), 'person', $2::uuid, 'role', $3::text,
            'until', now() + interval '1 day'))`,
          [establishment, rows[0].id, role],
        )
      }
      return rows[0].id
    },
  }
}
