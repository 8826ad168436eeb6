/** Escape: a way out in steps, each with a delay and chances to be seen; a response that must come in time.
 *
 * With one sensor a step, a fixed chance of communication and a single response task this is the path-interruption model
 * EASI (SAND 76-0597), which is its limit case.
 */
import { cancel, schedule, THREAT_MOVES } from '../clock/agenda.ts'
import { exponentialDraw } from '../numeric/exponential.ts'
import { type Distribution, quantile } from '../random/distribution.ts'
import { EFFECT } from '../tasks/effectCodes.ts'
import { setFigure, setMark } from '../tasks/ready.ts'
import type { Arena } from '../world/arena.ts'
import type { Compiler } from '../world/compiler.ts'
import { NOW, ONSET_SECOND } from '../world/layout.ts'
import * as LOG from '../world/log.ts'
import type { Night } from '../world/night.ts'
import type { ThreatUse } from '../world/scene.ts'
import { noticeAfter, report, scaleParameter, type ThreatCommon, watchfulness } from './common.ts'

export interface Escape {
  readonly kind: 'escape'
  /** How many try together. */
  readonly people: number
  readonly steps: readonly EscapeStep[]
  /** Mean seconds until one officer in the same zone notices them. */
  readonly noticing: number
  /** Once they are out: until somebody comes upon the traces, s. */
  readonly traces: Distribution
  /** Roll checks, seconds after midnight, and the chance that one shows who is missing. */
  readonly rollChecks: { readonly at: readonly number[]; readonly chance: number }
}

export interface EscapeStep {
  readonly id: string
  /** A zone or role; `start` is where it began. Its sensors watch this step. */
  readonly place: string
  /** A door whose sensors watch it too. */
  readonly door?: string
  readonly delay: Distribution
  /** When during the step they can be seen by sensors. */
  readonly seen: 'beginning' | 'middle' | 'end'
}

const PARAMETERS = ['delay', 'attention', 'noticing'] as const
const DELAY = 0
const ATTENTION = 1
const NOTICING = 2
const DAY = 86400

// What is logged about it.
export const ESCAPE_STEP = 0
export const ESCAPE_OUT = 1
export const ESCAPE_STOPPED = 2

export interface CompiledEscape extends ThreatCommon {
  readonly kind: 'escape'
  readonly source: Escape
  readonly places: Int32Array
  readonly doors: Int32Array
  readonly delays: Int32Array
  readonly delayKeys: Uint32Array
  readonly noticeKeys: Uint32Array
  readonly traces: number
  readonly tracesKey: number
  readonly rollCheckKey: number
  readonly out: number
  readonly step: number
  readonly escaped: number
}

export interface EscapeState {
  readonly parameter: Float64Array
  /** The step they are at (its number), and whether its chance to be seen is over. */
  readonly at: Int32Array
  /** When the step ends. */
  readonly ends: Float64Array
}

export function compile(use: ThreatUse, compiler: Compiler, common: ThreatCommon): CompiledEscape {
  const source = use.threat as Escape
  const keys = (purpose: string) => Uint32Array.from(source.steps, (s) => compiler.key(`${use.id}/${s.id}/${purpose}`))
  return {
    ...common,
    kind: 'escape',
    parameters: PARAMETERS,
    values: new Float64Array(PARAMETERS.length).fill(1),
    source,
    places: Int32Array.from(source.steps, (s) => (s.place === 'start' ? -1 : compiler.place(s.place))),
    doors: Int32Array.from(source.steps, (s) => (s.door === undefined ? -1 : compiler.doorNames.of(s.door))),
    delays: Int32Array.from(source.steps, (s) => compiler.sampler(s.delay)),
    delayKeys: keys('delay'),
    noticeKeys: keys('notice'),
    traces: compiler.sampler(source.traces),
    tracesKey: compiler.key(`${use.id}/traces`),
    rollCheckKey: compiler.key(`${use.id}/roll-check`),
    out: compiler.mark(common, 'out'),
    step: compiler.live(common, 'step', 'steps'),
    escaped: compiler.figure(common, 'escaped', 'persons'),
  }
}

export function allocate(_c: CompiledEscape, arena: Arena): EscapeState {
  return { parameter: arena.doubles(PARAMETERS.length), at: arena.integers(2), ends: arena.doubles(1) }
}

