/** aman stress */
import { existsSync, writeFileSync } from 'node:fs'
import type { EntityRef } from '@aman/kernel/experiment/variants'
import { InputError } from '../contracts/errors.ts'
import { type Language, textIn } from '../contracts/languages.ts'
import type { StudyDocuments } from '../packs/scene.ts'
import { candidatesWithout, type EntityEffect, entityReport, nameOf, titleOf } from '../plans/entities.ts'
import { measureTitle } from '../plans/measures.ts'
import { type StressReport, stressReport } from '../plans/report.ts'
import { isInVain, neverCame, SELDOM, taskOf } from '../plans/telling.ts'
import { Wording } from '../plans/wording.ts'
import { FORMATS, type Format } from '../reports/content.ts'
import { stressContent } from '../reports/stress.ts'
import { write } from '../reports/writing.ts'
import { type Effect, findEffects } from '../runs/effects.ts'
import { nodePool } from '../runs/node.ts'
import { stress } from '../runs/stress.ts'
import { ENGLISH, wordsOf } from '../words/dictionary.ts'
import { InputArgument } from './arguments.ts'
import { endProgress, interruptible, print, printJson, progress } from './console.ts'
import type { StudyOptions } from './options.ts'
import { choicesOf } from './options.ts'
import { findStudy, narrowed, prepareStudy } from './studies.ts'
import { duration, histogram, percent, quantity, table } from './words.ts'

export interface StressOptions extends StudyOptions {
  readonly replications: number
  readonly precision?: number
  readonly threat?: string
  readonly weaknesses: boolean
  /** Where to write the result as a file for people. */
  readonly report?: string
  readonly language: Language
}

export async function stressCommand(name: string, options: StressOptions): Promise<number> {
  if (options.report !== undefined) formatOf(options.report)
  const found = narrowed(findStudy(name, options.pack), options.threat)
  const { prepared, case: what } = prepareStudy(found, choicesOf(options))
  const { model, scene, documents } = prepared
  const signal = interruptible()
  const pool = nodePool(options.threads, options.replications)
  try {
    const result = await stress(pool, {
      case: what,
      model,
      seed: options.seed,
      nights: options.replications,
      ...(options.precision === undefined ? {} : { precision: options.precision }),
      signal,
      onProgress: (s) => progress(`${s.nights} of ${options.replications} nights · ${percent(s.hits / Math.max(1, s.nights))} succeed`),
    })
    endProgress()
    const candidates = options.weaknesses ? candidatesWithout(what, scene, result.summary) : []
    const weak = await findEffects(pool, {
      base: what,
      seed: options.seed,
      candidates,
      screening: 128,
      measuring: 1024,
      signal,
      onProgress: (done, all) => progress(`looking for the weakest links: ${done} of ${all}`),
    })
    endProgress()
    const report = stressReport(result, scene, options.seed, pool.threads)
    const weaknesses = weak.effects.map((e) => entityReport(e, documents))
    if (options.report !== undefined) {
      const { language } = options
      const content = stressContent({
        words: await wordsOf(language),
        language,
        bundle: what.bundle,
        documents,
        report,
        summary: result.summary,
        standard: documents.study.standard?.['at-least'] ?? null,
        weakest: options.weaknesses ? weak.effects.filter(({ success }) => success.high < 0).map((e) => linkOf(e, documents)) : null,
        versions: [],
        moment: new Date(),
      })
      writeFileSync(options.report, await write(content, formatOf(options.report)), { flag: 'wx' })
      if (!options.json) print(`${options.report} has been written.`)
    }
    if (options.json) printJson({ study: found.entry.id, options: options.option, ...report, weaknesses })
    else printStress(report, result.summary, weaknesses, weak.effects, result.stopped, textIn(found.entry.title, 'en'), documents)
    return 0
  } finally {
    pool.close()
  }
}

const linkOf = ({ of, success: { difference, low, high } }: Effect<EntityRef>, documents: StudyDocuments) => ({
  title: { en: nameOf(of, documents, 'en'), ru: nameOf(of, documents, 'ru') },
  difference,
  low,
  high,
})

/** By the end of its name; refused before any night is played. */
function formatOf(file: string): Format {
  const format = FORMATS.find((one) => file.endsWith(`.${one}`))
  if (format === undefined) throw new InputArgument('--report', `a file that ends in ${FORMATS.map((one) => `.${one}`).join(', ')}`, file)
  if (existsSync(file)) throw new InputError([{ code: 'file-exists', path: [], found: file }])
  return format
}

