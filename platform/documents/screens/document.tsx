/** One document: what is in force, what would change, what it does to the chance of success, what people say, and writing. */
import './documents.css'
import { lazy, type ReactNode, Suspense, useState, useSyncExternalStore } from 'react'
import type { OneselfWire } from '../../access/schema.ts'
import { Fault, Field, Form } from '../../access/screens/form.tsx'
import { shownName } from '../../access/screens/happenings.ts'
import { textIn } from '../../contracts/languages.ts'
import { useDates, useWords } from '../../plans/screens/words.ts'
import { ReportLinks } from '../../reports/screens/links.tsx'
import { outbox } from '../../web/outbox.ts'
import { useServer } from '../../web/server.ts'
import { useTitle } from '../../web/title.ts'
import type { Word } from '../../words/dictionary.ts'
import type { DetailWire, RowWire } from '../schema.ts'
import { Changes } from './changes.tsx'
import { Comments } from './comments.tsx'
import { useDocumentDeed } from './deed.ts'
import { Effect } from './effect.tsx'
import { Chip, holds } from './list.tsx'
import { Rehearsals } from './rehearsals.tsx'
import { keptAs, keptHere } from './unsaved.ts'

const Reading = lazy(() => import('./reading.tsx').then((module) => ({ default: module.Reading })))
const Missing = lazy(() => import('./missing.tsx').then((module) => ({ default: module.Missing })))
const Writing = lazy(() => import('./writing.tsx').then((module) => ({ default: module.Writing })))

export function DocumentRoom({ id, oneself }: { readonly id: string; readonly oneself: OneselfWire }) {
  const { t } = useWords()
  const { data, error } = useServer<DetailWire>(`/api/documents/${id}`)
  return (
    <main className="page" tabIndex={-1} aria-busy={data === undefined && error === null}>
      <Fault error={error} />
      {error !== null && <a href="#/documents">{t('back')}</a>}
      {data !== undefined && <Document document={data} oneself={oneself} />}
    </main>
  )
}

function Document({ document, oneself }: { readonly document: DetailWire; readonly oneself: OneselfWire }) {
  const { t, language } = useWords()
  useTitle(textIn(document.title, language))
  const [writing, setWriting] = useState(false)
  /** A version that somebody wants to read again. */
  const [looked, setLooked] = useState<number>()
  const writes = holds(oneself, document.establishment, 'planner', 'governor') && document.retiredAt === null
  const base = document.approved ?? (document.latest > 1 ? document.latest - 1 : undefined)
  const shown = document.latest
  const unsaved = document.working !== null || keptHere(keptAs(oneself.id, document.id)) !== undefined
  return (
    <>
      <p className="trace">
        <a href={`#/documents/${document.establishment}`}>{t('documents')}</a> / {t(`kind-${document.kind}` as Word)}
      </p>
      <div className="row title">
        <h1>{textIn(document.title, language)}</h1>
        <Chip status={document.status} />
      </div>
      <p className="quiet">
        {document.approved === null ? t('noneInForce') : t('inForce', { n: document.approved })}{' '}
        {document.status === 'in-review' && t('waitsForReview', { n: document.latest })}
      </p>
      {writing ? (
        <Suspense fallback={<p aria-busy="true" />}>
          <Writing document={document} person={oneself.id} onClose={() => setWriting(false)} />
        </Suspense>
      ) : (
        <>
          <Deeds document={document} oneself={oneself}>
            {writes && (
              <button type="button" onClick={() => setWriting(true)}>
                {unsaved ? t('continueWriting') : t('edit')}
              </button>
            )}
            {writes && unsaved && <span className="quiet">{t('unsaved')}</span>}
            {document.kind === 'plan' && (
              <ReportLinks
                path={`/api/documents/${document.id}/versions/${document.latest}/report`}
                of={textIn(document.title, language)}
              />
            )}
            {document.kind === 'study' && <a href={`#study=${document.name}&at=${document.establishment}&drafts=1`}>{t('openQuestion')}</a>}
          </Deeds>
          {document.languages.length > 0 && (
            <Suspense fallback={null}>
              <Missing document={document} />
            </Suspense>
          )}
          <div className="sides">
            <div>
              {looked !== undefined && (
                <section>
                  <div className="row title">
                    <h2>{t('wholeVersion', { n: looked })}</h2>
                    <button type="button" className="quiet" onClick={() => setLooked(undefined)}>
                      {t('cancel')}
                    </button>
                  </div>
                  <Suspense fallback={<p aria-busy="true" />}>
                    <Reading document={document} version={looked} />
                  </Suspense>
                </section>
              )}
              <section>
                {base !== undefined && base !== shown && <h2>{t('changesTitle', { a: base, b: shown })}</h2>}
                {base !== undefined && base !== shown ? (
                  <Changes id={document.id} from={base} to={shown} comments={document.comments} />
                ) : (
                  <Suspense fallback={<p aria-busy="true" />}>
                    <Reading document={document} version={shown} />
                  </Suspense>
                )}
              </section>
              {base !== shown && document.kind !== 'case' && (
                <Effect document={document} {...(base === undefined ? {} : { before: base })} after={shown} />
              )}
              {base !== undefined && base !== shown && (
                <>
                  {/* Where nothing is in force, all of it is new to whoever decides. */}
                  <Whole document={document} version={shown} title={t('wholeVersion', { n: shown })} open={document.approved === null} />
                  {document.approved !== null && (
                    <Whole document={document} version={document.approved} title={t('wholeInForce', { n: document.approved })} />
                  )}
                </>
              )}
            </div>
            <div>
              <Versions document={document} onLook={setLooked} />
              {document.kind === 'plan' && <Rehearsals document={document} oneself={oneself} />}
              <Comments document={document} oneself={oneself} />
            </div>
          </div>
        </>
      )}
    </>
  )
}

