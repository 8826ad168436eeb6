/** What a check of the engine against something known says, and how it is worked out. */
import { stress } from '../experiment/stress.ts'
import type { Summary } from '../experiment/summary.ts'
import { compile } from '../world/compile.ts'
import type { Scene } from '../world/scene.ts'

/** How far the expected figure itself can be trusted: `published` and read in the source; `recomputed` from published
 * inputs; `recalled`: general professional knowledge, not looked up in the source; `press`: press reports of an inquiry;
 * `identity`: mathematics; `definition`: of a reference model. */
export type Confidence = 'published' | 'recomputed' | 'recalled' | 'press' | 'identity' | 'definition'

export interface Obtained {
  readonly obtained: number
  /** Nights simulated; 0 for a closed form. */
  readonly replications: number
}

export interface Check {
  readonly id: string
  readonly title: string
  readonly source: string
  readonly confidence: Confidence
  readonly quantity: string
  readonly expected: number
  /** Obtained may differ from expected by this much. */
  readonly tolerance: number
  readonly work: () => Obtained
}

const SEED = 2024

/** Plays `nights` nights of a scene, once, whoever asks how often. */
export function nightsOf(scene: () => Scene, nights: number): () => Summary {
  let summary: Summary | undefined
  return () => {
    summary ??= stress(compile(scene()), SEED, nights)
    return summary
  }
}

/** Values of a measure, night by night. */
export function columnOf(summary: Summary, measure: string): Float64Array {
  const index = summary.model.measures.findIndex((m) => m.name === measure)
  if (index < 0) throw new Error(`no measure '${measure}'; there are ${summary.model.measures.map((m) => m.name).join(', ')}`)
  return summary.column(index)
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return sum / values.length
}

/** Share of `values` for which `holds`. */
export function shareOf(values: Float64Array, holds: (value: number) => boolean): number {
  return values.filter(holds).length / values.length
}

/** Half of an interval that a share `p` of `n` nights leaves once in ten thousand times. */
export function wide(p: number, n: number): number {
  return 3.9 * Math.sqrt((p * (1 - p)) / n)
}
