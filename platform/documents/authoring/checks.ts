/** What is not wrong in a map and yet cannot be meant: a zone without a way in, a locked door without a key, cells that nobody sees. */
import type { Raw } from '../../packs/parse.ts'

export interface Remark {
  readonly what: 'unreachable' | 'no-key' | 'unseen'
  /** Zone or door. */
  readonly id: string
}

interface Facility {
  readonly types?: Record<string, Record<string, unknown>>
  readonly zones?: Record<string, { type?: string; beyond?: boolean; cells?: unknown; outline?: readonly (readonly [number, number])[] }>
  readonly sensors?: Record<string, { covers?: readonly string[] }>
  readonly doors?: Record<string, { type?: string; between?: readonly string[]; normally?: unknown; key?: string }>
}

export function remarksOn(raw: Raw): readonly Remark[] {
  const { zones = {}, doors = {}, types = {}, sensors = {} } = raw as unknown as Facility
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
  return remarks
}
