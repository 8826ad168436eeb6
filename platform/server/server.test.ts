/** Every operation of the interface as its own description lists them: signed out, with the wrong role, from elsewhere, with hostile values. */
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { Writable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashPassword } from '../access/passwords.ts'
import { ERRORS } from '../contracts/errors.ts'
import { shippedDocuments } from '../documents/shipped.ts'
import { publicKeyOf } from '../packs/signed.ts'
import { type TestServer, testServer, type Visitor } from './testing.ts'

interface Operation {
  readonly method: string
  readonly path: string
  readonly body: boolean
  readonly query: readonly string[]
}

let server: TestServer
let operations: readonly Operation[]
let planner: Visitor
let stranger: Visitor
let nobody: Visitor
let document: string

beforeAll(async () => {
  server = await testServer()
  planner = await server.person(['planner', 'north'])
  stranger = await server.person(['planner', 'south'], ['governor', 'south'], ['administrator', 'south'])
  nobody = await server.person()
  const { body } = await planner.get('/api/docs')
  const paths = body.paths as Record<string, Record<string, { requestBody?: object; parameters?: { in: string; name: string }[] }>>
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      body: operation.requestBody !== undefined,
      query: (operation.parameters ?? []).filter((p) => p.in === 'query').map((p) => p.name),
    })),
  )
  const plan = shippedDocuments('training').find((one) => one.name === 'plan/plan-cell-fire')!.content
  document = (await planner.post('/api/establishments/north/documents', { content: plan })).body.id
}, 30_000)
afterAll(() => server.close())

/** Open to those who are not signed in; everything else is not. */
const OPEN = new Set([
  'GET /api/access/state',
  'POST /api/access/set-up',
  'POST /api/access/sign-in',
  'POST /api/access/demonstration',
  'POST /api/access/sign-out',
  'POST /api/access/invitations/look',
  'POST /api/access/invitations/accept',
  'POST /api/access/passkeys/sign-in/offer',
  'POST /api/access/passkeys/sign-in',
  'POST /api/access/provider',
  'GET /api/access/provider/back',
])

const fill = (path: string, values: Readonly<Record<string, string>>) =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? '1'))

/** What each operation takes, as far as this test wants it to get to the question of rights. */
const PACK = `# aman-pack 1\n--- # pack.yaml\nkind: pack\nid: x\nversion: 1.0.0\ntitle: { en: x }\nlicence: x\n`
const BODIES: Readonly<Record<string, unknown>> = {
  'POST /api/establishments/{establishment}/documents': { content: 'kind: plan' },
  'POST /api/documents/{id}/versions': { expected: 2, content: 'kind: plan' },
  'POST /api/documents/{id}/deeds': { expected: 2, deed: { do: 'submit', version: 1 } },
  'PUT /api/documents/{id}/working': { content: 'x', basedOn: 1 },
  'POST /api/establishments/{establishment}/bundle': { study: 'cell-fire' },
  'POST /api/access/invitations': {
    name: 'x',
    role: 'officer',
    establishment: 'north',
    until: new Date(Date.now() + 86_400_000).toISOString(),
  },
  'POST /api/access/grants': {
    person: randomUUID(),
    role: 'officer',
    establishment: 'north',
    until: new Date(Date.now() + 86_400_000).toISOString(),
  },
  'POST /api/access/break-glass': { role: 'governor', establishment: 'north', reason: 'because I want to know' },
  'POST /api/access/establishments': { id: 'mine', title: { en: 'Mine' } },
  'POST /api/exchange/publishers': {
    key: publicKeyOf(generateKeyPairSync('ed25519').publicKey).der.toString('base64'),
    name: 'x',
    note: 'read out',
  },
  'DELETE /api/exchange/publishers/{fingerprint}': { reason: 'because I can' },
  'POST /api/establishments/{establishment}/packs/look': { text: PACK },
  'POST /api/establishments/{establishment}/packs/take': { text: PACK, take: [{ kind: 'plan', name: 'mine', position: 0 }] },
  'POST /api/establishments/{establishment}/packs': {
    documents: [randomUUID()],
    pack: { id: 'x', version: '1.0.0', title: 'x', licence: 'x', publisher: 'x' },
  },
  'POST /api/campaigns/{id}/state': { state: 'cancelled' },
}

