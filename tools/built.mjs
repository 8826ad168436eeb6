// Builds what has changed: types and Node code (tsc), the simulation worker for Node and the web application (vite).
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bin, root, run } from './installed.mjs'

const stamp = join(root, 'platform', 'dist', '.built')
const SOURCES = [
  'kernel/src',
  'platform',
  'content',
  'database',
  'package-lock.json',
  'tsconfig.base.json',
  'tools/built.mjs',
  'tools/publish.mjs',
]
const LEFT_OUT = new Set(['dist', 'node_modules'])

/** Names, sizes and times of all sources, as one hash: quick enough to ask at every start. */
function fingerprint() {
  const hash = createHash('sha256')
  const add = (path) => {
    const stat = statSync(join(root, path))
    if (!stat.isDirectory()) {
      hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`)
      return
    }
    for (const entry of readdirSync(join(root, path)).sort()) if (!LEFT_OUT.has(entry)) add(join(path, entry))
  }
  for (const source of SOURCES) add(source)
  return hash.digest('hex')
}

export async function ensureBuilt() {
  const now = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return
  console.error('Building…')
  // Whatever tools say goes to standard error: standard output belongs to results.
  const aside = { stdio: ['ignore', 2, 2] }
  run(bin('tsc'), ['-b', 'platform'], aside)
  const quiet = ['--logLevel', 'warn']
  run(bin('vite'), ['build', '--config', 'platform/runs/vite.config.ts', ...quiet], aside)
  run(bin('vite'), ['build', '--config', 'platform/web/vite.config.ts', ...quiet], aside)
  const { publish } = await import('./publish.mjs')
  await publish()
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, fingerprint())
}
