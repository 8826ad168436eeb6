/** A contingency plan as a table: each task with its level, what it waits for, who is needed, and how long it takes. */
import { Fragment, useMemo, useState } from 'react'
import { textIn, textsOf } from '../../contracts/languages.ts'
import type { TaskDocument } from '../../packs/kinds/plan.ts'
import { parseDocument, type Raw } from '../../packs/parse.ts'
import { TaskGraph } from '../../plans/screens/plan.tsx'
import { Scroll } from '../../plans/screens/scroll.tsx'
import { useWords } from '../../plans/screens/words.ts'
import { Wording } from '../../plans/wording.ts'
import { edited, freeId, type Path, put } from '../authoring/edit.ts'
import { useBeside, useThings } from './beside.ts'
import { Cell, durationOf, halvesOf, retitled } from './cell.tsx'
import { type Task, TaskDetails } from './plan-details.tsx'
import { Conditions, DurationCurve, Effects } from './plan-parts.tsx'
import type { TableProps } from './roster-table.tsx'
import { inWords } from './words.ts'

const LEVELS = ['first-officer', 'bronze', 'silver', 'gold'] as const

/** Marks that every threat sets, or that plans set by custom. */
const MARKS = ['detected', 'alarm', 'confirmed', 'command', 'contained', 'resolved'] as const

const markOf = (part: Raw): string[] => {
  const mark = typeof part === 'object' && part !== null && 'mark' in part ? part.mark : undefined
  return typeof mark === 'string' ? [mark] : []
}

const titled = (tasks: Readonly<Record<string, Task>>) =>
  Object.fromEntries(Object.entries(tasks).map(([id, { title }]) => [id, { title: title === undefined ? undefined : textsOf(title) }]))

