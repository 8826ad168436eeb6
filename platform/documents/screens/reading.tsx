/** A document as it stands, for whoever only reads: drawn, in words and tables, and as text. */
import { type ReactNode, useMemo } from 'react'
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
import { useBeside, useThings } from './beside.ts'
import { FacilityReading } from './reading-facility.tsx'
import { FieldsReading } from './reading-fields.tsx'
import { RosterReading } from './reading-roster.tsx'
import type { WrittenRoster } from './rosters.ts'

export function Reading({ document, version }: { readonly document: DetailWire; readonly version: number }) {
  const { t } = useWords()
  const { data, error } = useServer<{ content: string }>(`/api/documents/${document.id}/versions/${version}`)
  const drawn = useMemo(() => (data === undefined ? undefined : drawingOf(document, data.content)), [data, document])
  if (data === undefined) return <Fault error={error} />
  const text = (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keyboard too
    <section className="as-text" aria-label={t('asText')} tabIndex={0}>
      <pre>{data.content}</pre>
    </section>
  )
  if (drawn === undefined) return text
  return (
    <>
      {drawn}
      {document.kind !== 'plan' && (
        <details className="more">
          <summary>{t('asText')}</summary>
          {text}
        </details>
      )}
    </>
  )
}

/** What there is more to see of than text; nothing for what was written when other things were allowed. */
function drawingOf({ kind, establishment }: DetailWire, content: string): ReactNode {
  const written = parse(content, { maxAliasCount: 50 }) as Raw
  if (kind !== 'plan' && kind !== 'facility' && kind !== 'roster') return <FieldsReading raw={written} establishment={establishment} />
  const parsed = parseDocument(kind, written)
  if (!('document' in parsed)) return undefined
  const { document } = parsed
  if (document.kind === 'plan') return <Plan plan={document} establishment={establishment} />
  if (document.kind === 'facility') return <FacilityReading facility={document} establishment={establishment} />
  return document.kind === 'roster' ? (
    <RosterReading roster={document} written={written as unknown as WrittenRoster} establishment={establishment} />
  ) : undefined
}

function Plan({ plan, establishment }: { readonly plan: PlanDocument; readonly establishment: string }) {
  const { t, language, words } = useWords()
  const wording = new Wording({ ...useThings(useBeside(establishment)), tasks: plan.tasks, marks: plan.marks }, language, words)
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
                <td>{wording.lasts(task)}</td>
                <td>{wording.does(task)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  )
}
