/** What has changed, in the words of the document: "Raise the alarm · duration: usually 20 s → usually 40 s". */
import { Fault } from '../../access/screens/form.tsx'
import { textIn } from '../../contracts/languages.ts'
import { useWords } from '../../plans/screens/words.ts'
import { useServer } from '../../web/server.ts'
import type { Change } from '../changes.ts'
import type { ChangesWire } from '../schema.ts'
import { fieldName, inWords, type Names } from './words.ts'

interface Comment {
  readonly id: string
  readonly place: string
  readonly text: string
  readonly settledAt: unknown
}

interface ChangesProps {
  readonly id: string
  readonly from: number
  readonly to: number
  readonly comments: readonly Comment[]
}

interface ListProps {
  readonly changes: readonly Change[]
  readonly names?: Names
  /** Shown once, at the first change of the part that they are about; those that are settled are not. */
  readonly comments?: readonly Comment[]
}

export function Changes({ id, from, to, comments }: ChangesProps) {
  const { data, error } = useServer<ChangesWire>(`/api/documents/${id}/changes?from=${from}&to=${to}`)
  if (data === undefined) return <Fault error={error} />
  return <ChangeList changes={data.changes as readonly Change[]} names={new Map(Object.entries(data.names))} comments={comments} />
}

export function ChangeList({ changes, names, comments = [] }: ListProps) {
  const { t, language } = useWords()
  if (changes.length === 0) return <p className="quiet">{t('noChanges')}</p>
  return (
    <ul className="plain changes">
      {changes.map(({ path, before, after }, k) => (
        <li key={`${path.map((step) => step.key).join('.')} ${JSON.stringify([before, after])}`}>
          <p className="where">
            {path.map((step, k) => (
              <span
                key={path
                  .slice(0, k + 1)
                  .map((s) => s.key)
                  .join('.')}
              >
                {k > 0 && ' · '}
                {step.title === undefined ? fieldName(step.key, language) : <strong>{textIn(step.title, language)}</strong>}
              </span>
            ))}
            {before === undefined && <em> {t('isNew')}</em>}
            {after === undefined && <em> {t('isGone')}</em>}
          </p>
          {before !== undefined && <del>{inWords(before, language, names)}</del>}
          {before !== undefined && after !== undefined && <span className="quiet"> → </span>}
          {after !== undefined && <ins>{inWords(after, language, names)}</ins>}
          {comments
            .filter(({ place, settledAt }) => place !== '' && settledAt === null && changes.findIndex((one) => isAt(place, one.path)) === k)
            .map(({ id, text }) => (
              <p key={id} className="said">
                {text}
              </p>
            ))}
        </li>
      ))}
    </ul>
  )
}

/** Whether a comment on a part is about this change. */
const isAt = (place: string, path: Change['path']): boolean => {
  const here = path.map((step) => step.key).join('.')
  return here === place || here.startsWith(`${place}.`)
}
