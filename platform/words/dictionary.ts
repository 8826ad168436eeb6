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

/** The words of a language; those that fewer people read are fetched when somebody does. */
export async function wordsOf(language: Language): Promise<Dictionary> {
  switch (language) {
    case 'en':
      return ENGLISH
    case 'ru':
      return { ...RU, ...HOUSE_RU, ...AUTHOR_RU }
    case 'kk':
      return { ...(await import('./languages/kk.ts')).KK, ...(await import('./languages/kk-author.ts')).KK_AUTHOR }
    case 'ky':
      return { ...(await import('./languages/ky.ts')).KY, ...(await import('./languages/ky-author.ts')).KY_AUTHOR }
    case 'tg':
      return { ...(await import('./languages/tg.ts')).TG, ...(await import('./languages/tg-author.ts')).TG_AUTHOR }
    case 'uz-Latn':
      return uzbek()
    case 'uz-Cyrl':
      return Object.fromEntries(Object.entries(await uzbek()).map(([word, text]) => [word, inCyrillic(text)])) as Dictionary
  }
}

async function uzbek(): Promise<Dictionary> {
  return { ...(await import('./languages/uz-latn.ts')).UZ_LATN, ...(await import('./languages/uz-latn-author.ts')).UZ_LATN_AUTHOR }
}

/** A text with its braces filled in. */
export function filled(text: string, parts: Readonly<Record<string, string | number>> = {}): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(parts[name] ?? ''))
}