describe('every operation', () => {
  it('AC-09 Without a session, every operation but those of the gate answers “signed out”.', async () => {
    expect(operations.length).toBeGreaterThan(35)
    const visitor = server.visitor()
    for (const { method, path } of operations) {
      if (OPEN.has(`${method} ${path}`)) continue
      const { status, body } = await visitor.ask(
        method,
        fill(path, { id: document, establishment: 'north' }),
        method === 'GET' || method === 'DELETE' ? undefined : {},
      )
      expect([status, body.code], `${method} ${path}`).toEqual([401, 'signed-out'])
    }
  })

  it('AC-10 With the wrong role or of another establishment, nothing is seen and nothing is done.', async () => {
    const before = (await server.database.owner.query(`select count(*)::int as n from ledger.events where stream not like 'trail/%'`))
      .rows[0].n
    for (const who of [stranger, nobody]) {
      for (const { method, path, body: takes } of operations) {
        const name = `${method} ${path}`
        // What is one's own is not of another place, nor is what ships.
        if (OPEN.has(name) || /templates|oneself|password|passkeys|authenticator|sessions|\/api\/trail|\/api\/live/.test(path)) continue
        const answer = await who.ask(
          method,
          fill(path, { id: document, establishment: 'north', version: '1', study: 'cell-fire', fingerprint: 'a'.repeat(64) }) +
            (path.endsWith('changes') ? '?from=1&to=1' : path.endsWith('report') ? '?format=docx' : ''),
          takes ? (BODIES[name] ?? {}) : undefined,
        )
        const told = JSON.stringify(answer.body)
        if (answer.status === 200)
          expect(told.includes('north') || told.includes(document) || told.includes('Raise the alarm'), `${name}: ${told}`).toBe(false)
        else expect([403, 404, 409, 422], `${name}: ${told}`).toContain(answer.status)
      }
    }
    const after = await server.database.owner.query(`select count(*)::int as n from ledger.events where stream not like 'trail/%'`)
    expect(after.rows[0].n).toBe(before)
  })

  it('AC-12 Whatever is sent to any operation, the server does not fail.', { timeout: 300_000 }, async () => {
    const everybody = await server.person(['planner', 'north'], ['governor', 'north'], ['administrator', null])
    const nasty = fc.oneof(
      fc.constantFrom<unknown>(
        null,
        '',
        ' ',
        '\u0000',
        '\uD800',
        "'; drop table x; --",
        '../../etc/passwd',
        '%00',
        'NaN',
        -1,
        0,
        1.5,
        1e308,
        2 ** 31,
        2 ** 53,
        true,
        [],
        {},
        '9'.repeat(400),
        'x'.repeat(70_000),
        { __proto__: { a: 1 } },
        '0001-01-01T00:00:00Z',
        '9999-12-31T23:59:59.999Z',
        '+275760-09-13T00:00:00Z',
        '🜲'.repeat(50),
        document,
        'north',
        randomUUID(),
      ),
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.jsonValue({ maxDepth: 3 }),
    )
    const keys = [
      'content',
      'note',
      'expected',
      'request',
      'deed',
      'id',
      'title',
      'name',
      'role',
      'establishment',
      'until',
      'reason',
      'person',
      'study',
      'choice',
      'instead',
      'text',
      'basedOn',
      'login',
      'password',
      'code',
      'language',
      'seed',
      'nights',
      'hourly',
      'state',
      'old',
      'wanted',
      'key',
      'take',
      'documents',
      'pack',
    ]
    const failures: string[] = []
    let asked = 0
    for (const operation of operations) {
      // Ending the session of the one who asks would end the test.
      if (/sign-out|sign-in|live|sessions|password|demonstration|accept|set-up/.test(operation.path)) continue
      const shapes = [BODIES[`${operation.method} ${operation.path}`] ?? {}, ...keys.slice(0, 3).map((k) => ({ [k]: 1 }))]
      const samples = fc.sample(
        fc.record({
          parameter: nasty,
          query: nasty,
          key: fc.constantFrom(...keys),
          value: nasty,
          shape: fc.constantFrom(...shapes),
          whole: fc.boolean(),
        }),
        { numRuns: 100, seed: 20261122 },
      )
      for (const { parameter, query, key, value, shape, whole } of samples) {
        const text = typeof parameter === 'string' ? parameter : JSON.stringify(parameter)
        let path: string
        try {
          path = operation.path.replace(/\{(\w+)\}/g, () => encodeURIComponent(text).slice(0, 300) || '%20')
          if (operation.query.length > 0)
            path += `?${operation.query.map((name) => `${name}=${encodeURIComponent(String(JSON.stringify(query)))}`).join('&')}`
        } catch {
          path = operation.path.replace(/\{(\w+)\}/g, document)
        }
        const sent = whole ? value : { ...(shape as object), [key]: value }
        const { status } = await everybody.ask(operation.method, path, operation.body ? sent : undefined)
        asked++
        if (status >= 500) failures.push(`${status} ${operation.method} ${path.slice(0, 80)} ${JSON.stringify(sent)?.slice(0, 200)}`)
      }
      // Not JSON, or not said to be.
      if (operation.body) {
        for (const [type, raw] of [
          ['application/json', '{"a":'],
          ['text/plain', 'x'],
          ['multipart/form-data; boundary=x', '--x--'],
          ['application/json', '['.repeat(100_000)],
        ] as const) {
          const response = await fetch(server.address + fill(operation.path, { id: document, establishment: 'north' }), {
            method: operation.method,
            headers: { cookie: everybody.cookie!, 'content-type': type },
            body: raw,
          })
          await response.text()
          if (response.status >= 500) failures.push(`${response.status} ${operation.method} ${operation.path} ${type} ${raw.slice(0, 20)}`)
        }
      }
    }
    expect(failures).toEqual([])
    expect(asked).toBeGreaterThan(2500)
    console.log(`${asked} hostile requests, none failed`)
  })
})

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
    await server.database.requests.query(`select pg_notify('answers', 'x')`)
    await server.database.requests.query(`select pg_notify('answers', '')`)
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
      expect(answer.headers.get('set-cookie')).toMatch(/^aman=.*HttpOnly; Secure; SameSite=Strict/)
    } finally {
      await behind.close()
    }
  })
})
