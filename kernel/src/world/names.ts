/** What can be asked about a scene: the names of its measures, marks, figures and of the parameters of its threats. */
import { compile } from './compile.ts'
import type { Scene } from './scene.ts'

export interface Names {
  readonly measures: readonly string[]
  readonly marks: readonly string[]
  readonly figures: readonly string[]
  /** By threat. */
  readonly parameters: Readonly<Record<string, readonly string[]>>
}

/** The names that `scene` gives. Criteria of success and the clock need not be right yet. */
export function namesOf(scene: Scene): Names {
  const { clock: _clock, ...rest } = scene
  const model = compile({ ...rest, success: [] })
  return {
    measures: model.measures.map((m) => m.name),
    marks: model.marks.names,
    figures: model.figures.names,
    parameters: Object.fromEntries(model.threats.map((t) => [t.id, t.parameters])),
  }
}
