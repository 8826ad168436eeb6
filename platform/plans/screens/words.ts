/** Words of the page in the language in use, handed down to every screen. */
import { createContext, useCallback, useContext } from 'react'
import { dayIn, type Language, momentIn } from '../../contracts/languages.ts'
import { inCyrillic } from '../../contracts/uzbek.ts'
import { AUTHOR_EN } from '../../web/author.en.ts'
import { AUTHOR_RU } from '../../web/author.ru.ts'
import { HOUSE_EN } from '../../web/house.en.ts'
import { HOUSE_RU } from '../../web/house.ru.ts'
import { EN } from '../../web/texts.en.ts'
import { RU } from '../../web/texts.ru.ts'

export type Word = keyof typeof EN | keyof typeof HOUSE_EN | keyof typeof AUTHOR_EN
export type Dictionary = Readonly<Record<Word, string>>

const ENGLISH: Dictionary = { ...EN, ...HOUSE_EN, ...AUTHOR_EN }

/** The words of a language; those that fewer people read are fetched when somebody does. What is not in it yet is in Russian. */
export async function wordsOf(language: Language): Promise<Dictionary> {
  switch (language) {
    case 'en':
      return ENGLISH
    case 'ru':
      return { ...RU, ...HOUSE_RU, ...AUTHOR_RU }
    case 'kk':
      return { ...AUTHOR_RU, ...(await import('../../web/languages/kk.ts')).KK }
    case 'ky':
      return { ...AUTHOR_RU, ...(await import('../../web/languages/ky.ts')).KY }
    case 'tg':
      return { ...AUTHOR_RU, ...(await import('../../web/languages/tg.ts')).TG }
    case 'uz-Latn':
      return { ...AUTHOR_RU, ...(await import('../../web/languages/uz-latn.ts')).UZ_LATN }
    case 'uz-Cyrl': {
      const { UZ_LATN } = await import('../../web/languages/uz-latn.ts')
      const cyrillic = Object.fromEntries(Object.entries(UZ_LATN).map(([word, text]) => [word, inCyrillic(text)]))
      return { ...AUTHOR_RU, ...cyrillic } as Dictionary
    }
  }
}

export const LanguageContext = createContext<{ readonly language: Language; readonly words: Dictionary }>({
  language: 'en',
  words: ENGLISH,
})

/** The language in use, and a text in it with its braces filled in. */
export function useWords(): {
  readonly language: Language
  readonly t: (word: Word, parts?: Readonly<Record<string, string | number>>) => string
} {
  const { language, words } = useContext(LanguageContext)
  const t = useCallback(
    (word: Word, parts: Readonly<Record<string, string | number>> = {}) =>
      words[word].replace(/\{(\w+)\}/g, (_, name: string) => String(parts[name] ?? '')),
    [words],
  )
  return { language, t }
}

/** Dates and times in the language in use. */
export function useDates(): { readonly day: (moment: string) => string; readonly moment: (moment: string) => string } {
  const { language } = useContext(LanguageContext)
  return { day: (moment) => dayIn(new Date(moment), language), moment: (moment) => momentIn(new Date(moment), language) }
}
