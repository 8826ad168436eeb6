import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { CONTENT } from '../../packs/library.ts'
import type { Raw } from '../../packs/parse.ts'
import { checkText } from '../../packs/text.ts'
import { withImported } from '../screens/drawing-import.tsx'
import { remarksOn } from './checks.ts'
import { copyZones, edited, put, removeZone } from './edit.ts'
import { readGeo } from './geo.ts'
import { aligned, boxOf, distanceTo, levelled, liesIn, rectangle, sharedArea } from './geometry.ts'
import { merged } from './merge.ts'
import { Naming } from './naming.ts'
import { readRows, tableOf, withRows } from './rows.ts'
import { afterReview, coverage, draftsIn, missingIn, overtaken, textsIn } from './texts.ts'

/** Two rooms of 10 × 8 metres side by side, at 42.87° north, with a doorway between them. */
const east = (metres: number) => 74.6 + metres / (111_195 * Math.cos((42.87 * Math.PI) / 180))
const south = (metres: number) => 42.87 - metres / 111_195
const corner = (x: number, y: number) => [east(x), south(y)]
const room = (x: number) => [[corner(x, 0), corner(x + 10, 0), corner(x + 10, 8), corner(x, 8), corner(x, 0)]]
const IMDF = [
  { name: 'level.geojson', features: [{ id: 'l1', type: 'Feature', feature_type: 'level', properties: { ordinal: 2 }, geometry: null }] },
  {
    name: 'unit.geojson',
    features: [
      {
        id: 'u1',
        type: 'Feature',
        feature_type: 'unit',
        properties: { name: { en: 'Guard room', ru: 'Караул' }, category: 'room', level_id: 'l1' },
        geometry: { type: 'Polygon', coordinates: room(0) },
      },
      {
        id: 'u2',
        type: 'Feature',
        feature_type: 'unit',
        properties: { name: 'Guard room', category: 'outdoors', level_id: 'l1' },
        geometry: { type: 'MultiPolygon', coordinates: [room(10)] },
      },
    ],
  },
  {
    name: 'opening.geojson',
    features: [
      {
        id: 'o1',
        type: 'Feature',
        feature_type: 'opening',
        properties: {},
        geometry: { type: 'LineString', coordinates: [corner(10, 3), corner(10, 5)] },
      },
      { id: 'x', type: 'Feature', feature_type: 'amenity', properties: {}, geometry: { type: 'Point', coordinates: corner(2, 2) } },
    ],
  },
].map(({ name, features }) => ({ name, text: JSON.stringify({ type: 'FeatureCollection', features }) }))

