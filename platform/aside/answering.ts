/** The other end: a thread that answers what it is asked. */
import { parentPort } from 'node:worker_threads'
import { InputError, type Problem } from '../contracts/errors.ts'

export type Outcome = { readonly answer: unknown } | { readonly problems: readonly Problem[] } | { readonly fault: string }

/** Answers each request with what `work` makes of it. Called once, by the file that a thread runs. */
export function answering<Request>(work: (request: Request) => unknown): void {
  parentPort!.on('message', async (request: Request) => parentPort!.postMessage(await outcomeOf(work, request)))
}

async function outcomeOf<Request>(work: (request: Request) => unknown, request: Request): Promise<Outcome> {
  try {
    return { answer: await work(request) }
  } catch (error) {
    return error instanceof InputError ? { problems: error.problems } : { fault: (error as Error).stack ?? String(error) }
  }
}
