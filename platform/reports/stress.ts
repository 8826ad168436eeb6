/** A stress test on paper: the answer, how the nights differ, what is weak, the plan, where the numbers come from. */
import type { Summary } from '@aman/kernel/experiment/summary'
import { valueAt } from '../contracts/findings.ts'
import { DRAFTED, dayIn, type Language, numberIn, type Text, textIn } from '../contracts/languages.ts'
import type { StudyBundle } from '../packs/bundle.ts'
import type { Raw } from '../packs/parse.ts'
import type { StudyDocuments } from '../packs/scene.ts'
import { measureTitle, ofHundred, timeIn, valueIn } from '../plans/measures.ts'
import type { StressReport } from '../plans/report.ts'
import { headline, hindered, rawsOf, type Say, standingBehind, taskOf } from '../plans/telling.ts'
import { type Dictionary, filled, type Word } from '../words/dictionary.ts'
import { amount, type Block, type Report } from './content.ts'
import { histogram, map } from './figures.ts'

export interface StressContent {
  readonly words: Dictionary
  readonly language: Language
  /** Of which place; absent: the product’s own content. */
  readonly place?: Text
  readonly bundle: StudyBundle
  readonly documents: StudyDocuments
  readonly report: StressReport
  readonly summary: Summary
  readonly standard: number | null
  /** null: nobody has looked. */
  readonly weakest: readonly WeakLink[] | null
  /** The versions that were played. */
  readonly versions: readonly { readonly title: Text; readonly version: number; readonly status: string }[]
  readonly moment: Date
}

export interface WeakLink {
  readonly title: Text
  readonly difference: number
  readonly low: number
  readonly high: number
}

/** That the words of this language were drafted by machine, in them. */
export const draftedIn = (language: Language): readonly string[] => (DRAFTED[language] === undefined ? [] : [DRAFTED[language]])

export function stressContent(what: StressContent): Report {
  const { words, language, documents, report, place, moment } = what
  const t = (word: Word, parts?: Readonly<Record<string, string | number>>) => filled(words[word], parts)
  const n = numberIn(report.replications, 0, language)
  return {
    language,
    title: textIn(documents.study.title, language),
    lines: [
      [place === undefined ? undefined : textIn(place, language), t('reportStress')].filter((part) => part !== undefined).join(' · '),
      dayIn(moment, language),
      ...draftedIn(language),
    ],
    moment: Math.floor(moment.getTime() / 1000),
    blocks: [
      { kind: 'answer', text: headline(report, t, language) },
      { kind: 'text', text: t('reportNights', { n, seed: report.seed }) },
      ...(what.standard === null
        ? []
        : [{ kind: 'text' as const, text: `${t('standardOf', { p: ofHundred(what.standard, language) })}. ${t('standard')}` }]),
      ...criteria(what, t),
      ...distribution(what, t),
      ...weakest(what, t),
      { kind: 'heading', text: t('map') },
      {
        kind: 'figure',
        svg: map(documents.facility, language),
        says: t('mapLabel', {
          name: textIn(documents.facility.title, language),
          zones: what.summary.model.zones.count,
          doors: what.summary.model.doors.count,
        }),
        caption: textIn(documents.facility.title, language),
      },
      ...measures(what, t),
      ...tasks(what, t),
      ...sources(
        rawsOf(what.bundle),
        [documents.study, documents.facility, documents.roster, ...documents.plans, ...Object.values(documents.threats)],
        t,
        language,
      ),
      ...method(what, t),
    ],
  }
}

function criteria({ report, documents, language }: StressContent, t: Say): Block[] {
  if (report.criteria.length === 0) return []
  const items = report.criteria.map(({ measure, atMost, atLeast, share }) => {
    const what = measureTitle(measure, documents, language)
    const value = valueIn(atMost ?? atLeast, report.measures[measure]!.unit, language)
    return `${t(atMost === null ? 'atLeast' : 'atMost', { what, value })} – ${t('heldIn', { p: ofHundred(share, language) })}`
  })
  return [
    { kind: 'text', text: t('successIs') },
    { kind: 'list', items },
  ]
}

function distribution({ report, summary, documents, language }: StressContent, t: Say): Block[] {
  const { model } = summary
  const name = model.clock >= 0 ? model.marks.names[model.clock]! : 'plan-complete'
  const index = model.measures.findIndex((m) => m.name === name)
  const { unit } = model.measures[index]!
  const criterion = report.criteria.find((c) => c.measure === name)
  const value = criterion?.atMost ?? criterion?.atLeast
  const line =
    criterion === undefined || value === null || value === undefined
      ? undefined
      : { value, atMost: criterion.atMost !== null, says: t('line', { value: valueIn(value, unit, language) }) }
  const drawn = histogram({ values: summary.column(index), unit, line, language })
  if (drawn === '') return []
  const { p05, p50, p95 } = report.measures[name]!
  const title = measureTitle(name, documents, language)
  const [low, middle, high] = [p05, p50, p95].map((v) => valueIn(v, unit, language))
  return [
    { kind: 'heading', text: t('distribution') },
    { kind: 'figure', svg: drawn, says: `${title}: 5 % ${low}, ${t('middleValue')} ${middle}, 95 % ${high}`, caption: title },
  ]
}

