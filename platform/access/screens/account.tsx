/** Oneself: sessions, password, second proof, and a role in an emergency. */
import { textIn } from '../../contracts/languages.ts'
import { MailAddress } from '../../mail/screens/address.tsx'
import { useDates, useWords } from '../../plans/screens/words.ts'
import { fetchFile } from '../../web/download.ts'
import { ask, useDeed, useServer } from '../../web/server.ts'
import type { Word } from '../../words/dictionary.ts'
import type { OneselfWire, SessionWire } from '../schema.ts'
import { Fault, Field, Form } from './form.tsx'
import { happening } from './happenings.ts'
import { Passkeys } from './passkeys.tsx'
import { QrCode } from './qr.tsx'

const ACCESS = ['access']

export function Account({ oneself }: { readonly oneself: OneselfWire }) {
  const { t } = useWords()
  const acts = oneself.grants.filter((grant) => grant.role !== 'monitor' && grant.establishment !== null)
  return (
    <main className="page" tabIndex={-1}>
      <h1 className="title">{oneself.demonstration ? t(`role-${oneself.grants[0]?.role ?? 'officer'}` as Word) : oneself.name}</h1>
      <div className="columns">
        <Sessions />
        <Happened />
        {!oneself.demonstration && <Password />}
        {!oneself.demonstration && <Passkeys />}
        {!oneself.demonstration && <Authenticator oneself={oneself} />}
        {!oneself.demonstration && <MailAddress />}
        {acts.length > 0 && <BreakGlass oneself={oneself} places={[...new Set(acts.map((grant) => grant.establishment!))]} />}
      </div>
      <p className="quiet">
        {t('login')}: {oneself.login}
      </p>
      {!oneself.demonstration && <Kept />}
    </main>
  )
}

