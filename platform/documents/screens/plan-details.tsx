/** What is said of a task more seldom: who exactly it needs, where and with what, what else may begin it, how urgent it is, how it is done. */
import { textIn } from '../../contracts/languages.ts'
import type { Raw } from '../../packs/parse.ts'
import { useWords } from '../../plans/screens/words.ts'
import { skillIn, thingIn } from '../../plans/skill-names.ts'
import type { Wording } from '../../plans/wording.ts'
import type { Path } from '../authoring/edit.ts'
import type { BesideWire } from '../schema.ts'
import { Cell } from './cell.tsx'
import { Doing, Leaves } from './plan-doing.tsx'
import { Conditions, List } from './plan-parts.tsx'
import type { Title } from './rosters.ts'

export interface Task {
  readonly title?: Title
  readonly guidance?: Title
  readonly level?: string
  readonly after?: readonly string[]
  readonly when?: readonly Raw[]
  readonly or?: readonly Raw[]
  readonly 'at-start'?: readonly Raw[]
  readonly then?: readonly Raw[]
  readonly 'if-failed'?: readonly Raw[]
  readonly needs?: readonly Raw[]
  readonly work?: Raw
  readonly equipment?: readonly string[]
  readonly duration?: Raw
  readonly forgotten?: string
  readonly skip?: string | number
  readonly remembered?: string | { readonly [key: string]: Raw }
  readonly fails?: string
  readonly place?: string
  readonly priority?: number
  readonly deadline?: string
}

interface DetailsProps {
  readonly name: string
  readonly task: Task
  readonly beside: BesideWire
  readonly wording: Wording
  readonly marks: readonly string[]
  /** The other tasks, by id and title. */
  readonly others: readonly (readonly [id: string, title: string])[]
  /** Sets what is found on that way in the task. */
  readonly set: (path: Path, value: unknown) => void
}

/** Where a task is done besides in a zone of its own. */
const PLACES = ['incident', 'adjacent', 'post']
/** What a task has that says nothing of it. */
const PLACE = 'incident'
const PRIORITY = 5

export function TaskDetails({ name, task, beside, wording, marks, others, set }: DetailsProps) {
  const { t, language } = useWords()
  const label = (word: Parameters<typeof t>[0]) => `${t(word)}: ${name}`
  const place = task.place ?? PLACE
  const known = [...PLACES, ...Object.keys(beside.roles)]
  const zones = Object.entries(beside.zones)
  const { guidance } = task
  const said = guidance === undefined ? '' : typeof guidance === 'string' ? guidance : textIn(guidance, language)
  return (
    <div className="task-details">
      <Needs label={label('needsOf')} needs={task.needs ?? []} beside={beside} onNeeds={(needs) => set(['needs'], needs)} />
      <fieldset>
        <legend>{t('taskPlace')}</legend>
        <select aria-label={label('taskPlace')} value={place} onChange={(event) => set(['place'], event.target.value)}>
          {known.map((id) => (
            <option key={id} value={id}>
              {wording.place(id)}
            </option>
          ))}
          {!known.includes(place) && beside.zones[place] === undefined && <option value={place}>{wording.place(place)}</option>}
          <optgroup label={t('zones')}>
            {zones.map(([id, title]) => (
              <option key={id} value={id}>
                {title === null ? id : textIn(title, language)}
              </option>
            ))}
          </optgroup>
        </select>
      </fieldset>
      <fieldset>
        <legend>{t('equipmentThere')}</legend>
        <List
          label={label('equipmentThere')}
          parts={task.equipment ?? []}
          inWords={(id) => wording.thing(id as string)}
          choices={[
            {
              title: t('equipmentThere'),
              choices: Object.keys(beside.equipment)
                .filter((id) => !task.equipment?.includes(id))
                .map((id) => ({ words: wording.thing(id), add: () => set(['equipment'], [...(task.equipment ?? []), id]) })),
            },
          ]}
          onParts={(parts) => set(['equipment'], parts)}
        />
      </fieldset>
      <fieldset>
        <legend>{t('reportOneOf')}</legend>
        <Conditions
          label={label('reportOneOf')}
          parts={task.or ?? []}
          tasks={others}
          onTask={(id) => set(['or'], [...(task.or ?? []), { done: id }])}
          wording={wording}
          marks={marks}
          onParts={(parts) => set(['or'], parts)}
        />
      </fieldset>
      <fieldset>
        <legend>{t('taskPriority')}</legend>
        <Cell
          label={label('taskPriority')}
          type="number"
          value={String(task.priority ?? PRIORITY)}
          onValue={(value) => set(['priority'], Math.max(0, Math.min(100, Math.round(Number(value) || 0))))}
        />
      </fieldset>
      <fieldset>
        <legend>{t('taskDeadline')}</legend>
        <Cell label={label('taskDeadline')} value={task.deadline ?? ''} onValue={(value) => set(['deadline'], value || undefined)} />
      </fieldset>
      <fieldset>
        <legend>{t('taskFails')}</legend>
        <Cell label={label('taskFails')} value={task.fails ?? ''} onValue={(value) => set(['fails'], value || undefined)} />
      </fieldset>
      <fieldset>
        <legend>{t('taskSkip')}</legend>
        <Cell label={label('taskSkip')} value={String(task.skip ?? '')} onValue={(value) => set(['skip'], value || undefined)} />
      </fieldset>
      <fieldset>
        <legend>{t('taskRemembered')}</legend>
        {typeof task.remembered === 'object' ? (
          <Leaves
            label={label('taskRemembered')}
            part={task.remembered}
            choices={[]}
            set={(path, value) => set(['remembered', ...path], value)}
          />
        ) : (
          <Cell
            label={label('taskRemembered')}
            value={task.remembered ?? ''}
            onValue={(value) => set(['remembered'], value || undefined)}
          />
        )}
      </fieldset>
      <Doing
        name={name}
        task={task}
        wording={wording}
        beside={beside}
        places={[
          ...['all', ...known].map((id) => ({ id, words: id === 'all' ? t('plan:everywhere') : wording.place(id) })),
          ...zones.map(([id, title]) => ({ id, words: title === null ? id : textIn(title, language) })),
        ]}
        marks={marks}
        set={set}
      />
      <fieldset className="guidance">
        <legend>{t('taskGuidance')}</legend>
        <textarea
          key={said}
          aria-label={label('taskGuidance')}
          rows={3}
          defaultValue={said}
          onBlur={(event) => {
            const value = event.target.value.trim()
            if (value === said) return
            const others = typeof guidance === 'object' ? guidance : guidance === undefined ? {} : { en: guidance }
            set(['guidance'], value === '' ? undefined : { en: value, ...others, [language]: value })
          }}
        />
      </fieldset>
    </div>
  )
}

