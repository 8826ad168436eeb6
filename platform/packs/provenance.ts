/** Where every number of a document comes from: the nearest source or assumption on the way up. */
import type { Problem } from '../contracts/errors.ts'
import type { Text } from '../contracts/languages.ts'
import type { Raw } from './parse.ts'

/** A number of a document, as written, and what stands behind it. */
export interface SourcedNumber {
  readonly path: readonly string[]
  readonly written: string
  readonly source?: string
  readonly assumption?: string
  readonly note?: Text
}

/** Fields whose numbers describe the document or its drawing, not the world. */
const OF_THE_DOCUMENT = new Set([
  'version',
  'sources',
  'assumptions',
  'outline',
  'at',
  'level',
  'priority',
  'title',
  'summary',
  'guidance',
  'note',
  'question',
  'types',
  'date',
  'timeline',
])
const QUANTITY =
  /^[+-]?\d+(\.\d+)?\s*(s|min|h|d|m|cm|mm|km|m2|m²|m3|m³|l|m\/s|km\/h|kW|MW|W|kJ|MJ|GJ|kW\/s2|kW\/s²|kJ\/kg|MJ\/kg|per \w+|persons\S*.*|1\/m|%)$/

type Mapping = { readonly [key: string]: Raw }
type Behind = Pick<SourcedNumber, 'source' | 'assumption' | 'note'>

/** All numbers of `raw`, a document as written. */
export function numbersOf(raw: Raw): SourcedNumber[] {
  const found: SourcedNumber[] = []
  walk(raw, [], {}, (path, written, behind) => found.push({ path, written, ...behind }))
  return found
}

function walk(
  value: Raw,
  path: readonly string[],
  behind: Behind,
  visit: (path: readonly string[], written: string, behind: Behind) => void,
): void {
  if (typeof value === 'number' || (typeof value === 'string' && QUANTITY.test(value.trim()))) return visit(path, String(value), behind)
  if (typeof value !== 'object' || value === null) return
  const here = Array.isArray(value) ? behind : behindOf(value as Mapping, behind)
  for (const [key, part] of Object.entries(value)) if (!OF_THE_DOCUMENT.has(key)) walk(part as Raw, [...path, key], here, visit)
}

function behindOf(value: Mapping, above: Behind): Behind {
  const { source, assumption, note } = value
  const own: Behind = {
    ...(typeof source === 'string' ? { source } : {}),
    ...(typeof assumption === 'string' ? { assumption } : {}),
    ...(note === undefined ? {} : { note: (typeof note === 'string' ? { en: note } : note) as Text }),
  }
  return own.source === undefined && own.assumption === undefined ? { ...above, ...own } : own
}

/** Numbers without any source or assumption, and sources and assumptions that the document does not list. */
export function unsourced(raw: Raw): Problem[] {
  const document = raw as Mapping
  const sources = Object.keys((document.sources ?? {}) as Mapping)
  const assumptions = Object.keys((document.assumptions ?? {}) as Mapping)
  const problems: Problem[] = []
  for (const { path, written, source, assumption } of numbersOf(raw)) {
    if (source === undefined && assumption === undefined) {
      problems.push({
        code: 'source-missing',
        path,
        expected: 'source: or assumption:, here or on the part that contains it',
        found: written,
      })
    }
  }
  const named = (value: Raw, path: readonly string[]): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, part] of Object.entries(value as Mapping)) {
      const known = key === 'source' ? sources : key === 'assumption' ? assumptions : undefined
      // A change speaks of the document that it changes, which is checked when the change has been made.
      if (key === 'changes') continue
      if (known !== undefined && typeof part === 'string' && !known.includes(part)) {
        const list = known.length > 0 ? `one of ${known.join(', ')}` : `an entry in ${key}s: of this document`
        problems.push({ code: 'id-unknown', path: [...path, key], expected: list, found: part })
      } else named(part, [...path, key])
    }
  }
  named(raw, [])
  return problems
}
