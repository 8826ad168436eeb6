/** Fields of tables, and what they write. */
import type { Raw } from '../../packs/parse.ts'
import type { Title } from './rosters.ts'

/** A field of a table, written down when somebody leaves it. */
export function Cell({
  label,
  value,
  type = 'text',
  known,
  onValue,
}: {
  readonly label: string
  readonly value: string
  /** Id of a list of what can be chosen. */
  readonly known?: string
  readonly type?: 'text' | 'number'
  readonly onValue: (value: string) => void
}) {
  return (
    <input
      key={value}
      aria-label={label}
      type={type}
      list={known}
      min={0}
      defaultValue={value}
      onBlur={({ target }) => {
        if (target.value === value) return
        onValue(target.value.trim())
        // What was not taken as it was typed is not left standing; what was, comes back as the new value.
        target.value = value
      }}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  )
}

/** A whole number as it was written, within its bounds. */
export const wholeWithin = (written: string, low: number, high: number) => Math.max(low, Math.min(high, Math.round(Number(written) || 0)))

/** A title that has changed in one language only. */
export const retitled = (title: Title | undefined, language: string, wanted: string) =>
  typeof title === 'object'
    ? { ...title, [language]: wanted }
    : language === 'en'
      ? { en: wanted }
      : { en: (title as string | undefined) ?? wanted, [language]: wanted }

/** A duration as tables write it: usually, and rarely more than. Undefined: it is spread in another way, which is written as text. */
export function halvesOf(duration: Raw | undefined): readonly [usually: string, rarely: string] | undefined {
  if (duration === undefined) return ['', '']
  if (typeof duration === 'string') return [duration, '']
  const { usually, 'rarely-over': rarely } = (duration ?? {}) as Readonly<Record<string, Raw>>
  return typeof usually === 'string' && typeof rarely === 'string' ? [usually, rarely] : undefined
}

export const durationOf = (usually: string, rarely: string) =>
  rarely !== '' ? { usually, 'rarely-over': rarely } : usually === '' ? undefined : usually
