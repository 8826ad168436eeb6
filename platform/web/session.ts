/** The runs behind the page: a question opened, played, compared; one after another on one pool of workers. */
import { wilson } from '@aman/kernel/experiment/statistics'
import { looksBy, zAtLook } from '@aman/kernel/experiment/stopping'
import type { EntityRef } from '@aman/kernel/experiment/variants'
import { candidatesWithout } from '../plans/entities.ts'
import { type StressReport, stressReport } from '../plans/report.ts'
import { browserPool } from '../runs/browser.ts'
import { type Effects, findEffects } from '../runs/effects.ts'
import { type Prepared, prepare } from '../runs/model.ts'
import type { Pool } from '../runs/pool.ts'
import type { Case } from '../runs/protocol.ts'
import { type StressResult, stress } from '../runs/stress.ts'

/** A case with its model: what the page shows and workers hold. */
export interface Question {
  readonly case: Case
  readonly prepared: Prepared
}

export interface Answer {
  readonly result: StressResult
  readonly report: StressReport
}

/** Paired nights for comparing options, and for weak links: screening and measuring. */
export const COMPARED = 4096
const SCREENED = 128
const MEASURED = 1024
/** Nights played unseen after loading, so that workers are at full speed when somebody presses Run. */
const WARMED = 512

let session: Session | undefined

/** The one session of this page: its workers are started once. */
export function theSession(): Session {
  session ??= new Session()
  return session
}

export class Session {
  readonly #pool: Pool = browserPool()
  /** Runs wait for each other. */
  #queue: Promise<unknown> = Promise.resolve()

  get threads(): number {
    return this.#pool.threads
  }

  #then<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#queue.then(work, work)
    this.#queue = next.catch(() => undefined)
    return next
  }

  /** Loads a question into the workers and plays some nights unseen. */
  open(question: Question, signal: AbortSignal): Promise<void> {
    return this.#then(async () => {
      if (signal.aborted) return
      await this.#pool.run({ case: question.case, model: question.prepared.model, seed: -1, nights: WARMED, signal })
    })
  }

  run(question: Question, seed: number, nights: number, signal: AbortSignal, onProgress: (answer: Answer) => void): Promise<Answer> {
    return this.#then(async () => {
      const { case: what, prepared } = question
      const answer = (result: StressResult): Answer => ({ result, report: stressReport(result, prepared.scene, seed, this.threads) })
      let shown = 0
      const result = await stress(this.#pool, {
        case: what,
        model: prepared.model,
        seed,
        nights,
        signal,
        onProgress: (summary) => {
          const now = performance.now()
          if (summary.nights === 0 || now - shown < 120) return
          shown = now
          onProgress(answer(partOf(summary, now)))
        },
      })
      return answer(result)
    })
  }

  /** The same question with other options, on the same nights as `seed` gives. */
  compare(question: Question, seed: number, signal: AbortSignal): Promise<StressResult> {
    return this.#then(() => stress(this.#pool, { case: question.case, model: question.prepared.model, seed, nights: COMPARED, signal }))
  }

  weaknesses(
    question: Question,
    answer: Answer,
    seed: number,
    signal: AbortSignal,
    onProgress: (done: number, all: number) => void,
  ): Promise<Effects<EntityRef>> {
    return this.#then(() =>
      findEffects(this.#pool, {
        base: question.case,
        seed,
        candidates: candidatesWithout(question.case, question.prepared.scene, answer.result.summary),
        screening: SCREENED,
        measuring: MEASURED,
        signal,
        onProgress,
      }),
    )
  }
}

function partOf(summary: StressResult['summary'], now: number): StressResult {
  const { probability, low, high } = partial(summary.hits, summary.nights)
  return { summary, seconds: now / 1000, stopped: true, looks: 1, probability, low, high }
}

/** What is known after some of the nights, with an interval that allows for having looked. */
function partial(hits: number, nights: number): { probability: number; low: number; high: number } {
  return { probability: hits / nights, ...wilson(hits, nights, zAtLook(looksBy(nights))) }
}

/** The question of a study with these options, or undefined if its documents cannot be used. */
export function questionOf(bundle: Case['bundle'], options: readonly string[]): Question | undefined {
  const what: Case = { bundle, options }
  const prepared = prepare(what)
  return 'problems' in prepared ? undefined : { case: what, prepared }
}