interface WholeProps {
  readonly document: DetailWire
  readonly version: number
  readonly title: string
  readonly open?: boolean
}

/** A version from beginning to end, for who wants to read it. */
function Whole({ document, version, title, open: first = false }: WholeProps) {
  const [open, setOpen] = useState(first)
  return (
    <details className="more" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {open && (
        <Suspense fallback={<p aria-busy="true" />}>
          <Reading document={document} version={version} />
        </Suspense>
      )}
    </details>
  )
}

/** Handing in, deciding: what one may do now, and why not where one may not. */
function Deeds({
  document,
  oneself,
  children,
}: {
  readonly document: DetailWire
  readonly oneself: OneselfWire
  readonly children: ReactNode
}) {
  const { t } = useWords()
  const deed = useDocumentDeed(document)
  /** A version written without a server follows the newest that is known here: that one is not handed in any more. */
  const waits = useSyncExternalStore(outbox.subscribe, outbox.all).some((one) => one.document === document.id && one.what === 'version')
  /** What asks for a reason first. */
  const [asking, setAsking] = useState<'return' | 'retire'>()
  const { establishment, latest, status, approved, versions } = document
  const writes = holds(oneself, establishment, 'planner', 'governor')
  const decides = holds(oneself, establishment, 'governor')
  const own = versions.some((v) => v.number > (approved ?? 0) && v.number <= latest && v.author === oneself.id)
  return (
    <>
      <Fault error={deed.error} />
      <div className="row deeds">
        {status === 'draft' && writes && waits && <span className="quiet">{t('submitWaits')}</span>}
        {status === 'draft' && writes && !waits && (
          <button
            type="button"
            className="primary"
            disabled={deed.isPending}
            onClick={() => deed.mutate({ do: 'submit', version: latest })}
          >
            {t('submit')}
          </button>
        )}
        {status === 'in-review' && decides && !own && (
          <>
            <button
              type="button"
              className="primary"
              disabled={deed.isPending}
              onClick={() => deed.mutate({ do: 'approve', version: latest })}
            >
              {t('approve')}
            </button>
            <button type="button" aria-expanded={asking === 'return'} onClick={() => setAsking(asking === 'return' ? undefined : 'return')}>
              {t('return')}…
            </button>
          </>
        )}
        {status === 'in-review' && writes && (own || !decides) && (
          <button type="button" disabled={deed.isPending} onClick={() => deed.mutate({ do: 'withdraw', version: latest })}>
            {t('withdraw')}
          </button>
        )}
        {children}
        {decides && document.retiredAt === null && (
          <button
            type="button"
            className="quiet"
            aria-expanded={asking === 'retire'}
            onClick={() => setAsking(asking === 'retire' ? undefined : 'retire')}
          >
            {t('retire')}…
          </button>
        )}
        {status === 'in-review' && decides && own && <span className="quiet">{t('ownWork')}</span>}
      </div>
      {decides && status !== 'in-review' && <NextToDecide document={document} />}
      {asking !== undefined && (asking === 'retire' || status === 'in-review') && (
        <Form
          button={t(asking)}
          busy={deed.isPending}
          error={null}
          onSubmit={({ reason = '' }) =>
            deed.mutate(asking === 'retire' ? { do: 'retire', reason } : { do: 'return', version: latest, reason }, {
              onSuccess: () => setAsking(undefined),
            })
          }
        >
          <Field name="reason" label={t('reason')} />
        </Form>
      )}
    </>
  )
}

/** Of what waits for a decision there, the next, so that nobody goes back to the list for each. */
function NextToDecide({ document }: { readonly document: DetailWire }) {
  const { t, language } = useWords()
  const { data } = useServer<RowWire[]>(`/api/establishments/${document.establishment}/documents`)
  const waiting = data?.filter((row) => row.status === 'in-review' && row.id !== document.id) ?? []
  if (waiting[0] === undefined) return null
  return (
    <p>
      {t('waitingForReview', { n: waiting.length })} <a href={`#/document/${waiting[0].id}`}>{textIn(waiting[0].title, language)}</a>
    </p>
  )
}

function Versions({ document, onLook }: { readonly document: DetailWire; readonly onLook: (version: number) => void }) {
  const { t } = useWords()
  const { moment } = useDates()
  return (
    <section>
      <h2>{t('versions')}</h2>
      <ol className="plain versions">
        {document.versions.map((version) => (
          <li key={version.number}>
            <button type="button" className="quiet flush" onClick={() => onLook(version.number)}>
              {t('version')} {version.number}
            </button>{' '}
            <Chip status={version.status} />{' '}
            <span className="quiet">
              {moment(version.madeAt)} · {version.authorName === null ? t('shipped') : t('by', { name: shownName(version.authorName, t) })}
            </span>
            {version.note !== '' && <p>{version.note}</p>}
            {version.decidedBy !== null && (
              <p className="quiet">
                {t('decidedBy', { what: t(`is-${version.status}`), name: shownName(version.decidedBy, t) })}
                {version.decision !== '' && ` – ${version.decision}`}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
