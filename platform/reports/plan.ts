/** A contingency plan on paper: what it is for, who does what when, in the words of people. */

import { valueAt } from '../contracts/findings.ts'
import type { Language, Text } from '../contracts/languages.ts'
import { dayIn, textIn } from '../contracts/languages.ts'
import type { FacilityDocument } from '../packs/kinds/facility.ts'
import { LEVELS, type PlanDocument } from '../packs/kinds/plan.ts'
import type { RosterDocument } from '../packs/kinds/roster.ts'
import type { Raw } from '../packs/parse.ts'
import { Z95 } from '../packs/shapes.ts'
import { measureTitle, timeIn, valueIn } from '../plans/measures.ts'
import type { Say } from '../plans/telling.ts'
import { type Things, Wording } from '../plans/wording.ts'
import { type Dictionary, filled, type Word } from '../words/dictionary.ts'
import type { Block, Report } from './content.ts'
import { bars, map } from './figures.ts'
import { draftedIn, sources } from './stress.ts'

export interface PlanContent {
  readonly words: Dictionary
  readonly language: Language
  readonly place?: Text
  readonly plan: PlanDocument
  readonly raw: Raw
  readonly facility?: FacilityDocument | undefined
  readonly roster?: RosterDocument | undefined
  readonly version: number
  readonly status: string
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  readonly moment: Date
}

/** What ids of a plan stand for, where the documents that define them are at hand. */
function thingsOf(plan: Pick<PlanDocument, 'tasks' | 'marks'>, facility?: FacilityDocument, roster?: RosterDocument): Things {
  const roles = Object.entries(facility?.roles ?? {}).map(([role, zone]) => [role, facility?.zones[zone]] as const)
  return {
    tasks: plan.tasks,
    zones: { ...Object.fromEntries(roles), ...facility?.zones },
    doors: facility?.doors ?? {},
    agencies: roster?.agencies ?? {},
    sources: facility?.power.sources ?? {},
    equipment: roster?.equipment ?? {},
    marks: plan.marks,
  }
}

export function planContent(what: PlanContent): Report {
  const { words, language, plan, place, moment, version, status, decidedBy, decidedAt } = what
  const t: Say = (word, parts) => filled(words[word], parts)
  const wording = new Wording(thingsOf(plan, what.facility, what.roster), language, words)
  const approved =
    decidedBy !== null && decidedAt !== null && status === 'approved'
      ? `${t('decidedBy', { what: t('is-approved'), name: decidedBy })}, ${dayIn(decidedAt, language)}`
      : status === 'approved'
        ? t('shipped')
        : t('reportNotInForce')
  return {
    language,
    title: textIn(plan.title, language),
    lines: [
      [place === undefined ? undefined : textIn(place, language), `${t('version')} ${version}: ${t(`is-${status}` as Word)}`, approved]
        .filter((part) => part !== undefined)
        .join(' · '),
      dayIn(moment, language),
      ...draftedIn(language),
    ],
    moment: Math.floor(moment.getTime() / 1000),
    blocks: [
      ...(plan.purpose === undefined ? [] : [{ kind: 'answer' as const, text: textIn(plan.purpose, language) }]),
      ...criteria(what, t),
      // Who is there first comes first.
      ...[...LEVELS].reverse().flatMap((level) => ofLevel(what, level, wording, t)),
      ...durations(what, wording, t),
      ...mapOf(what, t),
      ...sources([what.raw], [plan], t, language),
      { kind: 'heading', text: t('method') },
      { kind: 'text', text: t('planMethod') },
    ],
  }
}

/** What takes how long, on one scale, as far as its author has said it in that way. */
function durations({ plan, language }: PlanContent, wording: Wording, t: Say): Block[] {
  const all = Object.values(plan.tasks).flatMap(({ title, duration }) => {
    const [usual, rare] =
      duration.kind === 'lognormal'
        ? [duration.median, duration.median * Math.exp(Z95 * duration.sigma)]
        : duration.kind === 'fixed'
          ? [duration.value, duration.value]
          : duration.kind === 'triangular' || duration.kind === 'pert'
            ? [duration.mode, duration.high]
            : [0, 0]
    return rare > 0 ? [{ title: textIn(title, language), usual, rare, says: wording.duration(duration) }] : []
  })
  if (all.length === 0) return []
  const says = all.map((one) => `${one.title}: ${one.says}`).join('; ')
  return [
    { kind: 'heading', text: t('lasts') },
    { kind: 'figure', svg: bars(all), says, caption: t('planDurations') },
  ]
}

function mapOf({ facility, language }: PlanContent, t: Say): Block[] {
  if (facility === undefined || Object.keys(facility.zones).length === 0) return []
  const name = textIn(facility.title, language)
  const [zones, doors] = [Object.keys(facility.zones).length, Object.keys(facility.doors).length]
  return [
    { kind: 'heading', text: t('map') },
    { kind: 'figure', svg: map(facility, language), says: t('mapLabel', { name, zones, doors }), caption: name },
  ]
}

function criteria({ plan, raw, roster, language }: PlanContent, t: Say): Block[] {
  if (plan.success.length === 0) return []
  const documents = { study: { threats: {} }, threats: {}, roster: roster ?? { agencies: {} }, plans: [plan] }
  const items = plan.success.map((c, k) => {
    const which = c['at-most'] === undefined ? 'at-least' : 'at-most'
    return t(which === 'at-least' ? 'atLeast' : 'atMost', {
      what: measureTitle(c.measure, documents, language),
      value: written(String(valueAt(raw, ['success', k, which]) ?? ''), c[which] ?? 0, language),
    })
  })
  return [
    { kind: 'text', text: t('successIs') },
    { kind: 'list', items },
  ]
}

/** With the unit in which the author has written it. */
function written(text: string, value: number, language: Language): string {
  if (/\d\s*(s|min|h|d)$/.test(text)) return timeIn(value, language)
  return valueIn(value, /persons?$/.test(text) ? 'persons' : '', language)
}

function ofLevel({ plan, language }: PlanContent, level: (typeof LEVELS)[number], wording: Wording, t: Say): Block[] {
  const tasks = Object.values(plan.tasks).filter((task) => task.level === level)
  if (tasks.length === 0) return []
  return [
    { kind: 'heading', text: t(level) },
    {
      kind: 'table',
      title: t(level),
      head: [t('task'), t('reportBegins'), t('needs'), t('lasts'), t('reportDoes')],
      rows: tasks.map((task) => [
        [textIn(task.title, language), task.guidance === undefined ? undefined : textIn(task.guidance, language)]
          .filter((part) => part !== undefined)
          .join('. '),
        wording.begins(task),
        wording.asks(task),
        wording.lasts(task),
        wording.does(task),
      ]),
      widths: [2.4, 2.4, 2, 1.6, 2],
    },
  ]
}
