/** What is kept for how long. Each rule says what it is about, after how many days it goes, and why just so. */
import type pg from 'pg'
import { InputError } from '../contracts/errors.ts'
import type { Database } from '../database/database.ts'
import { asProduct } from '../database/transaction.ts'
import { erase } from '../ledger/seal.ts'

export interface Rule {
  readonly id: string
  readonly what: string
  /** Days after which it goes. An assumption of ours where no law is named; each service sets its own. */
  readonly days: number
  readonly why: string
  /** Which rows of which table are due, and since when; `$1` is the number of days. */
  readonly from: string
  readonly since: string
  readonly where: string
  /** What is done with them, where they do not simply go: `going` holds the ids of those that are due. */
  readonly apply?: readonly string[]
  /** Whether those that are due are people, whose keys go with them. */
  readonly erases?: boolean
}

const ENDED = `least(coalesce(ended_at, 'infinity'), expires_at)`
const AGO = 'now() - make_interval(days => $1)'

/** Everything that the old one answered has been answered again since. */
const ANSWERED_SINCE = `not exists (
  select from campaigns.questions q where q.campaign = c.id and q.state = 'done' and not exists (
    select from campaigns.questions n join campaigns.campaigns o on o.id = n.campaign
    where o.establishment = c.establishment and o.asked_at > c.asked_at and n.state = 'done'
      and n.study = q.study and n.asks = q.asks and n.starts_at is not distinct from q.starts_at))`

export const RULES: readonly Rule[] = [
  {
    id: 'sessions',
    what: 'sessions that have ended',
    days: 90,
    why: 'they say from which browser somebody worked; three months are enough to look into an incident',
    from: 'identity.sessions',
    since: ENDED,
    where: `${ENDED} < ${AGO}`,
  },
  {
    id: 'invitations',
    what: 'invitations that were taken up, withdrawn or have run out',
    days: 365,
    why: 'who let whom in is in the trail; the name on the invitation is needed for as long as a role may last',
    from: 'identity.invitations',
    since: 'expires_at',
    where: `expires_at < ${AGO}`,
  },
  {
    id: 'unsaved-texts',
    what: 'texts that somebody has begun and never saved as a version',
    days: 180,
    why: 'whoever has not come back to it in half a year will not',
    from: 'documents.workings',
    since: 'saved_at',
    where: `saved_at < ${AGO}`,
  },
  {
    id: 'campaigns',
    what: 'stress tests of which there are newer ones',
    days: 1095,
    why: 'the trend of three years; each can be played again from the versions that it names',
    from: 'campaigns.campaigns c',
    since: 'asked_at',
    where: `asked_at < ${AGO} and state in ('done', 'cancelled') and ${ANSWERED_SINCE}`,
    apply: [
      `select campaigns.happen(id, establishment, 'campaign.forgotten', '{}') from campaigns.campaigns where id in (select id from going)`,
      `delete from campaigns.bundles b where not exists (select from campaigns.studies s where s.hash = b.hash)`,
    ],
  },
  {
    id: 'people',
    what: 'names and proofs of people who have left',
    days: 1825,
    why: 'five years for questions about who decided what; after that the number in the trail is enough',
    from: 'access.people',
    since: 'closed_at',
    where: `closed_at < ${AGO} and name <> 'left'`,
    apply: [
      `delete from identity.passkeys where person in (select id from going)`,
      `delete from mail.waiting where person in (select id from going)`,
      `delete from mail.addresses where person in (select id from going)`,
      `delete from identity.subjects where person in (select id from going)`,
      `delete from identity.recovery_codes where person in (select id from going)`,
      `update identity.accounts set login = 'left-' || substr(person::text, 1, 8) || '-' || substr(person::text, 25, 12), password_hash = null,
        totp_secret = null, totp_pending = null, totp_confirmed_at = null where person in (select id from going)`,
      `update access.people set name = 'left' where id in (select id from going)`,
    ],
    erases: true,
  },
]

export interface Finding {
  readonly rule: Rule
  readonly days: number
  readonly count: number
  /** Since when the oldest has been due; null: nothing is. */
  readonly oldest: Date | null
}

/** Days that a name stays at least: who has left by mistake is back within a month. */
const FEWEST_FOR_PEOPLE = 30

/** Days by rule where a service has set its own. Throws {@link InputError} for what is no rule or no number of days. */
export function daysOf(overrides: readonly string[]): ReadonlyMap<string, number> {
  const days = new Map(RULES.map((rule) => [rule.id, rule.days]))
  for (const one of overrides) {
    const [, id, count] = /^([a-z-]+)=(\d{1,6})d?$/.exec(one) ?? []
    if (id === undefined || !days.has(id) || Number(count) < (id === 'people' ? FEWEST_FOR_PEOPLE : 1))
      throw new InputError([
        { code: 'argument-wrong', path: ['--keep'], expected: RULES.map((rule) => `${rule.id}=${rule.days}`).join(', '), found: one },
      ])
    days.set(id, Number(count))
  }
  return days
}

async function look(client: pg.ClientBase, days: ReadonlyMap<string, number>): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const rule of RULES) {
    const after = days.get(rule.id)!
    const { rows } = await client.query<{ count: number; oldest: Date | null }>(
      `select count(*)::int as count, min(${rule.since}) as oldest from ${rule.from} where ${rule.where}`,
      [after],
    )
    findings.push({ rule, days: after, ...rows[0]! })
  }
  return findings
}

/** What would go now. Changes nothing. */
export function dryRun(database: Database, days: ReadonlyMap<string, number>): Promise<Finding[]> {
  return asProduct(database, (client) => look(client, days))
}

/** Lets it go, all of it or nothing, and puts that on record. Returns what has gone. */
export function apply(database: Database, days: ReadonlyMap<string, number>): Promise<Finding[]> {
  return asProduct(database, async (client) => {
    const findings = await look(client, days)
    for (const { rule, days: after, count } of findings) {
      if (count === 0) continue
      if (rule.apply === undefined) {
        await client.query(`delete from ${rule.from} where ${rule.where}`, [after])
        continue
      }
      await client.query(`create temporary table going as select id from ${rule.from} where ${rule.where}`, [after])
      for (const statement of rule.apply) await client.query(statement)
      if (rule.erases === true) {
        const { rows } = await client.query<{ id: string }>('select id from going')
        for (const { id } of rows) await erase(client, id, `kept for ${after} days`)
      }
      await client.query('drop table going')
    }
    const gone = Object.fromEntries(
      findings.filter(({ count }) => count > 0).map(({ rule, days: after, count }) => [rule.id, { days: after, count }]),
    )
    if (Object.keys(gone).length > 0)
      await client.query('select ledger.note($1, null, $2, $3)', ['retention/service', 'retention.applied', JSON.stringify(gone)])
    return findings
  })
}
