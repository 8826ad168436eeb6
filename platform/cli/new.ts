/** aman new */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { InputError } from '../contracts/errors.ts'
import { InputArgument } from './arguments.ts'
import { print } from './console.ts'

/** Kinds of which there is a file to start from. Together they make a small establishment that works. */
export const TEMPLATES = ['facility', 'roster', 'plan', 'threat', 'study', 'pack'] as const

/** Writes a file of `kind` to start from into the folder in which the command was given. */
export function newCommand(kind: (typeof TEMPLATES)[number], id: string): number {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(id)) throw new InputArgument('id', 'small Latin letters, digits and hyphens', id)
  const file = `${id}.yaml`
  if (existsSync(file)) throw new InputError([{ code: 'file-exists', path: [], found: file }])
  const template = readFileSync(fileURLToPath(new URL(`../../templates/${kind}.yaml`, import.meta.url)), 'utf8')
  const today = new Date().toISOString().slice(0, 10)
  writeFileSync(file, template.replaceAll('THE-ID', id).replaceAll('THE-DATE', today), { flag: 'wx' })
  print(`${file} has been written. Read its comments, change what is different, then: npx aman packs check .`)
  return 0
}
