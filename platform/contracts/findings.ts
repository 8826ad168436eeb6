/** What the checker of shapes finds, in the words of our catalogue: of documents, and of what is sent to the server. */
import type { z } from 'zod'
import type { ErrorCode, Problem } from './errors.ts'

type Issue = z.core.$ZodIssue

const FORMATS: Readonly<Record<string, string>> = {
  date: 'a day, such as 2026-03-31',
  datetime: 'a moment, such as 2026-03-31T08:00:00Z',
  uuid: 'an id',
}

/** A finding of the shape checker in the words of our catalogue. */
export function problemsOf(issue: Issue, root: unknown): Problem[] {
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
      if (issue.origin === 'string') return problem('text-length', `at least ${issue.minimum} characters`)
      return problem('number-out-of-range', `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`)
    case 'too_big':
      if (issue.origin === 'string') return problem('text-length', `at most ${issue.maximum} characters`)
      return problem('number-out-of-range', `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`)
    case 'invalid_format':
      return problem(
        'value-unknown',
        FORMATS[issue.format] ?? (issue.pattern === undefined ? 'another form' : `text like ${issue.pattern}`),
      )
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
      return problem('value-unknown', 'another value')
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
      int: 'a whole number',
      boolean: 'true or false',
    }[expected] ?? expected
  )
}

export function valueAt(root: unknown, path: readonly (string | number)[]): unknown {
  let value = root
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<string | number, unknown>)[part]
  }
  return value
}

/** A value in a line, shortened. */
function show(value: unknown): string | undefined {
  if (value === undefined) return undefined
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}
