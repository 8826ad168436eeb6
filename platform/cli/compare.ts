/** aman compare */

import { pairedDifference } from '@aman/kernel/experiment/statistics'
import { textIn } from '../contracts/languages.ts'
import type { OptionDocument } from '../packs/kinds/study.ts'
import { type DifferenceReport, differenceReport } from '../plans/entities.ts'
import { clockMeasure } from '../runs/model.ts'
import { nodePool } from '../runs/node.ts'
import { stress, Z } from '../runs/stress.ts'
import { InputArgument } from './arguments.ts'
import { endProgress, interruptible, print, printJson, progress } from './console.ts'
import type { StudyOptions } from './options.ts'
import { findStudy, prepareStudy } from './studies.ts'
import { percent, quantity, table } from './words.ts'

export interface CompareOptions extends StudyOptions {
  readonly replications: number
  /** The options that are named as one change. */
  readonly together: boolean
}

interface OptionReport {
  readonly title: string
  readonly price: { readonly amount: number; readonly currency: string; readonly per: string } | null
  readonly success: DifferenceReport & { readonly probability: number }
  /** Points of success bought for each thousand of the price. */
  readonly perThousand: number | null
  readonly measures: Readonly<Record<string, DifferenceReport & { readonly unit: string }>>
}

export async function compareCommand(name: string, options: CompareOptions): Promise<number> {
  const found = findStudy(name, options.pack)
  const at = options.at === undefined ? {} : { at: options.at }
  const base = prepareStudy(found, { options: [], ...at })
  const known = base.prepared.documents.study.options
  const chosen = options.option.length > 0 ? options.option : Object.keys(known)
  if (chosen.length === 0) throw new InputArgument('--option', 'a study with options', `${found.entry.id} has none`)
  if (options.together && chosen.length < 2) throw new InputArgument('--together', 'two or more --option', String(chosen.length))
  const changes = options.together ? [chosen] : chosen.map((id) => [id])
  const cases = changes.map((ids) => ({ id: ids.join(' + '), ids, ...prepareStudy(found, { options: ids, ...at }) }))
  const signal = interruptible()
  const pool = nodePool(options.threads, options.replications * (1 + cases.length))
  try {
    const play = async (title: string, { prepared, case: what }: Pick<(typeof cases)[number], 'prepared' | 'case'>) => {
      const result = await stress(pool, {
        case: what,
        model: prepared.model,
        seed: options.seed,
        nights: options.replications,
        signal,
        onProgress: (s) => progress(`${title}: ${s.nights} of ${options.replications} nights`),
      })
      return result
    }
    const before = await play('as it is', base)
    const reports: Record<string, OptionReport> = {}
    for (const option of cases) {
      const after = await play(option.id, option)
      if (after.stopped) break
      reports[option.id] = optionReport(
        option.ids.map((id) => known[id]!),
        before,
        after,
      )
    }
    endProgress()
    if (options.json) {
      printJson({
        study: found.entry.id,
        seed: options.seed,
        replications: before.summary.nights,
        base: { probability: before.probability, low: before.low, high: before.high, digest: before.summary.digest },
        options: reports,
      })
    } else printComparison(textIn(found.entry.title, 'en'), before, reports)
    return 0
  } finally {
    pool.close()
  }
}

type Result = Awaited<ReturnType<typeof stress>>

/** What several cost together; undefined unless all have a price of one kind. */
function priceOf(options: readonly OptionDocument[]): OptionDocument['price'] {
  const [first, ...others] = options.map(({ price }) => price)
  if (first === undefined || others.some((price) => price?.currency !== first.currency || price.per !== first.per)) return undefined
  return { ...first, amount: others.reduce((sum, price) => sum + price!.amount, first.amount) }
}

function optionReport(options: readonly OptionDocument[], before: Result, after: Result): OptionReport {
  const { model } = before.summary
  const success = pairedDifference(before.summary.success, after.summary.success, Z)
  const price = priceOf(options)
  const measures = model.measures.flatMap((m, k) => {
    const other = after.summary.model.measures.findIndex((o) => o.name === m.name)
    if (other < 0) return []
    return [
      [m.name, { unit: m.unit, ...differenceReport(pairedDifference(before.summary.column(k), after.summary.column(other), Z)) }] as const,
    ]
  })
  return {
    title: options.map(({ title }) => textIn(title, 'en')).join(' + '),
    price: price === undefined ? null : { amount: price.amount, currency: price.currency, per: price.per },
    success: { probability: after.probability, ...differenceReport(success) },
    perThousand: price === undefined || price.amount === 0 ? null : (100 * success.difference) / (price.amount / 1000),
    measures: Object.fromEntries(measures),
  }
}

function printComparison(title: string, before: Result, reports: Readonly<Record<string, OptionReport>>): void {
  const { model } = before.summary
  print(title)
  print()
  if (model.success.length > 0)
    print(
      `As it is: ${percent(before.probability)} of ${before.summary.nights} nights succeed (${percent(before.low)} to ${percent(before.high)}).`,
    )
  else print(`${before.summary.nights} nights; the plan does not say what success is.`)
  print()
  const clock = model.measures[clockMeasure(model)]!
  const points = (x: number | null) => (x === null ? '–' : `${x > 0 ? '+' : ''}${(100 * x).toFixed(1)}`)
  const rows = Object.values(reports)
    .sort((a, b) => (b.success.difference ?? 0) - (a.success.difference ?? 0))
    .map((r) => {
      const d = r.measures[clock.name]
      const change = d?.difference === null || d === undefined ? '–' : quantity(d.difference, clock.unit)
      const price = r.price === null ? '–' : `${r.price.amount} ${r.price.currency} ${r.price.per === 'once' ? 'once' : 'a year'}`
      return [
        r.title,
        percent(r.success.probability),
        `${points(r.success.difference)} points`,
        `${points(r.success.low)} to ${points(r.success.high)}`,
        change,
        price,
      ]
    })
  for (const line of table([['with', 'succeeds', 'difference', 'interval', clock.name, 'price'], ...rows])) print(line)
  print()
  print('Each row was played on the same nights as the plan as it is; prices are assumptions of the study.')
}
