/** The kinds of trouble, and the few things that the rest of the kernel asks of each. One file a threat. */
import type { Arena } from '../world/arena.ts'
import type { Compiler } from '../world/compiler.ts'
import type { Night } from '../world/night.ts'
import type { ThreatUse } from '../world/scene.ts'
import type { ThreatCommon } from './common.ts'
import type { CompiledDisorder, Disorder, DisorderState } from './disorder/shape.ts'
import * as disorder from './disorder.ts'
import * as drill from './drill.ts'
import * as escaping from './escape.ts'
import type { CompiledFire, Fire, FireState } from './fire/shape.ts'
import * as fire from './fire.ts'
import * as hostage from './hostage.ts'
import * as outage from './outage.ts'
import type { CompiledOutbreak, Outbreak, OutbreakState } from './outbreak/shape.ts'
import * as outbreak from './outbreak.ts'

export type Threat = drill.Drill | escaping.Escape | Disorder | hostage.Hostage | Fire | Outbreak | outage.Outage

export type CompiledThreat =
  | drill.CompiledDrill
  | escaping.CompiledEscape
  | CompiledDisorder
  | hostage.CompiledHostage
  | CompiledFire
  | CompiledOutbreak
  | outage.CompiledOutage
export type ThreatState =
  | drill.DrillState
  | escaping.EscapeState
  | DisorderState
  | hostage.HostageState
  | FireState
  | OutbreakState
  | outage.OutageState

/** What a threat must be able to do. */
interface Module {
  compile(use: ThreatUse, compiler: Compiler, common: ThreatCommon): CompiledThreat
  allocate(compiled: CompiledThreat, arena: Arena): ThreatState
  /** Begins in zone `n.threatZone[threat]`. */
  start(n: Night, threat: number): void
  /** One of its slots has come up (`part` tells which); it may go on by itself until `limit` or until
   * something else on the agenda is due. */
  step(n: Night, threat: number, part: number, limit: number): void
  /** Something it may depend on has changed: doors, people, officers, light. */
  settle(n: Night, threat: number): void
  /** A task of its plan acts on it. */
  act(n: Night, threat: number, effect: number): void
  /** Officers have begun or ended work on it. */
  workChanged(n: Night, threat: number): void
  /** The night is over: adds up what is still open. */
  close(n: Night, threat: number): void
}

const MODULES = { drill, escape: escaping, disorder, hostage, fire, outbreak, outage } as unknown as Record<Threat['kind'], Module>

export function compileThreat(use: ThreatUse, compiler: Compiler, common: ThreatCommon): CompiledThreat {
  return MODULES[use.threat.kind].compile(use, compiler, common)
}

export function allocateThreat(compiled: CompiledThreat, arena: Arena): ThreatState {
  return MODULES[compiled.kind].allocate(compiled, arena)
}

export function stepThreat(n: Night, threat: number, part: number, limit: number): void {
  MODULES[n.model.threats[threat].kind].step(n, threat, part, limit)
}

export function startThreat(n: Night, threat: number): void {
  MODULES[n.model.threats[threat].kind].start(n, threat)
}

export function settleThreat(n: Night, threat: number): void {
  MODULES[n.model.threats[threat].kind].settle(n, threat)
}

export function actOn(n: Night, threat: number, effect: number): void {
  if (n.markAt[n.model.threats[threat].onset] === Infinity) return
  MODULES[n.model.threats[threat].kind].act(n, threat, effect)
}

export function workChanged(n: Night, threat: number): void {
  if (n.markAt[n.model.threats[threat].onset] === Infinity) return
  MODULES[n.model.threats[threat].kind].workChanged(n, threat)
}

export function closeThreat(n: Night, threat: number): void {
  MODULES[n.model.threats[threat].kind].close(n, threat)
}
