// Writes the parts of the documentation that follow from the code: docs/schema/*.json and docs/errors.md.
// A test proves that they are up to date.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt } from './built.mjs'
import { ensureInstalled, root } from './installed.mjs'

/** Everything that follows from the code, by its path from the root. */
export async function generated() {
  const { z } = await import('zod')
  const { SHAPES } = await import('../platform/dist/packs/kinds/kinds.js')
  const { ERRORS } = await import('../platform/dist/contracts/errors.js')
  const files = new Map()
  for (const [kind, shape] of Object.entries(SHAPES)) {
    const schema = z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' })
    files.set(`docs/schema/${kind}.json`, `${JSON.stringify({ title: `Aman: ${kind}`, ...schema }, null, 2)}\n`)
  }
  const entries = Object.entries(ERRORS).map(([code, { says, advice }]) => `## ${code}\n\n${says}\n\n*To do:* ${advice}\n`)
  const head =
    '# Errors\n\nEverything that Aman can refuse, by its code. A message says where (file, line, path), what was expected, what was found and what to do;\nthe exit code is then 2. Written by `node tools/generate.mjs` from `platform/contracts/errors.ts`.\n'
  files.set('docs/errors.md', [head, ...entries].join('\n'))
  return files
}

if (process.argv[1]?.endsWith('generate.mjs')) {
  ensureInstalled()
  await ensureBuilt()
  mkdirSync(join(root, 'docs', 'schema'), { recursive: true })
  for (const [path, text] of await generated()) writeFileSync(join(root, path), text)
}
