/** In which languages of the establishment a document cannot be read in full. */
import { useMemo } from 'react'
import { parse } from 'yaml'
import { LANGUAGE_NAMES, type Language } from '../../contracts/languages.ts'
import type { Raw } from '../../packs/parse.ts'
import { useWords } from '../../plans/screens/words.ts'
import { useServer } from '../../web/server.ts'
import { missingIn } from '../authoring/texts.ts'
import type { DetailWire } from '../schema.ts'

export function Missing({ document }: { readonly document: DetailWire }) {
  const { t } = useWords()
  const { data } = useServer<{ content: string }>(`/api/documents/${document.id}/versions/${document.latest}`)
  const missing = useMemo(
    () => (data === undefined ? [] : missingIn(parse(data.content, { maxAliasCount: 50 }) as Raw, document.languages)),
    [data, document.languages],
  )
  if (missing.length === 0) return null
  return (
    <p className="notice">
      {t('textsMissing')} {missing.map(([language, n]) => `${LANGUAGE_NAMES[language as Language]} (${n})`).join(', ')}
    </p>
  )
}
