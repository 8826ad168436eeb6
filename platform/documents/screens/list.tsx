/** The documents of an establishment: what is in force, what is being written, what waits for a second pair of eyes. */
import './documents.css'
import { useState } from 'react'
import type { OneselfWire } from '../../access/schema.ts'
import { Fault, Field, Form } from '../../access/screens/form.tsx'
import { matches } from '../../contracts/folding.ts'
import { textIn } from '../../contracts/languages.ts'
import { Scroll } from '../../plans/screens/scroll.tsx'
import { useDates, useWords } from '../../plans/screens/words.ts'
import { ask, useDeed, useServer } from '../../web/server.ts'
import type { Word } from '../../words/dictionary.ts'
import { edited, put } from '../authoring/edit.ts'
import type { DetailWire, RowWire } from '../schema.ts'
import { fresh } from './deed.ts'

interface Props {
  readonly oneself: OneselfWire
  readonly establishment: string | undefined
}

export const holds = (oneself: OneselfWire, establishment: string, ...roles: readonly string[]) =>
  oneself.grants.some(
    (g) => (g.establishment === null || g.establishment === establishment) && (roles.length === 0 || roles.includes(g.role)),
  )

/** Documents that one oversees without searching. */
const FEW = 8

const ORDER = ['plan', 'study', 'roster', 'facility', 'threat', 'case']

export function Documents({ oneself, establishment }: Props) {
  const { t, language } = useWords()
  // Where one works comes before where one only looks.
  const own = oneself.establishments.find((e) => e.id !== 'training') ?? oneself.establishments[0]
  const place = establishment ?? own?.id
  if (place === undefined) return <main className="page" tabIndex={-1} />
  return (
    <main className="page" tabIndex={-1}>
      <div className="row title">
        <h1>{t('documents')}</h1>
        {oneself.establishments.length > 1 ? (
          <label>
            <span className="visually-hidden">{t('place')}</span>
            <select value={place} onChange={(event) => (location.hash = `#/documents/${event.target.value}`)}>
              {oneself.establishments.map((e) => (
                <option key={e.id} value={e.id}>
                  {textIn(e.title, language)}
                </option>
              ))}
            </select>
          </label>
        ) : (
          <span className="quiet">{textIn(own?.title ?? { en: place }, language)}</span>
        )}
      </div>
      <List key={place} establishment={place} writes={holds(oneself, place, 'planner', 'governor')} />
    </main>
  )
}

