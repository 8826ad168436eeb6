/** The server as a whole: that it says how it is, what it tells live, what it logs, how it stands behind HTTPS. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashPassword } from '../access/passwords.ts'
import { ERRORS } from '../contracts/errors.ts'
import { asProduct } from '../database/transaction.ts'
import { shippedDocuments } from '../documents/shipped.ts'
import { openKeys, rememberedCheckpoint } from '../ledger/keys.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { serve } from './app.ts'
import { type TestServer, testServer, type Visitor } from './testing.ts'

let server: TestServer
let planner: Visitor
let stranger: Visitor
let document: string

beforeAll(async () => {
  server = await testServer()
  planner = await server.person(['planner', 'north'])
  stranger = await server.person(['planner', 'south'], ['governor', 'south'], ['administrator', 'south'])
  const plan = shippedDocuments('training').find((one) => one.name === 'plan/plan-cell-fire')!.content
  document = (await planner.post('/api/establishments/north/documents', { content: plan })).body.id
}, 30_000)
afterAll(() => server.close())

describe('the server', () => {
  it('says that it is there, that it is ready, and how long answers take', async () => {
    const visitor = server.visitor()
    expect((await visitor.get('/healthz')).body).toEqual({ ok: true })
    expect((await visitor.get('/readyz')).body).toEqual({ ok: true })
    const metrics = await (await fetch(`${server.address}/metrics`)).text()
    expect(metrics).toContain('aman_request_seconds_bucket')
    expect(metrics).not.toContain(document)
    expect((await visitor.ask('GET', '/metrics', undefined, { 'x-forwarded-for': '10.0.0.1' })).status).toBe(404)
  })

  it('describes itself as OpenAPI 3.1, and answers with problem details', async () => {
    const { body } = await server.visitor().get('/api/docs')
    expect(body.openapi).toBe('3.1.0')
    const missing = await planner.get('/api/documents/00000000-0000-4000-8000-000000000000')
    expect(missing.headers.get('content-type')).toContain('application/problem+json')
    expect(missing.body).toMatchObject({ status: 404, code: 'not-found', type: '/docs/errors#not-found', instance: expect.any(String) })
    const page = await (await fetch(`${server.address}${missing.body.type}`)).text()
    for (const code of Object.keys(ERRORS)) expect(page).toContain(`id="${code}"`)
    expect((await planner.get('/api/no-such-thing')).status).toBe(404)
  })

  it('answers what is under way when it stops, takes nothing new, and signs it all', async () => {
    const own = await testServer({ folder: mkdtempSync(join(tmpdir(), 'aman-stop-')) })
    const who = await own.person(['planner', 'north'])
    const holder = await own.database.owner.connect()
    await holder.query('begin')
    await holder.query('lock table documents.documents in share mode')
    const plan = shippedDocuments('training').find((one) => one.name === 'plan/plan-cell-fire')!.content
    const underWay = who.post('/api/establishments/north/documents', { content: plan })
    await wait(300)
    const stopped = own.stop()
    await wait(300)
    await expect(fetch(`${own.address}/healthz`)).rejects.toThrow('fetch failed')
    await holder.query('commit')
    expect((await underWay).status).toBe(200)
    await stopped
    const { rows } = await holder.query(
      'select (select max(position) from ledger.events) as last, (select max(position) from ledger.checkpoints) as signed',
    )
    expect(rows[0].signed).toBe(rows[0].last)
    holder.release()
    await own.database.close()
  })

  it('does not start beside a database that was begun with other keys', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'aman-keys-'))
    const stranger = serve({ host: '127.0.0.1', port: 0, database: server.database, folder, threads: 0 })
    await expect(stranger).rejects.toMatchObject({ problems: [{ code: 'keys-foreign' }] })
  })

  it('lets go of screens that leave at once, and of those whose session has ended', async () => {
    const screens = async () => Number(/aman_live_screens (\d+)/.exec(await (await fetch(`${server.address}/metrics`)).text())![1])
    const before = await screens()
    for (let k = 0; k < 40; k++) {
      const controller = new AbortController()
      const request = fetch(`${server.address}/api/live`, {
        headers: { cookie: planner.cookie!, 'last-event-id': '1-1' },
        signal: controller.signal,
      }).catch(() => undefined)
      await wait(k % 5)
      controller.abort()
      await request
    }
    await expect.poll(screens, { timeout: 5000 }).toBeLessThanOrEqual(before)
    const leaving = await server.person(['planner', 'north'])
    const response = await fetch(`${server.address}/api/live`, { headers: { cookie: leaving.cookie! } })
    await leaving.post('/api/access/sign-out')
    const reader = response.body!.getReader()
    const ended = (async () => {
      while (!(await reader.read()).done);
      return true
    })()
    expect(await Promise.race([ended, wait(30_000).then(() => false)])).toBe(true)
  })

  it('tells live what happens to whom it concerns, and what they have missed', async () => {
    const listen = async (who: Visitor, from?: string) => {
      const controller = new AbortController()
      const response = await fetch(`${server.address}/api/live`, {
        headers: { cookie: who.cookie!, ...(from === undefined ? {} : { 'last-event-id': from }) },
        signal: controller.signal,
      })
      const seen: string[] = []
      void (async () => {
        const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
        for (let read = await reader.read(); !read.done; read = await reader.read()) seen.push(read.value)
      })().catch(() => {})
      return { seen, text: () => seen.join(''), stop: () => controller.abort() }
    }
    const here = await listen(planner)
    const elsewhere = await listen(stranger)
    await wait(200)
    const { body } = await planner.get(`/api/documents/${document}`)
    const comment = randomUUID()
    await planner.post(`/api/documents/${document}/deeds`, {
      expected: body.position,
      deed: { do: 'comment', comment, version: 1, text: 'live' },
    })
    await wait(300)
    expect(here.text()).toContain(`document/${document}`)
    expect(here.text()).not.toContain('"text"')
    expect(elsewhere.text()).not.toContain(document)
    const first = /id: (\S+)\nevent: here/.exec(here.text())![1]!
    here.stop()
    elsewhere.stop()
    const back = await listen(planner, first)
    await wait(300)
    expect(back.text()).toContain('document.commented')
    back.stop()
    const elsewhereBack = await listen(stranger, first)
    await wait(300)
    expect(elsewhereBack.text()).not.toContain(document)
    elsewhereBack.stop()
  })

  it('AC-19 What somebody has begun is never done in the name of whoever has signed in on the same browser since.', async () => {
    const governor = await server.person(['governor', 'north'])
    const { position } = (await planner.get(`/api/documents/${document}`)).body
    const comment = { expected: position, deed: { do: 'comment', comment: randomUUID(), version: 1, text: 'mine' } }
    const path = `/api/documents/${document}/deeds`
    const answer = await governor.ask('POST', path, comment, { 'x-aman-person': planner.id })
    expect([answer.status, answer.body.code]).toEqual([401, 'signed-out'])
    expect((await planner.ask('POST', path, comment, { 'x-aman-person': planner.id })).status).toBe(200)
  })

  it('logs method and route, and nothing about anybody', async () => {
    const lines: string[] = []
    const log = new Writable({
      write(chunk, _, done) {
        lines.push(String(chunk))
        done()
      },
    })
    const logging = await testServer({ log })
    try {
      const who = await logging.person(['planner', 'north'])
      await who.get('/api/establishments/north/documents')
      await who.post('/api/access/sign-in', { login: 'somebody-secret', password: 'a secret of theirs' })
      await who.post('/api/establishments/north/documents', { content: 'secret-content: [' })
      await who.get(`/api/documents/${who.id}`)
      const said = lines.join('')
      expect(said).toContain('/api/establishments/:establishment/documents')
      for (const secret of ['north', who.id, who.cookie!.slice(5), 'somebody-secret', 'a secret', 'secret-content', '127.0.0.1:5'])
        expect(said).not.toContain(secret)
    } finally {
      await logging.close()
    }
  })

  it('signs what has happened when it stops (LE-18), and tells whatever is no request in the same shape', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'aman-signed-'))
    const signing = await testServer({ folder })
    try {
      await (await signing.person(['monitor', null])).get('/api/trail')
      const odd = await fetch(`${signing.address}/api/%`)
      expect(odd.status).toBe(400)
      expect(odd.headers.get('content-security-policy')).toContain("default-src 'self'")
      expect(await odd.json()).toMatchObject({ code: 'request-wrong', status: 400 })
      const long = await fetch(`${signing.address}/api/board`, { headers: { 'x-long': 'x'.repeat(40_000) } })
      expect(long.status).toBe(400)
      expect(await long.json()).toMatchObject({ code: 'request-wrong' })
      const signed = () =>
        asProduct(signing.database, async (client) => {
          await client.query('set transaction isolation level repeatable read')
          return verifyLedger(client, openKeys(folder).signer, rememberedCheckpoint(folder))
        })
      expect(await signed()).toMatchObject({ checkpoints: 0 })
      await signing.stop()
      expect(await signed()).toMatchObject({ checkpoints: 1, unsigned: 0, broken: undefined })
    } finally {
      await signing.close()
    }
  })

  it('behind HTTPS asks browsers to stay there, and gives cookies to nobody else', async () => {
    const behind = await testServer({ publicUrl: 'https://aman.example.org' })
    try {
      const { id } = await behind.person(['planner', 'north'])
      const hash = await hashPassword('seven quiet rivers', 'rider')
      await behind.database.owner.query(`update identity.accounts set login = 'rider', password_hash = $1 where person = $2`, [hash, id])
      const visitor = behind.visitor()
      const answer = await visitor.ask('POST', '/api/access/sign-in', { login: 'rider', password: 'seven quiet rivers' })
      expect(answer.status).toBe(200)
      expect(answer.headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/)
      expect(answer.headers.get('set-cookie')).toMatch(/^__Host-aman=.*Path=\/; HttpOnly; Secure; SameSite=Strict/)
    } finally {
      await behind.close()
    }
  })
})
