/** A documented incident: its published timeline beside what is simulated, and what is said to have gone well and wrong. */
import { textIn } from '../../contracts/languages.ts'
import type { CaseDocument } from '../../packs/kinds/case.ts'
import type { StudyDocuments } from '../../packs/scene.ts'
import { measureTitle, valueIn } from '../measures.ts'
import type { StressReport } from '../report.ts'
import { Scroll } from './scroll.tsx'
import { useWords } from './words.ts'

interface Props {
  readonly incident: CaseDocument
  readonly documents: StudyDocuments
  readonly report: StressReport | undefined
}

export function Incident({ incident, documents, report }: Props) {
  const { t, language } = useWords()
  return (
    <section aria-labelledby="case-title">
      <h2 id="case-title">
        {t('case')}: {textIn(incident.title, language)}
      </h2>
      <p>{textIn(incident.setting, language)}</p>
      <div className="columns">
        <div>
          <h3>{t('timeline')}</h3>
          <ol className="timeline">
            {incident.timeline.map((moment) => (
              <li key={moment.at + moment.what.en}>
                <time>{moment.at}</time>
                <span>
                  {textIn(moment.what, language)}
                  {moment.disputed && <em> ({t('disputed')})</em>}
                </span>
              </li>
            ))}
          </ol>
        </div>
        <div>
          <h3>{t('published')}</h3>
          <p className="quiet">{t('publishedLead')}</p>
          <Scroll label={t('published')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('measure')}</th>
                  <th scope="col">{t('source')}</th>
                  <th scope="col">{t('simulated')}</th>
                  <td />
                </tr>
              </thead>
              <tbody>
                {incident.published.map((p) => {
                  const m = report?.measures[p.measure]
                  const unit = m?.unit ?? 'persons'
                  const inside =
                    m !== undefined && (m.p05 ?? Number.POSITIVE_INFINITY) <= p.value && p.value <= (m.p95 ?? Number.POSITIVE_INFINITY)
                  return (
                    <tr key={p.measure}>
                      <th scope="row">{measureTitle(p.measure, documents, language)}</th>
                      <td>
                        <strong>{valueIn(p.value, unit, language)}</strong> {textIn(p.says, language)}
                      </td>
                      <td>{m === undefined ? '' : [m.p05, m.p50, m.p95].map((v) => valueIn(v, unit, language)).join(' – ')}</td>
                      <td>{m === undefined ? '' : t(inside ? 'inside' : 'outside')}</td>
                    </tr>
                  )
                })}
              </tbody>
            </table>
          </Scroll>
          <p className="caution">{textIn(incident.caution, language)}</p>
          <h3>{t('wentWell')}</h3>
          <ul>
            {incident['went-well'].map((lesson) => (
              <li key={lesson.text.en}>{textIn(lesson.text, language)}</li>
            ))}
          </ul>
          <h3>{t('wentWrong')}</h3>
          <ul>
            {incident['went-wrong'].map((lesson) => (
              <li key={lesson.text.en}>{textIn(lesson.text, language)}</li>
            ))}
          </ul>
        </div>
      </div>
    </section>
  )
}
