/** What people say about a document, and about which part of it. */
import { useEffect, useState } from 'react'
import type { OneselfWire } from '../../access/schema.ts'
import { Field, Form } from '../../access/screens/form.tsx'
import { shownName } from '../../access/screens/happenings.ts'
import { type Text, textIn } from '../../contracts/languages.ts'
import type { Raw } from '../../packs/parse.ts'
import { useDates, useWords } from '../../plans/screens/words.ts'
import { useServer } from '../../web/server.ts'
import { entriesOf } from '../changes.ts'
import type { DetailWire } from '../schema.ts'
import { fresh, useDocumentDeed } from './deed.ts'
import { holds } from './list.tsx'
import { fieldName } from './words.ts'

interface Place {
  /** Such as "tasks.raise-alarm". */
  readonly place: string
  readonly title?: Text
}

/** Parts of the newest version that can be spoken of. */
function usePlaces(document: DetailWire): readonly Place[] {
  const { data } = useServer<{ content: string }>(`/api/documents/${document.id}/versions/${document.latest}`)
  const [places, setPlaces] = useState<readonly Place[]>([])
  useEffect(() => {
    if (data === undefined) return
    void import('yaml').then(({ parse }) => setPlaces(entriesOf(parse(data.content, { maxAliasCount: 50 }) as Raw)))
  }, [data])
  return places
}

export function Comments({ document, oneself }: { readonly document: DetailWire; readonly oneself: OneselfWire }) {
  const { t, language } = useWords()
  const { moment } = useDates()
  const deed = useDocumentDeed(document)
  const places = usePlaces(document)
  /** In the words of the document; of what is not in it any more as it was called in the file. */
  const named = (place: string) => {
    const found = places.find((one) => one.place === place)
    const [section, id] = place.split('.')
    return found === undefined || section === undefined
      ? place
      : `${fieldName(section, language)} “${textIn(found.title ?? { en: id ?? place }, language)}”`
  }
  const acts = holds(oneself, document.establishment, 'officer', 'planner', 'governor', 'administrator') && document.retiredAt === null
  return (
    <section>
      <h2>{t('comments')}</h2>
      {document.comments.length === 0 && <p className="quiet">{t('noComments')}</p>}
      <ul className="plain comments">
        {document.comments.map((comment) => (
          <li key={comment.id} className={comment.settledAt === null ? '' : 'settled'}>
            <p>
              {comment.place !== '' && <strong>{named(comment.place)}: </strong>}
              {comment.text}
            </p>
            <p className="quiet">
              {comment.author !== null && shownName(comment.author, t)} · {moment(comment.madeAt)} · {t('version').toLowerCase()}{' '}
              {comment.version}{' '}
              {comment.settledAt === null
                ? acts && (
                    <button type="button" className="quiet flush" onClick={() => deed.mutate({ do: 'settle', comment: comment.id })}>
                      {t('settle')}
                    </button>
                  )
                : `· ${t('settled')}`}
            </p>
          </li>
        ))}
      </ul>
      {acts && (
        <Form
          button={t('addComment')}
          busy={deed.isPending}
          error={deed.error}
          onSubmit={({ text, place }, form) =>
            deed.mutate(
              { do: 'comment', comment: fresh(), version: document.latest, place: place!, text: text! },
              { onSuccess: () => form.reset() },
            )
          }
        >
          <Field name="text" label={t('comment')} />
          <div className="field">
            <label>
              {t('commentPlace')}
              <select name="place">
                <option value="">{t('commentAll')}</option>
                {places.map(({ place }) => (
                  <option key={place} value={place}>
                    {named(place)}
                  </option>
                ))}
              </select>
            </label>
          </div>
        </Form>
      )}
    </section>
  )
}
