/** Who holds which role where, until when; inviting, giving and taking back. */
import { useState } from 'react'
import { LANGUAGE_NAMES, type Language, textIn } from '../../contracts/languages.ts'
import { Scroll } from '../../plans/screens/scroll.tsx'
import { useDates, useWords } from '../../plans/screens/words.ts'
import { ask, useDeed, useServer } from '../../web/server.ts'
import type { Word } from '../../words/dictionary.ts'
import type { InvitationWire, OneselfWire, PersonWire } from '../schema.ts'
import { ROLES } from '../schema.ts'
import { Fault, Field, Form } from './form.tsx'
import { isMadeUp, shownName } from './happenings.ts'
import { LanguageChoice, languagesFrom } from './languages.tsx'

const ACCESS = ['access']
/** A role ends after a year at most; that is what is proposed, less a day. */
const LONGEST = 364 * 86_400_000

interface Props {
  readonly oneself: OneselfWire
  /** Whether whoever lets others in must show a second proof. */
  readonly secondProof: boolean
}

export function People({ oneself, secondProof }: Props) {
  const { t } = useWords()
  const places = oneself.grants.filter((grant) => grant.role === 'administrator').map((grant) => grant.establishment)
  return (
    <main className="page" tabIndex={-1}>
      <h1 className="title">{t('people')}</h1>
      {places.length > 0 && secondProof && !oneself.second && (
        <p className="notice">
          {t('secondProofNeeded')} <a href="#/account">{t('account')}</a>
        </p>
      )}
      <Holders oneself={oneself} />
      {places.length > 0 && (
        <div className="columns">
          <Invite oneself={oneself} places={places} />
          <Grant oneself={oneself} places={places} />
          {places.includes(null) && <Establish />}
          <Languages oneself={oneself} places={places} />
        </div>
      )}
    </main>
  )
}

function usePlace(oneself: OneselfWire): (id: string | null) => string {
  const { t, language } = useWords()
  const titles = new Map(oneself.establishments.map((e) => [e.id, textIn(e.title, language)]))
  return (id) => (id === null ? t('wholeService') : (titles.get(id) ?? id))
}

