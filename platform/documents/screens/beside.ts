/** What the other documents of a place name: zones, people, keys, equipment, agencies. As last written. */
import { useEffect, useState } from 'react'
import { parse } from 'yaml'
import { type Text, textsOf } from '../../contracts/languages.ts'
import { read, useServer } from '../../web/server.ts'
import type { DetailWire, RowWire } from '../schema.ts'
import type { Title } from './rosters.ts'

type Named = Readonly<Record<string, { readonly title?: Text | undefined }>>

export interface Beside {
  readonly zones: Named
  /** Names by which plans know zones, such as `gate`. */
  readonly roles: readonly string[]
  readonly skills: readonly string[]
  readonly keys: readonly string[]
  readonly equipment: Named
  readonly agencies: Named
}

interface Written {
  readonly zones?: Readonly<Record<string, Entry>>
  readonly roles?: Readonly<Record<string, string>>
  readonly posts?: Readonly<Record<string, Entry>>
  readonly agencies?: Readonly<Record<string, Entry>>
  readonly equipment?: Readonly<Record<string, Entry>>
  readonly 'key-sets'?: Readonly<Record<string, Entry>>
}

interface Entry {
  readonly title?: Title
  readonly skills?: readonly string[]
  readonly keys?: readonly string[]
  readonly opens?: readonly string[]
}

const NOTHING: Beside = { zones: {}, roles: [], skills: [], keys: [], equipment: {}, agencies: {} }

/** Nothing until it is known, and of what cannot be read. */
export function useBeside(establishment: string): Beside {
  const { data: rows } = useServer<RowWire[]>(`/api/establishments/${establishment}/documents`)
  const [beside, setBeside] = useState(NOTHING)
  useEffect(() => {
    let current = true
    const all = (rows ?? []).filter(({ kind, retiredAt }) => retiredAt === null && (kind === 'facility' || kind === 'roster'))
    void Promise.all(all.map(({ id }) => written(id).catch((): Written => ({})))).then((parts) => current && setBeside(together(parts)))
    return () => {
      current = false
    }
  }, [rows])
  return beside
}

async function written(id: string): Promise<Written> {
  const { latest } = await read<DetailWire>(`/api/documents/${id}`)
  return (parse((await read<{ content: string }>(`/api/documents/${id}/versions/${latest}`)).content) ?? {}) as Written
}

function together(parts: readonly Written[]): Beside {
  const entries = (section: Exclude<keyof Written, 'roles'>) => parts.flatMap((part) => Object.entries(part[section] ?? {}))
  const named = (section: Exclude<keyof Written, 'roles'>): Named =>
    Object.fromEntries(entries(section).map(([id, { title }]) => [id, { title: title === undefined ? undefined : textsOf(title) }]))
  const each = (field: 'skills' | 'keys' | 'opens', ...sections: Exclude<keyof Written, 'roles'>[]) => [
    ...new Set(sections.flatMap(entries).flatMap(([, entry]) => entry[field] ?? [])),
  ]
  return {
    zones: named('zones'),
    roles: [...new Set(parts.flatMap(({ roles = {} }) => Object.keys(roles)))],
    skills: each('skills', 'posts', 'agencies'),
    keys: [...new Set([...each('keys', 'posts', 'agencies'), ...each('opens', 'key-sets')])],
    equipment: named('equipment'),
    agencies: named('agencies'),
  }
}
