/** The documents of one or more packs, found by kind and id. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InputError, type Problem } from '../contracts/errors.ts'
import { type Text, textsOf } from '../contracts/languages.ts'
import type { PartProblem, StudyBundle } from './bundle.ts'
import type { Kind } from './kinds/kinds.ts'
import type { Raw } from './parse.ts'
import { readDocument } from './read.ts'
import type { ReadDocument } from './text.ts'

/** Where the packs that ship lie: seen from the sources as from what is built of them. */
export const CONTENT = ['../../content', '../../../content'].map((path) => fileURLToPath(new URL(path, import.meta.url))).find(existsSync)!

export interface Entry extends ReadDocument {
  readonly id: string
  readonly version: string
  readonly title: Text
}

type Mapping = { readonly [key: string]: Raw }

export class Library {
  readonly #entries = new Map<string, Entry>()

  /** Reads all YAML files of a folder and the folders in it. Throws {@link InputError} with everything that is wrong. */
  addFolder(folder: string): this {
    const problems: Problem[] = []
    for (const file of yamlFiles(folder)) {
      try {
        this.add(readDocument(file))
      } catch (error) {
        if (!(error instanceof InputError)) throw error
        problems.push(...error.problems)
      }
    }
    if (problems.length > 0) throw new InputError(problems)
    return this
  }

  add(document: ReadDocument): Entry {
    const { id, version, title } = document.raw as unknown as { id: string; version: string; title: string | Text }
    const entry: Entry = { ...document, id, version, title: textsOf(title) }
    const other = this.find(document.kind, id)
    // What somebody has made of a document that ships stands in its place.
    const replaces = other?.file.startsWith(CONTENT) === true && !document.file.startsWith(CONTENT)
    if (other !== undefined && document.kind !== 'pack' && !replaces) {
      throw new InputError([
        document.locate({ code: 'id-duplicate', path: ['id'], expected: 'an id of its own', found: `${id}, as in ${other.file}` }),
      ])
    }
    this.#entries.set(`${document.kind}/${id}`, entry)
    return entry
  }

  /** The same with `entry` instead of what is of its kind and id. */
  with(entry: Entry): Library {
    const other = new Library()
    for (const [key, own] of this.#entries) other.#entries.set(key, own)
    other.#entries.set(`${entry.kind}/${entry.id}`, entry)
    return other
  }

  find(kind: Kind, id: string): Entry | undefined {
    return this.#entries.get(`${kind}/${id}`)
  }

  /** All documents, by kind and id. */
  all(kind?: Kind): Entry[] {
    return [...this.#entries.values()]
      .filter((entry) => kind === undefined || entry.kind === kind)
      .sort((a, b) => (a.kind + a.id < b.kind + b.id ? -1 : 1))
  }

  /** A study with all that it refers to. Throws {@link InputError} if something is missing. */
  bundle(study: ReadDocument): StudyBundle {
    const problems: Problem[] = []
    const raw = study.raw as Mapping
    const get = (kind: Kind, id: Raw | undefined, path: (string | number)[]): Raw => {
      const entry = this.find(kind, String(id))
      if (entry !== undefined) return entry.raw
      const ids = this.all(kind).map((e) => e.id)
      problems.push(
        study.locate({ code: 'id-unknown', path, expected: `a ${kind}: ${ids.join(', ') || 'there is none'}`, found: String(id) }),
      )
      return null
    }
    const uses = Object.entries((raw.threats ?? {}) as Record<string, Mapping>)
    const bundle: StudyBundle = {
      study: study.raw,
      facility: get('facility', raw.facility, ['facility']),
      roster: get('roster', raw.roster, ['roster']),
      plans: ((raw.plans ?? []) as readonly Raw[]).map((id, i) => get('plan', id, ['plans', i])),
      threats: Object.fromEntries(uses.map(([name, use]) => [String(use.threat), get('threat', use.threat, ['threats', name, 'threat'])])),
    }
    if (problems.length > 0) throw new InputError(problems)
    return bundle
  }

  /** A problem of a part of a bundle, with the file and line of the document that the part came from. */
  locate(study: ReadDocument, { part, ...problem }: PartProblem): Problem {
    const raw = study.raw as Mapping
    const [kind, id] = part.includes('/') ? (part.split('/') as [Kind, string]) : [part as Kind, String(raw[part])]
    const document = part === 'study' ? study : this.find(kind, id)
    return document === undefined ? problem : document.locate(problem)
  }
}

function yamlFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        const path = join(folder, entry.name)
        if (entry.isDirectory() || (entry.isSymbolicLink() && statSync(path).isDirectory()))
          return entry.name.startsWith('.') ? [] : yamlFiles(path)
        return /\.ya?ml$/.test(entry.name) ? [path] : []
      })
  } catch (error) {
    throw new InputError([{ code: 'file-unreadable', file: folder, path: [], found: (error as Error).message }])
  }
}