describe('a floor plan from elsewhere', () => {
  it('becomes zones in metres, doors between them, floors and names', () => {
    const { zones, doors, left } = readGeo(IMDF)
    expect(zones.map(({ id, level, outside }) => [id, level, outside])).toEqual([
      ['guard-room', 2, false],
      ['guard-room-2', 2, true],
    ])
    expect(zones[0]!.title).toEqual({ en: 'Guard room', ru: 'Караул' })
    expect(zones[1]!.outline).toEqual([
      [10, 0],
      [20, 0],
      [20, 8],
      [10, 8],
    ])
    expect(doors).toEqual([{ id: 'door-in-1', between: ['guard-room', 'guard-room-2'], at: [10, 4] }])
    expect(left).toBe(1)
  })

  it('is taken into a facility that stays in order, beside what is there', () => {
    const text = readFileSync(join(CONTENT, 'training/facility.yaml'), 'utf8')
    const taken = withImported(text, parse(text) as Raw, readGeo(IMDF))
    const { raw } = checkText(taken, '')
    const { zones, doors } = raw as unknown as { zones: Record<string, unknown>; doors: Record<string, unknown> }
    const before = parse(text) as { zones: object; doors: object }
    expect(Object.keys(zones).length).toBe(Object.keys(before.zones).length + 2)
    expect(Object.keys(doors).length).toBe(Object.keys(before.doors).length + 1)
    expect(withImported(taken, parse(taken) as Raw, readGeo(IMDF))).toContain('guard-room-2-2')
  })

  it('keeps floors apart, and knows degrees from metres', () => {
    const floor = (level: string, name: string) =>
      [0, 10].map((x) => ({
        id: `${name}${x}`,
        type: 'Feature',
        feature_type: 'unit',
        properties: { name: `${name} ${x}`, level_id: level },
        geometry: { type: 'Polygon', coordinates: room(x) },
      }))
    const opening = (level: string) => ({
      type: 'Feature',
      feature_type: 'opening',
      properties: { level_id: level },
      geometry: { type: 'LineString', coordinates: [corner(10, 3), corner(10, 5)] },
    })
    const levels = [0, 1].map((ordinal) => ({
      id: `l${ordinal}`,
      type: 'Feature',
      feature_type: 'level',
      properties: { ordinal },
      geometry: null,
    }))
    const text = JSON.stringify({
      type: 'FeatureCollection',
      features: [...levels, ...floor('l0', 'Ground'), ...floor('l1', 'Upper'), opening('l0'), opening('l1')],
    })
    const { zones, doors } = readGeo([{ name: 'a', text }])
    expect(zones.map(({ id, level }) => `${id} ${level}`)).toEqual(['ground-0 0', 'ground-10 0', 'upper-0 1', 'upper-10 1'])
    expect(doors.map(({ between }) => [...between].sort())).toEqual([
      ['ground-0', 'ground-10'],
      ['upper-0', 'upper-10'],
    ])
    // A site of two kilometres is two kilometres.
    const wide = { type: 'Polygon', coordinates: [[corner(0, 0), corner(2000, 0), corner(2000, 900), corner(0, 900), corner(0, 0)]] }
    const [site] = readGeo([{ name: 'b', text: JSON.stringify({ type: 'Feature', properties: { name: 'Site' }, geometry: wide }) }]).zones
    expect(boxOf(site!.outline).width).toBeCloseTo(2000, -1)
    expect(boxOf(site!.outline).height).toBeCloseTo(900, -1)
  })

  it('is refused in words if it is none, whatever it is', () => {
    for (const [text, says] of [
      ['{', 'geoNoJson'],
      ['null', 'geoNoFeatures'],
      ['[]', 'geoNoFeatures'],
      ['{"type":"FeatureCollection"}', 'geoNoFeatures'],
    ] as const)
      expect(() => readGeo([{ name: 'plan.json', text }])).toThrow(says)
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 5 }), { maxLength: 5 }), (features) => {
        const wild = features.map((feature) => (typeof feature === 'object' && feature !== null && !Array.isArray(feature) ? feature : {}))
        const { zones } = readGeo([{ name: 'x', text: JSON.stringify({ type: 'FeatureCollection', features: wild }) }])
        return zones.every((zone) => zone.outline.every((point) => point.every(Number.isFinite)))
      }),
      { numRuns: 300, seed: 20261122 },
    )
  })
})

