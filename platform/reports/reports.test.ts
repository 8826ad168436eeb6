import { createHash } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LANGUAGES } from '../contracts/languages.ts'
import { shippedDocuments } from '../documents/shipped.ts'
import type { FacilityDocument } from '../packs/kinds/facility.ts'
import { CONTENT, Library } from '../packs/library.ts'
import { parseDocument } from '../packs/parse.ts'
import { type TestServer, testServer, type Visitor } from '../server/testing.ts'
import { wordsOf } from '../words/dictionary.ts'
import type { Report } from './content.ts'
import { planContent } from './plan.ts'
import { play } from './playing.ts'
import { stressContent } from './stress.ts'
import { write } from './writing.ts'

const library = new Library().addFolder(CONTENT)
const study = library.find('study', 'cell-fire')!
const bundle = library.bundle(study)
const moment = new Date('2026-11-22T20:00:00Z')

let played: Awaited<ReturnType<typeof play>>
let server: TestServer
let planner: Visitor
let governor: Visitor
beforeAll(async () => {
  played = await play(bundle, 7, 1024, 1)
  server = await testServer()
  planner = await server.person(['planner', 'north'])
  governor = await server.person(['governor', 'north'])
}, 60_000)
afterAll(() => server.close())

async function stressIn(language: (typeof LANGUAGES)[number]): Promise<Report> {
  return stressContent({
    words: await wordsOf(language),
    language,
    bundle,
    documents: played.prepared.documents,
    report: played.report,
    summary: played.summary,
    standard: 0.8,
    weakest: [{ title: { en: '=HYPERLINK("x")', ru: '#set page(fill: red)' }, difference: -0.2, low: -0.3, high: -0.1 }],
    versions: [{ title: { en: '*bold* $x$ @cite <tag>' }, version: 3, status: 'approved' }],
    moment,
  })
}

const raw = library.find('plan', 'plan-cell-fire')!.raw
async function planIn(language: (typeof LANGUAGES)[number], decidedBy: string | null, facility?: FacilityDocument): Promise<Report> {
  const parsed = parseDocument('plan', raw)
  if ('problems' in parsed) throw new Error('the shipped plan is right')
  const status = decidedBy === null ? 'draft' : 'approved'
  const decidedAt = decidedBy === null ? null : moment
  return planContent({
    words: await wordsOf(language),
    language,
    plan: parsed.document,
    raw,
    facility,
    version: 2,
    status,
    decidedBy,
    decidedAt,
    moment,
  })
}

const textsIn = (file: Buffer, part: RegExp) =>
  Object.entries(unzipSync(file))
    .filter(([name]) => part.test(name))
    .map(([, bytes]) => strFromU8(bytes))
    .join('')

