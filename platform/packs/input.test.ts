/** Bad input: each kind gets a clear message or a clear result. And a storm of damaged documents: never a crash, never a hang. One file, because
 * what is said in all of it is collected, and then looked up in every language. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stress } from '@aman/kernel/experiment/stress'
import { uniform } from '@aman/kernel/random/threefry'
import { compile } from '@aman/kernel/world/compile'
import { describe, expect, it } from 'vitest'
import { ERRORS, type ErrorCode, InputError, type Problem } from '../contracts/errors.ts'
import { LANGUAGES } from '../contracts/languages.ts'
import { EXPECTED, expectationsOf, expectedIn } from '../words/expected.ts'
import { assemble } from './assemble.ts'
import { circleAmong } from './circles.ts'
import { Library } from './library.ts'
import { readDocument } from './read.ts'
import { remarksAbout } from './remarks.ts'
import { checkText, type ReadDocument } from './text.ts'

const TEMPLATES = new URL('../templates/', import.meta.url)
const KINDS = ['facility', 'roster', 'plan', 'threat', 'study'] as const
const template = (kind: string) =>
  readFileSync(new URL(`${kind}.yaml`, TEMPLATES), 'utf8')
    .replaceAll('THE-ID', `my-${kind}`)
    .replaceAll('THE-DATE', '2026-11-21')

/** Whatever was expected in these tests. */
const expectations = new Set<string>()

function noted(problems: readonly Problem[]): ErrorCode[] {
  for (const { expected } of problems) if (expected !== undefined) expectations.add(expected)
  return problems.map(({ code }) => code)
}

/** Codes of everything that is wrong with the small establishment of the templates after a change to one of its texts. */
function codes(change: Partial<Record<(typeof KINDS)[number], (text: string) => string>>): ErrorCode[] {
  try {
    const result = assemble(bundleOf(change))
    return 'problems' in result ? noted(result.problems) : []
  } catch (error) {
    if (error instanceof InputError) return noted(error.problems)
    throw error
  }
}

function bundleOf(change: Partial<Record<(typeof KINDS)[number], (text: string) => string>> = {}) {
  const library = new Library()
  let study: ReadDocument | undefined
  for (const kind of KINDS) {
    const document = checkText((change[kind] ?? ((text) => text))(template(kind)), `${kind}.yaml`)
    library.add(document)
    if (kind === 'study') study = document
  }
  return library.bundle(study!)
}

const swap = (from: string, to: string) => (text: string) => {
  expect(text).toContain(from)
  return text.replace(from, to)
}

