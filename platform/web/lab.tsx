/** A question: which one, its answer, and the reasons. It needs no server once its documents are here. */
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { OneselfWire } from '../access/schema.ts'
import { Fault } from '../access/screens/form.tsx'
import type { Text } from '../contracts/languages.ts'
import { useWords } from '../plans/screens/words.ts'
import { type CatalogueEntry, fetchCatalogue, type Opened, openStudy } from './catalogue.ts'
import { type Shared, Tools } from './header.tsx'
import { type Question as Link, readLink, writeLink } from './link.ts'
import { Room } from './room.tsx'
import { Refused } from './server.ts'
import { questionOf } from './session.ts'

const FIRST = { study: 'cell-fire', options: [], seed: 1, nights: 10_000, run: false }

interface LabProps {
  readonly language: Link['language']
  /** Whose documents one may ask about. */
  readonly places: OneselfWire['establishments']
}

export function Lab({ language, places }: LabProps) {
  const [link, setLink] = useState<Link>(() => readLink(location.hash, { ...FIRST, language }))
  const [catalogue, setCatalogue] = useState<readonly CatalogueEntry[]>([])
  const [failed, setFailed] = useState<string>()
  useEffect(() => {
    fetchCatalogue().then(setCatalogue, (error: Error) => setFailed(error.message))
    const follow = () => setLink((old) => readLink(location.hash, old))
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  const change = useCallback((part: Partial<Link>) => {
    setLink((old) => {
      const next = { ...old, run: false, ...part }
      history.replaceState(null, '', writeLink(next, false))
      return next
    })
  }, [])
  useEffect(() => {
    setLink((old) => (old.language === language ? old : { ...old, language }))
  }, [language])
  const own = useMemo(
    (): CatalogueEntry | undefined =>
      link.at === undefined
        ? undefined
        : { id: link.study, title: { en: link.study }, group: 'studies', at: link.at, drafts: link.drafts === true },
    [link.at, link.study, link.drafts],
  )
  const entry = own ?? catalogue.find((e) => e.id === link.study) ?? catalogue.find((e) => e.id === FIRST.study)
  useEffect(() => {
    // A link to a question that is not here opens the first one, and the address says so.
    if (entry !== undefined && entry.id !== link.study) change({ study: entry.id, options: [] })
  }, [entry, link.study, change])
  return (
    <>
      <Tools catalogue={catalogue} entry={entry} link={link} onChange={change} />
      {failed !== undefined && <p role="alert">{failed}</p>}
      {entry !== undefined && (
        <Study
          key={`${entry.at} ${entry.id}`}
          entry={entry}
          place={places.find(({ id }) => id === entry.at)?.title}
          link={link}
          onChange={change}
        />
      )}
    </>
  )
}

function Study({ entry, place, link, onChange }: Shared & { readonly entry: CatalogueEntry; readonly place: Text | undefined }) {
  const { t, language } = useWords()
  const [opened, setOpened] = useState<Opened>()
  const [problem, setProblem] = useState<Error>()
  useEffect(() => {
    openStudy(entry).then(setOpened, setProblem)
  }, [entry])
  const optionKey = link.options.join(',')
  const question = useMemo(() => {
    if (opened === undefined) return undefined
    // A link may name options that the study no longer has.
    const known = Object.keys((opened.bundle.study as { options?: object }).options ?? {})
    return questionOf(
      opened.bundle,
      optionKey.split(',').filter((id) => known.includes(id)),
    )
  }, [opened, optionKey])
  if (problem instanceof Refused) return <Fault error={problem} />
  if (problem !== undefined) return <p role="alert">{problem.message}</p>
  if (opened === undefined) return <main className="page" aria-busy="true" />
  if (question === undefined) return <p role="alert">{t('cannotRead')}</p>
  return <Room key={`${entry.id} ${language}`} place={place} opened={opened} question={question} link={link} onChange={onChange} />
}
