/** Passkeys: those one has, and one more. */
import { startRegistration } from '@simplewebauthn/browser'
import { useState } from 'react'
import { useDates, useWords } from '../../plans/screens/words.ts'
import { ask, Refused, useDeed, useServer } from '../../web/server.ts'
import { Fault, Field, Form } from './form.tsx'

interface Passkey {
  readonly id: string
  readonly name: string
  readonly madeAt: string
  readonly usedAt: string | null
}

/** Browsers make passkeys for names, not for addresses in numbers. */
export const passkeysWork = () => window.PublicKeyCredential !== undefined && !/^[\d.]+$|:/.test(location.hostname)

/** What the browser refuses, or the person has broken off, is told like what the server refuses. */
export async function inBrowser<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refused) throw error
    throw new Refused({ title: '', status: 0, code: 'passkey-broken-off', detail: '', instance: '' })
  }
}

/** Of a proof what somebody has typed. */
const given = (values: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))

export function Passkeys() {
  const { t } = useWords()
  const { day } = useDates()
  const { data, error } = useServer<Passkey[]>('/api/access/passkeys')
  const [going, setGoing] = useState<string>()
  const remove = useDeed(
    (values: Readonly<Record<string, string>>) => ask('POST', '/api/access/passkeys/remove', { id: going, ...given(values) }),
    ['access'],
  )
  const add = useDeed(
    ({ name, password, code }: Readonly<Record<string, string>>) =>
      inBrowser(async () => {
        const { id, options } = await ask<{ id: string; options: Parameters<typeof startRegistration>[0]['optionsJSON'] }>(
          'POST',
          '/api/access/passkeys/offer',
          given({ password: password ?? '', code: code ?? '' }),
        )
        const response = await startRegistration({ optionsJSON: options })
        await ask('POST', '/api/access/passkeys', { id, name, response })
      }),
    ['access'],
  )
  return (
    <section>
      <h2>{t('passkeys')}</h2>
      <p className="quiet">{t('passkeysLead')}</p>
      <Fault error={error} />
      <ul className="plain">
        {data?.map((one) => (
          <li key={one.id} className="row">
            <span>
              {one.name} · {day(one.usedAt ?? one.madeAt)}
            </span>
            <button
              type="button"
              className="quiet"
              aria-expanded={going === one.id}
              onClick={() => setGoing(going === one.id ? undefined : one.id)}
            >
              {t('removeIt')}…
            </button>
            {going === one.id && (
              <Form
                button={t('removeIt')}
                busy={remove.isPending}
                error={remove.error}
                onSubmit={(values) => remove.mutate(values, { onSuccess: () => setGoing(undefined) })}
              >
                <Field name="password" label={t('password')} type="password" autoComplete="current-password" optional />
                <Field name="code" label={t('codeIfAny')} autoComplete="one-time-code" optional />
              </Form>
            )}
          </li>
        ))}
      </ul>
      {passkeysWork() ? (
        <details>
          <summary>{t('passkeyAdd')}</summary>
          <Form button={t('passkeyAdd')} busy={add.isPending} error={add.error} onSubmit={(values) => add.mutate(values)}>
            <Field name="name" label={t('passkeyName')} autoComplete="off" />
            <Field name="password" label={t('password')} type="password" autoComplete="current-password" optional />
            <Field name="code" label={t('codeIfAny')} autoComplete="one-time-code" optional />
          </Form>
        </details>
      ) : (
        <p className="quiet">
          {t('passkeysNot')}{' '}
          {location.hostname === '127.0.0.1' && (
            <a href={location.href.replace('127.0.0.1', 'localhost')}>{location.origin.replace('127.0.0.1', 'localhost')}</a>
          )}
        </p>
      )}
    </section>
  )
}
