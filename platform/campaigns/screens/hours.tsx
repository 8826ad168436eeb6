/** The week at a glance: the chance of success by the hour at which the night begins. */

import { numberIn, weekdayIn } from '../../contracts/languages.ts'
import { Scroll } from '../../plans/screens/scroll.tsx'
import { useWords } from '../../plans/screens/words.ts'
import { useServer } from '../../web/server.ts'

interface Hour {
  readonly hour: number
  readonly probability: number
  readonly low: number
  readonly high: number
}

interface Props {
  readonly establishment: string
  readonly study: string
  readonly title: string
  readonly standard: number | null
}

export function Hours({ establishment, study, title, standard }: Props) {
  const { t, language } = useWords()
  const { data } = useServer<Hour[]>(`/api/establishments/${establishment}/studies/${study}/hours`)
  if (data === undefined) return <p aria-busy="true" />
  if (data.length === 0) return <p className="quiet hours-none">{t('hoursNone')}</p>
  const at = new Map(data.map((hour) => [hour.hour, hour]))
  return (
    <Scroll label={t('hours')} className="hours">
      <table>
        <caption>{t('hoursOf', { what: title })}</caption>
        <thead>
          <tr>
            <td />
            {Array.from({ length: 24 }, (_, hour) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its number
              <th key={hour} scope="col">
                {hour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: 7 }, (_, day) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a day is its number
            <tr key={day}>
              <th scope="row">{weekdayIn(day, language)}</th>
              {Array.from({ length: 24 }, (_, hour) => {
                const found = at.get(24 * day + hour)
                const below = found !== undefined && standard !== null && found.high < standard
                return (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its number
                    key={hour}
                    className={below ? 'below' : undefined}
                    style={found && ({ '--share': found.probability } as React.CSSProperties)}
                  >
                    {found === undefined ? '' : numberIn(100 * found.probability, 0, language)}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
