/** What the page asks of the server: requests, what is kept of the answers, and the live channel that says when to ask again. */
import { QueryClient, useMutation, useQuery } from '@tanstack/react-query'
import type { StateWire } from '../access/schema.ts'

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

export async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  let response: Response
  try {
    response = await fetch(path, {
      method,
      ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    })
  } catch {
    throw new Refused({ title: '', status: 0, code: 'no-connection', detail: '', instance: '' })
  }
  const text = await response.text()
  const told = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : undefined
  if (response.ok && told !== undefined) return told as T
  throw new Refused(told ?? { title: response.statusText, status: response.status, code: 'service-busy', detail: '', instance: '' })
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
    queryFn: () => ask<T>('GET', path),
    enabled,
  })
}

/** Something that somebody does. `then` names what is to be asked for again. */
export function useDeed<T, V>(work: (values: V) => Promise<T>, ...then: readonly (readonly string[])[]) {
  return useMutation<T, Refused, V>({
    mutationFn: work,
    onSettled: () => Promise.all(then.map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
}

/** Who is signed in, and what can be done if nobody is. */
export function useAccess() {
  const path = '/api/access/state'
  return useQuery<StateWire, Refused>({
    queryKey: ['access', 'state', path],
    queryFn: () => ask<StateWire>('GET', path),
    // Without a server the questions are there at once, and the house as soon as it answers.
    retry: false,
    refetchInterval: ({ state }) => (state.error === null ? false : 5000),
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
