/** A question, a threat or a case for whoever only reads: field by field, in their language, by the names of what it refers to. */
import { useMemo } from 'react'
import { textIn } from '../../contracts/languages.ts'
import type { Raw } from '../../packs/parse.ts'
import { Scroll } from '../../plans/screens/scroll.tsx'
import { usePrices, useWords } from '../../plans/screens/words.ts'
import { SKILL_NAMES } from '../../plans/skill-names.ts'
import { useServer } from '../../web/server.ts'
import { isMapping, titlesIn } from '../changes.ts'
import type { RowWire } from '../schema.ts'
import { fieldName, inWords, type Names } from './words.ts'

/** What says nothing about the matter itself, or stands elsewhere on the page; where numbers come from is in the text. */
const LEFT_OUT = new Set([
  'kind',
  'id',
  'version',
  'title',
  'licence',
  'drafted',
  'reviewed',
  'sources',
  'assumptions',
  'source',
  'assumption',
])

/** A value without what says where it comes from; a price as one says it. */
function bare(value: Raw, priceIn: ReturnType<typeof usePrices>): Raw {
  const inside = (part: Raw) => bare(part, priceIn)
  if (Array.isArray(value)) return value.map((part) => inside(part as Raw)) as Raw
  if (!isMapping(value)) return value
  const { value: itself, note, amount, currency, per } = value
  if (itself !== undefined) return note === undefined ? inside(itself) : ([inside(itself), note] as unknown as Raw)
  if (typeof amount === 'number' && typeof currency === 'string' && (per === 'once' || per === 'year'))
    return priceIn({ amount, currency, per })
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => (key === 'source' || key === 'assumption' ? [] : [[key, inside(part)]])),
  ) as Raw
}

const isEntries = (value: Raw): value is Readonly<Record<string, Raw>> =>
  isMapping(value) && Object.values(value).every((part) => isMapping(part))

export function FieldsReading({ raw, establishment }: { readonly raw: Raw; readonly establishment: string }) {
  const { t, language } = useWords()
  const priceIn = usePrices()
  const { data: documents } = useServer<RowWire[]>(`/api/establishments/${establishment}/documents`)
  const names: Names = useMemo(
    () => new Map([...SKILL_NAMES, ...titlesIn([raw]), ...(documents ?? []).map(({ name, title }) => [name, title] as const)]),
    [raw, documents],
  )
  if (!isMapping(raw)) return null
  return (
    <Scroll label={t('asTable')}>
      <table className="wide fields-reading">
        <tbody>
          {Object.entries(raw)
            .filter(([key]) => !LEFT_OUT.has(key))
            .map(([key, value]) => (
              <tr key={key}>
                <th scope="row">{fieldName(key, language)}</th>
                <td>{isEntries(value) ? <Entries entries={value} names={names} /> : inWords(bare(value, priceIn), language, names)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function Entries({ entries, names }: { readonly entries: Readonly<Record<string, Raw>>; readonly names: Names }) {
  const { language } = useWords()
  const priceIn = usePrices()
  return (
    <ul className="plain">
      {Object.entries(entries).map(([id, entry]) => {
        const { title: _, ...rest } = bare(entry, priceIn) as Readonly<Record<string, Raw>>
        const name = names.get(id)
        return (
          <li key={id}>
            <strong>{name === undefined ? id : textIn(name, language)}</strong>
            {Object.keys(rest).length > 0 && `: ${inWords(rest as Raw, language, names)}`}
          </li>
        )
      })}
    </ul>
  )
}
