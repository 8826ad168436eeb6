/** Exercises of a plan: when, of what kind, what was learned; and putting one on record. */
import { useId } from 'react'
import type { OneselfWire } from '../../access/schema.ts'
import { Fault, Field, Form } from '../../access/screens/form.tsx'
import { shownName } from '../../access/screens/happenings.ts'
import { useDates, useWords } from '../../plans/screens/words.ts'
import { type DetailWire, FORMS } from '../schema.ts'
import { fresh, useDocumentDeed } from './deed.ts'
import { holds } from './list.tsx'

export function Rehearsals({ document, oneself }: { readonly document: DetailWire; readonly oneself: OneselfWire }) {
  const { t } = useWords()
  const { date } = useDates()
  const deed = useDocumentDeed(document)
  const strike = useDocumentDeed(document)
  const records = holds(oneself, document.establishment, 'planner', 'governor') && document.retiredAt === null
  return (
    <section>
      <h2>{t('exercises')}</h2>
      {document.rehearsals.length === 0 && <p className="quiet">{t('noExercises')}</p>}
      <ul className="plain comments">
        {document.rehearsals.map(({ id, on, form, version, learned, by, struckAt }) => (
          <li key={id} className={struckAt === null ? '' : 'settled'}>
            <p>
              <strong>{date(on)}</strong> · {t(`form-${form}`)} · {t('version').toLowerCase()} {version}
            </p>
            <p>{learned}</p>
            <p className="quiet">
              {by !== null && shownName(by, t)}{' '}
              {struckAt !== null
                ? `· ${t('struck')}`
                : records && (
                    <button
                      type="button"
                      className="quiet flush"
                      disabled={strike.isPending}
                      onClick={() => strike.mutate({ do: 'strike', rehearsal: id })}
                    >
                      {t('strike')}
                    </button>
                  )}
            </p>
          </li>
        ))}
      </ul>
      <Fault error={strike.error} />
      {records && document.approved !== null && (
        <details className="more">
          <summary>{t('recordExercise')}</summary>
          <Form
            button={t('recordIt')}
            busy={deed.isPending}
            error={deed.error}
            onSubmit={({ on, form, learned }, element) =>
              deed.mutate(
                {
                  do: 'rehearse',
                  rehearsal: fresh(),
                  version: document.approved!,
                  on: on!,
                  form: form as (typeof FORMS)[number],
                  learned: learned!,
                },
                { onSuccess: () => element.reset() },
              )
            }
          >
            <Field name="on" label={t('heldOn')} type="date" min="2000-01-01" max={today()} defaultValue={today()} />
            <div className="field">
              <label>
                {t('exerciseForm')}{' '}
                <select name="form">
                  {FORMS.map((form) => (
                    <option key={form} value={form}>
                      {t(`form-${form}`)}
                    </option>
                  ))}
                </select>
              </label>
            </div>
            <Learned />
          </Form>
        </details>
      )}
    </section>
  )
}

function Learned() {
  const { t } = useWords()
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{t('learned')}</label>
      <textarea id={id} name="learned" rows={3} required maxLength={5000} aria-describedby={`${id}-help`} />
      <p className="quiet" id={`${id}-help`}>
        {t('learnedHelp')}
      </p>
    </div>
  )
}

/** By the clock of whoever sits here. */
function today(): string {
  const now = new Date()
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, '0')).join('-')
}
