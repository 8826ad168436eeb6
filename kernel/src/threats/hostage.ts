/** Hostage-taking: negotiation goes through stages at the pace that the team's quality allows; harm may come at any time,
 * most of all at the beginning and when a deadline passes; it ends by surrender, or by force.
 *
 * Durations are heavy-tailed: some nights are sieges. The five stages are those of the behavioural change stairway
 * (active listening, empathy, rapport, influence, behaviour change).
 */
import { cancel, reschedule, schedule, THREAT_MOVES } from '../clock/agenda.ts'
import { exponentialDraw } from '../numeric/exponential.ts'
import { strike } from '../people/staff.ts'
import { FREE, HELD, WORKING } from '../people/states.ts'
import { type Distribution, quantile } from '../random/distribution.ts'
import { EFFECT } from '../tasks/effectCodes.ts'
import { setFigure, setMark } from '../tasks/ready.ts'
import * as S from '../tasks/states.ts'
import type { Arena } from '../world/arena.ts'
import type { Compiler } from '../world/compiler.ts'
import { DUTY, NOW, NUMBER, OFFICER, STATE, STEPS, TASK, THREAT, WHERE, WORK_A } from '../world/layout.ts'
import * as LOG from '../world/log.ts'
import type { Night } from '../world/night.ts'
import type { ThreatUse } from '../world/scene.ts'
import { addTo, noticeAfter, scaleParameter, type ThreatCommon } from './common.ts'

export interface Hostage {
  readonly kind: 'hostage'
  /** How many are taken; officers who are in the zone are among them. */
  readonly hostages: Distribution
  /** Seconds that each stage takes with a trained team. */
  readonly stages: readonly Distribution[]
  /** A siege: how often, and how many times longer everything takes. */
  readonly siege: { readonly chance: number; readonly factor: Distribution }
  /** Pace of the stages when nobody negotiates, compared with a trained team. */
  readonly unattended: number
  readonly harm: {
    /** Events of harm per second in the first stage, and how many times that in the first minutes. */
    readonly rate: number
    readonly atFirst: number
    readonly first: number
    /** Every stage reached multiplies the rate by this; so does a team at work. */
    readonly perStage: number
    readonly attended: number
    /** Chance that an event kills. */
    readonly lethal: number
  }
  /** Deadlines set by the takers: time between them, and chance of harm at one that nobody talks through, or does. */
  readonly deadlines: { readonly every: Distribution; readonly unattended: number; readonly attended: number }
  /** Chance that a hostage is released at the end of a stage. */
  readonly release: number
  /** Without an inner cordon they take more, after this time. */
  readonly widening: { readonly after: Distribution; readonly hostages: number }
  readonly surrender: Distribution
  /** Entry by force: chance of harm and of death for each hostage. */
  readonly assault: { readonly harm: number; readonly death: number }
  readonly noticed: Distribution
}

const PARAMETERS = ['pace', 'harm', 'assault'] as const
const PACE = 0
const HARM = 1
const ASSAULT = 2

// What is logged about it.
export const HOSTAGE_STAGE = 0
export const HOSTAGE_HARMED = 1
export const HOSTAGE_KILLED = 2
export const HOSTAGE_RELEASED = 3
export const HOSTAGE_DEADLINE = 4
export const HOSTAGE_WIDENED = 5
export const HOSTAGE_ASSAULT = 6
export const HOSTAGE_SURRENDER = 7

// Parts of its clockwork: each has a slot.
const STAGE_PART = 0
const HARM_PART = 1
const DEADLINE_PART = 2
const WIDEN_PART = 3
const CALM_PART = 4

export interface CompiledHostage extends ThreatCommon {
  readonly kind: 'hostage'
  readonly source: Hostage
  readonly samplers: {
    readonly hostages: number
    readonly stages: Int32Array
    readonly factor: number
    readonly deadlines: number
    readonly widening: number
    readonly surrender: number
    readonly noticed: number
  }
  readonly keys: {
    readonly night: number
    readonly stage: number
    readonly harm: number
    readonly deadline: number
    readonly assault: number
  }
  readonly slots: Int32Array
  readonly figures: {
    readonly held: number
    readonly stage: number
    readonly taken: number
    readonly harmed: number
    readonly killed: number
    readonly released: number
    readonly surrendered: number
    readonly assaulted: number
  }
}

