import { generateKeyPairSync, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shippedDocuments } from '../documents/shipped.ts'
import { projections } from '../ledger/projections.ts'
import { openPack, type PackPart, publicKeyOf, readPack, writePack } from '../packs/signed.ts'
import { type TestServer, testServer, type Visitor } from '../server/testing.ts'

const publisher = generateKeyPairSync('ed25519')
const { der, fingerprint } = publicKeyOf(publisher.publicKey)
const DESCRIPTION = 'kind: pack\nid: shared\nversion: 1.2.0\ntitle: { en: Shared }\nlicence: CC-BY-4.0\npublisher: A neighbouring service\n'
const shipped = shippedDocuments('training')
const pick = (name: string): PackPart => ({ name, text: shipped.find((one) => one.name === name)!.content })
const pack = (...parts: PackPart[]) => writePack([{ name: 'pack', text: DESCRIPTION }, ...parts], publisher.privateKey)
const FIRE = pick('plan/plan-cell-fire')

let server: TestServer
let planner: Visitor
let governor: Visitor
let administrator: Visitor
beforeAll(async () => {
  server = await testServer()
  planner = await server.person(['planner', 'north'])
  governor = await server.person(['governor', 'north'])
  administrator = await server.person(['administrator', null])
})
afterAll(() => server.close())

const look = (who: Visitor, text: string) => who.post('/api/establishments/north/packs/look', { text })
const take = (who: Visitor, text: string, position = 0) =>
  who.post('/api/establishments/north/packs/take', { text, take: [{ kind: 'plan', name: 'plan-cell-fire', position }] })
const trust = (who: Visitor, key = der.toString('base64')) =>
  who.post('/api/exchange/publishers', { key, name: 'A neighbouring service', note: 'read out on the telephone' })

