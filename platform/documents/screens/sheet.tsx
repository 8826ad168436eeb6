/** What every drawing of an establishment has: names where they fit, doors and sensors in their places. */
import type { ReactNode } from 'react'
import { boxOf, middleBetween, type Point } from '../authoring/geometry.ts'

/** Width of a letter as a share of the sheet: names that do not fit are left to the pointer. */
const LETTER = 0.0055

interface Outlined {
  readonly outline: readonly Point[]
}

export const pointsOf = ({ outline }: Outlined): string => outline.map((p) => p.join(',')).join(' ')

/** `across`: width of the sheet, in metres. */
export function ZoneName({ zone, across, name }: { readonly zone: Outlined; readonly across: number; readonly name: string }): ReactNode {
  const { x, y, width, height } = boxOf(zone.outline)
  if (width <= LETTER * across * name.length) return null
  return (
    <text x={x + width / 2} y={y + height / 2} pointerEvents="none">
      {name}
    </text>
  )
}

/** Where something is: `at`, or in the middle of the zones that it is about. */
export function placeOf(at: Point | undefined, zones: Readonly<Record<string, Outlined>>, about: readonly string[]): Point {
  const outlines = about.flatMap((zone) => (zones[zone] === undefined ? [] : [zones[zone].outline]))
  return at ?? (outlines.length === 0 ? [0, 0] : middleBetween(...outlines))
}

/** The path of a sensor's mark. */
export const triangle = ([x, y]: Point, size: number): string => `M${x},${y - size}l${size},${2 * size}h${-2 * size}Z`

/** Sizes of marks, as shares of the sheet's width. */
export const DOOR = 1 / 160
export const SENSOR = 1 / 220
export const POST = 1 / 150
export const HANDLE = 1 / 200
