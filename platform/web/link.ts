/** The whole question in the address, so that a colleague opens the same result. */
import type { Language } from '../plans/screens/words.ts'

export interface Question {
  readonly study: string
  readonly options: readonly string[]
  readonly seed: number
  readonly nights: number
  readonly language: Language
  /** Run at once. */
  readonly run: boolean
}

const MOST_NIGHTS = 1_000_000

/** Reads the part after #; whatever cannot be used is left out. */
export function readLink(hash: string, otherwise: Question): Question {
  const parts = new URLSearchParams(hash.replace(/^#/, ''))
  const whole = (name: string, min: number, max: number, or: number) => {
    const value = Number(parts.get(name) ?? Number.NaN)
    return Number.isInteger(value) && value >= min && value <= max ? value : or
  }
  const language = parts.get('language')
  return {
    study: parts.get('study') ?? otherwise.study,
    options: (parts.get('options') ?? '').split(',').filter((id) => id !== ''),
    seed: whole('seed', -2147483648, 2147483647, otherwise.seed),
    nights: whole('nights', 256, MOST_NIGHTS, otherwise.nights),
    language: language === 'en' || language === 'ru' ? language : otherwise.language,
    run: parts.get('run') === '1',
  }
}

export function writeLink({ study, options, seed, nights, language }: Question, run: boolean): string {
  const parts = new URLSearchParams({ study, seed: String(seed), nights: String(nights), language })
  if (options.length > 0) parts.set('options', options.join(','))
  if (run) parts.set('run', '1')
  return `#${parts}`
}