describe('packs', () => {
  it('EX-01 A pack as one file gives back the same texts; with one character changed anywhere it is refused, and so is one that was cut.', async () => {
    const parts = shipped.map((one) => pick(one.name))
    const text = pack(...parts)
    const opened = openPack(text)
    expect(opened.signedBy!.fingerprint).toBe(fingerprint)
    expect(opened.parts.slice(1).map((part) => part.text.trimEnd())).toEqual(parts.map((part) => part.text.trimEnd()))
    expect((await readPack(opened.parts)).documents.length).toBe(shipped.length)
    const from = text.indexOf('--- # ')
    fc.assert(
      fc.property(fc.integer({ min: from, max: text.length - 1 }), fc.constantFrom('x', ' ', '\n', '', '7'), (at, other) => {
        const touched = text.slice(0, at) + other + text.slice(at + 1)
        if (touched === text) return
        expect(() => openPack(touched)).toThrow(/signed|pack/)
        expect(() => openPack(text.slice(0, at))).toThrow(/signed|pack/)
      }),
      { numRuns: 200, seed: 20261122 },
    )
    for (const nonsense of [
      '',
      '# aman-pack 1',
      '# aman-pack 1\n',
      `# aman-pack 1\n--- # ../../x.yaml\n`,
      `# aman-pack 2\n--- # pack.yaml\n`,
    ])
      expect(() => openPack(nonsense)).toThrow(/pack/)
    expect(() => pack({ name: 'plan/x', text: 'kind: plan\n---\nkind: plan\n' })).toThrow(/one document/)
    // Signed by one key and said to be of another.
    const other = publicKeyOf(generateKeyPairSync('ed25519').publicKey).der.toString('base64')
    expect(() => openPack(text.replace(der.toString('base64'), other))).toThrow(/signed/)
  })

  it('EX-02 Whose key has signed is shown; a pack of a publisher who is not on the list can be looked at, and not taken.', async () => {
    const looked = await look(planner, pack(FIRE))
    expect(looked.body.signature).toMatchObject({ state: 'unknown', fingerprint })
    expect(looked.body.pack).toMatchObject({ licence: 'CC-BY-4.0', publisher: 'A neighbouring service' })
    const refused = await take(planner, pack(FIRE))
    expect([refused.status, refused.body.code]).toEqual([403, 'publisher-unknown'])
    // Without the lines of the signature nobody stands behind it, and whoever takes it must say that they know.
    const stripped = writePack([{ name: 'pack', text: DESCRIPTION }, FIRE])
    expect((await look(planner, stripped)).body.signature.state).toBe('none')
    expect((await take(planner, stripped)).body.code).toBe('publisher-unknown')
    const south = await server.person(['planner', 'south'])
    const taken = await south.post('/api/establishments/south/packs/take', {
      text: stripped,
      unsigned: true,
      take: [{ kind: 'plan', name: 'plan-cell-fire', position: 0 }],
    })
    const { body } = await south.get(`/api/documents/${taken.body.documents[0].document}`)
    expect(body.versions[0].note).toBe('shared 1.2.0, unsigned; it says: A neighbouring service')
    // Reading costs: not for those who could not take it, and no part is so large that it holds everybody up.
    expect((await look(await server.person(['officer', 'north']), pack(FIRE))).status).toBe(403)
    expect(() => pack({ name: 'plan/x', text: `x: [${'a,'.repeat(460_000)}]` })).toThrow(/900000/)
  })

  it('EX-03 Only an administrator of the service puts a publisher on the list or takes one off, each with a reason that stays on record.', async () => {
    expect((await trust(governor)).status).toBe(403)
    expect((await trust(administrator, 'bm8ga2V5')).status).toBe(422)
    expect((await trust(administrator)).body).toEqual({ fingerprint })
    expect((await trust(administrator)).status).toBe(409)
    expect((await look(planner, pack(FIRE))).body.signature.state).toBe('trusted')
    const path = `/api/exchange/publishers/${fingerprint}`
    expect((await governor.ask('DELETE', path, { reason: 'the key was stolen' })).status).toBe(403)
    expect((await administrator.ask('DELETE', path, { reason: '' })).status).toBe(400)
    expect((await administrator.ask('DELETE', path, { reason: 'the key was stolen' })).status).toBe(200)
    expect((await take(planner, pack(FIRE))).body.code).toBe('publisher-unknown')
    expect((await planner.get('/api/exchange/publishers')).body.trusted[0]).toMatchObject({
      reason: 'the key was stolen',
      note: /telephone/,
    })
    expect((await trust(administrator)).status).toBe(200)
    const kinds = (await administrator.get('/api/trail')).body.map((entry: { kind: string }) => entry.kind)
    expect(kinds.filter((kind: string) => kind.startsWith('publishers.'))).toEqual([
      'publishers.trusted',
      'publishers.withdrawn',
      'publishers.trusted',
    ])
  })

  it('EX-05 What is taken becomes a draft of whoever took it, and goes through review like everything else; what is in force stays until then.', async () => {
    expect((await take(await server.person(['officer', 'north']), pack(FIRE))).status).toBe(403)
    expect((await take(await server.person(['planner', 'south']), pack(FIRE))).status).toBe(403)
    const taken = await take(planner, pack(FIRE))
    expect(taken.status, JSON.stringify(taken.body)).toBe(200)
    const [{ document }] = taken.body.documents
    const { body } = await planner.get(`/api/documents/${document}`)
    expect([body.status, body.approved, body.pack, body.versions[0].note]).toEqual([
      'draft',
      null,
      'shared',
      'shared 1.2.0, A neighbouring service',
    ])
    await planner.post(`/api/documents/${document}/deeds`, { expected: body.position, deed: { do: 'submit', version: 1 } })
    const own = await planner.post(`/api/documents/${document}/deeds`, { expected: body.position + 1, deed: { do: 'approve', version: 1 } })
    expect(own.status).toBe(403)
    const other = await governor.post(`/api/documents/${document}/deeds`, {
      expected: body.position + 1,
      deed: { do: 'approve', version: 1 },
    })
    expect(other.status).toBe(200)
  })

  it('EX-04 Before anything is taken, each document says what taking it would do: new here, the same, an update of what is unchanged here, or in conflict with what has been changed here, with every difference.', async () => {
    const state = async (...parts: PackPart[]) => (await look(planner, pack(...parts))).body.documents[0]
    expect((await state(FIRE)).state).toBe('same')
    expect((await state(pick('roster/training-roster'))).state).toBe('new')
    const newer = { ...FIRE, text: FIRE.text.replace('usually: 20 s', 'usually: 45 s') }
    const update = await state(newer)
    expect(update).toMatchObject({ state: 'update', here: { latest: 1, status: 'approved', approved: 1 } })
    expect(update.changes).toEqual([expect.objectContaining({ before: expect.anything(), after: expect.anything() })])
    await planner.post(`/api/documents/${update.here.document}/versions`, {
      expected: update.here.position,
      content: FIRE.text.replace('usually: 20 s', 'usually: 30 s'),
    })
    expect((await state(newer)).state).toBe('conflict')
  })

  it('EX-06 If something has changed here since it was looked at, nothing is taken.', async () => {
    const newer = { ...FIRE, text: FIRE.text.replace('usually: 20 s', 'usually: 50 s') }
    const { here } = (await look(planner, pack(newer))).body.documents[0]
    const stale = await planner.post('/api/establishments/north/packs/take', {
      text: pack(newer, pick('roster/training-roster')),
      take: [
        { kind: 'roster', name: 'training-roster', position: 0 },
        { kind: 'plan', name: 'plan-cell-fire', position: here.position - 1 },
      ],
    })
    expect([stale.status, stale.body.code]).toEqual([409, 'conflict-changed'])
    expect((await planner.get('/api/establishments/north/documents')).body.length).toBe(1)
    expect((await take(planner, pack(newer), here.position)).status).toBe(200)
    const { body } = await planner.get(`/api/documents/${here.document}`)
    expect([body.latest, body.status, body.approved]).toEqual([here.latest + 1, 'draft', 1])
  })

  it('EX-07 Only what is in force is handed out, only by a governor, and who handed out what is on record. Licence and sources go along.', async () => {
    const document = (await planner.get('/api/establishments/north/documents')).body[0]
    const body = {
      documents: [document.id],
      pack: { id: 'ours', version: '1.0.0', title: 'Ours', licence: 'CC-BY-4.0', publisher: 'The north' },
    }
    const path = '/api/establishments/north/packs'
    expect((await planner.post(path, body)).status).toBe(403)
    const out = await governor.post(path, body)
    expect(out.status, JSON.stringify(out.body)).toBe(200)
    expect(out.body.file).toBe('ours-1.0.0.aman')
    const opened = openPack(out.body.text)
    // As it is in force, not as it was written last.
    expect(opened.parts[1]!.text.trimEnd()).toBe(FIRE.text.trimEnd())
    const looked = (await look(planner, out.body.text)).body
    expect([looked.signature.state, looked.pack.licence, looked.pack.publisher]).toEqual(['own', 'CC-BY-4.0', 'The north'])
    const trail = (await governor.get('/api/trail')).body
    expect(trail.find((entry: { kind: string }) => entry.kind === 'exchange.exported')).toMatchObject({ person: governor.id })
    expect((await governor.post(path, { ...body, documents: [randomUUID()] })).status).toBe(409)
    const elsewhere = await server.person(['governor', 'south'])
    expect((await elsewhere.post('/api/establishments/south/packs', body)).status).toBe(409)
  })

  it('EX-08 A pack says what it needs that is neither in it nor here.', async () => {
    const { missing } = (await look(planner, pack(pick('study/cell-fire')))).body
    expect(missing.map((one: { path: string }) => one.path)).toContain('roster')
    expect(missing.map((one: { path: string }) => one.path)).not.toContain('plans.0')
    expect((await look(planner, pack(...shipped.map((one) => pick(one.name))))).body.missing).toEqual([])
  })

  it('EX-09 The list of publishers and the record of imports, folded again from the events, are the same rows.', async () => {
    const all = async () =>
      Promise.all(
        ['publishers', 'imports'].map(
          async (table) => (await server.database.owner.query(`select * from exchange.${table} t order by t::text`)).rows,
        ),
      )
    const before = await all()
    expect(before.map((rows) => rows.length)).toEqual([1, 3])
    await server.database.owner.query('select exchange.rebuild()')
    expect(await all()).toEqual(before)
  })

  it('LE-16 Tables that screens read are folded once more from the events and compared; a row that does not follow is found, and nothing is changed by looking.', async () => {
    const differing = async () =>
      (await projections(server.database, server.keys.master)).filter((one) => one.differing > 0).map((one) => one.table)
    const rows = Object.fromEntries((await projections(server.database, server.keys.master)).map((one) => [one.table, one.rows]))
    expect(rows).toMatchObject({ 'access.establishments': 3, 'documents.comments': 0, 'exchange.publishers': 1, 'exchange.imports': 3 })
    expect(rows['access.grants']).toBeGreaterThan(5)
    expect(await differing()).toEqual([])
    await server.database.owner.query(`update documents.versions set note = 'touched' where number = 1 and author is not null`)
    await server.database.owner.query(`update exchange.publishers set withdrawn_at = now(), withdrawn_by = null`)
    await server.database.owner.query(`update access.grants set role = 'governor' where role = 'officer'`)
    await server.database.owner.query(`insert into access.establishments (id, title) values ('nowhere', '{}')`)
    // Whoever has decided is called somebody else now.
    await server.database.owner.query(
      `update access.people set name = 'Somebody Else' where id = (select person from identity.accounts where not demonstration limit 1)`,
    )
    const touched = ['documents.versions', 'exchange.publishers', 'access.grants', 'access.establishments', 'access.people (names)']
    expect(await differing()).toEqual(touched)
    expect(await differing()).toEqual(touched)
  })
})
