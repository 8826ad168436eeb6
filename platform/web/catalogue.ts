/** What the page can ask about, as published beside it. */
import type { Text } from '../contracts/languages.ts'
import type { StudyBundle } from '../packs/bundle.ts'
import type { CaseDocument } from '../packs/kinds/case.ts'
import { parseDocument, type Raw } from '../packs/parse.ts'
import { ask, read } from './server.ts'

/** Under which a study with all that it refers to is kept in this browser. */
export const bundlePath = (place: string, study: string, choice: 'approved' | 'latest') =>
  `/api/establishments/${place}/bundle?study=${study}&choice=${choice}`

export interface CatalogueEntry {
  readonly id: string
  readonly title: Text
  readonly group: 'studies' | 'cases' | 'reference'
  /** The establishment whose documents in force are meant; absent: those that ship. */
  readonly at?: string
  /** As last written, not as approved. */
  readonly drafts?: boolean
  /** The documented incident that this study replays. */
  readonly case?: string
}

export interface Opened {
  readonly bundle: StudyBundle
  readonly incident: CaseDocument | undefined
}

async function fetchJson<T>(path: string): Promise<T> {
  const response = await fetch(path)
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return (await response.json()) as T
}

export function fetchCatalogue(): Promise<readonly CatalogueEntry[]> {
  return fetchJson('content/catalogue.json')
}

export async function openStudy(entry: CatalogueEntry): Promise<Opened> {
  if (entry.at !== undefined) {
    const choice = entry.drafts === true ? 'latest' : 'approved'
    const { bundle } = await read(bundlePath(entry.at, entry.id, choice), () =>
      ask<{ bundle: StudyBundle }>('POST', `/api/establishments/${entry.at}/bundle`, { study: entry.id, choice }),
    )
    return { bundle, incident: undefined }
  }
  const bundle = await fetchJson<StudyBundle>(`content/studies/${entry.id}.json`)
  const raw = entry.case === undefined ? undefined : await fetchJson<Raw>(`content/cases/${entry.case}.json`)
  const parsed = raw === undefined ? undefined : parseDocument('case', raw)
  return { bundle, incident: parsed !== undefined && 'document' in parsed ? parsed.document : undefined }
}