describe('bad input', () => {
  it('has nothing to say about the files that "aman new" writes', () => {
    expect(codes({})).toEqual([])
  })

  it.each<[string, ErrorCode, Parameters<typeof codes>[0]]>([
    [
      'a cycle in a plan',
      'plan-cycle',
      { plan: swap('    when: [detected] # a mark: set by the threat, or by a task', '    after: [call-fire-service]') },
    ],
    ['a task that nobody on any shift can do', 'skill-unavailable', { plan: swap('needs: [commander]', 'needs: [helicopter-pilot]') }],
    [
      'more officers than there are',
      'skill-unavailable',
      { plan: swap('{ skill: firefighter, count: 4', '{ skill: firefighter, count: 40') },
    ],
    ['a zone that no way leads to', 'zone-unreachable', { facility: swap('  gate-door: {', '  # gate-door: {') }],
    [
      'a door without any key',
      'zone-unreachable',
      {
        facility: swap(
          'between: [gate, yard], width: 1.2 m, normally: locked, key: main',
          'between: [gate, yard], width: 1.2 m, normally: locked, key: lost',
        ),
      },
    ],
    ['an unknown zone', 'id-unknown', { plan: swap('place: command-post', 'place: nowhere') }],
    ['an unknown threat', 'id-unknown', { study: swap('threat: my-threat', 'threat: other') }],
    ['a probability of 1.2', 'number-out-of-range', { facility: swap('chance: 90 %', 'chance: 1.2') }],
    [
      'a time to keep without its unit',
      'unit-missing',
      { plan: swap('measure: deaths, at-most: 0 persons', 'measure: resolved, at-most: 40') },
    ],
    ['an effect against another threat', 'effect-unfit', { plan: swap('then: [{ mark: alarm }]', 'then: [{ mark: alarm }, assault]') }],
    ['equipment of which there is none', 'skill-unavailable', { roster: swap('hose: { count: 1 }', 'hose: { count: 0 }') }],
    ['a name for a mark that nothing sets', 'id-unknown', { plan: swap('  alarm: { title', '  alarum: { title') }],
    [
      'a sensor that nobody can watch',
      'id-unknown',
      {
        facility: swap(
          'kind: smoke, covers: [corridor],',
          'kind: smoke, covers: [corridor], operator: { skill: watcher, attention: 50 % },',
        ),
      },
    ],
    ['a missing unit', 'unit-missing', { plan: swap('duration: 20 s', 'duration: 20') }],
    ['a wrong unit', 'unit-wrong', { facility: swap('width: 1.4 m', 'width: 1.4 kW') }],
    ['a negative duration', 'number-out-of-range', { plan: swap('duration: 20 s', 'duration: -20 s') }],
    ['a field that does not exist', 'field-unknown', { plan: swap('priority: 1', 'urgency: 1') }],
    ['a task that waits for nothing that happens', 'plan-never', { plan: swap('when: [alarm]', 'when: [doomsday]') }],
    ['a plan for another trouble', 'threat-unanswered', { plan: swap('answers: fire', 'answers: escape') }],
    ['a number without source', 'source-missing', { roster: swap('\nassumption: duty-list', '') }],
    ['an unknown measure', 'measure-unknown', { plan: swap('measure: deaths', 'measure: happiness') }],
    ['something that is not YAML', 'yaml-malformed', { plan: () => 'kind: plan\n  id: [' }],
    ['another kind of file', 'yaml-malformed', { plan: () => '%PDF-1.7 this is no plan' }],
    ['a document that does not say what it is', 'kind-unknown', { plan: () => 'tasks: {}' }],
    [
      'a zone outlined by two points',
      'number-out-of-range',
      { facility: swap('[[36, 16], [44, 16], [44, 24], [36, 24]]', '[[36, 16], [44, 16]]') },
    ],
  ])('%s: %s', (_, code, change) => {
    expect(codes(change)).toContain(code)
  })

  it.each<[string, string, Parameters<typeof codes>[0]]>([
    ['an hour without anybody on duty', 'hours-uncovered shifts', { roster: swap('to: "19:00"', 'to: "17:00"') }],
    [
      'a task that nobody of the night can do',
      'hours-uncovered tasks.raise-alarm.needs.0',
      { roster: (text) => text.replace(/(operator: .* shifts: \{ day: 1), night: 1/, '$1') },
    ],
    [
      'help from outside that cannot get to its task',
      'way-missing tasks.fight-fire.place',
      { roster: (text) => text.replaceAll('keys: [main]', 'keys: []') },
    ],
    [
      'people led to where no key of their officers opens',
      'way-missing tasks.open-cells.work.to',
      {
        facility: swap('yard], width: 1.4 m, normally: locked, key: main', 'yard], width: 1.4 m, normally: locked, key: yard'),
        roster: (text: string) => text.replace(/(operator: .* keys: \[main)/, '$1, yard'),
      },
    ],
    [
      'people led out of the establishment',
      'beyond-perimeter tasks.open-cells.work.to',
      { facility: swap('    outside: true', '    outside: true\n    beyond: true') },
    ],
    [
      'a horizon before the criterion',
      'horizon-short horizon',
      { plan: swap('- { measure: deaths, at-most: 0 persons }', '- { measure: resolved, at-most: 3 h }') },
    ],
    ['help that nobody lets in', 'help-not-admitted tasks.fight-fire', { plan: swap('then: [{ admit: fire-service }]', 'then: []') }],
  ])('plays %s, and remarks on it: %s', (_, remark, change) => {
    const result = assemble(bundleOf(change))
    if ('problems' in result) throw new Error(JSON.stringify(result.problems))
    expect(remarksAbout(result.documents).map(({ code, path }) => `${code} ${path.join('.')}`)).toContain(remark)
  })

  it('has nothing to remark about what it ships', () => {
    const library = new Library()
    for (const study of library.all('study')) {
      const result = assemble(library.bundle(study))
      if ('problems' in result) throw new Error(JSON.stringify(result.problems))
      if (study.file.includes('training')) expect(remarksAbout(result.documents), study.id).toEqual([])
    }
    const own = assemble(bundleOf())
    expect('documents' in own && remarksAbout(own.documents)).toEqual([])
  })

  it('refuses a file of 200 MB by its size, without reading it', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'aman-')), 'large.yaml')
    writeFileSync(file, Buffer.alloc(200_000_000, 'a'))
    expect(() => readDocument(file)).toThrow(/file-too-large/)
  })

  it('refuses a YAML bomb', () => {
    const level = (n: number): string =>
      n === 0
        ? 'a0: &a0 [x, x, x, x, x, x, x, x, x]'
        : `${level(n - 1)}\na${n}: &a${n} [${Array(9)
            .fill(`*a${n - 1}`)
            .join(', ')}]`
    expect(() => checkText(`kind: plan\n${level(9)}`, 'bomb.yaml')).toThrow(/yaml-excessive/)
  })

  it('takes texts in other scripts, from right to left and with invisible marks', () => {
    const title = '"\\u202Eسجن\\u202C تجريبي ქართული 監獄 🏛"'
    expect(codes({ facility: swap('en: "My establishment"', `en: ${title}`) })).toEqual([])
  })

  it('plays a night with nobody on duty', () => {
    const result = assemble(
      bundleOf({
        roster: (text) => text.replace(/shifts: \{ (day|night): \d(, night: \d)? \}/g, 'shifts: { day: 0 }'),
        plan: (text) => text.replace(/marks:[\s\S]*/, 'tasks: {}\n').replace('clock: resolved # the moment that the question is about', ''),
        study: (text) => text.replace(/options:[\s\S]*/, ''),
      }),
    )
    expect('problems' in result ? result.problems : []).toEqual([])
    if ('scene' in result) expect(stress(compile(result.scene), 1, 64).nights).toBe(64)
  })

  it('says how often a plan does not come to an end, and does not wait for it', () => {
    const result = assemble(bundleOf({ plan: swap('when: [fire-service-arrived]', 'when: [{ measure: deaths, above: 100000 }]') }))
    if (!('scene' in result)) throw new Error(JSON.stringify(result.problems))
    const model = compile({ ...result.scene, clock: 'fire-service-admitted' })
    const summary = stress(model, 1, 128)
    const column = summary.column(model.measures.findIndex((m) => m.name === 'fire-service-admitted'))
    expect(column.every((time) => time === Infinity)).toBe(true)
  })

  it('says where, what was expected and found, and what to do', () => {
    try {
      checkText(template('plan').replace('duration: 20 s', 'duration: 20'), 'my-plan.yaml')
      expect.unreachable()
    } catch (error) {
      const { message } = error as Error
      for (const part of [
        /my-plan\.yaml:\d+:\d+ {2}tasks\.open-cells\.duration/,
        /expected +.*90 s/,
        /found +20/,
        /to do/,
        /docs\/errors\.md#unit-missing/,
      ])
        expect(message).toMatch(part)
    }
  })
})

