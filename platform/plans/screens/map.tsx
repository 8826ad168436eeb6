/** The establishment, drawn to scale: zones, doors and, while a night is played, people and what spreads. */
import type { Model } from '@aman/kernel/world/model'
import { textIn } from '../../contracts/languages.ts'
import { middleOf, type StudyDocuments } from '../../packs/scene.ts'
import { type DoorPlaces, type Moment, positionOf, type ShownOfficer } from '../playback.ts'
import './map.css'
import { useWords } from './words.ts'

type Point = readonly [number, number]

interface Props {
  readonly documents: StudyDocuments
  readonly model: Model
  readonly moment: Moment | undefined
  /** Zone to point out. */
  readonly highlight?: string | undefined
}

const DOOR_CLASSES = ['open', 'closed', 'locked', 'forced'] as const
/** Extinction of smoke, 1/m, at which the colour is full. */
const FULL_SMOKE = 3

export function doorPlaces(documents: StudyDocuments, model: Model): DoorPlaces {
  return model.doors.ids.map((id, k) => {
    const at = documents.facility.doors[id]?.at
    if (at !== undefined) return at
    const a = model.doors.a[k]!
    const b = model.doors.b[k]!
    return [(model.zones.x[a]! + model.zones.x[b]!) / 2, (model.zones.y[a]! + model.zones.y[b]!) / 2]
  })
}

/** Direction (dx, dy) of the wall in which a door at `place` sits: that of the nearest edge of its zones. */
function wallAt(place: Point, outlines: readonly (readonly Point[])[]): Point {
  let best: Point = [1, 0]
  let least = Number.POSITIVE_INFINITY
  for (const outline of outlines) {
    outline.forEach((a, i) => {
      const b = outline[(i + 1) % outline.length]!
      const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
      const length = Math.hypot(dx, dy) || 1
      const along = Math.max(0, Math.min(1, ((place[0] - a[0]) * dx + (place[1] - a[1]) * dy) / (length * length)))
      const distance = Math.hypot(a[0] + along * dx - place[0], a[1] + along * dy - place[1])
      if (distance >= least) return
      least = distance
      best = [dx / length, dy / length]
    })
  }
  return best
}

function boundsOf(documents: StudyDocuments): { readonly x: number; readonly y: number; readonly width: number; readonly height: number } {
  const points = Object.values(documents.facility.zones).flatMap((z) => z.outline)
  const xs = points.map((p) => p[0])
  const ys = points.map((p) => p[1])
  const x = Math.min(...xs) - 4
  const y = Math.min(...ys) - 4
  return { x, y, width: Math.max(...xs) + 4 - x, height: Math.max(...ys) + 4 - y }
}

export function EstablishmentMap({ documents, model, moment, highlight }: Props) {
  const { t, language } = useWords()
  const { facility } = documents
  const { x, y, width, height } = boundsOf(documents)
  const unit = width / 100
  const kinds = new Set(Object.values(documents.threats).map((threat) => threat.threat))
  const label = t('mapLabel', { name: textIn(facility.title, language), zones: model.zones.count, doors: model.doors.count })
  return (
    <svg
      className="map"
      viewBox={`${x} ${y} ${width} ${height}`}
      role="img"
      aria-label={label}
      style={{ '--unit': `${unit}px` } as React.CSSProperties}
    >
      <defs>
        <pattern id="dark" width={unit} height={unit} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2={unit} className="map-hatch" strokeWidth={unit * 0.55} />
        </pattern>
      </defs>
      {model.zones.ids.map((id, k) => {
        const zone = facility.zones[id]!
        const points = zone.outline.map((p) => p.join(',')).join(' ')
        const shown = moment?.zones[k]
        const state = [
          'map-zone',
          zone.beyond ? 'beyond' : zone.outside ? 'outside' : 'inside',
          zone.cells === undefined ? '' : 'cells',
          highlight === id ? 'highlight' : '',
          shown?.lost || shown?.smoky ? 'lost' : '',
          shown?.cordoned ? 'cordoned' : shown?.origin ? 'origin' : '',
        ].join(' ')
        const level = shown === undefined ? 0 : shown.level
        const people = Math.max(1, ...Object.values(zone.people).map((p) => p.locked + p.unlocked))
        const counted = kinds.has('disorder') || kinds.has('outbreak')
        const isSmoke = kinds.has('fire') && !counted
        const share = isSmoke ? level / FULL_SMOKE : (level + 0.4 * (shown?.under ?? 0)) / people
        return (
          <g key={id}>
            <polygon points={points} className={state}>
              <title>{textIn(zone.title, language)}</title>
            </polygon>
            {share > 0.004 && (
              <polygon
                points={points}
                className={isSmoke ? 'map-smoke' : 'map-trouble'}
                style={{ opacity: Math.min(0.85, 0.12 + 0.75 * Math.sqrt(Math.min(1, share))) }}
              />
            )}
            {shown?.dark === true && !zone.beyond && <polygon points={points} fill="url(#dark)" className="map-dark" />}
          </g>
        )
      })}
      {model.zones.ids.map((id, k) => {
        const zone = facility.zones[id]!
        const [cx, cy] = zone.at ?? middleOf(zone.outline)
        const xs = zone.outline.map((p) => p[0])
        const ys = zone.outline.map((p) => p[1])
        const wide = Math.max(...xs) - Math.min(...xs)
        const tall = Math.max(...ys) - Math.min(...ys)
        const title = textIn(zone.title, language)
        const size = unit * 1.15
        const longest = Math.max(...title.split(' ').map((w) => w.length)) * size * 0.58
        const upright = title.length * size * 0.56 < wide
        const words = !upright && !zone.beyond && longest < wide && tall > size * 3 && title.split(' ').length < 4
        const shown = moment?.zones[k]
        const count = shown !== undefined && (kinds.has('disorder') || kinds.has('outbreak')) && shown.level > 0 ? shown.level : undefined
        return (
          <g key={id} className="map-label" fontSize={size}>
            {upright && !zone.beyond && tall > size * 1.3 && (
              <text x={cx} y={cy} dy="0.35em">
                {title}
              </text>
            )}
            {!upright && !words && !zone.beyond && title.length * size * 0.58 < tall && wide > size * 1.3 && (
              <text x={cx} y={cy} dy="0.35em" transform={`rotate(-90 ${cx} ${cy})`}>
                {title}
              </text>
            )}
            {words && (
              <text x={cx} y={cy - (title.split(' ').length - 1) * size * 0.6}>
                {title.split(' ').map((word, line) => (
                  <tspan key={word} x={cx} dy={line === 0 ? '0.35em' : '1.2em'}>
                    {word}
                  </tspan>
                ))}
              </text>
            )}
            {count !== undefined && (
              <text className="map-count" x={cx} y={cy + size * 2.6} fontSize={size * 1.5}>
                {count}
              </text>
            )}
          </g>
        )
      })}
      {doorPlaces(documents, model).map((place, k) => {
        const id = model.doors.ids[k]!
        const door = facility.doors[id]
        if (door === undefined) return null
        const state = DOOR_CLASSES[moment?.doors[k] ?? model.doors.normal[k]!]!
        const [dx, dy] = wallAt(
          place,
          door.between.map((zone) => facility.zones[zone]!.outline),
        )
        const half = Math.max(door.width, unit * 0.8)
        return (
          <line
            key={id}
            className={`map-door ${state}`}
            x1={place[0] - dx * half}
            y1={place[1] - dy * half}
            x2={place[0] + dx * half}
            y2={place[1] + dy * half}
            strokeWidth={unit * (state === 'locked' ? 0.5 : 0.34)}
          />
        )
      })}
      {moment !== undefined && <Officers moment={moment} model={model} unit={unit} />}
    </svg>
  )
}

