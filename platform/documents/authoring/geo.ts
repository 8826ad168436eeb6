/** Floor plans from elsewhere: GeoJSON (RFC 7946) and the Indoor Mapping Data Format, whose files are GeoJSON, as zones and doors. */
import { idFrom } from './edit.ts'
import { distanceToEdge, type Point } from './geometry.ts'

export interface ImportedZone {
  readonly id: string
  readonly title: Readonly<Record<string, string>>
  readonly level: number
  readonly outline: readonly Point[]
  readonly outside: boolean
}

export interface Imported {
  readonly zones: readonly ImportedZone[]
  /** Between which zones, and where. */
  readonly doors: readonly { readonly id: string; readonly between: readonly [string, string]; readonly at: Point }[]
  /** Features that are neither. */
  readonly left: number
}

interface Feature {
  readonly id?: string | number
  readonly feature_type?: string
  readonly properties?: Readonly<Record<string, unknown>> | null
  readonly geometry?: { readonly type: string; readonly coordinates: unknown } | null
}

/** Why it cannot be taken in: what to say, and of what. */
export class GeoFault extends Error {
  readonly says: 'geoMany' | 'geoNoJson' | 'geoNoFeatures'
  readonly parts: Readonly<Record<string, string | number>>

  constructor(says: GeoFault['says'], parts: GeoFault['parts']) {
    super(`${says} ${Object.values(parts).join(' ')}`)
    this.name = 'GeoFault'
    this.says = says
    this.parts = parts
  }
}

/** Metres for one degree of latitude, on average over the earth (WGS 84). */
const DEGREE = 111_195
/** Metres between a door and the zones that it joins. */
const REACH = 1.5
const MOST = 2000
/** Corners of one zone; what has more was not drawn by hand, and is thinned out. */
const MOST_CORNERS = 200

/** What the files say together. Throws a {@link GeoFault} if one of them is not GeoJSON. */
export function readGeo(files: readonly { readonly name: string; readonly text: string }[]): Imported {
  const features = files.flatMap(({ name, text }) => featuresOf(name, text))
  if (features.length > MOST) throw new GeoFault('geoMany', { n: MOST })
  const levels = new Map(features.filter((f) => f.feature_type === 'level').map((f) => [String(f.id), Number(f.properties?.ordinal ?? 0)]))
  const shapes = features.filter((f) => f.feature_type !== 'level' && f.feature_type !== 'venue' && f.feature_type !== 'footprint')
  const levelOf = ({ properties }: Feature): number | undefined => {
    const level = levels.get(String(properties?.level_id)) ?? Number(properties?.level ?? Number.NaN)
    return Number.isFinite(level) ? Math.round(level) : undefined
  }
  const project = projection(shapes.flatMap(pointsOf))
  const taken = new Map<string, number>()
  const zones: ImportedZone[] = []
  for (const feature of shapes) {
    const outline = ringOf(feature)?.map(project)
    if (outline === undefined || outline.length < 3) continue
    const title = titleOf(feature, `zone ${zones.length + 1}`)
    const stem = idFrom(title.en!, 'zone')
    const count = (taken.get(stem) ?? 0) + 1
    taken.set(stem, count)
    const id = count === 1 ? stem : `${stem}-${count}`
    const { category } = feature.properties ?? {}
    zones.push({
      id,
      title,
      level: levelOf(feature) ?? 0,
      outline,
      outside: /outdoors?|outside|yard|parking|street/i.test(String(category ?? '')),
    })
  }
  const doors = shapes.flatMap((feature) => {
    const at = doorAt(feature, project)
    if (at === undefined) return []
    const floor = levelOf(feature)
    const near = zones
      // A door that says on which floor it is joins what is there.
      .filter(({ level }) => floor === undefined || level === floor)
      .map(({ id, outline }) => ({ id, distance: distanceToEdge(outline, at) }))
      .filter((one) => one.distance <= REACH)
      .sort((a, b) => a.distance - b.distance)
    return near.length < 2 ? [] : [{ between: [near[0]!.id, near[1]!.id] as const, at }]
  })
  return {
    zones,
    doors: doors.map((door, k) => ({ id: `door-in-${k + 1}`, ...door })),
    left: shapes.length - zones.length - doors.length,
  }
}

