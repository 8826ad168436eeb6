/** Drawings for paper: plain SVG in ink, with numbers as text. */
import { textIn } from '../contracts/languages.ts'
import type { FacilityDocument } from '../packs/kinds/facility.ts'
import { middleOf } from '../packs/scene.ts'
import { binsOf } from '../plans/bins.ts'
import { valueIn } from '../plans/measures.ts'

const INK = '#1b2226'
const QUIET = '#66727a'
const BAR = '#1d5f74'
const BEYOND = '#c98a84'

const escaped = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
const round = (value: number) => Math.round(value * 100) / 100

interface HistogramOrder {
  readonly values: Float64Array
  readonly unit: string
  /** Line of success. */
  readonly line?: { readonly value: number; readonly atMost: boolean; readonly says: string } | undefined
  readonly language: string
}

/** How many nights lie where. Empty if nothing was ever reached. */
export function histogram({ values, unit, line, language }: HistogramOrder): string {
  const { bins, whole } = binsOf(values, line?.value)
  if (bins.length === 0) return ''
  const [width, height, bottom] = [640, 180, 24]
  const most = Math.max(...bins.map((b) => b.count))
  const low = bins[0]!.from
  const high = bins.at(-1)!.to + (whole ? 1 : 0)
  const x = (value: number) => round(8 + ((value - low) / (high - low || 1)) * (width - 16))
  const bars = bins.map((b) => {
    const tall = round(((height - bottom - 16) * b.count) / most)
    const fails = line !== undefined && (line.atMost ? (whole ? b.from > line.value : b.from >= line.value) : b.to <= line.value)
    const wide = Math.max(1, round(x(b.to + (whole ? 1 : 0)) - x(b.from) - 1.5))
    return `<rect x="${x(b.from)}" y="${round(height - bottom - tall)}" width="${wide}" height="${tall}" fill="${fails ? BEYOND : BAR}"/>`
  })
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part, i) => {
    const value = low + part * (high - low)
    const anchor = i === 0 ? 'start' : i === 4 ? 'end' : 'middle'
    return text(x(value), height - 8, valueIn(whole ? Math.round(value) : value, unit, language), anchor)
  })
  const at = line === undefined ? 0 : x(line.value + (whole && line.atMost ? 1 : 0))
  const standard =
    line === undefined
      ? ''
      : `<line x1="${at}" x2="${at}" y1="2" y2="${height - bottom}" stroke="${INK}" stroke-dasharray="4 3"/>` +
        text(at + (at > width * 0.6 ? -5 : 5), 12, line.says, at > width * 0.6 ? 'end' : 'start')
  const axis = `<line x1="8" x2="${width - 8}" y1="${height - bottom}" y2="${height - bottom}" stroke="${QUIET}"/>`
  return svg(`0 0 ${width} ${height}`, [...bars, axis, ...ticks, standard].join(''))
}

function text(x: number, y: number, content: string, anchor: string, size = 12): string {
  return `<text x="${round(x)}" y="${round(y)}" font-family="Noto Sans" font-size="${round(size)}" text-anchor="${anchor}" fill="${INK}">${escaped(content)}</text>`
}

function svg(box: string, inside: string): string {
  const [, , width, height] = box.split(' ')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="${width}" height="${height}">${inside}</svg>`
}

/** The establishment to scale: zones with their names, doors where they are. */
export function map({ zones, doors }: Pick<FacilityDocument, 'zones' | 'doors'>, language: string): string {
  const points = Object.values(zones).flatMap((zone) => zone.outline)
  const [left, top] = [Math.min(...points.map((p) => p[0])) - 2, Math.min(...points.map((p) => p[1])) - 2]
  const [wide, tall] = [Math.max(...points.map((p) => p[0])) + 2 - left, Math.max(...points.map((p) => p[1])) + 2 - top]
  const unit = wide / 100
  const drawn = Object.values(zones).map((zone) => {
    const fill = zone.beyond ? '#eef1ee' : zone.outside ? '#e6ede4' : zone.cells === undefined ? '#ffffff' : '#eceff5'
    const corners = zone.outline.map((p) => p.map(round).join(',')).join(' ')
    return `<polygon points="${corners}" fill="${fill}" stroke="#8b969d" stroke-width="${round(unit * 0.18)}"/>`
  })
  const names = Object.values(zones).flatMap((zone) => {
    if (zone.beyond) return []
    const [x, y] = zone.at ?? middleOf(zone.outline)
    const xs = zone.outline.map((p) => p[0])
    const title = textIn(zone.title, language)
    const size = Math.min(unit * 1.2, (Math.max(...xs) - Math.min(...xs)) / (title.length * 0.56))
    return size < unit * 0.75 ? [] : [text(x, y + size * 0.35, title, 'middle', size)]
  })
  const middle = (id: string) => {
    const zone = zones[id]
    return zone === undefined ? [0, 0] : (zone.at ?? middleOf(zone.outline))
  }
  const places = Object.values(doors).map(({ at, between, key }) => {
    const [[ax, ay], [bx, by]] = between.map(middle) as [[number, number], [number, number]]
    const [x, y] = at ?? [(ax + bx) / 2, (ay + by) / 2]
    const half = unit * 0.45
    return `<rect x="${round(x - half)}" y="${round(y - half)}" width="${round(2 * half)}" height="${round(2 * half)}" fill="${key === undefined ? '#2f8f5b' : INK}"/>`
  })
  return svg(`${round(left)} ${round(top)} ${round(wide)} ${round(tall)}`, [...drawn, ...places, ...names].join(''))
}

interface Bar {
  readonly title: string
  /** What it usually takes and what it rarely exceeds, in seconds. */
  readonly usual: number
  readonly rare: number
  readonly says: string
}

/** How long each takes: a bar as far as usual, a line as far as rare, all on one scale. */
export function bars(all: readonly Bar[]): string {
  const [wide, row, left, right] = [640, 20, 225, 225]
  const most = Math.max(1, ...all.map(({ rare }) => rare))
  const x = (seconds: number) => round(left + (seconds / most) * (wide - left - right))
  const drawn = all.map(({ title, usual, rare, says }, k) => {
    const y = 4 + k * row
    const name = title.length > 38 ? `${title.slice(0, 37)}…` : title
    return [
      text(left - 8, y + 13, name, 'end', 11),
      `<rect x="${left}" y="${y + 4}" width="${Math.max(1, round(x(usual) - left))}" height="10" fill="${BAR}"/>`,
      `<line x1="${x(usual)}" x2="${x(rare)}" y1="${y + 9}" y2="${y + 9}" stroke="${BAR}" stroke-width="2"/>`,
      text(x(rare) + 6, y + 13, says, 'start', 11),
    ].join('')
  })
  return svg(`0 0 ${wide} ${all.length * row + 8}`, drawn.join(''))
}
