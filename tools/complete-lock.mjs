// After a change of dependencies: node tools/complete-lock.mjs
//
// npm leaves optional packages for other machines out of package-lock.json when the registry at hand does not serve them,
// and then `npm ci` refuses the file. This adds them by name and version, with the machines they are for, so that they
// are passed over here and fetched where they are needed.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './installed.mjs'

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64']

const file = join(root, 'package-lock.json')
const lock = JSON.parse(readFileSync(file, 'utf8'))
let added = 0
for (const [path, entry] of Object.entries({ ...lock.packages })) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const inside = `${path}/node_modules/${name}`
    const beside = `node_modules/${name}`
    if (lock.packages[inside] !== undefined || lock.packages[beside] !== undefined) continue
    const parts = name.split(/[^a-z0-9]+/)
    const os = SYSTEMS.filter((system) => parts.includes(system))
    const cpu = PROCESSORS.filter((processor) => parts.includes(processor))
    if (parts.includes('wasm32')) cpu.push('wasm32')
    if (os.length + cpu.length === 0) continue
    lock.packages[beside] = {
      version: version.replace(/^[\^~]/, ''),
      ...(cpu.length > 0 ? { cpu } : {}),
      ...(entry.dev ? { dev: true } : {}),
      optional: true,
      ...(os.length > 0 ? { os } : {}),
    }
    added++
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${added} added`)
