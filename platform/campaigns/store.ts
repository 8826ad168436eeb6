/** Campaigns: stress tests of everything in force at an establishment, asked for, stopped, and what came of them. */
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { InputError, Refusal } from '../contracts/errors.ts'
import type { Text } from '../contracts/languages.ts'
import type { FORMS } from '../documents/schema.ts'
import { libraryOf, type Used, usedBy } from '../documents/store.ts'
import { assemble } from '../packs/assemble.ts'
import type { StudyBundle } from '../packs/bundle.ts'
import type { Entry, Library } from '../packs/library.ts'

export interface Askable {
  readonly study: string
  readonly title: Text
  readonly bundle: StudyBundle
  /** SHA-256 of the bundle as JSON. */
  readonly hash: string
  readonly uses: readonly Used[]
  /** Share of nights in which the plans must succeed, as the study says. */
  readonly standard: number | null
}

/** Studies of an establishment all of whose documents are in force and fit together. */
export async function askable(client: pg.ClientBase, establishment: string): Promise<readonly Askable[]> {
  const { rows } = await client.query<{ versions: string | null }>(
    `select string_agg(id || '/' || approved, ' ' order by id) as versions from documents.documents
      where establishment = $1 and approved is not null and retired_at is null`,
    [establishment],
  )
  const { versions } = rows[0]!
  if (versions === null) return []
  // Versions never change: what was put together of them stays right.
  let found = kept.get(versions)
  if (found === undefined) {
    found = await putTogether(await libraryOf(client, establishment, 'approved'))
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!)
    kept.set(versions, found)
  }
  return found
}

const kept = new Map<string, readonly Askable[]>()
const MOST_KEPT = 100

