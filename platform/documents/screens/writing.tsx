/** Writing: the text of a document with what is wrong beside the line, kept as one types, saved as a version. */
import { indentWithTab, redo, undo } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint'
import { EditorView, keymap } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { basicSetup } from 'codemirror'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Fault } from '../../access/screens/form.tsx'
import { InputError, type Problem } from '../../contracts/errors.ts'
import { checkText } from '../../packs/text.ts'
import { useDates, useRefusals, useWords } from '../../plans/screens/words.ts'
import { drop, sendOrKeep, waitingVersion } from '../../web/outbox.ts'
import { ask, client, Refused, useDeed, useServer } from '../../web/server.ts'
import type { DetailWire } from '../schema.ts'
import { Conflict, rawOf } from './conflict.tsx'
import { Drawing } from './drawing.tsx'
import { Effect } from './effect.tsx'
import { Fallible } from './fallible.tsx'
import { Fit, Problems } from './fit.tsx'
import { PlanTable } from './plan-table.tsx'
import { RosterTable } from './roster-table.tsx'
import { Translation } from './translation.tsx'
import { type Kept, keptHere, keptAs as keyOf } from './unsaved.ts'

/** Colours of the house, for light and dark. */
const COLOURS = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent)' },
  { tag: tags.comment, color: 'var(--text-quiet)', fontStyle: 'italic' },
  { tag: [tags.string, tags.content, tags.attributeValue], color: 'var(--text)' },
  { tag: [tags.punctuation, tags.separator, tags.bracket], color: 'var(--text-quiet)' },
])

