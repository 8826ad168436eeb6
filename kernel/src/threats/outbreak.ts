/** Outbreak: susceptible, exposed, infectious, known and isolated, recovered, in each zone and among staff.
 *
 * A continuous-time Markov chain with one clock for each zone, one for the staff and one for what people catch anywhere in
 * the establishment. Who meets whom is a mixture: people of the same zone, of zones next door, of the whole establishment,
 * and staff. Limit cases: final size, extinction and the peak of the SEIR equations.
 */
import { nextTime } from '../clock/agenda.ts'
import { allocateClocks, changeRate, drawWait, restart, stopClocks } from '../clock/clocks.ts'
import { strike } from '../people/staff.ts'
import { FREE, HURT, OFF, WORKING } from '../people/states.ts'
import { quantile } from '../random/distribution.ts'
import { EFFECT } from '../tasks/effectCodes.ts'
import { setFigure, setMark } from '../tasks/ready.ts'
import type { Arena } from '../world/arena.ts'
import type { Compiler } from '../world/compiler.ts'
import { DUTY, NOW, OFFICER, SICK, UNSETTLED } from '../world/layout.ts'
import * as LOG from '../world/log.ts'
import type { Night } from '../world/night.ts'
import type { ThreatUse } from '../world/scene.ts'
import { addTo, noticeAfter, scaleParameter, type ThreatCommon, waitForClocks } from './common.ts'
import {
  ACTIVE,
  AT_RISK,
  CONTACTS,
  type CompiledOutbreak,
  ESTABLISHMENT,
  EXPOSED,
  FIND,
  GRAIN,
  GROUP,
  IMPORTED,
  INFECT,
  INFECTIOUS,
  ISOLATED,
  KNOWN,
  LEAK,
  LEAKAGE,
  NEAR,
  type Outbreak,
  type OutbreakState,
  PARAMETERS,
  PEOPLE,
  PER_CASE,
  PLACES,
  RECOVER,
  RECOVER_KNOWN,
  RECOVERED,
  REPRODUCTION,
  SHARE,
  SHOWING,
  STAFF,
  SUSCEPTIBLE,
  SYMPTOMS,
  TESTING,
  TURN,
  WEIGHT,
} from './outbreak/shape.ts'

export function compile(use: ThreatUse, compiler: Compiler, common: ThreatCommon): CompiledOutbreak {
  const source = use.threat as Outbreak
  const { zones } = compiler
  const groups = zones.ids.map((_, zone) => zone).filter((zone) => compiler.isHeldIn(zone))
  const groupOf = new Int32Array(zones.count).fill(-1)
  groups.forEach((zone, group) => {
    groupOf[zone] = group
  })
  const figure = (name: string) => compiler.figure(common, name, 'persons')
  const key = (zone: number, purpose: string) => compiler.key(`${use.id}/${zones.ids[zone]}/${purpose}`)
  return {
    ...common,
    kind: 'outbreak',
    parameters: PARAMETERS,
    values: new Float64Array(PARAMETERS.length).fill(1),
    source,
    groups: Int32Array.from(groups),
    groupOf,
    solid: Uint8Array.from(groups, (zone) => compiler.hasSolidCells(zone)),
    near: compiler.lists(groups.map((zone) => [...compiler.waysFrom(zone).keys()].map((other) => groupOf[other]))),
    keys: Uint32Array.from([
      ...groups.map((zone) => key(zone, 'course')),
      ...['staff', 'establishment'].map((who) => compiler.key(`${use.id}/${who}/course`)),
    ]),
    deathKeys: Uint32Array.from([...groups.map((zone) => key(zone, 'death')), compiler.key(`${use.id}/staff/death`)]),
    staffKey: compiler.key(`${use.id}/staff/who`),
    staffCount: compiler.scene.roster.staff.length,
    reproduction: compiler.sampler(source.reproduction),
    arriving: compiler.sampler(source.arriving),
    arrivingKey: compiler.key(`${use.id}/arriving`),
    figures: {
      infectious: compiler.live(common, 'infectious', 'persons'),
      known: compiler.live(common, 'known', 'persons'),
      infected: figure('infected'),
      peak: figure('peak'),
      found: figure('found'),
      staffInfected: figure('staff-infected'),
      deaths: figure('deaths'),
    },
  }
}

