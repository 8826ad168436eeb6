/** A report in the form in which somebody wants it. */
import { Fault } from '../../access/screens/form.tsx'
import { useWords } from '../../plans/screens/words.ts'
import { fetchFile } from '../../web/download.ts'
import { useDeed } from '../../web/server.ts'

const NAMES = { pdf: 'PDF', docx: 'Word', xlsx: 'Excel' } as const

/** `path`: what the server answers with a report; `of`: its title, for those who hear the page. */
export function ReportLinks({ path, of }: { readonly path: string; readonly of: string }) {
  const { t, language } = useWords()
  const fetching = useDeed((format: keyof typeof NAMES) => fetchFile(`${path}?format=${format}&language=${language}`))
  return (
    <span className="reports">
      {t('report')}:{' '}
      {Object.entries(NAMES).map(([format, name]) => (
        <button
          key={format}
          type="button"
          className="quiet flush"
          disabled={fetching.isPending}
          aria-label={`${t('reportFor', { what: of })}, ${name}`}
          onClick={() => fetching.mutate(format as keyof typeof NAMES)}
        >
          {name}
        </button>
      ))}
      {fetching.isPending && <span role="status">{t('reportMaking')}</span>}
      <Fault error={fetching.error} />
    </span>
  )
}
