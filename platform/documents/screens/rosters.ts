/** Rosters of a place beside its drawing: which posts there are, and changes to them, kept as what somebody is writing. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { type Document, parse } from 'yaml'
import type { Raw } from '../../packs/parse.ts'
import { ask, client, read, useServer } from '../../web/server.ts'
import { edited } from '../authoring/edit.ts'
import type { DetailWire, RowWire } from '../schema.ts'

export type Title = string | { readonly en: string; readonly [language: string]: string }

/** A roster as far as screens look at it. */
export interface WrittenRoster {
  readonly shifts?: Readonly<Record<string, { readonly title?: Title; readonly from: string; readonly to: string }>>
  readonly posts?: Readonly<
    Record<
      string,
      {
        readonly title?: Title
        readonly post?: string
        readonly skills?: readonly string[]
        readonly keys?: readonly string[]
        readonly shifts?: Readonly<Record<string, number>>
      }
    >
  >
  readonly agencies?: Readonly<Record<string, WrittenHelp>>
  readonly equipment?: Readonly<Record<string, { readonly title?: Title; readonly count?: number }>>
}

/** Who comes from outside. */
export interface WrittenHelp {
  readonly title?: Title
  readonly staff?: number
  readonly skills?: readonly string[]
  readonly keys?: readonly string[]
  readonly arrives?: Raw
  readonly admission?: Raw
  readonly breathing?: boolean
  readonly shielded?: boolean
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
  /** Something of that was changed here and can be taken back. */
  readonly undoable: boolean
}

export interface Rosters {
  readonly rosters: readonly Roster[]
  readonly posts: readonly Post[]
  /** Changes a roster; kept as what one is writing there, to be saved and handed in like anything else. */
  readonly change: (document: string, work: (document: Document) => void) => Promise<void>
  /** Takes the last change made here back. */
  readonly undo: (document: string) => Promise<void>
}

interface Known extends Roster {
  readonly basedOn: number
}

/** All rosters of the place: as whoever asks is writing them, otherwise as last written. */
export function useRosters(establishment: string): Rosters {
  const { data: rows } = useServer<RowWire[]>(`/api/establishments/${establishment}/documents`)
  const [known, setKnown] = useState<readonly Known[]>([])
  useEffect(() => {
    let current = true
    const rosters = (rows ?? []).filter(({ kind, retiredAt }) => kind === 'roster' && retiredAt === null)
    // A roster that cannot be had or read is left out; the drawing goes on.
    void Promise.all(rosters.map(({ id }) => rosterOf(id).catch(() => undefined))).then(
      (all) => current && setKnown(all.filter((one) => one !== undefined)),
    )
    return () => {
      current = false
    }
  }, [rows])
  // One after another, each on what there is by then: also what somebody has written elsewhere meanwhile.
  const last = useRef<Promise<void>>(Promise.resolve())
  const before = useRef(new Map<string, readonly string[]>())
  /** `written`: from what there is now, and what was before it, the text to write and what was before that. */
  const write = (document: string, written: (now: string, past: readonly string[]) => readonly [string, readonly string[]]) => {
    const done = last.current.then(async () => {
      const one = await rosterOf(document)
      const [text, past] = written(one.text, before.current.get(document) ?? [])
      await ask('PUT', `/api/documents/${document}/working`, { content: text, basedOn: one.basedOn })
      before.current.set(document, past)
      const changed = { ...one, text, unsaved: true, undoable: past.length > 0 }
      setKnown((all) => all.map((roster) => (roster.document === document ? changed : roster)))
      await client.invalidateQueries({ queryKey: ['documents', document] })
    })
    last.current = done.catch(() => undefined)
    return done
  }
  const change: Rosters['change'] = (document, work) => write(document, (now, past) => [edited(now, work), [...past, now]])
  const undo: Rosters['undo'] = (document) => write(document, (now, past) => [past.at(-1) ?? now, past.slice(0, -1)])
  const posts = useMemo(() => known.flatMap(postsOf), [known])
  return { rosters: known, posts, change, undo }
}

async function rosterOf(id: string): Promise<Known> {
  const { working, latest, title } = await read<DetailWire>(`/api/documents/${id}`)
  const text = working?.content ?? (await read<{ content: string }>(`/api/documents/${id}/versions/${latest}`)).content
  const { shifts = {} } = (parse(text) ?? {}) as WrittenRoster
  return {
    document: id,
    title: title as Title,
    text,
    shifts: Object.entries(shifts).map(([shift, { title: named }]) => ({ id: shift, title: named ?? shift })),
    unsaved: working !== null,
    undoable: false,
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