export function allocate(c: CompiledOutbreak, arena: Arena): OutbreakState {
  const groups = c.groups.length + 1
  return {
    x: arena.doubles(groups * GROUP),
    clocks: allocateClocks(arena, groups + 1),
    parameter: arena.doubles(PARAMETERS.length),
    total: arena.doubles(11),
    sick: arena.octets(c.staffCount),
  }
}

export function start(n: Night, threat: number): void {
  const c = n.model.threats[threat] as CompiledOutbreak
  const s = n.threats[threat] as OutbreakState
  s.parameter.set(c.values)
  stopClocks(s.clocks)
  s.total[PLACES] = c.source.places
  s.total[REPRODUCTION] = quantile(n.model.samplers, c.reproduction, n.draw(c.arrivingKey, 1))
  c.groups.forEach((zone, group) => {
    const people = n.zoneUnlocked[zone] + n.zoneLocked[zone]
    s.x[group * GROUP + SUSCEPTIBLE] = people
    s.total[PEOPLE] = s.total[PEOPLE] + people
    s.total[AT_RISK] = s.total[AT_RISK] + people
  })
  s.x[c.groups.length * GROUP + SUSCEPTIBLE] = c.staffCount
  for (let group = 0; group <= c.groups.length; group++) {
    const people = s.x[group * GROUP + SUSCEPTIBLE]
    s.x[group * GROUP + SHARE] = people > 0 ? 1 / people : 0
  }
  followParameters(c, s)
  const arriving = Math.round(quantile(n.model.samplers, c.arriving, n.draw(c.arrivingKey, 0)))
  const group = c.groupOf[n.threatZone[threat]]
  if (group >= 0) {
    const incubating = Math.min(arriving, s.x[group * GROUP + SUSCEPTIBLE])
    s.x[group * GROUP + SUSCEPTIBLE] = s.x[group * GROUP + SUSCEPTIBLE] - incubating
    s.x[group * GROUP + EXPOSED] = incubating
    s.total[AT_RISK] = s.total[AT_RISK] - incubating
    s.total[ACTIVE] = incubating
    setFigure(n, c.figures.infected, incubating)
  }
  endIfOver(n, c, s)
  refreshAll(n, c, s)
  waitForClocks(n, c.slot, s.clocks)
}

/** Carries on until something else is due, or until it changes something that others must look at. */
export function step(n: Night, threat: number, _part: number, limit: number): void {
  const c = n.model.threats[threat] as CompiledOutbreak
  const s = n.threats[threat] as OutbreakState
  const { time, order } = s.clocks
  const last = order.length - 1
  while (n.i[UNSETTLED] === 0) {
    const group = order[last]
    const strikes = time[group]
    // What happens here may put something on the agenda that is due before the next strike.
    if (strikes > limit || strikes > nextTime(n) || strikes === Infinity) break
    n.f[NOW] = strikes
    move(n, c, s, group)
  }
  waitForClocks(n, c.slot, s.clocks)
}

