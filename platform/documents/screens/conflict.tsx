/** Somebody else has saved a version while one wrote: what both have changed, and what to go on with. */
import { useMemo } from 'react'
import { parseDocument } from 'yaml'
import type { Raw } from '../../packs/parse.ts'
import { useWords } from '../../plans/screens/words.ts'
import { useServer } from '../../web/server.ts'
import { edited, put } from '../authoring/edit.ts'
import { type Edit, merged } from '../authoring/merge.ts'
import { changesBetween, titlesIn } from '../changes.ts'
import type { DetailWire } from '../schema.ts'
import { ChangeList } from './changes.tsx'
import { fieldName } from './words.ts'

/** The values of a text that is YAML, whether or not it is in order as a document. */
export function rawOf(text: string): Raw | undefined {
  const tree = parseDocument(text)
  if (tree.errors.length > 0) return undefined
  const raw = tree.toJS({ maxAliasCount: 50 }) as Raw
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? raw : undefined
}

/** The text with what somebody else has changed. */
const withEdits = (text: string, edits: readonly Edit[]): string =>
  edited(text, (document) => {
    for (const { path, value } of edits) {
      if (value === undefined) document.deleteIn(path)
      else put(document, path, value)
    }
  })

/** Somebody was faster: both versions are shown, and the one who writes decides. */
export function Conflict({
  document,
  text,
  basedOn,
  onText,
}: {
  readonly document: DetailWire
  readonly text: string
  readonly basedOn: number
  /** What to go on with; undefined: what one has written, in place of the other. */
  readonly onText: (text: string | undefined) => void
}) {
  const { t, language } = useWords()
  const path = `/api/documents/${document.id}/versions`
  const base = useServer<{ content: string }>(`${path}/${basedOn}`)
  const theirs = useServer<{ content: string }>(`${path}/${document.latest}`)
  const own = useMemo(() => rawOf(text), [text])
  const joined = useMemo(() => {
    const [was, their] = [base.data, theirs.data].map((version) => (version === undefined ? undefined : rawOf(version.content)))
    return was === undefined || their === undefined || own === undefined ? undefined : merged(was, their, own)
  }, [base.data, theirs.data, own])
  return (
    <section className="conflict" role="alert">
      <h2>{t('conflictTitle', { n: document.latest })}</h2>
      <p>{t('conflictLead')}</p>
      {base.data !== undefined && theirs.data !== undefined && (
        <div className="columns">
          <div>
            <h3>{t('theirs', { n: document.latest })}</h3>
            <ChangeList
              changes={changesBetween(rawOf(base.data.content)!, rawOf(theirs.data.content)!)}
              names={titlesIn([rawOf(theirs.data.content)!])}
            />
          </div>
          <div>
            <h3>{t('yours')}</h3>
            {own !== undefined && <ChangeList changes={changesBetween(rawOf(base.data.content)!, own)} names={titlesIn([own])} />}
          </div>
        </div>
      )}
      {joined !== undefined && joined.clashes.length > 0 && (
        <p>
          {t('clashes')} {joined.clashes.map((path) => path.map((key) => fieldName(key, language)).join(' · ')).join('; ')}
        </p>
      )}
      <div className="row">
        {joined !== undefined && joined.clashes.length === 0 && (
          <button type="button" className="primary" onClick={() => onText(withEdits(text, joined.edits))}>
            {t('joinBoth')}
          </button>
        )}
        <button type="button" disabled={theirs.data === undefined} onClick={() => onText(theirs.data!.content)}>
          {t('goOnWithTheirs')}
        </button>
        <button type="button" onClick={() => onText(undefined)}>
          {t('saveAnyway', { n: document.latest + 1 })}
        </button>
      </div>
    </section>
  )
}
