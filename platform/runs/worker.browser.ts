/** A worker of a browser. */
import { makeWorker } from './worker.ts'

const handle = makeWorker(
  (answer) => postMessage(answer),
  () => performance.now(),
)
addEventListener('message', (event) => handle((event as MessageEvent).data))