export interface HostageState {
  readonly parameter: Float64Array
  readonly x: Float64Array
  readonly count: Int32Array
}

// Places in `x`.
/** Work left in this stage, s at full pace; pace now; since when. */
const WORK_LEFT = 0
const SPEED = 1
const SINCE = 2
/** Harm still to be waited for, in mean waits; rate now, 1/s. */
const HARM_LEFT = 3
const HARM_RATE = 4
/** How many times longer everything takes tonight. */
const FACTOR = 5
const QUALITY = 6
// Places in `count`: stage, events of harm so far, deadlines so far.
const STAGE = 0
const HARMS = 1
const DEADLINES = 2

export function compile(use: ThreatUse, compiler: Compiler, common: ThreatCommon): CompiledHostage {
  const source = use.threat as Hostage
  const key = (purpose: string) => compiler.key(`${use.id}/${purpose}`)
  const persons = (name: string) => compiler.figure(common, name, 'persons')
  return {
    ...common,
    kind: 'hostage',
    parameters: PARAMETERS,
    values: new Float64Array(PARAMETERS.length).fill(1),
    source,
    samplers: {
      hostages: compiler.sampler(source.hostages),
      stages: Int32Array.from(source.stages, (d) => compiler.sampler(d)),
      factor: compiler.sampler(source.siege.factor),
      deadlines: compiler.sampler(source.deadlines.every),
      widening: compiler.sampler(source.widening.after),
      surrender: compiler.sampler(source.surrender),
      noticed: compiler.sampler(source.noticed),
    },
    keys: { night: key('night'), stage: key('stage'), harm: key('harm'), deadline: key('deadline'), assault: key('assault') },
    slots: Int32Array.of(common.slot, ...[HARM_PART, DEADLINE_PART, WIDEN_PART, CALM_PART].map((part) => compiler.partSlot(common, part))),
    figures: {
      held: compiler.live(common, 'held', 'persons'),
      stage: compiler.live(common, 'stage', 'stage'),
      taken: persons('taken'),
      harmed: persons('harmed'),
      killed: persons('killed'),
      released: persons('released'),
      surrendered: compiler.figure(common, 'surrendered', 'yes-no'),
      assaulted: compiler.figure(common, 'assaulted', 'yes-no'),
    },
  }
}

export function allocate(_c: CompiledHostage, arena: Arena): HostageState {
  return { parameter: arena.doubles(PARAMETERS.length), x: arena.doubles(7), count: arena.integers(3) }
}

export function start(n: Night, threat: number): void {
  const c = n.model.threats[threat] as CompiledHostage
  const s = n.threats[threat] as HostageState
  const { samplers } = n.model
  s.parameter.set(c.values)
  const siege = n.draw(c.keys.night, 0) < c.source.siege.chance
  s.x[FACTOR] = siege ? quantile(samplers, c.samplers.factor, n.draw(c.keys.night, 1)) : 1
  const hostages = Math.max(1, Math.round(quantile(samplers, c.samplers.hostages, n.draw(c.keys.night, 2))))
  take(n, c, hostages)
  noticeAfter(n, c, quantile(samplers, c.samplers.noticed, n.draw(c.keys.night, 3)))
  s.x[SINCE] = n.f[NOW]
  s.x[HARM_LEFT] = exponentialDraw(n.draw(c.keys.harm, 0))
  s.x[SPEED] = 0
  schedule(n, c.slots[WIDEN_PART], n.f[NOW] + quantile(samplers, c.samplers.widening, n.draw(c.keys.night, 4)), THREAT_MOVES)
  schedule(n, c.slots[CALM_PART], n.f[NOW] + c.source.harm.first, THREAT_MOVES)
  nextDeadline(n, c, s)
  beginStage(n, c, s, 0)
}

export function step(n: Night, threat: number, part: number): void {
  const c = n.model.threats[threat] as CompiledHostage
  const s = n.threats[threat] as HostageState
  switch (part) {
    case STAGE_PART:
      return endStage(n, c, s)
    case HARM_PART:
      flow(n, s)
      s.x[HARM_LEFT] = exponentialDraw(n.draw(c.keys.harm, 1 + s.count[HARMS] * 4))
      return harm(n, c, s)
    case DEADLINE_PART:
      return passDeadline(n, c, s)
    case WIDEN_PART:
      return widen(n, c, s)
    default:
      return pace(n, c, s)
  }
}

