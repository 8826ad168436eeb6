/** A drill: an incident with a place and nothing else. For timing a plan by itself. */

import { setMark } from '../tasks/ready.ts'
import type { Arena } from '../world/arena.ts'
import type { Compiler } from '../world/compiler.ts'
import type { Night } from '../world/night.ts'
import type { ThreatUse } from '../world/scene.ts'
import type { ThreatCommon } from './common.ts'

export interface Drill {
  readonly kind: 'drill'
}

export interface CompiledDrill extends ThreatCommon {
  readonly kind: 'drill'
}

export type DrillState = Record<string, never>

export function compile(_use: ThreatUse, _compiler: Compiler, common: ThreatCommon): CompiledDrill {
  return { ...common, kind: 'drill', parameters: [], values: new Float64Array(0) }
}

export function allocate(_compiled: CompiledDrill, _arena: Arena): DrillState {
  return {}
}

/** A drill is announced: everybody knows at once. */
export function start(n: Night, threat: number): void {
  setMark(n, n.model.threats[threat].detected)
}

export function step(): void {}
export function settle(): void {}
export function act(): void {}
export function workChanged(): void {}
export function close(): void {}
