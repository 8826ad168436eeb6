#!/usr/bin/env node
// The command line. Builds first if the sources have changed since the last time.
import { ensureBuilt } from '../../tools/built.mjs'
import { ensureInstalled } from '../../tools/installed.mjs'

ensureInstalled()
await ensureBuilt()
const { main } = await import('../dist/cli/main.js')
await main(process.argv.slice(2))
