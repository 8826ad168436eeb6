/** Where people stand: what zones are used for, which the map says, and the posts that rosters put there. */
import { useEffect, useState } from 'react'
import { parse } from 'yaml'
import { textIn, textsOf } from '../../contracts/languages.ts'
import { useWords } from '../../plans/screens/words.ts'
import { read, useServer } from '../../web/server.ts'
import type { Word } from '../../words/dictionary.ts'
import { boxOf } from '../authoring/geometry.ts'
import type { RowWire } from '../schema.ts'
import type { Zone } from './drawing-fields.tsx'

type Roles = Readonly<Record<string, string>>
type Title = string | { readonly en: string; readonly [language: string]: string }

interface WrittenRoster {
  readonly shifts?: Readonly<Record<string, { readonly title?: Title }>>
  readonly posts?: Readonly<
    Record<string, { readonly title?: Title; readonly post?: string; readonly shifts?: Readonly<Record<string, number>> }>
  >
}

export interface Post {
  /** The roster that says so. */
  readonly document: string
  readonly id: string
  readonly title: Title
  /** A zone or a role. */
  readonly at: string
  /** How many there are on each shift. */
  readonly shifts: readonly { readonly id: string; readonly title: Title; readonly count: number }[]
}

/** Roles that plans commonly name; an establishment may have others. */
const COMMON = ['control-room', 'command-post', 'gate', 'assembly'] as const

/** Posts of all rosters of the place as last written. */
export function usePosts(establishment: string): readonly Post[] {
  const { data: rows } = useServer<RowWire[]>(`/api/establishments/${establishment}/documents`)
  const [posts, setPosts] = useState<readonly Post[]>([])
  useEffect(() => {
    const rosters = (rows ?? []).filter(({ kind, retiredAt }) => kind === 'roster' && retiredAt === null)
    const of = async ({ id: document, latest }: RowWire): Promise<Post[]> => {
      const { content } = await read<{ content: string }>(`/api/documents/${document}/versions/${latest}`)
      const { posts: written = {}, shifts: named = {} } = (parse(content) ?? {}) as WrittenRoster
      return Object.entries(written).map(([id, { title = id, post: at = '', shifts = {} }]) => ({
        document,
        id,
        title,
        at,
        shifts: Object.entries(shifts).map(([shift, count]) => ({ id: shift, title: named[shift]?.title ?? shift, count })),
      }))
    }
    // A roster that cannot be had or read leaves its posts out; the drawing goes on.
    void Promise.all(rosters.map((row) => of(row).catch(() => []))).then((all) => setPosts(all.flat()))
  }, [rows])
  return posts
}

interface MarksProps {
  readonly posts: readonly Post[]
  readonly roles: Roles
  readonly zones: readonly (readonly [string, Zone])[]
  readonly size: number
  /** Absent while something is being drawn. */
  readonly onChoose: ((zone: string) => void) | undefined
}

/** A figure in the corner of each zone with posts: how many stand there on the shift with most of them. */
export function PostMarks({ posts, roles, zones, size, onChoose }: MarksProps) {
  const { t } = useWords()
  return zones.map(([id, zone]) => {
    const here = posts.filter(({ at }) => (roles[at] ?? at) === id)
    if (here.length === 0) return null
    const shifts = new Map<string, number>()
    for (const post of here) for (const { id: shift, count } of post.shifts) shifts.set(shift, (shifts.get(shift) ?? 0) + count)
    const { x, y } = boxOf(zone.outline)
    return (
      // Whoever goes by keyboard or listens has the zone itself, and beside it the list.
      <g
        key={id}
        className="sheet-post"
        aria-hidden
        pointerEvents={onChoose === undefined ? 'none' : undefined}
        onPointerDown={(event) => {
          event.stopPropagation()
          onChoose?.(id)
        }}
        transform={`translate(${x + 1.6 * size} ${y + 1.6 * size})`}
      >
        <title>{t('postsHere')}</title>
        <circle r={1.2 * size} />
        <text y={0.1 * size}>{Math.max(0, ...shifts.values())}</text>
      </g>
    )
  })
}

interface HereProps {
  readonly zone: string
  readonly posts: readonly Post[]
  readonly roles: Roles
  readonly onRole: (role: string, zone: string | undefined) => void
}

export function PostsHere({ zone, posts, roles, onRole }: HereProps) {
  const { t, language } = useWords()
  const here = posts.filter(({ at }) => (roles[at] ?? at) === zone)
  const names: readonly string[] = [...new Set([...COMMON, ...Object.keys(roles)])]
  const nameOf = (role: string) => ((COMMON as readonly string[]).includes(role) ? t(`place-${role}` as Word) : role.replaceAll('-', ' '))
  return (
    <div className="fields">
      <fieldset>
        <legend>{t('usedAs')}</legend>
        {names.map((role) => (
          <label key={role} className="check">
            <input
              type="checkbox"
              checked={roles[role] === zone}
              onChange={({ target }) => onRole(role, target.checked ? zone : undefined)}
            />
            {nameOf(role)}
          </label>
        ))}
      </fieldset>
      <h3>{t('postsHere')}</h3>
      {here.length === 0 ? (
        <p className="quiet">{t('noPostsHere')}</p>
      ) : (
        <ul className="plain">
          {here.map(({ document, id, title, shifts }) => (
            <li key={`${document} ${id}`}>
              <a href={`#/document/${document}`}>{textIn(textsOf(title), language)}</a>
              <span className="quiet">
                {' '}
                {shifts.map(({ title: shift, count }) => `${textIn(textsOf(shift), language)} ${count}`).join(', ')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
