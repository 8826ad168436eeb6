/** A plan on paper that lies underneath while one draws: a picture, or a page of a PDF. It stays in this browser. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { useWords } from '../../plans/screens/words.ts'

export interface Trace {
  readonly data: string
  /** Height for its width. */
  readonly ratio: number
  /** Where its upper left corner lies and how wide it is, in metres. */
  readonly x: number
  readonly y: number
  readonly across: number
}

/** What lies underneath, for as long as this page is open, also while one writes or translates meanwhile. */
const laid = new Map<string, Trace>()

export function useTrace(establishment: string): readonly [Trace | undefined, (trace: Trace | undefined) => void] {
  const [trace, setTrace] = useState(() => laid.get(establishment))
  const put = useCallback(
    (wanted: Trace | undefined) => {
      if (wanted === undefined) laid.delete(establishment)
      else laid.set(establishment, wanted)
      setTrace(wanted)
    },
    [establishment],
  )
  return [trace, put]
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
  const place = useRef({ x: 0, y: 0, across: 100 })
  if (trace !== undefined) place.current = { x: trace.x, y: trace.y, across: trace.across }
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
    image.onload = () => onTrace({ ...place.current, data, ratio: image.naturalHeight / (image.naturalWidth || 1) })
    image.onerror = () => {
      setData(undefined)
      setBroken(true)
    }
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
              setBroken(false)
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
      {(['across', 'x', 'y'] as const).map((name) => (
        <label key={name}>
          {t(({ across: 'traceAcross', x: 'left', y: 'top' } as const)[name])}{' '}
          <input
            type="number"
            min={name === 'across' ? 1 : -5000}
            max="5000"
            step="0.1"
            defaultValue={trace[name]}
            onBlur={(event) => {
              const value = Number(event.target.value)
              if (event.target.value !== '' && (name !== 'across' || value > 0)) onTrace({ ...trace, [name]: value })
            }}
          />
        </label>
      ))}
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
