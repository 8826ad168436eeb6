// No text for people stands in a screen: all words come from platform/words, so that none is left behind in one language.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { root } from './installed.mjs'

/** Attributes that people read or hear. */
const READ = new Set(['aria-label', 'title', 'placeholder', 'alt', 'label'])
/** What is the same in every language: signs, units, names of formats. */
const SAME = /^(?:[^\p{L}]|\b(?:m|YAML|PDF|Word|Excel|Aman)\b)*$/u

function screens(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === 'dist' ? [] : screens(path)
    return path.endsWith('.tsx') && !path.endsWith('.test.tsx') ? [path] : []
  })
}

/** Every text that stands in `code` as it is, with its line. */
export function hardCoded(file, code) {
  const tree = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
  const found = []
  const say = (node, text) => {
    const plain = text.replace(/&\w+;/g, ' ').trim()
    if (SAME.test(plain)) return
    const { line } = tree.getLineAndCharacterOfPosition(node.getStart())
    found.push(`${file}:${line + 1}: “${plain.slice(0, 60)}” is not among the words`)
  }
  const walk = (node) => {
    if (ts.isJsxText(node)) say(node, node.text)
    else if (
      ts.isJsxAttribute(node) &&
      READ.has(node.name.getText()) &&
      node.initializer !== undefined &&
      ts.isStringLiteral(node.initializer)
    )
      say(node, node.initializer.text)
    else if (ts.isJsxExpression(node) && node.expression !== undefined && ts.isStringLiteral(node.expression))
      say(node, node.expression.text)
    ts.forEachChild(node, walk)
  }
  walk(tree)
  return found
}

/** Throws if it has not read anything. */
export function examineWords() {
  const files = screens('platform')
  if (files.length < 20) throw new Error('a check that reads no files proves nothing')
  return files.flatMap((file) => hardCoded(file, readFileSync(join(root, file), 'utf8')))
}
