/** How one measure is distributed over the nights, against the line of success; and all measures as a table. */
import type { Summary } from '@aman/kernel/experiment/summary'
import type { Model } from '@aman/kernel/world/model'
import { useState } from 'react'
import type { StudyDocuments } from '../packs/scene.ts'
import { measureTitle } from '../plans/measures.ts'
import type { StressReport } from '../plans/report.ts'
import { Histogram } from '../plans/screens/charts.tsx'
import { Measures } from '../plans/screens/measures.tsx'
import { useWords } from '../plans/screens/words.ts'
import { clockMeasure } from '../runs/model.ts'

interface Props {
  readonly documents: StudyDocuments
  readonly model: Model
  readonly report: StressReport
  readonly summary: Summary
}

export function Distribution({ documents, model, report, summary }: Props) {
  const { t, language } = useWords()
  const [measure, setMeasure] = useState<string>()
  const criteria = model.success.map((s) => model.measures[s.measure]!.name)
  const shown = measure ?? criteria.find((name) => !isSure(name)) ?? criteria[0] ?? model.measures[clockMeasure(model)]?.name
  const shownIndex = model.measures.findIndex((m) => m.name === shown)
  const criterion = model.success.find((s) => s.measure === shownIndex)
  if (shownIndex < 0) return null
  return (
    <section aria-labelledby="distribution-title">
      <h2 id="distribution-title">{t('distribution')}</h2>
      <div className="columns">
        <div>
          <label>
            {t('measure')}{' '}
            <select value={shown} onChange={(event) => setMeasure(event.target.value)}>
              {model.measures
                .filter((m) => (report.measures[m.name]?.reached ?? 0) > 0)
                .map((m) => (
                  <option key={m.name} value={m.name}>
                    {measureTitle(m.name, documents, language)}
                  </option>
                ))}
            </select>
          </label>
          <Histogram
            values={summary.column(shownIndex)}
            unit={model.measures[shownIndex]!.unit}
            label={measureTitle(shown!, documents, language)}
            line={
              criterion === undefined
                ? undefined
                : {
                    value: criterion.high < Number.POSITIVE_INFINITY ? criterion.high : criterion.low,
                    atMost: criterion.high < Number.POSITIVE_INFINITY,
                  }
            }
          />
        </div>
        <Measures documents={documents} report={report} />
      </div>
    </section>
  )

  function isSure(name: string): boolean {
    const m = report?.measures[name]
    return m !== undefined && m.p05 === m.p95
  }
}