export function start(n: Night, threat: number): void {
  const c = n.model.threats[threat] as CompiledEscape
  const s = n.threats[threat] as EscapeState
  s.parameter.set(c.values)
  noticeAfter(n, c, untilRollCheckShows(n, c))
  beginStep(n, c, s, 0)
}

/** The chance to be seen comes up, or the step is over. */
export function step(n: Night, threat: number): void {
  const c = n.model.threats[threat] as CompiledEscape
  const s = n.threats[threat] as EscapeState
  const at = s.at[0]
  if (s.at[1] === 0) {
    s.at[1] = 1
    exposeToSensors(n, c, s, at)
    schedule(n, c.slot, s.ends[0], THREAT_MOVES)
  } else if (at + 1 < c.source.steps.length) beginStep(n, c, s, at + 1)
  else getOut(n, c)
}

function beginStep(n: Night, c: CompiledEscape, s: EscapeState, at: number): void {
  const { samplers } = n.model
  const now = n.f[NOW]
  const place = c.places[at]
  if (place >= 0) n.threatZone[c.index] = place
  const zone = n.threatZone[c.index]
  const delay = quantile(samplers, c.delays[at], n.draw(c.delayKeys[at], 0)) * s.parameter[DELAY]
  s.at[0] = at
  s.at[1] = 0
  s.ends[0] = now + delay
  n.log(LOG.EVENT, c.index, ESCAPE_STEP, at)
  setFigure(n, c.step, at + 1)
  const officers = zone >= 0 ? n.zonePresence[zone] : 0
  if (officers > 0) {
    const seconds = (exponentialDraw(n.draw(c.noticeKeys[at], 0)) * c.source.noticing) / (officers * s.parameter[NOTICING])
    if (seconds < delay) noticeAfter(n, c, seconds)
  }
  const seen = c.source.steps[at].seen
  schedule(n, c.slot, seen === 'beginning' ? now : seen === 'middle' ? now + delay / 2 : now + delay, THREAT_MOVES)
}

function exposeToSensors(n: Night, c: CompiledEscape, s: EscapeState, at: number): void {
  const { ofZone, ofDoor, key } = n.model.sensors
  const zone = n.threatZone[c.index]
  const look = (lists: typeof ofZone, which: number) => {
    for (let k = lists.start[which]; k < lists.start[which + 1]; k++) {
      const sensor = lists.items[k]
      const chance = watchfulness(n, sensor, zone) * s.parameter[ATTENTION]
      if (chance > 0 && n.draw(key[sensor], at) < chance) report(n, c, sensor, at)
    }
  }
  if (zone >= 0) look(ofZone, zone)
  if (c.doors[at] >= 0) look(ofDoor, c.doors[at])
}

function getOut(n: Night, c: CompiledEscape): void {
  n.log(LOG.EVENT, c.index, ESCAPE_OUT, c.source.people)
  setFigure(n, c.escaped, c.source.people)
  setMark(n, c.out)
  setMark(n, c.resolved)
  noticeAfter(n, c, quantile(n.model.samplers, c.traces, n.draw(c.tracesKey, 0)))
}

/** Seconds until the first roll check that shows who is missing. */
function untilRollCheckShows(n: Night, c: CompiledEscape): number {
  const { at, chance } = c.source.rollChecks
  if (at.length === 0 || chance === 0) return Infinity
  const second = n.f[ONSET_SECOND] % DAY
  const waits = at.map((time) => (time > second ? time - second : time - second + DAY)).sort((a, b) => a - b)
  let k = 0
  while (n.draw(c.rollCheckKey, k) >= chance && k < 1000) k++
  return waits[k % waits.length] + Math.floor(k / waits.length) * DAY
}

export function act(n: Night, threat: number, effect: number): void {
  const c = n.model.threats[threat] as CompiledEscape
  const s = n.threats[threat] as EscapeState
  const { code, x, key } = n.model.effects
  if (scaleParameter(n, s.parameter, effect)) return
  if (code[effect] === EFFECT.look) {
    if (n.draw(key[effect], 0) < x[effect]) setMark(n, c.detected)
  } else if (code[effect] === EFFECT.intercept && n.markAt[c.out] === Infinity && n.markAt[c.contained] === Infinity) {
    cancel(n, c.slot)
    n.log(LOG.EVENT, c.index, ESCAPE_STOPPED, c.source.people)
    setMark(n, c.contained)
    setMark(n, c.resolved)
  }
}

export function settle(): void {}
export function workChanged(): void {}
export function close(): void {}
