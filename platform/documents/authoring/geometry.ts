/** Points, boxes and outlines on a drawing, in metres. */

export type Point = readonly [number, number]

export const round = (metres: number, grid: number) => Math.round(Math.round(metres / grid) * grid * 100) / 100

/** Corners of a rectangle, clockwise. */
export function rectangle(a: Point, b: Point): Point[] {
  const [x0, x1] = [Math.min(a[0], b[0]), Math.max(a[0], b[0])]
  const [y0, y1] = [Math.min(a[1], b[1]), Math.max(a[1], b[1])]
  return [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ]
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export function boxOf(outline: readonly Point[]): Box {
  const xs = outline.map((p) => p[0])
  const ys = outline.map((p) => p[1])
  const x = Math.min(...xs)
  const y = Math.min(...ys)
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}

/** The outline in another box: moved and stretched. */
export function fitted(outline: readonly Point[], to: Box): Point[] {
  const from = boxOf(outline)
  const scale = (value: number, low: number, size: number, newLow: number, newSize: number) =>
    Math.round((size === 0 ? newLow : newLow + ((value - low) / size) * newSize) * 100) / 100
  return outline.map((p) => [scale(p[0], from.x, from.width, to.x, to.width), scale(p[1], from.y, from.height, to.y, to.height)])
}

/** The box moved so that its edges lie on the nearest edges of others, where they are within `reach` metres. */
export function aligned(box: Box, others: readonly Box[], reach: number): Box {
  const nearest = (own: readonly number[], edges: readonly number[]) => {
    let by = 0
    let least = reach
    for (const a of own)
      for (const b of edges)
        if (Math.abs(b - a) < least) {
          least = Math.abs(b - a)
          by = b - a
        }
    return by
  }
  const x = nearest(
    [box.x, box.x + box.width],
    others.flatMap((other) => [other.x, other.x + other.width]),
  )
  const y = nearest(
    [box.y, box.y + box.height],
    others.flatMap((other) => [other.y, other.y + other.height]),
  )
  return { ...box, x: box.x + x, y: box.y + y }
}

/** Metres from a point to an outline: nothing for a point inside. */
export function distanceTo(outline: readonly Point[], [x, y]: Point): number {
  let inside = false
  outline.forEach((a, i) => {
    const b = outline[(i + 1) % outline.length]!
    if (a[1] > y !== b[1] > y && x < a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0])) inside = !inside
  })
  if (inside) return 0
  return distanceToEdge(outline, [x, y])
}

/** Metres from a point to the nearest edge. */
export function distanceToEdge(outline: readonly Point[], [x, y]: Point): number {
  return Math.min(
    ...outline.map((a, i) => {
      const b = outline[(i + 1) % outline.length]!
      const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
      const along = Math.max(0, Math.min(1, ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy || 1)))
      return Math.hypot(a[0] + along * dx - x, a[1] + along * dy - y)
    }),
  )
}
