/** Changes to the text of a document made by drawing and in tables. Comments and the order of things stay as their author wrote them. */
import { type Document, isCollection, isMap, parseDocument } from 'yaml'
import { folded } from '../../contracts/folding.ts'
import type { Raw } from '../../packs/parse.ts'
import type { Point } from './geometry.ts'

export type Path = readonly (string | number)[]

/** The text after `change`. Text that is no YAML stays as it is. */
export function edited(text: string, change: (document: Document) => void): string {
  const document = parseDocument(text)
  if (document.errors.length > 0) return text
  change(document)
  return document.toString({ lineWidth: 0, flowCollectionPadding: true })
}

/** A value on one line, as people write short entries. */
function inline(document: Document, value: unknown) {
  const node = document.createNode(value)
  if (isCollection(node)) node.flow = true
  return node
}

export function put(document: Document, path: Path, value: unknown): void {
  if (value === undefined) {
    document.deleteIn(path)
    return
  }
  document.setIn(path, typeof value === 'object' && value !== null ? inline(document, value) : value)
}

/** An id that is not yet in `section`, beginning with `stem`. */
export function freeId(raw: Raw, section: string, stem: string): string {
  const taken = Object.keys((raw as Record<string, object>)[section] ?? {})
  for (let k = 1; ; k++) if (!taken.includes(`${stem}-${k}`)) return `${stem}-${k}`
}

/** The id that a title suggests: small Latin letters, digits and hyphens. */
export function idFrom(title: string, otherwise: string): string {
  const id = folded(title)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return id === '' ? otherwise : id.slice(0, 60)
}

/** Removes a zone, and what would lead nowhere without it: doors, sensors that see nothing else, names by which plans know it. */
export function removeZone(document: Document, id: string): void {
  const doors = document.get('doors')
  if (isMap(doors)) {
    for (const { key } of [...doors.items]) {
      const name = String((key as { value?: unknown }).value ?? key)
      const between = document.getIn(['doors', name, 'between'], false) as { toJSON?: () => unknown } | undefined
      if ((between?.toJSON?.() as string[] | undefined)?.includes(id)) doors.delete(name)
    }
  }
  // Nothing is seen there any more, and nothing goes by its name.
  const { sensors = {}, roles = {} } = document.toJS({ maxAliasCount: 50 }) as {
    sensors?: Record<string, { covers?: string[] }>
    roles?: Record<string, string>
  }
  for (const [sensor, { covers = [] }] of Object.entries(sensors)) {
    if (!covers.includes(id)) continue
    const rest = covers.filter((zone) => zone !== id)
    if (rest.length === 0) document.deleteIn(['sensors', sensor])
    else put(document, ['sensors', sensor, 'covers'], rest)
  }
  for (const [role, zone] of Object.entries(roles)) if (zone === id) document.deleteIn(['roles', role])
  document.deleteIn(['zones', id])
}

/** Copies zones, the doors between them and what sees nothing but them, `by` metres away; the copies get ids of their own. */
export function copyZones(text: string, raw: Raw, ids: readonly string[], by: Point): string {
  const {
    zones,
    doors = {},
    sensors = {},
  } = raw as unknown as {
    zones: Record<string, { outline: Point[]; at?: Point }>
    doors?: Record<string, { between: [string, string]; at?: Point }>
    sensors?: Record<string, { covers?: string[]; at?: Point }>
  }
  const taken = new Set([...Object.keys(zones), ...Object.keys(doors), ...Object.keys(sensors)])
  const fresh = (id: string) => {
    let k = 2
    while (taken.has(`${id}-${k}`)) k++
    taken.add(`${id}-${k}`)
    return `${id}-${k}`
  }
  const names = new Map(ids.map((id) => [id, fresh(id)]))
  const moved = ([x, y]: Point): Point => [x + by[0], y + by[1]]
  return edited(text, (document) => {
    for (const [id, name] of names) {
      const zone = zones[id]!
      const copy = { ...zone, outline: zone.outline.map(moved), ...(zone.at === undefined ? {} : { at: moved(zone.at) }) }
      put(document, ['zones', name], copy)
    }
    for (const [id, door] of Object.entries(doors)) {
      const [a, b] = door.between
      if (!names.has(a) || !names.has(b)) continue
      const copy = { ...door, between: [names.get(a), names.get(b)], ...(door.at === undefined ? {} : { at: moved(door.at) }) }
      put(document, ['doors', fresh(id)], copy)
    }
    for (const [id, sensor] of Object.entries(sensors)) {
      const covers = sensor.covers ?? []
      if (covers.length === 0 || !covers.every((zone) => names.has(zone))) continue
      const copy = {
        ...sensor,
        covers: covers.map((zone) => names.get(zone)),
        ...(sensor.at === undefined ? {} : { at: moved(sensor.at) }),
      }
      put(document, ['sensors', fresh(id)], copy)
    }
  })
}
