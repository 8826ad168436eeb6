/** A worker thread of Node. */
import { parentPort } from 'node:worker_threads'
import { makeWorker } from './worker.ts'

const port = parentPort!
port.on(
  'message',
  makeWorker(
    (answer) => port.postMessage(answer),
    () => performance.now(),
  ),
)
