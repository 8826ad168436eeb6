/** Documents read without holding the server's one thread: the largest take seconds. */
import { Aside, builtBeside } from '../aside/aside.ts'
import { checkText, type ReadDocument } from '../packs/text.ts'
import type { Read, ToRead } from './reader.ts'

/** Characters that are read at once: a few milliseconds. */
const SHORT = 3000
/** Characters of a document in which something is found later on, and told with its line: a quarter of a second, where there is something. */
const LOCATED = 100_000

/** What somebody sends waits for what others send; what is kept does not wait for either. */
const QUEUES = {
  sent: new Aside<ToRead, Read>(builtBeside(import.meta.url, 'reader'), { longest: 15_000, mostWaiting: 20 }),
  kept: new Aside<ToRead, Read>(builtBeside(import.meta.url, 'reader'), { longest: 15_000, mostWaiting: 200 }),
}

/** As {@link checkText}; but what is found in a very long document later on, beside others, is told by its path alone. */
export async function readAside(text: string, file: string, queue: keyof typeof QUEUES = 'sent'): Promise<ReadDocument> {
  if (text.length <= SHORT) return checkText(text, file)
  const { kind, json } = await QUEUES[queue].ask({ text, file })
  let whole: ReadDocument | undefined
  return {
    file,
    kind,
    raw: JSON.parse(json),
    locate: (problem) => {
      if (text.length > LOCATED) return { ...problem, file }
      whole ??= checkText(text, file)
      return whole.locate(problem)
    },
  }
}