function featuresOf(name: string, text: string): Feature[] {
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    throw new GeoFault('geoNoJson', { name })
  }
  const { type, features, geometry } = (read ?? {}) as { type?: string; features?: unknown; geometry?: unknown }
  if (type === 'FeatureCollection' && Array.isArray(features)) return features as Feature[]
  if (type === 'Feature' && geometry !== undefined) return [read as Feature]
  throw new GeoFault('geoNoFeatures', { name })
}

const isPoint = (value: unknown): value is [number, number] =>
  Array.isArray(value) && value.length >= 2 && Number.isFinite(value[0]) && Number.isFinite(value[1])

/** The outer ring of a polygon, of several the largest by number of corners; without the corner that closes it. */
function ringOf({ geometry }: Feature): Point[] | undefined {
  const { type, coordinates } = geometry ?? { type: '', coordinates: [] }
  const polygons = type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' ? (coordinates as unknown[]) : []
  const rings = polygons.map((polygon) => (Array.isArray(polygon) ? polygon[0] : undefined)).filter(Array.isArray)
  const [ring] = rings.map((one) => one.filter(isPoint)).sort((a, b) => b.length - a.length)
  if (ring === undefined) return undefined
  const [first, last] = [ring[0], ring.at(-1)]
  const closed = first !== undefined && last !== undefined && first[0] === last[0] && first[1] === last[1]
  const corners = closed ? ring.slice(0, -1) : ring
  const every = Math.ceil(corners.length / MOST_CORNERS)
  return corners.filter((_, k) => k % every === 0).map(([x, y]) => [x, y])
}

function pointsOf(feature: Feature): Point[] {
  return ringOf(feature) ?? (Array.isArray(feature.geometry?.coordinates) ? feature.geometry.coordinates.filter(isPoint) : [])
}

/** The middle of an opening, or the point of a door. */
function doorAt({ geometry, feature_type, properties }: Feature, project: (point: Point) => Point): Point | undefined {
  const isDoor = feature_type === 'opening' || /door|gate|opening/i.test(String(properties?.category ?? properties?.type ?? ''))
  if (!isDoor || geometry === undefined || geometry === null) return undefined
  if (geometry.type === 'Point' && isPoint(geometry.coordinates)) return project(geometry.coordinates)
  if (geometry.type !== 'LineString' || !Array.isArray(geometry.coordinates)) return undefined
  const points = geometry.coordinates.filter(isPoint).map(project)
  const [a, b] = [points[0], points.at(-1)]
  return a === undefined || b === undefined ? undefined : [tenth((a[0] + b[0]) / 2), tenth((a[1] + b[1]) / 2)]
}

const tenth = (value: number) => Math.round(value * 10) / 10

/** Degrees become metres from the north-western corner, south downwards; what is no longitude and latitude is metres already. */
function projection(points: readonly Point[]): (point: Point) => Point {
  const least = (axis: 0 | 1) => points.reduce((low, p) => Math.min(low, p[axis]), Number.POSITIVE_INFINITY)
  const most = (axis: 0 | 1) => points.reduce((high, p) => Math.max(high, p[axis]), Number.NEGATIVE_INFINITY)
  const [west, east, south, north] = [least(0), most(0), least(1), most(1)]
  // RFC 7946 knows degrees only. What is less than a degree wide would be nothing in metres; drawings in metres begin at some corner and are wider.
  const inDegrees = west >= -180 && east <= 180 && south >= -90 && north <= 90 && east - west < 1 && north - south < 1
  const [sx, sy] = inDegrees ? [DEGREE * Math.cos((((south + north) / 2) * Math.PI) / 180), DEGREE] : [1, 1]
  return ([x, y]) => [tenth((x - west) * sx), tenth((north - y) * sy)]
}

function titleOf({ properties }: Feature, otherwise: string): Record<string, string> {
  const name = properties?.name ?? properties?.title ?? properties?.alt_name
  if (typeof name === 'string' && name.trim() !== '') return { en: name.trim().slice(0, 200) }
  if (typeof name === 'object' && name !== null) {
    const texts = Object.entries(name as object).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
    )
    if (texts.length > 0) return { en: texts[0]![1], ...Object.fromEntries(texts) }
  }
  return { en: otherwise }
}
