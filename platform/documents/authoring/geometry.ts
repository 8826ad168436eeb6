/** Points, boxes and outlines on a drawing, in metres. */

export type Point = readonly [number, number]

export const round = (metres: number, grid: number) => Math.round(Math.round(metres / grid) * grid * 100) / 100

/** To a tenth of a metre. */
export const tenths = ([x, y]: Point): Point => [Math.round(x * 10) / 10, Math.round(y * 10) / 10]

/** A room of 6 × 4 metres to the right of what is drawn. */
export function beside(drawn: readonly Point[], grid: number): Point[] {
  const { x, y, width } = drawn.length === 0 ? { x: -grid, y: 0, width: 0 } : boxOf(drawn)
  const [left, top] = [round(x + width + grid, grid), round(y, grid)]
  return rectangle([left, top], [left + 6, top + 4])
}

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

/** What lies within `reach` metres of a point, the nearest first. */
export function nearest<Drawn extends { readonly outline: readonly Point[] }>(all: readonly Drawn[], point: Point, reach: number): Drawn[] {
  return all
    .map((one) => ({ one, distance: distanceTo(one.outline, point) }))
    .filter(({ distance }) => distance <= reach)
    .sort((a, b) => a.distance - b.distance)
    .map(({ one }) => one)
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

export const EDGES = ['left', 'right', 'top', 'bottom'] as const
export type Edge = (typeof EDGES)[number]

/** The boxes moved so that this edge of all of them lies where it is for the outermost. */
export function levelled<Id>(boxes: ReadonlyMap<Id, Box>, edge: Edge): Map<Id, Box> {
  const all = [...boxes.values()]
  const left = Math.min(...all.map((box) => box.x))
  const right = Math.max(...all.map((box) => box.x + box.width))
  const top = Math.min(...all.map((box) => box.y))
  const bottom = Math.max(...all.map((box) => box.y + box.height))
  const move = {
    left: (box: Box) => ({ ...box, x: left }),
    right: (box: Box) => ({ ...box, x: right - box.width }),
    top: (box: Box) => ({ ...box, y: top }),
    bottom: (box: Box) => ({ ...box, y: bottom - box.height }),
  }[edge]
  return new Map([...boxes].map(([id, box]) => [id, move(box)]))
}

/** Whether the whole outline lies in the box. */
export const liesIn = (outline: readonly Point[], { x, y, width, height }: Box): boolean =>
  outline.every((p) => p[0] >= x && p[0] <= x + width && p[1] >= y && p[1] <= y + height)

/** A sheet on which everything drawn has room, and what is laid underneath: `across` metres wide, `ratio` times as high. */
export function sheetFor(drawn: readonly Point[], laid: { readonly across: number; readonly ratio: number } | undefined): Box {
  const box = drawn.length === 0 ? { x: 0, y: 0, width: 60, height: 40 } : boxOf(drawn)
  const [x, y] = [Math.min(0, box.x), Math.min(0, box.y)]
  const width = Math.max(box.x + box.width, laid?.across ?? 0) - x
  const height = Math.max(box.y + box.height, laid === undefined ? 0 : laid.across * laid.ratio) - y
  const margin = Math.max(6, 0.06 * width)
  return { x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin }
}

/** The point half-way between the middles of outlines. */
export function middleBetween(...outlines: readonly (readonly Point[])[]): Point {
  const middles = outlines.map(boxOf).map(({ x, y, width, height }) => [x + width / 2, y + height / 2] as const)
  const mean = (k: 0 | 1) => middles.reduce((sum, middle) => sum + middle[k], 0) / middles.length
  return [mean(0), mean(1)]
}

const sideOf = ([ax, ay]: Point, [bx, by]: Point, [x, y]: Point) => Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax))
const edgesOf = (outline: readonly Point[]) => outline.map((from, i) => [from, outline[(i + 1) % outline.length]!] as const)

/** Whether two edges pass through each other; touching is not enough. */
const cross = ([a, b]: readonly [Point, Point], [c, d]: readonly [Point, Point]) =>
  sideOf(a, b, c) * sideOf(a, b, d) < 0 && sideOf(c, d, a) * sideOf(c, d, b) < 0

/** Whether an outline passes through itself, so that nobody can tell what is inside. */
export function crossesItself(outline: readonly Point[]): boolean {
  const edges = edgesOf(outline)
  return edges.some((one, i) => edges.slice(i + 1).some((other) => cross(one, other)))
}

export const areaOf = (outline: readonly Point[]): number => sharedArea(outline, outline)

/** Square metres that lie in both outlines: cut into strips between all heights at which an edge begins, ends or meets another. */
export function sharedArea(one: readonly Point[], other: readonly Point[]): number {
  const [edges, others] = [edgesOf(one), edgesOf(other)]
  const meetings = edges.flatMap((edge) => others.filter((facing) => cross(edge, facing)).map((facing) => heightOfMeeting(edge, facing)))
  const heights = [...new Set([...one.map((p) => p[1]), ...other.map((p) => p[1]), ...meetings])].sort((a, b) => a - b)
  let area = 0
  for (const [k, y] of heights.entries()) {
    const above = heights[k + 1]
    if (above === undefined) break
    const [here, there] = [spansAt(edges, (y + above) / 2), spansAt(others, (y + above) / 2)]
    for (const [from, to] of here)
      for (const [begin, end] of there) area += Math.max(0, Math.min(to, end) - Math.max(from, begin)) * (above - y)
  }
  return area
}

function heightOfMeeting([a, b]: readonly [Point, Point], [c, d]: readonly [Point, Point]): number {
  const along =
    ((c[0] - a[0]) * (d[1] - c[1]) - (c[1] - a[1]) * (d[0] - c[0])) / ((b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0]))
  return a[1] + along * (b[1] - a[1])
}

/** From where to where the line at this height runs inside. */
function spansAt(edges: readonly (readonly [Point, Point])[], y: number): (readonly [number, number])[] {
  const xs = edges
    .filter(([a, b]) => a[1] > y !== b[1] > y)
    .map(([a, b]) => a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0]))
    .sort((a, b) => a - b)
  return xs.flatMap((x, i) => (i % 2 === 0 && xs[i + 1] !== undefined ? [[x, xs[i + 1]!] as const] : []))
}
