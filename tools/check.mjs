// npm run check: types, lint and format, import directions, dead code, words that stand in screens.
import { examineRepository } from './architecture.mjs'
import { ensureBuilt } from './built.mjs'
import { bin, ensureInstalled, run } from './installed.mjs'
import { examineWords } from './words.mjs'

ensureInstalled()
await ensureBuilt()
run(bin('tsc'), ['-b', 'platform', 'tools/tsconfig.json'])
run(bin('biome'), ['ci', '--error-on-warnings', '.'])
run(bin('knip'), ['--no-progress'])
const wrong = [...examineRepository(), ...examineWords()]
for (const line of wrong) console.error(line)
if (wrong.length > 0) process.exit(1)
