/** A plan as a graph of tasks by level of command, and the same as a table. */

import type { TaskState } from '@aman/kernel/world/world'
import { type ReactNode, useState } from 'react'
import { numberIn, textIn } from '../../contracts/languages.ts'
import type { PlanDocument, TaskDocument } from '../../packs/kinds/plan.ts'
import { timeIn } from '../measures.ts'
import type { TaskReport } from '../report.ts'
import { skillIn } from '../skill-names.ts'
import { hindered, SELDOM } from '../telling.ts'
import './plan.css'
import { Scroll } from './scroll.tsx'
import { useWords } from './words.ts'

const LEVELS = ['gold', 'silver', 'bronze', 'first-officer'] as const
const BOX = 148
const TALL = 52
const GAP_X = 26
const GAP_Y = 10
/** Room for the name of a level. */
const HEAD = 22

interface Box {
  readonly id: string
  readonly task: TaskDocument
  readonly x: number
  readonly y: number
}

/** Tasks that `task` waits for: named, or as the one that sets a mark it waits for. */
function before(plan: PlanDocument, task: TaskDocument): string[] {
  const conditions = [...task.when, ...task.or]
  const setters = (mark: string) =>
    Object.entries(plan.tasks).flatMap(([id, t]) =>
      [...t['at-start'], ...t.then].some((e) => e.kind === 'mark' && e.mark === mark) ? [id] : [],
    )
  return [
    ...new Set([
      ...task.after,
      ...conditions.flatMap((c) =>
        c.kind === 'task' ? [c.task] : c.kind === 'mark' ? setters(c.mark) : c.kind === 'elapsed' ? setters(c.since) : [],
      ),
    ]),
  ]
}

function layout(plan: PlanDocument): {
  boxes: Box[]
  links: [Box, Box][]
  width: number
  height: number
  lanes: Map<string, readonly [number, number]>
} {
  const depth = new Map<string, number>()
  const depthOf = (id: string, path: readonly string[] = []): number => {
    const known = depth.get(id)
    if (known !== undefined) return known
    if (path.includes(id)) return 0
    const found = before(plan, plan.tasks[id]!).filter((other) => other in plan.tasks)
    const own = found.length === 0 ? 0 : 1 + Math.max(...found.map((other) => depthOf(other, [...path, id])))
    depth.set(id, own)
    return own
  }
  for (const id of Object.keys(plan.tasks)) depthOf(id)
  const boxes: Box[] = []
  const lanes = new Map<string, readonly [number, number]>()
  let top = 0
  for (const level of LEVELS) {
    const stack = new Map<number, number>()
    const entries = Object.entries(plan.tasks).filter(([, task]) => task.level === level)
    if (entries.length === 0) continue
    for (const [id, task] of entries) {
      const column = depth.get(id)!
      const row = stack.get(column) ?? 0
      stack.set(column, row + 1)
      boxes.push({ id, task, x: column * (BOX + GAP_X), y: top + HEAD + row * (TALL + GAP_Y) })
    }
    const tall = Math.max(...stack.values()) * (TALL + GAP_Y) + HEAD
    lanes.set(level, [top, tall])
    top += tall
  }
  const at = new Map(boxes.map((b) => [b.id, b]))
  const links = boxes.flatMap((to) =>
    before(plan, to.task).flatMap((id) => (at.has(id) && id !== to.id ? [[at.get(id)!, to] as [Box, Box]] : [])),
  )
  return { boxes, links, width: Math.max(...boxes.map((b) => b.x)) + BOX, height: top, lanes }
}

interface GraphProps {
  readonly plan: PlanDocument
  /** What is said in a task’s box besides its title, and how it looks. */
  readonly about?: (id: string) => { readonly note?: ReactNode; readonly look?: string }
  /** Somebody has dragged from one task to another: the second is to wait for the first. */
  readonly onLink?: (from: string, to: string) => void
  readonly onChoose?: (id: string) => void
}

