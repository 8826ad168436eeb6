/** When a plan has dropped below its standard: over all, or for nights that begin at an hour of the week. */
import type pg from 'pg'
import type { Chance } from './store.ts'

export interface Placed {
  readonly campaign: string
  readonly establishment: string
}

interface Asked extends Placed {
  readonly study: string
  /** Second of the week; null: as the study says. */
  readonly starts_at: number | null
}

/** With the standard of the study as it was then. */
export interface Kept extends Chance {
  readonly standard: number | null
}

/** Puts on record that a plan does not reach its standard any more, where it did before. */
export async function alertIfDropped(
  client: pg.ClientBase,
  { campaign, establishment, study, starts_at }: Asked,
  now: Kept,
): Promise<void> {
  // Surely below, not perhaps: fewer nights widen the interval, and nothing has dropped by that.
  if (now.standard === null || now.high >= now.standard) return
  const { rows } = await client.query<{ result: Kept }>(
    `select q.result from campaigns.questions q join campaigns.campaigns o on o.id = q.campaign
      where o.establishment = $1 and q.study = $2 and q.asks = 'chance' and q.starts_at is not distinct from $4 and q.state = 'done' and o.id <> $3
        and ((q.result ->> 'low')::float8 >= (q.result ->> 'standard')::float8 or (q.result ->> 'high')::float8 < (q.result ->> 'standard')::float8)
      order by q.answered_at desc limit 1`,
    [establishment, study, campaign, starts_at],
  )
  // The last that was sure: from "holds" by way of "not sure" to "fails" is a drop all the same.
  const before = rows[0]?.result
  if (before === undefined || before.standard === null || before.low < before.standard) return
  const hour = starts_at === null ? {} : { hour: starts_at / 3600 }
  const said = { study, campaign, from: before.probability, to: now.probability, standard: now.standard, ...hour }
  // Of the hours of one campaign the first is enough to look.
  const told = await client.query(
    `select from ledger.events e, lateral (select convert_from(e.body, 'UTF8')::jsonb as said) b
      where e.stream = 'alerts/' || $1 and said ->> 'study' = $2 and said ->> 'campaign' = $3`,
    [establishment, study, campaign],
  )
  if (told.rowCount !== 0) return
  await client.query('select ledger.note($1, $2, $3, $4)', [
    `alerts/${establishment}`,
    establishment,
    'alert.dropped',
    JSON.stringify(said),
  ])
}