describe('damaged documents', () => {
  const pick = (run: number, k: number, from: number) => Math.floor(uniform(77, run, 5, k) * from)
  const PIECES = [
    '',
    '-1',
    '1e309',
    '.nan',
    '~',
    '[]',
    '{}',
    '"',
    ':',
    '\n',
    '&a',
    '*a',
    '  ',
    'yes',
    '0',
    '999999999 d',
    '\u202e',
    '# ',
    '%',
    '- ',
  ]

  it('get a message or a result, never anything else', () => {
    const found = new Set<string>()
    for (let run = 0; run < 1500; run++) {
      const kind = KINDS[pick(run, 0, KINDS.length)]!
      const damage = (text: string) => {
        let damaged = text
        for (let hit = 0; hit <= pick(run, 1, 3); hit++) {
          const at = pick(run, 10 + hit, damaged.length)
          const lines = damaged.split('\n')
          const which = pick(run, 20 + hit, lines.length)
          switch (pick(run, 30 + hit, 5)) {
            case 0:
              damaged = damaged.slice(0, at) + PIECES[pick(run, 40 + hit, PIECES.length)] + damaged.slice(at)
              break
            case 1:
              damaged = damaged.slice(0, at) + damaged.slice(at + 1 + pick(run, 50 + hit, 12))
              break
            case 2:
              damaged = lines.filter((_, i) => i !== which).join('\n')
              break
            case 3:
              damaged = [...lines.slice(0, which), lines[pick(run, 60 + hit, lines.length)], ...lines.slice(which)].join('\n')
              break
            default:
              damaged = damaged.replace(/\d+(\.\d+)?/g, (number, _, offset: number) =>
                Math.abs(offset - at) < 12 ? PIECES[pick(run, 70 + hit, PIECES.length)]! : number,
              )
          }
        }
        return damaged
      }
      try {
        const result = assemble(bundleOf({ [kind]: damage }))
        if ('problems' in result) for (const code of noted(result.problems)) found.add(code)
        else {
          const summary = stress(compile({ ...result.scene, horizon: Math.min(result.scene.horizon, 86_400) }), 1, 8)
          expect(summary.nights).toBe(8)
        }
      } catch (error) {
        if (!(error instanceof InputError)) throw new Error(`run ${run}, ${kind}: ${(error as Error).stack}`)
        noted(error.problems)
        for (const p of error.problems) {
          expect(p.code in ERRORS).toBe(true)
          found.add(p.code)
        }
      }
    }
    expect(found.size).toBeGreaterThan(8)
  }, 120_000)
})

