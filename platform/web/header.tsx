/** The top of the page: where one is in the house, who one is; and for a question, which one. */
import './header.css'
import { useState } from 'react'
import type { OneselfWire } from '../access/schema.ts'
import { DRAFTED, LANGUAGE_NAMES, LANGUAGES, type Language, textIn } from '../contracts/languages.ts'
import { useWords } from '../plans/screens/words.ts'
import type { Word } from '../words/dictionary.ts'
import type { CatalogueEntry } from './catalogue.ts'
import { type Question as Link, writeLink } from './link.ts'
import { outbox } from './outbox.ts'
import { leave } from './server.ts'

export interface Shared {
  readonly link: Link
  readonly onChange: (part: Partial<Link>) => void
}

interface HeaderProps {
  readonly oneself: OneselfWire | null
  /** The room that one is in; "lab" for a question. */
  readonly room: string
  readonly language: Language
  readonly onLanguage: (language: Language) => void
}

const ROOMS = ['board', 'documents', 'lab', 'people', 'trail'] as const
const ADDRESS: Readonly<Record<(typeof ROOMS)[number], string>> = {
  board: '#/',
  documents: '#/documents',
  lab: '#study=cell-fire',
  people: '#/people',
  trail: '#/trail',
}

/** All languages, those first that are read where one works. */
function readFirst(oneself: OneselfWire | null): readonly Language[] {
  const read = new Set(oneself?.establishments.flatMap(({ languages }) => languages))
  return [...LANGUAGES.filter((one) => read.has(one)), ...LANGUAGES.filter((one) => !read.has(one))]
}

export function Header({ oneself, room, language, onLanguage }: HeaderProps) {
  const { t } = useWords()
  const holds = (role: string) => oneself?.grants.some((grant) => grant.role === role) === true
  const rooms = ROOMS.filter(
    (one) =>
      one === 'lab' ||
      (oneself !== null &&
        (one !== 'people' || holds('administrator') || holds('monitor')) &&
        (one !== 'trail' || holds('administrator') || holds('monitor'))),
  )
  return (
    <header className="top">
      <button type="button" className="skip" onClick={() => document.querySelector<HTMLElement>('main')?.focus()}>
        {t('skip')}
      </button>
      <p className="brand">
        <a href="#/">{t('product')}</a>
        {oneself === null && <span>{t('tagline')}</span>}
      </p>
      {oneself !== null && (
        <nav aria-label={t('menu')}>
          {rooms.map((one) => (
            <a key={one} href={ADDRESS[one]} aria-current={one === room ? 'page' : undefined}>
              {t(one as Word)}
            </a>
          ))}
        </nav>
      )}
      <div className="row tools">
        {oneself !== null && (
          <>
            <a className="self" href="#/account" aria-current={room === 'account' ? 'page' : undefined}>
              {oneself.demonstration ? t(`role-${oneself.grants[0]?.role ?? 'officer'}` as Word) : oneself.name}
            </a>
            {!oneself.demonstration && (
              <button
                type="button"
                className="quiet"
                onClick={() => (outbox.all().length === 0 || confirm(t('signOutUnsent'))) && void leave()}
              >
                {t('signOut')}
              </button>
            )}
          </>
        )}
        <select
          className="language"
          aria-label={t('language')}
          value={language}
          onChange={(event) => onLanguage(event.target.value as Language)}
        >
          {readFirst(oneself).map((one) => (
            <option key={one} value={one} lang={one}>
              {LANGUAGE_NAMES[one]}
            </option>
          ))}
        </select>
      </div>
      {DRAFTED[language] !== undefined && <p className="drafted">{DRAFTED[language]}</p>}
    </header>
  )
}

/** Which question, and what can be done with the whole of it. */
export function Tools({
  catalogue,
  entry,
  link,
  onChange,
}: Shared & { readonly catalogue: readonly CatalogueEntry[]; readonly entry: CatalogueEntry | undefined }) {
  const { t, language } = useWords()
  const [copied, setCopied] = useState(false)
  const groups = (['studies', 'cases', 'reference'] as const).filter((g) => catalogue.some((e) => e.group === g))
  return (
    <section className="bar" aria-label={t('study')}>
      <div className="study">
        {entry?.at === undefined ? (
          <select
            aria-label={t('study')}
            value={entry?.id ?? ''}
            onChange={(event) => onChange({ study: event.target.value, options: [] })}
          >
            {groups.map((group) => (
              <optgroup key={group} label={t(group)}>
                {catalogue
                  .filter((e) => e.group === group)
                  .map((e) => (
                    <option key={e.id} value={e.id}>
                      {textIn(e.title, language)}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        ) : (
          <a href="#/">← {t('board')}</a>
        )}
      </div>
      <div className="row tools">
        <button
          type="button"
          className="quiet"
          onClick={async () => {
            const address = new URL(writeLink(link, true), location.href).href
            await navigator.clipboard.writeText(address).then(
              () => setCopied(true),
              () => prompt(t('link'), address),
            )
            setTimeout(() => setCopied(false), 2500)
          }}
        >
          {copied ? t('linkCopied') : t('link')}
        </button>
        <button type="button" className="quiet" onClick={() => print()}>
          {t('print')}
        </button>
      </div>
    </section>
  )
}