function List({ establishment, writes }: { readonly establishment: string; readonly writes: boolean }) {
  const { t, language } = useWords()
  const { day } = useDates()
  const path = `/api/establishments/${establishment}`
  const { data, error } = useServer<RowWire[]>(`${path}/documents`)
  const copy = useDeed(() => ask<{ made: number }>('POST', `${path}/copy`, {}), ['establishments'], ['board'])
  const [query, setQuery] = useState('')
  if (data === undefined) return <Fault error={error} />
  const named = (row: RowWire) => [...Object.values(row.title), row.name, t(`kind-${row.kind}` as Word), t(`is-${row.status}`)]
  // What waits for a decision comes first.
  const rank = (row: RowWire) => (row.status === 'in-review' ? 0 : 1 + ORDER.indexOf(row.kind))
  const rows = data.filter((row) => matches(query, named(row))).sort((a, b) => rank(a) - rank(b))
  const drafts = data.filter((row) => row.status === 'draft')
  return (
    <>
      {data.length > FEW && (
        <label className="search">
          {t('search')} <input type="search" value={query} onChange={(event) => setQuery(event.target.value)} />
        </label>
      )}
      {data.length > 0 && rows.length === 0 && <p role="status">{t('nothingFound')}</p>}
      {data.length === 0 && (
        <section className="empty">
          <p>{t('noDocuments')}</p>
          {writes && (
            <>
              <p className="quiet">{t('copyLead')}</p>
              <button type="button" className="primary" disabled={copy.isPending} onClick={() => copy.mutate(undefined)}>
                {t('copyTraining')}
              </button>
            </>
          )}
        </section>
      )}
      <Fault error={copy.error} />
      {copy.data !== undefined && <p role="status">{t('copied', { n: copy.data.made })}</p>}
      {rows.length > 0 && (
        <Scroll label={t('documents')}>
          <table className="wide documents">
            <thead>
              <tr>
                <th scope="col">{t('document')}</th>
                <th scope="col">{t('kind')}</th>
                <th scope="col">{t('status')}</th>
                <th scope="col">{t('changed')}</th>
                <th scope="col">{t('comments')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <th scope="row">
                    <a href={`#/document/${row.id}`}>{textIn(row.title, language)}</a>
                  </th>
                  <td>{t(`kind-${row.kind}` as Word)}</td>
                  <td>
                    <Chip status={row.status} />
                    {row.approved !== null && row.approved !== row.latest && (
                      <span className="quiet"> · {t('inForce', { n: row.approved })}</span>
                    )}
                    {row.pack !== null && row.latest === 1 && (
                      <span className="quiet"> · {row.establishment === 'training' ? t('shipped') : row.pack}</span>
                    )}
                  </td>
                  <td>{day(row.changedAt)}</td>
                  <td>{row.openComments > 0 ? row.openComments : ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {writes && drafts.length > 1 && <HandInAll drafts={drafts} />}
      <p className="more">
        <a href={`#/packs/${establishment}`}>{t('packsLink')}</a>
      </p>
      {writes && <FromTemplate establishment={establishment} />}
      {writes && <Paste establishment={establishment} />}
    </>
  )
}

/** All drafts, handed in one after another; each can be taken back by itself. */
function HandInAll({ drafts }: { readonly drafts: readonly RowWire[] }) {
  const { t } = useWords()
  const [done, setDone] = useState(0)
  const all = useDeed(
    async () => {
      for (const { id } of drafts) {
        const { position, latest } = await ask<DetailWire>('GET', `/api/documents/${id}`)
        await ask('POST', `/api/documents/${id}/deeds`, { expected: position, request: fresh(), deed: { do: 'submit', version: latest } })
        setDone((count) => count + 1)
      }
    },
    ['establishments'],
    ['documents'],
    ['board'],
  )
  return (
    <div className="row">
      <button type="button" disabled={all.isPending} onClick={() => all.mutate(undefined)}>
        {t('submitAll', { n: drafts.length })}
      </button>
      {all.isPending && <progress max={drafts.length} value={done} aria-label={t('submitAll', { n: drafts.length })} />}
      <Fault error={all.error} />
    </div>
  )
}

export function Chip({ status }: { readonly status: RowWire['status'] }) {
  const { t } = useWords()
  return <span className={`chip ${status}`}>{t(`is-${status}`)}</span>
}

interface TemplateWire {
  readonly kind: string
  readonly name: string
  readonly title: RowWire['title']
  readonly content: string
}

/** A new document that begins as a copy of one that ships, under a name of its own. */
function FromTemplate({ establishment }: { readonly establishment: string }) {
  const { t, language } = useWords()
  const [open, setOpen] = useState(false)
  const { data, error } = useServer<TemplateWire[]>('/api/templates', open)
  const make = useDeed(
    async ({ template, title, id }: Readonly<Record<string, string>>) => {
      const from = data!.find((one) => one.name === template)!
      const content = edited(from.content, (document) => {
        document.set('id', id)
        document.set('version', '1.0.0')
        put(document, ['title'], { en: title, ...(language === 'en' ? {} : { [language]: title }) })
      })
      const made = await ask<{ id: string }>('POST', `/api/establishments/${establishment}/documents`, { content })
      location.hash = `#/document/${made.id}`
    },
    ['establishments'],
  )
  const kinds = ORDER.filter((kind) => data?.some((one) => one.kind === kind))
  return (
    <details className="paste" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('fromTemplate')}</summary>
      <Fault error={error} />
      {data !== undefined && (
        <Form button={t('add')} busy={make.isPending} error={make.error} onSubmit={(values) => make.mutate(values)}>
          <div className="field">
            <label>
              {t('template')}{' '}
              <select name="template">
                {kinds.map((kind) => (
                  <optgroup key={kind} label={t(`kind-${kind}` as Word)}>
                    {data
                      .filter((one) => one.kind === kind)
                      .map((one) => (
                        <option key={one.name} value={one.name}>
                          {textIn(one.title, language)}
                        </option>
                      ))}
                  </optgroup>
                ))}
              </select>
            </label>
          </div>
          <Field name="title" label={t('name')} autoComplete="off" />
          <Field name="id" label={t('establishmentId')} pattern="[a-z0-9]+(-[a-z0-9]+)*" autoComplete="off" />
        </Form>
      )}
    </details>
  )
}

/** A document that somebody has elsewhere. */
function Paste({ establishment }: { readonly establishment: string }) {
  const { t } = useWords()
  const [content, setContent] = useState('')
  const add = useDeed(async () => {
    const { id } = await ask<{ id: string }>('POST', `/api/establishments/${establishment}/documents`, { content })
    location.hash = `#/document/${id}`
  }, ['establishments'])
  return (
    <details className="paste">
      <summary>{t('newDocument')}</summary>
      <label>
        {t('openFile')}{' '}
        <input type="file" accept=".yaml,.yml" onChange={async (event) => setContent((await event.target.files?.[0]?.text()) ?? '')} />
      </label>
      <textarea
        aria-label={t('newDocument')}
        rows={10}
        spellCheck={false}
        value={content}
        onChange={(event) => setContent(event.target.value)}
      />
      <Fault error={add.error} />
      <button type="button" disabled={content.trim() === '' || add.isPending} onClick={() => add.mutate(undefined)}>
        {t('add')}
      </button>
    </details>
  )
}
