/** For whoever is not signed in: sign in, set up, take an invitation up, or look around. */

import { startAuthentication } from '@simplewebauthn/browser'
import { useState } from 'react'
import type { Text } from '../../contracts/languages.ts'
import { textIn } from '../../contracts/languages.ts'
import { useWords } from '../../plans/screens/words.ts'
import { ask, client, useDeed } from '../../web/server.ts'
import type { Word } from '../../words/dictionary.ts'
import type { StateWire } from '../schema.ts'
import { Fault, Field, Form } from './form.tsx'
import { LanguageChoice, languagesFrom } from './languages.tsx'
import { inBrowser, passkeysWork } from './passkeys.tsx'

interface Props {
  readonly state: StateWire
  readonly language: string
  readonly invitation: boolean
  readonly setUp: boolean
  /** The code of an invitation, where a link has brought it. */
  readonly code: string
  /** Why the provider of identities has not let them in. */
  readonly refused: string | undefined
}

export function Gate({ state, language, invitation, setUp, code, refused }: Props) {
  return (
    <main className="page narrow" tabIndex={-1}>
      {invitation ? (
        <Accept state={state} language={language} given={code} />
      ) : setUp || !(state.setUp || state.demonstration) ? (
        <SetUp state={state} language={language} />
      ) : (
        <SignIn state={state} language={language} refused={refused} />
      )}
    </main>
  )
}

/** Everything that was kept belongs to whoever was here before. */
async function entered(): Promise<void> {
  location.hash = '#/'
  await client.resetQueries()
}

/** To the service’s own provider of identities; the browser comes back signed in. */
const toProvider = (language: string, invitation?: string) =>
  ask<{ address: string }>('POST', '/api/access/provider', { language, ...(invitation === undefined ? {} : { invitation }) }).then(
    ({ address }) => location.assign(address),
  )

const withPasskey = () =>
  inBrowser(async () => {
    const { id, options } = await ask<{ id: string; options: Parameters<typeof startAuthentication>[0]['optionsJSON'] }>(
      'POST',
      '/api/access/passkeys/sign-in/offer',
      {},
    )
    const response = await startAuthentication({ optionsJSON: options })
    await ask('POST', '/api/access/passkeys/sign-in', { id, response })
    await entered()
  })

interface SignInProps {
  readonly state: StateWire
  readonly language: string
  readonly refused: string | undefined
}

function SignIn({ state, language, refused }: SignInProps) {
  const { t } = useWords()
  const enter = useDeed((values: Readonly<Record<string, string>>) => ask('POST', '/api/access/sign-in', values).then(entered))
  const demonstrate = useDeed(() => ask('POST', '/api/access/demonstration', { role: 'planner' }).then(entered))
  const passkey = useDeed(withPasskey)
  const provider = useDeed(() => toProvider(language))
  const asksCode = ['code-needed'].includes(enter.error?.problem.code ?? '')
  const [codeWanted, setCodeWanted] = useState(false)
  if (asksCode && !codeWanted) setCodeWanted(true)
  return (
    <>
      <h1>{t('signIn')}</h1>
      <Form
        button={t('signIn')}
        busy={enter.isPending}
        error={enter.error}
        onSubmit={({ code, ...rest }) => enter.mutate({ ...rest, ...(code === undefined || code === '' ? {} : { code }) })}
      >
        <Field name="login" label={t('login')} autoComplete="username" />
        <Field name="password" label={t('password')} type="password" autoComplete="current-password" />
        {codeWanted && <Field name="code" label={t('code')} autoComplete="one-time-code" />}
      </Form>
      {refused !== undefined && (
        <p role="alert" className="fault">
          {t(refused === 'provider-unknown' ? 'providerUnknown' : 'providerRefused')}
        </p>
      )}
      <div className="row ways">
        {passkeysWork() && (
          <button type="button" disabled={passkey.isPending} onClick={() => passkey.mutate(undefined)}>
            {t('passkeySignIn')}
          </button>
        )}
        {state.provider !== null && (
          <button type="button" disabled={provider.isPending} onClick={() => provider.mutate(undefined)}>
            {t('providerSignIn', { name: state.provider })}
          </button>
        )}
      </div>
      <Fault error={passkey.error ?? provider.error} />
      <p>
        <a href="#/invitation">{t('haveInvitation')}</a>
      </p>
      {state.demonstration && (
        <p>
          <button type="button" className="quiet flush" onClick={() => demonstrate.mutate(undefined)}>
            {t('lookAround')}
          </button>
        </p>
      )}
    </>
  )
}

