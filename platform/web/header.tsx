/** The top of the page: which study, and what can be done with the whole of it. */
import { useState } from 'react'
import { textIn } from '../contracts/languages.ts'
import { useWords } from '../plans/screens/words.ts'
import type { CatalogueEntry } from './catalogue.ts'
import { type Question as Link, writeLink } from './link.ts'

export interface Shared {
  readonly link: Link
  readonly onChange: (part: Partial<Link>) => void
}

export function Header({
  catalogue,
  entry,
  link,
  onChange,
}: Shared & { readonly catalogue: readonly CatalogueEntry[]; readonly entry: CatalogueEntry | undefined }) {
  const { t, language } = useWords()
  const [copied, setCopied] = useState(false)
  const groups = (['studies', 'cases', 'reference'] as const).filter((g) => catalogue.some((e) => e.group === g))
  return (
    <header className="top">
      <a className="skip" href="#answer">
        {t('skip')}
      </a>
      <h1>
        {t('product')} <span>{t('tagline')}</span>
      </h1>
      <label className="study">
        <span className="visually-hidden">{t('study')}</span>
        <select value={entry?.id ?? ''} onChange={(event) => onChange({ study: event.target.value, options: [] })}>
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
      </label>
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
        <button
          type="button"
          className="quiet"
          lang={language === 'en' ? 'ru' : 'en'}
          onClick={() => onChange({ language: language === 'en' ? 'ru' : 'en' })}
        >
          {t('language')}
        </button>
      </div>
    </header>
  )
}