function Officers({ moment, model, unit }: { readonly moment: Moment; readonly model: Model; readonly unit: number }) {
  const inZone = new Map<number, number>()
  return (
    <g>
      {moment.officers.map((officer) => {
        if (officer.duty === 'off') return null
        const at = positionOf(officer, moment.time, model)
        const place = officer.way.length > 0 ? -1 : officer.zone
        const turn = place < 0 ? 0 : (inZone.get(place) ?? 0)
        if (place >= 0) inZone.set(place, turn + 1)
        const [ox, oy] = offset(turn, unit)
        return <Officer key={officer.id} officer={officer} x={at.x + ox} y={at.y + oy} unit={unit} />
      })}
    </g>
  )
}

/** Where the next one stands in a zone where several are: in rings around the first. */
function offset(turn: number, unit: number): Point {
  if (turn === 0) return [0, unit * 1.2]
  const ring = Math.ceil((Math.sqrt(turn + 1) - 1) / 2)
  const angle = turn * 2.399963
  return [Math.cos(angle) * ring * unit * 1.1, unit * 1.2 + Math.sin(angle) * ring * unit * 1.1]
}

function Officer({
  officer,
  x,
  y,
  unit,
}: {
  readonly officer: ShownOfficer
  readonly x: number
  readonly y: number
  readonly unit: number
}) {
  const struck = officer.duty === 'hurt' || officer.duty === 'held'
  const size = unit * 0.55
  return struck ? (
    <path
      className="map-officer struck"
      d={`M${x - size},${y - size}l${2 * size},${2 * size}m0,${-2 * size}l${-2 * size},${2 * size}`}
      strokeWidth={unit * 0.35}
    />
  ) : (
    <circle className={`map-officer ${officer.duty}`} cx={x} cy={y} r={size} strokeWidth={unit * 0.16} />
  )
}

/** What the marks on the map mean; only those that this question can show. */
export function Legend({ documents }: { readonly documents: StudyDocuments }) {
  const { t } = useWords()
  const kinds = new Set(Object.values(documents.threats).map((threat) => threat.threat))
  const hasPower = Object.keys(documents.facility.power.sources).length > 0
  const counted = kinds.has('disorder') || kinds.has('outbreak')
  return (
    <ul className="legend">
      <li>
        <i className="swatch door open" /> {t('legendOpen')}
      </li>
      <li>
        <i className="swatch door closed" /> {t('legendClosed')}
      </li>
      <li>
        <i className="swatch door locked" /> {t('legendLocked')}
      </li>
      {kinds.has('disorder') && (
        <li>
          <i className="swatch door forced" /> {t('legendForced')}
        </li>
      )}
      {(kinds.has('disorder') || kinds.has('hostage')) && (
        <li>
          <i className="swatch cordon" /> {t('legendCordon')}
        </li>
      )}
      <li>
        <i className="swatch officer" /> {t('legendOfficer')}
      </li>
      <li>
        <i className="swatch officer busy" /> {t('legendWorking')}
      </li>
      <li>
        <i className="swatch struck" /> {t('legendHurt')}
      </li>
      <li>
        <i className="swatch origin" /> {t('legendOrigin')}
      </li>
      {kinds.has('fire') && !counted && (
        <li>
          <i className="swatch smoke" /> {t('legendSmoke')}
        </li>
      )}
      {counted && (
        <li>
          <i className="swatch trouble" /> {kinds.has('disorder') ? t('legendDisorder') : t('legendDisease')}
        </li>
      )}
      {hasPower && (
        <li>
          <i className="swatch dark" /> {t('legendDark')}
        </li>
      )}
      <li>
        <i className="swatch lost" /> {t('legendLost')}
      </li>
    </ul>
  )
}
