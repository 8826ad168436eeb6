/** Where somebody is, in the address: a room of the house, or a whole question, so that a colleague opens the same result. */
import { isLanguage, type Language } from '../contracts/languages.ts'

export interface Question {
  readonly study: string
  /** The establishment whose documents are meant; absent: those that ship. */
  readonly at?: string
  /** Documents as last written, not as approved. */
  readonly drafts?: boolean
  readonly options: readonly string[]
  readonly seed: number
  readonly nights: number
  readonly language: Language
  /** Run at once. */
  readonly run: boolean
}

/** A room and what it is about, such as #/documents/training. */
export interface Room {
  readonly room: string
  readonly of: string | undefined
}

const MOST_NIGHTS = 1_000_000

export function readRoom(hash: string): Room | undefined {
  const match = /^#\/([a-z]*)(?:\/([\w.-]+))?$/.exec(hash)
  return match === null ? undefined : { room: match[1]!, of: match[2] }
}

/** Whether the address is a question. */
export function isQuestion(hash: string): boolean {
  return new URLSearchParams(hash.replace(/^#/, '')).has('study')
}

/** Reads the part after #; whatever cannot be used is left out. */
export function readLink(hash: string, otherwise: Question): Question {
  const parts = new URLSearchParams(hash.replace(/^#/, ''))
  const whole = (name: string, min: number, max: number, or: number) => {
    const value = Number(parts.get(name) ?? Number.NaN)
    return Number.isInteger(value) && value >= min && value <= max ? value : or
  }
  const language = parts.get('language')
  const at = parts.get('at') ?? (parts.has('study') ? undefined : otherwise.at)
  return {
    study: parts.get('study') ?? otherwise.study,
    ...(at === undefined ? {} : { at, drafts: parts.get('drafts') === '1' }),
    options: (parts.get('options') ?? '').split(',').filter((id) => id !== ''),
    seed: whole('seed', -2147483648, 2147483647, otherwise.seed),
    nights: whole('nights', 256, MOST_NIGHTS, otherwise.nights),
    language: isLanguage(language) ? language : otherwise.language,
    run: parts.get('run') === '1',
  }
}

/** Whoever opens it reads it in their own language. */
export function writeLink({ study, at, drafts, options, seed, nights }: Question, run: boolean): string {
  const parts = new URLSearchParams({ study, ...(at === undefined ? {} : { at }), seed: String(seed), nights: String(nights) })
  if (drafts === true) parts.set('drafts', '1')
  if (options.length > 0) parts.set('options', options.join(','))
  if (run) parts.set('run', '1')
  return `#${parts}`
}
