/** Work that would hold a server's one thread, done beside it: one after another, for so long at most. */
import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { InputError, Refusal } from '../contracts/errors.ts'
import type { Outcome } from './answering.ts'

export interface AsideOptions {
  /** Milliseconds after which a request is given up, and its thread with it. */
  readonly longest: number
  /** Requests that wait; further ones are refused. */
  readonly mostWaiting: number
}

interface Job<Request, Answer> {
  readonly request: Request
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
}

/** Milliseconds after which a thread with nothing to do goes, and its memory with it. */
const IDLE = 60_000

export class Aside<Request, Answer> {
  readonly #script: URL
  readonly #options: AsideOptions
  readonly #jobs: Job<Request, Answer>[] = []
  #worker: Worker | undefined
  #timer: NodeJS.Timeout | undefined

  /** `script` names what has been built of a file that calls {@link answering}. */
  constructor(script: URL, options: AsideOptions) {
    this.#script = script
    this.#options = options
  }

  /** Throws what the thread has thrown: an {@link InputError} as such, and a {@link Refusal} if it takes or waits too long. */
  ask(request: Request): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#jobs.length > this.#options.mostWaiting) return reject(new Refusal('service-busy'))
      this.#jobs.push({ request, resolve, reject })
      if (this.#jobs.length === 1) this.#next()
    })
  }

  #next(): void {
    clearTimeout(this.#timer)
    const [job] = this.#jobs
    if (job === undefined) {
      this.#worker?.unref()
      this.#timer = setTimeout(() => this.#end(), IDLE).unref()
      return
    }
    try {
      this.#worker ??= this.#begin()
      this.#worker.ref()
      this.#timer = setTimeout(() => this.#fail(new Refusal('service-busy')), this.#options.longest)
      this.#worker.postMessage(job.request)
    } catch (error) {
      // What cannot be begun or sent is not waited for.
      this.#fail(error as Error)
    }
  }

  #begin(): Worker {
    const worker = new Worker(this.#script)
    // What a thread says after it has been given up is nobody's answer.
    const ifCurrent = (then: () => void) => {
      if (this.#worker === worker) then()
    }
    worker.on('message', (outcome: Outcome) =>
      ifCurrent(() => {
        const job = this.#jobs.shift()!
        if ('answer' in outcome) job.resolve(outcome.answer as Answer)
        else if ('problems' in outcome) job.reject(new InputError(outcome.problems))
        else job.reject(new Error(outcome.fault))
        this.#next()
      }),
    )
    worker.on('error', (error) => ifCurrent(() => this.#fail(error as Error)))
    worker.on('exit', (code) => ifCurrent(() => this.#fail(new Error(`a thread has ended with ${code}`))))
    return worker
  }

  /** The thread is gone or goes; whoever waits is served by the next one. */
  #fail(error: Error): void {
    this.#end()
    this.#jobs.shift()?.reject(error)
    this.#next()
  }

  #end(): void {
    const worker = this.#worker
    this.#worker = undefined
    void worker?.terminate()
  }
}

/** What is built of `name` beside the file whose `import.meta.url` is `from`, also when sources are run. */
export function builtBeside(from: string, name: string): URL {
  const folder = new URL('.', from).pathname.split('/').at(-2)!
  const found = [`./${name}.js`, `../dist/${folder}/${name}.js`].map((path) => new URL(path, from)).find((url) => existsSync(url))
  if (found === undefined) throw new Error(`${name} has not been built`)
  return found
}