export function PlanTable({ document: { establishment }, text, raw, onText }: TableProps) {
  const { t, language, words } = useWords()
  const beside = useBeside(establishment)
  const things = useThings(beside)
  const [opened, setOpened] = useState<readonly string[]>([])
  const { tasks = {}, marks: named = {} } = raw as unknown as Readonly<
    Record<'tasks' | 'marks', Readonly<Record<string, Task>> | undefined>
  >
  const set = (id: string, path: Path, value: unknown) => onText(edited(text, (document) => put(document, ['tasks', id, ...path], value)))
  const ids = useMemo(() => Object.keys(tasks), [tasks])
  const titleOf = (id: string) => {
    const title = tasks[id]?.title
    return title === undefined ? id : typeof title === 'string' ? title : textIn(title, language)
  }
  const wording = useMemo(
    () => new Wording({ ...things, tasks: titled(tasks), marks: titled(named) }, language, words),
    [tasks, named, things, language, words],
  )
  const marks = useMemo(
    () => [...new Set([...MARKS, ...Object.values(tasks).flatMap((task) => (task.then ?? []).flatMap(markOf))])],
    [tasks],
  )
  const parsed = useMemo(() => parseDocument('plan', raw), [raw])
  /** Tasks as they are understood; none while something is wrong. */
  const read: Readonly<Record<string, TaskDocument | undefined>> = 'document' in parsed ? parsed.document.tasks : {}
  return (
    <>
      {'document' in parsed && Object.keys(parsed.document.tasks).length > 0 && (
        <>
          <p className="quiet">{t('graphHelp')}</p>
          <TaskGraph
            plan={parsed.document}
            onChoose={(id) => window.document.getElementById(`task-${id}`)?.querySelector('input')?.focus()}
            onLink={(from, to) => {
              const after = tasks[to]?.after ?? []
              if (!after.includes(from)) set(to, ['after'], [...after, from])
            }}
          />
        </>
      )}
      <Scroll label={t('asTable')}>
        <table className="wide sheet-table plan-table">
          <thead>
            <tr>
              <th scope="col">{t('taskName')}</th>
              <th scope="col">{t('commandLevel')}</th>
              <th scope="col">{t('waitsForTasks')}</th>
              <th scope="col">{t('needsOf')}</th>
              <th scope="col">{t('usually')}</th>
              <th scope="col">{t('rarelyOver')}</th>
              <th scope="col">{t('forgottenShare')}</th>
              <th scope="col">{t('reportDoes')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {Object.entries(tasks).map(([id, task]) => {
              const name = titleOf(id)
              const { duration } = task
              const halves = halvesOf(duration)
              const setDuration = (usually: string, rarely: string) => set(id, ['duration'], durationOf(usually, rarely))
              return (
                <Fragment key={id}>
                  <tr id={`task-${id}`}>
                    <th scope="row">
                      <Cell
                        label={`${t('taskName')} ${id}`}
                        value={name}
                        onValue={(value) => {
                          if (value !== '') set(id, ['title'], retitled(task.title, language, value))
                        }}
                      />
                    </th>
                    <td>
                      <select
                        aria-label={`${t('commandLevel')}: ${name}`}
                        value={task.level ?? ''}
                        onChange={(event) => set(id, ['level'], event.target.value)}
                      >
                        {LEVELS.map((level) => (
                          <option key={level} value={level}>
                            {t(level)}
                          </option>
                        ))}
                      </select>
                    </td>
                    <td>
                      <ul className="waits">
                        {(task.after ?? []).map((other) => (
                          <li key={other}>
                            {titleOf(other)}{' '}
                            <button
                              type="button"
                              className="quiet flush"
                              aria-label={`${t('removeIt')}: ${titleOf(other)}`}
                              onClick={() => {
                                const rest = (task.after ?? []).filter((one) => one !== other)
                                set(id, ['after'], rest.length === 0 ? undefined : rest)
                              }}
                            >
                              ✕
                            </button>
                          </li>
                        ))}
                      </ul>
                      <Conditions
                        label={`${t('waitsForTasks')}: ${name}`}
                        tasks={ids
                          .filter((other) => other !== id && !(task.after ?? []).includes(other))
                          .map((other) => [other, titleOf(other)])}
                        onTask={(other) => set(id, ['after'], [...(task.after ?? []), other])}
                        parts={task.when ?? []}
                        wording={wording}
                        marks={marks}
                        onParts={(parts) => set(id, ['when'], parts)}
                      />
                      {(task.or ?? []).length > 0 && (
                        <p className="quiet">
                          {t('reportOneOf')}:{' '}
                          {(read[id]?.or.map((one) => wording.condition(one)) ?? task.or!.map((one) => inWords(one, language))).join('; ')}
                        </p>
                      )}
                    </td>
                    <td className="quiet">
                      {read[id] === undefined
                        ? (task.needs ?? []).map((need) => inWords(need, language)).join('; ')
                        : wording.asks(read[id])}{' '}
                      <button
                        type="button"
                        className="quiet flush"
                        aria-expanded={opened.includes(id)}
                        aria-label={`${t('taskMore')}: ${name}`}
                        onClick={() => setOpened(opened.includes(id) ? opened.filter((one) => one !== id) : [...opened, id])}
                      >
                        {t('taskMore')}
                      </button>
                    </td>
                    {halves !== undefined ? (
                      <>
                        <td className="count">
                          <Cell label={`${t('usually')}: ${name}`} value={halves[0]} onValue={(value) => setDuration(value, halves[1])} />
                        </td>
                        <td className="count">
                          <Cell
                            label={`${t('rarelyOver')}: ${name}`}
                            value={halves[1]}
                            onValue={(value) => setDuration(halves[0], value)}
                          />
                          <DurationCurve duration={duration} wording={wording} />
                        </td>
                      </>
                    ) : (
                      <td colSpan={2} className="quiet">
                        {inWords(duration ?? null, language)}
                        <DurationCurve duration={duration} wording={wording} />
                      </td>
                    )}
                    <td className="count">
                      <Cell
                        label={`${t('forgottenShare')}: ${name}`}
                        value={task.forgotten ?? ''}
                        onValue={(value) => set(id, ['forgotten'], value === '' ? undefined : value)}
                      />
                    </td>
                    <td>
                      {read[id]?.work !== undefined && <p className="quiet">{wording.work(read[id].work)}</p>}
                      {read[id]?.['at-start'].map((one) => (
                        <p key={JSON.stringify(one)} className="quiet">
                          {wording.effect(one)}
                        </p>
                      ))}
                      <Effects
                        label={`${t('effectsOf')}: ${name}`}
                        parts={task.then ?? []}
                        wording={wording}
                        marks={marks}
                        beside={beside}
                        onParts={(parts) => set(id, ['then'], parts)}
                      />
                    </td>
                    <td>
                      <button
                        type="button"
                        className="quiet"
                        aria-label={`${t('removeIt')}: ${name}`}
                        onClick={() => onText(edited(text, (document) => document.deleteIn(['tasks', id])))}
                      >
                        ✕
                      </button>
                    </td>
                  </tr>
                  {opened.includes(id) && (
                    <tr className="more">
                      <td colSpan={9}>
                        <TaskDetails
                          name={name}
                          task={task}
                          beside={beside}
                          wording={wording}
                          marks={marks}
                          others={ids.filter((other) => other !== id).map((other) => [other, titleOf(other)])}
                          set={(path, value) => set(id, path, value)}
                        />
                      </td>
                    </tr>
                  )}
                </Fragment>
              )
            })}
          </tbody>
        </table>
      </Scroll>
      <button
        type="button"
        onClick={() => {
          const id = freeId(raw, 'tasks', 'task')
          const name = id.replace('-', ' ')
          onText(
            edited(text, (document) =>
              put(document, ['tasks', id], {
                title: { en: name, ...(language === 'en' ? {} : { [language]: name }) },
                level: 'bronze',
                after: ids.slice(0, 1),
                needs: ['officer'],
                place: 'incident',
                duration: { usually: '60 s', 'rarely-over': '3 min' },
                priority: 3,
              }),
            ),
          )
        }}
      >
        {t('addTask')}
      </button>
    </>
  )
}
