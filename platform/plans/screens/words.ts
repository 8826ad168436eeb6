/** Words of the page in the language in use, handed down to every screen. */
import { createContext, useCallback, useContext } from 'react'
import { ERRORS } from '../../contracts/errors.ts'
import { dayIn, type Language, momentIn, numberIn } from '../../contracts/languages.ts'
import { type Dictionary, ENGLISH, filled, type Refusals, type Word } from '../../words/dictionary.ts'
import { type Expectations, expectedIn } from '../../words/expected.ts'

export interface InUse {
  readonly language: Language
  readonly words: Dictionary
  readonly refusals: Refusals
  /** Undefined: as checks say it. */
  readonly expectations: Expectations | undefined
}

export const LanguageContext = createContext<InUse>({ language: 'en', words: ENGLISH, refusals: ERRORS, expectations: undefined })

/** The language in use, and a text in it with its braces filled in. */
export function useWords(): {
  readonly language: Language
  readonly t: (word: Word, parts?: Readonly<Record<string, string | number>>) => string
  readonly words: Dictionary
} {
  const { language, words } = useContext(LanguageContext)
  const t = useCallback((word: Word, parts?: Readonly<Record<string, string | number>>) => filled(words[word], parts), [words])
  return { language, t, words }
}

/** What is said of a refusal with this code, and what to do; undefined for codes that a newer server may have. */
export function useRefusals(): (code: string) => Refusals[keyof Refusals] | undefined {
  const { refusals } = useContext(LanguageContext)
  return useCallback((code) => (Object.hasOwn(refusals, code) ? refusals[code as keyof Refusals] : undefined), [refusals])
}

/** What was expected where something is wrong. */
export function useExpected(): (expected: string) => string {
  const { expectations } = useContext(LanguageContext)
  return useCallback((expected) => expectedIn(expectations, expected), [expectations])
}

/** A price, and whether it is paid once or every year. */
export function usePrices(): (price: { readonly amount: number; readonly currency: string; readonly per: 'once' | 'year' }) => string {
  const { language, t } = useWords()
  return ({ amount, currency, per }) => (amount === 0 ? '0' : `${numberIn(amount, 2, language)} ${currency} ${t(per)}`)
}

/** Dates and times in the language in use. */
interface Dates {
  readonly day: (moment: string) => string
  readonly moment: (moment: string) => string
  /** Of a day as YYYY-MM-DD, the same wherever it is read. */
  readonly date: (day: string) => string
}

export function useDates(): Dates {
  const { language } = useContext(LanguageContext)
  const day = (moment: string) => dayIn(new Date(moment), language)
  return { day, moment: (moment) => momentIn(new Date(moment), language), date: (of) => day(`${of}T12:00:00`) }
}