async function putTogether({ library, used }: Awaited<ReturnType<typeof libraryOf>>): Promise<readonly Askable[]> {
  const found: Askable[] = []
  for (const entry of library.all('study')) {
    const one = askableOf(entry, library, used)
    if (one !== undefined) found.push(one)
    // Others have their turn between studies: each takes some thirty milliseconds.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return found
}

function askableOf(entry: Entry, library: Library, used: ReadonlyMap<string, Used>): Askable | undefined {
  try {
    const bundle = library.bundle(entry)
    const assembled = assemble(bundle)
    if ('problems' in assembled) return undefined
    return {
      study: entry.id,
      title: entry.title,
      bundle,
      hash: createHash('sha256').update(JSON.stringify(bundle)).digest('hex'),
      uses: usedBy(bundle, used),
      standard: assembled.documents.study.standard?.['at-least'] ?? null,
    }
  } catch (error) {
    if (error instanceof InputError) return undefined
    throw error
  }
}

export interface Order {
  readonly establishment: string
  readonly seed: number
  readonly nights: number
  readonly hourly: boolean
}

/** Asks for a campaign, in the name of whoever's transaction it is. Returns its id. */
export async function ask(
  client: pg.ClientBase,
  { establishment, seed, nights, hourly }: Order,
  studies: readonly Askable[],
): Promise<string> {
  if (studies.length === 0) throw new Refusal('nothing-in-force')
  const { rows } = await client.query<{ id: string }>('select campaigns.ask($1, $2, $3, $4, $5, $6) as id', [
    establishment,
    seed,
    nights,
    hourly,
    JSON.stringify(studies.map(({ study, title, hash, uses }) => ({ study, title, hash, uses }))),
    JSON.stringify(Object.fromEntries(studies.map(({ hash, bundle }) => [hash, JSON.stringify(bundle)]))),
  ])
  return rows[0]!.id
}

/** What came of the question after the chance of success. */
export interface Chance {
  readonly nights: number
  readonly hits: number
  readonly probability: number
  readonly low: number
  readonly high: number
}

/** What came of the question after weak links, the costliest first. */
export interface Weakest {
  readonly links: {
    readonly kind: string
    readonly id: string
    readonly title: Text
    readonly difference: number
    readonly low: number
    readonly high: number
  }[]
}

export interface Campaign {
  readonly id: string
  readonly establishment: string
  readonly askedAt: Date
  readonly nights: number
  readonly seed: number
  readonly hourly: boolean
  readonly state: 'running' | 'paused' | 'cancelled' | 'done'
  readonly digest: string | null
  readonly total: number
  readonly done: number
  readonly failed: number
}

export async function campaigns(client: pg.ClientBase, establishment: string, limit: number): Promise<Campaign[]> {
  const { rows } = await client.query<Campaign>(
    `select c.id, c.establishment, c.asked_at as "askedAt", c.nights, c.seed, c.hourly, c.state, c.digest, q.total, q.done, q.failed
      from (select * from campaigns.campaigns where establishment = $1 order by asked_at desc limit $2) c
      cross join lateral (
        select count(*)::int as total, count(*) filter (where q.state = 'done')::int as done, count(*) filter (where q.state = 'failed')::int as failed
        from campaigns.questions q where q.campaign = c.id
      ) q
      order by c.asked_at desc`,
    [establishment, limit],
  )
  return rows
}

export interface Tested extends Chance {
  readonly at: Date
  readonly campaign: string
}

/** The newest exercise of a plan. */
export interface Rehearsed {
  /** The day, as YYYY-MM-DD. */
  readonly on: string
  readonly form: (typeof FORMS)[number]
  readonly version: number
  /** It was held with what is in force now. */
  readonly current: boolean
}

export interface Standing {
  readonly study: string
  readonly title: Text
  /** Share of nights in which the plans must succeed. */
  readonly standard: number | null
  /** The newest results, the newest first. */
  readonly tested: Tested[]
  /** null: nobody has looked yet. */
  readonly weakest: Weakest['links'] | null
  /** What is in force has changed since the last test, or cannot be tested. */
  readonly stale: boolean
  /** The lowest of the next twelve hours, where what is in force has been tested by the hour. `hour`: of the week, from Monday. */
  readonly tonight: (Chance & { readonly hour: number }) | null
  readonly answers: StandingPlan[]
}

export interface StandingPlan {
  readonly document: string
  readonly title: Text
  readonly approvedAt: Date | null
  readonly rehearsed: Rehearsed | null
}

export interface Board {
  readonly establishment: string
  readonly title: Text
  readonly studies: Standing[]
  /** Plans in force that no question in force asks about: nobody knows whether they work. */
  readonly unasked: StandingPlan[]
  readonly campaign: Campaign | null
  /** Documents that wait for a decision. */
  readonly inReview: number
  /** Plans that have dropped below their standard and have not come back, the newest first. */
  readonly alerts: Alert[]
}

export interface Alert {
  readonly study: string
  readonly at: Date
  readonly from: number
  readonly to: number
  readonly standard: number
  /** Of the week, where it has dropped for nights that begin then; null: over all. */
  readonly hour: number | null
}

/** Hours from now on that count as tonight, and days for which an alert is shown. */
const TONIGHT = 12
const ALERTED = 30

/** Hours of the week, from Monday, that come next on the clock of the server. */
function nextHours(): number[] {
  const now = new Date()
  const first = ((now.getDay() + 6) % 7) * 24 + now.getHours()
  return Array.from({ length: TONIGHT }, (_, k) => (first + k) % 168)
}

async function tonightOf(
  client: pg.ClientBase,
  establishment: string,
): Promise<{ study: string; hash: string; hour: number; result: Chance }[]> {
  const { rows } = await client.query<{ study: string; hash: string; hour: number; result: Chance }>(
    // The newest answer of each hour, looked for from the newest campaign on: years of nights lie behind it.
    `select d.name as study, hour, newest.hash, newest.result
      from documents.documents d cross join unnest($2::int[]) hour cross join lateral (
        select s.hash, q.result from campaigns.campaigns c
          join campaigns.questions q on q.campaign = c.id and q.study = d.name and q.starts_at = hour * 3600 and q.state = 'done'
          join campaigns.studies s on s.campaign = c.id and s.study = d.name
        where c.establishment = $1 and c.hourly order by c.asked_at desc limit 1
      ) newest
      where d.establishment = $1 and d.kind = 'study' and d.retired_at is null`,
    [establishment, nextHours()],
  )
  return rows
}

async function alertsOf(client: pg.ClientBase, establishment: string): Promise<Alert[]> {
  const { rows } = await client.query<Alert>(
    `select distinct on (body ->> 'study') body ->> 'study' as study, at, (body -> 'from')::float8 as "from", (body -> 'to')::float8 as "to",
        (body -> 'standard')::float8 as standard, (body -> 'hour')::int as hour
      from (select e.at, convert_from(e.body, 'UTF8')::jsonb as body from ledger.events e
        where e.stream = 'alerts/' || $1 and e.at > now() - make_interval(days => $2)) e
      order by body ->> 'study', at desc`,
    [establishment, ALERTED],
  )
  return rows.sort((a, b) => b.at.getTime() - a.at.getTime())
}

const HISTORY = 12

/** How every plan of an establishment stands. */
export async function boardOf(client: pg.ClientBase, establishment: string): Promise<Board> {
  const place = await client.query<{ title: Text }>('select title from access.establishments where id = $1', [establishment])
  if (place.rows[0] === undefined) throw new Refusal('not-found')
  const { rows: studies } = await client.query<{ name: string; title: Text }>(
    `select name, title from documents.documents where establishment = $1 and kind = 'study' and retired_at is null order by name`,
    [establishment],
  )
  const { rows: results } = await client.query<{ study: string; asks: string; campaign: string; at: Date; hash: string; result: unknown }>(
    `select d.name as study, a.asks, newest.* from documents.documents d cross join (values ('chance'), ('weakest')) a (asks) cross join lateral (
        select q.campaign, q.answered_at as at, s.hash, q.result from campaigns.campaigns c
          join campaigns.questions q on q.campaign = c.id and q.study = d.name and q.asks = a.asks and q.starts_at is null and q.state = 'done'
          join campaigns.studies s on s.campaign = c.id and s.study = d.name
        where c.establishment = $1 order by c.asked_at desc limit $2
      ) newest
      where d.establishment = $1 and d.kind = 'study' and d.retired_at is null order by at desc`,
    [establishment, HISTORY],
  )
  const now = new Map((await askable(client, establishment)).map((one) => [one.study, one]))
  const { rows: plans } = await client.query<StandingPlan>(
    `select d.id as document, d.title, coalesce(v.decided_at, v.made_at) as "approvedAt", r.rehearsed from documents.documents d
      left join documents.versions v on v.document = d.id and v.number = d.approved
      left join lateral (
        select jsonb_build_object('on', r.held_on, 'form', r.form, 'version', r.version, 'current', r.version = d.approved) as rehearsed
        from documents.rehearsals r where r.document = d.id and r.struck_at is null order by r.held_on desc, r.recorded_at desc limit 1
      ) r on true
      where d.establishment = $1 and d.kind = 'plan' and d.retired_at is null`,
    [establishment],
  )
  const [campaign] = await campaigns(client, establishment, 1)
  const tonight = await tonightOf(client, establishment)
  const { rows: review } = await client.query<{ count: number }>(
    `select count(*)::int as count from documents.documents d join documents.versions v on v.document = d.id and v.number = d.latest
      where d.establishment = $1 and d.retired_at is null and v.status = 'in-review'`,
    [establishment],
  )
  /** The lowest, if what was tested is still what is in force. */
  const lowest = (study: string) => {
    const [worst] = tonight
      .filter((one) => one.study === study && one.hash === now.get(study)?.hash)
      .sort((a, b) => a.result.probability - b.result.probability)
    return worst === undefined ? null : { hour: worst.hour, ...worst.result }
  }
  const plansOf = (study: string) => now.get(study)?.uses.flatMap((u) => (u.kind === 'plan' ? [u.document] : [])) ?? []
  const askedAbout = new Set([...now.keys()].flatMap(plansOf))
  const below = (study: string) => {
    const newest = results.find((r) => r.study === study && r.asks === 'chance')?.result as Chance | undefined
    const standard = now.get(study)?.standard ?? null
    return newest !== undefined && standard !== null && newest.low < standard
  }
  const stillBelow = async (alerts: readonly Alert[]) => {
    const still: Alert[] = []
    for (const alert of alerts) {
      const at =
        alert.hour === null ? undefined : (await hoursOf(client, establishment, alert.study)).find(({ hour }) => hour === alert.hour)
      if (alert.hour === null ? below(alert.study) : at !== undefined && at.low < alert.standard) still.push(alert)
    }
    return still
  }
  return {
    establishment,
    title: place.rows[0].title,
    campaign: campaign ?? null,
    inReview: review[0]!.count,
    alerts: await stillBelow(await alertsOf(client, establishment)),
    unasked: plans.filter((plan) => plan.approvedAt !== null && !askedAbout.has(plan.document)),
    studies: studies.map(({ name, title }): Standing => {
      const of = (asks: string) => results.filter((r) => r.study === name && r.asks === asks)
      const [newest] = of('chance')
      const used = plansOf(name)
      return {
        study: name,
        title,
        tested: of('chance').map((r) => ({ ...(r.result as Chance), at: r.at, campaign: r.campaign })),
        // Of what is in force: of what was before, another link may have been the weakest.
        weakest: (of('weakest').find((r) => r.hash === now.get(name)?.hash)?.result as Weakest | undefined)?.links ?? null,
        tonight: lowest(name),
        standard: now.get(name)?.standard ?? null,
        stale: newest === undefined || newest.hash !== now.get(name)?.hash,
        answers: plans.filter((plan) => used.includes(plan.document)),
      }
    }),
  }
}

/** The chance of success of a study by the hour of the week at which the night begins, from the newest campaign that asked. */
export async function hoursOf(client: pg.ClientBase, establishment: string, study: string): Promise<(Chance & { hour: number })[]> {
  const { rows } = await client.query<{ hour: number; result: Chance }>(
    `select q.starts_at / 3600 as hour, q.result from campaigns.questions q
      where q.study = $2 and q.starts_at is not null and q.state = 'done' and q.campaign = (
        select c.id from campaigns.campaigns c where c.establishment = $1 and c.hourly
          and exists (select from campaigns.studies s where s.campaign = c.id and s.study = $2)
        order by c.asked_at desc limit 1)
      order by hour`,
    [establishment, study],
  )
  return rows.map(({ hour, result }) => ({ hour, ...result }))
}
