/** Without a server: what one is looking at, what waits to be sent, and what somebody has to decide. */
import { useEffect, useState, useSyncExternalStore } from 'react'
import { textIn } from '../contracts/languages.ts'
import { useDates, useRefusals, useWords } from '../plans/screens/words.ts'
import { drop, openOutbox, outbox, send, sendAgain, type Waiting } from './outbox.ts'
import { client, connection } from './server.ts'

/** Milliseconds between looks for a server that is gone. */
const LOOK = 5000

export function Offline({ person }: { readonly person: string }) {
  const { t } = useWords()
  const { moment } = useDates()
  const since = useSyncExternalStore(connection.subscribe, connection.keptSince)
  const waiting = useSyncExternalStore(outbox.subscribe, outbox.all)
  useEffect(() => void openOutbox(person), [person])
  useEffect(() => {
    const back = () => void client.invalidateQueries({ queryKey: ['access'] })
    addEventListener('online', back)
    return () => removeEventListener('online', back)
  }, [])
  const [wasGone, setWasGone] = useState(false)
  if (since !== undefined && !wasGone) setWasGone(true)
  useEffect(() => {
    if (since !== undefined || !wasGone) return
    setWasGone(false)
    // First who is signed in now; what waits is theirs or stays.
    void client
      .invalidateQueries({ queryKey: ['access'] })
      .then(() => client.invalidateQueries())
      .then(() => send())
  }, [since, wasGone])
  const unsent = waiting.some((one) => one.refused === undefined)
  useEffect(() => {
    if (since === undefined && !unsent) return
    const timer = setInterval(() => void (since === undefined ? send() : client.invalidateQueries({ queryKey: ['access'] })), LOOK)
    return () => clearInterval(timer)
  }, [since, unsent])
  if (since === undefined && waiting.length === 0) return null
  return (
    <aside className="offline" aria-label={t('outbox')}>
      {since !== undefined && <p role="status">{t('readingKept', { time: moment(new Date(since).toISOString()) })}</p>}
      {waiting.length > 0 && (
        <details open={waiting.some((one) => one.refused !== undefined)}>
          <summary>{t('waitingToBeSent', { n: waiting.length })}</summary>
          <ul className="plain">
            {waiting.map((one) => (
              <Item key={one.id} one={one} />
            ))}
          </ul>
        </details>
      )}
    </aside>
  )
}

function Item({ one }: { readonly one: Waiting }) {
  const refusal = useRefusals()
  const { t, language } = useWords()
  const { moment } = useDates()
  return (
    <li className="row">
      <span>
        <a href={`#/document/${one.document}`}>{textIn(one.title, language)}</a>: {t(`outbox-${one.what}`)}
        <span className="quiet"> · {moment(new Date(one.at).toISOString())}</span>
        {one.refused !== undefined && (
          <strong> {one.what === 'version' ? t('overtaken') : (refusal(one.refused.code)?.says ?? one.refused.title)}</strong>
        )}
      </span>
      {one.refused !== undefined && one.what !== 'version' && (
        <button type="button" className="quiet" onClick={() => void sendAgain(one)}>
          {t('sendAgain')}
        </button>
      )}
      <button type="button" className="quiet" onClick={() => confirm(t('discardSure')) && void drop(one.id)}>
        {t('discard')}
      </button>
    </li>
  )
}
