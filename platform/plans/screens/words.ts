/** Words of the page in the language in use, handed down to every screen. */
import { createContext, useContext } from 'react'
import { EN } from '../../web/texts.en.ts'
import { RU } from '../../web/texts.ru.ts'

export type Language = 'en' | 'ru'
export type Word = keyof typeof EN

const WORDS: Readonly<Record<Language, Readonly<Record<Word, string>>>> = { en: EN, ru: RU }

export const LanguageContext = createContext<Language>('en')

/** The language in use, and a text in it with its braces filled in. */
export function useWords(): {
  readonly language: Language
  readonly t: (word: Word, parts?: Readonly<Record<string, string | number>>) => string
} {
  const language = useContext(LanguageContext)
  return { language, t: (word, parts = {}) => WORDS[language][word].replace(/\{(\w+)\}/g, (_, name: string) => String(parts[name] ?? '')) }
}