/** One person goes on to the next state: of a group, of the staff, or of any zone by a chance meeting. */
function move(n: Night, c: CompiledOutbreak, s: OutbreakState, clock: number): void {
  if (clock > c.groups.length) return meet(n, c, s, clock)
  const { x, clocks } = s
  const g = clock * GROUP
  const staff = clock === c.groups.length
  let luck = clocks.luck[clock] * clocks.rate[clock]
  const wait = drawWait(clocks, clock, n.seed, n.replication, c.keys[clock])
  const before = weightOf(s, g)
  if ((luck -= x[g + INFECT]) < 0) infect(n, c, s, clock)
  else if ((luck -= x[g + TURN]) < 0) {
    pass(x, g, EXPOSED, INFECTIOUS)
    becomeInfectious(n, c, 1)
  } else if ((luck -= x[g + RECOVER]) < 0) {
    pass(x, g, INFECTIOUS, RECOVERED)
    becomeInfectious(n, c, -1)
    recover(n, c, s, clock)
  } else if ((luck -= x[g + FIND]) < 0) {
    pass(x, g, INFECTIOUS, KNOWN)
    becomeInfectious(n, c, -1)
    find(n, c, s, staff)
  } else if ((luck -= x[g + RECOVER_KNOWN]) < 0) {
    pass(x, g, KNOWN, RECOVERED)
    recover(n, c, s, clock)
    release(n, c, s, staff)
  }
  const change = weightOf(s, g) - before
  if (change !== 0) infectElsewhere(n, c, s, clock, change)
  restart(clocks, clock, n.f[NOW], rateOf(c, s, clock), wait)
}

/** Somebody catches it from somebody of another zone or of the staff: each person at risk is as likely as another. */
function meet(n: Night, c: CompiledOutbreak, s: OutbreakState, clock: number): void {
  const { clocks, total } = s
  let luck = clocks.luck[clock] * total[AT_RISK]
  const wait = drawWait(clocks, clock, n.seed, n.replication, c.keys[clock])
  let group = 0
  while (group < c.groups.length - 1 && (luck -= s.x[group * GROUP + SUSCEPTIBLE]) >= 0) group++
  if (s.x[group * GROUP + SUSCEPTIBLE] > 0) infect(n, c, s, group)
  refresh(n, c, s, group)
  restart(clocks, clock, n.f[NOW], meetingRate(c, s), wait)
}

function infect(n: Night, c: CompiledOutbreak, s: OutbreakState, group: number): void {
  const staff = group === c.groups.length
  pass(s.x, group * GROUP, SUSCEPTIBLE, EXPOSED)
  s.total[ACTIVE] = s.total[ACTIVE] + 1
  addTo(n, staff ? c.figures.staffInfected : c.figures.infected, 1)
  if (staff) return
  s.total[AT_RISK] = s.total[AT_RISK] - 1
  refreshMeetings(n, c, s)
  if (n.recorder !== null) n.log(LOG.UNDERLYING, c.index, c.groups[group], s.x[group * GROUP + EXPOSED])
}

function pass(x: Float64Array, g: number, from: number, to: number): void {
  x[g + from] = x[g + from] - 1
  x[g + to] = x[g + to] + 1
}

/** How much the people of a group infect others, in unisolated cases. */
function weightOf(s: OutbreakState, g: number): number {
  return s.x[g + INFECTIOUS] + s.x[g + KNOWN] * s.total[LEAKAGE]
}

/** To be called when parameters have changed. */
function followParameters({ source }: CompiledOutbreak, { total, parameter }: OutbreakState): void {
  total[LEAKAGE] = Math.round(source.leak * parameter[LEAK] * GRAIN) / GRAIN
  total[PER_CASE] = (total[REPRODUCTION] / source.infectious) * parameter[CONTACTS]
  total[SHOWING] = (source.symptoms.share * parameter[SYMPTOMS]) / source.symptoms.after
}

function becomeInfectious(n: Night, c: CompiledOutbreak, change: number): void {
  const infectious = n.figure[c.figures.infectious] + change
  setFigure(n, c.figures.infectious, infectious)
  if (infectious > n.figure[c.figures.peak]) setFigure(n, c.figures.peak, infectious)
}

function recover(n: Night, c: CompiledOutbreak, s: OutbreakState, group: number): void {
  const { fatality } = c.source
  if (fatality > 0 && n.draw(c.deathKeys[group], s.x[group * GROUP + RECOVERED]) < fatality) addTo(n, c.figures.deaths, 1)
  s.total[ACTIVE] = s.total[ACTIVE] - 1
  endIfOver(n, c, s)
}

