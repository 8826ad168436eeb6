/** Packs: what another service has handed over, what taking it would change, what is handed out, and whom one trusts. */
import './packs.css'
import { type ReactNode, useState } from 'react'
import type { OneselfWire } from '../../access/schema.ts'
import { Fault, Field, Form } from '../../access/screens/form.tsx'
import { textIn } from '../../contracts/languages.ts'
import type { RowWire } from '../../documents/schema.ts'
import { ChangeList } from '../../documents/screens/changes.tsx'
import { Chip, holds } from '../../documents/screens/list.tsx'
import { withoutMarker } from '../../packs/text.ts'
import { Scroll } from '../../plans/screens/scroll.tsx'
import { useDates, useWords } from '../../plans/screens/words.ts'
import { download } from '../../web/download.ts'
import { ask, useDeed, useServer } from '../../web/server.ts'
import type { Word } from '../../words/dictionary.ts'
import type { HandedOutWire, LookedWire, OfferedWire, PublishersWire } from '../schema.ts'

interface Props {
  readonly oneself: OneselfWire
  readonly establishment: string
}

export function Packs({ oneself, establishment }: Props) {
  const { t, language } = useWords()
  const place = oneself.establishments.find((e) => e.id === establishment)
  return (
    <main className="page" tabIndex={-1}>
      <p className="trace">
        <a href={`#/documents/${establishment}`}>{t('documents')}</a> / {textIn(place?.title ?? { en: establishment }, language)}
      </p>
      <h1 className="title">{t('packs')}</h1>
      <p className="lead quiet">{t('packsLead')}</p>
      <Bring oneself={oneself} establishment={establishment} />
      {holds(oneself, establishment, 'governor') ? <HandOut establishment={establishment} /> : <p className="quiet">{t('handOutBy')}</p>}
      <Trusted oneself={oneself} />
    </main>
  )
}

/** Hexadecimal digits in groups that two people can read to each other. */
export function Fingerprint({ of }: { readonly of: string }) {
  return <code className="fingerprint">{of.match(/.{4}/g)!.join(' ')}</code>
}

function Bring({ oneself, establishment }: Props) {
  const { t } = useWords()
  const [text, setText] = useState<string>()
  const [taken, setTaken] = useState(false)
  const path = `/api/establishments/${establishment}/packs`
  const look = useDeed((content: string) => ask<LookedWire>('POST', `${path}/look`, { text: content }))
  const open = async (files: FileList | null) => {
    if (files === null || files.length === 0) return
    const texts = await Promise.all([...files].map((file) => file.text()))
    // The documents of a folder are what one signed file is, without a signature.
    const isPack = texts.length === 1 && texts[0]!.startsWith('# aman-pack')
    const content = isPack
      ? texts[0]!
      : `# aman-pack 1\n${texts.map((one, k) => `--- # file/${k + 1}.yaml\n${withoutMarker(one)}\n`).join('')}`
    setText(content)
    setTaken(false)
    look.mutate(content)
  }
  return (
    <section>
      <h2>{t('bringIn')}</h2>
      <label>
        {t('openPack')} <input type="file" multiple accept=".aman,.yaml,.yml,.txt" onChange={(event) => void open(event.target.files)} />
      </label>
      {look.isPending && <p aria-busy="true" />}
      {taken && (
        <p role="status">
          {t('taken')} <a href={`#/documents/${establishment}`}>{t('documents')}</a>
        </p>
      )}
      <Fault error={look.error} />
      {look.data !== undefined && text !== undefined && (
        <Offer
          // Looked at again after it was taken: everything is the same then.
          key={look.submittedAt}
          looked={look.data}
          text={text}
          establishment={establishment}
          writes={holds(oneself, establishment, 'planner', 'governor')}
          onTaken={() => {
            setTaken(true)
            look.mutate(text)
          }}
        >
          {look.data.signature.state === 'unknown' &&
            oneself.grants.some((g) => g.role === 'administrator' && g.establishment === null) && (
              <Trust signature={look.data.signature} called={look.data.pack.publisher ?? ''} onTrusted={() => look.mutate(text)} />
            )}
        </Offer>
      )}
    </section>
  )
}

interface OfferProps {
  readonly looked: LookedWire
  readonly text: string
  readonly establishment: string
  readonly writes: boolean
  readonly onTaken: () => void
  readonly children: ReactNode
}

const nameOf = ({ kind, name }: OfferedWire) => `${kind}/${name}`

