/** What a result says, for everything that tells of it: page, report and command line. */
import { type Language, numberIn, type Text } from '../contracts/languages.ts'
import type { StudyBundle } from '../packs/bundle.ts'
import type { TaskDocument } from '../packs/kinds/plan.ts'
import type { Raw } from '../packs/parse.ts'
import { numbersOf } from '../packs/provenance.ts'
import type { StudyDocuments } from '../packs/scene.ts'
import type { Word } from '../words/dictionary.ts'
import { ofHundred } from './measures.ts'
import type { StressReport, TaskReport } from './report.ts'

export type Say = (word: Word, parts?: Readonly<Record<string, string | number>>) => string

/** The answer in one sentence, with its interval. */
export function headline({ success, replications }: Pick<StressReport, 'success' | 'replications'>, t: Say, language: Language): string {
  const { probability, low, high } = success
  if (probability === null) return t('noCriteria')
  const parts = { n: numberIn(replications, 0, language), low: ofHundred(low, language), high: ofHundred(high, language) }
  if (probability === 0) return t('never', parts)
  return probability === 1 ? t('always', parts) : t('works', { ...parts, p: ofHundred(probability, language) })
}

/** Share of nights below which a task is not worth a word: what happens less often is chance. An assumption of ours. */
export const SELDOM = 0.02

/** Whether a task could begin, and in most of these nights did not: nobody had the skill and a way there, or it was too late. */
export const isInVain = ({ ready, begun }: Pick<TaskReport, 'ready' | 'begun'>): boolean => ready > SELDOM && begun < 0.5 * ready

/** The task of a result: several plans in force carry their names in front. */
export function taskOf(plans: StudyDocuments['plans'], id: string): TaskDocument | undefined {
  for (const plan of plans) {
    const task = plan.tasks[plans.length > 1 && id.startsWith(`${plan.id}/`) ? id.slice(plan.id.length + 1) : id]
    if (task !== undefined) return task
  }
  return undefined
}

/** Whether what a task waits for came about in no night at all. */
export const neverCame = ({ ready }: Pick<TaskReport, 'ready'>): boolean => ready === 0

/** What is to be said of a task whose turn did not come, or not in time; undefined if there is nothing. */
export function hindered(task: TaskReport): Word | undefined {
  if (neverCame(task)) return 'neverCame'
  return isInVain(task) ? 'seldom' : undefined
}

interface Sourced<Source> {
  readonly id: string
  readonly title: Text
  readonly sources: Readonly<Record<string, Source>>
  readonly assumptions: Readonly<Record<string, { readonly text: Text; readonly owner: string; readonly date: string }>>
}

export const rawsOf = ({ study, facility, roster, plans, threats }: StudyBundle): Raw[] => [
  study,
  facility,
  roster,
  ...plans,
  ...Object.values(threats),
]

/** How many numbers of `raws` there are, and what stands behind them in `documents`; each source once. */
export function standingBehind<Source extends { readonly title: string }>(raws: readonly Raw[], documents: readonly Sourced<Source>[]) {
  const numbers = raws.flatMap(numbersOf)
  const sourced = numbers.filter((one) => one.source !== undefined).length
  return {
    counts: { n: numbers.length, sourced, assumed: numbers.length - sourced },
    sources: [...new Map(documents.flatMap((d) => Object.values(d.sources).map((s) => [s.title, s] as const))).values()],
    assumptions: documents.flatMap((d) => Object.entries(d.assumptions).map(([id, a]) => ({ key: `${d.id}/${id}`, of: d.title, ...a }))),
  }
}
