// npm start: installs, builds, serves.
import { ensureBuilt } from './built.mjs'
import { ensureInstalled } from './installed.mjs'

ensureInstalled()
await ensureBuilt()
const { main } = await import('../platform/dist/cli/main.js')
await main(['serve', ...process.argv.slice(2)])
