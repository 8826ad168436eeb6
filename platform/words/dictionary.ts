/** All words of the product in a language. Read by screens and by reports. */
import type { Language } from '../contracts/languages.ts'
import { inCyrillic } from '../contracts/uzbek.ts'
import { AUTHOR_EN } from './author.en.ts'
import { AUTHOR_RU } from './author.ru.ts'
import { HOUSE_EN } from './house.en.ts'
import { HOUSE_RU } from './house.ru.ts'
import { EN } from './texts.en.ts'
import { RU } from './texts.ru.ts'

export type Word = keyof typeof EN | keyof typeof HOUSE_EN | keyof typeof AUTHOR_EN
export type Dictionary = Readonly<Record<Word, string>>

export const ENGLISH: Dictionary = { ...EN, ...HOUSE_EN, ...AUTHOR_EN }

/** The words of a language; those that fewer people read are fetched when somebody does. What is not in it yet is in Russian. */
export async function wordsOf(language: Language): Promise<Dictionary> {
  switch (language) {
    case 'en':
      return ENGLISH
    case 'ru':
      return { ...RU, ...HOUSE_RU, ...AUTHOR_RU }
    case 'kk':
      return { ...AUTHOR_RU, ...(await import('./languages/kk.ts')).KK }
    case 'ky':
      return { ...AUTHOR_RU, ...(await import('./languages/ky.ts')).KY }
    case 'tg':
      return { ...AUTHOR_RU, ...(await import('./languages/tg.ts')).TG }
    case 'uz-Latn':
      return { ...AUTHOR_RU, ...(await import('./languages/uz-latn.ts')).UZ_LATN }
    case 'uz-Cyrl': {
      const { UZ_LATN } = await import('./languages/uz-latn.ts')
      const cyrillic = Object.fromEntries(Object.entries(UZ_LATN).map(([word, text]) => [word, inCyrillic(text)]))
      return { ...AUTHOR_RU, ...cyrillic } as Dictionary
    }
  }
}

/** A text with its braces filled in. */
export function filled(text: string, parts: Readonly<Record<string, string | number>> = {}): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(parts[name] ?? ''))
}
