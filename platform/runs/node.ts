/** A pool of Node's worker threads. */
import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import { Pool, type Port } from './pool.ts'
import type { Answer } from './protocol.ts'

// The engine's small functions fit into one another; the default budget for doing so leaves a fifth of the speed unused
// (docs/performance.md). The flags only tell the compiler how much to inline; results do not depend on them.
setFlagsFromString('--max-inlined-bytecode-size=1000')
setFlagsFromString('--max-inlined-bytecode-size-cumulative=2500')

const SCRIPT = new URL('../worker/worker.node.mjs', import.meta.url)

/** A pool of `threads` worker threads. Close it when done: it keeps the process alive. */
export function nodePool(threads: number): Pool {
  return new Pool(Array.from({ length: threads }, port))
}

function port(): Port {
  const worker = new Worker(SCRIPT)
  return {
    send: (request) => worker.postMessage(request),
    onAnswer: (listener) => worker.on('message', (answer: Answer) => listener(answer)),
    onFailure: (listener) => worker.on('error', (error) => listener(error as Error)),
    close: () => void worker.terminate(),
  }
}
