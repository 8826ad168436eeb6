/** Every measure that means something in these nights, as a table. */
import { numberIn } from '../../contracts/languages.ts'
import type { StudyDocuments } from '../../packs/scene.ts'
import { measureTitle, valueIn } from '../measures.ts'
import type { StressReport } from '../report.ts'
import { Scroll } from './scroll.tsx'
import { useWords } from './words.ts'

export function Measures({ documents, report }: { readonly documents: StudyDocuments; readonly report: StressReport }) {
  const { t, language } = useWords()
  const rows = Object.entries(report.measures).filter(([, m]) => m.reached > 0 && !(m.mean === 0 && m.p95 === 0))
  return (
    <Scroll className="measures" label={t('allMeasures')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('allMeasures')}</th>
            <th scope="col">{t('lowValue')}</th>
            <th scope="col">{t('middleValue')}</th>
            <th scope="col">{t('highValue')}</th>
            <th scope="col">{t('reached')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, m]) => (
            <tr key={name}>
              <th scope="row">{measureTitle(name, documents, language)}</th>
              <td>{valueIn(m.p05, m.unit, language)}</td>
              <td>{valueIn(m.p50, m.unit, language)}</td>
              <td>{valueIn(m.p95, m.unit, language)}</td>
              <td>{`${numberIn(100 * m.reached, 0, language)} %`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
