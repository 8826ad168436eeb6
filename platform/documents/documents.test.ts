/** The rules of documents, one after another (SPEC.md). One file, because all of them are tried on one house whose documents grow. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestServer, testServer, type Visitor } from '../server/testing.ts'
import { changesBetween } from './changes.ts'
import { shippedDocuments } from './shipped.ts'

let server: TestServer
let planner: Visitor
let governor: Visitor
let officer: Visitor
let monitor: Visitor
beforeAll(async () => {
  server = await testServer()
  planner = await server.person(['planner', 'north'])
  governor = await server.person(['governor', 'north'])
  officer = await server.person(['officer', 'north'])
  monitor = await server.person(['monitor', 'north'])
})
afterAll(() => server.close())

const FIRE = shippedDocuments('training').find((one) => one.name === 'plan/plan-cell-fire')!.content
let serial = 0
/** A plan of its own for each test. */
const fresh = () => FIRE.replace('id: plan-cell-fire', `id: plan-${++serial}`)

async function begun(who: Visitor, content: string): Promise<string> {
  const { status, body } = await who.post('/api/establishments/north/documents', { content })
  expect(status, JSON.stringify(body)).toBe(200)
  return body.id
}
const position = async (id: string) => (await planner.get(`/api/documents/${id}`)).body.position as number
const deed = async (who: Visitor, id: string, what: object) =>
  who.post(`/api/documents/${id}/deeds`, { expected: await position(id), deed: what })
const save = async (who: Visitor, id: string, content: string) =>
  who.post(`/api/documents/${id}/versions`, { expected: await position(id), content })

