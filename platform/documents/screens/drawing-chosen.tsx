/** What can be said about what is chosen on the drawing: a zone, a door or a sensor. */
import { type Text, textIn, textsOf } from '../../contracts/languages.ts'
import { useWords } from '../../plans/screens/words.ts'
import type { Box } from '../authoring/geometry.ts'
import { type Door, DoorFields, type Zone, ZoneFields } from './drawing-fields.tsx'
import { type Sensor, SensorFields } from './drawing-sensors.tsx'
import { fieldName } from './words.ts'

type Types = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** As far as it is drawn. */
export interface Facility {
  readonly types?: Types
  readonly zones?: Readonly<Record<string, Zone>>
  readonly doors?: Readonly<Record<string, Door>>
  readonly sensors?: Readonly<Record<string, Sensor>>
  readonly roles?: Readonly<Record<string, string>>
  readonly regimes?: Readonly<Record<string, { readonly title?: string | Text }>>
}

/** Sensors notice with some chance; zones and doors do not. */
export const sensorTypesOf = (types: Types) => Object.keys(types).filter((type) => 'chance' in types[type]!)
const zoneTypesOf = (types: Types) => Object.keys(types).filter((type) => 'kind' in types[type]! && !('chance' in types[type]!))
const doorTypesOf = (types: Types) => Object.keys(types).filter((type) => 'normally' in types[type]! || 'width' in types[type]!)

interface ChosenProps {
  readonly kind: 'zone' | 'door' | 'sensor'
  readonly id: string
  readonly facility: Facility
  readonly titleOf: (zone: string) => string
  readonly onField: (path: readonly string[], value: unknown) => void
  readonly onBox: (box: Box) => void
  readonly onCopy: () => void
  readonly onRemove: () => void
}

export function Chosen({ kind, id, facility, titleOf, onField, onBox, onCopy, onRemove }: ChosenProps) {
  const { t, language } = useWords()
  const { zones = {}, doors = {}, sensors = {}, types = {}, regimes = {} } = facility
  const own = (type: string | undefined) => types[type ?? ''] ?? {}
  const onOwn = (field: readonly string[], value: unknown) => onField([`${kind}s`, id, ...field], value)
  const [zone, door, sensor] = [zones[id], doors[id], sensors[id]]
  if (kind === 'zone' && zone !== undefined)
    return (
      <ZoneFields
        key={id}
        id={id}
        zone={zone}
        types={zoneTypesOf(types)}
        inherited={own(zone.type)}
        regimes={Object.entries(regimes).map(([regime, { title }]) => [
          regime,
          title === undefined ? fieldName(regime, language) : textIn(textsOf(title), language),
        ])}
        onField={onOwn}
        onBox={onBox}
        onCopy={onCopy}
        onRemove={onRemove}
      />
    )
  if (kind === 'door' && door !== undefined)
    return (
      <DoorFields
        key={id}
        door={door}
        name={t('doorBetween', { a: titleOf(door.between[0]), b: titleOf(door.between[1]) })}
        types={doorTypesOf(types)}
        inherited={own(door.type)}
        onField={onOwn}
        onRemove={onRemove}
      />
    )
  if (kind === 'sensor' && sensor !== undefined)
    return (
      <SensorFields
        key={id}
        id={id}
        sensor={sensor}
        types={sensorTypesOf(types)}
        zones={zones}
        titleOf={titleOf}
        onField={onOwn}
        onRemove={onRemove}
      />
    )
  return null
}