/** The rest of its looks. The editor's own sheet is in no layer and would win over ours. */
const LOOKS = EditorView.theme({
  '.cm-gutters': { background: 'var(--panel)', color: 'var(--text-quiet)', borderColor: 'var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': { background: 'color-mix(in oklab, var(--accent) 10%, transparent)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
    background: 'color-mix(in oklab, var(--accent) 30%, transparent) !important',
  },
  '.cm-panels, .cm-tooltip': { background: 'var(--panel)', color: 'var(--text)', borderColor: 'var(--line-strong)' },
})

/** Milliseconds of rest after which what is typed is checked, and kept on the server. */
const CHECK = 250
const KEEP = 1500
/** Milliseconds after which what the server could not take is offered again. */
const AGAIN = 3000

/** Documents that can be written otherwise than as text. */
const VIEWS = { facility: ['asDrawing', Drawing], roster: ['asTable', RosterTable], plan: ['asTable', PlanTable] } as const

/** As what somebody writes: in the way of its kind, as text, or language beside language. */
type View = 'other' | 'text' | 'translation'

/** Puts `wanted` into the editor by changing only what differs, so that undo takes it back like typing. */
function replaceText(editor: EditorView, wanted: string): void {
  const now = editor.state.doc.toString()
  let from = 0
  while (from < now.length && now[from] === wanted[from]) from++
  let end = 0
  while (end < Math.min(now.length, wanted.length) - from && now[now.length - 1 - end] === wanted[wanted.length - 1 - end]) end++
  if (from === now.length && from === wanted.length) return
  editor.dispatch({ changes: { from, to: now.length - end, insert: wanted.slice(from, wanted.length - end) }, userEvent: 'input.form' })
}

/** What somebody has written last, wherever it was kept. */
function newestOf(all: readonly (Kept | undefined)[]): Kept | undefined {
  return all.filter((one) => one !== undefined).sort((a, b) => (b.at ?? 0) - (a.at ?? 0))[0]
}

interface Props {
  readonly document: DetailWire
  /** Who writes. */
  readonly person: string
  readonly onClose: () => void
}

export function Writing({ document, person, onClose }: Props) {
  const key = keyOf(person, document.id)
  const newest = useServer<{ content: string }>(`/api/documents/${document.id}/versions/${document.latest}`)
  // What somebody begins with does not change while they write.
  const [unsent] = useState(() => waitingVersion(document.id))
  // A version that was written without a server and has not gone out, or has been overtaken, is gone on with.
  const [start, setStart] = useState<Kept | undefined>(() =>
    newestOf([
      keptHere(key),
      unsent,
      document.working === null ? undefined : { ...document.working, at: Date.parse(document.working.savedAt) },
    ]),
  )
  if (start === undefined && newest.data !== undefined) setStart({ content: newest.data.content, basedOn: document.latest })
  if (start === undefined) return <Fault error={newest.error} />
  return <Editor document={document} keptAs={key} start={start} resumed={unsent?.id} onClose={onClose} />
}

/** What the text says, as far as it is YAML, and what is wrong with it. */
function problemsOf(text: string): readonly Problem[] {
  try {
    checkText(text, '')
    return []
  } catch (error) {
    if (error instanceof InputError) return error.problems
    throw error
  }
}

function Editor({
  document,
  keptAs,
  start,
  resumed,
  onClose,
}: {
  readonly document: DetailWire
  readonly keptAs: string
  readonly start: Kept
  /** A version that waits to be sent and is gone on with here. */
  readonly resumed: string | undefined
  readonly onClose: () => void
}) {
  const { t } = useWords()
  const refusal = useRefusals()
  const { moment } = useDates()
  const host = useRef<HTMLDivElement>(null)
  const editorView = useRef<EditorView>(undefined)
  const [text, setText] = useState(start.content)
  const [basedOn, setBasedOn] = useState(start.basedOn)
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const [note, setNote] = useState('')
  const [savedAt, setSavedAt] = useState<string>()
  /** How often in a row the server could not take what is written. */
  const [misses, setMisses] = useState(0)
  const other = document.kind in VIEWS ? VIEWS[document.kind as keyof typeof VIEWS] : undefined
  const [view, setView] = useState<View>(other === undefined ? 'text' : 'other')
  const asText = view === 'text'
  const raw = useMemo(() => rawOf(text), [text])
  const Other = view === 'translation' ? Translation : other?.[1]
  const { id } = document
  const next = document.latest + 1
  const conflict = document.latest !== basedOn

  const label = useRef(t('edit'))
  // Made once: whatever else changes, what has been typed stays where it is.
  useEffect(() => {
    const editor = new EditorView({
      doc: start.content,
      extensions: [
        basicSetup,
        keymap.of([indentWithTab]),
        yaml(),
        syntaxHighlighting(COLOURS),
        LOOKS,
        lintGutter(),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label.current, tabindex: '0' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) setText(update.state.doc.toString())
        }),
      ],
      parent: host.current!,
    })
    editorView.current = editor
    return () => editor.destroy()
  }, [start])

  useEffect(() => {
    const timer = setTimeout(() => {
      const found = problemsOf(text)
      setProblems(found)
      const editor = editorView.current
      if (editor === undefined || editor.state.doc.toString() !== text) return
      const marks = found.map((problem): Diagnostic => {
        const line = editor.state.doc.line(Math.min(editor.state.doc.lines, problem.line ?? 1))
        return {
          from: line.from,
          to: line.to,
          severity: 'error',
          message: [refusal(problem.code)?.says, refusal(problem.code)?.advice].join(' '),
        }
      })
      editor.dispatch(setDiagnostics(editor.state, marks))
    }, CHECK)
    return () => clearTimeout(timer)
  }, [text, refusal])

  // What the server has of it. Here it is kept at once, there once somebody pauses.
  const sent = useRef(start.content)
  const seen = useRef(document.working?.savedAt ?? null)
  /** The same person writes the same in another window, or has. */
  const [elsewhere, setElsewhere] = useState(false)
  const closing = useRef(false)
  useEffect(() => {
    if (text === sent.current || elsewhere) return
    localStorage.setItem(keptAs, JSON.stringify({ content: text, basedOn, at: Date.now() }))
    const timer = setTimeout(
      async () => {
        try {
          const kept = await ask<{ savedAt: string }>('PUT', `/api/documents/${id}/working`, { content: text, basedOn, seen: seen.current })
          sent.current = text
          seen.current = kept.savedAt
          setSavedAt(kept.savedAt)
          setMisses(0)
          if (keptHere(keptAs)?.content === text) localStorage.removeItem(keptAs)
          // Saved as a version meanwhile: nothing of it is left over.
          if (closing.current) await ask('DELETE', `/api/documents/${id}/working`)
        } catch (error) {
          if (!(error instanceof Refused)) throw error
          if (error.problem.code === 'conflict-changed') setElsewhere(true)
          else setMisses((count) => count + 1)
        }
      },
      misses === 0 ? KEEP : AGAIN,
    )
    return () => clearTimeout(timer)
  }, [text, basedOn, id, keptAs, misses, elsewhere])

  const save = useDeed(
    async (request: string) => {
      await sendOrKeep({
        what: 'version',
        document: id,
        title: document.title,
        path: `/api/documents/${id}/versions`,
        body: { expected: document.position, request, content: text, note },
        basedOn,
      })
      if (resumed !== undefined) await drop(resumed)
      closing.current = true
      localStorage.removeItem(keptAs)
      onClose()
    },
    ['documents', id],
    ['establishments'],
  )
  const discard = async () => {
    if (!confirm(t('discardSure'))) return
    closing.current = true
    localStorage.removeItem(keptAs)
    await ask('DELETE', `/api/documents/${id}/working`).catch(() => undefined)
    await client.invalidateQueries({ queryKey: ['documents', id] })
    onClose()
  }
  /** Whichever is gone on with, undo brings the other back. */
  const settle = async (whose: 'mine' | 'theirs') => {
    const { working } = await ask<DetailWire>('GET', `/api/documents/${id}`)
    const mine = editorView.current!.state.doc.toString()
    if (working !== null) {
      replaceText(editorView.current!, working.content)
      if (whose === 'mine') replaceText(editorView.current!, mine)
      else setBasedOn(Math.max(basedOn, working.basedOn))
    }
    seen.current = working?.savedAt ?? null
    setElsewhere(false)
  }
  const goTo = (line: number) => {
    setView('text')
    const editor = editorView.current!
    const at = editor.state.doc.line(Math.min(editor.state.doc.lines, line))
    editor.dispatch({ selection: { anchor: at.from }, effects: EditorView.scrollIntoView(at.from, { y: 'center' }) })
    editor.focus()
  }
  return (
    <section className="writing">
      {elsewhere && (
        <section className="conflict" role="alert">
          <p>{t('writtenElsewhere')}</p>
          <button type="button" onClick={() => void settle('mine')}>
            {t('goOnWithMine')}
          </button>{' '}
          <button type="button" onClick={() => void settle('theirs')}>
            {t('goOnWithTheirs')}
          </button>
        </section>
      )}
      {conflict && (
        <Conflict
          document={document}
          text={text}
          basedOn={basedOn}
          onText={(wanted) => {
            if (wanted === undefined) setNote((written) => written || t('insteadOf', { n: document.latest }))
            else replaceText(editorView.current!, wanted)
            setBasedOn(document.latest)
          }}
        />
      )}
      <div className="row">
        <fieldset className="views">
          <legend className="visually-hidden">{t('views')}</legend>
          {(other === undefined ? (['text', 'translation'] as const) : (['other', 'text', 'translation'] as const)).map((one) => (
            <button
              key={one}
              type="button"
              className={view === one ? 'chosen' : ''}
              aria-pressed={view === one}
              onClick={() => setView(one)}
            >
              {t(one === 'other' ? other![0] : one === 'text' ? 'asText' : 'asTranslation')}
            </button>
          ))}
        </fieldset>
        <button type="button" onClick={() => undo(editorView.current!)}>
          {t('undo')}
        </button>
        <button type="button" onClick={() => redo(editorView.current!)}>
          {t('redo')}
        </button>
      </div>
      {!asText && Other !== undefined && raw !== undefined && (
        <div
          role="none"
          onKeyDown={(event) => {
            if (!(event.ctrlKey || event.metaKey) || event.target instanceof HTMLInputElement) return
            if (event.key === 'z') undo(editorView.current!)
            if (event.key === 'y') redo(editorView.current!)
          }}
        >
          <Fallible
            key={view}
            text={text}
            otherwise={
              <p role="alert" className="fault">
                {t('notAsTable')}
              </p>
            }
          >
            <Other document={document} text={text} raw={raw} onText={(wanted) => replaceText(editorView.current!, wanted)} />
          </Fallible>
        </div>
      )}
      <div className="editor" ref={host} hidden={!asText && raw !== undefined} />
      <Problems problems={problems} onLine={goTo} />
      <Fit document={document} raw={problems.length === 0 ? raw : undefined} />
      {raw !== undefined && problems.length === 0 && text !== start.content && !conflict && (
        <Effect document={document} before={basedOn} after={next} written={raw} />
      )}
      <Fault error={save.error} />
      <div className="row">
        <label className="note">
          <span className="visually-hidden">{t('note')}</span>
          <input placeholder={t('note')} value={note} onChange={(event) => setNote(event.target.value)} maxLength={2000} />
        </label>
        <button
          type="button"
          className="primary"
          disabled={problems.length > 0 || save.isPending || conflict}
          onClick={() => save.mutate(crypto.randomUUID())}
        >
          {t('save', { n: next })}
        </button>
        <button type="button" onClick={() => void discard()}>
          {t('discard')}
        </button>
        <button type="button" onClick={onClose}>
          {t('back')}
        </button>
        <span className="quiet">{misses > 0 ? t('noConnection') : savedAt !== undefined && t('saved', { time: moment(savedAt) })}</span>
      </div>
    </section>
  )
}
