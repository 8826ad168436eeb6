/** Every operation of the interface as its own description lists them: signed out, with the wrong role, from elsewhere, with hostile values. */
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProblemDetails } from '../access/api.ts'
import { shippedDocuments } from '../documents/shipped.ts'
import { publicKeyOf } from '../packs/signed.ts'
import { expectationsOf, expectedIn } from '../words/expected.ts'
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
  'PUT /api/access/establishments/{id}/languages': { languages: ['ky'] },
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
        if (OPEN.has(name) || /templates|oneself|password|passkeys|authenticator|sessions|\/api\/trail|\/api\/live|\/api\/mail/.test(path))
          continue
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

  it('AC-10 … nor is anything done by those of the place whose role is another', async () => {
    /** What each may do that leaves a trace, besides what concerns only themselves. */
    const MAY: Readonly<Record<string, readonly string[]>> = {
      monitor: [],
      officer: ['POST /api/access/break-glass', 'POST /api/campaigns', 'POST /api/establishments/{establishment}/campaigns'],
      administrator: [
        'POST /api/access/break-glass',
        'POST /api/access/invitations',
        'POST /api/campaigns',
        'POST /api/establishments/{establishment}/campaigns',
      ],
    }
    const personal = /oneself|password|passkeys|authenticator|sessions|\/live|emergencies/
    for (const role of Object.keys(MAY)) {
      const did = new Set<string>()
      for (const { method, path, body: takes } of operations) {
        const name = `${method} ${path}`
        if (method === 'GET' || OPEN.has(name) || personal.test(path)) continue
        // Somebody new each time: what one request has given is not there for the next.
        const who = await server.person([role, 'north'])
        const events = async () =>
          (
            await server.database.owner.query(
              `select count(*)::int as n from ledger.events where stream not like 'trail/%' and person = $1`,
              [who.id],
            )
          ).rows[0].n
        const answer = await who.ask(
          method,
          fill(path, { id: document, establishment: 'north', fingerprint: 'a'.repeat(64) }),
          takes ? (BODIES[name] ?? {}) : undefined,
        )
        expect(answer.status, name).toBeLessThan(500)
        if ((await events()) > 0) did.add(name)
      }
      expect(
        [...did].filter((name) => !MAY[role]!.includes(name)),
        role,
      ).toEqual([])
    }
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
    const expectations = new Set<string>()
    let asked = 0
    let throwaway = await server.person(['planner', 'north'])
    for (const operation of operations) {
      // What stays open is closed by whoever asks.
      if (operation.path === '/api/live') continue
      // Where asking may end the session, each is asked in one of its own.
      const ends = /sign-out|sign-in|sessions|password|demonstration|accept|set-up/.test(operation.path)
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
        const asking = ends && asked % 10 === 0 ? (throwaway = await server.person(['planner', 'north'])) : ends ? throwaway : everybody
        const { status, body: told } = await asking.ask(operation.method, path, operation.body ? sent : undefined)
        asked++
        if (status === 400) for (const { expected } of (told as ProblemDetails).problems ?? []) if (expected) expectations.add(expected)
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
            headers: { cookie: (ends ? throwaway : everybody).cookie!, 'content-type': type },
            body: raw,
          })
          await response.text()
          if (response.status >= 500) failures.push(`${response.status} ${operation.method} ${operation.path} ${type} ${raw.slice(0, 20)}`)
        }
      }
    }
    expect(failures).toEqual([])
    // What was expected is said in every language.
    expect(expectations.size).toBeGreaterThan(12)
    const russian = await expectationsOf('ru')
    expect([...expectations].filter((said) => expectedIn(russian, said) === said)).toEqual([])
    expect(asked).toBeGreaterThan(2500)
    console.log(`${asked} hostile requests, none failed`)
  })
})
