// node tools/cldr.mjs: writes platform/contracts/cldr.ts, how numbers and dates are written in each language, from the data of
// the Unicode consortium that come with Node. Browsers lack Kyrgyz and Tajik and have half of Kazakh and Uzbek.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './installed.mjs'

/** English as in Britain: days before months, twenty-four hours. */
const LOCALES = { en: 'en-GB', ru: 'ru', kk: 'kk', ky: 'ky', tg: 'tg', 'uz-Latn': 'uz-Latn', 'uz-Cyrl': 'uz-Cyrl' }

const tables = Object.entries(LOCALES).map(([language, locale]) => {
  if (Intl.DateTimeFormat.supportedLocalesOf(locale).length === 0) throw new Error(`this Node has no data for ${locale}`)
  const number = new Intl.NumberFormat(locale).formatToParts(1234567.5)
  const part = (parts, type) => parts.find((p) => p.type === type).value
  const months = Array.from({ length: 12 }, (_, month) => {
    const parts = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
    return part(parts.formatToParts(new Date(Date.UTC(2024, month, 15))), 'month')
  })
  // 2024 began on a Monday.
  const weekdays = Array.from({ length: 7 }, (_, day) =>
    new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, 1 + day))),
  )
  const shape = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
    .formatToParts(new Date(Date.UTC(2024, 6, 15)))
    .map((p) => ({ day: '{d}', month: '{m}', year: '{y}' })[p.type] ?? p.value)
    .join('')
  return [language, { decimal: part(number, 'decimal'), group: part(number, 'group'), months, weekdays, date: shape }]
})

const body = JSON.stringify(Object.fromEntries(tables), null, 2)
writeFileSync(
  join(root, 'platform/contracts/cldr.ts'),
  `/** How numbers and dates are written, by language. Written by \`node tools/cldr.mjs\` from Unicode CLDR ${process.versions.cldr}. */\nexport const CLDR = ${body} as const\n`,
)
