/** A document's text: YAML in, a checked document out, with the line of everything that is wrong. The same in a browser. */
import { isAlias, isScalar, LineCounter, parseDocument as parseYaml, type Scalar, visit } from 'yaml'
import { InputError, type Problem } from '../contracts/errors.ts'
import type { Kind } from './kinds/kinds.ts'
import { kindOf, parseDocument, type Raw } from './parse.ts'

/** Values that it may unfold to, aliases included. */
const MOST_VALUES = 200_000
/** Problems of one document that are told. */
const MOST_PROBLEMS = 50

export interface ReadDocument {
  readonly file: string
  readonly kind: Kind
  readonly raw: Raw
  /** Adds file, line and column to a problem of this document. */
  locate(problem: Problem): Problem
}

/** Checks a document that has been read; `file` is only for messages. */
export function checkText(text: string, file: string): ReadDocument {
  const lines = new LineCounter()
  const tree = parseTree(text, file, lines)
  const raw = unfold(tree, file)
  const locate = (problem: Problem): Problem => ({ ...problem, file, ...position(tree, lines, problem.path) })
  const kind = kindOf(raw)
  if (kind === undefined) {
    const found = typeof raw === 'object' && raw !== null && 'kind' in raw ? JSON.stringify((raw as { kind: unknown }).kind) : 'nothing'
    return refuse(
      locate({ code: 'kind-unknown', path: ['kind'], expected: 'kind: facility, roster, plan, threat, study, case or pack', found }),
    )
  }
  const parsed = parseDocument(kind, raw)
  if ('problems' in parsed) throw new InputError(parsed.problems.slice(0, MOST_PROBLEMS).map(locate))
  return { file, kind, raw, locate }
}

type Tree = ReturnType<typeof parseYaml>

function parseTree(text: string, file: string, lineCounter: LineCounter): Tree {
  try {
    const tree = parseYaml(text, { lineCounter, prettyErrors: false, uniqueKeys: false })
    const [error] = tree.errors
    if (error !== undefined) {
      const { line, col } = lineCounter.linePos(error.pos[0])
      return refuse({ code: 'yaml-malformed', file, line, column: col, path: [], found: error.message })
    }
    mustBeUnique(tree, file, lineCounter)
    return tree
  } catch (error) {
    if (error instanceof InputError) throw error
    return refuse({ code: 'yaml-excessive', file, path: [], found: (error as Error).message })
  }
}

/** No mapping has a key twice. The parser's own check compares each key with each other one. */
function mustBeUnique(tree: Tree, file: string, lineCounter: LineCounter): void {
  visit(tree, {
    Map: (_, map) => {
      const keys = new Set<unknown>()
      for (const { key } of map.items) {
        const name = isScalar(key) ? key.value : undefined
        if (name !== undefined && keys.has(name)) {
          const { line, col } = lineCounter.linePos((key as Scalar).range?.[0] ?? 0)
          refuse({ code: 'yaml-malformed', file, line, column: col, path: [], found: `the key “${String(name)}” twice` })
        }
        keys.add(name)
      }
    },
  })
}

/** Characters that neither people nor databases can read: control characters and halves of pairs. */
const UNREADABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

function mustBeReadable(value: Raw): void {
  if (typeof value === 'string') {
    if (UNREADABLE.test(value)) throw new Error('a control character or half a character')
  } else if (typeof value === 'object' && value !== null)
    for (const [key, part] of Object.entries(value)) {
      mustBeReadable(key)
      mustBeReadable(part as Raw)
    }
}

/** The plain values of the tree. Aliases are followed, but not to more values than a document can need. */
function unfold(tree: Tree, file: string): Raw {
  let aliases = 0
  visit(tree, {
    Alias: () => {
      aliases++
    },
  })
  try {
    const raw = tree.toJS({ maxAliasCount: 50 }) as Raw
    if (aliases > 0) countValues(raw, MOST_VALUES)
    mustBeReadable(raw)
    return raw
  } catch (error) {
    return refuse({ code: 'yaml-excessive', file, path: [], found: (error as Error).message })
  }
}

function countValues(value: Raw, left: number): number {
  if (left <= 0) throw new Error(`more than ${MOST_VALUES} values once its aliases are unfolded`)
  if (typeof value !== 'object' || value === null) return left - 1
  let rest = left - 1
  for (const part of Object.values(value)) rest = countValues(part as Raw, rest)
  return rest
}

/** Line and column of a path, or of the nearest part above it that exists. */
function position(tree: Tree, lines: LineCounter, path: Problem['path']): { line?: number; column?: number } {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? tree.contents : tree.getIn(path.slice(0, length), true)
    const range = (node as { range?: readonly [number, number, number] } | undefined)?.range
    if (range !== undefined && range !== null && !isAlias(node)) {
      const { line, col } = lines.linePos(range[0])
      return { line, column: col }
    }
  }
  return {}
}

export function refuse(problem: Problem): never {
  throw new InputError([problem])
}

/** The text of a document without the line that begins it, which it may have after remarks: within a pack that would end another. */
export function withoutMarker(text: string): string {
  return text.replace(/^((?:[ \t]*(?:#.*)?\n)*)---[ \t]*\n/, '$1').trimEnd()
}
