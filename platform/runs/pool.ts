/** Workers that play nights together. The order in which they answer does not matter: results are put together by block. */
import { blocksFor, Summary } from '@aman/kernel/experiment/summary'
import type { Model } from '@aman/kernel/world/model'
import type { StudyBundle } from '../packs/bundle.ts'
import type { Answer, Case, Request, Sample } from './protocol.ts'

/** One worker, however it is reached. */
export interface Port {
  send(request: Request): void
  onAnswer(listener: (answer: Answer) => void): void
  onFailure(listener: (error: Error) => void): void
  close(): void
}

export interface Run {
  readonly case: Case
  readonly model: Model
  readonly seed: number
  /** Play this many nights at most. */
  readonly nights: number
  /** Asked after every block, in the order of the nights: whether that is enough. */
  readonly enough?: (summary: Summary) => boolean
  /** Is told of every piece of the result as it comes. */
  readonly onProgress?: (summary: Summary) => void
  readonly signal?: AbortSignal
}

export interface RunResult {
  readonly summary: Summary
  /** Seconds from the first block's being handed out to the last one's coming back. */
  readonly seconds: number
  /** Ended before all nights were played. */
  readonly stopped: boolean
}

/** Blocks are handed out in pieces of about this many milliseconds. */
const PIECE = 40
/** Pieces that a worker has at hand at a time, so that it never waits for the next. */
const AT_HAND = 2
/** Nights for which room is made at once: memory that is not touched costs nothing. */
const MOST_EXPECTED = 4_000_000
/** Models that workers keep. */
const MOST_HELD = 8

export class Pool {
  readonly #ports: readonly Port[]
  /** Models that all workers hold, the one used last at the end. */
  readonly #held = new Map<Case, number>()
  readonly #studies = new Map<StudyBundle, number>()
  #models = 0
  #tickets = 0
  #running: ((answer: Answer, port: number) => void) | undefined
  #failed: ((error: Error) => void) | undefined

  constructor(ports: readonly Port[]) {
    this.#ports = ports
    ports.forEach((port, i) => {
      port.onAnswer((answer) => this.#running?.(answer, i))
      port.onFailure((error) => this.#failed?.(error))
    })
  }

  get threads(): number {
    return this.#ports.length
  }

  close(): void {
    for (const port of this.#ports) port.close()
  }

  /** Plays the nights of `run`. One run at a time. */
  async run(run: Run): Promise<RunResult> {
    return this.#play(await this.load(run.case), run)
  }

  /** Makes sure that all workers have the model of a case, so that a run of the same (identical) case begins at once. */
  async load(what: Case): Promise<number> {
    const held = this.#held.get(what)
    if (held !== undefined) {
      this.#held.delete(what)
      this.#held.set(what, held)
      return held
    }
    const model = this.#models++
    await this.#load(model, what)
    this.#held.set(what, model)
    for (const [oldest, number] of this.#held) {
      if (this.#held.size <= MOST_HELD) break
      this.#held.delete(oldest)
      for (const port of this.#ports) port.send({ do: 'forget', model: number })
    }
    return model
  }

  /** Samples of the first `nights` nights of each case, each played by one worker; undefined for those that were not played
   * before `signal`. `onDone` is told of every one. */
  sample(cases: readonly Case[], seed: number, nights: number, signal?: AbortSignal, onDone?: () => void): Promise<(Sample | undefined)[]> {
    return new Promise((resolve, reject) => {
      const samples = new Array<Sample | undefined>(cases.length)
      const first = this.#tickets
      this.#tickets += cases.length
      let next = 0
      let out = 0
      const end = () => {
        if (out === 0 && (next >= cases.length || signal?.aborted === true)) resolve(samples)
      }
      const hand = (port: number) => {
        if (next >= cases.length || signal?.aborted === true) return
        const { bundle, ...choice } = cases[next]!
        this.#ports[port]!.send({ do: 'sample', ticket: first + next, study: this.#know(bundle), choice, seed, nights })
        next++
        out++
      }
      this.#listen(reject, (answer, port) => {
        if (answer.did !== 'sample' || answer.ticket < first) return
        out--
        samples[answer.ticket - first] = answer.sample
        onDone?.()
        hand(port)
        end()
      })
      for (let k = 0; k < AT_HAND; k++) for (let port = 0; port < this.#ports.length; port++) hand(port)
      end()
    })
  }

  /** The number by which all workers know a bundle. */
  #know(bundle: StudyBundle): number {
    const known = this.#studies.get(bundle)
    if (known !== undefined) return known
    const study = this.#studies.size
    this.#studies.set(bundle, study)
    for (const port of this.#ports) port.send({ do: 'know', study, bundle })
    return study
  }

  #load(model: number, what: Case): Promise<void> {
    return new Promise((resolve, reject) => {
      let left = this.#ports.length
      this.#listen(reject, (answer) => {
        if (answer.did === 'load' && answer.model === model && --left === 0) resolve()
      })
      const { bundle, ...choice } = what
      const study = this.#know(bundle)
      for (const port of this.#ports) port.send({ do: 'load', model, study, choice })
    })
  }

  #play(model: number, { model: compiled, seed, nights, enough, onProgress, signal }: Run): Promise<RunResult> {
    return new Promise((resolve, reject) => {
      const { blocks, last } = blocksFor(nights)
      const summary = new Summary(compiled, Math.min(nights, MOST_EXPECTED), enough)
      const ticket = this.#tickets++
      const began = performance.now()
      let next = 0
      let size = 1
      let out = 0
      let stopped = false
      const end = () => {
        signal?.removeEventListener('abort', stop)
        resolve({ summary, seconds: (performance.now() - began) / 1000, stopped: stopped || summary.nights < nights })
      }
      const hand = (port: number) => {
        if (next >= blocks || stopped) return
        const to = Math.min(blocks, next + size)
        this.#ports[port]!.send({ do: 'play', ticket, model, seed, from: next, to, lastBlock: blocks - 1, last })
        next = to
        out++
      }
      const stop = () => {
        if (stopped) return
        stopped = true
        end()
      }
      this.#listen(reject, (answer, port) => {
        if (answer.did !== 'play' || answer.ticket !== ticket || stopped) return
        out--
        // Pieces grow while they are quick, so that messages cost little.
        const perBlock = answer.milliseconds / answer.results.length
        size = Math.max(
          1,
          Math.min(2 * size, Math.round(PIECE / Math.max(perBlock, 0.01)), Math.ceil((blocks - next) / (2 * this.#ports.length)) || 1),
        )
        hand(port)
        for (const result of answer.results) summary.add(result)
        onProgress?.(summary)
        if (summary.closed) return stop()
        if (out === 0 && next >= blocks) end()
      })
      signal?.addEventListener('abort', stop, { once: true })
      if (signal?.aborted === true) return stop()
      for (let k = 0; k < AT_HAND; k++) for (let port = 0; port < this.#ports.length; port++) hand(port)
      if (blocks === 0) end()
    })
  }

  #listen(reject: (error: Error) => void, listener: (answer: Answer, port: number) => void): void {
    this.#failed = reject
    this.#running = (answer, port) => {
      if (answer.did === 'fail') reject(new Error(answer.message))
      else listener(answer, port)
    }
  }
}
