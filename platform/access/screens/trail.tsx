/** What has happened, the newest first. */
import { useState } from 'react'
import { textIn } from '../../contracts/languages.ts'
import { Scroll } from '../../plans/screens/scroll.tsx'
import { useDates, useWords } from '../../plans/screens/words.ts'
import { useServer } from '../../web/server.ts'
import type { EntryWire } from '../schema.ts'
import { Fault } from './form.tsx'
import { happening, shownName } from './happenings.ts'

export function Trail() {
  const { t, language } = useWords()
  const [before, setBefore] = useState<string>()
  const { data, error } = useServer<EntryWire[]>(`/api/trail${before === undefined ? '' : `?before=${before}`}`)
  const { moment } = useDates()
  return (
    <main className="page" tabIndex={-1}>
      <h1 className="title">{t('trail')}</h1>
      <p>{t('trailLead')}</p>
      <Fault error={error} />
      <Scroll label={t('trail')}>
        <table className="wide trail">
          <thead>
            <tr>
              <th scope="col">{t('when')}</th>
              <th scope="col">{t('who')}</th>
              <th scope="col">{t('what')}</th>
              <th scope="col">{t('place')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {data?.map((entry) => (
              <tr key={entry.position} className={entry.kind === 'grants.glass-broken' ? 'marked' : undefined}>
                <td>
                  <time dateTime={entry.at}>{moment(entry.at)}</time>
                </td>
                <td>{entry.person === null ? t('theProduct') : shownName(entry.name ?? entry.person.slice(0, 8), t)}</td>
                <td>{entry.kind === 'grants.glass-broken' ? <strong>{t('glassBroken')}</strong> : happening(entry.kind, language)}</td>
                <td>{entry.place === null ? (entry.establishment ?? t('wholeService')) : textIn(entry.place, language)}</td>
                <td className="detail">
                  {entry.about !== null && (
                    <>
                      <a href={`#/document/${entry.stream.slice('document/'.length)}`}>{textIn(entry.about, language)}</a>
                      <br />
                    </>
                  )}
                  {detailOf(entry.body)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {data !== undefined && data.length >= 50 && (
        <button type="button" onClick={() => setBefore(data.at(-1)!.position)}>
          {t('older')}
        </button>
      )}
    </main>
  )
}

function detailOf(body: unknown): string {
  if (typeof body !== 'object' || body === null) return ''
  return Object.entries(body)
    .filter(([, value]) => typeof value !== 'object' && value !== '')
    .map(([key, value]) => `${key}: ${value}`)
    .join(' · ')
}
