/** What is asked for without anybody asking: what has changed at once, everything once a day, every hour of the week by night. */
import type pg from 'pg'
import { ask, askable } from './store.ts'

/** Nights of a campaign that nobody has asked for, and hours after which it is time for the next. */
export const NIGHTS = 4096
const EVERY = 24
const SEED = 1

/** From midnight to six on the clock of the server. */
const isNight = (moment: Date) => moment.getHours() < 6

async function isRunning(client: pg.ClientBase, establishment: string): Promise<boolean> {
  const { rowCount } = await client.query(`select from campaigns.campaigns where establishment = $1 and state in ('running', 'paused')`, [
    establishment,
  ])
  return rowCount !== 0
}

/** A campaign about what is in force at an establishment and has not been asked about as it is; about everything once a day. */
export async function askDue(client: pg.ClientBase, id: string, now = new Date()): Promise<void> {
  const { rows: locked } = await client.query<{ mine: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('aman campaigns due at ' || $1, 0)) as mine`,
    [id],
  )
  if (!locked[0]!.mine) return
  const all = await askable(client, id)
  if (all.length === 0) return
  const { rows } = await client.query<{ asked: Record<string, string>; recent: boolean; hours: boolean }>(
    `select
      $3::boolean and not exists (select from campaigns.campaigns c where c.establishment = $1 and c.hourly and c.asked_at > now() - interval '20 hours')
        or exists (select from campaigns.campaigns c where c.establishment = $1 and c.asked_at < now() - interval '1 day')
          and not exists (select from campaigns.campaigns c where c.establishment = $1 and c.hourly and c.asked_at > now() - interval '7 days')
        as hours,
      coalesce((select jsonb_object_agg(t.study, t.hash) from (
        select distinct on (s.study) s.study, s.hash from campaigns.studies s join campaigns.campaigns c on c.id = s.campaign
        where c.establishment = $1 order by s.study, c.asked_at desc) t), '{}') as asked,
      exists (select from campaigns.campaigns c where c.establishment = $1
        and (c.asked_at > now() - make_interval(hours => $2) or c.state = 'running')) as recent`,
    [id, EVERY, isNight(now)],
  )
  const { asked, recent, hours } = rows[0]!
  const order = { establishment: id, seed: SEED, nights: NIGHTS }
  const changed = all.filter((one) => asked[one.study] !== one.hash)
  // What has changed comes first, by night too; then, when nobody waits for an answer, every hour of the week; where no server runs by night, once a
  // week by day.
  if (changed.length > 0) await ask(client, { ...order, hourly: false }, recent ? changed : all)
  else if (hours && !(await isRunning(client, id))) await ask(client, { ...order, hourly: true }, all)
  else if (!recent) await ask(client, { ...order, hourly: false }, all)
}
