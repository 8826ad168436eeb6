// Who may import whom, as one table and one loop; and what the kernel may never use. Explained in docs/architecture.md.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { root } from './installed.mjs'

/** Each part of the code, in order of first match: its name, its files, what it may import. */
const PARTS = [
  ['test', /(\.test\.tsx?$|\/testing(\.setup)?\.ts$|^kernel\/test\/|^platform\/journeys\/|\.config\.ts$)/, ['*']],
  ['kernel', /^kernel\/src\//, ['kernel']],
  ['bench', /^bench\//, ['*']],
  ['contracts', /^platform\/contracts\//, ['contracts', 'pkg:zod']],
  ['packs', /^platform\/packs\/(?!read|library|start|signed)/, ['kernel', 'contracts', 'packs', 'pkg:yaml', 'pkg:zod']],
  ['shelves', /^platform\/packs\//, ['kernel', 'contracts', 'packs', 'shelves', 'node', 'pkg:yaml', 'pkg:zod']],
  ['threads', /^platform\/runs\/(node|worker\.node|vite\.config)\.ts$/, ['kernel', 'contracts', 'packs', 'runs', 'threads', 'node']],
  ['runs', /^platform\/runs\//, ['kernel', 'contracts', 'packs', 'runs']],
  ['aside', /^platform\/aside\//, ['contracts', 'aside', 'node']],
  ['database', /^platform\/database\//, ['contracts', 'database', 'node', 'pkg:pg']],
  ['ledger', /^platform\/ledger\//, ['contracts', 'database', 'ledger', 'node', 'pkg:pg']],
  [
    'shapes',
    /^platform\/((access|documents|exchange|campaigns|mail)\/schema|access\/guesses)\.ts$/,
    ['contracts', 'packs', 'shapes', 'pkg:zod', 'pkg:@zxcvbn-ts'],
  ],
  ['changes', /^platform\/documents\/(changes|authoring\/\w+)\.ts$/, ['contracts', 'packs', 'changes', 'pkg:yaml']],
  ['words', /^platform\/words\//, ['contracts', 'words']],
  [
    'screens',
    /^platform\/(web|\w+\/screens)\//,
    [
      'screens',
      'words',
      'kernel',
      'contracts',
      'packs',
      'runs',
      'plans',
      'shapes',
      'changes',
      'style',
      'pkg:react',
      'pkg:@tanstack/react-query',
      'pkg:@codemirror',
      'pkg:codemirror',
      'pkg:uqr',
      'pkg:unpdf',
      'pkg:idb-keyval',
      'pkg:@simplewebauthn/browser',
      'pkg:read-excel-file',
      'pkg:fflate',
      'pkg:@lezer/highlight',
      'pkg:yaml',
      'pkg:@fontsource-variable',
    ],
  ],
  [
    'access',
    /^platform\/access\//,
    [
      'contracts',
      'database',
      'ledger',
      'access',
      'shapes',
      'node',
      'pkg:pg',
      'pkg:zod',
      'pkg:fastify',
      'pkg:@node-rs/argon2',
      'pkg:@zxcvbn-ts',
      'pkg:otpauth',
      'pkg:@simplewebauthn/server',
      'pkg:openid-client',
    ],
  ],
  [
    'documents',
    /^platform\/documents\//,
    [
      'contracts',
      'packs',
      'shelves',
      'aside',
      'database',
      'ledger',
      'access',
      'shapes',
      'changes',
      'documents',
      'node',
      'pkg:pg',
      'pkg:zod',
    ],
  ],
  [
    'exchange',
    /^platform\/exchange\//,
    [
      'contracts',
      'packs',
      'shelves',
      'database',
      'ledger',
      'access',
      'documents',
      'changes',
      'shapes',
      'exchange',
      'node',
      'pkg:pg',
      'pkg:yaml',
      'pkg:zod',
    ],
  ],
  [
    'campaigns',
    /^platform\/campaigns\//,
    [
      'contracts',
      'packs',
      'shelves',
      'runs',
      'threads',
      'plans',
      'database',
      'access',
      'documents',
      'shapes',
      'campaigns',
      'node',
      'pkg:pg',
      'pkg:zod',
    ],
  ],
  ['mail', /^platform\/mail\//, ['contracts', 'database', 'access', 'shapes', 'mail', 'node', 'pkg:pg', 'pkg:zod', 'pkg:nodemailer']],
  [
    'reports',
    /^platform\/reports\//,
    [
      'contracts',
      'kernel',
      'words',
      'packs',
      'runs',
      'threads',
      'aside',
      'plans',
      'database',
      'access',
      'documents',
      'campaigns',
      'shapes',
      'reports',
      'node',
      'pkg:zod',
      'pkg:fastify',
      'pkg:docx',
      'pkg:fflate',
      'pkg:write-excel-file',
    ],
  ],
  ['retention', /^platform\/retention\//, ['ledger', 'contracts', 'database', 'retention', 'pkg:pg']],
  ['verify', /^platform\/verify\//, ['kernel', 'contracts', 'packs', 'runs', 'plans', 'verify']],
  ['plans', /^platform\/plans\//, ['kernel', 'contracts', 'packs', 'runs', 'plans', 'words', 'pkg:zod']],
  [
    'server',
    /^platform\/server\//,
    [
      'contracts',
      'database',
      'ledger',
      'access',
      'documents',
      'exchange',
      'campaigns',
      'mail',
      'reports',
      'server',
      'node',
      'pkg:fastify',
      'pkg:@fastify',
      'pkg:pg',
      'pkg:prom-client',
      'pkg:zod',
    ],
  ],
  [
    'cli',
    /^platform\/cli\//,
    [
      'kernel',
      'contracts',
      'packs',
      'shelves',
      'runs',
      'threads',
      'plans',
      'verify',
      'database',
      'ledger',
      'mail',
      'reports',
      'retention',
      'words',
      'access',
      'server',
      'cli',
      'node',
      'pkg:commander',
      'pkg:yaml',
      'pkg:zod',
    ],
  ],
]

/** What only plus, minus, times, divided and the square root agree about between engines, and what is not an argument. */
const IMPURE =
  /\bMath\.(log|log2|log10|log1p|exp|expm1|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|cbrt|hypot|random)\b|\bDate\b|\b(performance|process|crypto)\.|\*\*[^*/]/

const IMPORT = /^(?:import|export)\s[\w\s{},*]*?\bfrom\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm
const COMMENT = /\/\*[\s\S]*?\*\/|(^|[^:])\/\/.*$/gm

const partOf = (file) => PARTS.find(([, match]) => match.test(file))?.[0]

function targetOf(file, specifier) {
  if (/\.css(\?\w+)?$/.test(specifier)) return 'style'
  if (specifier.startsWith('.')) return partOf(normalize(join(dirname(file), specifier.replace(/\?\w+$/, ''))))
  if (specifier.startsWith('node:')) return 'node'
  if (specifier.startsWith('@aman/kernel/')) return 'kernel'
  return `pkg:${specifier}`
}

/** What is wrong with the imports of `file` (a path from the root) whose text is `source`. */
export function violations(file, source) {
  const [from, , allowed] = PARTS.find(([, match]) => match.test(file)) ?? []
  if (from === undefined) return [`${file}: belongs to no part`]
  const code = source.replace(COMMENT, '$1')
  const found = []
  if (from === 'kernel') {
    const impure = IMPURE.exec(code)
    if (impure !== null) found.push(`${file}: the kernel may not use ${impure[0]}`)
  }
  if (allowed.includes('*')) return found
  for (const [, from_, bare, dynamic] of code.matchAll(IMPORT)) {
    const specifier = from_ ?? bare ?? dynamic
    const to = targetOf(file, specifier)
    const may = allowed.some((part) => part === to || (part.startsWith('pkg:') && to?.startsWith(part)))
    if (!may) found.push(`${file}: ${from} may not import ${to ?? 'what belongs to no part'} (${specifier})`)
  }
  return found
}

function sources(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === 'dist' ? [] : sources(path)
    return /\.tsx?$/.test(entry.name) ? [path] : []
  })
}

/** Everything that is wrong in the repository. Throws if it has not read anything. */
export function examineRepository() {
  const files = ['kernel', 'platform', 'bench'].flatMap(sources)
  if (files.length < 50) throw new Error('a check that reads no files proves nothing')
  return files.flatMap((file) => violations(file, readFileSync(join(root, file), 'utf8')))
}
