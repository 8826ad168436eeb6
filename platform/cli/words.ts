/** Numbers and bars for people who read a terminal. */

/** Seconds in the unit in which one would say them. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'never'
  const s = Math.abs(seconds)
  const sign = seconds < 0 ? '−' : ''
  if (s < 100) return `${sign}${round(s, 1)} s`
  if (s < 5400) return `${sign}${round(s / 60, 1)} min`
  if (s < 172_800) return `${sign}${round(s / 3600, 1)} h`
  return `${sign}${round(s / 86_400, 1)} d`
}

/** A value of a measure with its unit. */
export function quantity(value: number | null, unit: string): string {
  if (value === null) return 'never'
  if (unit === 's') return duration(value)
  const plain = Math.abs(value) >= 100 ? round(value, 0) : round(value, 2)
  return unit === 'yes-no' || unit === 'stage' ? plain : `${plain} ${unit}`
}

export function round(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)))
}

/** A share in nights of a hundred. */
export function percent(share: number, digits = 1): string {
  return `${round(100 * share, digits)} %`
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** A bar of `width` characters for `share` of the whole. */
export function bar(share: number, width: number): string {
  const eighths = Math.round(Math.max(0, Math.min(1, share)) * width * 8)
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]
}

/** A histogram of the finite values, one line a bin. */
export function histogram(values: Float64Array, unit: string, bins = 12, width = 40): string[] {
  const finite = values.filter((v) => v < Infinity)
  if (finite.length === 0) return ['  (never)']
  const sorted = finite.slice().sort()
  const low = sorted[0]!
  const high = sorted[Math.min(sorted.length - 1, Math.floor(0.995 * sorted.length))]!
  if (high === low) return [`  ${quantity(low, unit)} in all nights`]
  const counts = new Array<number>(bins).fill(0)
  for (const v of finite) counts[Math.min(bins - 1, Math.floor(((v - low) / (high - low)) * bins))]!++
  const most = Math.max(...counts)
  const label = (i: number) => quantity(low + ((high - low) * i) / bins, unit).padStart(12)
  const lines = counts.map((count, i) => `${label(i)} ${bar(count / most, width)}`)
  const never = values.length - finite.length
  return never > 0 ? [...lines, `${'never'.padStart(12)} ${bar(never / most, width)} (${percent(never / values.length)})`] : lines
}

/** Rows as columns, the first to the left and the others to the right. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, k) => Math.max(...rows.map((row) => [...(row[k] ?? '')].length)))
  return rows.map((row) =>
    row
      .map((cell, k) => {
        const pad = ' '.repeat(widths[k]! - [...cell].length)
        return k === 0 ? cell + pad : pad + cell
      })
      .join('   ')
      .trimEnd(),
  )
}