describe('drawing', () => {
  it('lays edges that are near each other on each other, and leaves others where they are', () => {
    const box = { x: 10.4, y: 3, width: 5, height: 5 }
    expect(aligned(box, [{ x: 0, y: 20, width: 10, height: 2 }], 0.6)).toEqual({ ...box, x: 10 })
    expect(aligned(box, [{ x: 0, y: 20, width: 9, height: 2 }], 0.6)).toEqual(box)
    expect(
      distanceTo(
        [
          [0, 0],
          [4, 0],
          [4, 4],
          [0, 4],
        ],
        [2, 2],
      ),
    ).toBe(0)
    expect(
      distanceTo(
        [
          [0, 0],
          [4, 0],
          [4, 4],
          [0, 4],
        ],
        [7, 8],
      ),
    ).toBe(5)
  })

  it('lays several zones on one line, and knows which lie within a frame', () => {
    const boxes = new Map(['a', 'b'].map((id, k) => [id, { x: 3 * k, y: 5 * k, width: 2 + k, height: 4 }]))
    const at = (edge: Parameters<typeof levelled>[1]) => [...levelled(boxes, edge).values()].map(({ x, y }) => [x, y])
    expect(at('left')).toEqual([
      [0, 0],
      [0, 5],
    ])
    expect(at('right')).toEqual([
      [4, 0],
      [3, 5],
    ])
    expect(at('top')).toEqual([
      [0, 0],
      [3, 0],
    ])
    expect(at('bottom')).toEqual([
      [0, 5],
      [3, 5],
    ])
    const frame = boxOf(rectangle([0, 0], [10, 10]))
    expect(liesIn(rectangle([1, 1], [10, 9]), frame)).toBe(true)
    expect(liesIn(rectangle([1, 1], [11, 9]), frame)).toBe(false)
  })

  it('remarks on zones that no way leads to, locks without a key, and cells that nobody sees', () => {
    const facility = {
      types: { cell: { kind: 'cell', cells: { count: 1 } } },
      zones: { a: { outline: [] }, b: { type: 'cell', outline: [] }, c: { type: 'cell', outline: [] } },
      doors: { d: { between: ['a', 'b'], normally: 'locked' } },
      sensors: { s: { covers: ['b'] } },
    }
    expect(remarksOn(facility as unknown as Raw).map(({ what, id }) => `${what} ${id}`)).toEqual(['no-key d', 'unreachable c', 'unseen c'])
  })

  it('are zones that lie on each other, have the same name, or whose outline crosses itself', () => {
    const zone = (title: string, outline: readonly (readonly [number, number])[], level = 0) => ({ title, outline, level })
    const zones = {
      yard: zone('Yard', rectangle([0, 0], [40, 40])),
      // In the yard, as a hut is: nothing to remark.
      hut: zone('Hut', rectangle([5, 5], [10, 10])),
      beside: zone('Beside', rectangle([40, 0], [50, 10])),
      over: zone('Over', rectangle([45, 0], [55, 10])),
      above: zone('Above', rectangle([45, 0], [55, 10]), 1),
      twice: zone('beside ', [
        [60, 0],
        [70, 0],
        [65, 9],
      ]),
      again: zone('Again', [
        [60, 0],
        [70, 0],
        [65, 9],
      ]),
      bow: zone('Bow', [
        [80, 0],
        [90, 10],
        [90, 0],
        [80, 10],
      ]),
    }
    expect(
      remarksOn({ zones } as unknown as Raw)
        .filter(({ what }) => what !== 'unreachable')
        .map(({ what, id, other }) => `${what} ${id} ${other ?? ''}`.trim()),
    ).toEqual(['crossed bow', 'overlap beside over', 'overlap twice again', 'same-name twice beside'])
    expect(sharedArea(zones.beside.outline, zones.over.outline)).toBeCloseTo(50, 9)
    expect(sharedArea(zones.twice.outline, rectangle([65, -5], [100, 100]))).toBeCloseTo(22.5, 9)
  })

  it('is a tower from which nobody sees', () => {
    const zones = {
      tower: { kind: 'tower', outline: rectangle([0, 0], [4, 4]) },
      strip: { kind: 'yard', outline: rectangle([4, 0], [40, 4]) },
    }
    const doors = { d: { between: ['tower', 'strip'] } }
    const blind = (sensors: object) => remarksOn({ zones, doors, sensors } as unknown as Raw).map(({ what, id }) => `${what} ${id}`)
    expect(blind({})).toEqual(['blind tower'])
    expect(blind({ view: { covers: ['strip'], at: [2, 2] } })).toEqual([])
    expect(blind({ camera: { covers: ['strip'], at: [20, 2] } })).toEqual(['blind tower'])
  })

  it('takes away with a zone what would lead nowhere, and copies what sees nothing else', () => {
    const text = `zones:
  a: { outline: [[0, 0], [4, 0], [4, 4], [0, 4]] }
  b: { outline: [[4, 0], [8, 0], [8, 4], [4, 4]] }
doors: { d: { between: [a, b] } }
sensors: { one: { covers: [a] }, both: { covers: [a, b], at: [1, 1] } }
roles: { gate: a, yard: b }
`
    expect(parse(edited(text, (document) => removeZone(document, 'a')))).toMatchObject({
      zones: { b: {} },
      doors: {},
      sensors: { both: { covers: ['b'] } },
      roles: { yard: 'b' },
    })
    const copied = parse(copyZones(text, parse(text) as Raw, ['a', 'b'], [10, 0])) as { sensors: Record<string, unknown> }
    expect(copied.sensors).toMatchObject({ 'one-2': { covers: ['a-2'] }, 'both-2': { covers: ['a-2', 'b-2'], at: [11, 1] } })
  })

  it('are none of outlines and names in the establishments that come along', () => {
    for (const path of ['training/facility.yaml', 'cases/comayagua-2012/facility.yaml']) {
      const remarks = remarksOn(parse(readFileSync(join(CONTENT, path), 'utf8')) as Raw)
      expect(remarks.filter(({ what }) => ['overlap', 'same-name', 'crossed'].includes(what))).toEqual([])
    }
  })
})

