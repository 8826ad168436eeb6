/** From what an author wrote to a checked document: shape, units, provenance. No file is touched here. */
import type { z } from 'zod'
import type { ErrorCode, Problem } from '../contracts/errors.ts'
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
  return { document: result.data as Documents[K] }
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

type Issue = z.core.$ZodIssue

/** A finding of the shape checker in the words of our catalogue. */
function problemsOf(issue: Issue, root: Raw): Problem[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol')
  const found = show(valueAt(root, path))
  const problem = (code: ErrorCode, expected: string, at: Problem['path'] = path, what: string | undefined = found): Problem[] => [
    { code, path: at, expected, ...(what === undefined ? {} : { found: what }) },
  ]
  switch (issue.code) {
    case 'custom': {
      const { code, expected, found: what } = (issue.params ?? {}) as { code?: ErrorCode; expected?: string; found?: unknown }
      return problem(code ?? 'type-wrong', expected ?? issue.message, path, show(what))
    }
    case 'unrecognized_keys':
      return issue.keys.flatMap((key) => problem('field-unknown', 'one of the fields of this part (see docs/schema)', [...path, key], key))
    case 'invalid_type': {
      const missing = valueAt(root, path) === undefined
      return problem(missing ? 'field-missing' : 'type-wrong', words(issue.expected), path, missing ? 'nothing' : found)
    }
    case 'invalid_value':
      return problem(valueAt(root, path) === undefined ? 'field-missing' : 'value-unknown', `one of ${issue.values.join(', ')}`)
    case 'too_small':
      return problem('number-out-of-range', `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`)
    case 'too_big':
      return problem('number-out-of-range', `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`)
    case 'invalid_union': {
      const nested = issue.errors.filter((errors) => !errors.some((e) => e.path.length === 0 && e.code === 'invalid_type'))
      const branch = nested[0] ?? issue.errors[0]
      if (branch === undefined || branch.length === 0) {
        const options = 'options' in issue && Array.isArray(issue.options) ? `one of ${issue.options.join(', ')}` : 'another form'
        return problem('value-unknown', options)
      }
      return branch.flatMap((inner) => problemsOf({ ...inner, path: [...issue.path, ...inner.path] } as Issue, root))
    }
    case 'invalid_key':
    case 'invalid_element':
      return issue.issues.flatMap((inner) => problemsOf({ ...inner, path: [...issue.path] } as Issue, root))
    default:
      return problem('value-unknown', 'format' in issue && 'pattern' in issue ? `text like ${String(issue.pattern)}` : issue.message)
  }
}

function words(expected: string): string {
  return (
    {
      object: 'a mapping',
      record: 'a mapping',
      array: 'a list',
      tuple: 'a list',
      string: 'text',
      number: 'a plain number',
      boolean: 'true or false',
    }[expected] ?? expected
  )
}

export function valueAt(root: Raw | undefined, path: readonly (string | number)[]): Raw | undefined {
  let value: Raw | undefined = root
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<string | number, Raw>)[part]
  }
  return value
}

/** A value in a line, shortened. */
function show(value: unknown): string | undefined {
  if (value === undefined) return undefined
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}
