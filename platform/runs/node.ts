/** A pool of Node's worker threads. */
import { existsSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import { Pool, type Port } from './pool.ts'
import type { Answer } from './protocol.ts'

/** From so many nights on, compiling longer in order to run faster pays (docs/performance.md). */
const LONG = 30_000

/** Megabytes that a worker fills before it looks for what can go: what a block leaves behind is short-lived. */
const YOUNG = 4

/** How much the compiler may put in line: its own default for short work, more for long. Results do not depend on it. */
function setBudget(nights: number): void {
  const [one, all] = nights < LONG ? [460, 920] : [2500, 6000]
  setFlagsFromString(`--max-inlined-bytecode-size=${one}`)
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${all}`)
}

/** Workers run what is built, also when the sources are run. */
const SCRIPT = ['../worker/worker.node.mjs', '../dist/worker/worker.node.mjs']
  .map((path) => new URL(path, import.meta.url))
  .find((url) => existsSync(url))!

/** A pool of `threads` worker threads, for about `nights` nights in all. Close it when done: it keeps the process alive. */
export function nodePool(threads: number, nights: number): Pool {
  setBudget(nights)
  return new Pool(Array.from({ length: threads }, port))
}

function port(): Port {
  const worker = new Worker(SCRIPT, { resourceLimits: { maxYoungGenerationSizeMb: YOUNG } })
  return {
    send: (request) => worker.postMessage(request),
    onAnswer: (listener) => worker.on('message', (answer: Answer) => listener(answer)),
    onFailure: (listener) => worker.on('error', (error) => listener(error as Error)),
    close: () => void worker.terminate(),
  }
}