/** Officers who happen to be there are among those taken. */
function take(n: Night, c: CompiledHostage, hostages: number): void {
  const { i, model: m } = n
  const zone = n.threatZone[c.index]
  let left = hostages
  for (let number = 0; number < m.staff.count && left > 0; number++) {
    const officer = m.officerAt + number * OFFICER
    const duty = i[officer + DUTY]
    if (i[officer + WHERE] !== zone || (duty !== FREE && duty !== WORKING)) continue
    strike(n, officer, HELD)
    left--
  }
  setFigure(n, c.figures.held, n.figure[c.figures.held] + hostages)
  addTo(n, c.figures.taken, hostages)
}

function beginStage(n: Night, c: CompiledHostage, s: HostageState, stage: number): void {
  s.count[STAGE] = stage
  const sampler = stage < c.samplers.stages.length ? c.samplers.stages[stage] : c.samplers.surrender
  s.x[WORK_LEFT] = quantile(n.model.samplers, sampler, n.draw(c.keys.stage, stage + 16 * s.count[HARMS])) * s.x[FACTOR]
  setFigure(n, c.figures.stage, stage)
  n.log(LOG.EVENT, c.index, HOSTAGE_STAGE, stage)
  pace(n, c, s)
}

function endStage(n: Night, c: CompiledHostage, s: HostageState): void {
  flow(n, s)
  const stage = s.count[STAGE] + 1
  if (stage > c.samplers.stages.length) return end(n, c, HOSTAGE_SURRENDER)
  if (n.figure[c.figures.held] > 1 && n.draw(c.keys.stage, 1024 + stage + 16 * s.count[HARMS]) < c.source.release) {
    setFigure(n, c.figures.held, n.figure[c.figures.held] - 1)
    addTo(n, c.figures.released, 1)
    n.log(LOG.EVENT, c.index, HOSTAGE_RELEASED, 1)
  }
  beginStage(n, c, s, stage)
}

/** Time passes at the pace and risk of the last moments. */
function flow(n: Night, s: HostageState): void {
  const { x } = s
  const seconds = n.f[NOW] - x[SINCE]
  x[SINCE] = n.f[NOW]
  x[WORK_LEFT] = Math.max(0, x[WORK_LEFT] - seconds * x[SPEED])
  x[HARM_LEFT] = Math.max(0, x[HARM_LEFT] - seconds * x[HARM_RATE])
}

/** Works out pace and risk anew, and when the stage and the next harm would come. */
function pace(n: Night, c: CompiledHostage, s: HostageState): void {
  if (n.markAt[c.resolved] < Infinity) return
  flow(n, s)
  const { x, parameter: p } = s
  const { harm: h, unattended } = c.source
  const now = n.f[NOW]
  const surrendering = s.count[STAGE] >= c.samplers.stages.length
  x[SPEED] = surrendering ? 1 : (unattended + (1 - unattended) * x[QUALITY]) * p[PACE]
  const early = now - n.markAt[c.onset] < h.first || n.markAt[c.onset] === Infinity
  let rate = h.rate * p[HARM] * (early ? h.atFirst : 1) * (x[QUALITY] > 0 ? 1 - (1 - h.attended) * x[QUALITY] : 1)
  for (let stage = 0; stage < s.count[STAGE]; stage++) rate *= h.perStage
  x[HARM_RATE] = rate
  reschedule(n, c.slots[STAGE_PART], x[SPEED] > 0 ? now + x[WORK_LEFT] / x[SPEED] : 1e12, THREAT_MOVES)
  reschedule(n, c.slots[HARM_PART], rate > 0 ? now + x[HARM_LEFT] / rate : 1e12, THREAT_MOVES)
}

/** A hostage comes to harm, and talks go back a stage. */
function harm(n: Night, c: CompiledHostage, s: HostageState): void {
  const event = s.count[HARMS] + 1
  s.count[HARMS] = event
  const kills = n.draw(c.keys.harm, 2 + event * 4) < c.source.harm.lethal
  addTo(n, c.figures.harmed, 1)
  n.log(LOG.EVENT, c.index, kills ? HOSTAGE_KILLED : HOSTAGE_HARMED, 1)
  if (kills) {
    addTo(n, c.figures.killed, 1)
    setFigure(n, c.figures.held, n.figure[c.figures.held] - 1)
    if (n.figure[c.figures.held] <= 0) return end(n, c, HOSTAGE_SURRENDER)
  }
  if (s.count[STAGE] < c.samplers.stages.length) beginStage(n, c, s, Math.max(0, s.count[STAGE] - 1))
  else pace(n, c, s)
}

