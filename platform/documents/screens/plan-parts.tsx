/** Parts of a task in words: what else it waits for, what it changes, and how its duration is spread. */
import type { Distribution } from '@aman/kernel/random/distribution'
import { condition, effect } from '../../packs/kinds/plan.ts'
import type { Raw } from '../../packs/parse.ts'
import { distribution } from '../../packs/shapes.ts'
import { useWords } from '../../plans/screens/words.ts'
import type { Wording } from '../../plans/wording.ts'
import type { BesideWire } from '../schema.ts'

interface PartsProps {
  readonly label: string
  readonly parts: readonly Raw[]
  readonly wording: Wording
  /** Marks that may come about in this plan. */
  readonly marks: readonly string[]
  readonly onParts: (parts: readonly Raw[] | undefined) => void
}

interface ListProps extends Omit<PartsProps, 'wording' | 'marks'> {
  readonly inWords: (part: Raw) => string
  /** What can be added, in groups. */
  readonly choices: readonly Group[]
}

interface Group {
  readonly title: string
  readonly choices: readonly { readonly words: string; readonly add: () => void }[]
}

/** Parts in words, each with a way to take it out, and a list of what can be added. */
export function List({ label, parts, inWords, choices, onParts }: ListProps) {
  const { t } = useWords()
  const all = choices.flatMap((group) => group.choices)
  const without = (k: number) => parts.filter((_, other) => other !== k)
  return (
    <>
      <ul className="waits">
        {parts.map((part, k) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no names, and two may say the same
          <li key={k}>
            {inWords(part)}{' '}
            <button
              type="button"
              className="quiet flush"
              aria-label={`${t('removeIt')}: ${inWords(part)}`}
              onClick={() => onParts(parts.length === 1 ? undefined : without(k))}
            >
              ✕
            </button>
          </li>
        ))}
      </ul>
      <select aria-label={label} value="" onChange={(event) => all[Number(event.target.value)]!.add()}>
        <option value="">+</option>
        {choices.map((group) => (
          <optgroup key={group.title} label={group.title}>
            {group.choices.map((choice) => (
              <option key={choice.words} value={all.indexOf(choice)}>
                {choice.words}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </>
  )
}

interface ConditionsProps extends PartsProps {
  /** Tasks that it could wait for, by id and title. */
  readonly tasks: readonly (readonly [id: string, title: string])[]
  readonly onTask: (id: string) => void
}

/** What a task waits for besides the tasks above; one list to add either. */
export function Conditions({ wording, marks, tasks, onTask, ...rest }: ConditionsProps) {
  const { t } = useWords()
  const inWords = (part: Raw) => {
    const read = condition.safeParse(part)
    return read.success ? wording.condition(read.data) : JSON.stringify(part)
  }
  const there = rest.parts.map((part) => JSON.stringify(part))
  const free = marks.filter((mark) => !there.includes(JSON.stringify(mark)))
  const choices = [
    { title: t('afterTask'), choices: tasks.map(([id, title]) => ({ words: title, add: () => onTask(id) })) },
    {
      title: t('afterMark'),
      choices: free.map((mark) => ({ words: wording.mark(mark), add: () => rest.onParts([...rest.parts, mark]) })),
    },
  ]
  return <List {...rest} inWords={inWords} choices={choices} />
}

/** Effects to begin with; places and amounts are changed in the task's details. Amounts are assumptions; owner: whoever writes the plan.
 * A factor of the model (`scale`) is written as text: its names are those of the model, not of a plan. */
const effectsToAdd = (marks: readonly string[], { agencies, sources }: BesideWire): Raw[] => [
  ...marks.map((mark) => ({ mark })),
  ...['open', 'close', 'lock'].map((how) => ({ [how]: { zones: ['incident'] } })),
  { confine: ['all'] },
  { release: ['all'] },
  { withdraw: 'incident' },
  { cordon: 'incident' },
  { look: '30 %' },
  'intercept',
  'assault',
  { ventilate: 'incident', 'air-changes': '6 per h' },
  { test: { every: '7 d', sensitivity: '85 %', delay: '24 h' } },
  { isolate: 10 },
  { visits: 'closed' },
  { visits: 'open' },
  ...Object.keys(sources).flatMap((id) => [{ restore: id }, { 'start-source': id, chance: '95 %' }]),
  ...Object.keys(agencies).flatMap((id) => [{ call: id }, { admit: id }]),
]

export const effectInWords = (part: Raw, wording: Wording): string => {
  const read = effect.safeParse(part)
  return read.success ? wording.effect(read.data) : JSON.stringify(part)
}

/** What a task changes. */
export function Effects({ wording, marks, beside, ...rest }: PartsProps & { readonly beside: BesideWire }) {
  const inWords = (part: Raw) => effectInWords(part, wording)
  const parts = effectsToAdd(marks, beside)
  const choices = parts.map((part) => ({ words: inWords(part), add: () => rest.onParts([...rest.parts, part]) }))
  return <List {...rest} inWords={inWords} choices={[{ title: rest.label, choices }]} />
}

const WIDTH = 96
const HEIGHT = 22
const STEPS = 48

/** How long a task lasts, as a curve: what is usual under the middle, what is rare in the tail. */
export function DurationCurve({ duration, wording }: { readonly duration: Raw | undefined; readonly wording: Wording }) {
  const read = duration === undefined ? undefined : distribution('time').safeParse(duration)
  if (read === undefined || !read.success) return null
  const drawn = curve(read.data)
  if (drawn === undefined) return null
  return (
    <svg className="duration-curve" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={wording.duration(read.data)}>
      <title>{wording.duration(read.data)}</title>
      <path d={drawn.area} />
      <line x1={drawn.middle} x2={drawn.middle} y1="2" y2={HEIGHT} />
    </svg>
  )
}

/** The density of those forms that have one, and where its middle is. */
function curve(d: Distribution): { readonly area: string; readonly middle: number } | undefined {
  const shape = density(d)
  if (shape === undefined) return undefined
  const { from, to, middle, at } = shape
  const heights = Array.from({ length: STEPS + 1 }, (_, k) => at(from + ((to - from) * k) / STEPS))
  const most = Math.max(...heights)
  const points = heights.map((height, k) => `${((WIDTH * k) / STEPS).toFixed(1)},${(HEIGHT - (HEIGHT - 3) * (height / most)).toFixed(1)}`)
  return { area: `M0,${HEIGHT}L${points.join('L')}L${WIDTH},${HEIGHT}Z`, middle: (WIDTH * (middle - from)) / (to - from) }
}

interface Density {
  readonly from: number
  readonly to: number
  readonly middle: number
  readonly at: (value: number) => number
}

function density(d: Distribution): Density | undefined {
  switch (d.kind) {
    case 'lognormal':
      return {
        from: 0,
        to: d.median * Math.exp(2.2 * Math.max(d.sigma, 0.05)),
        middle: d.median,
        at: (x) => (x <= 0 ? 0 : Math.exp(-((Math.log(x / d.median) / Math.max(d.sigma, 0.05)) ** 2) / 2) / x),
      }
    case 'uniform':
      return { from: 0, to: d.high * 1.1, middle: (d.low + d.high) / 2, at: (x) => (x >= d.low && x <= d.high ? 1 : 0) }
    case 'triangular':
    case 'pert':
      return {
        from: 0,
        to: d.high * 1.1,
        middle: d.mode,
        at: (x) => Math.max(0, x < d.mode ? (x - d.low) / (d.mode - d.low || 1) : (d.high - x) / (d.high - d.mode || 1)),
      }
    case 'exponential':
      return { from: 0, to: 3 * d.mean, middle: d.mean * Math.LN2, at: (x) => Math.exp(-x / d.mean) }
    case 'normal':
      return { from: 0, to: d.mean + 3 * d.sd, middle: d.mean, at: (x) => Math.exp(-(((x - d.mean) / (d.sd || 1)) ** 2) / 2) }
    default:
      return undefined
  }
}
