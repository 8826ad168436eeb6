/** What is not wrong in a map and yet cannot be meant: a zone without a way in, a locked door without a key, cells that nobody sees,
 * zones that lie on each other. */
import { textsOf } from '../../contracts/languages.ts'
import type { Raw } from '../../packs/parse.ts'
import { areaOf, boxOf, crossesItself, distanceTo, type Point, sharedArea } from './geometry.ts'

export interface Remark {
  readonly what: 'unreachable' | 'no-key' | 'unseen' | 'blind' | 'overlap' | 'same-name' | 'crossed'
  /** Zone or door. */
  readonly id: string
  /** The other zone, of two. */
  readonly other?: string
}

interface Zone {
  readonly kind?: string
  readonly type?: string
  readonly title?: Raw
  readonly level?: number
  readonly cells?: unknown
  /** Outside of the perimeter: drawn around the rest. */
  readonly beyond?: boolean
  readonly outline?: readonly Point[]
}

interface Facility {
  readonly types?: Record<string, Record<string, unknown>>
  readonly zones?: Record<string, Zone>
  readonly sensors?: Record<string, { covers?: readonly string[]; at?: Point }>
  readonly doors?: Record<string, { type?: string; between?: readonly string[]; normally?: unknown; key?: string }>
}

export function remarksOn(raw: Raw): readonly Remark[] {
  const { zones = {}, doors = {}, types = {}, sensors = {} } = raw as unknown as Facility
  const complete = Object.fromEntries(Object.entries(zones).map(([id, zone]) => [id, { ...types[zone.type ?? ''], ...zone }]))
  const remarks: Remark[] = []
  const ids = Object.keys(zones)
  const neighbours = new Map<string, string[]>(ids.map((id) => [id, []]))
  for (const [id, own] of Object.entries(doors)) {
    const door = { ...(own.type === undefined ? {} : types[own.type]), ...own } as {
      between?: readonly string[]
      normally?: unknown
      key?: string
    }
    const [a, b] = door.between ?? []
    if (a !== undefined && b !== undefined) {
      neighbours.get(a)?.push(b)
      neighbours.get(b)?.push(a)
    }
    const locked =
      door.normally === 'locked' || (typeof door.normally === 'object' && Object.values(door.normally ?? {}).includes('locked'))
    if (locked && door.key === undefined) remarks.push({ what: 'no-key', id })
  }
  // From the zone with most doors, where everybody is likely to come from.
  const start = [...neighbours].sort((a, b) => b[1].length - a[1].length)[0]?.[0]
  const reached = new Set<string>()
  const next = start === undefined ? [] : [start]
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    if (reached.has(id)) continue
    reached.add(id)
    next.push(...(neighbours.get(id) ?? []))
  }
  for (const id of ids) if (!reached.has(id) && ids.length > 1) remarks.push({ what: 'unreachable', id })
  const seen = new Set(Object.values(sensors).flatMap((sensor) => sensor.covers ?? []))
  for (const [id, { type, cells }] of Object.entries(zones))
    if ((cells ?? types[type ?? '']?.cells) !== undefined && !seen.has(id)) remarks.push({ what: 'unseen', id })
  for (const [id, { kind, outline = [] }] of Object.entries(complete)) {
    const sees = ({ at, covers = [] }: { at?: Point; covers?: readonly string[] }) =>
      covers.length > 0 && (covers.includes(id) || (at !== undefined && distanceTo(outline, at) === 0))
    if (kind === 'tower' && !Object.values(sensors).some(sees)) remarks.push({ what: 'blind', id })
  }
  return [...remarks, ...ofOutlines(complete), ...ofNames(complete)]
}

/** Share of the smaller of two zones from which on they lie on each other, and from which on it lies in the other, as a hut in a yard. */
const OVERLAPS = 0.02
const WITHIN = 0.98

function ofOutlines(zones: Readonly<Record<string, Zone>>): Remark[] {
  const remarks: Remark[] = []
  const drawn = Object.entries(zones).flatMap(([id, { outline, level = 0, beyond }]) => {
    if (beyond === true || !Array.isArray(outline) || outline.length < 3) return []
    if (crossesItself(outline)) {
      remarks.push({ what: 'crossed', id })
      return []
    }
    return [{ id, outline, level, box: boxOf(outline) }]
  })
  for (const [k, one] of drawn.entries())
    for (const two of drawn.slice(k + 1)) {
      const [a, b] = [one.box, two.box]
      if (one.level !== two.level || a.x >= b.x + b.width || b.x >= a.x + a.width || a.y >= b.y + b.height || b.y >= a.y + a.height)
        continue
      const [less, more] = [areaOf(one.outline), areaOf(two.outline)].sort((x, y) => x - y) as [number, number]
      const shared = sharedArea(one.outline, two.outline) / less
      if (shared > OVERLAPS && (shared < WITHIN || less > WITHIN * more)) remarks.push({ what: 'overlap', id: one.id, other: two.id })
    }
  return remarks
}

function ofNames(zones: Readonly<Record<string, Zone>>): Remark[] {
  const named = new Map<string, string>()
  return Object.entries(zones).flatMap(([id, { title }]): Remark[] => {
    const name = title === undefined ? '' : (textsOf(title as never).en ?? '').trim().toLowerCase()
    const first = named.get(name)
    if (name !== '' && first === undefined) named.set(name, id)
    return name === '' || first === undefined ? [] : [{ what: 'same-name', id, other: first }]
  })
}
