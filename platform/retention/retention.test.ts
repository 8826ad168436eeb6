import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asProduct } from '../database/transaction.ts'
import { read } from '../ledger/ledger.ts'
import { comparedNames } from '../ledger/names.ts'
import { bodyOf } from '../ledger/seal.ts'
import { type TestServer, testServer, type Visitor } from '../server/testing.ts'
import { apply, daysOf, dryRun, RULES } from './retention.ts'

let server: TestServer
let leaver: Visitor
let planner: Visitor
const DAYS = daysOf([])
const sql = (text: string, values: unknown[] = []) => server.database.owner.query(text, values)
const counts = (findings: Awaited<ReturnType<typeof dryRun>>) => Object.fromEntries(findings.map(({ rule, count }) => [rule.id, count]))

beforeAll(async () => {
  server = await testServer()
  leaver = await server.person(['officer', 'north'])
  planner = await server.person(['planner', 'north'])
  await sql(
    `insert into identity.sessions (token, person, made_at, expires_at) values
    ('\\x01', $1, now() - interval '200 days', now() - interval '199 days'), ('\\x02', $1, now() - interval '20 days', now() - interval '19 days')`,
    [planner.id],
  )
  await sql(
    `insert into identity.invitations (code, name, role, establishment, grant_expires_at, invited_by, expires_at) values
    ('\\x01', 'Old', 'officer', 'north', now(), $1, now() - interval '2 years'), ('\\x02', 'New', 'officer', 'north', now(), $1, now())`,
    [planner.id],
  )
  await sql(`update access.people set closed_at = now() - interval '6 years' where id = $1`, [leaver.id])
  await sql(`insert into identity.passkeys (id, person, public_key, name) values ('abcdefghijkl', $1, '\\x00', 'key')`, [leaver.id])
  await sql(`insert into mail.addresses (person, address) values ($1, 'leaver@example.org')`, [leaver.id])
  for (const [at, state] of [
    ['4 years', 'done'],
    ['3 days', 'done'],
    ['5 years', 'cancelled'],
  ])
    await sql(
      `insert into campaigns.campaigns (establishment, seed, nights, hourly, asked_at, state) values ('north', 1, 256, false, now() - $1::interval, $2)`,
      [at, state],
    )
})
afterAll(() => server.close())

const answer = (campaign: string, study: string) =>
  sql(
    `with kept as (insert into campaigns.bundles (hash, bundle) values (encode(sha256('{}'), 'hex'), '{}') on conflict do nothing)
      insert into campaigns.studies (campaign, study, title, hash, uses) values ($1, $2, '{"en":"x"}', encode(sha256('{}'), 'hex'), '[]')`,
    [campaign, study],
  ).then(() =>
    sql(
      `insert into campaigns.questions (campaign, number, study, asks, state, result, answered_at) values ($1, 1, $2, 'chance', 'done', '{}', now())`,
      [campaign, study],
    ),
  )

describe('retention', () => {
  it('RT-01 A dry run tells for each rule what would go, how much, and since when the oldest has been due; and changes nothing.', async () => {
    const rows = async () =>
      (
        await sql(
          `select (select count(*) from identity.sessions) s, (select count(*) from campaigns.campaigns) c, (select count(*) from ledger.events) e`,
        )
      ).rows[0]
    const before = await rows()
    const findings = await dryRun(server.database, DAYS)
    expect(counts(findings)).toEqual({ sessions: 1, invitations: 1, 'unsaved-texts': 0, campaigns: 2, people: 1 })
    expect(findings.map((one) => one.rule)).toEqual(RULES)
    expect(findings.find((one) => one.rule.id === 'people')!.oldest!.getTime()).toBeLessThan(Date.now() - 5 * 365 * 86_400_000)
    expect(await rows()).toEqual(before)
    expect(() => daysOf(['everything=1'])).toThrow(/sessions=90/)
    expect(counts(await dryRun(server.database, daysOf(['sessions=10d'])))).toMatchObject({ sessions: 2 })
  })

  it('RT-02 Applied, exactly that goes, in one step, and that it went is in the trail, in numbers.', async () => {
    expect(counts(await apply(server.database, DAYS))).toEqual({ sessions: 1, invitations: 1, 'unsaved-texts': 0, campaigns: 2, people: 1 })
    const { rows } = await sql(`select convert_from(body, 'UTF8')::jsonb as body from ledger.events where kind = 'retention.applied'`)
    expect(rows).toEqual([
      {
        body: {
          sessions: { days: 90, count: 1 },
          invitations: { days: 365, count: 1 },
          campaigns: { days: 1095, count: 2 },
          people: { days: 1825, count: 1 },
        },
      },
    ])
    expect(Object.values(counts(await apply(server.database, DAYS)))).toEqual([0, 0, 0, 0, 0])
  })

  it('RT-03 What is younger than its rule, or still in use, stays.', async () => {
    expect((await sql(`select count(*)::int as n from identity.sessions where token = '\\x02'`)).rows[0].n).toBe(1)
    expect((await sql('select name from identity.invitations')).rows).toEqual([{ name: 'New' }])
    expect((await sql('select count(*)::int as n from campaigns.campaigns')).rows[0].n).toBe(1)
    // What has been answered only then stays, however old; asked again since, it goes.
    const old = await sql(`insert into campaigns.campaigns (establishment, seed, nights, hourly, asked_at, state)
      values ('north', 1, 256, false, now() - interval '4 years', 'done') returning id`)
    await answer(old.rows[0].id, 'fire')
    const newer = await sql(`insert into campaigns.campaigns (establishment, seed, nights, hourly, asked_at, state)
      values ('north', 1, 256, false, now() - interval '1 day', 'done') returning id`)
    await answer(newer.rows[0].id, 'escape')
    expect(counts(await dryRun(server.database, DAYS)).campaigns).toBe(0)
    const again = await sql(`insert into campaigns.campaigns (establishment, seed, nights, hourly, asked_at, state)
      values ('north', 1, 256, false, now(), 'done') returning id`)
    await answer(again.rows[0].id, 'fire')
    expect(counts(await dryRun(server.database, DAYS)).campaigns).toBe(1)
    expect(() => daysOf(['people=0'])).toThrow(/people/)
    expect((await planner.get('/api/access/state')).body.oneself.id).toBe(planner.id)
  })

  it('RT-04 Somebody who left long ago is a number afterwards: name, sign-in name and proofs are gone, what they have done stands.', async () => {
    const { rows } = await sql(
      `select p.name, a.login, (select count(*)::int from identity.passkeys k where k.person = p.id) as keys,
        (select count(*)::int from mail.addresses m where m.person = p.id) as addresses,
        (select count(*)::int from access.grants g where g.person = p.id) as grants
        from access.people p join identity.accounts a on a.person = p.id where p.id = $1`,
      [leaver.id],
    )
    // What the trail says of them cannot be read any more.
    const named = await read(server.database.owner, `person/${leaver.id}`)
    expect(named).toHaveLength(1)
    expect(await asProduct(server.database, (client) => bodyOf(client, server.keys.master, named[0]!))).toBeUndefined()
    expect(await asProduct(server.database, (client) => comparedNames(client, server.keys.master))).toEqual({ rows: 1, differing: 0 })
    expect(rows[0]).toEqual({ name: 'left', login: expect.stringMatching(/^left-[0-9a-f-]+$/), keys: 0, addresses: 0, grants: 1 })
  })
})
