// npm run build
import { ensureBuilt } from './built.mjs'
import { ensureInstalled } from './installed.mjs'

ensureInstalled()
await ensureBuilt()
