/** aman packs */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, InputError, type Problem } from '../contracts/errors.ts'
import { dataFolder } from '../database/database.ts'
import { signingKey } from '../ledger/keys.ts'
import { CONTENT, Library } from '../packs/library.ts'
import { remarksAbout } from '../packs/remarks.ts'
import { LARGEST_PACK, openPack, publicKeyOf, readPack, writePack } from '../packs/signed.ts'
import { print, printJson } from './console.ts'
import { findStudy, libraryOf, prepareStudy } from './studies.ts'
import { table } from './words.ts'

/** Lists all documents of the shipped packs and of `folders`. */
export function listCommand({ pack, json }: { readonly pack: readonly string[]; readonly json: boolean }): number {
  const documents = libraryOf(pack)
    .all()
    .map(({ kind, id, version, title, file }) => ({ kind, id, version, title, path: file }))
  if (json) printJson({ documents })
  else for (const line of table(documents.map((d) => [d.kind, d.id, d.version, d.title.en]))) print(line)
  return 0
}

/** Checks every document of a folder, and every study in it with all that it refers to and each of its options. */
export function checkCommand(folder: string): number {
  const library = new Library().addFolder(resolve(folder))
  const own = library.all('study')
  const problems = []
  const remarks: Problem[] = []
  for (const study of own) {
    try {
      const found = findStudy(study.file, resolve(folder).startsWith(CONTENT) ? [] : [folder])
      const options = Object.keys((study.raw as { options?: object }).options ?? {})
      for (const option of options) prepareStudy(found, { options: [option] })
      const { prepared } = prepareStudy(found, { options: [] })
      remarks.push(...remarksAbout(prepared.documents).map((remark) => found.library.locate(found.entry, remark)))
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      problems.push(...error.problems)
    }
  }
  if (problems.length > 0) throw new InputError(problems)
  // Two studies that use one document have one thing to say of it.
  const said = [...new Set(remarks.map(describe))]
  for (const remark of said) print(`${remark}\n`)
  const all = `${library.all().length} documents, ${own.length} studies`
  print(
    said.length === 0
      ? `${all}: nothing wrong.`
      : `${all}: nothing wrong; ${said.length} to look at again, above. They can be played as they are.`,
  )
  return 0
}

/** Writes a folder of documents as one file, signed with the key of this installation. */
export async function signCommand(folder: string, file: string): Promise<number> {
  const entries = new Library().addFolder(resolve(folder)).all()
  const described = entries.filter(({ kind }) => kind === 'pack')
  if (described.length !== 1)
    throw new InputError([
      { code: 'pack-missing', file: folder, path: [], expected: 'one document of kind: pack', found: `${described.length}` },
    ])
  mustNotExist(file)
  const parts = [...described, ...entries.filter(({ kind }) => kind !== 'pack')].map(({ kind, id, file: from }) => ({
    name: kind === 'pack' ? 'pack' : `${kind}/${id}`,
    text: readFileSync(from, 'utf8'),
  }))
  const key = signingKey(dataFolder(), 'publisher')
  writeFileSync(file, writePack(parts, key), { flag: 'wx' })
  print(`${file}: ${parts.length - 1} documents, signed.`)
  print(`Fingerprint, to read out to whoever gets it: ${grouped(publicKeyOf(key).fingerprint)}`)
  return 0
}

/** Shows what is in a signed pack and, if `folder` is given, writes its documents there. */
export async function openCommand(file: string, folder: string | undefined): Promise<number> {
  const { size } = existsSync(file) ? statSync(file) : { size: -1 }
  if (size < 0 || size > LARGEST_PACK)
    throw new InputError([
      {
        code: size < 0 ? 'file-unreadable' : 'file-too-large',
        file,
        path: [],
        expected: 'a pack',
        found: size < 0 ? 'no such file' : `${size} bytes`,
      },
    ])
  const { parts, signedBy } = openPack(readFileSync(file, 'utf8'))
  const { pack, documents } = await readPack(parts)
  const { id, version, licence, publisher } = pack.raw as Record<string, string>
  print(`${id} ${version}, ${licence}${publisher === undefined ? '' : `, ${publisher}`}`)
  print(signedBy === undefined ? 'Nobody has signed it.' : `Signed with the key ${grouped(signedBy.fingerprint)}`)
  for (const { name } of documents) print(`  ${name}`)
  if (folder === undefined) return 0
  for (const { name } of parts) mustNotExist(join(folder, `${name}.yaml`))
  for (const { name, text } of parts) {
    const path = join(folder, `${name}.yaml`)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text, { flag: 'wx' })
  }
  print(`${documents.length} documents have been written to ${folder}.`)
  return 0
}

const grouped = (fingerprint: string) => fingerprint.match(/.{4}/g)!.join(' ')

function mustNotExist(file: string): void {
  if (existsSync(file)) throw new InputError([{ code: 'file-exists', path: [], found: file }])
}
