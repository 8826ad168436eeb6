/** Where the numbers come from: every source and assumption behind a question, and how the answer was worked out. */
import { textIn } from '../../contracts/languages.ts'
import type { StudyBundle } from '../../packs/bundle.ts'
import type { CaseDocument } from '../../packs/kinds/case.ts'
import type { StudyDocuments } from '../../packs/scene.ts'
import type { Word } from '../../words/dictionary.ts'
import type { StressReport } from '../report.ts'
import { rawsOf, standingBehind } from '../telling.ts'
import { Scroll } from './scroll.tsx'
import { useWords } from './words.ts'

interface Props {
  readonly bundle: StudyBundle
  readonly documents: StudyDocuments
  readonly incident: CaseDocument | undefined
  readonly report: StressReport | undefined
}

export function Sources({ bundle, documents, incident, report }: Props) {
  const { t, language } = useWords()
  const { study, facility, roster, plans, threats } = documents
  const all = [study, facility, roster, ...plans, ...Object.values(threats), ...(incident === undefined ? [] : [incident])]
  const { counts, sources, assumptions } = standingBehind(rawsOf(bundle), all)
  return (
    <section aria-labelledby="sources-title">
      <h2 id="sources-title">{t('sources')}</h2>
      <p>{t('sourcesLead', counts)}</p>
      {sources.length > 0 && (
        <Scroll label={t('sources')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('source')}</th>
                <th scope="col">{t('checked')}</th>
              </tr>
            </thead>
            <tbody>
              {sources.map((s) => (
                <tr key={s.title}>
                  <td>
                    {[s.by, s.title, s.year].filter((part) => part !== undefined).join('. ')}
                    {s.url !== undefined && (
                      <>
                        {' '}
                        <a href={s.url} rel="noreferrer">
                          {new URL(s.url).host}
                        </a>
                      </>
                    )}
                  </td>
                  <td>{t(`confidence:${s.confidence}` as Word)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {assumptions.length > 0 && (
        <details>
          <summary>
            {t('assumption')}: {assumptions.length}
          </summary>
          <Scroll label={t('assumption')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('assumption')}</th>
                  <th scope="col">{t('owner')}</th>
                </tr>
              </thead>
              <tbody>
                {assumptions.map((a) => (
                  <tr key={a.key}>
                    <td>
                      {textIn(a.text, language)} <span className="quiet">({textIn(a.of, language)})</span>
                    </td>
                    <td>
                      {a.owner}, {a.date}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </details>
      )}
      {report !== undefined && (
        <>
          <h3>{t('method')}</h3>
          <p className="quiet">{t('methodText', { model: report.model, digest: report.digest })}</p>
        </>
      )}
    </section>
  )
}
