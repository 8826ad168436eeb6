/** What somebody has read of the server, kept in this browser so that it can be read without one. It goes when they sign out, when
 * their session has ended, or when somebody else signs in. */
import { clear, createStore, del, entries, get, keys, set } from 'idb-keyval'

interface Kept {
  readonly at: number
  /** The program that kept it: another may expect answers of another shape. */
  readonly by: string
  readonly answer: unknown
}

/** What is kept: what one works with. Not who else there is, nor what they have done. */
const WORTH =
  /^\/api\/(access\/state|board|establishments\/[\w-]+\/(documents|names|bundle\?.*)|documents\/[\w-]+(\/versions\/\d+|\/changes.*)?)$/
const MOST = 500

let leaving = false
let store: ReturnType<typeof createStore> | undefined
const opened = () => {
  store ??= createStore('aman', 'kept')
  return store
}

/** Browsers that keep nothing (private windows, full disks) go on without. */
const quietly = <T>(work: () => Promise<T>): Promise<T | undefined> => work().catch(() => undefined)

export async function keep(path: string, answer: unknown): Promise<void> {
  if (leaving || !WORTH.test(path)) return
  await quietly(async () => {
    await set(path, { at: Date.now(), by: import.meta.url, answer } satisfies Kept, opened())
    if ((await keys(opened())).length <= MOST) return
    const all = await entries<string, Kept>(opened())
    const [oldest] = all.filter(([one]) => one !== '/api/access/state').sort(([, a], [, b]) => a.at - b.at)
    await del(oldest![0], opened())
  })
}

export async function keptAt(path: string): Promise<Kept | undefined> {
  const kept = WORTH.test(path) ? await quietly(() => get<Kept>(path, opened())) : undefined
  return kept?.by === import.meta.url ? kept : undefined
}

/** Somebody is leaving: nothing more of theirs is kept until the page is opened anew. */
export async function forgetForGood(): Promise<void> {
  leaving = true
  await forgetAll()
}

export async function forgetAll(): Promise<void> {
  await quietly(() => clear(opened()))
}
