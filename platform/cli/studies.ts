/** Finds the study that somebody names, with the packs it needs. */
import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { InputError, type Problem } from '../contracts/errors.ts'
import { type PartProblem, type StudyBundle, withThreat } from '../packs/bundle.ts'
import { CONTENT, type Entry, Library } from '../packs/library.ts'
import { readDocument } from '../packs/read.ts'
import { type Prepared, prepare } from '../runs/model.ts'
import type { Case } from '../runs/protocol.ts'

/** The shipped packs and those of `folders`. */
export function libraryOf(folders: readonly string[]): Library {
  const library = new Library().addFolder(CONTENT)
  for (const folder of folders) library.addFolder(resolve(folder))
  return library
}

export interface FoundStudy {
  readonly entry: Entry
  readonly library: Library
  readonly bundle: StudyBundle
}

/** The study `name`: an id in the packs, or a YAML file, whose folder then counts as a pack too. */
export function findStudy(name: string, folders: readonly string[]): FoundStudy {
  const isFile = /\.ya?ml$/.test(name) || existsSync(name)
  if (!isFile) {
    const library = libraryOf(folders)
    const entry = library.find('study', name) ?? studyOfCase(library, name)
    if (entry === undefined)
      return refuse({
        code: 'study-unknown',
        path: [],
        expected: library
          .all('study')
          .map((e) => e.id)
          .join(', '),
        found: name,
      })
    return { entry, library, bundle: library.bundle(entry) }
  }
  const file = resolve(name)
  const document = readDocument(file)
  const library = libraryOf(folders)
  const known = library.all('study').find((e) => e.file === file)
  if (known !== undefined) return { entry: known, library, bundle: library.bundle(known) }
  if (document.kind !== 'study')
    return refuse(document.locate({ code: 'value-unknown', path: ['kind'], expected: 'kind: study', found: document.kind }))
  library.addFolder(dirname(file))
  const entry = library.all('study').find((e) => e.file === file) ?? library.add(document)
  return { entry, library, bundle: library.bundle(entry) }
}

/** The same study with only one of its threats. */
export function narrowed(found: FoundStudy, threat: string | undefined): FoundStudy {
  if (threat === undefined) return found
  const bundle = withThreat(found.bundle, threat)
  return 'code' in bundle ? refuse(found.library.locate(found.entry, bundle)) : { ...found, bundle }
}

/** A case stands for the study that replays it. */
function studyOfCase(library: Library, name: string): Entry | undefined {
  const incident = library.find('case', name)
  return incident === undefined ? undefined : library.find('study', String((incident.raw as { study?: unknown }).study))
}

/** The model of a study with these choices. Throws {@link InputError} with file and line of everything that is wrong. */
export function prepareStudy(found: FoundStudy, choices: Omit<Case, 'bundle'>): { readonly prepared: Prepared; readonly case: Case } {
  const what: Case = { ...choices, bundle: found.bundle }
  const prepared = prepare(what)
  if ('problems' in prepared) throw new InputError(prepared.problems.map((p: PartProblem) => found.library.locate(found.entry, p)))
  return { prepared, case: what }
}

function refuse(problem: Problem): never {
  throw new InputError([problem])
}