function endIfOver(n: Night, c: CompiledOutbreak, s: OutbreakState): void {
  if (s.total[ACTIVE] !== 0 || c.source.imported * s.parameter[IMPORTED] > 0) return
  setMark(n, c.contained)
  setMark(n, c.resolved)
}

/** A case is found: it is isolated, the threat is known, and an officer who is ill goes home. */
function find(n: Night, c: CompiledOutbreak, s: OutbreakState, staff: boolean): void {
  addTo(n, c.figures.found, 1)
  setFigure(n, c.figures.known, n.figure[c.figures.known] + 1)
  noticeAfter(n, c, 0)
  if (!staff) {
    s.total[ISOLATED] = s.total[ISOLATED] + 1
    if (s.total[ISOLATED] >= s.total[PLACES]) refreshAll(n, c, s)
    return
  }
  const { officerAt } = n.model
  const from = Math.floor(n.draw(c.staffKey, n.figure[c.figures.found]) * c.staffCount)
  for (let k = 0; k < c.staffCount; k++) {
    const number = (from + k) % c.staffCount
    if (s.sick[number] === 1) continue
    s.sick[number] = 1
    n.i[officerAt + number * OFFICER + SICK] = 1
    const duty = n.i[officerAt + number * OFFICER + DUTY]
    if (duty === FREE || duty === WORKING) strike(n, officerAt + number * OFFICER, HURT)
    return
  }
}

/** A known case is over: a place is free again, or an officer may come back with the next shift. */
function release(n: Night, c: CompiledOutbreak, s: OutbreakState, staff: boolean): void {
  setFigure(n, c.figures.known, n.figure[c.figures.known] - 1)
  if (!staff) {
    s.total[ISOLATED] = s.total[ISOLATED] - 1
    if (s.total[ISOLATED] === s.total[PLACES] - 1) refreshAll(n, c, s)
    return
  }
  const number = s.sick.indexOf(1)
  if (number < 0) return
  s.sick[number] = 0
  n.i[n.model.officerAt + number * OFFICER + SICK] = 0
  const officer = n.model.officerAt + number * OFFICER
  if (n.i[officer + DUTY] === HURT) n.i[officer + DUTY] = OFF
}

/** The infectiousness of `group` has changed: so has the risk of everybody it meets. */
function infectElsewhere(n: Night, c: CompiledOutbreak, s: OutbreakState, group: number, change: number): void {
  if (group < c.groups.length) {
    s.total[WEIGHT] = s.total[WEIGHT] + change
    for (let k = c.near.start[group]; k < c.near.start[group + 1]; k++) refresh(n, c, s, c.near.items[k])
    refresh(n, c, s, c.groups.length)
    if (n.recorder !== null) n.log(LOG.LEVEL, c.index, c.groups[group], s.x[group * GROUP + INFECTIOUS] + s.x[group * GROUP + KNOWN])
  }
  refreshMeetings(n, c, s)
}

/** Works out all that can happen in `group`, per second, and what it is made of. */
function rateOf(c: CompiledOutbreak, s: OutbreakState, group: number): number {
  const { x, total } = s
  const { source } = c
  const g = group * GROUP
  const isolates = group === c.groups.length || total[ISOLATED] < total[PLACES]
  x[g + INFECT] = x[g + SUSCEPTIBLE] * (group === c.groups.length ? staffRisk(c, s) : ownRisk(c, s, group))
  x[g + TURN] = x[g + EXPOSED] / source.latent
  x[g + RECOVER] = x[g + INFECTIOUS] / source.infectious
  x[g + FIND] = isolates ? x[g + INFECTIOUS] * (total[SHOWING] + total[TESTING]) : 0
  x[g + RECOVER_KNOWN] = x[g + KNOWN] / source.infectious
  return x[g + INFECT] + x[g + TURN] + x[g + RECOVER] + x[g + FIND] + x[g + RECOVER_KNOWN]
}