describe('what two have changed', () => {
  const base = { title: 'Plan', tasks: { a: { duration: '1 min', needs: ['x'] }, b: { duration: '2 min' } } }

  it('is joined where it does not touch', () => {
    const theirs = { title: 'Plan', tasks: { a: { duration: '9 min', needs: ['x'] }, c: { duration: '3 min' } } }
    const own = { title: 'My plan', tasks: { a: { duration: '1 min', needs: ['y'] }, b: { duration: '2 min' } } }
    expect(merged(base, theirs, own)).toEqual({
      edits: [
        { path: ['tasks', 'a', 'duration'], value: '9 min' },
        { path: ['tasks', 'c'], value: { duration: '3 min' } },
        { path: ['tasks', 'b'] },
      ],
      clashes: [],
    })
  })

  it('is not where both have changed the same thing in another way', () => {
    const theirs = { ...base, title: 'Their plan', tasks: { ...base.tasks, a: undefined as never } }
    const own = { ...base, title: 'My plan', tasks: { ...base.tasks, a: { duration: '5 min', needs: ['x'] } } }
    expect(merged(base, JSON.parse(JSON.stringify(theirs)), own)).toEqual({ edits: [], clashes: [['title'], ['tasks', 'a']] })
    expect(merged(base, own, own)).toEqual({ edits: [], clashes: [] })
  })
})

describe('rows from a table', () => {
  const names = { title: 'Post', post: 'Where', skills: 'Skills', keys: 'Keys', day: 'Day', night: 'Night' }
  const shifts = ['day', 'night']
  const roster =
    'posts:\n  gate-officer: { title: { en: Gate officer, ru: Дежурный КПП }, post: gate, skills: [officer], shifts: { day: 2 } }\n'
  const taken = (pasted: string, text = roster) => {
    const { fields, rows } = readRows(tableOf(pasted), names)
    return parse(
      withRows({
        text,
        raw: parse(text) as Raw,
        rows,
        fieldOf: (k) => fields[k] ?? '',
        shifts,
        language: 'en',
        otherwise: 'gate',
        nameless: 'Post',
        names: {
          zones: new Naming([['clinic', { en: 'Health unit', ru: 'Медпункт' }]]),
          skills: new Naming([['nurse', { en: 'nurse', ru: 'медсестра' }]]),
          keys: new Naming(),
        },
      }),
    ).posts as Record<string, { post: string; skills: string[]; shifts: Record<string, number> }>
  }

  it('are posts, but for titles above, headings and what adds up', () => {
    const posts = taken(
      'Roster of January\t\t\t\nPost\tNight\tSkills\tWhere\nDog handler\t2 чел.\tofficer; dog handling\tKennel\nИтого:\t2\t\t',
    )
    expect(posts).toMatchObject({ 'dog-handler': { post: 'kennel', skills: ['officer', 'dog-handling'], shifts: { night: 2 } } })
    expect(Object.keys(posts)).toEqual(['gate-officer', 'dog-handler'])
  })

  it('change whoever is there already, under any of their names, and never take an id twice', () => {
    expect(taken('Post\tDay\tNight\nДЕЖУРНЫЙ КПП\t1,0\t3')).toMatchObject({
      'gate-officer': { post: 'gate', skills: ['officer'], shifts: { day: 1, night: 3 } },
    })
    expect(taken('Post\tNight\nGate officer\t3')).toMatchObject({ 'gate-officer': { shifts: { day: 2, night: 3 } } })
    expect(taken('Nurse\tМедпункт\tмедсестра, Officer\t1\t0').nurse).toMatchObject({ post: 'clinic', skills: ['nurse', 'officer'] })
    const twice = taken('Cook\tkitchen\tcook\t1\t0\nCook!\tkitchen\tcook\t0\t1')
    expect(Object.keys(twice)).toEqual(['gate-officer', 'cook'])
    expect(Object.keys(taken('厨师\tkitchen\tcook\t1\t0', 'posts: { post-1: { post: gate } }'))).toEqual(['post-1', 'post-1-2'])
    expect(taken('Cook\tkitchen\tcook\t1\t0', roster).cook).toMatchObject({ shifts: { day: 1 } })
  })
})