function SetUp({ state, language }: { readonly state: StateWire; readonly language: string }) {
  const { t } = useWords()
  const begin = useDeed((values: Readonly<Record<string, string>>) =>
    ask('POST', '/api/access/set-up', {
      ...(state.setUpCode ? { code: values.code } : {}),
      name: values.name,
      login: values.login,
      password: values.password,
      language,
      establishment: { id: values.id, title: { en: values.title, [language]: values.title }, languages: languagesFrom(values) },
    }).then(entered),
  )
  return (
    <>
      <h1>{t('setUpTitle')}</h1>
      <p>{t('setUpLead')}</p>
      <Form button={t('begin')} busy={begin.isPending} error={begin.error} onSubmit={(values) => begin.mutate(values)}>
        {state.setUpCode && <Field name="code" label={t('setUpCode')} autoComplete="off" />}
        <Field name="title" label={t('establishmentTitle')} />
        <Field name="id" label={t('establishmentId')} pattern="[a-z0-9]+(-[a-z0-9]+)*" autoComplete="off" />
        <LanguageChoice chosen={[language]} />
        <Field name="name" label={t('yourName')} autoComplete="name" />
        <Field name="login" label={t('login')} autoComplete="username" />
        <Field name="password" label={t('password')} type="password" help={t('passwordHelp')} autoComplete="new-password" />
      </Form>
    </>
  )
}

interface Invitation {
  readonly name: string
  readonly role: string
  readonly establishment: Text | null
}

interface AcceptProps {
  readonly state: StateWire
  readonly language: string
  readonly given: string
}

function Accept({ state, language, given }: AcceptProps) {
  const { t } = useWords()
  const [code, setCode] = useState('')
  const look = useDeed((typed: string) => ask<Invitation>('POST', '/api/access/invitations/look', { code: typed }))
  const join = useDeed((values: Readonly<Record<string, string>>) =>
    ask('POST', '/api/access/invitations/accept', { ...values, code, language }).then(entered),
  )
  const provider = useDeed(() => toProvider(language, code))
  const found = look.data
  return (
    <>
      <h1>{t('invitationTitle')}</h1>
      {found === undefined ? (
        <Form
          button={t('look')}
          busy={look.isPending}
          error={look.error}
          onSubmit={(values) => {
            setCode(values.code!)
            look.mutate(values.code!)
          }}
        >
          <Field name="code" label={t('invitationCode')} autoComplete="off" defaultValue={given} />
        </Form>
      ) : (
        <>
          <p>
            {t('invitationFor', {
              name: found.name,
              role: t(`role-${found.role}` as Word),
              place: found.establishment === null ? t('wholeService') : textIn(found.establishment, language),
            })}
          </p>
          {state.provider !== null && (
            <button type="button" disabled={provider.isPending} onClick={() => provider.mutate(undefined)}>
              {t('providerJoin', { name: state.provider })}
            </button>
          )}
          <Fault error={provider.error} />
          <Form button={t('join')} busy={join.isPending} error={join.error} onSubmit={(values) => join.mutate(values)}>
            <Field name="login" label={t('login')} autoComplete="username" />
            <Field name="password" label={t('password')} type="password" help={t('passwordHelp')} autoComplete="new-password" />
          </Form>
        </>
      )}
    </>
  )
}
