/** What can be said about a zone or a door that is chosen, and the plan that lies underneath. */
import { useEffect, useRef, useState } from 'react'
import { useWords } from '../../plans/screens/words.ts'
import { type Box, boxOf, type Point } from '../authoring/geometry.ts'

export interface Zone {
  readonly title?: string | { readonly en: string; readonly [language: string]: string }
  readonly type?: string
  readonly kind?: string
  readonly level?: number
  readonly outside?: boolean
  readonly outline: readonly Point[]
}

export interface Door {
  readonly type?: string
  readonly between: readonly [string, string]
  readonly at?: Point
  readonly normally?: unknown
  readonly key?: string
}

export interface Trace {
  readonly data: string
  readonly ratio: number
  readonly across: number
}

type OnField = (field: readonly string[], value: unknown) => void

interface TypeProps {
  readonly types: readonly string[]
  readonly type: string | undefined
  /** What it is where it is of no type. */
  readonly otherwise: string
  readonly onType: (type: string | undefined) => void
}

/** Of which type of the document a zone, door or sensor is; nothing where the document has none. */
export function TypeField({ types, type, otherwise, onType }: TypeProps) {
  const { t } = useWords()
  if (types.length === 0) return null
  return (
    <label>
      {t('type')}
      <select value={type ?? ''} onChange={(event) => onType(event.target.value === '' ? undefined : event.target.value)}>
        <option value="">{otherwise}</option>
        {types.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  )
}

interface ZoneFieldsProps {
  readonly id: string
  readonly zone: Zone
  readonly types: readonly string[]
  readonly onField: OnField
  readonly onBox: (box: Box) => void
  readonly onCopy: () => void
  readonly onRemove: () => void
}

export function ZoneFields({ id, zone, types, onField, onBox, onCopy, onRemove }: ZoneFieldsProps) {
  const { t, language } = useWords()
  const box = boxOf(zone.outline)
  const title = typeof zone.title === 'object' ? (zone.title[language] ?? '') : (zone.title ?? '')
  const number = (name: keyof Box, label: string) => (
    <label>
      {label}
      <input
        key={box[name]}
        type="number"
        step="0.5"
        defaultValue={box[name]}
        onBlur={(event) => {
          const value = Number(event.target.value)
          const fits = event.target.value !== '' && Number.isFinite(value) && (name === 'x' || name === 'y' || value > 0)
          if (!fits) event.target.value = String(box[name])
          else if (value !== box[name]) onBox({ ...box, [name]: value })
        }}
      />
    </label>
  )
  return (
    <div className="fields">
      <h2>
        {t('zone')} <code>{id}</code>
      </h2>
      <label>
        {t('name')}
        <input
          key={title}
          defaultValue={title}
          onBlur={(event) => {
            if (event.target.value.trim() === '') event.target.value = title
            if (event.target.value === title) return
            if (typeof zone.title === 'object') onField(['title', language], event.target.value)
            else onField(['title'], { en: event.target.value, ...(language === 'en' ? {} : { [language]: event.target.value }) })
          }}
        />
      </label>
      <TypeField types={types} type={zone.type} otherwise={zone.kind ?? ''} onType={(type) => onField(['type'], type)} />
      <div className="pair">
        {number('x', t('left'))}
        {number('y', t('top'))}
        {number('width', t('wide'))}
        {number('height', t('deep'))}
      </div>
      <label>
        {t('floor')}
        <input
          type="number"
          step="1"
          key={zone.level ?? 0}
          defaultValue={zone.level ?? 0}
          onBlur={(event) => Number(event.target.value) !== (zone.level ?? 0) && onField(['level'], Math.round(Number(event.target.value)))}
        />
      </label>
      <div className="row">
        <button type="button" onClick={onCopy}>
          {t('copyIt')}
        </button>
        <button type="button" onClick={onRemove}>
          {t('removeIt')}
        </button>
      </div>
    </div>
  )
}

interface DoorFieldsProps {
  readonly door: Door
  readonly name: string
  readonly types: readonly string[]
  readonly onField: OnField
  readonly onRemove: () => void
}

export function DoorFields({ door, name, types, onField, onRemove }: DoorFieldsProps) {
  const { t } = useWords()
  return (
    <div className="fields">
      <h2>{t('door')}</h2>
      <p>{name}</p>
      <TypeField types={types} type={door.type} otherwise="" onType={(type) => onField(['type'], type)} />
      {(door.normally === undefined || typeof door.normally === 'string') && (
        <label>
          {t('normally')}
          <select
            value={(door.normally as string | undefined) ?? ''}
            onChange={(event) => onField(['normally'], event.target.value === '' ? undefined : event.target.value)}
          >
            <option value="" />
            {(['open', 'closed', 'locked'] as const).map((state) => (
              <option key={state} value={state}>
                {t(state)}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        {t('keyClass')}
        <input
          key={door.key ?? ''}
          defaultValue={door.key ?? ''}
          pattern="[a-z0-9]+(-[a-z0-9]+)*"
          onBlur={(event) =>
            event.target.validity.valid &&
            event.target.value !== (door.key ?? '') &&
            onField(['key'], event.target.value === '' ? undefined : event.target.value)
          }
        />
      </label>
      <button type="button" onClick={onRemove}>
        {t('removeIt')}
      </button>
    </div>
  )
}

/** Pixels across of a page of a PDF. */
const SHARP = 2400

/** A plan on paper, as a picture or a page of a PDF, to draw over. It stays in this browser. */
export function TracePicker({
  trace,
  onTrace,
}: {
  readonly trace: Trace | undefined
  readonly onTrace: (trace: Trace | undefined) => void
}) {
  const { t } = useWords()
  const [data, setData] = useState<string>()
  // Another page lies as wide as the one before.
  const across = useRef(100)
  if (trace !== undefined) across.current = trace.across
  /** A plan of several pages: which of them. */
  const [pdf, setPdf] = useState<{ readonly pages: number; readonly bytes: Uint8Array }>()
  const [broken, setBroken] = useState(false)
  const draw = async (bytes: Uint8Array, page: number) => {
    const { renderPageAsImage } = await import('unpdf')
    // What it reads it takes away.
    setData(await renderPageAsImage(bytes.slice(), page, { width: SHARP, toDataURL: true }))
  }
  const openPdf = async (file: File) => {
    try {
      const bytes = new Uint8Array(await file.arrayBuffer())
      const { getDocumentProxy } = await import('unpdf')
      const { numPages } = await getDocumentProxy(bytes.slice())
      setPdf({ pages: numPages, bytes })
      setBroken(false)
      await draw(bytes, 1)
    } catch {
      setBroken(true)
    }
  }
  useEffect(() => {
    if (data === undefined) return
    const image = new Image()
    image.onload = () => onTrace({ data, ratio: image.naturalHeight / (image.naturalWidth || 1), across: across.current })
    image.src = data
  }, [data, onTrace])
  if (trace === undefined)
    return (
      <>
        <label className="button">
          {t('trace')}
          <input
            className="visually-hidden"
            type="file"
            accept="image/png,image/jpeg,image/svg+xml,application/pdf"
            onChange={(event) => {
              const file = event.target.files?.[0]
              if (file === undefined) return
              if (file.type === 'application/pdf' || file.name.endsWith('.pdf')) {
                void openPdf(file)
                return
              }
              const reader = new FileReader()
              reader.onload = () => setData(String(reader.result))
              reader.readAsDataURL(file)
            }}
          />
        </label>
        {broken && (
          <span role="alert" className="fault">
            {t('traceBroken')}
          </span>
        )}
      </>
    )
  return (
    <>
      {pdf !== undefined && pdf.pages > 1 && (
        <label>
          {t('tracePage', { n: pdf.pages })}{' '}
          <input
            type="number"
            min="1"
            max={pdf.pages}
            defaultValue={1}
            onBlur={(event) => {
              const page = Number(event.target.value)
              if (Number.isInteger(page) && page >= 1 && page <= pdf.pages) void draw(pdf.bytes, page)
            }}
          />
        </label>
      )}
      <label>
        {t('traceAcross')}{' '}
        <input
          type="number"
          min="1"
          max="5000"
          defaultValue={trace.across}
          onBlur={(event) => Number(event.target.value) > 0 && onTrace({ ...trace, across: Number(event.target.value) })}
        />
      </label>
      <button
        type="button"
        onClick={() => {
          setData(undefined)
          setPdf(undefined)
          onTrace(undefined)
        }}
      >
        {t('traceClear')}
      </button>
    </>
  )
}
