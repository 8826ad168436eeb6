/** What a task does, in full: work that goes on step by step, and everything that it changes, with places and amounts of one's own. */

import { textIn } from '../../contracts/languages.ts'
import { task as taskShape } from '../../packs/kinds/plan.ts'
import type { Raw } from '../../packs/parse.ts'
import { useWords } from '../../plans/screens/words.ts'
import type { Wording } from '../../plans/wording.ts'
import type { Path } from '../authoring/edit.ts'
import { isMapping } from '../changes.ts'
import type { BesideWire } from '../schema.ts'
import { Cell } from './cell.tsx'
import type { Task } from './plan-details.tsx'
import { Effects, effectInWords } from './plan-parts.tsx'
import { fieldName } from './words.ts'

/** Work to begin with. Amounts are assumptions; owner: whoever writes the plan. */
const WORKS: readonly Raw[] = [
  { hold: 'resolved' },
  { unlock: 'incident', to: 'assembly', 'per-cell': { usually: '10 s', 'rarely-over': '30 s' } },
  { 'lock-up': 'incident', 'per-cell': { usually: '10 s', 'rarely-over': '30 s' } },
  { evacuate: 'incident', to: 'assembly' },
  { rescue: 'incident', to: 'assembly', 'per-person': { usually: '90 s', 'rarely-over': '4 min' } },
  { 'fight-fire': { 'up-to': '1 MW', knockdown: '60 s' } },
  { negotiate: 0.5, until: 'resolved' },
] as unknown as Raw[]

const WORK_KINDS = WORKS.map((work) => Object.keys(work as object)[0]!)

interface Choice {
  readonly id: string
  readonly words: string
}

interface DoingProps {
  readonly name: string
  readonly task: Task
  readonly wording: Wording
  readonly beside: BesideWire
  readonly places: readonly Choice[]
  readonly marks: readonly string[]
  readonly set: (path: Path, value: unknown) => void
}

/** When a task changes something; what comes once it is done is chosen in its row. */
const MOMENTS = [
  ['at-start', 'taskAtStart'],
  ['then', 'effectsOf'],
  ['if-failed', 'taskIfFailed'],
] as const

/** Effects that are chosen as a whole: nothing in them is changed. */
const WHOLE = ['mark', 'call', 'admit', 'visits', 'restore']

/** Work by the field that names it. */
const kindOf = (work: Raw) => WORK_KINDS.find((one) => isMapping(work) && one in work) ?? ''

const isChangeable = (part: Raw) => isMapping(part) && !WHOLE.some((key) => key in part)

export function Doing({ name, task, wording, beside, places, marks, set }: DoingProps) {
  const { t, language } = useWords()
  const workIn = (part: Raw) => {
    const read = taskShape.shape.work.safeParse(part)
    return read.success && read.data !== undefined ? wording.work(read.data) : JSON.stringify(part)
  }
  const kind = task.work === undefined ? '' : kindOf(task.work)
  const named = (things: BesideWire['zones']) =>
    Object.entries(things).map(([id, title]) => ({ id, words: title === null ? id : textIn(title, language) }))
  const choices = [places, marks.map((id) => ({ id, words: wording.mark(id) })), named(beside.doors), named(beside.sources)]
  return (
    <>
      <fieldset className="doing">
        <legend>{t('workOf')}</legend>
        <select
          aria-label={`${t('workOf')}: ${name}`}
          value={kind}
          onChange={(event) =>
            set(
              ['work'],
              WORKS.find((work) => kindOf(work) === event.target.value),
            )
          }
        >
          <option value="">–</option>
          {WORKS.map((work) => (
            <option key={kindOf(work)} value={kindOf(work)}>
              {workIn(kindOf(work) === kind ? task.work! : work)}
            </option>
          ))}
        </select>
        {task.work !== undefined && (
          <Leaves
            label={`${t('workOf')}: ${name}`}
            part={task.work}
            choices={choices}
            set={(path, value) => set(['work', ...path], value)}
          />
        )}
      </fieldset>
      {MOMENTS.map(([moment, word]) => {
        const parts = task[moment] ?? []
        if (moment === 'then' && !parts.some(isChangeable)) return null
        const label = `${t(word)}: ${name}`
        return (
          <fieldset key={moment} className="doing">
            <legend>{t(word)}</legend>
            {moment !== 'then' && (
              <Effects
                label={label}
                parts={parts}
                wording={wording}
                marks={marks}
                beside={beside}
                onParts={(changed) => set([moment], changed)}
              />
            )}
            {parts.map(
              (part, k) =>
                isChangeable(part) && (
                  // biome-ignore lint/suspicious/noArrayIndexKey: effects have no names, and two may say the same
                  <div key={k}>
                    <p className="quiet">{effectInWords(part, wording)}</p>
                    <Leaves
                      label={`${label} ${k + 1}`}
                      part={part}
                      choices={choices}
                      set={(path, value) => set([moment, k, ...path], value)}
                    />
                  </div>
                ),
            )}
          </fieldset>
        )
      })}
    </>
  )
}

interface LeavesProps {
  readonly label: string
  readonly part: Raw
  /** What a word in it may stand for, list by list. */
  readonly choices: readonly (readonly Choice[])[]
  readonly set: DoingProps['set']
}

/** What can be changed in a part: its words and numbers, each with the way to it. */
function leavesOf(value: Raw, path: Path = []): { readonly path: Path; readonly value: string | number }[] {
  if (typeof value === 'string' || typeof value === 'number') return path.length === 0 ? [] : [{ path, value }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => leavesOf(part as Raw, [...path, Array.isArray(value) ? Number(key) : key]))
}

/** A field for each place and amount in an effect or in work. */
export function Leaves({ label, part, choices, set }: LeavesProps) {
  const { language } = useWords()
  return (
    <div className="part">
      {leavesOf(part).map(({ path, value }) => {
        const called = path.flatMap((step) => (typeof step === 'string' ? [fieldName(step, language)] : []))
        const which = `${label}: ${called.join(' · ')}`
        const write = (wanted: string) =>
          set(path, typeof value === 'number' && wanted.trim() !== '' && !Number.isNaN(Number(wanted)) ? Number(wanted) : wanted)
        const list = choices.find((some) => some.some(({ id }) => id === value))
        return list === undefined ? (
          <span key={path.join('.')}>
            <span className="quiet">{called.at(-1)}</span> <Cell label={which} value={String(value)} onValue={write} />
          </span>
        ) : (
          <select key={path.join('.')} aria-label={which} value={String(value)} onChange={(event) => write(event.target.value)}>
            {list.map(({ id, words }) => (
              <option key={id} value={id}>
                {words}
              </option>
            ))}
          </select>
        )
      })}
    </div>
  )
}
