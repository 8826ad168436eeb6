/** What somebody has done without a server: kept here, sent in order when it answers again, each under the name of its request, so that
 * what had arrived after all counts once. What somebody else has overtaken waits for a decision. */
import { createStore, del, entries, set } from 'idb-keyval'
import type { Text } from '../contracts/languages.ts'
import { ask, client, type ProblemDetails, Refused } from './server.ts'

export type What = 'version' | 'submit' | 'withdraw' | 'comment' | 'settle'

export interface Waiting {
  /** Of the request. */
  readonly id: string
  readonly person: string
  readonly at: number
  readonly what: What
  readonly document: string
  readonly title: Text
  readonly path: string
  readonly body: { readonly expected: number; readonly request: string } & Readonly<Record<string, unknown>>
  /** Of a version: the one on which it was written. */
  readonly basedOn?: number
  /** Why it could not be sent. */
  readonly refused?: ProblemDetails
}

let store: ReturnType<typeof createStore> | undefined
const opened = () => {
  store ??= createStore('aman-outbox', 'waiting')
  return store
}

let person = ''
let waiting: readonly Waiting[] = []
const listeners = new Set<() => void>()
const tell = (next: readonly Waiting[]) => {
  waiting = next
  for (const listener of listeners) listener()
}

export const outbox = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  all: () => waiting,
}

/** What waits of this person in this browser, also from before a dead battery. */
export async function openOutbox(of: string): Promise<void> {
  if (person === of) return
  person = of
  const all = await entries<string, Waiting>(opened()).catch(() => [])
  tell(
    all
      .map(([, one]) => one)
      .filter((one) => one.person === of)
      .sort((a, b) => a.at - b.at),
  )
  await send()
}

async function put(one: Waiting): Promise<void> {
  await set(one.id, one, opened())
  tell([...waiting.filter((other) => other.id !== one.id), one].sort((a, b) => a.at - b.at))
}

/** No longer to be sent. */
export async function drop(id: string): Promise<void> {
  await del(id, opened())
  tell(waiting.filter((one) => one.id !== id))
}

/** The text of a version that waits, for who goes on writing. */
export function waitingVersion(document: string): { readonly id: string; readonly content: string; readonly basedOn: number } | undefined {
  const one = waiting.find((other) => other.document === document && other.what === 'version')
  return one === undefined ? undefined : { id: one.id, content: String(one.body.content), basedOn: one.basedOn ?? 0 }
}

/** Sends it now or, without a server, keeps it to be sent. */
export async function sendOrKeep(order: Omit<Waiting, 'id' | 'at' | 'person'>): Promise<'sent' | 'kept'> {
  try {
    await ask('POST', order.path, order.body)
    return 'sent'
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.code !== 'no-connection') throw error
    // Of a document only the last version that was written without a server.
    if (order.what === 'version') {
      const before = waitingVersion(order.document)
      if (before !== undefined) await drop(before.id)
    }
    await put({ ...order, id: order.body.request, at: Date.now(), person })
    return 'kept'
  }
}

let sending: Promise<void> | undefined

/** Sends what waits, in order, as far as the server takes it. */
export function send(): Promise<void> {
  sending ??= sendAll().finally(() => {
    sending = undefined
  })
  return sending
}

async function sendAll(): Promise<void> {
  /** Where a document is after what was sent of it just now: what followed without a server follows still. */
  const moved = new Map<string, { readonly from: number; readonly to: number }>()
  const held = new Set<string>()
  for (const one of waiting.filter((other) => other.refused === undefined)) {
    if (held.has(one.document)) continue
    const move = moved.get(one.document)
    const expected = move !== undefined && move.from === one.body.expected ? move.to : one.body.expected
    try {
      const { position } = await ask<{ position: number }>('POST', one.path, { ...one.body, expected })
      moved.set(one.document, { from: one.body.expected, to: position })
      await drop(one.id)
    } catch (error) {
      if (!(error instanceof Refused) || ['no-connection', 'service-busy', 'signed-out'].includes(error.problem.code)) break
      // What comes after it in the same document may lean on it.
      held.add(one.document)
      await put({ ...one, refused: error.problem })
    }
  }
  if (moved.size > 0 || held.size > 0) await client.invalidateQueries()
}

/** Sends it once more, on top of what is there now. */
export async function sendAgain(one: Waiting): Promise<void> {
  const { position } = await ask<{ position: number }>('GET', `/api/documents/${one.document}`)
  const { refused: _, ...rest } = one
  // Another request: the one before has been answered.
  await drop(one.id)
  const request = crypto.randomUUID()
  await put({ ...rest, id: request, body: { ...one.body, expected: position, request } })
  await send()
}
