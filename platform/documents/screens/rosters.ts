/** Rosters of a place beside its drawing: which posts there are, and changes to them, kept as what somebody is writing. */
import { useEffect, useMemo, useState } from 'react'
import { type Document, parse } from 'yaml'
import { ask, client, read, useServer } from '../../web/server.ts'
import { edited } from '../authoring/edit.ts'
import type { DetailWire, RowWire } from '../schema.ts'

export type Title = string | { readonly en: string; readonly [language: string]: string }

interface WrittenRoster {
  readonly shifts?: Readonly<Record<string, { readonly title?: Title }>>
  readonly posts?: Readonly<
    Record<
      string,
      {
        readonly title?: Title
        readonly post?: string
        readonly skills?: readonly string[]
        readonly shifts?: Readonly<Record<string, number>>
      }
    >
  >
}

export interface Post {
  /** The roster that says so. */
  readonly document: string
  readonly id: string
  readonly title: Title
  /** A zone or a role. */
  readonly at: string
  readonly skills: readonly string[]
  /** How many there are on each shift. */
  readonly shifts: readonly { readonly id: string; readonly title: Title; readonly count: number }[]
}

export interface Roster {
  readonly document: string
  readonly title: Title
  readonly text: string
  readonly shifts: readonly { readonly id: string; readonly title: Title }[]
  /** Something of it has been changed and not saved as a version. */
  readonly unsaved: boolean
}

export interface Rosters {
  readonly rosters: readonly Roster[]
  readonly posts: readonly Post[]
  /** Changes a roster; kept as what one is writing there, to be saved and handed in like anything else. */
  readonly change: (document: string, work: (document: Document) => void) => Promise<void>
}

interface Known extends Roster {
  readonly basedOn: number
}

/** All rosters of the place: as whoever asks is writing them, otherwise as last written. */
export function useRosters(establishment: string): Rosters {
  const { data: rows } = useServer<RowWire[]>(`/api/establishments/${establishment}/documents`)
  const [known, setKnown] = useState<readonly Known[]>([])
  useEffect(() => {
    const rosters = (rows ?? []).filter(({ kind, retiredAt }) => kind === 'roster' && retiredAt === null)
    // A roster that cannot be had or read is left out; the drawing goes on.
    void Promise.all(rosters.map((row) => rosterOf(row).catch(() => undefined))).then((all) =>
      setKnown(all.filter((one) => one !== undefined)),
    )
  }, [rows])
  const change: Rosters['change'] = async (document, work) => {
    const one = known.find((roster) => roster.document === document)!
    const text = edited(one.text, work)
    await ask('PUT', `/api/documents/${document}/working`, { content: text, basedOn: one.basedOn })
    setKnown(known.map((roster) => (roster === one ? { ...roster, text, unsaved: true } : roster)))
    await client.invalidateQueries({ queryKey: ['documents', document] })
  }
  const posts = useMemo(() => known.flatMap(postsOf), [known])
  return { rosters: known, posts, change }
}

async function rosterOf({ id: document, latest, title }: RowWire): Promise<Known> {
  const [{ working }, { content }] = await Promise.all([
    read<DetailWire>(`/api/documents/${document}`),
    read<{ content: string }>(`/api/documents/${document}/versions/${latest}`),
  ])
  const text = working?.content ?? content
  const { shifts = {} } = (parse(text) ?? {}) as WrittenRoster
  return {
    document,
    title: title as Title,
    text,
    shifts: Object.entries(shifts).map(([id, shift]) => ({ id, title: shift.title ?? id })),
    unsaved: working !== null,
    basedOn: working?.basedOn ?? latest,
  }
}

function postsOf({ document, text, shifts: all }: Known): Post[] {
  const { posts = {} } = (parse(text) ?? {}) as WrittenRoster
  return Object.entries(posts).map(([id, { title = id, post: at = '', skills = [], shifts = {} }]) => ({
    document,
    id,
    title,
    at,
    skills,
    shifts: Object.entries(shifts).map(([shift, count]) => ({
      id: shift,
      title: all.find((one) => one.id === shift)?.title ?? shift,
      count,
    })),
  }))
}
