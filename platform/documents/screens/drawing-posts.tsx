/** Where people stand: what zones are used for, which the map says, and the posts that rosters put there. */
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { Fault } from '../../access/screens/form.tsx'
import { textIn, textsOf } from '../../contracts/languages.ts'
import { useWords } from '../../plans/screens/words.ts'
import { Refused } from '../../web/server.ts'
import type { Word } from '../../words/dictionary.ts'
import { idFrom, put } from '../authoring/edit.ts'
import { boxOf } from '../authoring/geometry.ts'
import type { Zone } from './drawing-fields.tsx'
import type { Post, Roster, Rosters, Title } from './rosters.ts'

type Roles = Readonly<Record<string, string>>

/** Roles that plans commonly name; an establishment may have others. */
const COMMON = ['control-room', 'command-post', 'gate', 'assembly'] as const

interface MarksProps {
  readonly posts: readonly Post[]
  readonly roles: Roles
  readonly zones: readonly (readonly [string, Pick<Zone, 'outline'>])[]
  readonly size: number
}

/** A figure in the corner of each zone with posts: how many stand there on the shift with most of them. */
export function PostMarks({ posts, roles, zones, size }: MarksProps) {
  return zones.map(([id, zone]) => {
    const here = posts.filter(({ at }) => (roles[at] ?? at) === id)
    if (here.length === 0) return null
    const shifts = new Map<string, number>()
    for (const post of here) for (const { id: shift, count } of post.shifts) shifts.set(shift, (shifts.get(shift) ?? 0) + count)
    const { x, y } = boxOf(zone.outline)
    return (
      // Pointers, keyboards and whoever listens have the zone itself, and beside it the list.
      <g key={id} className="sheet-post" aria-hidden pointerEvents="none" transform={`translate(${x + 1.6 * size} ${y + 1.6 * size})`}>
        <circle r={1.2 * size} />
        <text y={0.1 * size}>{Math.max(0, ...shifts.values())}</text>
      </g>
    )
  })
}

interface HereProps {
  readonly zone: string
  readonly rosters: Rosters
  readonly roles: Roles
  readonly onRole: (role: string, zone: string | undefined) => void
  /** Somebody is about to put a post here. */
  readonly adding: boolean
}

export function PostsHere({ zone, rosters: { rosters, posts, change, undo }, roles, onRole, adding }: HereProps) {
  const { t, language } = useWords()
  const [refused, setRefused] = useState<Refused | null>(null)
  const say = (title: Title) => textIn(textsOf(title), language)
  const here = posts.filter(({ at }) => (roles[at] ?? at) === zone)
  const elsewhere = posts.filter((post) => !here.includes(post))
  const names: readonly string[] = [...new Set([...COMMON, ...Object.keys(roles)])]
  const nameOf = (role: string) => ((COMMON as readonly string[]).includes(role) ? t(`place-${role}` as Word) : role.replaceAll('-', ' '))
  /** Whether it was done; otherwise it says why not. */
  const tried = async (work: Promise<void>): Promise<boolean> => {
    try {
      await work
      setRefused(null)
      return true
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setRefused(error)
      return false
    }
  }
  const bring = (value: string) => {
    const post = elsewhere.find(({ document, id }) => `${document} ${id}` === value)
    if (post !== undefined) void tried(change(post.document, (document) => put(document, ['posts', post.id, 'post'], zone)))
  }
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
              <a href={`#/document/${document}`}>{say(title)}</a>
              <span className="quiet"> {shifts.map(({ title: shift, count }) => `${say(shift)} ${count}`).join(', ')}</span>
            </li>
          ))}
        </ul>
      )}
      {elsewhere.length > 0 && (
        <label>
          {t('bringPost')}{' '}
          <select value="" onChange={({ target }) => bring(target.value)}>
            <option value="">–</option>
            {elsewhere.map(({ document, id, title, at }) => (
              <option key={`${document} ${id}`} value={`${document} ${id}`}>
                {`${say(title)} (${at})`}
              </option>
            ))}
          </select>
        </label>
      )}
      {rosters.length === 0 ? (
        <p className="quiet">{t('noRoster')}</p>
      ) : (
        <details className="more" open={adding} key={String(adding)}>
          <summary>{t('newPost')}</summary>
          <NewPost zone={zone} rosters={rosters} posts={posts} onPost={(document, work) => tried(change(document, work))} adding={adding} />
        </details>
      )}
      <Fault error={refused} />
      {rosters
        .filter(({ unsaved }) => unsaved)
        .map(({ document, title, undoable }) => (
          <p key={document} role="status" className="quiet">
            {t('rosterUnsaved')} <a href={`#/document/${document}`}>{say(title)}</a>{' '}
            {undoable && (
              <button type="button" className="quiet flush" onClick={() => void tried(undo(document))}>
                {t('undoPost')}
              </button>
            )}
          </p>
        ))}
    </div>
  )
}

interface NewProps {
  readonly zone: string
  readonly rosters: readonly Roster[]
  readonly posts: readonly Post[]
  /** Whether it was put there: what was typed goes only then. */
  readonly onPost: (...of: Parameters<Rosters['change']>) => Promise<boolean>
  readonly adding: boolean
}

/** A post with a name and how many stand there on each shift. */
function NewPost({ zone, rosters, posts, onPost, adding }: NewProps) {
  const { t, language } = useWords()
  const name = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (adding) name.current?.focus()
  }, [adding])
  const id = useId()
  const [of, setOf] = useState(rosters[0]!.document)
  const { document, shifts } = rosters.find((one) => one.document === of) ?? rosters[0]!
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const written = new FormData(form)
    const called = String(written.get('name')).trim()
    const counts = shifts.map((shift) => [shift.id, Number(written.get(`shift ${shift.id}`))] as const).filter(([, count]) => count > 0)
    if (called === '' || counts.length === 0) return
    const taken = posts.filter((post) => post.document === document).map((post) => post.id)
    const stem = idFrom(called, 'post')
    let free = stem
    for (let k = 2; taken.includes(free); k++) free = `${stem}-${k}`
    void onPost(document, (roster) =>
      put(roster, ['posts', free], {
        title: { en: called, ...(language === 'en' ? {} : { [language]: called }) },
        post: zone,
        skills: [commonest(posts.filter((post) => post.document === document).flatMap((post) => post.skills)) ?? 'officer'],
        shifts: Object.fromEntries(counts),
      }),
    ).then((done) => done && form.reset())
  }
  return (
    <form className="form" onSubmit={add}>
      {rosters.length > 1 && (
        <label>
          {t('kind-roster')}{' '}
          <select value={of} onChange={({ target }) => setOf(target.value)}>
            {rosters.map((one) => (
              <option key={one.document} value={one.document}>
                {textIn(textsOf(one.title), language)}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className="field">
        <label htmlFor={id}>{t('postTitle')}</label>
        <input ref={name} id={id} name="name" required maxLength={200} />
      </div>
      <div className="row">
        {shifts.map((shift, k) => (
          <label key={shift.id}>
            {textIn(textsOf(shift.title), language)}{' '}
            <input name={`shift ${shift.id}`} type="number" min={0} max={500} defaultValue={k === 0 ? 1 : 0} />
          </label>
        ))}
      </div>
      <button type="submit">{t('putPostHere')}</button>
    </form>
  )
}

/** What most of them are; undefined of nothing. */
function commonest(words: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0]
}
