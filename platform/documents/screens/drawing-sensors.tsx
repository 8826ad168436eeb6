/** Sensors and views on a drawing: where they are, what they see. */
import { textIn, textsOf } from '../../contracts/languages.ts'
import { useWords } from '../../plans/screens/words.ts'
import type { Point } from '../authoring/geometry.ts'
import { markKeys } from './drawing-doors.tsx'
import { TypeField, type Zone } from './drawing-fields.tsx'
import { placeOf, triangle } from './sheet.tsx'

export interface Sensor {
  readonly type?: string
  readonly kind?: string
  readonly title?: string | { readonly en: string; readonly [language: string]: string }
  readonly covers?: readonly string[]
  readonly at?: Point
}

type Zones = Readonly<Record<string, Pick<Zone, 'outline'>>>

interface MarksProps {
  readonly sensors: Readonly<Record<string, Sensor>>
  readonly zones: Zones
  readonly chosen: string | undefined
  readonly size: number
  readonly onChoose: (id: string) => void
  readonly onGrab: (id: string, event: React.PointerEvent) => void
  readonly onMove: (id: string, to: Point) => void
  readonly onRemove: () => void
}

export function SensorMarks({ sensors, zones, chosen, size, onChoose, onGrab, onMove, onRemove }: MarksProps) {
  const { t, language } = useWords()
  return Object.entries(sensors).map(([id, { at, covers = [], title }]) => {
    const place = placeOf(at, zones, covers.slice(0, 1))
    const is = chosen === id
    return (
      <g key={id}>
        {is &&
          covers.map((zone) => {
            const [x, y] = placeOf(undefined, zones, [zone])
            return <line key={zone} className="sheet-view" x1={place[0]} y1={place[1]} x2={x} y2={y} />
          })}
        {/* biome-ignore lint/a11y/useSemanticElements: a shape in a drawing cannot be a button element */}
        <path
          d={triangle(place, size)}
          className={`sheet-sensor ${is ? 'is' : ''}`}
          tabIndex={0}
          role="button"
          aria-pressed={is}
          aria-label={`${t('sensor')} ${title === undefined ? id : textIn(textsOf(title), language)}`}
          onFocus={() => onChoose(id)}
          onKeyDown={markKeys(place, (to) => onMove(id, to), onRemove)}
          onPointerDown={(event) => {
            event.stopPropagation()
            onChoose(id)
            onGrab(id, event)
          }}
        />
      </g>
    )
  })
}

interface FieldsProps {
  readonly id: string
  readonly sensor: Sensor
  readonly types: readonly string[]
  readonly zones: Zones
  readonly titleOf: (zone: string) => string
  readonly onField: (field: readonly string[], value: unknown) => void
  readonly onRemove: () => void
}

export function SensorFields({ id, sensor, types, zones, titleOf, onField, onRemove }: FieldsProps) {
  const { t } = useWords()
  const covers = sensor.covers ?? []
  return (
    <div className="fields">
      <h2>
        {t('sensor')} <code>{id}</code>
      </h2>
      <TypeField
        types={types}
        type={sensor.type}
        otherwise={sensor.kind ?? ''}
        onType={(type) => type !== undefined && onField(['type'], type)}
      />
      <p>{t('sees')}</p>
      <ul className="waits">
        {covers.map((zone) => (
          <li key={zone}>
            {titleOf(zone)}{' '}
            {covers.length > 1 && (
              <button
                type="button"
                className="quiet flush"
                aria-label={`${t('removeIt')}: ${titleOf(zone)}`}
                onClick={() =>
                  onField(
                    ['covers'],
                    covers.filter((one) => one !== zone),
                  )
                }
              >
                ✕
              </button>
            )}
          </li>
        ))}
      </ul>
      <select aria-label={t('sees')} value="" onChange={(event) => onField(['covers'], [...covers, event.target.value])}>
        <option value="">+</option>
        {Object.keys(zones)
          .filter((zone) => !covers.includes(zone))
          .map((zone) => (
            <option key={zone} value={zone}>
              {titleOf(zone)}
            </option>
          ))}
      </select>
      <button type="button" onClick={onRemove}>
        {t('removeIt')}
      </button>
    </div>
  )
}
