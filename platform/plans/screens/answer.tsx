/** The answer first: one sentence with its interval, what success means, and the numbers behind it. */

import type { Model } from '@aman/kernel/world/model'
import { numberIn } from '../../contracts/languages.ts'
import type { StudyDocuments } from '../../packs/scene.ts'
import { measureTitle, ofHundred, valueIn } from '../measures.ts'
import type { StressReport } from '../report.ts'
import { headline } from '../telling.ts'
import { useWords } from './words.ts'

interface Props {
  readonly documents: StudyDocuments
  readonly model: Model
  readonly report: StressReport | undefined
  readonly running: boolean
  readonly stopped: boolean
  readonly weakest: string | undefined
  readonly best: { readonly title: string; readonly probability: number } | undefined
}

export function Answer({ documents, model, report, running, stopped, weakest, best }: Props) {
  const { t, language } = useWords()
  return (
    <div className="answer">
      <p className="headline" aria-live="polite">
        {report === undefined ? t(running ? 'running' : 'notYet') : headline(report, t, language)}
      </p>
      {report !== undefined && (
        <p className="quiet">
          {running
            ? t('soFar', { n: numberIn(report.replications, 0, language) })
            : t('ofNights', {
                n: numberIn(report.replications, 0, language),
                seconds: numberIn(report.seconds, 1, language),
                seed: report.seed,
              })}
          {!running && stopped && ` ${t('stopped')}`}
        </p>
      )}
      {weakest !== undefined && <p>{t('weakestIs', { what: weakest })}</p>}
      {best !== undefined && <p>{t('bestIs', { what: best.title, p: ofHundred(best.probability, language) })}</p>}
      {model.success.length > 0 && (
        <>
          <h2 className="minor">{t('successIs')}</h2>
          <ul className="criteria">
            {model.success.map(({ measure, low, high }) => {
              const m = model.measures[measure]!
              const what = measureTitle(m.name, documents, language)
              const value = valueIn(high < Number.POSITIVE_INFINITY ? high : low, m.unit, language)
              const share = report?.criteria.find((c) => c.measure === m.name)?.share
              return (
                <li key={m.name}>
                  {t(high < Number.POSITIVE_INFINITY ? 'atMost' : 'atLeast', { what, value })}
                  {share !== undefined && model.success.length > 1 && (
                    <span className="quiet"> · {t('heldIn', { p: ofHundred(share, language) })}</span>
                  )}
                </li>
              )
            })}
          </ul>
        </>
      )}
    </div>
  )
}
