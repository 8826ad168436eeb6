/** What the layout and the roster of a place name: zones, people, keys, equipment, agencies. */
import { type Text, textsOf } from '../contracts/languages.ts'
import type { Raw } from '../packs/parse.ts'

type Named = Record<string, Text | null>

export interface Beside {
  /** By id; null: it has no title. */
  readonly zones: Named
  /** Zones by the name by which plans know them, such as `gate`. */
  readonly roles: Record<string, string>
  readonly skills: string[]
  readonly keys: string[]
  readonly equipment: Named
  readonly agencies: Named
  readonly doors: Named
  /** Where power comes from. */
  readonly sources: Named
}

interface Entry {
  readonly title?: string | Text
  readonly skills?: readonly string[]
  readonly keys?: readonly string[]
  readonly opens?: readonly string[]
}

type Section = 'zones' | 'doors' | 'posts' | 'agencies' | 'equipment' | 'key-sets' | 'sources'
type Sections = { readonly [section in Section]?: Readonly<Record<string, Entry>> }
interface Written extends Sections {
  readonly roles?: Readonly<Record<string, string>>
  readonly power?: Sections
}

export function besideOf(documents: readonly Raw[]): Beside {
  const written = documents as unknown as readonly Written[]
  // What is said of power stands in a section of its own.
  const parts: readonly Sections[] = written.flatMap(({ sources: _, ...part }) => [part, { sources: part.power?.sources ?? {} }])
  const entries = (section: Section) => parts.flatMap((part) => Object.entries(part[section] ?? {}))
  const named = (section: Section): Named =>
    Object.fromEntries(entries(section).map(([id, { title }]) => [id, title === undefined ? null : textsOf(title)]))
  const each = (field: 'skills' | 'keys' | 'opens', section: Section) => entries(section).flatMap(([, entry]) => entry[field] ?? [])
  return {
    zones: named('zones'),
    roles: Object.assign({}, ...written.map(({ roles }) => roles)),
    skills: [...new Set([...each('skills', 'posts'), ...each('skills', 'agencies')])],
    keys: [...new Set([...each('keys', 'posts'), ...each('opens', 'key-sets'), ...each('keys', 'agencies')])],
    equipment: named('equipment'),
    agencies: named('agencies'),
    doors: named('doors'),
    sources: named('sources'),
  }
}
