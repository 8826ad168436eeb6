/** The translation desk of a document: every text side by side in two languages, what is missing, terms, and what a machine has drafted. */
import { useEffect, useMemo, useState } from 'react'
import { type Document, parse } from 'yaml'
import { LANGUAGE_NAMES, LANGUAGES, type Language, textIn } from '../../contracts/languages.ts'
import type { Raw } from '../../packs/parse.ts'
import { Scroll } from '../../plans/screens/scroll.tsx'
import { useWords } from '../../plans/screens/words.ts'
import { read } from '../../web/server.ts'
import { termsIn } from '../../words/glossary.ts'
import { edited, put } from '../authoring/edit.ts'
import { afterReview, coverage, type Drafts, draftsIn, overtaken, textsIn, type Worded, withoutDraft } from '../authoring/texts.ts'
import { titlesIn } from '../changes.ts'
import type { DetailWire } from '../schema.ts'
import type { TableProps } from './roster-table.tsx'
import { fieldName } from './words.ts'

/** Letters on a line of a text that is being written. */
const LINE = 48

/** What somebody most likely came to write: a language that is read there, else their own. */
const firstToWrite = (read: readonly string[], own: Language): Language => {
  const local = (one: string): one is Language => one !== 'en' && one !== 'ru'
  return local(own) ? own : (read.find(local) ?? 'ky')
}

type Show = 'all' | 'missing' | 'drafts' | 'overtaken'

/** Versions that are looked through for what has changed since it was translated. */
const LOOKED_THROUGH = 30

/** The document as it was, the oldest first; nothing until it is known. */
function useHistory({ id, versions }: DetailWire): readonly Raw[] {
  const [history, setHistory] = useState<readonly Raw[]>([])
  useEffect(() => {
    let current = true
    const numbers = versions.map((version) => version.number).sort((a, b) => a - b)
    const contents = numbers.slice(-LOOKED_THROUGH).map(async (number) => {
      const { content } = await read<{ content: string }>(`/api/documents/${id}/versions/${number}`)
      return parse(content, { maxAliasCount: 50 }) as Raw
    })
    // Without a server nothing is known of what was before.
    void Promise.all(contents).then(
      (all) => current && setHistory(all),
      () => undefined,
    )
    return () => {
      current = false
    }
  }, [id, versions])
  return history
}

export function Translation({ document: detail, text, raw, onText }: TableProps) {
  const { t, language } = useWords()
  const [from, setFrom] = useState<Language>(language === 'ru' ? 'ru' : 'en')
  const [to, setTo] = useState<Language>(() => firstToWrite(detail.languages, language))
  const [show, setShow] = useState<Show>('all')
  const history = useHistory(detail)
  const texts = useMemo(() => textsIn(raw), [raw])
  const { all, has } = useMemo(() => coverage(raw), [raw])
  const drafts = useMemo(() => draftsIn(raw), [raw])
  const late = useMemo(() => overtaken([...history, raw], from, to), [history, raw, from, to])
  const names = useMemo(() => titlesIn([raw]), [raw])
  const stepIn = (step: string) => {
    const name = names.get(step)
    return name === undefined ? fieldName(step, language) : `“${textIn(name, language)}”`
  }
  const isDraft = drafts.drafted.includes(to)
  const isMissing = ({ texts: there }: Worded) => (there[to] ?? '') === ''
  const isReviewed = ({ path }: Worded) => drafts.reviewed[to]?.includes(path.join('.')) ?? false
  const unreviewed = isDraft ? texts.filter((one) => !isMissing(one) && !isReviewed(one)) : []
  const shown = texts.filter(
    (one) =>
      show === 'all' ||
      (show === 'missing' && isMissing(one)) ||
      (show === 'drafts' && unreviewed.includes(one)) ||
      (show === 'overtaken' && late.has(one.path.join('.'))),
  )
  const putDrafts = (document: Document, { drafted, reviewed }: Drafts) => {
    put(document, ['drafted'], drafted.length === 0 ? undefined : drafted)
    put(document, ['reviewed'], Object.keys(reviewed).length === 0 ? undefined : reviewed)
  }
  const setDrafts = (changed: Drafts) => onText(edited(text, (document) => putDrafts(document, changed)))
  const set = ({ path, texts: there }: Worded, value: string) =>
    onText(
      edited(text, (document) => {
        // A plain string becomes a text by language.
        const { [to]: _, ...rest } = there
        put(document, path, value === '' && to !== 'en' ? rest : { ...there, [to]: value })
        // What a person has written is no draft of a machine.
        if (isDraft && value !== '') putDrafts(document, afterReview(drafts, texts, to, path.join('.'), true))
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
        <label>
          {t('shownTexts')}{' '}
          <select value={show} onChange={(event) => setShow(event.target.value as Show)}>
            <option value="all">{t('allTexts')}</option>
            <option value="missing">{t('onlyMissing')}</option>
            {isDraft && <option value="drafts">{t('onlyDrafts')}</option>}
            <option value="overtaken">{t('onlyOvertaken')}</option>
          </select>
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={isDraft}
            onChange={(event) =>
              setDrafts(event.target.checked ? { ...drafts, drafted: [...drafts.drafted, to].sort() } : withoutDraft(drafts, to))
            }
          />{' '}
          {t('draftedByMachine')}
        </label>
      </div>
      <p role="status">
        {t('missingTexts', { n: all - (has[to] ?? 0), all })}
        {isDraft && ` · ${t('draftTexts', { n: unreviewed.length })}`}
        {late.size > 0 && ` · ${t('overtakenTexts', { n: late.size })}`}
      </p>
      {shown.length === 0 ? (
        <p className="quiet">{t(show === 'missing' ? 'nothingMissing' : 'none')}</p>
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
                const place = one.path.map((step) => stepIn(String(step))).join(' · ')
                const terms = termsIn(one.texts.en!)
                return (
                  <tr key={one.path.join('.')}>
                    <td className="quiet">{place}</td>
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
                        aria-label={`${LANGUAGE_NAMES[to]}: ${place}`}
                        defaultValue={one.texts[to] ?? ''}
                        onBlur={(event) => event.target.value.trim() !== (one.texts[to] ?? '') && set(one, event.target.value.trim())}
                      />
                      {late.has(one.path.join('.')) && <span className="term">{t('isOvertaken')}</span>}
                      {isDraft && !isMissing(one) && (
                        <label className="check">
                          <input
                            type="checkbox"
                            aria-label={`${t('isReviewed')}: ${place}`}
                            checked={isReviewed(one)}
                            onChange={(event) => setDrafts(afterReview(drafts, texts, to, one.path.join('.'), event.target.checked))}
                          />{' '}
                          {t('isReviewed')}
                        </label>
                      )}
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
