/** Words of the page in the language in use, handed down to every screen. */
import { createContext, useCallback, useContext } from 'react'
import { HOUSE_EN } from '../../web/house.en.ts'
import { HOUSE_RU } from '../../web/house.ru.ts'
import { EN } from '../../web/texts.en.ts'
import { RU } from '../../web/texts.ru.ts'

export type Language = 'en' | 'ru'
export type Word = keyof typeof EN | keyof typeof HOUSE_EN

const WORDS: Readonly<Record<Language, Readonly<Record<Word, string>>>> = { en: { ...EN, ...HOUSE_EN }, ru: { ...RU, ...HOUSE_RU } }

export const LanguageContext = createContext<Language>('en')

/** The language in use, and a text in it with its braces filled in. */
export function useWords(): {
  readonly language: Language
  readonly t: (word: Word, parts?: Readonly<Record<string, string | number>>) => string
} {
  const language = useContext(LanguageContext)
  const t = useCallback(
    (word: Word, parts: Readonly<Record<string, string | number>> = {}) =>
      WORDS[language][word].replace(/\{(\w+)\}/g, (_, name: string) => String(parts[name] ?? '')),
    [language],
  )
  return { language, t }
}

/** Dates and times in the language in use. */
export function useDates(): { readonly day: (moment: string) => string; readonly moment: (moment: string) => string } {
  const language = useContext(LanguageContext)
  // Days before months, and twenty-four hours, also in English.
  const locale = language === 'en' ? 'en-GB' : language
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' })
  const time = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
  return { day: (moment) => day.format(new Date(moment)), moment: (moment) => time.format(new Date(moment)) }
}