function Offer({ looked: { pack, signature, documents, missing }, text, establishment, writes, onTaken, children }: OfferProps) {
  const { t, language } = useWords()
  // What is new or unchanged here is proposed; what has been changed here waits for a decision.
  const [chosen, setChosen] = useState(
    () =>
      new Set(
        documents
          .filter((one) => (one.state === 'new' || one.state === 'update') && one.here?.status !== 'in-review')
          .map((one) => nameOf(one)),
      ),
  )
  /** Nobody has signed it, and whoever takes it says that they know. */
  const [known, setKnown] = useState(false)
  const take = useDeed(
    () =>
      ask('POST', `/api/establishments/${establishment}/packs/take`, {
        text,
        unsigned: known,
        take: documents
          .filter((one) => chosen.has(nameOf(one)))
          .map(({ kind, name, here }) => ({ kind, name, position: here?.position ?? 0 })),
      }),
    ['establishments'],
    ['documents'],
    ['board'],
  )
  const toggle = (one: OfferedWire) =>
    setChosen((before) => {
      const next = new Set(before)
      if (!next.delete(nameOf(one))) next.add(nameOf(one))
      return next
    })
  const different = documents.filter((one) => one.state !== 'same')
  const same = documents.length - different.length
  const barred = signature.state === 'unknown' || signature.state === 'withdrawn'
  return (
    <div className="offer">
      <h3>
        {textIn(pack.title, language)} <span className="quiet">{pack.version}</span>
      </h3>
      {pack.summary !== null && <p>{textIn(pack.summary, language)}</p>}
      <dl className="facts">
        <dt>{t('licence')}</dt>
        <dd>{pack.licence}</dd>
        <dt>{t('publisher')}</dt>
        <dd>{signature.name ?? pack.publisher ?? '–'}</dd>
        <dt>{t('signature')}</dt>
        <dd className={`signature ${signature.state}`}>
          {t(`signed-${signature.state}`)}
          {signature.fingerprint !== null && (
            <>
              <br />
              <Fingerprint of={signature.fingerprint} />
            </>
          )}
        </dd>
      </dl>
      {children}
      {missing.length > 0 && (
        <div className="notice">
          <p>{t('packMissing')}</p>
          <ul>
            {missing.map((one) => (
              <li key={`${one.from} ${one.path}`}>
                {one.from}: <code>{one.found}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
      {same > 0 && <p className="quiet">{t('packSame', { n: same })}</p>}
      {different.length > 0 && (
        <Scroll label={t('documents')}>
          <table className="wide">
            <thead>
              <tr>
                <th scope="col">{t('takeIt')}</th>
                <th scope="col">{t('document')}</th>
                <th scope="col">{t('kind')}</th>
                <th scope="col">{t('whatItDoes')}</th>
              </tr>
            </thead>
            <tbody>
              {different.map((one) => (
                <tr key={nameOf(one)}>
                  <td>
                    <input
                      type="checkbox"
                      aria-label={textIn(one.title, language)}
                      checked={chosen.has(nameOf(one))}
                      disabled={barred || !writes || one.here?.status === 'in-review'}
                      onChange={() => toggle(one)}
                    />
                  </td>
                  <th scope="row">
                    {one.here === null ? (
                      textIn(one.title, language)
                    ) : (
                      <a href={`#/document/${one.here.document}`}>{textIn(one.title, language)}</a>
                    )}
                  </th>
                  <td>{t(`kind-${one.kind}` as Word)}</td>
                  <td>
                    <span className={one.state === 'conflict' ? 'decide' : undefined}>
                      {t(`pack-${one.state as 'new' | 'update' | 'conflict'}`)}
                    </span>
                    {one.here !== null && (
                      <>
                        {' '}
                        <Chip status={one.here.status} />
                        <details>
                          <summary>{t('differences', { n: one.changes.length })}</summary>
                          <ChangeList changes={one.changes as Parameters<typeof ChangeList>[0]['changes']} />
                        </details>
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {signature.state === 'none' && writes && different.length > 0 && (
        <label className="check">
          <input type="checkbox" checked={known} onChange={(event) => setKnown(event.target.checked)} /> {t('takeUnsigned')}
        </label>
      )}
      <Fault error={take.error} />
      {writes && !barred && different.length > 0 && (
        <button
          type="button"
          className="primary"
          disabled={chosen.size === 0 || take.isPending || (signature.state === 'none' && !known)}
          onClick={() => take.mutate(undefined, { onSuccess: onTaken })}
        >
          {t('takeAsDrafts', { n: chosen.size })}
        </button>
      )}
    </div>
  )
}

interface TrustProps {
  readonly signature: LookedWire['signature']
  readonly called: string
  readonly onTrusted: () => void
}

function Trust({ signature, called, onTrusted }: TrustProps) {
  const { t } = useWords()
  const trust = useDeed(
    (values: Readonly<Record<string, string>>) => ask('POST', '/api/exchange/publishers', { key: signature.key, ...values }),
    ['exchange'],
  )
  return (
    <details className="notice">
      <summary>{t('trustThem')}</summary>
      <p>{t('trustLead')}</p>
      <Form
        button={t('trustThem')}
        busy={trust.isPending}
        error={trust.error}
        onSubmit={(values) => trust.mutate(values, { onSuccess: onTrusted })}
      >
        <Field name="name" label={t('publisher')} defaultValue={called} autoComplete="off" />
        <Field name="note" label={t('howCompared')} autoComplete="off" />
      </Form>
    </details>
  )
}

function HandOut({ establishment }: { readonly establishment: string }) {
  const { t, language } = useWords()
  const { data } = useServer<RowWire[]>(`/api/establishments/${establishment}/documents`)
  const rows = data?.filter((row) => row.approved !== null) ?? []
  const tickAll = () => {
    for (const box of document.querySelectorAll<HTMLInputElement>('#hand-out input[name=documents]')) box.checked = true
  }
  const out = useDeed(async ({ documents: _, ...pack }: Readonly<Record<string, string>>) => {
    const documents = [...document.querySelectorAll<HTMLInputElement>('#hand-out input[name=documents]:checked')].map((box) => box.value)
    const { file, text } = await ask<HandedOutWire>('POST', `/api/establishments/${establishment}/packs`, { documents, pack })
    download(file, text, 'text/plain')
  })
  return (
    <section id="hand-out">
      <h2>{t('handOut')}</h2>
      <p className="quiet">{t('handOutLead')}</p>
      {rows.length === 0 ? (
        <p>{t('handOutNone')}</p>
      ) : (
        <details>
          <summary>{t('handOutBegin')}</summary>
          <Form button={t('handOutSign')} busy={out.isPending} error={out.error} onSubmit={(values) => out.mutate(values)}>
            <fieldset>
              <legend>{t('documents')}</legend>
              <button type="button" className="quiet flush" onClick={tickAll}>
                {t('tickAll')}
              </button>
              {rows.map((row) => (
                <label key={row.id} className="check">
                  <input type="checkbox" name="documents" value={row.id} />
                  <span>
                    {textIn(row.title, language)} <span className="quiet">{t(`kind-${row.kind}` as Word)}</span>
                    {row.kind === 'facility' && <strong> · {t('showsLayout')}</strong>}
                  </span>
                </label>
              ))}
            </fieldset>
            <Field name="title" label={t('packTitle')} />
            <Field name="id" label={t('establishmentId')} pattern="[a-z0-9]+(-[a-z0-9]+)*" autoComplete="off" />
            <Field name="version" label={t('version')} pattern="\d+\.\d+\.\d+" defaultValue="1.0.0" />
            <Field name="publisher" label={t('publisher')} />
            <Field name="licence" label={t('licence')} help={t('licenceHelp')} />
            <Field name="summary" label={t('packSummary')} optional />
          </Form>
          {out.isSuccess && <p role="status">{t('handedOut')}</p>}
        </details>
      )}
    </section>
  )
}

function Trusted({ oneself }: { readonly oneself: OneselfWire }) {
  const { t } = useWords()
  const { day } = useDates()
  const { data, error } = useServer<PublishersWire>('/api/exchange/publishers')
  const [ending, setEnding] = useState<string>()
  const withdraw = useDeed(
    ({ fingerprint, reason }: { readonly fingerprint: string; readonly reason: string }) =>
      ask('DELETE', `/api/exchange/publishers/${fingerprint}`, { reason }),
    ['exchange'],
  )
  const decides = oneself.grants.some((g) => g.role === 'administrator' && g.establishment === null)
  if (data === undefined) return <Fault error={error} />
  return (
    <section>
      <h2>{t('publishers')}</h2>
      <p>
        {t('ownFingerprint')} <Fingerprint of={data.own} />
      </p>
      {data.trusted.length === 0 && <p className="quiet">{t('publishersNone')}</p>}
      <ul className="plain publishers">
        {data.trusted.map((one) => (
          <li key={one.fingerprint}>
            <p>
              <strong>{one.name}</strong> {one.withdrawnAt !== null && <span className="chip superseded">{t('signed-withdrawn')}</span>}
              <br />
              <Fingerprint of={one.fingerprint} />
            </p>
            <p className="quiet">
              {day(one.trustedAt)} · {one.trustedBy ?? '–'} · {one.note}
              {one.withdrawnAt !== null && ` · ${day(one.withdrawnAt)}: ${one.reason}`}
            </p>
            {decides && one.withdrawnAt === null && ending !== one.fingerprint && (
              <button type="button" className="quiet flush" onClick={() => setEnding(one.fingerprint)}>
                {t('distrust')}…
              </button>
            )}
            {ending === one.fingerprint && (
              <Form
                button={t('distrust')}
                busy={withdraw.isPending}
                error={withdraw.error}
                onSubmit={({ reason = '' }) =>
                  withdraw.mutate({ fingerprint: one.fingerprint, reason }, { onSuccess: () => setEnding(undefined) })
                }
              >
                <Field name="reason" label={t('reason')} />
              </Form>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
