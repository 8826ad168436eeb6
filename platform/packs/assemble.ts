/** From a bundle as written, with options chosen, to a scene that can be compiled: the same in Node and in a browser. */
import type { Scene } from '@aman/kernel/world/scene'
import { type PartProblem, type StudyBundle, withOptions } from './bundle.ts'
import { examine } from './examine.ts'
import type { Documents, Kind } from './kinds/kinds.ts'
import { parseDocument, type Raw } from './parse.ts'
import { type StudyDocuments, sceneOf } from './scene.ts'

export interface Choices {
  /** Options switched on, in the order in which they are applied. */
  readonly options?: readonly string[]
  /** Second of the week at which the night begins; otherwise the study says. */
  readonly at?: number
}

export type Assembled = { readonly scene: Scene; readonly documents: StudyDocuments } | { readonly problems: readonly PartProblem[] }

export function assemble(bundle: StudyBundle, { options = [], at }: Choices = {}): Assembled {
  const changed = withOptions(bundle, options)
  if (changed.problems.length > 0) return { problems: changed.problems }
  const problems: PartProblem[] = []
  const parse = <K extends Kind>(kind: K, raw: Raw, part: string): Documents[K] => {
    const parsed = parseDocument(kind, raw)
    if ('document' in parsed) return parsed.document
    problems.push(...parsed.problems.map((p) => ({ ...p, part })))
    return undefined as never
  }
  const { study, facility, roster, plans, threats } = changed.bundle
  const documents: StudyDocuments = {
    study: parse('study', study, 'study'),
    facility: parse('facility', facility, 'facility'),
    roster: parse('roster', roster, 'roster'),
    plans: plans.map((raw) => parse('plan', raw, `plan/${(raw as { id?: string }).id}`)),
    threats: Object.fromEntries(Object.entries(threats).map(([id, raw]) => [id, parse('threat', raw, `threat/${id}`)])),
  }
  if (problems.length > 0) return { problems }
  const found = examine(documents, changed.bundle)
  return found.length > 0 ? { problems: found } : { scene: sceneOf(documents, at), documents }
}
