/** The translation desk of a document: every text side by side in two languages, what is missing, terms, and what a machine has drafted. */
import { useMemo, useState } from 'react'
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../../contracts/languages.ts'
import { Scroll } from '../../plans/screens/scroll.tsx'
import { useWords } from '../../plans/screens/words.ts'
import { termsIn } from '../../words/glossary.ts'
import { edited, put } from '../authoring/edit.ts'
import { coverage, textsIn, type Worded } from '../authoring/texts.ts'
import type { TableProps } from './roster-table.tsx'
import { fieldName } from './words.ts'

/** Letters on a line of a text that is being written. */
const LINE = 48

const draftedIn = (raw: TableProps['raw']): readonly string[] => {
  const { drafted } = raw as { drafted?: unknown }
  return Array.isArray(drafted) ? drafted.map(String) : []
}

export function Translation({ text, raw, onText }: TableProps) {
  const { t, language } = useWords()
  const [from, setFrom] = useState<Language>(language === 'ru' ? 'ru' : 'en')
  const [to, setTo] = useState<Language>(language === 'en' || language === 'ru' ? 'ky' : language)
  const [onlyMissing, setOnlyMissing] = useState(false)
  const texts = useMemo(() => textsIn(raw), [raw])
  const { all, has } = useMemo(() => coverage(raw), [raw])
  const drafted = draftedIn(raw)
  const shown = texts.filter((one) => !onlyMissing || (one.texts[to] ?? '') === '')
  const setDrafted = (languages: readonly string[]) =>
    onText(edited(text, (document) => put(document, ['drafted'], languages.length === 0 ? undefined : languages)))
  const set = ({ path, texts: there }: Worded, value: string) =>
    onText(
      edited(text, (document) => {
        // A plain string becomes a text by language.
        const { [to]: _, ...rest } = there
        put(document, path, value === '' && to !== 'en' ? rest : { ...there, [to]: value })
      }),
    )
  const languages = (label: string, value: Language, choose: (language: Language) => void) => (
    <label>
      {label}{' '}
      <select value={value} onChange={(event) => choose(event.target.value as Language)}>
        {LANGUAGES.map((one) => (
          <option key={one} value={one}>
            {LANGUAGE_NAMES[one]} ({has[one]}/{all})
          </option>
        ))}
      </select>
    </label>
  )
  return (
    <div className="translation">
      <div className="row">
        {languages(t('translateFrom'), from, setFrom)}
        {languages(t('translateTo'), to, setTo)}
        <label className="check">
          <input type="checkbox" checked={onlyMissing} onChange={(event) => setOnlyMissing(event.target.checked)} /> {t('onlyMissing')}
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={drafted.includes(to)}
            onChange={(event) => setDrafted(event.target.checked ? [...drafted, to].sort() : drafted.filter((one) => one !== to))}
          />{' '}
          {t('draftedByMachine')}
        </label>
      </div>
      <p role="status">{t('missingTexts', { n: all - (has[to] ?? 0), all })}</p>
      {shown.length === 0 ? (
        <p className="quiet">{t('nothingMissing')}</p>
      ) : (
        <Scroll label={t('asTranslation')}>
          <table className="wide sheet-table sides-table">
            <thead>
              <tr>
                <th scope="col">{t('where')}</th>
                <th scope="col">{LANGUAGE_NAMES[from]}</th>
                <th scope="col">{LANGUAGE_NAMES[to]}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((one) => {
                const where = one.path.map((step) => fieldName(String(step), language)).join(' · ')
                const terms = termsIn(one.texts.en!)
                return (
                  <tr key={one.path.join('.')}>
                    <td className="quiet">{where}</td>
                    <td lang={from}>
                      {one.texts[from] ?? one.texts.en}
                      {terms.map((term) => (
                        <span key={term.en} className="term">
                          {term[from] ?? term.en} = {term[to] ?? term.ru}
                        </span>
                      ))}
                    </td>
                    <td>
                      <textarea
                        key={one.texts[to] ?? ''}
                        lang={to}
                        rows={Math.max(1, Math.ceil(Math.max(one.texts.en!.length, (one.texts[to] ?? '').length) / LINE))}
                        aria-label={`${LANGUAGE_NAMES[to]}: ${where}`}
                        defaultValue={one.texts[to] ?? ''}
                        onBlur={(event) => event.target.value.trim() !== (one.texts[to] ?? '') && set(one, event.target.value.trim())}
                      />
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </Scroll>
      )}
    </div>
  )
}
