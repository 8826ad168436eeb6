/** What can be said about a zone or a door that is chosen. */
import { useWords } from '../../plans/screens/words.ts'
import { type Box, boxOf, type Point } from '../authoring/geometry.ts'

export interface Zone {
  readonly title?: string | { readonly en: string; readonly [language: string]: string }
  readonly type?: string
  readonly kind?: string
  readonly level?: number
  readonly outside?: boolean
  readonly height?: string
  readonly cells?: unknown
  readonly people?: Readonly<Record<string, { readonly unlocked?: number; readonly locked?: number }>>
  readonly outline: readonly Point[]
}

export interface Door {
  readonly type?: string
  readonly between: readonly [string, string]
  readonly at?: Point
  readonly normally?: unknown
  readonly key?: string
  readonly width?: string
}

type OnField = (field: readonly string[], value: unknown) => void

interface TypeProps {
  readonly types: readonly string[]
  readonly type: string | undefined
  /** What it is where it is of no type. */
  readonly otherwise: string
  readonly onType: (type: string | undefined) => void
}

/** Of which type of the document a zone, door or sensor is; nothing where the document has none. */
export function TypeField({ types, type, otherwise, onType }: TypeProps) {
  const { t } = useWords()
  if (types.length === 0) return null
  return (
    <label>
      {t('type')}
      <select value={type ?? ''} onChange={(event) => onType(event.target.value === '' ? undefined : event.target.value)}>
        <option value="">{otherwise}</option>
        {types.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  )
}

interface ZoneFieldsProps {
  readonly id: string
  readonly zone: Zone
  readonly types: readonly string[]
  /** What its type says, where it does not say it itself. */
  readonly inherited: Readonly<Record<string, unknown>>
  /** Parts of the day, by id. */
  readonly regimes: readonly (readonly [id: string, title: string])[]
  readonly onField: OnField
  readonly onBox: (box: Box) => void
  readonly onCopy: () => void
  readonly onRemove: () => void
}

export function ZoneFields({ id, zone, types, inherited, regimes, onField, onBox, onCopy, onRemove }: ZoneFieldsProps) {
  const { t, language } = useWords()
  const box = boxOf(zone.outline)
  const title = typeof zone.title === 'object' ? (zone.title[language] ?? '') : (zone.title ?? '')
  const number = (name: keyof Box, label: string) => (
    <label>
      {label}
      <input
        key={box[name]}
        type="number"
        step="0.5"
        defaultValue={box[name]}
        onBlur={(event) => {
          const value = Number(event.target.value)
          const fits = event.target.value !== '' && Number.isFinite(value) && (name === 'x' || name === 'y' || value > 0)
          if (!fits) event.target.value = String(box[name])
          else if (value !== box[name]) onBox({ ...box, [name]: value })
        }}
      />
    </label>
  )
  return (
    <div className="fields">
      <h2>
        {t('zone')} <code>{id}</code>
      </h2>
      <label>
        {t('name')}
        <input
          key={title}
          defaultValue={title}
          onBlur={(event) => {
            if (event.target.value.trim() === '') event.target.value = title
            if (event.target.value === title) return
            if (typeof zone.title === 'object') onField(['title', language], event.target.value)
            else onField(['title'], { en: event.target.value, ...(language === 'en' ? {} : { [language]: event.target.value }) })
          }}
        />
      </label>
      <TypeField types={types} type={zone.type} otherwise={zone.kind ?? ''} onType={(type) => onField(['type'], type)} />
      <div className="pair">
        {number('x', t('left'))}
        {number('y', t('top'))}
        {number('width', t('wide'))}
        {number('height', t('deep'))}
      </div>
      <label>
        {t('floor')}
        <input
          type="number"
          step="1"
          key={zone.level ?? 0}
          defaultValue={zone.level ?? 0}
          onBlur={(event) => Number(event.target.value) !== (zone.level ?? 0) && onField(['level'], Math.round(Number(event.target.value)))}
        />
      </label>
      <Written
        label={t('heightOf')}
        value={zone.height}
        otherwise={String(inherited.height ?? '3 m')}
        onValue={(value) => onField(['height'], value)}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={zone.outside ?? inherited.outside === true}
          onChange={(event) => onField(['outside'], event.target.checked)}
        />{' '}
        {t('isOutside')}
      </label>
      <People people={zone.people ?? {}} regimes={regimes} onField={onField} />
      <div className="row">
        <button type="button" onClick={onCopy}>
          {t('copyIt')}
        </button>
        <button type="button" onClick={onRemove}>
          {t('removeIt')}
        </button>
      </div>
    </div>
  )
}

/** A quantity as an author writes it, such as "2.4 m"; empty: as its type says. */
function Written({
  label,
  value,
  otherwise,
  onValue,
}: {
  readonly label: string
  readonly value: string | undefined
  readonly otherwise: string
  readonly onValue: (value: string | undefined) => void
}) {
  return (
    <label>
      {label}
      <input
        key={value ?? ''}
        defaultValue={value ?? ''}
        placeholder={otherwise}
        onBlur={(event) => {
          const written = event.target.value
            .trim()
            .replace(/^(\d+(?:[.,]\d+)?)$/, '$1 m')
            .replace(',', '.')
          if (written !== (value ?? '')) onValue(written === '' ? undefined : written)
        }}
      />
    </label>
  )
}

/** How many are there in each part of the day, out of their cells and in them. */
function People({
  people,
  regimes,
  onField,
}: {
  readonly people: Readonly<Record<string, { readonly unlocked?: number; readonly locked?: number }>>
  readonly regimes: readonly (readonly [id: string, title: string])[]
  readonly onField: OnField
}) {
  const { t } = useWords()
  if (regimes.length === 0) return null
  return (
    <details>
      <summary>{t('peopleHere')}</summary>
      <div className="pair">
        {regimes.flatMap(([regime, title]) =>
          (['unlocked', 'locked'] as const).map((where) => (
            <label key={`${regime} ${where}`}>
              {title}: {t(where === 'unlocked' ? 'outOfCell' : 'inCell')}
              <input
                type="number"
                min="0"
                step="1"
                key={people[regime]?.[where] ?? 0}
                defaultValue={people[regime]?.[where] ?? 0}
                onBlur={(event) => {
                  const value = Math.max(0, Math.round(Number(event.target.value) || 0))
                  if (value !== (people[regime]?.[where] ?? 0)) onField(['people', regime, where], value)
                }}
              />
            </label>
          )),
        )}
      </div>
    </details>
  )
}

interface DoorFieldsProps {
  readonly door: Door
  readonly name: string
  readonly types: readonly string[]
  readonly inherited: Readonly<Record<string, unknown>>
  readonly onField: OnField
  readonly onRemove: () => void
}

export function DoorFields({ door, name, types, inherited, onField, onRemove }: DoorFieldsProps) {
  const { t } = useWords()
  return (
    <div className="fields">
      <h2>{t('door')}</h2>
      <p>{name}</p>
      <TypeField types={types} type={door.type} otherwise="" onType={(type) => onField(['type'], type)} />
      {(door.normally === undefined || typeof door.normally === 'string') && (
        <label>
          {t('normally')}
          <select
            value={(door.normally as string | undefined) ?? ''}
            onChange={(event) => onField(['normally'], event.target.value === '' ? undefined : event.target.value)}
          >
            <option value="" />
            {(['open', 'closed', 'locked'] as const).map((state) => (
              <option key={state} value={state}>
                {t(state)}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        {t('keyClass')}
        <input
          key={door.key ?? ''}
          defaultValue={door.key ?? ''}
          pattern="[a-z0-9]+(-[a-z0-9]+)*"
          onBlur={(event) =>
            event.target.validity.valid &&
            event.target.value !== (door.key ?? '') &&
            onField(['key'], event.target.value === '' ? undefined : event.target.value)
          }
        />
      </label>
      <Written
        label={t('clearWidth')}
        value={door.width}
        otherwise={String(inherited.width ?? '')}
        onValue={(value) => onField(['width'], value)}
      />
      <button type="button" onClick={onRemove}>
        {t('removeIt')}
      </button>
    </div>
  )
}
