/** From what an author wrote to a checked document: shape, units, provenance. No file is touched here. */
import type { Problem } from '../contracts/errors.ts'
import { problemsOf } from '../contracts/findings.ts'
import { circleAmong } from './circles.ts'
import { type Documents, KINDS, type Kind, SHAPES } from './kinds/kinds.ts'
import { unsourced } from './provenance.ts'

/** A value as YAML or JSON gives it. */
export type Raw = null | boolean | number | string | readonly Raw[] | { readonly [key: string]: Raw }

export type Parsed<K extends Kind> = { readonly document: Documents[K] } | { readonly problems: readonly Problem[] }

/** The kind that a document says it is, if it is one that we know. */
export function kindOf(raw: Raw): Kind | undefined {
  if (typeof raw !== 'object' || raw === null || !('kind' in raw)) return undefined
  return KINDS.find((kind) => kind === (raw as { kind: unknown }).kind)
}

/** Checks `raw` as a document of `kind`. */
export function parseDocument<K extends Kind>(kind: K, raw: Raw): Parsed<K> {
  const complete = kind === 'facility' ? withTypes(raw) : raw
  const result = SHAPES[kind].safeParse(complete)
  if (!result.success) return { problems: result.error.issues.flatMap((issue) => problemsOf(issue, complete)) }
  const missing = unsourced(raw)
  if (missing.length > 0) return { problems: missing }
  const document = result.data as Documents[K]
  const circle = document.kind === 'plan' ? circleAmong(Object.keys(document.tasks), (id) => document.tasks[id]?.after ?? []) : undefined
  // Whatever question it is asked in: tasks that wait for each other never begin.
  if (circle !== undefined) {
    const found = [...circle, circle[0]!].join(' → ')
    return { problems: [{ code: 'plan-cycle', path: ['tasks', circle[0]!], expected: 'tasks that can begin one after another', found }] }
  }
  return { document }
}

/** Fills in what the `type` of a zone, door or sensor says and the entry does not. */
function withTypes(raw: Raw): Raw {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return raw
  const document = raw as Record<string, Raw>
  const types = (document.types ?? {}) as Record<string, Record<string, Raw>>
  const fill = (section: Raw | undefined): Raw | undefined => {
    if (typeof section !== 'object' || section === null || Array.isArray(section)) return section
    return Object.fromEntries(
      Object.entries(section).map(([id, entry]) => {
        if (typeof entry !== 'object' || entry === null || Array.isArray(entry) || !('type' in entry)) return [id, entry]
        const { type, ...own } = entry as Record<string, Raw>
        const known = typeof type === 'string' ? types[type] : undefined
        return known === undefined ? [id, entry] : [id, { ...known, ...own }]
      }),
    )
  }
  const filled = { ...document }
  for (const section of ['zones', 'doors', 'sensors'] as const) {
    const value = fill(document[section])
    if (value !== undefined) filled[section] = value
  }
  return filled
}
