/** Units that authors may write, and the SI numbers that they stand for. */

/** What a quantity measures; each dimension has one unit in which the kernel counts, named first. */
export const DIMENSIONS = {
  time: { s: 1, min: 60, h: 3600, d: 86_400 },
  length: { m: 1, cm: 0.01, mm: 0.001, km: 1000 },
  area: { m2: 1, 'm²': 1, cm2: 1e-4, 'cm²': 1e-4 },
  volume: { m3: 1, 'm³': 1, l: 0.001 },
  speed: { 'm/s': 1, 'km/h': 1 / 3.6 },
  heat: { kW: 1, MW: 1000, W: 0.001 },
  energy: { kJ: 1, MJ: 1000, GJ: 1_000_000 },
  'fire growth': { 'kW/s2': 1, 'kW/s²': 1 },
  'heat of combustion': { 'kJ/kg': 1, 'MJ/kg': 1000 },
  rate: { 'per s': 1, 'per min': 1 / 60, 'per h': 1 / 3600, 'per d': 1 / 86_400 },
  'air changes': { 'per h': 1 },
  'door flow': { 'persons/(m s)': 1 },
  extinction: { '1/m': 1 },
  people: { persons: 1, person: 1 },
  visits: { 'per d': 1 },
  share: { '': 1, '%': 0.01 },
  number: { '': 1 },
} as const satisfies Record<string, Record<string, number>>

export type Dimension = keyof typeof DIMENSIONS

/** How an author would be told to write one. */
export const EXAMPLES: Record<Dimension, string> = {
  time: '90 s, 4 min, 2 h or 3 d',
  length: '1.2 m',
  area: '0.02 m2',
  volume: '22 m3',
  speed: '1.3 m/s',
  heat: '1.2 MW or 800 kW',
  energy: '400 MJ',
  'fire growth': '0.0117 kW/s2',
  'heat of combustion': '20 MJ/kg',
  rate: '0.155 per min',
  'air changes': '4 per h',
  'door flow': '1.3 persons/(m s)',
  extinction: '0.2 1/m',
  people: '8 persons',
  visits: '40 per d',
  share: '5 % or 0.05',
  number: '1.5',
}

export type Quantity = { readonly value: number } | { readonly wrong: 'unit-missing' | 'unit-wrong' | 'quantity-malformed' }

/** Nothing in a prison is larger, in any unit. */
const LARGEST = 1e15

const NUMBER = /^([+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?)\s*(.*)$/i

/** Reads `written` as a quantity of `dimension`: a number where no unit is needed, otherwise text such as `90 s`. */
export function readQuantity(written: unknown, dimension: Dimension): Quantity {
  const units: Record<string, number> = DIMENSIONS[dimension]
  if (typeof written === 'number') {
    if (!Number.isFinite(written)) return { wrong: 'quantity-malformed' }
    return '' in units ? { value: written } : { wrong: 'unit-missing' }
  }
  if (typeof written !== 'string') return { wrong: 'quantity-malformed' }
  const match = NUMBER.exec(written.trim())
  if (match === null) return { wrong: 'quantity-malformed' }
  const unit = match[2]!.trim()
  const factor = units[unit]
  if (factor === undefined) return { wrong: unit === '' ? 'unit-missing' : 'unit-wrong' }
  const value = Number(match[1]) * factor
  return Math.abs(value) <= LARGEST ? { value } : { wrong: 'quantity-malformed' }
}

/** A time of day such as 22:45, as seconds after midnight; undefined if it is none. */
export function readTimeOfDay(written: string): number | undefined {
  const match = /^([01]?\d|2[0-4]):([0-5]\d)$/.exec(written)
  if (match === null) return undefined
  const seconds = Number(match[1]) * 3600 + Number(match[2]) * 60
  return seconds <= 86_400 ? seconds : undefined
}
