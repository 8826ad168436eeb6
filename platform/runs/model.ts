/** The model of a case. */
import { vary } from '@aman/kernel/experiment/variants'
import { compile } from '@aman/kernel/world/compile'
import type { Model } from '@aman/kernel/world/model'
import type { Scene } from '@aman/kernel/world/scene'
import { type Assembled, assemble } from '../packs/assemble.ts'
import type { PartProblem, StudyBundle } from '../packs/bundle.ts'
import type { StudyDocuments } from '../packs/scene.ts'
import type { Case } from './protocol.ts'

export interface Prepared {
  readonly scene: Scene
  readonly documents: StudyDocuments
  readonly model: Model
}

/** Checked documents of the last choices made of each bundle: variations of one case share them. */
const assembled = new WeakMap<StudyBundle, { readonly choices: string; readonly result: Assembled }>()

/** The scene and model of a case, or what is wrong with its documents. */
export function prepare({ bundle, options, at, variation }: Case): Prepared | { readonly problems: readonly PartProblem[] } {
  const choices = JSON.stringify([options, at])
  let known = assembled.get(bundle)
  if (known?.choices !== choices) {
    known = { choices, result: assemble(bundle, { options, ...(at === undefined ? {} : { at }) }) }
    assembled.set(bundle, known)
  }
  const { result } = known
  if ('problems' in result) return result
  const scene = variation === undefined ? result.scene : vary(result.scene, variation)
  return { scene, documents: result.documents, model: compile(scene) }
}

/** The measure that a question is about: its clock, or when the last task was done. */
export function clockMeasure(model: Model): number {
  const name = model.clock >= 0 ? model.marks.names[model.clock] : 'plan-complete'
  return model.measures.findIndex((m) => m.name === name)
}
