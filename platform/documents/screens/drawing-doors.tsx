/** Doors on a drawing: where they are, moved by mouse and by arrow keys. */
import { useWords } from '../../plans/screens/words.ts'
import type { Point } from '../authoring/geometry.ts'
import type { Door, Zone } from './drawing-fields.tsx'
import { placeOf } from './sheet.tsx'

/** Arrow keys as steps of one. */
export const STEPS: Readonly<Record<string, Point>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
/** Metres by which doors and sensors move. */
const STEP = 0.5

/** What a mark does when a key is pressed: it moves, or goes. */
export function markKeys(place: Point, onMove: (to: Point) => void, onRemove: () => void): (event: React.KeyboardEvent) => void {
  return (event) => {
    if (event.key === 'Delete') return onRemove()
    const step = STEPS[event.key]
    if (step === undefined) return
    event.preventDefault()
    onMove([place[0] + STEP * step[0], place[1] + STEP * step[1]])
  }
}

interface MarksProps {
  readonly doors: Readonly<Record<string, Door>>
  readonly zones: Readonly<Record<string, Zone>>
  readonly chosen: string | undefined
  readonly size: number
  /** Whether pressing chooses and drags; otherwise another tool is at work. */
  readonly selects: boolean
  readonly titleOf: (zone: string) => string
  readonly onChoose: (id: string) => void
  readonly onGrab: (id: string, event: React.PointerEvent) => void
  readonly onMove: (id: string, to: Point) => void
  readonly onRemove: () => void
}

export function DoorMarks({ doors, zones, chosen, size, selects, titleOf, onChoose, onGrab, onMove, onRemove }: MarksProps) {
  const { t } = useWords()
  return Object.entries(doors).map(([id, door]) => {
    const place = placeOf(door.at, zones, door.between)
    return (
      // biome-ignore lint/a11y/useSemanticElements: a shape in a drawing cannot be a button element
      <circle
        key={id}
        cx={place[0]}
        cy={place[1]}
        r={size}
        className={`sheet-door ${chosen === id ? 'is' : ''}`}
        tabIndex={0}
        role="button"
        aria-pressed={chosen === id}
        aria-label={`${t('door')} ${t('doorBetween', { a: titleOf(door.between[0]), b: titleOf(door.between[1]) })}`}
        onFocus={() => onChoose(id)}
        onKeyDown={markKeys(place, (to) => onMove(id, to), onRemove)}
        onPointerDown={(event) => {
          if (!selects) return
          event.stopPropagation()
          onChoose(id)
          onGrab(id, event)
        }}
      />
    )
  })
}
