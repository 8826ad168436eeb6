/** Words of the page in the language in use, handed down to every screen. */
import { createContext, useCallback, useContext } from 'react'
import { dayIn, type Language, momentIn } from '../../contracts/languages.ts'
import { type Dictionary, ENGLISH, filled, type Word } from '../../words/dictionary.ts'

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
  const t = useCallback((word: Word, parts?: Readonly<Record<string, string | number>>) => filled(words[word], parts), [words])
  return { language, t }
}

/** Dates and times in the language in use. */
export function useDates(): { readonly day: (moment: string) => string; readonly moment: (moment: string) => string } {
  const { language } = useContext(LanguageContext)
  return { day: (moment) => dayIn(new Date(moment), language), moment: (moment) => momentIn(new Date(moment), language) }
}
