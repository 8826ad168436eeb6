/** What the page asks of the server: requests, what is kept of the answers, and the live channel that says when to ask again. */
import { QueryClient, useMutation, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import type { StateWire } from '../access/schema.ts'
import { forgetAll, forgetForGood, keep, keptAt } from './kept.ts'

export interface ProblemDetails {
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly instance: string
  readonly problems?: readonly {
    readonly code: string
    readonly path: readonly (string | number)[]
    readonly says: string
    readonly advice: string
    readonly line?: number
    readonly column?: number
    readonly expected?: string
    readonly found?: string
  }[]
}

/** Thrown where the server refuses or does not answer. */
export class Refused extends Error {
  readonly problem: ProblemDetails

  constructor(problem: ProblemDetails) {
    super(`${problem.title} ${problem.detail}`)
    this.name = 'Refused'
    this.problem = problem
  }
}

/** In whose name this page acts: the server does nothing for anybody else who has signed in on the same browser since. */
let acting: string | undefined

const NO_CONNECTION: ProblemDetails = { title: '', status: 0, code: 'no-connection', detail: '', instance: '' }

/** Milliseconds. The slowest answer that we know of, a document of 900 kB being read, takes two seconds. */
const PATIENCE = 10_000

/** `as`: in whose name, if not in that of whoever is looking at the page. */
export async function ask<T>(method: string, path: string, body?: unknown, as = acting): Promise<T> {
  let response: Response
  try {
    response = await fetch(path, {
      method,
      // A line over which nothing comes is none.
      signal: AbortSignal.timeout(method === 'GET' ? PATIENCE : 2 * PATIENCE),
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(as === undefined || method === 'GET' || path.startsWith('/api/access/') ? {} : { 'X-Aman-Person': as }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  } catch {
    throw new Refused(NO_CONNECTION)
  }
  const text = await response.text().catch(() => {
    throw new Refused(NO_CONNECTION)
  })
  const told = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : undefined
  if (response.ok && told !== undefined) return told as T
  // A server in front of ours that cannot reach it answers in words of its own.
  if (told === undefined && [502, 503, 504].includes(response.status)) throw new Refused(NO_CONNECTION)
  throw new Refused(told ?? { title: response.statusText, status: response.status, code: 'service-busy', detail: '', instance: '' })
}

/** Whether the server answers, and if not, from when what is shown is. */
let since: number | undefined
const listeners = new Set<() => void>()
export const connection = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  /** Milliseconds since 1970; undefined while the server answers. */
  keptSince: () => since,
}
function noteConnection(at: number | undefined): void {
  if (since === at || (since !== undefined && at !== undefined)) return
  since = at
  for (const listener of listeners) listener()
}

/** What the server answers; without one, what was kept of it here as `path`. Throws {@link Refused} if nothing was. */
export async function read<T>(path: string, get: () => Promise<T> = () => ask<T>('GET', path)): Promise<T> {
  try {
    const answer = await get()
    noteConnection(undefined)
    void keep(path, answer)
    return answer
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.code !== 'no-connection') throw error
    const kept = await keptAt(path)
    if (kept === undefined) throw error
    noteConnection(kept.at)
    return kept.answer as T
  }
}

export const client = new QueryClient({
  defaultOptions: {
    queries: {
      // The live channel says when something has changed.
      staleTime: 60_000,
      retry: (failures, error) => failures < 2 && !(error instanceof Refused && error.problem.status >= 400 && error.problem.status < 500),
    },
  },
})

/** What the server answers at `path`, kept and asked for again when something there has changed. */
export function useServer<T>(path: string, enabled = true) {
  return useQuery<T, Refused>({
    queryKey: path.split('?')[0]!.split('/').slice(2).concat(path),
    queryFn: () => read<T>(path),
    networkMode: 'always',
    enabled,
  })
}

/** Something that somebody does. `then` names what is to be asked for again. */
export function useDeed<T, V>(work: (values: V) => Promise<T>, ...then: readonly (readonly string[])[]) {
  const underWay = useRef<{ readonly what: string | undefined; readonly done: Promise<T> }>(undefined)
  return useMutation<T, Refused, V>({
    // The second click of two is the same deed.
    mutationFn: (values) => {
      const what = JSON.stringify(values)
      if (underWay.current !== undefined && underWay.current.what === what) return underWay.current.done
      const done = work(values).finally(() => {
        if (underWay.current?.done === done) underWay.current = undefined
      })
      underWay.current = { what, done }
      return done
    },
    networkMode: 'always',
    onSettled: () => Promise.all(then.map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
}

const WHOSE = 'aman.kept-for'
const LEAVING = 'aman.leaving'

/** Signs out: at once for whoever looks at this browser, and on the server as soon as it answers. */
export async function leave(): Promise<void> {
  localStorage.setItem(LEAVING, '1')
  client.clear()
  await forgetForGood()
  await ask('POST', '/api/access/sign-out', {}).then(
    () => localStorage.removeItem(LEAVING),
    () => undefined,
  )
  location.reload()
}

/** Who is signed in, and what can be done if nobody is. */
export function useAccess() {
  const path = '/api/access/state'
  return useQuery<StateWire, Refused>({
    queryKey: ['access', 'state', path],
    queryFn: async () => {
      // Somebody has signed out when the server did not answer: that comes first, before anything is shown.
      if (localStorage.getItem(LEAVING) !== null) {
        await ask('POST', '/api/access/sign-out', {})
        localStorage.removeItem(LEAVING)
      }
      const state = await read<StateWire>(path)
      acting = state.oneself?.id
      // What was kept belongs to whoever is signed in, and to nobody else.
      const whose = state.oneself?.id ?? ''
      if (whose !== localStorage.getItem(WHOSE)) {
        await forgetAll()
        localStorage.setItem(WHOSE, whose)
        await keep(path, state)
      }
      return state
    },
    networkMode: 'always',
    // Without a server the questions are there at once, and the house as soon as it answers.
    retry: false,
    refetchInterval: ({ state }) => (state.error === null && since === undefined ? false : 5000),
  })
}

/** Listens until the answer is called. */
export function listen(): () => void {
  const source = new EventSource('/api/live')
  const about = (stream: string) => {
    const [kind, id] = stream.split('/') as [string, string]
    if (kind === 'document') return [['documents', id], ['establishments'], ['board']]
    if (kind === 'campaign') return [['board'], ['establishments']]
    if (kind === 'grants') return [['access']]
    return []
  }
  const keys = new Map<string, readonly string[]>()
  const askAgain = () => {
    for (const queryKey of keys.values()) void client.invalidateQueries({ queryKey })
    keys.clear()
  }
  source.addEventListener('change', (event) => {
    const { stream } = JSON.parse(event.data as string) as { stream: string }
    // Many changes at once are one.
    if (keys.size === 0) setTimeout(askAgain, 50)
    for (const key of about(stream)) keys.set(key.join('/'), key)
  })
  // Refused for good: the session has ended, perhaps.
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) void client.invalidateQueries({ queryKey: ['access'] })
  })
  source.addEventListener('anew', () => void client.invalidateQueries())
  return () => source.close()
}