describe('a plan by itself', () => {
  it('is refused where tasks wait for each other, whatever asks for it, and a long chain is no circle', () => {
    const plan = swap('    when: [detected] # a mark: set by the threat, or by a task', '    after: [call-fire-service]')(template('plan'))
    expect(() => checkText(plan, 'plan.yaml')).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ code: 'plan-cycle', line: expect.any(Number) })] }),
    )
    const ids = Array.from({ length: 50_000 }, (_, k) => `t${k}`)
    expect(circleAmong(ids, (id) => (id === 't49999' ? [] : [`t${Number(id.slice(1)) + 1}`]))).toBeUndefined()
    expect(circleAmong(ids, (id) => [`t${(Number(id.slice(1)) + 1) % 50_000}`])).toHaveLength(50_000)
    expect(circleAmong(['a', 'b', 'c'], (id) => ({ a: ['b'], b: ['c', 'x'], c: ['b'] })[id] ?? [])).toEqual(['b', 'c'])
  })
})

describe('what was expected', () => {
  /** Words of documents, the same in every language. */
  const SAME = /^kind: facility, roster|^chance: and after:$/

  it('is said in every language, with what was filled in', async () => {
    expect(expectations.size).toBeGreaterThan(40)
    for (const language of LANGUAGES) {
      if (language === 'en') continue
      const words = await expectationsOf(language)
      const left = [...expectations].filter((said) => !SAME.test(said) && expectedIn(words, said) === said)
      expect(left, language).toEqual([])
      for (const said of EXPECTED) {
        const slots = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([slot]) => slot).sort()
        expect(slots(words![said]), `${language}: ${said}`).toEqual(slots(said))
      }
    }
    const russian = await expectationsOf('ru')
    expect(expectedIn(russian, '2 × officer with key cell on duty at Mon 22:00')).toBe(
      '2 × officer с ключом cell на дежурстве в это время: Mon 22:00',
    )
    expect(expectedIn(russian, 'nothing like it')).toBe('nothing like it')
  })
})

describe('the shipped packs', () => {
  const content = new URL('../../content/', import.meta.url).pathname

  it('are read without a complaint, and every study with each of its options can be played', () => {
    const library = new Library().addFolder(content)
    for (const entry of library.all('study')) {
      const options = Object.keys((entry.raw as { options?: object }).options ?? {})
      for (const chosen of [[], ...options.map((o) => [o])]) {
        const result = assemble(library.bundle(entry), { options: chosen })
        expect('problems' in result ? result.problems : []).toEqual([])
        if ('scene' in result) compile(result.scene)
      }
    }
    expect(library.all('study').length).toBeGreaterThanOrEqual(12)
  })

  it('have every text in English and Russian', () => {
    const missing: string[] = []
    const look = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return
      if ('en' in value && !('ru' in value)) missing.push(path)
      for (const [key, part] of Object.entries(value)) look(part, `${path}.${key}`)
    }
    for (const folder of ['training', 'cases'])
      for (const entry of new Library().addFolder(join(content, folder)).all()) look(entry.raw, entry.file)
    expect(missing).toEqual([])
  })

  it('have an establishment and plans of the size that the product promises', () => {
    const library = new Library().addFolder(join(content, 'training'))
    const facility = library.find('facility', 'training-establishment')!.raw as unknown as { zones: Record<string, { type: string }> }
    expect(Object.keys(facility.zones).length).toBeGreaterThanOrEqual(60)
    expect(Object.values(facility.zones).filter((z) => z.type === 'wing').length).toBe(8)
    for (const plan of library.all('plan')) {
      const tasks = Object.values((plan.raw as unknown as { tasks: Record<string, { level: string }> }).tasks)
      expect(tasks.length).toBeGreaterThanOrEqual(15)
      expect(tasks.length).toBeLessThanOrEqual(40)
      expect(new Set(tasks.map((t) => t.level)).size).toBe(4)
    }
    expect(readdirSync(join(content, 'training', 'plans')).length).toBe(6)
  })

  it('hold no data about any person: places and posts have numbers, never names', () => {
    const words = /\b(surname|first name|date of birth|religion|ethnicity|nationality|patronymic)\b/i
    const files = ['training', 'reference'].flatMap((folder) =>
      new Library()
        .addFolder(join(content, folder))
        .all()
        .map((e) => e.file),
    )
    for (const file of files) expect(readFileSync(file, 'utf8')).not.toMatch(words)
  })
})
