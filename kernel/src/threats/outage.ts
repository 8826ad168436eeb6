/** Outage: mains fail, or single circuits; batteries and generators stand in; what hangs on them goes dark or dead. */
import { cancel, reschedule, THREAT_MOVES } from '../clock/agenda.ts'
import { breakCircuit, failSource, mendCircuits, refreshLights, restoreSource, untilLightChanges } from '../place/power.ts'
import { type Distribution, quantile } from '../random/distribution.ts'
import { setFigure, setMark } from '../tasks/ready.ts'
import type { Arena } from '../world/arena.ts'
import type { Compiler } from '../world/compiler.ts'
import { NOW } from '../world/layout.ts'
import type { Night } from '../world/night.ts'
import type { ThreatUse } from '../world/scene.ts'
import { addTo, noticeAfter, type ThreatCommon } from './common.ts'

export interface Outage {
  readonly kind: 'outage'
  /** Sources that fail, and circuits that fail whatever feeds them. */
  readonly sources: readonly string[]
  readonly circuits: readonly string[]
  /** Until the supply is back without anybody's doing, s. */
  readonly lasts: Distribution
  /** Until the control room knows, s. */
  readonly noticed: Distribution
  /** Darkness anywhere for this long sets the mark `long-dark`, s. */
  readonly patience: number
}

export interface CompiledOutage extends ThreatCommon {
  readonly kind: 'outage'
  readonly source: Outage
  readonly sources: Int32Array
  readonly circuits: Int32Array
  readonly lasts: number
  readonly lastsKey: number
  readonly noticed: number
  readonly longDark: number
  readonly patienceSlot: number
  readonly figures: {
    readonly darkZones: number
    readonly darkSeconds: number
    readonly darkPersonHours: number
    readonly dead: readonly { readonly serves: string; readonly figure: number }[]
  }
}

export interface OutageState {
  readonly x: Float64Array
  /** Which services have been dead since the last look. */
  readonly dead: Uint8Array
}

/** When the supply comes back by itself; until when everything has been added up; people in the dark since then. */
const BACK = 0
const SINCE = 1
const PEOPLE = 2

/** Part of its clockwork that has a slot of its own. */
const PATIENCE = 1

/** What is counted in hours while any circuit that serves it is dead. */
const SERVICES = ['cameras', 'locks', 'radio', 'kitchen', 'heating'] as const

export function compile(use: ThreatUse, compiler: Compiler, common: ThreatCommon): CompiledOutage {
  const source = use.threat as Outage
  const serves = new Set(compiler.scene.facility.circuits.map((c) => c.serves))
  return {
    ...common,
    kind: 'outage',
    sources: Int32Array.from(source.sources, (id) => compiler.sourceNames.of(id)),
    circuits: Int32Array.from(source.circuits, (id) => compiler.circuitNames.of(id)),
    lasts: compiler.sampler(source.lasts),
    lastsKey: compiler.key(`${use.id}/lasts`),
    noticed: compiler.sampler(source.noticed),
    source,
    longDark: compiler.mark(common, 'long-dark'),
    patienceSlot: compiler.partSlot(common, PATIENCE),
    figures: {
      darkZones: compiler.live(common, 'dark-zones', 'zones'),
      darkSeconds: compiler.figure(common, 'dark', 's'),
      darkPersonHours: compiler.figure(common, 'dark-person-hours', 'person-hours'),
      dead: SERVICES.filter((s) => serves.has(s)).map((s) => ({ serves: s, figure: compiler.figure(common, `${s}-out`, 'hours') })),
    },
  }
}

export function allocate(c: CompiledOutage, arena: Arena): OutageState {
  return { x: arena.doubles(3), dead: arena.octets(c.figures.dead.length) }
}

export function start(n: Night, threat: number): void {
  const c = n.model.threats[threat] as CompiledOutage
  const s = n.threats[threat] as OutageState
  const now = n.f[NOW]
  s.x[SINCE] = now
  s.x[BACK] = now + quantile(n.model.samplers, c.lasts, n.draw(c.lastsKey, 0))
  for (const source of c.sources) failSource(n, source)
  for (const circuit of c.circuits) breakCircuit(n, circuit)
  noticeAfter(n, c, quantile(n.model.samplers, c.noticed, n.draw(c.lastsKey, 1)))
  arm(n, c, s)
}

/** The supply is back, or it is getting light or dark outside. */
export function step(n: Night, threat: number, part: number): void {
  const c = n.model.threats[threat] as CompiledOutage
  if (part === PATIENCE) return setMark(n, c.longDark)
  const s = n.threats[threat] as OutageState
  if (n.f[NOW] >= s.x[BACK]) {
    s.x[BACK] = Infinity
    for (const source of c.sources) restoreSource(n, source)
    mendCircuits(n)
  }
  refreshLights(n)
  look(n, c, s)
  arm(n, c, s)
}

function arm(n: Night, c: CompiledOutage, s: OutageState): void {
  if (n.markAt[c.resolved] < Infinity) return
  const light = n.f[NOW] + untilLightChanges(n)
  reschedule(n, c.slot, Math.min(s.x[BACK], light), THREAT_MOVES)
}

export function settle(n: Night, threat: number): void {
  look(n, n.model.threats[threat] as CompiledOutage, n.threats[threat] as OutageState)
}

/** Adds up the time since the last look, then sees what is dark and dead now and whether all is well again. */
function look(n: Night, c: CompiledOutage, s: OutageState): void {
  addUp(n, c, s)
  const { zones, power } = n.model
  let dark = 0
  let people = 0
  for (let zone = 0; zone < zones.count; zone++) {
    if (n.zoneDark[zone] === 0 || zones.lights[zone] < 0) continue
    dark++
    people += n.zoneUnlocked[zone] + n.zoneLocked[zone]
  }
  s.x[PEOPLE] = people
  c.figures.dead.forEach(({ serves }, k) => {
    s.dead[k] = power.serves.some((service, circuit) => service === serves && n.circuitAlive[circuit] === 0) ? 1 : 0
  })
  const before = n.figure[c.figures.darkZones]
  if (dark !== before) setFigure(n, c.figures.darkZones, dark)
  if (dark === 0) cancel(n, c.patienceSlot)
  else if (before === 0) reschedule(n, c.patienceSlot, n.f[NOW] + c.source.patience, THREAT_MOVES)
  if (dark === 0) setMark(n, c.contained)
  const sourcesWell = c.sources.every((source) => n.sourceFailed[source] === 0)
  if (sourcesWell && c.circuits.every((circuit) => n.circuitAlive[circuit] === 1)) setMark(n, c.resolved)
}

function addUp(n: Night, c: CompiledOutage, s: OutageState): void {
  const seconds = n.f[NOW] - s.x[SINCE]
  if (seconds <= 0) return
  s.x[SINCE] = n.f[NOW]
  const { figures } = c
  if (n.figure[figures.darkZones] > 0) {
    addTo(n, figures.darkSeconds, seconds)
    addTo(n, figures.darkPersonHours, (s.x[PEOPLE] * seconds) / 3600)
  }
  figures.dead.forEach(({ figure }, k) => {
    if (s.dead[k] === 1) addTo(n, figure, seconds / 3600)
  })
}

/** The night is over: adds up what is left. */
export function close(n: Night, threat: number): void {
  addUp(n, n.model.threats[threat] as CompiledOutage, n.threats[threat] as OutageState)
}

export function act(): void {}
export function workChanged(): void {}
