/** What is kept for how long. Each rule says what it is about, after how many days it goes, and why just so. */
import type pg from 'pg'
import { InputError } from '../contracts/errors.ts'
import type { Database } from '../database/database.ts'
import { asProduct } from '../database/transaction.ts'

export interface Rule {
  readonly id: string
  readonly what: string
  /** Days after which it goes. An assumption of ours where no law is named; each service sets its own. */
  readonly days: number
  readonly why: string
  /** What is due: `due`, since when; `$1` is the number of days. */
  readonly due: string
  /** What happens to it, in order; `$1` as above. */
  readonly apply: readonly string[]
}

const ENDED = `least(coalesce(ended_at, 'infinity'), expires_at)`
const LEFT = `closed_at < now() - make_interval(days => $1) and name <> 'left'`

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
    due: `select ${ENDED} as due from identity.sessions where ${ENDED} < now() - make_interval(days => $1)`,
    apply: [`delete from identity.sessions where ${ENDED} < now() - make_interval(days => $1)`],
  },
  {
    id: 'invitations',
    what: 'invitations that were taken up, withdrawn or have run out',
    days: 365,
    why: 'who let whom in is in the trail; the name on the invitation is needed for as long as a role may last',
    due: `select expires_at as due from identity.invitations where expires_at < now() - make_interval(days => $1)`,
    apply: [`delete from identity.invitations where expires_at < now() - make_interval(days => $1)`],
  },
  {
    id: 'unsaved-texts',
    what: 'texts that somebody has begun and never saved as a version',
    days: 180,
    why: 'whoever has not come back to it in half a year will not',
    due: `select saved_at as due from documents.workings where saved_at < now() - make_interval(days => $1)`,
    apply: [`delete from documents.workings where saved_at < now() - make_interval(days => $1)`],
  },
  {
    id: 'campaigns',
    what: 'stress tests of which there are newer ones',
    days: 1095,
    why: 'the trend of three years; each can be played again from the versions that it names',
    due: `select c.asked_at as due from campaigns.campaigns c where c.asked_at < now() - make_interval(days => $1) and c.state in ('done', 'cancelled')
      and ${ANSWERED_SINCE}`,
    apply: [
      `create temporary table going on commit drop as select c.id from campaigns.campaigns c
        where c.asked_at < now() - make_interval(days => $1) and c.state in ('done', 'cancelled')
        and ${ANSWERED_SINCE}`,
      `delete from campaigns.questions where campaign in (select id from going)`,
      `delete from campaigns.studies where campaign in (select id from going)`,
      `delete from campaigns.campaigns where id in (select id from going)`,
    ],
  },
  {
    id: 'people',
    what: 'names and proofs of people who have left',
    days: 1825,
    why: 'five years for questions about who decided what; after that the number in the trail is enough',
    due: `select closed_at as due from access.people where ${LEFT}`,
    apply: [
      `create temporary table leaving on commit drop as select id from access.people where ${LEFT}`,
      `delete from identity.passkeys where person in (select id from leaving)`,
      `delete from identity.subjects where person in (select id from leaving)`,
      `delete from identity.recovery_codes where person in (select id from leaving)`,
      `update identity.accounts set login = 'left-' || substr(person::text, 1, 8) || '-' || substr(person::text, 25, 12), password_hash = null,
        totp_secret = null, totp_pending = null, totp_confirmed_at = null where person in (select id from leaving)`,
      `update access.people set name = 'left' where id in (select id from leaving)`,
    ],
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
      `select count(*)::int as count, min(due) as oldest from (${rule.due}) due`,
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
      for (const statement of rule.apply) await client.query(statement, statement.includes('$1') ? [after] : [])
    }
    const gone = Object.fromEntries(
      findings.filter(({ count }) => count > 0).map(({ rule, days: after, count }) => [rule.id, { days: after, count }]),
    )
    if (Object.keys(gone).length > 0)
      await client.query('select ledger.note($1, null, $2, $3)', ['retention/service', 'retention.applied', JSON.stringify(gone)])
    return findings
  })
}
