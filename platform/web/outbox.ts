/** What somebody has done without a server: kept here, sent in order when it answers again, each under the name of its request, so that
 * what had arrived after all counts once. What somebody else has overtaken waits for a decision. */
import { createStore, del, entries, get, set } from 'idb-keyval'
import type { Text } from '../contracts/languages.ts'
import { ask, client, type ProblemDetails, Refused } from './server.ts'

export type What = 'version' | 'submit' | 'withdraw' | 'comment' | 'settle' | 'rehearse' | 'strike'

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
export function waitingVersion(
  document: string,
): { readonly id: string; readonly content: string; readonly basedOn: number; readonly at: number } | undefined {
  const one = waiting.filter((other) => other.document === document && other.what === 'version').at(-1)
  return one === undefined ? undefined : { id: one.id, content: String(one.body.content), basedOn: one.basedOn ?? 0, at: one.at }
}

/** Sends it now or, without a server, keeps it to be sent; what follows something that waits waits behind it. */
export async function sendOrKeep(order: Omit<Waiting, 'id' | 'at' | 'person'>): Promise<'sent' | 'kept'> {
  const before = waiting.filter((one) => one.document === order.document)
  if (before.length === 0) {
    try {
      await ask('POST', order.path, order.body)
      return 'sent'
    } catch (error) {
      if (!(error instanceof Refused) || error.problem.code !== 'no-connection') throw error
    }
  }
  // A version that nothing follows is replaced by the next one.
  const last = before.at(-1)
  await put({ ...order, id: order.body.request, at: Date.now(), person })
  if (order.what === 'version' && last?.what === 'version') await drop(last.id)
  if (before.length > 0) void send()
  return 'kept'
}

let sending: Promise<void> | undefined

/** Sends what waits, in order, as far as the server takes it. In one tab at a time. */
export function send(): Promise<void> {
  if (sending !== undefined) return sending
  const work: Promise<void> = (async () => {
    if (navigator.locks === undefined) await sendAll()
    else await navigator.locks.request('aman-outbox', sendAll)
  })()
  sending = work.finally(() => {
    sending = undefined
  })
  return sending
}

async function sendAll(): Promise<void> {
  const whose = person
  let changed = false
  for (const { id } of [...waiting]) {
    // As it is now: another tab may have sent or discarded it, and somebody else may have signed in.
    if (person !== whose) break
    const one = await get<Waiting>(id, opened())
    if (one === undefined) {
      tell(waiting.filter((other) => other.id !== id))
      continue
    }
    // What comes after something that was refused may lean on it.
    if (one.person !== whose || waiting.some((other) => other.document === one.document && other.refused !== undefined)) continue
    try {
      const body = one.what === 'version' ? { ...one.body, age: Math.max(0, Date.now() - one.at) } : one.body
      const { position } = await ask<{ position: number }>('POST', one.path, body, whose)
      changed = true
      await goOnFrom(one, position)
      await drop(one.id)
    } catch (error) {
      if (
        !(error instanceof Refused) ||
        ['no-connection', 'service-busy', 'storage-full', 'signed-out', 'requests-many'].includes(error.problem.code)
      )
        break
      changed = true
      await put({ ...one, refused: error.problem })
    }
  }
  if (changed) await client.invalidateQueries()
}

/** What followed `one` without a server follows it still: from where the document is now. */
async function goOnFrom({ id, document, body }: Waiting, position: number): Promise<void> {
  for (const other of waiting)
    if (other.id !== id && other.document === document && other.body.expected === body.expected)
      await put({ ...other, body: { ...other.body, expected: position } })
}

/** Sends it once more, on top of what is there now. */
export async function sendAgain(one: Waiting): Promise<void> {
  const { position } = await ask<{ position: number }>('GET', `/api/documents/${one.document}`)
  const { refused: _, ...rest } = one
  // Another request: the one before has been answered. Kept before the other goes.
  const request = crypto.randomUUID()
  await put({ ...rest, id: request, body: { ...one.body, expected: position, request } })
  await drop(one.id)
  await send()
}
