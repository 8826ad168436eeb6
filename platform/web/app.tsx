/** The house: who one is, and which room one is in. Where there is no server, the questions work by themselves. */
import { QueryClientProvider } from '@tanstack/react-query'
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import type { StateWire } from '../access/schema.ts'
import { BoardRoom } from '../campaigns/screens/board.tsx'
import { isLanguage, type Language, nearestLanguage } from '../contracts/languages.ts'
import { type InUse, LanguageContext, useWords } from '../plans/screens/words.ts'
import { refusalsOf, type Word, wordsOf } from '../words/dictionary.ts'
import { expectationsOf } from '../words/expected.ts'
import { Header } from './header.tsx'
import { isQuestion, readRoom } from './link.ts'
import { Offline } from './offline.tsx'
import { ask, client, leave, listen, useAccess } from './server.ts'
import { useTitle } from './title.ts'

/** Rooms are fetched when somebody goes there. */
const Account = lazy(() => import('../access/screens/account.tsx').then((module) => ({ default: module.Account })))
const Gate = lazy(() => import('../access/screens/gate.tsx').then((module) => ({ default: module.Gate })))
const People = lazy(() => import('../access/screens/people.tsx').then((module) => ({ default: module.People })))
const Trail = lazy(() => import('../access/screens/trail.tsx').then((module) => ({ default: module.Trail })))
const Packs = lazy(() => import('../exchange/screens/packs.tsx').then((module) => ({ default: module.Packs })))
const Documents = lazy(() => import('../documents/screens/list.tsx').then((module) => ({ default: module.Documents })))
const DocumentRoom = lazy(() => import('../documents/screens/document.tsx').then((module) => ({ default: module.DocumentRoom })))
const Lab = lazy(() => import('./lab.tsx').then((module) => ({ default: module.Lab })))

const KEPT = 'aman.language'

/** As the link says, as chosen before, as the browser says. */
function firstLanguage(): Language {
  const asked = new URLSearchParams(location.hash.slice(1)).get('language')
  if (isLanguage(asked)) return asked
  const kept = localStorage.getItem(KEPT)
  return isLanguage(kept) ? kept : nearestLanguage(navigator.languages)
}

const TITLES = {
  documents: 'documents',
  people: 'people',
  trail: 'trail',
  account: 'account',
  packs: 'documents',
  setup: 'setUpTitle',
  invitation: 'invitationTitle',
} as const

/** Milliseconds after which, and between which, what may be wanted without a server is read. */
const AHEAD_AFTER = 3000
const AHEAD_EVERY = 15 * 60_000

export function App() {
  const [inUse, setInUse] = useState<InUse>()
  const use = useCallback(async (language: Language) => {
    const [words, refusals, expectations] = await Promise.all([wordsOf(language), refusalsOf(language), expectationsOf(language)])
    document.documentElement.lang = language
    setInUse({ language, words, refusals, expectations })
  }, [])
  useEffect(() => void use(firstLanguage()), [use])
  if (inUse === undefined) return null
  return (
    <QueryClientProvider client={client}>
      <LanguageContext value={inUse}>
        <Suspense fallback={<main className="page" aria-busy="true" />}>
          <House
            language={inUse.language}
            onLanguage={(next) => {
              localStorage.setItem(KEPT, next)
              void use(next)
            }}
          />
        </Suspense>
      </LanguageContext>
    </QueryClientProvider>
  )
}

