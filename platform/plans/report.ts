/** The result of a stress test as plain data: what the command line prints as JSON and the page shows. */
import { type MeanEstimate, meanOf, quantileOf } from '@aman/kernel/experiment/statistics'
import type { Summary } from '@aman/kernel/experiment/summary'
import { officerTallyAt, TASK_TALLY, taskTallyAt } from '@aman/kernel/experiment/tally'
import { OFFICER_NUMBER } from '@aman/kernel/world/layout'
import type { Scene } from '@aman/kernel/world/scene'
import type { StressResult } from '../runs/stress.ts'
import { Z } from '../runs/stress.ts'

/** Part of every result, so that one can tell what made it. */
export const ENGINE = 'aman-kernel 0.1.0'

export interface MeasureReport {
  readonly unit: string
  /** Of the nights in which it is finite. */
  readonly mean: number | null
  readonly meanLow: number | null
  readonly meanHigh: number | null
  readonly sd: number | null
  /** Quantiles over all nights; null where the mark was never reached. */
  readonly p05: number | null
  readonly p50: number | null
  readonly p95: number | null
  /** Share of nights in which a mark was reached; 1 for everything else. */
  readonly reached: number
}

export interface TaskReport {
  readonly id: string
  readonly level: string
  /** Shares of all nights: could have begun, did begin, and so on. */
  readonly ready: number
  readonly begun: number
  readonly done: number
  readonly failed: number
  readonly forgotten: number
  readonly skipped: number
  /** Share of nights in which it was on the way to the end: had it been shorter, the end would have come sooner. */
  readonly critical: number
  /** Mean seconds when begun: waiting for somebody free, on the way, at work. */
  readonly waited: number
  readonly walked: number
  readonly worked: number
  /** Skills that it asks for. */
  readonly needs: readonly string[]
}

export interface SkillReport {
  readonly skill: string
  /** People with it on duty on an average night, and the share of the time in which they are busy. */
  readonly onDuty: number
  readonly utilisation: number
  /** Mean seconds that all tasks asking for it waited together. */
  readonly waited: number
}

/** One of the criteria of success, and the share of nights that meet it. */
export interface CriterionReport {
  readonly measure: string
  readonly atMost: number | null
  readonly atLeast: number | null
  readonly share: number
}

export interface StressReport {
  readonly engine: string
  readonly model: string
  readonly seed: number
  readonly replications: number
  readonly threads: number
  readonly seconds: number
  readonly digest: string
  readonly success: { readonly probability: number | null; readonly low: number; readonly high: number; readonly looks: number }
  readonly criteria: readonly CriterionReport[]
  readonly measures: Readonly<Record<string, MeasureReport>>
  readonly tasks: readonly TaskReport[]
  readonly staff: readonly SkillReport[]
}

export function stressReport(result: StressResult, scene: Scene, seed: number, threads: number): StressReport {
  const { summary } = result
  const { model } = summary
  return {
    engine: ENGINE,
    model: model.hash,
    seed,
    replications: summary.nights,
    threads,
    seconds: result.seconds,
    digest: summary.digest,
    success: {
      probability: model.success.length === 0 ? null : finite(result.probability),
      low: result.low,
      high: result.high,
      looks: result.looks,
    },
    criteria: model.success.map(({ measure, low, high }) => ({
      measure: model.measures[measure]!.name,
      atMost: finite(high),
      atLeast: finite(low),
      share: shareWithin(summary.column(measure), low, high),
    })),
    measures: Object.fromEntries(model.measures.map((m, k) => [m.name, measureReport(m.unit, summary.column(k))])),
    tasks: tasksReport(summary, scene),
    staff: staffReport(summary, scene),
  }
}

function shareWithin(values: Float64Array, low: number, high: number): number {
  let count = 0
  for (const value of values) if (value >= low && value <= high) count++
  return values.length === 0 ? 0 : count / values.length
}

export function measureReport(unit: string, values: Float64Array): MeasureReport {
  const sorted = values.slice().sort()
  const estimate: MeanEstimate = meanOf(values, Z)
  return {
    unit,
    mean: finite(estimate.mean),
    meanLow: finite(estimate.low),
    meanHigh: finite(estimate.high),
    sd: finite(estimate.sd),
    p05: finite(quantileOf(sorted, 0.05)),
    p50: finite(quantileOf(sorted, 0.5)),
    p95: finite(quantileOf(sorted, 0.95)),
    reached: values.length === 0 ? 0 : estimate.count / values.length,
  }
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

function tasksReport(summary: Summary, scene: Scene): TaskReport[] {
  const { model, tally } = summary
  const nights = tally[0]!
  const several = scene.plans.length > 1
  const tasks = new Map(scene.plans.flatMap((plan) => plan.tasks.map((t) => [several ? `${plan.id}/${t.id}` : t.id, t])))
  return model.tasks.ids.flatMap((id, number): TaskReport[] => {
    const task = tasks.get(id)
    if (task === undefined) return []
    const at = taskTallyAt(number)
    const value = (name: (typeof TASK_TALLY)[number]) => tally[at + TASK_TALLY.indexOf(name)]!
    const share = (name: (typeof TASK_TALLY)[number]) => (nights > 0 ? value(name) / nights : 0)
    const mean = (name: (typeof TASK_TALLY)[number]) => (value('begun') > 0 ? value(name) / value('begun') : 0)
    return [
      {
        id,
        level: task.level,
        ready: share('ready'),
        begun: share('begun'),
        done: share('done'),
        failed: share('failed'),
        forgotten: share('forgotten'),
        skipped: share('skipped'),
        critical: share('critical'),
        waited: mean('waited'),
        walked: mean('walked'),
        worked: mean('worked'),
        needs: [...new Set(task.needs.map((need) => need.skill))],
      },
    ]
  })
}

function staffReport(summary: Summary, scene: Scene): SkillReport[] {
  const { model, tally } = summary
  const nights = tally[0]!
  const seconds = tally[1]!
  const tasks = tasksReport(summary, scene)
  return model.staff.skillNames.flatMap((skill, k): SkillReport[] => {
    const { start, items } = model.staff.bySkill
    let onDuty = 0
    let busy = 0
    for (let j = start[k]!; j < start[k + 1]!; j++) {
      const at = officerTallyAt(model, model.i[items[j]! + OFFICER_NUMBER]!)
      onDuty += tally[at]!
      busy += tally[at + 1]!
    }
    if (onDuty === 0) return []
    const meanOnDuty = onDuty / nights
    const waited = tasks.filter((t) => t.needs.includes(skill)).reduce((sum, t) => sum + t.waited * t.begun, 0)
    return [{ skill, onDuty: meanOnDuty, utilisation: seconds > 0 ? busy / (seconds * meanOnDuty) : 0, waited }]
  })
}
