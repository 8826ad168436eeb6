/** Who is where on which shift, who comes from outside, and what there is, for whoever only reads. */
import { textIn } from '../../contracts/languages.ts'
import type { RosterDocument } from '../../packs/kinds/roster.ts'
import { useWords } from '../../plans/screens/words.ts'
import { skillIn, thingIn } from '../../plans/skill-names.ts'
import { Wording } from '../../plans/wording.ts'
import { useBeside, useThings } from './beside.ts'
import { PostsTable } from './posts-table.tsx'
import type { WrittenRoster } from './rosters.ts'

interface RosterReadingProps {
  readonly roster: RosterDocument
  readonly written: WrittenRoster
  readonly establishment: string
}

export function RosterReading({ roster, written, establishment }: RosterReadingProps) {
  const { t, language, words: dictionary } = useWords()
  const wording = new Wording(useThings(useBeside(establishment)), language, dictionary)
  const say = (title: Parameters<typeof textIn>[0] | undefined, id: string) => (title === undefined ? id : textIn(title, language))
  const shifts = Object.keys(roster.shifts)
  const posts = Object.entries(roster.posts)
  const agencies = Object.entries(roster.agencies)
  const equipment = Object.entries(roster.equipment)
  return (
    <>
      <PostsTable roster={written}>
        {posts.map(([id, post]) => (
          <tr key={id}>
            <th scope="row">{textIn(post.title, language)}</th>
            <td>{wording.place(post.post)}</td>
            <td>{post.skills.map((id) => skillIn(id, language)).join(', ')}</td>
            <td>{post.keys.map((id) => thingIn(id, language)).join(', ')}</td>
            {shifts.map((shift) => (
              <td key={shift} className="count">
                {post.shifts[shift] ?? 0}
              </td>
            ))}
          </tr>
        ))}
      </PostsTable>
      {agencies.length > 0 && (
        <>
          <h2>{t('fromOutside')}</h2>
          <ul>
            {agencies.map(([id, { title, staff, arrives, skills }]) => (
              <li key={id}>
                {textIn(title, language)}: {staff} <span className="quiet">({skills.map((id) => skillIn(id, language)).join(', ')})</span>,{' '}
                {t('isThere')} {wording.duration(arrives)}
              </li>
            ))}
          </ul>
        </>
      )}
      {equipment.length > 0 && (
        <>
          <h2>{t('equipmentThere')}</h2>
          <ul>
            {equipment.map(([id, { title, count }]) => (
              <li key={id}>
                {say(title, id.replaceAll('-', ' '))}: {count}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
