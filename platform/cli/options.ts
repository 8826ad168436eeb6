/** Options that several commands share, and what their text means. */
import { availableParallelism } from 'node:os'
import { InputArgument } from './arguments.ts'

export interface StudyOptions {
  readonly seed: number
  readonly threads: number
  readonly at?: number
  readonly option: readonly string[]
  readonly pack: readonly string[]
  readonly json: boolean
}

export const DEFAULT_THREADS = Math.max(1, Math.min(16, availableParallelism()))

export function choicesOf({ option, at }: StudyOptions): { readonly options: readonly string[]; readonly at?: number } {
  return { options: option, ...(at === undefined ? {} : { at }) }
}

/** A whole number between `min` and `max`. */
export function wholeNumber(name: string, min: number, max: number) {
  return (text: string): number => {
    const value = Number(text.replaceAll('_', ''))
    if (!Number.isInteger(value) || value < min || value > max) throw new InputArgument(name, `a whole number from ${min} to ${max}`, text)
    return value
  }
}

export function halfWidth(text: string): number {
  const value = text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text)
  if (!(value >= 0.001 && value <= 0.5)) throw new InputArgument('--precision', 'a half-width from 0.001 to 0.5, such as 0.01', text)
  return value
}

/** A date and hour, or an hour of the Monday, as second of the week. */
export function momentOfWeek(text: string): number {
  const match = /^(?:(\d{4})-(\d{2})-(\d{2})T)?([01]\d|2[0-3]):([0-5]\d)$/.exec(text)
  if (match === null) throw new InputArgument('--at', 'a date and time such as 2026-02-14T22:45, or a time such as 22:45', text)
  const [, year, month, day, hour, minute] = match
  const time = Number(hour) * 3600 + Number(minute) * 60
  if (year === undefined) return time
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day))
    throw new InputArgument('--at', 'a date that exists', text)
  return ((date.getUTCDay() + 6) % 7) * 86_400 + time
}

/** Adds another value to a list option. */
export function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, ...value.split(',').filter((part) => part !== '')]
}
