/** A document as it stands, for whoever only reads: a plan as a drawing and in words, everything else as text. */
import { useMemo } from 'react'
import { parse } from 'yaml'
import { Fault } from '../../access/screens/form.tsx'
import { textIn } from '../../contracts/languages.ts'
import { LEVELS, type PlanDocument } from '../../packs/kinds/plan.ts'
import { parseDocument, type Raw } from '../../packs/parse.ts'
import { TaskGraph } from '../../plans/screens/plan.tsx'
import { Scroll } from '../../plans/screens/scroll.tsx'
import { useWords } from '../../plans/screens/words.ts'
import { Wording } from '../../plans/wording.ts'
import { useServer } from '../../web/server.ts'
import type { DetailWire } from '../schema.ts'

export function Reading({ document, version }: { readonly document: DetailWire; readonly version: number }) {
  const { data, error } = useServer<{ content: string }>(`/api/documents/${document.id}/versions/${version}`)
  const plan = useMemo(() => (data === undefined || document.kind !== 'plan' ? undefined : planOf(data.content)), [data, document.kind])
  if (data === undefined) return <Fault error={error} />
  return plan === undefined ? <pre className="as-text">{data.content}</pre> : <Plan plan={plan} />
}

function planOf(content: string): PlanDocument | undefined {
  const parsed = parseDocument('plan', parse(content) as Raw)
  return 'document' in parsed ? parsed.document : undefined
}

function Plan({ plan }: { readonly plan: PlanDocument }) {
  const { t, language, words } = useWords()
  const wording = new Wording({ tasks: plan.tasks, marks: plan.marks }, language, words)
  // Who is there first comes first.
  const rows = [...LEVELS].reverse().flatMap((level) => Object.entries(plan.tasks).filter(([, task]) => task.level === level))
  return (
    <>
      {plan.purpose !== undefined && <p>{textIn(plan.purpose, language)}</p>}
      <TaskGraph plan={plan} />
      <Scroll label={t('table')}>
        <table className="wide">
          <thead>
            <tr>
              <th scope="col">{t('task')}</th>
              <th scope="col">{t('level')}</th>
              <th scope="col">{t('reportBegins')}</th>
              <th scope="col">{t('needs')}</th>
              <th scope="col">{t('lasts')}</th>
              <th scope="col">{t('reportDoes')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([id, task]) => (
              <tr key={id}>
                <th scope="row">{textIn(task.title, language)}</th>
                <td>{t(task.level)}</td>
                <td>{wording.begins(task)}</td>
                <td>{wording.asks(task)}</td>
                <td>{wording.duration(task.duration)}</td>
                <td>{wording.does(task)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  )
}
