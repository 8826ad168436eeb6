/** aman sensitivity */
import { type EntityRef, type FigureRef, figuresOf } from '@aman/kernel/experiment/variants'
import { textIn } from '../contracts/languages.ts'
import { candidatesWithout, type DifferenceReport, differenceReport, entityReport } from '../plans/entities.ts'
import { findEffects } from '../runs/effects.ts'
import { nodePool } from '../runs/node.ts'
import { stress } from '../runs/stress.ts'
import { endProgress, interruptible, print, printJson, progress } from './console.ts'
import { choicesOf, type StudyOptions } from './options.ts'
import { weaknessRow } from './stress.ts'
import { findStudy, prepareStudy } from './studies.ts'
import { duration, percent, table } from './words.ts'

/** Figures are varied by a fifth of their value, both ways. */
const LARGER = 1.25
const SMALLER = 0.8

type Varied = { readonly figure: FigureRef; readonly by: number }

export async function sensitivityCommand(name: string, options: StudyOptions): Promise<number> {
  const found = findStudy(name, options.pack)
  const { prepared, case: what } = prepareStudy(found, choicesOf(options))
  const { model, scene, documents } = prepared
  const signal = interruptible()
  const pool = nodePool(options.threads, Infinity)
  try {
    const base = await stress(pool, { case: what, model, seed: options.seed, nights: 4096, signal })
    const find = <T extends EntityRef | Varied>(title: string, candidates: Parameters<typeof findEffects<T>>[1]['candidates']) =>
      findEffects<T>(pool, {
        base: what,
        seed: options.seed,
        candidates,
        signal,
        onProgress: (done, all) => progress(`${title}: ${done} of ${all}`),
      })
    const missing = await find<EntityRef>('absences', candidatesWithout(what, scene, base.summary))
    const figures = await find<Varied>(
      'figures',
      figuresOf(scene).flatMap((figure) =>
        [LARGER, SMALLER].map((by) => ({ of: { figure, by }, case: { ...what, variation: { figure, by } } })),
      ),
    )
    endProgress()
    const absences = missing.effects.map((e) => entityReport(e, documents))
    const assumptions = figures.effects.map(({ of, success, clock, nights }) => ({
      figure: of.figure,
      by: of.by,
      success: differenceReport(success),
      clock: differenceReport(clock),
      nights,
    }))
    if (options.json) {
      printJson({
        study: found.entry.id,
        seed: options.seed,
        base: { probability: base.probability, low: base.low, high: base.high },
        absences,
        assumptions,
        screened: { absences: missing.screened, figures: figures.screened },
        withoutEffect: { absences: missing.without, figures: figures.without },
        caution: CAUTION,
      })
      return 0
    }
    print(textIn(found.entry.title, 'en'))
    print()
    print(
      `As it is: ${percent(base.probability)} of ${base.summary.nights} nights succeed (${percent(base.low)} to ${percent(base.high)}).`,
    )
    print()
    print(`What the absence of each costs (${missing.screened} tried, ${missing.without} made no difference to any night):`)
    for (const line of table([['without', 'chance of success', 'interval', 'clock'], ...absences.map(weaknessRow)])) print(line)
    print()
    print(`What hangs on the figures (${figures.screened} tried, each a quarter more and a fifth less):`)
    for (const line of table([['figure', 'chance of success', 'interval', 'clock'], ...assumptions.map(figureRow)])) print(line)
    print()
    print(CAUTION)
    return missing.stopped || figures.stopped ? 130 : 0
  } finally {
    pool.close()
  }
}

const CAUTION =
  'Many things were tried at once. Those shown stood out on one set of nights and were measured on another, with intervals that hold for all of them together; still, take a small effect as a hint and not as a finding.'

function figureRow({
  figure,
  by,
  success,
  clock,
}: Varied & { readonly success: DifferenceReport; readonly clock: DifferenceReport }): string[] {
  const name =
    figure.kind === 'duration'
      ? `${figure.task} lasts`
      : figure.kind === 'arrival'
        ? `${figure.agency} takes`
        : `${figure.threat}: ${figure.name}`
  const points = (x: number | null) => (x === null ? '–' : `${x > 0 ? '+' : ''}${(100 * x).toFixed(1)}`)
  return [
    `${name} × ${by}`,
    `${points(success.difference)} points`,
    `${points(success.low)} to ${points(success.high)}`,
    clock.difference === null ? '–' : `${clock.difference > 0 ? '+' : ''}${duration(clock.difference)}`,
  ]
}