describe('reports', () => {
  it('RE-01 The same question gives the same PDF, byte for byte, and its figures are those of the engine, with the digest that proves it.', async () => {
    const hash = (file: Buffer) => createHash('sha256').update(file).digest('hex')
    const report = await stressIn('en')
    expect(hash(await write(report, 'pdf'))).toBe(hash(await write(await stressIn('en'), 'pdf')))
    const said = JSON.stringify(report)
    expect(said).toContain(played.summary.digest)
    expect(said).toContain(`works in ${Math.round(100 * played.report.success.probability!)} nights of 100`)
    const again = await play(bundle, 7, 1024, 2)
    expect(again.summary.digest).toBe(played.summary.digest)
  })

  it('RE-02 The PDF is PDF/UA-1: tagged, in its language, with a title, and every figure in words; in every language of the product.', async () => {
    for (const language of LANGUAGES) {
      const report = await stressIn(language)
      for (const block of report.blocks) if (block.kind === 'figure') expect(block.says.length).toBeGreaterThan(10)
      // What is not accessible is refused by the typesetter.
      for (const content of [report, await planIn(language, 'Somebody')]) {
        const pdf = (await write(content, 'pdf')).toString('latin1')
        expect(pdf.slice(0, 5)).toBe('%PDF-')
        expect(pdf).toContain('<pdfuaid:part>1</pdfuaid:part>')
        expect(pdf).toContain('/StructTreeRoot')
        expect(pdf).toContain(`/Lang (${language.split('-')[0]}`)
        expect(JSON.stringify(content)).not.toMatch(/undefined|NaN|\{\w+\}/)
      }
    }
  })

  it('RE-03 Word and Excel files open, and hold the same tables.', async () => {
    const report = await stressIn('ru')
    const word = textsIn(await write(report, 'docx'), /^word\/document\.xml$/)
    const book = await write(report, 'xlsx')
    const sheets = textsIn(book, /sharedStrings|sheet\d+\.xml$/)
    const tables = report.blocks.filter((block) => block.kind === 'table')
    expect(tables.length).toBeGreaterThan(4)
    expect(word.split('<w:tbl>').length - 1).toBe(tables.length)
    expect(Object.keys(unzipSync(book)).filter((name) => /worksheets\/sheet/.test(name)).length).toBe(tables.length + 1)
    for (const table of tables) {
      const first = table.rows[0]!.find((cell) => typeof cell === 'string')!
      const plain = String(first).replace(/&/g, '&amp;').slice(0, 20)
      if (/[<>"#=]/.test(plain)) continue
      expect(word).toContain(plain)
      expect(sheets).toContain(plain)
    }
    // Numbers are numbers for whoever reckons with them.
    expect(sheets).toContain('<v>-0.2</v>')
  })

  it('RE-08 A plan on paper has its map, its durations, what was drafted by machine, and the words of its marks.', async () => {
    const facility = parseDocument('facility', library.find('facility', 'training-establishment')!.raw)
    if ('problems' in facility) throw new Error('the shipped map is right')
    const report = await planIn('ky', null, facility.document)
    const figures = report.blocks.filter((block) => block.kind === 'figure')
    expect(figures.map(({ caption }) => caption)).toEqual([expect.stringMatching(/узактык/), 'Окуу-машыгуу мекемеси'])
    expect(figures[1]!.svg.split('<polygon').length - 1).toBe(Object.keys(facility.document.zones).length)
    expect(report.lines).toContain('Машина котормосу, адис али текшере элек')
    const told = JSON.stringify(report.blocks)
    const marks = (raw as unknown as { marks: Record<string, { title: { ky: string } }> }).marks
    expect(Object.keys(marks).length).toBeGreaterThan(2)
    for (const [id, { title }] of Object.entries(marks)) {
      expect(told, id).toContain(title.ky)
      expect(told).not.toContain(`«${id}»`)
    }
    for (const format of ['pdf', 'docx', 'xlsx'] as const) expect((await write(report, format)).length).toBeGreaterThan(5000)
    const word = textsIn(await write(report, 'docx'), /^word\/document\.xml$/)
    const ids = [...word.matchAll(/<wp:docPr id="(\d+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(2)
  })

  it('RE-04 Whatever authors have written stays text: it is no markup, no formula and no path.', async () => {
    const sheets = textsIn(await write(await stressIn('en'), 'xlsx'), /sheet\d+\.xml$/)
    expect(sheets).not.toContain('<f>')
    const report: Report = {
      language: 'en',
      title: '#panic("x") \\ = x /*',
      lines: ['#include "/etc/passwd"', '```'],
      moment: 0,
      blocks: [
        { kind: 'text', text: '#read("/etc/passwd") $ * _ < > & </w:t>' },
        { kind: 'list', items: ['=cmd|calc!A1', '- x', ''] },
        { kind: 'table', title: 'a/b:[c]?*\\'.repeat(9), head: ['#', '@x'], rows: [['</c>', '=1+1']] },
        { kind: 'table', title: 'a/b:[c]?*\\'.repeat(9), head: ['#', '@x'], rows: [] },
      ],
    }
    // Letters that the typeface does not have.
    const strange = { ...report, title: 'Fire 🔥 火灾 \u{10ffff} عربي', lines: ['👩‍🚒'] }
    for (const format of ['pdf', 'docx', 'xlsx'] as const) expect((await write(strange, format)).length).toBeGreaterThan(1000)
    for (const format of ['pdf', 'docx', 'xlsx'] as const) expect((await write(report, format)).length).toBeGreaterThan(1000)
    expect(textsIn(await write(report, 'xlsx'), /sheet\d+\.xml$/)).not.toContain('<f>')
  })

  it('RE-05 Only who belongs to a place gets its reports, and that they did is in the trail.', async () => {
    for (const { content } of shippedDocuments('training')) {
      const { body } = await planner.post('/api/establishments/north/documents', { content })
      await planner.post(`/api/documents/${body.id}/deeds`, { expected: 2, deed: { do: 'submit', version: 1 } })
      await governor.post(`/api/documents/${body.id}/deeds`, { expected: 3, deed: { do: 'approve', version: 1 } })
    }
    const path = '/api/establishments/north/studies/cell-fire/report?format=pdf&language=ky'
    const read = (who: Visitor, from: string) => fetch(server.address + from, { headers: { cookie: who.cookie! } })
    const answer = await read(planner, path)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="cell-fire.pdf"')
    const stranger = await server.person(['planner', 'south'])
    expect((await read(stranger, path)).status).toBe(404)
    expect((await read(planner, path.replace('pdf', 'exe'))).status).toBe(400)
    const plan = (await planner.get('/api/establishments/north/documents')).body.find((row: { kind: string }) => row.kind === 'plan')
    expect((await read(planner, `/api/documents/${plan.id}/versions/1/report?format=docx`)).status).toBe(200)
    expect((await read(stranger, `/api/documents/${plan.id}/versions/1/report?format=docx`)).status).toBe(404)
    const seen = (await planner.get('/api/trail')).body.filter((entry: { kind: string }) => entry.kind === 'trail.viewed')
    expect(seen.map((entry: { body: { detail: string } }) => entry.body.detail)).toContain('north/cell-fire')
  }, 60_000)

  it('RE-06 A plan on paper says who approved which version when, or that nobody has.', async () => {
    expect((await planIn('en', 'A. Governor')).lines[0]).toBe('Version 2: approved · approved by A. Governor, 22\u00a0Nov\u00a02026')
    expect((await planIn('en', null)).lines[0]).toContain('nobody has approved')
    const said = JSON.stringify(await planIn('en', null))
    expect(said).toContain('usually 20 s, rarely more than 60 s')
    expect(said).toContain('“Raise the alarm” is done')
  })

  it('RE-07 Sources, assumptions with their owners, and the method stand at the end.', async () => {
    const { blocks } = await stressIn('en')
    const headings = blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : []))
    expect(headings.slice(-2)).toEqual(['Where the numbers come from', 'Method'])
    const tables = blocks.filter((block) => block.kind === 'table')
    const assumed = tables.find((table) => table.title === 'Assumption')!
    const owners = bundle.plans.flatMap((plan) => Object.values((plan as { assumptions: Record<string, { owner: string }> }).assumptions))
    for (const { owner } of owners) expect(assumed.rows.some((row) => String(row[2]).startsWith(owner))).toBe(true)
  })
})
