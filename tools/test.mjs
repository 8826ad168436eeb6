// npm test: checks, unit and property tests, then the journeys in a real browser. Arguments go to the test runner.
import { ensureBrowser } from './browser.mjs'
import { ensureBuilt } from './built.mjs'
import { bin, ensureInstalled, run } from './installed.mjs'

ensureInstalled()
await ensureBuilt()
const chosen = process.argv.slice(2)
if (chosen.length === 0) run(process.execPath, ['tools/check.mjs'])
await ensureBrowser()
run(bin('vitest'), ['run', ...chosen])