function printStress(
  report: StressReport,
  summary: Parameters<typeof stressReport>[0]['summary'],
  weaknesses: readonly EntityEffect[],
  effects: readonly Effect<unknown>[],
  stopped: boolean,
  title: string,
  documents: StudyDocuments,
): void {
  const name = (measure: string) => measureTitle(measure, documents, 'en')
  const wording = new Wording({ marks: Object.assign({}, ...documents.plans.map((plan) => plan.marks)) }, 'en', ENGLISH)
  const needsOf = (id: string) => taskOf(documents.plans, id)!.needs.map((need) => wording.need(need))
  const waitsFor = (id: string) => wording.begins(taskOf(documents.plans, id)!)
  const { success, measures } = report
  const { model } = summary
  print(title)
  print()
  if (success.probability !== null) {
    const range = `${percent(success.low)} to ${percent(success.high)}`
    print(`The plan succeeds in ${percent(success.probability)} of ${report.replications} nights (${range}).`)
  } else print(`${report.replications} nights; the plan does not say what success is.`)
  for (const c of report.criteria) {
    const unit = measures[c.measure]!.unit
    const line = c.atMost === null ? `at least ${quantity(c.atLeast, unit)}` : `at most ${quantity(c.atMost, unit)}`
    print(`  ${name(c.measure)} ${line}: ${percent(c.share)} of nights`)
  }
  if (stopped) print(`Stopped early: this is what is known so far${success.looks > 0 ? '; the interval allows for that' : ''}.`)
  const clock = model.clock >= 0 ? model.marks.names[model.clock]! : 'plan-complete'
  const index = model.measures.findIndex((m) => m.name === clock)
  print()
  print(`${name(clock)}, over all nights:`)
  for (const line of histogram(summary.column(index), model.measures[index]!.unit)) print(line)
  print()
  const rows = Object.entries(measures)
    .filter(([, m]) => m.reached > 0 && !(m.p95 === 0 && m.mean === 0))
    .map(([id, m]) => [
      name(id),
      quantity(m.mean, m.unit),
      quantity(m.p05, m.unit),
      quantity(m.p50, m.unit),
      quantity(m.p95, m.unit),
      percent(m.reached, 0),
    ])
  for (const line of table([['measure', 'mean', '5 %', 'median', '95 %', 'reached'], ...rows])) print(line)
  const critical = [...report.tasks].filter((t) => t.critical > SELDOM).sort((a, b) => b.critical - a.critical)
  if (critical.length > 0) {
    print()
    print('Tasks that decide when it ends:')
    const lines = critical
      .slice(0, 8)
      .map((t) => [t.id, percent(t.critical, 0), duration(t.waited), duration(t.walked), duration(t.worked)])
    for (const line of table([['task', 'critical', 'waits', 'walks', 'works'], ...lines])) print(line)
  }
  const idle = report.tasks.filter(isInVain).sort((a, b) => a.begun / a.ready - b.begun / b.ready)
  if (idle.length > 0) {
    print()
    print('Tasks that mostly wait in vain (nobody free with all that is needed and a way there, or too late; see replay --details):')
    const lines = idle.slice(0, 8).map((t) => [t.id, percent(t.ready, 0), percent(t.begun, 0), needsOf(t.id).join(', ')])
    for (const line of table([['task', 'could begin', 'begins', 'needs'], ...lines])) print(line)
  }
  const dormant = report.tasks.filter(neverCame)
  if (dormant.length > 0) {
    print()
    print('Tasks that came up in none of these nights, and what they wait for:')
    for (const line of table([['task', 'waits for'], ...dormant.slice(0, 12).map((t) => [t.id, waitsFor(t.id)])])) print(line)
  }
  if (weaknesses.length > 0) {
    print()
    print(`Weakest links: what the absence of each costs (paired nights; intervals hold for all ${effects.length} together):`)
    for (const line of table([['without', 'chance of success', 'interval', clock], ...weaknesses.slice(0, 8).map(weaknessRow)])) print(line)
  }
  print()
  print(
    `seed ${report.seed} · model ${report.model} · digest ${report.digest} · ${report.threads} threads · ${report.seconds.toFixed(2)} s`,
  )
}

export function weaknessRow(e: EntityEffect): string[] {
  const points = (x: number) => `${x > 0 ? '+' : ''}${(100 * x).toFixed(1)}`
  const clock = e.clock.difference === null ? '–' : `${e.clock.difference > 0 ? '+' : ''}${duration(e.clock.difference)}`
  return [
    titleOf(e),
    `${points(e.success.difference ?? 0)} points`,
    `${points(e.success.low ?? 0)} to ${points(e.success.high ?? 0)}`,
    clock,
  ]
}