describe('documents', () => {
  it('DO-01 A document begins as a draft with version 1; what is not a document is refused with line and column, and nothing is kept of it.', async () => {
    const id = await begun(planner, fresh())
    const { body } = await governor.get(`/api/documents/${id}`)
    expect([body.latest, body.status, body.approved]).toEqual([1, 'draft', null])
    const before = (await planner.get('/api/establishments/north/documents')).body.length
    const broken = await planner.post('/api/establishments/north/documents', {
      content: fresh().replace('usually: 20 s', 'usually: 20 bananas'),
    })
    expect(broken.status).toBe(422)
    expect(broken.body.problems[0]).toMatchObject({ code: 'unit-wrong', line: expect.any(Number), column: expect.any(Number) })
    for (const content of [
      '',
      'kind: pack\nid: x',
      ': : :',
      'a: &a [*a]',
      'x'.repeat(950_000),
      '"'.repeat(700_000),
      fresh().replace('Raise the alarm', 'Raise\\0'),
      fresh().replace('Raise the alarm', 'x'.repeat(6000)),
    ])
      expect([400, 413, 422], content.slice(0, 20)).toContain(
        (await planner.post('/api/establishments/north/documents', { content })).status,
      )
    expect((await planner.get('/api/establishments/north/documents')).body.length).toBe(before)
  })

  it('DO-02 A version is never changed: writing makes the next one, of the same kind and id.', async () => {
    const text = fresh()
    const id = await begun(planner, text)
    expect((await save(planner, id, text.replace('usually: 20 s', 'usually: 30 s'))).status).toBe(200)
    const { body } = await planner.get(`/api/documents/${id}`)
    expect(body.versions.map((v: { status: string }) => v.status)).toEqual(['draft', 'superseded'])
    expect((await planner.get(`/api/documents/${id}/versions/1`)).body.content).toBe(text)
    expect((await save(planner, id, fresh())).body.problems[0]).toMatchObject({ path: ['id'] })
  })

  it('DO-03 Of two who write at once, one is told that somebody was faster, and loses nothing.', async () => {
    const text = fresh()
    const id = await begun(planner, text)
    const expected = await position(id)
    const both = await Promise.all(
      [planner, governor].map((who, k) =>
        who.post(`/api/documents/${id}/versions`, { expected, content: text.replace('usually: 20 s', `usually: ${k + 3}0 s`) }),
      ),
    )
    expect(both.map((a) => a.status).sort()).toEqual([200, 409])
    expect(both.find((a) => a.status === 409)!.body.code).toBe('conflict-changed')
    expect((await planner.get(`/api/documents/${id}`)).body.latest).toBe(2)
  })

  it('DO-04 A repeated request writes once.', async () => {
    const text = fresh()
    const made = randomUUID()
    await planner.post('/api/establishments/north/documents', { id: made, content: text })
    expect((await planner.post('/api/establishments/north/documents', { id: made, content: text })).body.id).toBe(made)
    const expected = await position(made)
    const request = randomUUID()
    const send = () => planner.post(`/api/documents/${made}/versions`, { expected, request, content: text.replace('20 s', '25 s') })
    const answers = [await send(), await send()]
    expect(answers.map((a) => [a.status, a.body.position])).toEqual([
      [200, expected + 1],
      [200, expected + 1],
    ])
    expect((await planner.get(`/api/documents/${made}`)).body.latest).toBe(2)
    // The same request with something else in it is no repetition, and throws nothing away.
    await planner.ask('PUT', `/api/documents/${made}/working`, { content: 'mine', basedOn: 2 })
    const other = await planner.post(`/api/documents/${made}/versions`, {
      expected: expected + 1,
      request,
      content: text.replace('20 s', '26 s'),
    })
    expect(other.body.code).toBe('conflict-changed')
    expect((await planner.get(`/api/documents/${made}`)).body.working.content).toBe('mine')
    expect((await planner.post('/api/establishments/north/documents', { id: made, content: fresh() })).body.code).toBe('conflict-changed')
  })

  it('DO-05 A version is handed in, and approved or returned with a reason; nobody approves what they have written any part of, or handed in.', async () => {
    const text = fresh()
    const id = await begun(governor, text)
    expect((await deed(governor, id, { do: 'approve', version: 1 })).body.code).toBe('state-wrong')
    expect((await deed(governor, id, { do: 'submit', version: 1 })).status).toBe(200)
    expect((await deed(governor, id, { do: 'approve', version: 1 })).body.code).toBe('own-work')
    const second = await server.person(['governor', 'north'])
    expect((await deed(second, id, { do: 'return', version: 1, reason: ' ' })).status).toBe(400)
    expect((await deed(second, id, { do: 'return', version: 1, reason: 'The nurse is missing.' })).status).toBe(200)
    // Somebody else writes the next version; who wrote the first one still has a part in it.
    expect((await save(planner, id, text.replace('usually: 20 s', 'usually: 22 s'))).status).toBe(200)
    expect((await deed(planner, id, { do: 'submit', version: 2 })).status).toBe(200)
    expect((await deed(governor, id, { do: 'approve', version: 2 })).body.code).toBe('own-work')
    expect((await deed(second, id, { do: 'approve', version: 2, note: 'Good.' })).status).toBe(200)
    const { body } = await planner.get(`/api/documents/${id}`)
    expect([body.approved, body.versions[0].status, body.versions[0].decision]).toEqual([2, 'approved', 'Good.'])
    // A new beginning: what was approved is nobody's own work any more.
    expect((await save(planner, id, text.replace('usually: 20 s', 'usually: 24 s'))).status).toBe(200)
    expect((await deed(planner, id, { do: 'submit', version: 3 })).status).toBe(200)
    expect((await deed(governor, id, { do: 'approve', version: 3 })).status).toBe(200)
    expect((await deed(governor, id, { do: 'retire', reason: 'Replaced.' })).status).toBe(200)
    expect((await save(planner, id, text)).body.code).toBe('state-wrong')
  })

  it('DO-05 … and neither an older version nor a role taken in an emergency is a way around', async () => {
    const text = fresh()
    const version = (k: number) => text.replace('usually: 20 s', `usually: ${20 + k} s`)
    const author = await server.person(['planner', 'north'])
    const second = await server.person(['governor', 'north'])
    const id = await begun(planner, text)
    await save(author, id, version(1))
    await deed(second, id, { do: 'submit', version: 2 })
    await save(second, id, version(2))
    await deed(planner, id, { do: 'submit', version: 3 })
    expect((await deed(governor, id, { do: 'approve', version: 3 })).status).toBe(200)
    await author.post('/api/access/break-glass', { role: 'governor', establishment: 'north', reason: 'nobody else is in the house' })
    expect((await deed(author, id, { do: 'approve', version: 2 })).body.code).toBe('state-wrong')
    const { body } = await planner.get(`/api/documents/${id}`)
    expect(body.versions.map((v: { status: string }) => v.status)).toEqual(['approved', 'superseded', 'superseded'])
  })

  it('DO-06 Planners write, governors decide, officers comment, monitors read.', async () => {
    const id = await begun(planner, fresh())
    expect((await save(officer, id, fresh())).status).toBe(403)
    expect((await officer.post('/api/establishments/north/documents', { content: fresh() })).body.code).toBe('forbidden')
    expect((await deed(officer, id, { do: 'submit', version: 1 })).body.code).toBe('forbidden')
    expect((await deed(planner, id, { do: 'submit', version: 1 })).status).toBe(200)
    const another = await server.person(['planner', 'north'])
    expect((await deed(another, id, { do: 'approve', version: 1 })).body.code).toBe('forbidden')
    const comment = randomUUID()
    const words = { do: 'comment', comment, version: 1, place: 'tasks.raise-alarm', text: 'The radio does not reach there.' }
    expect((await deed(monitor, id, { ...words, comment: randomUUID() })).body.code).toBe('forbidden')
    expect((await deed(officer, id, words)).status).toBe(200)
    const nowhere = await deed(officer, id, { ...words, comment: randomUUID(), place: 'tasks.nobody-knows' })
    expect([nowhere.status, nowhere.body.problems[0]]).toMatchObject([422, { code: 'id-unknown', path: ['deed', 'place'] }])
    expect((await deed(planner, id, { do: 'settle', comment })).status).toBe(200)
    expect((await deed(planner, id, { do: 'settle', comment })).body.code).toBe('state-wrong')
    expect((await monitor.get(`/api/documents/${id}`)).body.comments).toHaveLength(1)
  })

  it('DO-07 What somebody is writing is kept for them alone, until they save it or throw it away.', async () => {
    const text = fresh()
    const id = await begun(planner, text)
    expect((await planner.ask('PUT', `/api/documents/${id}/working`, { content: 'half a sent', basedOn: 1 })).status).toBe(200)
    expect((await planner.ask('PUT', `/api/documents/${id}/working`, { content: 'half a sentence', basedOn: 1 })).status).toBe(200)
    expect((await planner.get(`/api/documents/${id}`)).body.working.content).toBe('half a sentence')
    expect((await governor.get(`/api/documents/${id}`)).body.working).toBe(null)
    expect((await monitor.ask('PUT', `/api/documents/${id}/working`, { content: 'x', basedOn: 1 })).status).toBe(403)
    // The same person in two windows: what one does not know of, it does not write over.
    const put = (content: string, basedOn: number, seen: string | null) =>
      planner.ask('PUT', `/api/documents/${id}/working`, { content, basedOn, seen })
    const { savedAt } = (await planner.get(`/api/documents/${id}`)).body.working
    expect((await put('this window', 1, null)).status).toBe(409)
    const saved = await put('this window', 1, savedAt)
    expect(saved.status).toBe(200)
    expect((await put('that window', 1, savedAt)).status).toBe(409)
    expect((await put('this window still', 1, saved.body.savedAt)).status).toBe(200)
    expect((await put('half a sentence', 1, (await planner.get(`/api/documents/${id}`)).body.working.savedAt)).status).toBe(200)
    await save(planner, id, text.replace('20 s', '21 s'))
    expect((await planner.get(`/api/documents/${id}`)).body.working).toBe(null)
  })

  it('DO-12 What was typed after a version that arrives late stays.', async () => {
    const text = fresh()
    const id = await begun(planner, text)
    await planner.ask('PUT', `/api/documents/${id}/working`, { content: `${text}# typed later`, basedOn: 1 })
    const late = { expected: await position(id), content: `${text}# written without a server`, age: 60_000 }
    expect((await planner.post(`/api/documents/${id}/versions`, late)).status).toBe(200)
    expect((await planner.get(`/api/documents/${id}`)).body.working.content).toContain('# typed later')
    expect((await save(planner, id, `${text}# now`)).status).toBe(200)
    expect((await planner.get(`/api/documents/${id}`)).body.working).toBe(null)
  })

  it('DO-08 Changes between versions are told entry by entry, with the names that people gave.', async () => {
    const text = fresh()
    const id = await begun(planner, text)
    await save(
      planner,
      id,
      text
        .replace('{ usually: 20 s, rarely-over: 60 s }', '{ usually: 40 s, rarely-over: 60 s }')
        .replace('after: [raise-alarm]', 'after: [raise-alarm, call-governor]'),
    )
    const { body } = await governor.get(`/api/documents/${id}/changes?from=1&to=2`)
    expect(body.changes).toHaveLength(2)
    expect(body.changes[1]).toMatchObject({ path: [{ key: 'tasks' }, {}, { key: 'after' }], after: 'call-governor' })
    expect(Object.keys(body.names)).toEqual(['call-governor'])
    expect(body.names['call-governor'].ru).toMatch(/начальник/)
    // Tasks that wait for each other are no plan that one could look at.
    const circle = text.replace('after: [raise-alarm]', 'after: [raise-alarm, call-ambulance]')
    expect((await planner.post('/api/establishments/north/documents', { content: circle })).body.code).toBe('plan-cycle')
    expect(body.changes[0]).toMatchObject({
      path: [{ key: 'tasks' }, { key: 'raise-alarm', title: { en: 'Raise the alarm' } }, { key: 'duration' }],
      before: { usually: '20 s', 'rarely-over': '60 s' },
      after: { usually: '40 s', 'rarely-over': '60 s' },
    })
    expect(changesBetween({ a: { b: 1 }, gone: [1] }, { a: { b: 1 }, come: 'x  y' })).toEqual([
      { path: [{ key: 'come' }], after: 'x  y' },
      { path: [{ key: 'gone' }], before: [1] },
    ])
    expect(changesBetween({ a: ' x  y' }, { a: 'x y' })).toEqual([])
    // What is said in one language only has changed for whoever reads another as well.
    expect(changesBetween({ title: { en: 'Alarm', ky: 'Коңгуроо' } }, { title: { en: 'Alarm', ky: 'Коңгуроо эмес' } })).toEqual([
      { path: [{ key: 'title' }, { key: 'ky' }], before: 'Коңгуроо', after: 'Коңгуроо эмес' },
    ])
    expect(changesBetween({ title: 'Alarm' }, { title: { en: 'Alarm', ru: 'Тревога' } })).toEqual([
      { path: [{ key: 'title' }, { key: 'ru' }], after: 'Тревога' },
    ])
    expect(changesBetween({ key: 'a', keys: ['a', 'b'] }, { key: 'b', keys: ['b', 'a'] })).toEqual([
      { path: [{ key: 'key' }], before: 'a', after: 'b' },
      { path: [{ key: 'keys' }], before: ['a', 'b'], after: ['b', 'a'] },
    ])
  })

  it('DO-15 Whoever is shown a layout or a roster is on record, once an hour; of other documents nobody notes who reads them.', async () => {
    const reader = await server.person(['officer', 'training'])
    const documents = (await reader.get('/api/establishments/training/documents')).body as { id: string; kind: string; latest: number }[]
    for (const { id, latest } of [...documents, ...documents])
      expect((await reader.get(`/api/documents/${id}/versions/${latest}`)).status).toBe(200)
    expect((await reader.post('/api/establishments/training/bundle', { study: 'cell-fire', choice: 'approved' })).status).toBe(200)
    // A question shows both as well.
    const asker = await server.person(['monitor', 'training'])
    expect((await asker.post('/api/establishments/training/bundle', { study: 'cell-fire', choice: 'approved' })).status).toBe(200)
    const trailOf = async (who: Visitor) =>
      ((await who.get('/api/access/kept')).body.trail as { kind: string; body: { page: string; detail: string } }[])
        .map(({ kind, body }) => `${kind} ${body.page} ${body.detail}`)
        .sort()
    const both = ['trail.viewed layout training/training-establishment', 'trail.viewed roster training/training-roster']
    expect(await trailOf(asker)).toEqual(both)
    expect(await trailOf(reader)).toEqual(both)
  })

  it('reads a long document in no time to speak of, and nothing for those who see nothing there', async () => {
    const long = `kind: case\n${Array.from({ length: 45_000 }, (_, k) => `k${k}: 1`).join('\n')}`
    expect((await monitor.post('/api/establishments/nowhere/bundle', { study: 'x', text: long })).status).toBe(404)
    expect((await officer.post('/api/establishments/north/documents', { content: long })).body.code).toBe('forbidden')
    expect((await planner.post('/api/establishments/north/documents', { content: long })).status).toBe(422)
    expect(
      (await planner.post('/api/establishments/north/documents', { content: `kind: case\na: 1\na: 2` })).body.problems[0],
    ).toMatchObject({ code: 'yaml-malformed', line: 3 })
    // Each of so many keys compared with each takes minutes: longer than a test may.
  })

  it('DO-13 While a long document is read, others are served.', async () => {
    const zones = Array.from({ length: 14_000 }, (_, k) => `  z${k}: { kind: corridor, area: ${k} m2 }`).join('\n')
    let served = 0
    let reading = true
    const long = planner.post('/api/establishments/north/documents', { content: `kind: facility\nzones:\n${zones}\n` }).finally(() => {
      reading = false
    })
    while (reading) {
      await planner.get('/api/establishments/north/documents')
      served++
    }
    expect((await long).status).toBe(422)
    // Held up by it, they would have been answered after it, or one before.
    expect(served).toBeGreaterThan(10)
  })

  it('keeps names in the order in which they were taken and given back', async () => {
    const content = fresh()
    let id = await begun(planner, content)
    for (let k = 0; k < 8; k++) {
      const [, begun] = await Promise.all([
        deed(governor, id, { do: 'retire', reason: 'Replaced.' }),
        planner.post('/api/establishments/north/documents', { content }),
      ])
      id = begun.status === 200 ? begun.body.id : (await planner.post('/api/establishments/north/documents', { content })).body.id
    }
    await server.database.owner.query('select documents.rebuild()')
  })

  it('lets nobody but the product bring in what is in force at once', async () => {
    const { requests } = server.database
    const client = await requests.connect()
    try {
      for (const person of ['', planner.id]) {
        await client.query('begin')
        await client.query('set local role aman_request')
        await client.query(`select set_config('aman.person', $1, true)`, [person])
        await expect(
          client.query(`select documents.record(gen_random_uuid(), 0, null, 'north', array['document.begun', 'document.imported'],
            array['{"kind":"plan","name":"forged","title":{"en":"x"}}'::jsonb, '{"version":1,"title":{"en":"x"},"content":"x"}'::jsonb])`),
        ).rejects.toMatchObject({ code: 'AM003' })
        await client.query('rollback')
      }
    } finally {
      client.release()
    }
  })

  it('DO-14 Exercises of a plan that is or was in force are put on record by planners and governors, and count until they are struck out.', async () => {
    const id = await begun(planner, fresh())
    const held = { do: 'rehearse', rehearsal: randomUUID(), version: 1, on: '2026-10-12', form: 'table-top', learned: 'The radio fails.' }
    expect((await deed(planner, id, held)).body.code).toBe('state-wrong')
    const { content } = (await planner.get(`/api/documents/${id}/versions/1`)).body
    await save(planner, id, `${content}# once more\n`)
    await deed(planner, id, { do: 'submit', version: 2 })
    await deed(governor, id, { do: 'approve', version: 2 })
    // The first was never in force.
    expect((await deed(planner, id, held)).body.code).toBe('state-wrong')
    held.version = 2
    const ahead = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)
    for (const wrong of [{ on: ahead }, { on: '1999-12-31' }, { on: '2026-02-30' }, { form: 'dream' }, { version: 3 }, { learned: ' ' }])
      expect((await deed(planner, id, { ...held, ...wrong })).status, JSON.stringify(wrong)).toBeGreaterThanOrEqual(400)
    for (const who of [officer, monitor]) expect((await deed(who, id, held)).body.code).toBe('forbidden')
    expect((await deed(planner, id, held)).status).toBe(200)
    const later = { ...held, rehearsal: randomUUID(), on: '2026-11-01', form: 'live' }
    expect((await deed(governor, id, later)).status).toBe(200)
    const shown = async () =>
      (await officer.get(`/api/documents/${id}`)).body.rehearsals.map((r: { on: string; form: string; struckAt: string | null }) => [
        r.on,
        r.form,
        r.struckAt === null,
      ])
    expect(await shown()).toEqual([
      ['2026-11-01', 'live', true],
      ['2026-10-12', 'table-top', true],
    ])
    expect((await deed(officer, id, { do: 'strike', rehearsal: later.rehearsal })).body.code).toBe('forbidden')
    expect((await deed(planner, id, { do: 'strike', rehearsal: later.rehearsal })).status).toBe(200)
    expect((await deed(planner, id, { do: 'strike', rehearsal: later.rehearsal })).body.code).toBe('state-wrong')
    expect((await shown())[0]).toEqual(['2026-11-01', 'live', false])
  })

  it('DO-09 Folded again from the events, everything is the same.', async () => {
    const tables = async () =>
      Promise.all(
        ['documents', 'versions', 'comments', 'workings', 'rehearsals'].map(
          async (table) => (await server.database.owner.query(`select t::text from documents.${table} t order by 1`)).rows,
        ),
      )
    const before = await tables()
    expect(before[1]!.length).toBeGreaterThan(30)
    expect(before[4]!.length).toBe(2)
    await server.database.owner.query('select documents.rebuild()')
    expect(await tables()).toEqual(before)
  })

  it('DO-10 A stress test runs on any version, the one under review included.', async () => {
    const east = await server.person(['planner', 'east'])
    await east.post('/api/establishments/east/copy')
    const documents = (await east.get('/api/establishments/east/documents')).body as { id: string; name: string }[]
    const plan = documents.find((d) => d.name === 'plan-cell-fire')!
    const bundle = (rest: object) => east.post('/api/establishments/east/bundle', { study: 'cell-fire', ...rest })
    expect((await bundle({ choice: 'approved' })).status).toBe(404)
    const { body } = await bundle({})
    expect(body.uses).toContainEqual({ document: plan.id, name: 'plan-cell-fire', kind: 'plan', version: 1, status: 'draft' })
    const changed = FIRE.replace('{ usually: 20 s, rarely-over: 60 s }', '{ usually: 40 s, rarely-over: 60 s }')
    await east.post(`/api/documents/${plan.id}/versions`, { expected: 2, content: changed })
    const duration = (answer: { body: { bundle: { plans: { tasks: Record<string, { duration: object }> }[] } } }) =>
      answer.body.bundle.plans[0]!.tasks['raise-alarm']!.duration
    expect(duration(await bundle({}))).toMatchObject({ usually: '40 s' })
    expect(duration(await bundle({ instead: { document: plan.id, version: 1 } }))).toMatchObject({ usually: '20 s' })
    expect(duration(await bundle({ text: FIRE.replace('usually: 20 s', 'usually: 33 s') }))).toMatchObject({ usually: '33 s' })
    const unfit = await bundle({ text: FIRE.replaceAll('after: [raise-alarm]', 'after: [nothing-like-that]') })
    expect(unfit.status).toBe(422)
    expect(unfit.body.problems[0].line).toBeGreaterThan(1)
  })

  it('DO-11 A copy of the training establishment’s documents begins as drafts, and does not replace what is there.', async () => {
    const west = await server.person(['planner', 'west'])
    await west.post('/api/establishments/west/documents', { content: FIRE.replace('20 s', '29 s') })
    const { body } = await west.post('/api/establishments/west/copy')
    const documents = (await west.get('/api/establishments/west/documents')).body as {
      status: string
      id: string
      name: string
      title: object
    }[]
    expect(documents).toHaveLength(body.made + 1)
    // Layout and roster bear the place's name, in its languages.
    const titled = (name: string) => documents.find((d) => d.name === name)!.title
    expect([titled('training-establishment'), titled('training-roster')]).toEqual([
      { en: 'west' },
      expect.objectContaining({ en: 'Roster: west', kk: 'Кезекшілік кестесі: west' }),
    ])
    expect(new Set(documents.map((d) => d.status))).toEqual(new Set(['draft']))
    const plan = documents.find((d) => d.name === 'plan-cell-fire')!
    expect((await west.get(`/api/documents/${plan.id}/versions/1`)).body.content).toContain('29 s')
    expect((await west.post('/api/establishments/west/copy')).body.made).toBe(0)
  })
})