function Holders({ oneself }: { readonly oneself: OneselfWire }) {
  const { t } = useWords()
  const { day } = useDates()
  const place = usePlace(oneself)
  const { data, error } = useServer<PersonWire[]>('/api/access/people')
  const take = useDeed((id: string) => ask('DELETE', `/api/access/grants/${id}`), ACCESS)
  const close = useDeed((id: string) => ask('DELETE', `/api/access/people/${id}`), ACCESS)
  const [closing, setClosing] = useState<string>()
  const closes = oneself.grants.some((g) => g.role === 'administrator' && g.establishment === null)
  const mayTake = (establishment: string | null) =>
    oneself.grants.some((g) => g.role === 'administrator' && (g.establishment === null || g.establishment === establishment))
  return (
    <section>
      <Fault error={error ?? take.error ?? close.error} />
      <Scroll label={t('people')}>
        <table className="wide">
          <thead>
            <tr>
              <th scope="col">{t('person')}</th>
              <th scope="col">{t('role')}</th>
              <th scope="col">{t('place')}</th>
              <th scope="col">{t('until')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {data?.flatMap((person) =>
              person.grants.map((grant, k) => (
                <tr key={grant.id}>
                  <th scope="row">
                    {person.id === oneself.id ? `${shownName(person.name, t)} (${t('yourself')})` : shownName(person.name, t)}
                    {closes && k === 0 && person.id !== oneself.id && !isMadeUp(person.name) && (
                      <CloseAccount
                        sure={closing === person.id}
                        onAsk={() => setClosing(closing === person.id ? undefined : person.id)}
                        onSure={() => close.mutate(person.id, { onSuccess: () => setClosing(undefined) })}
                      />
                    )}
                  </th>
                  <td>{t(`role-${grant.role}`)}</td>
                  <td>{place(grant.establishment)}</td>
                  <td>{day(grant.expiresAt)}</td>
                  <td>
                    {mayTake(grant.establishment) && (
                      <button type="button" className="quiet" onClick={() => take.mutate(grant.id)}>
                        {t('takeBack')}
                      </button>
                    )}
                  </td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </Scroll>
    </section>
  )
}

interface CloseProps {
  readonly sure: boolean
  readonly onAsk: () => void
  readonly onSure: () => void
}

/** Somebody has left: asked twice, as nothing opens for them afterwards. */
function CloseAccount({ sure, onAsk, onSure }: CloseProps) {
  const { t } = useWords()
  return (
    <span className="closing">
      <button type="button" className="quiet" aria-expanded={sure} onClick={onAsk}>
        {t('closeAccount')}…
      </button>
      {sure && (
        <>
          <span className="quiet">{t('closeAccountSure')}</span>
          <button type="button" onClick={onSure}>
            {t('closeAccount')}
          </button>
        </>
      )}
    </span>
  )
}

interface PlacesProps {
  readonly oneself: OneselfWire
  readonly places: readonly (string | null)[]
}

function RoleAndPlace({ oneself, places }: PlacesProps) {
  const { t } = useWords()
  const place = usePlace(oneself)
  const all: (string | null)[] = places.includes(null) ? [...oneself.establishments.map((e) => e.id), null] : [...places]
  return (
    <>
      <div className="field">
        <label>
          {t('role')}{' '}
          <select name="role">
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {t(`role-${role}` as Word)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div className="field">
        <label>
          {t('place')}{' '}
          <select name="establishment">
            {all.map((id) => (
              <option key={id ?? ''} value={id ?? ''}>
                {place(id)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Field name="until" label={t('until')} type="date" defaultValue={new Date(Date.now() + LONGEST).toISOString().slice(0, 10)} />
    </>
  )
}

const grantOf = (values: Readonly<Record<string, string>>) => ({
  role: values.role,
  establishment: values.establishment === '' ? null : values.establishment,
  until: new Date(`${values.until}T12:00:00Z`).toISOString(),
})

function Invite({ oneself, places }: PlacesProps) {
  const { t } = useWords()
  const { day } = useDates()
  const place = usePlace(oneself)
  const [shown, setShown] = useState<{ readonly name: string; readonly code: string }>()
  const { data: open } = useServer<InvitationWire[]>('/api/access/invitations')
  const withdraw = useDeed((id: string) => ask('DELETE', `/api/access/invitations/${id}`), ACCESS)
  const invite = useDeed(
    async (values: Readonly<Record<string, string>>) =>
      setShown({
        name: values.name!,
        ...(await ask<{ code: string }>('POST', '/api/access/invitations', { name: values.name, ...grantOf(values) })),
      }),
    ACCESS,
  )
  return (
    <section>
      <h2>{t('invite')}</h2>
      <p className="quiet">{t('inviteLead')}</p>
      <Form
        button={t('invite')}
        busy={invite.isPending}
        error={invite.error}
        onSubmit={(values, form) => invite.mutate(values, { onSuccess: () => form.reset() })}
      >
        <Field name="name" label={t('inviteName')} autoComplete="off" />
        <RoleAndPlace oneself={oneself} places={places} />
      </Form>
      {shown !== undefined && (
        <p role="status" className="code">
          {t('codeFor', { name: shown.name })} <strong>{shown.code}</strong>
          <br />
          <a href={`#/invitation/${shown.code}`}>{`${location.origin}/#/invitation/${shown.code}`}</a>
          {/^(localhost|127\..*|\[::1\])$/.test(location.hostname) && <span className="here">{t('linkHere')}</span>}
        </p>
      )}
      <h3>{t('openInvitations')}</h3>
      {open === undefined || open.length === 0 ? (
        <p className="quiet">{t('noInvitations')}</p>
      ) : (
        <ul className="plain">
          {open.map((one) => (
            <li key={one.id} className="row">
              {one.name} · {t(`role-${one.role}`)} · {place(one.establishment)} · {day(one.expiresAt)}
              <button type="button" className="quiet" onClick={() => withdraw.mutate(one.id)}>
                {t('withdrawInvitation')}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Grant({ oneself, places }: PlacesProps) {
  const { t } = useWords()
  const { data } = useServer<PersonWire[]>('/api/access/people')
  const grant = useDeed(
    (values: Readonly<Record<string, string>>) => ask('POST', '/api/access/grants', { person: values.person, ...grantOf(values) }),
    ACCESS,
  )
  const others = data?.filter((person) => person.id !== oneself.id && !isMadeUp(person.name)) ?? []
  if (others.length === 0) return null
  return (
    <section>
      <h2>{t('grant')}</h2>
      <Form button={t('grant')} busy={grant.isPending} error={grant.error} onSubmit={(values) => grant.mutate(values)}>
        <div className="field">
          <label>
            {t('person')}{' '}
            <select name="person">
              {others.map((person) => (
                <option key={person.id} value={person.id}>
                  {person.name}
                </option>
              ))}
            </select>
          </label>
        </div>
        <RoleAndPlace oneself={oneself} places={places} />
      </Form>
    </section>
  )
}

function Establish() {
  const { t, language } = useWords()
  const found = useDeed(
    ({ id, title, ...rest }: Readonly<Record<string, string>>) =>
      ask('POST', '/api/access/establishments', { id, title: { en: title, [language]: title }, languages: languagesFrom(rest) }),
    ACCESS,
    ['board'],
  )
  return (
    <section>
      <h2>{t('newEstablishment')}</h2>
      <Form
        button={t('add')}
        busy={found.isPending}
        error={found.error}
        onSubmit={(values, form) => found.mutate(values, { onSuccess: () => form.reset() })}
      >
        <Field name="title" label={t('establishmentTitle')} />
        <Field name="id" label={t('establishmentId')} pattern="[a-z0-9]+(-[a-z0-9]+)*" autoComplete="off" />
        <LanguageChoice chosen={[language]} />
      </Form>
    </section>
  )
}

/** Of each place that one administers, the languages that its people read. */
function Languages({ oneself, places }: { readonly oneself: OneselfWire; readonly places: readonly (string | null)[] }) {
  const { t, language } = useWords()
  const choose = useDeed(
    ({ id, languages }: { readonly id: string; readonly languages: readonly string[] }) =>
      ask('PUT', `/api/access/establishments/${id}/languages`, { languages }),
    ACCESS,
  )
  const mine = oneself.establishments.filter(({ id }) => places.includes(null) || places.includes(id))
  return (
    <section>
      <h2>{t('languages')}</h2>
      {mine.map(({ id, title, languages }) => (
        <details key={id} className="more">
          <summary>
            {textIn(title, language)}:{' '}
            {languages.length === 0 ? t('languagesUnknown') : languages.map((one) => LANGUAGE_NAMES[one as Language]).join(', ')}
          </summary>
          <Form
            button={t('keep')}
            busy={choose.isPending}
            error={choose.error}
            onSubmit={(values) => choose.mutate({ id, languages: languagesFrom(values) })}
          >
            <LanguageChoice chosen={languages} />
          </Form>
        </details>
      ))}
    </section>
  )
}