describe('the translation desk', () => {
  it('finds every text for people, and none that is not', () => {
    const plan = parse(readFileSync(join(CONTENT, 'training/plans/fire.yaml'), 'utf8')) as Raw
    const texts = textsIn(plan)
    const tasks = Object.keys((plan as unknown as { tasks: object }).tasks)
    for (const id of tasks) expect(texts.map((one) => one.path.join('.'))).toContain(`tasks.${id}.title`)
    expect(texts.some((one) => one.path.includes('sources'))).toBe(false)
    const { all, has } = coverage(plan)
    expect([has.en, has.ru, has['uz-Cyrl']]).toEqual([all, all, 0])
  })

  it('writes a translation where it belongs, and the document stays in order', () => {
    const text = readFileSync(join(CONTENT, 'training/plans/fire.yaml'), 'utf8')
    const all = textsIn(parse(text) as Raw)
    const translated = edited(text, (document) => {
      for (const { path, texts } of all) put(document, path, { ...texts, de: `de ${texts.en}` })
      put(document, ['drafted'], ['de'])
    })
    const { raw } = checkText(translated, '')
    expect(textsIn(raw).every((one) => one.texts.de === `de ${one.texts.en}`)).toBe(true)
    expect(textsIn(raw).map((one) => one.texts.en)).toEqual(all.map((one) => one.texts.en))
  })

  it('takes a language for a draft until a speaker has reviewed each of its texts', () => {
    const raw = parse(
      'title: { en: A plan, kk: Жоспар }\nsummary: { en: Short, kk: Қысқа }\nnote: { en: No Kazakh }\ndrafted: [kk, ky]',
    ) as Raw
    const texts = textsIn(raw)
    const begun = afterReview(draftsIn(raw), texts, 'kk', 'title', true)
    expect(begun).toEqual({ drafted: ['kk', 'ky'], reviewed: { kk: ['title'] } })
    expect(afterReview(begun, texts, 'kk', 'title', false)).toEqual({ drafted: ['kk', 'ky'], reviewed: {} })
    expect(afterReview(begun, texts, 'kk', 'summary', true)).toEqual({ drafted: ['ky'], reviewed: {} })
  })

  it('knows which translations are older than what they translate', () => {
    const version = (en: string, kk: string) => parse(`title: { en: ${en}, kk: ${kk} }\nsummary: { en: Short, kk: Қысқа }`) as Raw
    const versions = [version('A plan', 'Жоспар'), version('The plan', 'Жоспар')]
    expect([...overtaken(versions, 'en', 'kk')]).toEqual(['title'])
    expect([...overtaken([...versions, version('The plan', 'Осы жоспар')], 'en', 'kk')]).toEqual([])
    expect([...overtaken(versions, 'en', 'ky')]).toEqual([])
    expect(missingIn(versions[0]!, ['kk', 'ky', 'uz-Cyrl'])).toEqual([
      ['ky', 2],
      ['uz-Cyrl', 2],
    ])
    expect(missingIn(parse('title: { en: A, uz-Latn: B }') as Raw, ['uz-Cyrl'])).toEqual([])
  })
})
