/** What somebody has been asked to prove with: kept until it is answered, once, within minutes. */
import type pg from 'pg'
import { Refusal } from '../contracts/errors.ts'

/** Questions that are open at a time. */
const MOST = 5000

export type Purpose = 'passkey-add' | 'passkey-sign-in' | 'provider'

export async function pose(client: pg.ClientBase, purpose: Purpose, person: string | null, secret: object): Promise<string> {
  await client.query('delete from identity.challenges where expires_at < now()')
  const { rows: open } = await client.query<{ many: boolean }>('select count(*) >= $1 as many from identity.challenges', [MOST])
  if (open[0]!.many) throw new Refusal('requests-many')
  const { rows } = await client.query<{ id: string }>(
    'insert into identity.challenges (purpose, person, secret) values ($1, $2, $3) returning id',
    [purpose, person, JSON.stringify(secret)],
  )
  return rows[0]!.id
}

/** Takes the challenge away and returns its secret. Throws a {@link Refusal} if it is gone, late or somebody else’s. */
export async function answered<T>(client: pg.ClientBase, purpose: Purpose, person: string | null, id: string): Promise<T> {
  const { rows } = await client.query<{ secret: T }>(
    `delete from identity.challenges where id = $1 and purpose = $2 and person is not distinct from $3 and expires_at > now() returning secret`,
    [id, purpose, person],
  )
  if (rows[0] === undefined) throw new Refusal('sign-in-failed')
  return rows[0].secret
}
