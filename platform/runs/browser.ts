/** A pool of a browser's workers. */
import { Pool, type Port } from './pool.ts'

/** A pool with a worker for each processor, at most eight. */
export function browserPool(): Pool {
  const threads = Math.max(1, Math.min(8, navigator.hardwareConcurrency || 2))
  return new Pool(Array.from({ length: threads }, port))
}

function port(): Port {
  const worker = new Worker(new URL('./worker.browser.ts', import.meta.url), { type: 'module' })
  return {
    send: (request) => worker.postMessage(request),
    onAnswer: (listener) => worker.addEventListener('message', (event) => listener(event.data)),
    onFailure: (listener) => worker.addEventListener('error', (event) => listener(new Error(event.message))),
    close: () => worker.terminate(),
  }
}
