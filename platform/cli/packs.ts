/** aman packs */
import { resolve } from 'node:path'
import { InputError } from '../contracts/errors.ts'
import { CONTENT, Library } from '../packs/library.ts'
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
  for (const study of own) {
    try {
      const found = findStudy(study.file, resolve(folder).startsWith(CONTENT) ? [] : [folder])
      const options = Object.keys((study.raw as { options?: object }).options ?? {})
      for (const option of [undefined, ...options]) prepareStudy(found, { options: option === undefined ? [] : [option] })
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      problems.push(...error.problems)
    }
  }
  if (problems.length > 0) throw new InputError(problems)
  print(`${library.all().length} documents, ${own.length} studies: nothing wrong.`)
  return 0
}