function Sessions() {
  const { t } = useWords()
  const { moment } = useDates()
  const { data, error } = useServer<SessionWire[]>('/api/access/sessions')
  const end = useDeed((id: string) => ask('DELETE', `/api/access/sessions/${id}`), ACCESS)
  return (
    <section>
      <h2>{t('sessions')}</h2>
      <Fault error={error ?? end.error} />
      <ul className="plain">
        {data?.map((session) => (
          <li key={session.id} className="row">
            <span>
              {moment(session.madeAt)} · {browserOf(session.agent)}
            </span>
            {session.current ? (
              <span className="quiet">{t('thisOne')}</span>
            ) : (
              <button type="button" className="quiet" onClick={() => end.mutate(session.id)}>
                {t('end')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Happened() {
  const { t, language } = useWords()
  const { moment } = useDates()
  const { data, error } = useServer<{ at: string; kind: string }[]>('/api/access/happened')
  return (
    <section>
      <h2>{t('accountHappened')}</h2>
      <p className="quiet">{t('accountHappenedHelp')}</p>
      <Fault error={error} />
      {data?.length === 0 && <p>{t('noInvitations')}</p>}
      <ul className="plain">
        {data?.map(({ at, kind }, k) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two things can happen at one moment
          <li key={`${at} ${k}`}>
            <time dateTime={at}>{moment(at)}</time> · {happening(kind, language)}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Kept() {
  const { t } = useWords()
  const fetching = useDeed(() => fetchFile('/api/access/kept'))
  return (
    <section className="notice">
      <h2>{t('kept')}</h2>
      <p>{t('keptText')}</p>
      <Fault error={fetching.error} />
      <button type="button" disabled={fetching.isPending} onClick={() => fetching.mutate(undefined)}>
        {t('keptFetch')}
      </button>
    </section>
  )
}

/** The part of what a browser calls itself that people know. */
function browserOf(agent: string): string {
  return /(Firefox|Edg|OPR|YaBrowser|Chrome|Safari)\/\d+/.exec(agent)?.[0].replace('/', ' ') ?? agent.slice(0, 30)
}

function Password() {
  const { t } = useWords()
  const change = useDeed((values: Readonly<Record<string, string>>) => ask('POST', '/api/access/password', values), ACCESS)
  return (
    <section>
      <h2>{t('changePassword')}</h2>
      <Form
        button={t('change')}
        busy={change.isPending}
        error={change.error}
        onSubmit={(values, form) => change.mutate(values, { onSuccess: () => form.reset() })}
      >
        <Field name="old" label={t('oldPassword')} type="password" autoComplete="current-password" />
        <Field name="wanted" label={t('newPassword')} type="password" help={t('passwordHelp')} autoComplete="new-password" />
      </Form>
      {change.isSuccess && <p role="status">{t('ready')}</p>}
    </section>
  )
}

function Authenticator({ oneself }: { readonly oneself: OneselfWire }) {
  const { t } = useWords()
  const prepare = useDeed((values: Readonly<Record<string, string>>) =>
    ask<{ uri: string; letters: string }>('POST', '/api/access/authenticator', values),
  )
  const confirm = useDeed(
    (values: Readonly<Record<string, string>>) => ask<{ recovery: string[] }>('POST', '/api/access/authenticator/confirm', values),
    ACCESS,
  )
  const remove = useDeed((values: Readonly<Record<string, string>>) => ask('POST', '/api/access/authenticator/remove', values), ACCESS)
  const password = <Field name="password" label={t('password')} type="password" autoComplete="current-password" />
  return (
    <section>
      <h2>{t('authenticator')}</h2>
      {confirm.data !== undefined && (
        <div role="status">
          <p>{t('recovery')}</p>
          <ul className="codes">
            {confirm.data.recovery.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
        </div>
      )}
      {oneself.authenticator ? (
        <>
          <p>{t('authenticatorOn')}</p>
          <details>
            <summary>{t('authenticatorRemove')}</summary>
            <Form
              button={t('authenticatorRemove')}
              busy={remove.isPending}
              error={remove.error}
              onSubmit={(values) => remove.mutate(values)}
            >
              {password}
              <Field name="code" label={t('code')} autoComplete="one-time-code" />
            </Form>
          </details>
        </>
      ) : prepare.data === undefined ? (
        <>
          <p>{t('authenticatorOff')}</p>
          <Form button={t('authenticatorAdd')} busy={prepare.isPending} error={prepare.error} onSubmit={(values) => prepare.mutate(values)}>
            {password}
          </Form>
        </>
      ) : (
        <>
          <p>{t('authenticatorLetters')}</p>
          <QrCode text={prepare.data.uri} label={t('authenticatorScan')} />
          <p className="code">
            <a href={prepare.data.uri}>{prepare.data.letters.match(/.{1,4}/g)!.join(' ')}</a>
          </p>
          <Form button={t('change')} busy={confirm.isPending} error={confirm.error} onSubmit={(values) => confirm.mutate(values)}>
            <Field name="code" label={t('authenticatorConfirm')} autoComplete="one-time-code" pattern="[0-9 ]{6,7}" />
          </Form>
        </>
      )}
    </section>
  )
}

function BreakGlass({ oneself, places }: { readonly oneself: OneselfWire; readonly places: readonly string[] }) {
  const { t, language } = useWords()
  const take = useDeed((values: Readonly<Record<string, string>>) => ask('POST', '/api/access/break-glass', values), ACCESS)
  return (
    <section>
      <h2>{t('breakGlass')}</h2>
      <p className="quiet">{t('breakGlassLead')}</p>
      <Form
        button={t('breakGlassTake')}
        busy={take.isPending}
        error={take.error}
        onSubmit={(values, form) => take.mutate(values, { onSuccess: () => form.reset() })}
      >
        <div className="field">
          <label>
            {t('role')}{' '}
            <select name="role">
              <option value="governor">{t('role-governor')}</option>
              <option value="planner">{t('role-planner')}</option>
            </select>
          </label>
        </div>
        <div className="field">
          <label>
            {t('place')}{' '}
            <select name="establishment">
              {places.map((id) => (
                <option key={id} value={id}>
                  {textIn(oneself.establishments.find((e) => e.id === id)?.title ?? { en: id }, language)}
                </option>
              ))}
            </select>
          </label>
        </div>
        <Field name="reason" label={t('reason')} />
      </Form>
      {take.isSuccess && <p role="status">{t('ready')}</p>}
    </section>
  )
}
