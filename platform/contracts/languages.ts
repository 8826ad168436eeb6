/** Languages, texts in them, and how numbers and dates are written. */
import { CLDR } from './cldr.ts'
import { inCyrillic } from './uzbek.ts'

export const LANGUAGES = ['en', 'ru', 'kk', 'ky', 'tg', 'uz-Latn', 'uz-Cyrl'] as const
export type Language = (typeof LANGUAGES)[number]

/** What each language calls itself. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  ru: 'Русский',
  kk: 'Қазақша',
  ky: 'Кыргызча',
  tg: 'Тоҷикӣ',
  'uz-Latn': 'Oʻzbekcha',
  'uz-Cyrl': 'Ўзбекча',
}

/** Languages whose words were drafted by machine and not yet reviewed by a speaker, and how that is said in them. */
export const DRAFTED: Readonly<Partial<Record<Language, string>>> = {
  kk: 'Машиналық аударма, маман әлі тексермеген',
  ky: 'Машина котормосу, адис али текшере элек',
  tg: 'Тарҷумаи мошинӣ, мутахассис ҳанӯз насанҷидааст',
  'uz-Latn': 'Mashina tarjimasi, mutaxassis hali tekshirmagan',
  'uz-Cyrl': 'Машина таржимаси, мутахассис ҳали текширмаган',
}

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.includes(value as Language)
}

/** The language of ours that is nearest to a browser's, such as "uz-UZ"; English if there is none. */
export function nearestLanguage(tags: readonly string[]): Language {
  for (const tag of tags) {
    const [primary, script] = tag.split('-')
    if (primary === 'uz') return script === 'Cyrl' ? 'uz-Cyrl' : 'uz-Latn'
    const found = LANGUAGES.find((language) => language === primary)
    if (found !== undefined) return found
  }
  return 'en'
}

/** A text for people, by language. English is always there; others where somebody has written them. */
export type Text = { readonly en: string } & { readonly [language: string]: string }

/** A text as documents may write it: a plain string is English. */
export function textsOf(written: string | Text): Text {
  return typeof written === 'string' ? { en: written } : written
}

/** The text in `language`; where there is none, in Russian, which those who read neither's English read; or in English. Uzbek in
 * Cyrillic letters follows from Uzbek in Latin ones. */
export function textIn(text: Text, language: string): string {
  if (language === 'uz-Cyrl' && text[language] === undefined && text['uz-Latn'] !== undefined) return inCyrillic(text['uz-Latn'])
  return text[language] ?? (language === 'en' ? text.en : (text.ru ?? text.en))
}

const tableOf = (language: string) => CLDR[isLanguage(language) ? language : 'en']

/** A number in the way of `language`, with at most `digits` after the point. */
export function numberIn(value: number, digits: number, language: string): string {
  if (!Number.isFinite(value)) return '∞'
  const { decimal, group } = tableOf(language)
  const [whole, part = ''] = Math.abs(value).toFixed(digits).split('.') as [string, string?]
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group)
  const fraction = part.replace(/0+$/, '')
  const written = fraction === '' ? grouped : `${grouped}${decimal}${fraction}`
  // What rounds to nothing has no sign.
  return value < 0 && /[1-9]/.test(written) ? `−${written}` : written
}

/** Day, month and year, on one line. */
export function dayIn(moment: Date, language: string): string {
  const { date, months } = tableOf(language)
  return date
    .replace('{d}', String(moment.getDate()))
    .replace('{m}', months[moment.getMonth()]!)
    .replace('{y}', String(moment.getFullYear()))
    .replaceAll(' ', '\u00a0')
}

/** Day, month, hour and minute. */
export function momentIn(moment: Date, language: string): string {
  const { months } = tableOf(language)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${moment.getDate()}\u00a0${months[moment.getMonth()]}, ${two(moment.getHours())}:${two(moment.getMinutes())}`
}

/** Name of a day of the week, 0 for Monday. */
export function weekdayIn(day: number, language: string): string {
  return tableOf(language).weekdays[day]!
}
