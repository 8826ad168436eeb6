/** All words of the product in a language. Read by screens and by reports. */
import { ERRORS, type ErrorCode } from '../contracts/errors.ts'
import type { Language } from '../contracts/languages.ts'
import { inCyrillic } from '../contracts/uzbek.ts'
import { AUTHOR_EN } from './author.en.ts'
import { AUTHOR_RU } from './author.ru.ts'
import { HOUSE_EN } from './house.en.ts'
import { HOUSE_RU } from './house.ru.ts'
import { EN } from './texts.en.ts'
import { RU } from './texts.ru.ts'
import { TOLD_EN } from './told.en.ts'
import { TOLD_RU } from './told.ru.ts'

export type Word = keyof typeof EN | keyof typeof HOUSE_EN | keyof typeof AUTHOR_EN | keyof typeof TOLD_EN
export type Dictionary = Readonly<Record<Word, string>>

export const ENGLISH: Dictionary = { ...EN, ...HOUSE_EN, ...AUTHOR_EN, ...TOLD_EN }

/** What is refused and what to do, by code. */
export type Refusals = Readonly<Record<ErrorCode, { readonly says: string; readonly advice: string }>>

/** The words of a language; those that fewer people read are fetched when somebody does. */
export async function wordsOf(language: Language): Promise<Dictionary> {
  switch (language) {
    case 'en':
      return ENGLISH
    case 'ru':
      return { ...RU, ...HOUSE_RU, ...AUTHOR_RU, ...TOLD_RU }
    case 'kk':
      return {
        ...(await import('./languages/kk.ts')).KK,
        ...(await import('./languages/kk-author.ts')).KK_AUTHOR,
        ...(await import('./languages/kk-told.ts')).KK_TOLD,
      }
    case 'ky':
      return {
        ...(await import('./languages/ky.ts')).KY,
        ...(await import('./languages/ky-author.ts')).KY_AUTHOR,
        ...(await import('./languages/ky-told.ts')).KY_TOLD,
      }
    case 'tg':
      return {
        ...(await import('./languages/tg.ts')).TG,
        ...(await import('./languages/tg-author.ts')).TG_AUTHOR,
        ...(await import('./languages/tg-told.ts')).TG_TOLD,
      }
    case 'uz-Latn':
      return uzbek()
    case 'uz-Cyrl':
      return Object.fromEntries(Object.entries(await uzbek()).map(([word, text]) => [word, inCyrillic(text)])) as Dictionary
  }
}

/** The refusals of a language. */
export async function refusalsOf(language: Language): Promise<Refusals> {
  switch (language) {
    case 'en':
      return ERRORS
    case 'ru':
      return (await import('./refusals/ru.ts')).REFUSALS_RU
    case 'kk':
      return (await import('./refusals/kk.ts')).REFUSALS_KK
    case 'ky':
      return (await import('./refusals/ky.ts')).REFUSALS_KY
    case 'tg':
      return (await import('./refusals/tg.ts')).REFUSALS_TG
    case 'uz-Latn':
      return (await import('./refusals/uz-latn.ts')).REFUSALS_UZ_LATN
    case 'uz-Cyrl': {
      const latin = Object.entries((await import('./refusals/uz-latn.ts')).REFUSALS_UZ_LATN)
      return Object.fromEntries(
        latin.map(([code, { says, advice }]) => [code, { says: inCyrillic(says), advice: inCyrillic(advice) }]),
      ) as unknown as Refusals
    }
  }
}

async function uzbek(): Promise<Dictionary> {
  return {
    ...(await import('./languages/uz-latn.ts')).UZ_LATN,
    ...(await import('./languages/uz-latn-author.ts')).UZ_LATN_AUTHOR,
    ...(await import('./languages/uz-latn-told.ts')).UZ_LATN_TOLD,
  }
}

/** A text with its braces filled in. */
export function filled(text: string, parts: Readonly<Record<string, string | number>> = {}): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(parts[name] ?? ''))
}
