/** Posts by shift, with totals: the frame that reading and writing a roster share. */
import type { ReactNode } from 'react'
import { textIn, textsOf } from '../../contracts/languages.ts'
import { Scroll } from '../../plans/screens/scroll.tsx'
import { useWords } from '../../plans/screens/words.ts'
import type { Title, WrittenRoster } from './rosters.ts'

interface PostsProps {
  readonly roster: WrittenRoster
  readonly className?: string
  /** Each row has something more at its end. */
  readonly ending?: boolean
  readonly children: ReactNode
}

export function PostsTable({ roster: { shifts = {}, posts = {} }, className = '', ending = false, children }: PostsProps) {
  const { t, language } = useWords()
  const say = (title: Title | undefined, id: string) => textIn(textsOf(title ?? id), language)
  const all = Object.entries(shifts)
  const total = (shift: string) => Object.values(posts).reduce((sum, post) => sum + (post.shifts?.[shift] ?? 0), 0)
  return (
    <Scroll label={t('asTable')}>
      <table className={`wide ${className}`}>
        <thead>
          <tr>
            <th scope="col">{t('postTitle')}</th>
            <th scope="col">{t('postZone')}</th>
            <th scope="col">{t('skills')}</th>
            <th scope="col">{t('keys')}</th>
            {all.map(([id, { title, from, to }]) => (
              <th key={id} scope="col" className="count">
                {say(title, id)} <span className="quiet">{`${from}–${to}`}</span>
              </th>
            ))}
            {ending && <td />}
          </tr>
        </thead>
        <tbody>{children}</tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={4}>
              {t('total')}
            </th>
            {all.map(([id]) => (
              <td key={id} className="count">
                <strong>{total(id)}</strong>
              </td>
            ))}
            {ending && <td />}
          </tr>
        </tfoot>
      </table>
    </Scroll>
  )
}