function weakest({ weakest: links, language }: StressContent, t: Say): Block[] {
  if (links === null) return []
  const points = (value: number) => `${value > 0.0005 ? '+' : ''}${numberIn(100 * value, 1, language)}`
  if (links.length === 0)
    return [
      { kind: 'heading', text: t('weakest') },
      { kind: 'text', text: t('weakestNone') },
    ]
  return [
    { kind: 'heading', text: t('weakest') },
    {
      kind: 'table',
      title: t('weakest'),
      head: [t('without'), t('effect'), t('interval')],
      rows: links.map((link) => [
        textIn(link.title, language),
        amount(points(link.difference), link.difference, '%'),
        `${points(link.low)} … ${points(link.high)}`,
      ]),
      widths: [4, 1, 2],
    },
    { kind: 'text', text: t('caution') },
  ]
}

interface Source {
  readonly title: string
  readonly by?: string | undefined
  readonly year?: number | string | undefined
  readonly confidence: string
}

const share = (of: number, language: Language) => amount(`${numberIn(100 * of, 0, language)} %`, of, '%')

function measures({ report, documents, language }: StressContent, t: Say): Block[] {
  const rows = Object.entries(report.measures)
    .filter(([, m]) => m.reached > 0 && !(m.p95 === 0 && m.mean === 0))
    .map(([name, m]) => [
      measureTitle(name, documents, language),
      ...[m.p05, m.p50, m.p95].map((value) => amount(valueIn(value, m.unit, language), value, m.unit)),
      share(m.reached, language),
    ])
  return [
    { kind: 'heading', text: t('allMeasures') },
    {
      kind: 'table',
      title: t('allMeasures'),
      head: [t('measure'), t('lowValue'), t('middleValue'), t('highValue'), t('reached')],
      rows,
      widths: [4, 1.5, 1.5, 1.5, 1.2],
    },
  ]
}

function tasks({ report, documents, language }: StressContent, t: Say): Block[] {
  const several = documents.plans.length > 1
  return documents.plans.flatMap((plan): Block[] => {
    const own = report.tasks.filter((task) => !several || task.id.startsWith(`${plan.id}/`))
    if (own.length === 0) return []
    return [
      { kind: 'heading', text: textIn(plan.title, language) },
      {
        kind: 'table',
        title: textIn(plan.title, language),
        head: [t('task'), t('level'), t('reached'), t('critical'), t('waits'), t('walks'), t('lasts')],
        rows: own.map((task) => {
          const hindrance = hindered(task)
          const title = taskOf(documents.plans, task.id)?.title ?? { en: task.id }
          return [
            `${textIn(title, language)}${hindrance === undefined ? '' : ` (${t(hindrance).toLowerCase()})`}`,
            t(task.level as Word),
            share(task.done, language),
            share(task.critical, language),
            ...[task.waited, task.walked, task.worked].map((seconds) => amount(timeIn(seconds, language), seconds, 's')),
          ]
        }),
        widths: [4, 2, 1.2, 1.4, 1.2, 1.2, 1.2],
      },
    ]
  })
}

/** Every source and assumption behind the numbers of `raws`. */
export function sources(
  raws: readonly Raw[],
  documents: Parameters<typeof standingBehind<Source>>[1],
  t: Say,
  language: Language,
): Block[] {
  const { counts, sources: cited, assumptions } = standingBehind(raws, documents)
  return [
    { kind: 'heading', text: t('sources') },
    { kind: 'text', text: t('sourcesLead', counts) },
    ...(cited.length === 0
      ? []
      : [
          {
            kind: 'table' as const,
            title: t('source'),
            head: [t('source'), t('checked')],
            rows: cited.map((s) => [
              [s.by, s.title, s.year].filter((part) => part !== undefined).join('. '),
              t(`confidence:${s.confidence}` as Word),
            ]),
            widths: [5, 1.5],
          },
        ]),
    ...(assumptions.length === 0
      ? []
      : [
          {
            kind: 'table' as const,
            title: t('assumption'),
            head: [t('assumption'), t('document'), t('owner')],
            rows: assumptions.map((a) => [textIn(a.text, language), textIn(a.of, language), `${a.owner}, ${a.date}`]),
            widths: [4, 2, 1.5],
          },
        ]),
  ]
}

function method({ report, versions, language, bundle }: StressContent, t: Say): Block[] {
  return [
    { kind: 'heading', text: t('method') },
    { kind: 'text', text: t('methodText', { model: report.model, digest: report.digest }) },
    { kind: 'text', text: `${report.engine} · ${t('seed')} ${report.seed} · ${String(valueAt(bundle.study, ['id']))}` },
    ...(versions.length === 0
      ? []
      : [
          {
            kind: 'table' as const,
            title: t('reportPlayed'),
            head: [t('document'), t('version'), t('status')],
            rows: versions.map((v) => [textIn(v.title, language), String(v.version), t(`is-${v.status}` as Word)]),
            widths: [5, 1, 1.5],
          },
        ]),
  ]
}
