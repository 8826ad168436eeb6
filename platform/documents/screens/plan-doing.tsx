/** What a task does, in full: work that goes on step by step, and everything that is so once it is done, with places and amounts of one's own. */

import { effect, task as taskShape } from '../../packs/kinds/plan.ts'
import type { Raw } from '../../packs/parse.ts'
import { useWords } from '../../plans/screens/words.ts'
import type { Wording } from '../../plans/wording.ts'
import { isMapping } from '../changes.ts'
import { Cell } from './roster-table.tsx'
import { fieldName } from './words.ts'

/** Effects to begin with; places and amounts are then changed. Amounts are assumptions of ours; owner: whoever writes the plan. */
const EFFECTS: readonly Raw[] = [
  ...['open', 'close', 'lock'].map((how) => ({ [how]: { zones: ['incident'] } })),
  { confine: ['incident'] },
  { release: ['incident'] },
  { withdraw: 'incident' },
  { cordon: 'incident' },
  { ventilate: 'incident', 'air-changes': '6 per h' },
  { look: '30 %' },
  { isolate: 10 },
  { test: { every: '7 d', sensitivity: '85 %', delay: '24 h' } },
  'intercept',
  'assault',
] as unknown as Raw[]

const WORKS: readonly Raw[] = [
  { hold: 'resolved' },
  { unlock: 'incident', to: 'assembly', 'per-cell': { usually: '10 s', 'rarely-over': '30 s' } },
  { 'lock-up': 'incident', 'per-cell': { usually: '10 s', 'rarely-over': '30 s' } },
  { evacuate: 'incident', to: 'assembly' },
  { rescue: 'incident', to: 'assembly', 'per-person': { usually: '90 s', 'rarely-over': '4 min' } },
  { 'fight-fire': { 'up-to': '1 MW', knockdown: '60 s' } },
  { negotiate: 0.5, until: 'resolved' },
] as unknown as Raw[]

interface Choice {
  readonly id: string
  readonly words: string
}

interface DoingProps {
  readonly name: string
  readonly effects: readonly Raw[]
  readonly work: Raw | undefined
  readonly wording: Wording
  readonly places: readonly Choice[]
  readonly marks: readonly string[]
  readonly onEffects: (effects: readonly Raw[] | undefined) => void
  readonly onWork: (work: Raw | undefined) => void
}

export function Doing({ name, effects, work, wording, places, marks, onEffects, onWork }: DoingProps) {
  const { t } = useWords()
  const effectIn = (part: Raw) => {
    const read = effect.safeParse(part)
    return read.success ? wording.effect(read.data) : JSON.stringify(part)
  }
  const workIn = (part: Raw) => {
    const read = taskShape.shape.work.safeParse(part)
    return read.success && read.data !== undefined ? wording.work(read.data) : JSON.stringify(part)
  }
  const label = `${t('reportDoes')}: ${name}`
  const named = marks.map((id) => ({ id, words: wording.mark(id) }))
  return (
    <fieldset className="doing">
      <legend>{t('reportDoes')}</legend>
      {work !== undefined && (
        <Part label={`${label}, ${t('workOf')}`} part={work} words={workIn(work)} places={places} marks={named} onPart={onWork} />
      )}
      {effects.map((part, k) => (
        <Part
          // biome-ignore lint/suspicious/noArrayIndexKey: effects have no names, and two may say the same
          key={k}
          label={`${label} ${k + 1}`}
          part={part}
          words={effectIn(part)}
          places={places}
          marks={named}
          onPart={(changed) => {
            const rest = effects.flatMap((one, other) => (other !== k ? [one] : changed === undefined ? [] : [changed]))
            onEffects(rest.length === 0 ? undefined : rest)
          }}
        />
      ))}
      <select
        aria-label={label}
        value=""
        onChange={(event) => {
          const [which, k] = event.target.value.split(' ')
          if (which === 'work') onWork(WORKS[Number(k)])
          else onEffects([...effects, EFFECTS[Number(k)]!])
        }}
      >
        <option value="">+</option>
        <optgroup label={t('effectsOf')}>
          {EFFECTS.map((part, k) => (
            <option key={JSON.stringify(part)} value={`effect ${k}`}>
              {effectIn(part)}
            </option>
          ))}
        </optgroup>
        {work === undefined && (
          <optgroup label={t('workOf')}>
            {WORKS.map((part, k) => (
              <option key={JSON.stringify(part)} value={`work ${k}`}>
                {workIn(part)}
              </option>
            ))}
          </optgroup>
        )}
      </select>
    </fieldset>
  )
}

interface PartProps {
  readonly label: string
  readonly part: Raw
  readonly words: string
  readonly places: readonly Choice[]
  readonly marks: readonly Choice[]
  readonly onPart: (part: Raw | undefined) => void
}

type Step = string | number

/** What can be changed in a part: its words and numbers, each with the way to it. */
function leavesOf(value: Raw, path: readonly Step[] = []): { readonly path: readonly Step[]; readonly value: string | number }[] {
  if (typeof value === 'string' || typeof value === 'number') return path.length === 0 ? [] : [{ path, value }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => leavesOf(part as Raw, [...path, Array.isArray(value) ? Number(key) : key]))
}

function replaced(value: Raw, [step, ...rest]: readonly Step[], wanted: Raw): Raw {
  if (step === undefined) return wanted
  if (Array.isArray(value)) return value.map((part, k) => (k === step ? replaced(part as Raw, rest, wanted) : part)) as unknown as Raw
  return isMapping(value) ? ({ ...value, [step]: replaced(value[step]!, rest, wanted) } as Raw) : value
}

/** One effect or work in words, and below it a field for each place and amount in it. */
function Part({ label, part, words, places, marks, onPart }: PartProps) {
  const { t, language } = useWords()
  return (
    <div className="part">
      <p>
        {words}{' '}
        <button type="button" className="quiet flush" aria-label={`${t('removeIt')}: ${words}`} onClick={() => onPart(undefined)}>
          ✕
        </button>
      </p>
      {leavesOf(part).map(({ path, value }) => {
        const called = path.filter((step) => typeof step === 'string').map((step) => fieldName(step, language))
        const which = `${label}: ${called.join(' · ')}`
        const set = (wanted: string) =>
          onPart(
            replaced(
              part,
              path,
              typeof value === 'number' && wanted.trim() !== '' && !Number.isNaN(Number(wanted)) ? Number(wanted) : wanted,
            ),
          )
        const choices = [places, marks].find((list) => list.some(({ id }) => id === value))
        return choices === undefined ? (
          <span key={path.join('.')}>
            <span className="quiet">{called.at(-1)}</span> <Cell label={which} value={String(value)} onValue={set} />
          </span>
        ) : (
          <select key={path.join('.')} aria-label={which} value={String(value)} onChange={(event) => set(event.target.value)}>
            {choices.map(({ id, words: said }) => (
              <option key={id} value={id}>
                {said}
              </option>
            ))}
          </select>
        )
      })}
    </div>
  )
}
