/** Who is where on which shift, who comes from outside, and what there is, for whoever only reads. */
import { textIn } from '../../contracts/languages.ts'
import type { RosterDocument } from '../../packs/kinds/roster.ts'
import { Scroll } from '../../plans/screens/scroll.tsx'
import { useWords } from '../../plans/screens/words.ts'
import { Wording } from '../../plans/wording.ts'

const clock = (second: number) =>
  [Math.floor(second / 3600) % 24, Math.floor(second / 60) % 60].map((n) => String(n).padStart(2, '0')).join(':')
const words = (ids: readonly string[]) => ids.map((id) => id.replaceAll('-', ' ')).join(', ')

export function RosterReading({ roster }: { readonly roster: RosterDocument }) {
  const { t, language, words: dictionary } = useWords()
  const wording = new Wording({ tasks: {}, marks: {} }, language, dictionary)
  const say = (title: Parameters<typeof textIn>[0] | undefined, id: string) => (title === undefined ? id : textIn(title, language))
  const shifts = Object.entries(roster.shifts)
  const posts = Object.entries(roster.posts)
  const agencies = Object.entries(roster.agencies)
  const equipment = Object.entries(roster.equipment)
  return (
    <>
      <Scroll label={t('table')}>
        <table className="wide">
          <thead>
            <tr>
              <th scope="col">{t('postTitle')}</th>
              <th scope="col">{t('postZone')}</th>
              <th scope="col">{t('skills')}</th>
              <th scope="col">{t('keys')}</th>
              {shifts.map(([id, { title, from, to }]) => (
                <th key={id} scope="col" className="count">
                  {say(title, id)} <span className="quiet">{`${clock(from)}–${clock(to)}`}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {posts.map(([id, post]) => (
              <tr key={id}>
                <th scope="row">{textIn(post.title, language)}</th>
                <td>{words([post.post])}</td>
                <td>{words(post.skills)}</td>
                <td>{words(post.keys)}</td>
                {shifts.map(([shift]) => (
                  <td key={shift} className="count">
                    {post.shifts[shift] ?? 0}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={4}>
                {t('total')}
              </th>
              {shifts.map(([shift]) => (
                <td key={shift} className="count">
                  <strong>{posts.reduce((sum, [, post]) => sum + (post.shifts[shift] ?? 0), 0)}</strong>
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </Scroll>
      {agencies.length > 0 && (
        <>
          <h2>{t('fromOutside')}</h2>
          <ul>
            {agencies.map(([id, { title, staff, arrives, skills }]) => (
              <li key={id}>
                {textIn(title, language)}: {staff} <span className="quiet">({words(skills)})</span>, {t('isThere')}{' '}
                {wording.duration(arrives)}
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