function House({ language, onLanguage }: { readonly language: Language; readonly onLanguage: (language: Language) => void }) {
  const [hash, setHash] = useState(location.hash)
  const { data: state, error, isPending } = useAccess()
  const [trying, setTrying] = useState(false)
  useEffect(() => {
    const follow = () => {
      setHash(location.hash)
      scrollTo(0, 0)
    }
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  const signedIn = state?.oneself !== null && state !== undefined
  // A server that is lost for a while takes nobody out of the room in which they write.
  const question = isQuestion(hash) || (error !== null && state === undefined)
  const room = readRoom(hash) ?? { room: '', of: undefined }
  const refused = room.room === 'refused' ? room.of : undefined
  // Until somebody has set up, whoever starts the product sees the training establishment at once.
  const demonstrate =
    state !== undefined && !signedIn && state.demonstration && !state.setUp && room.room !== 'setup' && room.room !== 'invitation'
  useEffect(() => {
    if (!demonstrate || trying) return
    setTrying(true)
    void ask('POST', '/api/access/demonstration', { role: 'planner' })
      .then(() => client.invalidateQueries())
      .finally(() => setTrying(false))
  }, [demonstrate, trying])
  useEffect(() => (signedIn ? listen() : undefined), [signedIn])
  const places = signedIn ? [...new Set(state.oneself!.grants.flatMap(({ establishment }) => establishment ?? []))].join(' ') : ''
  useEffect(() => {
    if (places === '') return
    let gone = false
    const ahead = () => void import('./ahead.ts').then(({ readAhead }) => readAhead(places.split(' '), () => gone))
    const first = setTimeout(ahead, AHEAD_AFTER)
    const again = setInterval(ahead, AHEAD_EVERY)
    return () => {
      gone = true
      clearTimeout(first)
      clearInterval(again)
    }
  }, [places])

  const rooms = signedIn ? state : undefined
  const { t } = useWords()
  // A document and a question say themselves what they are called.
  useTitle(
    question || room.room === 'document'
      ? undefined
      : t((room.room in TITLES ? TITLES[room.room as keyof typeof TITLES] : 'board') as Word),
  )
  const header = (name: string) => <Header oneself={state?.oneself ?? null} room={name} language={language} onLanguage={onLanguage} />
  if (question)
    return (
      <>
        {header('lab')}
        <Lab language={language} places={state?.oneself?.establishments ?? []} />
      </>
    )
  if (isPending || demonstrate) return <main className="page" aria-busy="true" />
  if (rooms === undefined)
    return (
      <>
        {header('')}
        <Gate
          state={state!}
          language={language}
          invitation={room.room === 'invitation'}
          setUp={room.room === 'setup'}
          code={room.of ?? ''}
          refused={refused}
        />
      </>
    )
  return (
    <>
      {header(room.room === '' ? 'board' : room.room === 'document' || room.room === 'packs' ? 'documents' : room.room)}
      <Offline person={rooms.oneself!.id} />
      {rooms.oneself!.demonstration && <Demonstration state={rooms} />}
      <Suspense fallback={<main className="page" aria-busy="true" />}>{roomOf(room.room, room.of, rooms, language)}</Suspense>
    </>
  )
}

function roomOf(room: string, of: string | undefined, state: StateWire, language: Language) {
  const oneself = state.oneself!
  switch (room) {
    case 'documents':
      return <Documents oneself={oneself} establishment={of} />
    case 'document':
      return <DocumentRoom key={of} id={of ?? ''} oneself={oneself} />
    case 'packs':
      return <Packs key={of} oneself={oneself} establishment={of ?? ''} />
    case 'people':
      return <People oneself={oneself} secondProof={state.secondProof} />
    case 'trail':
      return <Trail />
    case 'account':
      return <Account oneself={oneself} />
    case 'setup':
    case 'invitation':
      return (
        <Gate
          state={state}
          language={language}
          invitation={room === 'invitation'}
          setUp={room === 'setup'}
          code={of ?? ''}
          refused={undefined}
        />
      )
    default:
      return <BoardRoom oneself={oneself} />
  }
}

const SHOWN = ['planner', 'governor', 'officer', 'monitor'] as const

/** Made-up people: who one is, who else one could be, and the way to one's own. */
function Demonstration({ state }: { readonly state: StateWire }) {
  const { t } = useWords()
  const role = state.oneself!.grants[0]?.role ?? 'officer'
  return (
    <aside className="demonstration">
      <p>{t('demonstration', { role: t(`role-${role}` as Word) })}</p>
      <div className="row">
        <label>
          {t('demonstrationAs')}{' '}
          <select
            value={role}
            onChange={(event) =>
              void ask('POST', '/api/access/demonstration', { role: event.target.value }).then(() => client.resetQueries())
            }
          >
            {SHOWN.map((one) => (
              <option key={one} value={one}>
                {t(`role-${one}` as Word)}
              </option>
            ))}
          </select>
        </label>
        {state.setUp ? (
          <button type="button" className="quiet flush" onClick={() => void leave()}>
            {t('signIn')}
          </button>
        ) : (
          <a href="#/setup">{t('setUpYours')}</a>
        )}
      </div>
    </aside>
  )
}
