/** Corners of the chosen zone, to be dragged or moved by arrow keys; a new one comes out of the middle of an edge. */
import { useState } from 'react'
import { useWords } from '../../plans/screens/words.ts'
import { boxOf, type Point, rectangle } from '../authoring/geometry.ts'
import { STEPS } from './drawing-doors.tsx'

interface HandlesProps {
  readonly outline: readonly Point[]
  readonly size: number
  readonly grid: number
  readonly at: (event: React.PointerEvent) => Point
  readonly snapped: (point: Point) => Point
  readonly onOutline: (outline: readonly Point[]) => void
}

/** A corner of a rectangle takes both edges along, so that it stays one; with Alt it goes alone. */
function moved(outline: readonly Point[], corner: number, to: Point, alone: boolean): readonly Point[] {
  const box = boxOf(outline)
  const corners = rectangle([box.x, box.y], [box.x + box.width, box.y + box.height])
  const isBox = outline.length === 4 && corners.every(([x, y]) => outline.some((p) => p[0] === x && p[1] === y))
  if (!isBox || alone) return outline.map((p, k) => (k === corner ? to : p))
  const opposite = outline[(corner + 2) % 4]!
  if (to[0] === opposite[0] || to[1] === opposite[1]) return outline
  const was = outline[corner]!
  return outline.map(([x, y]) => [x === was[0] ? to[0] : x, y === was[1] ? to[1] : y])
}

const middle = ([ax, ay]: Point, [bx, by]: Point): Point => [(ax + bx) / 2, (ay + by) / 2]

export function Handles({ outline, size, grid, at, snapped, onOutline }: HandlesProps) {
  const { t } = useWords()
  const [drag, setDrag] = useState<{ readonly corner: number; readonly outline: readonly Point[] }>()
  const shown = drag?.outline ?? outline
  const grab = (corner: number, from: readonly Point[]) => (event: React.PointerEvent) => {
    event.stopPropagation()
    event.currentTarget.setPointerCapture(event.pointerId)
    setDrag({ corner, outline: from })
  }
  const follow = {
    onPointerMove: (event: React.PointerEvent) => {
      if (drag !== undefined) setDrag({ ...drag, outline: moved(drag.outline, drag.corner, snapped(at(event)), event.altKey) })
    },
    onPointerUp: (event: React.PointerEvent) => {
      event.stopPropagation()
      if (drag !== undefined) onOutline(drag.outline)
      setDrag(undefined)
    },
  }
  return (
    <g>
      {drag !== undefined && <polygon className="sheet-new" points={shown.map((p) => p.join(',')).join(' ')} />}
      {shown.map((from, k) => {
        const [x, y] = middle(from, shown[(k + 1) % shown.length]!)
        const wider = [...shown.slice(0, k + 1), snapped([x, y]), ...shown.slice(k + 1)]
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: an edge is known by its place
          <circle key={k} className="sheet-edge" cx={x} cy={y} r={0.6 * size} onPointerDown={grab(k + 1, wider)} {...follow} />
        )
      })}
      {shown.map(([x, y], k) => (
        // biome-ignore lint/a11y/useSemanticElements: a shape in a drawing cannot be a button element
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a corner is known by its place
          key={k}
          className="sheet-corner"
          x={x - size}
          y={y - size}
          width={2 * size}
          height={2 * size}
          tabIndex={0}
          role="button"
          aria-label={t('corner', { n: k + 1, x, y })}
          onKeyDown={(event) => {
            const step = STEPS[event.key]
            if (event.key === 'Delete') {
              event.stopPropagation()
              if (outline.length > 3) onOutline(outline.filter((_, other) => other !== k))
            }
            if (event.key === 'Insert') {
              const next = outline[(k + 1) % outline.length]!
              onOutline([...outline.slice(0, k + 1), middle(outline[k]!, next), ...outline.slice(k + 1)])
            }
            if (step === undefined) return
            event.preventDefault()
            onOutline(moved(outline, k, [x + grid * step[0], y + grid * step[1]], event.altKey))
          }}
          onPointerDown={grab(k, outline)}
          {...follow}
        />
      ))}
    </g>
  )
}