function nextDeadline(n: Night, c: CompiledHostage, s: HostageState): void {
  const every = quantile(n.model.samplers, c.samplers.deadlines, n.draw(c.keys.deadline, 2 * s.count[DEADLINES])) * s.x[FACTOR]
  // Not more than one in a minute, whatever an author may write.
  schedule(n, c.slots[DEADLINE_PART], n.f[NOW] + Math.max(60, every), THREAT_MOVES)
}

function passDeadline(n: Night, c: CompiledHostage, s: HostageState): void {
  const { attended, unattended } = c.source.deadlines
  const chance = (unattended + (attended - unattended) * s.x[QUALITY]) * s.parameter[HARM]
  const luck = n.draw(c.keys.deadline, 1 + 2 * s.count[DEADLINES])
  s.count[DEADLINES] = s.count[DEADLINES] + 1
  n.log(LOG.EVENT, c.index, HOSTAGE_DEADLINE, luck < chance ? 1 : 0)
  nextDeadline(n, c, s)
  flow(n, s)
  if (luck < chance) harm(n, c, s)
}

function widen(n: Night, c: CompiledHostage, s: HostageState): void {
  if (n.zoneCordoned[n.threatZone[c.index]] === 1 || n.markAt[c.resolved] < Infinity) return
  take(n, c, c.source.widening.hostages)
  n.log(LOG.EVENT, c.index, HOSTAGE_WIDENED, c.source.widening.hostages)
  pace(n, c, s)
}

/** It is over, by surrender or by force. */
function end(n: Night, c: CompiledHostage, how: typeof HOSTAGE_SURRENDER | typeof HOSTAGE_ASSAULT): void {
  for (const slot of c.slots) cancel(n, slot)
  setFigure(n, how === HOSTAGE_SURRENDER ? c.figures.surrendered : c.figures.assaulted, 1)
  setFigure(n, c.figures.held, 0)
  n.log(LOG.EVENT, c.index, how)
  setMark(n, c.contained)
  setMark(n, c.resolved)
}

/** An inner cordon contains it. */
export function settle(n: Night, threat: number): void {
  const c = n.model.threats[threat] as CompiledHostage
  if (n.zoneCordoned[n.threatZone[threat]] === 1) setMark(n, c.contained)
}

export function act(n: Night, threat: number, effect: number): void {
  const c = n.model.threats[threat] as CompiledHostage
  const s = n.threats[threat] as HostageState
  if (n.markAt[c.resolved] < Infinity) return
  if (scaleParameter(n, s.parameter, effect)) return pace(n, c, s)
  if (n.model.effects.code[effect] !== EFFECT.assault) return
  const { harm: hurts, death } = c.source.assault
  for (let hostage = 0; hostage < n.figure[c.figures.held]; hostage++) {
    const luck = n.draw(c.keys.assault, hostage)
    if (luck >= hurts * s.parameter[ASSAULT]) continue
    addTo(n, c.figures.harmed, 1)
    if (luck < death * s.parameter[ASSAULT]) addTo(n, c.figures.killed, 1)
  }
  end(n, c, HOSTAGE_ASSAULT)
}

/** Negotiators have begun or left off. */
export function workChanged(n: Night, threat: number): void {
  const c = n.model.threats[threat] as CompiledHostage
  const s = n.threats[threat] as HostageState
  const { model: m, i } = n
  let quality = 0
  for (let task = m.taskAt; task < m.taskAt + m.tasks.count * TASK; task += TASK) {
    if (m.i[task + THREAT] !== threat || m.tasks.work[m.i[task + NUMBER]] !== S.NEGOTIATE) continue
    if (i[task + STATE] === S.AT_WORK && i[task + STEPS] >= 0) quality = Math.max(quality, m.f[task + WORK_A])
  }
  flow(n, s)
  s.x[QUALITY] = quality
  pace(n, c, s)
}

export function close(): void {}