/** Tasks as boxes in lanes of command, with an arrow to each that waits; drawn in where `onLink` is given. */
export function TaskGraph({ plan, about, onLink, onChoose }: GraphProps) {
  const { t, language } = useWords()
  const { boxes, links, width, height, lanes } = layout(plan)
  const [from, setFrom] = useState<string>()
  return (
    <Scroll className="plan-graph" label={textIn(plan.title, language)}>
      <div className="plan-lanes" style={{ width, height }}>
        {[...lanes].map(([level, [top, tall]]) => (
          <div key={level} className={`plan-lane ${level}`} style={{ top, height: tall }}>
            <span>{t(level as (typeof LEVELS)[number])}</span>
          </div>
        ))}
        <svg width={width} height={height} aria-hidden="true">
          <defs>
            <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
              <path className="arrow" d="M0,0L8,4L0,8z" />
            </marker>
          </defs>
          {links.map(([a, b]) => {
            const [x1, y1, x2, y2] = [a.x + BOX, a.y + TALL / 2, b.x, b.y + TALL / 2]
            const bend = Math.max(14, (x2 - x1) / 2)
            return (
              <path key={`${a.id} ${b.id}`} d={`M${x1},${y1}C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`} markerEnd="url(#arrow)" />
            )
          })}
        </svg>
        {boxes.map(({ id, task, x, y }) => {
          const { note, look = '' } = about?.(id) ?? {}
          const title = textIn(task.title, language)
          const place = { left: x, top: y, width: BOX, height: TALL }
          if (onChoose === undefined)
            return (
              <div key={id} className={`plan-task ${look}`} style={place} title={title}>
                <span>{title}</span>
                {note}
              </div>
            )
          return (
            <button
              key={id}
              type="button"
              className={`plan-task ${from === id ? 'working' : look}`}
              style={place}
              title={title}
              draggable={onLink !== undefined}
              onDragStart={(event) => {
                event.dataTransfer.setData('text/plain', id)
                setFrom(id)
              }}
              onDragEnd={() => setFrom(undefined)}
              onDragOver={(event) => from !== undefined && from !== id && event.preventDefault()}
              onDrop={(event) => {
                event.preventDefault()
                if (from !== undefined && from !== id) onLink?.(from, id)
                setFrom(undefined)
              }}
              onClick={() => onChoose(id)}
            >
              <span>{title}</span>
              {note}
            </button>
          )
        })}
      </div>
    </Scroll>
  )
}

interface Props {
  readonly plan: PlanDocument
  /** Ids in the model: with the plan's id in front if there are several plans. */
  readonly prefix: string
  readonly reports: ReadonlyMap<string, TaskReport>
  readonly states: ReadonlyMap<string, TaskState> | undefined
}

export function PlanGraph({ plan, prefix, reports, states }: Props) {
  const { t, language } = useWords()
  const { boxes } = layout(plan)
  const about = (id: string) => {
    const state = states?.get(prefix + id)
    const report = reports.get(prefix + id)
    const critical = report?.critical ?? 0
    const hindrance = report === undefined ? undefined : hindered(report)
    const note =
      state !== undefined && state !== 'dormant' ? (
        <small>{t(state)}</small>
      ) : hindrance !== undefined ? (
        <small className="in-vain">{t(hindrance)}</small>
      ) : (
        critical > SELDOM && (
          <small title={t('critical')}>
            {t('critical')}: {numberIn(100 * critical, 0, language)} %
          </small>
        )
      )
    return { note, look: state ?? '' }
  }
  return (
    <>
      <TaskGraph plan={plan} about={about} />
      <details>
        <summary>{t('table')}</summary>
        <Scroll label={t('table')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('task')}</th>
                <th scope="col">{t('level')}</th>
                <th scope="col">{t('waitsFor')}</th>
                <th scope="col">{t('needs')}</th>
                <th scope="col">{t('critical')}</th>
                <th scope="col">{t('waits')}</th>
                <th scope="col">{t('walks')}</th>
                <th scope="col">{t('lasts')}</th>
              </tr>
            </thead>
            <tbody>
              {boxes.map(({ id, task }) => {
                const report = reports.get(prefix + id)
                const title = (other: string) => textIn(plan.tasks[other]?.title ?? { en: other }, language)
                return (
                  <tr key={id}>
                    <th scope="row">{title(id)}</th>
                    <td>{t(task.level)}</td>
                    <td>{before(plan, task).map(title).join('; ')}</td>
                    <td>{task.needs.map((n) => `${n.count} × ${skillIn(n.skill, language)}`).join(', ')}</td>
                    <td>{report === undefined ? '' : `${numberIn(100 * report.critical, 0, language)} %`}</td>
                    <td>{report === undefined ? '' : timeIn(report.waited, language)}</td>
                    <td>{report === undefined ? '' : timeIn(report.walked, language)}</td>
                    <td>{report === undefined ? '' : timeIn(report.worked, language)}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </Scroll>
      </details>
    </>
  )
}
