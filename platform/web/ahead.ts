/** Reads in the background what somebody would want where there is no server: the documents of their establishments as they stand,
 * and what each question is made of, so that it can be played. */
import type { RowWire } from '../documents/schema.ts'
import { bundlePath, openStudy } from './catalogue.ts'
import { keptAt } from './kept.ts'
import { connection, read } from './server.ts'

/** Establishments whose documents are kept, and milliseconds between two requests: whoever works comes first. */
const MOST = 3
const PAUSE = 100

/** Ends early where the server is lost, or once `gone` says so. */
export async function readAhead(establishments: readonly string[], gone: () => boolean): Promise<void> {
  const wanted = async (path: string, since: string, get: () => Promise<unknown> = () => read(path)) => {
    if (gone() || connection.keptSince() !== undefined) return
    const kept = await keptAt(path)
    if (kept !== undefined && kept.at > Date.parse(since)) return
    await get().catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, PAUSE))
  }
  for (const place of establishments.slice(0, MOST)) {
    const rows = await read<RowWire[]>(`/api/establishments/${place}/documents`).catch((): RowWire[] => [])
    const changed = rows.map((row) => row.changedAt).sort()
    for (const { id, latest, changedAt } of rows) {
      await wanted(`/api/documents/${id}`, changedAt)
      await wanted(`/api/documents/${id}/versions/${latest}`, changedAt)
    }
    for (const { kind, name, title, approved } of rows) {
      if (kind !== 'study' || approved === null) continue
      const entry = { id: name, title, group: 'studies', at: place } as const
      await wanted(bundlePath(place, name, 'approved'), changed.at(-1)!, () => openStudy(entry))
    }
  }
}