/** Chance of one susceptible person of `group` to be infected in their zone or from next door, per second. */
function ownRisk(c: CompiledOutbreak, s: OutbreakState, group: number): number {
  const { x, parameter: p } = s
  const { contacts, solid } = c.source
  const g = group * GROUP
  const from = c.near.start[group]
  const to = c.near.start[group + 1]
  let mixture = contacts.zone * (c.solid[group] === 1 ? solid : 1) * weightOf(s, g) * x[g + SHARE]
  for (let k = from; k < to; k++) {
    const o = c.near.items[k] * GROUP
    mixture += ((contacts.near * p[NEAR]) / (to - from)) * weightOf(s, o) * x[o + SHARE]
  }
  return s.total[PER_CASE] * mixture
}

/** Chance of one susceptible officer to be infected, per second: by colleagues, by prisoners, outside. */
function staffRisk(c: CompiledOutbreak, s: OutbreakState): number {
  const { contacts } = c.source
  const p = s.parameter
  const fromPrisoners = s.total[PEOPLE] > 0 ? s.total[WEIGHT] / s.total[PEOPLE] : 0
  const mixture = contacts.staff * amongStaff(c, s) + (1 - contacts.staff) * fromPrisoners
  return s.total[PER_CASE] * p[STAFF] * mixture + (c.staffCount > 0 ? (c.source.imported * p[IMPORTED]) / c.staffCount : 0)
}

function amongStaff(c: CompiledOutbreak, s: OutbreakState): number {
  return c.staffCount > 0 ? weightOf(s, c.groups.length * GROUP) / c.staffCount : 0
}

/** Infections by meetings across the establishment and with staff, per second. */
function meetingRate(c: CompiledOutbreak, s: OutbreakState): number {
  const { contacts } = c.source
  const { total, parameter: p } = s
  const all = total[PEOPLE] > 0 ? total[WEIGHT] / total[PEOPLE] : 0
  const mixture = contacts.establishment * p[ESTABLISHMENT] * all + contacts.staff * p[STAFF] * amongStaff(c, s)
  return total[AT_RISK] * total[PER_CASE] * mixture
}

function refresh(n: Night, c: CompiledOutbreak, s: OutbreakState, group: number): void {
  changeRate(s.clocks, group, n.f[NOW], rateOf(c, s, group), n.seed, n.replication, c.keys[group])
}

function refreshMeetings(n: Night, c: CompiledOutbreak, s: OutbreakState): void {
  const clock = c.groups.length + 1
  changeRate(s.clocks, clock, n.f[NOW], meetingRate(c, s), n.seed, n.replication, c.keys[clock])
}

function refreshAll(n: Night, c: CompiledOutbreak, s: OutbreakState): void {
  let weight = 0
  for (let group = 0; group < c.groups.length; group++) weight += weightOf(s, group * GROUP)
  s.total[WEIGHT] = weight
  for (let group = 0; group <= c.groups.length; group++) refresh(n, c, s, group)
  refreshMeetings(n, c, s)
}

export function act(n: Night, threat: number, effect: number): void {
  const c = n.model.threats[threat] as CompiledOutbreak
  const s = n.threats[threat] as OutbreakState
  const { code, a, x, y } = n.model.effects
  if (code[effect] === EFFECT.test) {
    // Found on average half an interval after becoming infectious, and known after the delay.
    s.total[TESTING] = y[effect] / (x[effect] / 2 + a[effect])
  } else if (code[effect] === EFFECT.isolate) s.total[PLACES] = a[effect]
  else if (!scaleParameter(n, s.parameter, effect)) return
  followParameters(c, s)
  refreshAll(n, c, s)
  waitForClocks(n, c.slot, s.clocks)
}

export function settle(): void {}
export function workChanged(): void {}
export function close(): void {}
