/** A worker of a browser. */
import { makeWorker } from './worker.ts'

onmessage = (() => {
  const handle = makeWorker(
    (answer) => postMessage(answer),
    () => performance.now(),
  )
  return (event: MessageEvent) => handle(event.data)
})()
