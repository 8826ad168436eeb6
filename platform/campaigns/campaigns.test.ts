import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asPerson, asProduct } from '../database/transaction.ts'
import { projections } from '../ledger/projections.ts'
import { type TestServer, testServer, type Visitor } from '../server/testing.ts'
import { alertIfDropped } from './alerts.ts'
import { askDue } from './due.ts'
import { ask, askable } from './store.ts'

// By the clock of this server it is noon: by night every hour of the week would be tested as well.
const toNoon = 12 - new Date().getUTCHours()
process.env.TZ = `Etc/GMT${toNoon > 0 ? `-${toNoon}` : `+${-toNoon}`}`

let server: TestServer
let planner: Visitor
beforeAll(async () => {
  server = await testServer({ threads: 2 })
  planner = await server.person(['planner', 'training'])
})
afterAll(() => server.close())

interface Row {
  readonly id: string
  readonly state: string
  readonly done: number
  readonly total: number
  readonly digest: string | null
}

const campaign = async (id: string) =>
  ((await planner.get('/api/establishments/training/campaigns')).body as Row[]).find((c) => c.id === id)!

async function until(what: () => Promise<boolean>, seconds = 120): Promise<void> {
  const end = Date.now() + seconds * 1000
  while (!(await what())) {
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain`)
    await wait(100)
  }
}

describe('campaigns', { timeout: 180_000 }, () => {
  it('CA-01 What is in force and has not been tested as it is, is tested without being asked; what does not fit together is left out.', async () => {
    // The chance of success of all six comes first, then their weakest links.
    await until(async () => ((await planner.get('/api/establishments/training/campaigns')).body as Row[])[0]?.done === 8)
    const [first] = (await planner.get('/api/establishments/training/campaigns')).body as Row[]
    expect(first!.total).toBe(12)
    await planner.post(`/api/campaigns/${first!.id}/state`, { state: 'cancelled' })
    // A change that is approved is tested at once, and only what it touches.
    const documents = (await planner.get('/api/establishments/training/documents')).body as { id: string; name: string; latest: number }[]
    const plan = documents.find((d) => d.name === 'plan-cell-fire')!
    const detail = (await planner.get(`/api/documents/${plan.id}`)).body
    const { content } = (await planner.get(`/api/documents/${plan.id}/versions/${plan.latest}`)).body
    await planner.post(`/api/documents/${plan.id}/versions`, {
      expected: detail.position,
      content: content.replace('{ usually: 20 s, rarely-over: 60 s }', '{ usually: 200 s, rarely-over: 600 s }'),
    })
    await planner.post(`/api/documents/${plan.id}/deeds`, { expected: detail.position + 1, deed: { do: 'submit', version: 2 } })
    const governor = await server.person(['governor', 'training'])
    const approved = await governor.post(`/api/documents/${plan.id}/deeds`, {
      expected: detail.position + 2,
      deed: { do: 'approve', version: 2 },
    })
    expect(approved.status).toBe(200)
    await until(async () => {
      const rows = (await planner.get('/api/establishments/training/campaigns')).body as Row[]
      return rows.length === 2 && rows[0]!.done === 1
    })
    const rows = (await planner.get('/api/establishments/training/campaigns')).body as Row[]
    expect(rows[0]!.total).toBe(2)
    await planner.post(`/api/campaigns/${rows[0]!.id}/state`, { state: 'cancelled' })
    // A roster that nobody approved fits nothing: north has no campaign.
    const north = await server.person(['planner', 'north'])
    await north.post('/api/establishments/north/copy')
    expect((await north.post('/api/establishments/north/campaigns')).body.code).toBe('nothing-in-force')
  })

  it('CA-04 The board shows for each study the newest result with its interval, those before it, the weakest links, and whether something has changed since.', async () => {
    const { body } = await planner.get('/api/board')
    const [board] = body as {
      studies: {
        study: string
        tested: { probability: number; low: number; high: number }[]
        weakest: { difference: number; title: { ru: string } }[] | null
        stale: boolean
        answers: { document: string; rehearsed: object | null }[]
      }[]
    }[]
    const fire = board!.studies.find((s) => s.study === 'cell-fire')!
    expect(fire.tested).toHaveLength(2)
    expect(fire.tested[0]!.high).toBeLessThan(fire.tested[1]!.low)
    expect(fire.tested[0]!.low).toBeLessThan(fire.tested[0]!.probability)
    // Of what is in force nobody has asked for weak links yet; those of the version before are not shown for it.
    expect(fire.weakest).toBeNull()
    const [weakest] = board!.studies.find((s) => s.weakest !== null)!.weakest!
    expect(weakest!.difference).toBeLessThan(0)
    expect(weakest!.title.ru).toMatch(/[а-я]/)
    const [plan] = fire.answers
    expect(plan!.rehearsed).toBeNull()
    const { position, approved } = (await planner.get(`/api/documents/${plan!.document}`)).body
    const held = { do: 'rehearse', rehearsal: randomUUID(), version: 1, on: '2026-10-12', form: 'drill', learned: 'One key too few.' }
    await planner.post(`/api/documents/${plan!.document}/deeds`, { expected: position, deed: held })
    const again = (await planner.get('/api/board')).body[0].studies.find((s: { study: string }) => s.study === 'cell-fire')
    expect(approved).toBeGreaterThan(1)
    expect(again.answers[0].rehearsed).toEqual({ on: '2026-10-12', form: 'drill', version: 1, current: false })
    expect(board!.studies.every((s) => !s.stale && s.answers.length > 0)).toBe(true)
    expect(board!.studies.filter((s) => s.tested.length === 1)).toHaveLength(5)
  })

  it('CA-08 What screens show of stress tests follows from the trail, while they run too; what nobody put on record is found.', async () => {
    const { owner } = server.database
    const differing = async () =>
      (await projections(server.database, server.keys.master))
        .filter((one) => one.differing > 0)
        .map(({ table, differing: rows }) => [table, rows])
    const { body } = await planner.post('/api/establishments/training/campaigns', { nights: 1024, hourly: true })
    await until(async () => (await campaign(body.id)).done > 3)
    expect(await differing()).toEqual([])
    await planner.post(`/api/campaigns/${body.id}/state`, { state: 'paused' })
    await planner.post(`/api/campaigns/${body.id}/state`, { state: 'cancelled' })
    expect(await differing()).toEqual([])
    await owner.query(`update campaigns.questions set result = result || '{"probability": 1}' where campaign = $1 and number = 1`, [
      body.id,
    ])
    expect(await differing()).toEqual([['campaigns.questions', 2]])
    await owner.query(`select campaigns.happen($1, 'training', 'campaign.forgotten', '{}')`, [body.id])
    expect(await campaign(body.id)).toBeUndefined()
    expect(await differing()).toEqual([])
    // A study says which documents it was asked with, and they cannot be others.
    await expect(owner.query(`update campaigns.bundles set bundle = bundle || ' '`)).rejects.toMatchObject({ code: '23514' })
  })

  it('CA-06 When a plan that reached its standard does not any more, that is noted once and shown until it does again; nobody but the product notes it.', async () => {
    const board = async () => (await planner.get('/api/board')).body[0] as { alerts: { study: string; from: number; to: number }[] }
    // Cell fire did not reach its standard before either: nothing has dropped.
    expect((await board()).alerts).toEqual([])
    // Had it reached it, the next result would be an alert.
    const { owner } = server.database
    await owner.query(`update campaigns.questions set result = result || '{"probability": 0.9, "low": 0.88, "high": 0.92, "standard": 0.8}'
      where study = 'cell-fire' and asks = 'chance' and starts_at is null`)
    const asked = await planner.post('/api/establishments/training/campaigns', { nights: 1024 })
    expect(asked.status).toBe(200)
    await until(async () => (await board()).alerts.length > 0)
    expect((await board()).alerts).toEqual([expect.objectContaining({ study: 'cell-fire', from: 0.9, standard: 0.8 })])
    await until(async () => (await campaign(asked.body.id)).state === 'done')
    const noted = await owner.query(`select count(*)::int as n from ledger.events where kind = 'alert.dropped'`)
    expect(noted.rows[0].n).toBe(1)
    // From "holds" by way of "not sure" to "fails" is a drop as well, at an hour of the week as over all.
    const make = async (study: string, starts: number | null, low: number, high: number) => {
      const order = { establishment: 'training', seed: 1, nights: 256, hourly: starts !== null }
      await until(async () => (await owner.query(`select from campaigns.campaigns where state = 'running'`)).rowCount === 0)
      await owner.query(
        `with c as (insert into campaigns.campaigns (establishment, seed, nights, hourly, state, ended_at) values ('training', $1, 256, $2, 'done', now()) returning id),
          s as (insert into campaigns.studies (campaign, study, title, hash, uses) select c.id, $3, '{"en":"x"}', (select hash from campaigns.bundles limit 1), '[]' from c)
          insert into campaigns.questions (campaign, number, study, asks, starts_at, state, result, digest, answered_at)
            select c.id, 1, $3, 'chance', $4, 'done', $5, '', now() from c`,
        [
          order.seed,
          order.hourly,
          study,
          starts,
          JSON.stringify({ nights: 256, hits: 200, probability: (low + high) / 2, low, high, standard: 0.8 }),
        ],
      )
    }
    await make('cell-fire', null, 0.85, 0.9)
    await make('cell-fire', null, 0.75, 0.85)
    expect((await planner.post('/api/establishments/training/campaigns', { nights: 1024 })).status).toBe(200)
    const alerts = async () => (await owner.query(`select count(*)::int as n from ledger.events where kind = 'alert.dropped'`)).rows[0].n
    await until(async () => (await alerts()) === 2)
    await until(async () => (await owner.query(`select from campaigns.campaigns where state = 'running'`)).rowCount === 0)
    await make('cell-fire', 7200, 0.85, 0.9)
    await make('cell-fire', 7200, 0.75, 0.85)
    const question = { campaign: randomUUID(), establishment: 'training', study: 'cell-fire', starts_at: 7200 }
    const fails = { nights: 256, hits: 128, probability: 0.5, low: 0.4, high: 0.6, standard: 0.8 }
    // Of one campaign the first hour is told; at another hour nothing has held before.
    for (const starts_at of [7200, 7200, 10_800])
      await asProduct(server.database, (client) => alertIfDropped(client, { ...question, starts_at }, fails))
    await asProduct(server.database, (client) => alertIfDropped(client, { ...question, campaign: randomUUID(), starts_at: 10_800 }, fails))
    expect(await alerts()).toBe(3)
    expect((await board()).alerts).toEqual([expect.objectContaining({ study: 'cell-fire', hour: 2, from: 0.875, to: 0.5 })])
    const forged = asPerson(server.database, planner.id, (client) =>
      client.query(`select ledger.append('alerts/training', 1, null, 'training', '{alert.dropped}', '{null}', '{"\\x7b7d"}')`),
    )
    await expect(forged).rejects.toMatchObject({ code: 'AM003' })
  })

  it('CA-09 Every hour of the week is tested by night, once, after what has changed; where no server runs by night, once a week by day.', async () => {
    const quiet = await testServer()
    const { owner } = quiet.database
    const due = (at: string) => asProduct(quiet.database, (client) => askDue(client, 'training', new Date(at)))
    const hourly = async () => (await owner.query('select hourly from campaigns.campaigns order by asked_at')).rows.map((row) => row.hourly)
    const end = () => owner.query(`update campaigns.campaigns set state = 'cancelled'`)
    try {
      // What has never been tested as it is comes first, by night too.
      await due('2026-11-21T02:00')
      expect(await hourly()).toEqual([false])
      // While a test is under way, the night waits.
      await due('2026-11-21T02:00')
      expect(await hourly()).toEqual([false])
      await end()
      await due('2026-11-21T06:00')
      expect(await hourly()).toEqual([false])
      await due('2026-11-21T05:59')
      expect(await hourly()).toEqual([false, true])
      await end()
      await due('2026-11-21T03:00')
      expect(await hourly()).toEqual([false, true])
      await owner.query(`update campaigns.campaigns set asked_at = asked_at - interval '8 days'`)
      await due('2026-11-21T12:00')
      expect(await hourly()).toEqual([false, true, true])
    } finally {
      await quiet.close()
    }
  })

  it('CA-11 A board is looked up once for everybody, and anew as soon as anything has happened at its place.', async () => {
    const title = async (who = planner) =>
      ((await who.get('/api/board')).body as { studies: { title: { en: string } }[] }[])[0]!.studies[0]!.title.en
    const officer = await server.person(['officer', 'training'])
    const { owner } = server.database
    await until(async () => (await owner.query(`select from campaigns.campaigns where state = 'running'`)).rowCount === 0)
    const before = await title()
    const rename = (to: string) =>
      owner.query(
        `update documents.documents set title = title || jsonb_build_object('en', $1::text) where kind = 'study' and title ->> 'en' in ($2, 'Another')`,
        [to, before],
      )
    // Behind the product's back, so that nothing has happened.
    await rename('Another')
    expect(await title(officer)).toBe(before)
    const [{ id }] = (await planner.get('/api/establishments/training/documents')).body
    const { position } = (await planner.get(`/api/documents/${id}`)).body
    const deed = { do: 'comment', comment: randomUUID(), version: 1, text: 'Seen?' }
    expect((await planner.post(`/api/documents/${id}/deeds`, { expected: position, deed })).status).toBe(200)
    expect(await title(officer)).toBe('Another')
    await rename(before)
    // Of another place nobody is told how it stands, not even whether anything has happened.
    const elsewhere = await server.person(['planner', 'north'])
    const { rows } = await asPerson(server.database, elsewhere.id, (client) => client.query(`select ledger.state_of('training') as state`))
    expect(rows[0].state).toBeNull()
  })

  it('CA-07 Headquarters asks for a test everywhere where it acts, in one step; tests under way are left to run.', async () => {
    const headquarters = await server.person(['planner', null])
    const begun = await headquarters.post('/api/campaigns', { nights: 256 })
    expect(begun.body).toEqual({ begun: ['training'] })
    expect((await headquarters.post('/api/campaigns', { nights: 256 })).body).toEqual({ begun: [] })
    const monitor = await server.person(['monitor', null])
    expect((await monitor.post('/api/campaigns', { nights: 256 })).body).toEqual({ begun: [] })
    const [open] = (await planner.get('/api/establishments/training/campaigns')).body as Row[]
    await planner.post(`/api/campaigns/${open!.id}/state`, { state: 'cancelled' })
  })

  it('CA-03 A campaign is paused, goes on, and is cancelled.', async () => {
    const started = await planner.post('/api/establishments/training/campaigns', { nights: 1024, hourly: true })
    const { id } = started.body
    expect((await planner.post('/api/establishments/training/campaigns')).body.code).toBe('state-wrong')
    await until(async () => (await campaign(id)).done > 3)
    expect((await planner.post(`/api/campaigns/${id}/state`, { state: 'paused' })).status).toBe(200)
    await wait(500)
    const held = (await campaign(id)).done
    await wait(700)
    expect((await campaign(id)).done).toBe(held)
    expect((await planner.post(`/api/campaigns/${id}/state`, { state: 'running' })).status).toBe(200)
    await until(async () => (await campaign(id)).done > held)
    expect((await planner.post(`/api/campaigns/${id}/state`, { state: 'cancelled' })).status).toBe(200)
    expect((await planner.post(`/api/campaigns/${id}/state`, { state: 'running' })).body.code).toBe('state-wrong')
    await until(async () => (await server.database.owner.query(`select from campaigns.questions where state = 'taken'`)).rowCount === 0)
    expect((await campaign(id)).state).toBe('cancelled')
  })

  it('CA-05 Who reads only asks for nothing; who is of another establishment sees nothing.', async () => {
    const monitor = await server.person(['monitor', 'training'])
    expect((await monitor.post('/api/establishments/training/campaigns')).body.code).toBe('forbidden')
    expect((await monitor.get('/api/establishments/training/campaigns')).body.length).toBeGreaterThan(1)
    const north = await server.person(['governor', 'north'])
    expect((await north.get('/api/establishments/training/campaigns')).body).toEqual([])
    const [first] = (await planner.get('/api/establishments/training/campaigns')).body as Row[]
    expect((await north.post(`/api/campaigns/${first!.id}/state`, { state: 'cancelled' })).body.code).toBe('state-wrong')
    expect((await north.post('/api/establishments/training/campaigns')).status).not.toBe(200)
    expect((await north.get('/api/board')).body.map((b: { establishment: string }) => b.establishment)).toEqual(['north'])
    expect((await north.get('/api/establishments/training/studies/cell-fire/hours')).body).toEqual([])
  })

  it('CA-10 A plan in force that no question in force asks about stands on the board as such.', async () => {
    const board = async () => (await planner.get('/api/board')).body[0] as { unasked: { title: { en: string } }[]; studies: unknown[] }
    expect((await board()).unasked).toEqual([])
    const documents = (await planner.get('/api/establishments/training/documents')).body as { id: string; name: string }[]
    const { id } = documents.find(({ name }) => name === 'power-outage')!
    const { position } = (await planner.get(`/api/documents/${id}`)).body
    const governor = await server.person(['governor', 'training'])
    await governor.post(`/api/documents/${id}/deeds`, { expected: position, deed: { do: 'retire', reason: 'asked otherwise' } })
    const { unasked, studies } = await board()
    expect(unasked.map(({ title }) => title.en)).toEqual(['Contingency plan: power outage'])
    expect(studies).toHaveLength(5)
  })
})

const MAIN = fileURLToPath(new URL('../bin/aman.mjs', import.meta.url))

describe('nodes', () => {
  it('CA-02 The digest of a campaign is the same on one node and on two, one of which is killed in the middle.', async () => {
    const quiet = await testServer()
    const { owner } = quiet.database
    const who = await quiet.person(['planner', 'training'])
    const name = (await owner.query('select current_database() as name')).rows[0].name
    const url =
      process.env.DATABASE_URL ??
      `postgres://aman_owner@localhost/${name}?host=${encodeURIComponent(`${process.env.AMAN_TEST_DATA}/socket`)}`
    const DATABASE_URL = process.env.DATABASE_URL === undefined ? url : Object.assign(new URL(url), { pathname: `/${name}` }).href
    const env = { ...process.env, DATABASE_URL, AMAN_DATA_DIR: process.env.AMAN_TEST_DATA!, PORT: '0' }
    const node = () => spawn(process.execPath, [MAIN, 'serve'], { env, stdio: 'ignore' })
    const studies = (await asProduct(quiet.database, (client) => askable(client, 'training'))).filter((s) => /fire|disorder/.test(s.study))
    const played: { digest: string; nodes: number }[] = []
    for (const number of [1, 2]) {
      // No others are due: these have just been asked for.
      const order = { establishment: 'training', seed: 7, nights: 1024, hourly: true }
      await owner.query(`update campaigns.campaigns set state = 'cancelled' where state = 'running'`)
      const id = await asPerson(quiet.database, who.id, (client) => ask(client, order, studies))
      await owner.query(`delete from campaigns.questions where campaign = $1 and (asks = 'weakest' or starts_at > 8 * 3600)`, [id])
      const nodes = Array.from({ length: number }, node)
      const done = async () =>
        Number((await owner.query(`select count(*) from campaigns.questions where campaign = $1 and state = 'done'`, [id])).rows[0].count)
      try {
        if (number === 2) {
          await until(
            async () =>
              (await owner.query(`select distinct node from campaigns.questions where campaign = $1 and state = 'done'`, [id])).rowCount ===
              2,
          )
          nodes[0]!.kill('SIGKILL')
          // What it was at is taken by the other one when its lease has run out.
          expect(
            (await owner.query(`select from campaigns.questions where campaign = $1 and state = 'taken'`, [id])).rowCount,
          ).toBeGreaterThan(0)
        }
        await until(
          async () => (await owner.query(`select from campaigns.campaigns where id = $1 and state = 'done'`, [id])).rowCount === 1,
          150,
        )
        expect(await done()).toBe(20)
        const { rows } = await owner.query(
          `select c.digest, (select count(distinct node)::int from campaigns.questions where campaign = c.id) as nodes from campaigns.campaigns c where id = $1`,
          [id],
        )
        played.push(rows[0])
      } finally {
        for (const one of nodes) one.kill('SIGKILL')
      }
    }
    expect(played.map((p) => p.nodes)).toEqual([1, 2])
    expect(played[0]!.digest).toBe(played[1]!.digest)
    await quiet.close()
  }, 300_000)
})