interface Need {
  readonly skill: string
  readonly count?: number
  readonly key?: string
  readonly breathing?: boolean
  readonly shielded?: boolean
}

/** As short as it can be said. */
const shortest = ({ skill, count = 1, key, breathing = false, shielded = false }: Need): Raw =>
  count === 1 && key === undefined && !breathing && !shielded
    ? skill
    : ({
        skill,
        ...(count === 1 ? {} : { count }),
        ...(key === undefined ? {} : { key }),
        ...(breathing ? { breathing } : {}),
        ...(shielded ? { shielded } : {}),
      } as Raw)

interface NeedsProps {
  readonly label: string
  readonly needs: readonly Raw[]
  readonly beside: BesideWire
  readonly onNeeds: (needs: readonly Raw[] | undefined) => void
}

/** Each need as a line: how many, of which skill, with which key, in what they must be able to work. */
function Needs({ label, needs, beside, onNeeds }: NeedsProps) {
  const { t, language } = useWords()
  const read = needs.map((need) => (typeof need === 'string' ? { skill: need } : need) as unknown as Need)
  const change = (k: number, changed: Need | undefined) => {
    const rest = read.flatMap((need, other) => (other !== k ? [need] : (changed ?? [])))
    onNeeds(rest.length === 0 ? undefined : rest.map(shortest))
  }
  return (
    <fieldset className="needs">
      <legend>{t('needsOf')}</legend>
      {read.map((need, k) => {
        const { skill, count = 1, key, breathing = false, shielded = false } = need
        const which = `${label} ${k + 1}`
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: needs have no names, and two may say the same
          <div key={k} className="need">
            <Cell
              label={`${which}: ${t('howMany')}`}
              type="number"
              value={String(count)}
              onValue={(value) => change(k, { ...need, count: Math.max(1, Math.min(100, Math.round(Number(value) || 1))) })}
            />
            <select
              aria-label={`${which}: ${t('skills')}`}
              value={skill}
              onChange={(event) => change(k, { ...need, skill: event.target.value })}
            >
              {[...new Set([skill, ...beside.skills])].map((id) => (
                <option key={id} value={id}>
                  {skillIn(id, language)}
                </option>
              ))}
            </select>
            <select
              aria-label={`${which}: ${t('keys')}`}
              value={key ?? ''}
              onChange={(event) => {
                const { key: _, ...without } = need
                change(k, event.target.value === '' ? without : { ...without, key: event.target.value })
              }}
            >
              <option value="">{t('anyKey')}</option>
              {[...new Set([...(key === undefined ? [] : [key]), ...beside.keys])].map((id) => (
                <option key={id} value={id}>
                  {t('plan:key', { key: thingIn(id, language) })}
                </option>
              ))}
            </select>
            <label>
              <input type="checkbox" checked={breathing} onChange={() => change(k, { ...need, breathing: !breathing })} />{' '}
              {t('plan:breathing')}
            </label>
            <label>
              <input type="checkbox" checked={shielded} onChange={() => change(k, { ...need, shielded: !shielded })} /> {t('plan:shield')}
            </label>
            <button type="button" className="quiet flush" aria-label={`${t('removeIt')}: ${which}`} onClick={() => change(k, undefined)}>
              ✕
            </button>
          </div>
        )
      })}
      <select aria-label={label} value="" onChange={(event) => onNeeds([...read.map(shortest), event.target.value])}>
        <option value="">+</option>
        {beside.skills.map((id) => (
          <option key={id} value={id}>
            {skillIn(id, language)}
          </option>
        ))}
      </select>
    </fieldset>
  )
}
