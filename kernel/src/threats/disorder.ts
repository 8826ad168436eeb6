/** Disorder: people in each zone are calm, agitated, rioting or secured; moods pass within a zone and, as far as doors
 * let them, to the next; officers who are present calm and secure; outnumbered officers withdraw, and may lose keys.
 *
 * In one file, because every step changes what the next one may do.
 * A continuous-time Markov chain, exact: every zone has its own clock, fed by its own draws, so that what happens in one
 * wing does not shift the luck of another.
 */
import { cancel, dueTime, nextTime, schedule, THREAT_MOVES } from '../clock/agenda.ts'
import { allocateClocks, changeRate, drawWait, restart, stopClocks } from '../clock/clocks.ts'
import { loseKeys, orderOut, strike } from '../people/staff.ts'
import { FREE, HURT, WORKING } from '../people/states.ts'
import { setBlocked, touch } from '../place/doors.ts'
import { CLOSED, LOCKED } from '../place/states.ts'
import { quantile } from '../random/distribution.ts'
import { setFigure, setMark } from '../tasks/ready.ts'
import type { Arena } from '../world/arena.ts'
import type { Compiler } from '../world/compiler.ts'
import { ACCESS, CORDONS, DUTY, NOW, OFFICER, ROUTES, UNSETTLED, WHERE } from '../world/layout.ts'
import * as LOG from '../world/log.ts'
import type { Night } from '../world/night.ts'
import type { ThreatUse } from '../world/scene.ts'
import { addTo, LUCK_HURT, LUCK_KEYS, noticeAfter, scaleParameter, type ThreatCommon, waitForClocks } from './common.ts'
import {
  AGITATED,
  AGITATED_IN_ALL,
  AGITATED_WEIGHT,
  BETWEEN,
  CALM,
  CALM_DOWN,
  CALMING,
  CORDONS_SEEN,
  type CompiledDisorder,
  type Disorder,
  type DisorderState,
  ESCALATION,
  ESCALATION_BETWEEN,
  GRAIN,
  IGNITION,
  INFLAME,
  KEYS,
  NEAR,
  OFFICERS,
  PARAMETERS,
  RELEASE,
  RIOTING,
  RIOTING_IN_ALL,
  ROUTES_SEEN,
  SECURE,
  SECURED,
  SECURING,
  SHARE,
  SPONTANEOUS,
  STARTED,
  STIR,
  TALK_DOWN,
  TALKING_DOWN,
  WING,
  WITHIN,
} from './disorder/shape.ts'

export function compile(use: ThreatUse, compiler: Compiler, common: ThreatCommon): CompiledDisorder {
  const source = use.threat as Disorder
  const { zones } = compiler
  const wings = zones.ids.map((_, zone) => zone).filter((zone) => compiler.isHeldIn(zone))
  const wingOf = new Int32Array(zones.count).fill(-1)
  wings.forEach((zone, wing) => {
    wingOf[zone] = wing
  })
  const links: number[][] = []
  const ways: number[][] = []
  const wayDoors: number[][] = []
  for (const zone of wings) {
    const found = compiler.waysFrom(zone)
    links.push([...found.keys()].map((other) => wingOf[other]))
    for (const list of found.values()) ways.push(list.map((way) => wayDoors.push(way) - 1))
  }
  return {
    ...common,
    kind: 'disorder',
    parameters: PARAMETERS,
    values: Float64Array.of(...PARAMETERS.map((name) => source[name]), source.agitatedWeight),
    source,
    wings: Int32Array.from(wings),
    wingOf,
    keys: Uint32Array.from(wings, (zone) => compiler.key(`${use.id}/${zones.ids[zone]}/mood`)),
    links: compiler.lists(links),
    ways: compiler.lists(ways),
    wayDoors: compiler.lists(wayDoors),
    agitated: compiler.sampler(source.agitated),
    agitatedKey: compiler.key(`${use.id}/agitated`),
    noticedPresent: compiler.sampler(source.noticed.present),
    noticedAbsent: compiler.sampler(source.noticed.absent),
    watched: compiler.isWatched(common, ['rioting', 'agitated']),
    figures: {
      rioting: compiler.live(common, 'rioting', 'persons'),
      agitated: compiler.live(common, 'agitated', 'persons'),
      peak: compiler.figure(common, 'peak', 'persons'),
      secured: compiler.figure(common, 'secured', 'persons'),
      zonesLostNow: compiler.live(common, 'zones-lost-now', 'zones'),
      zonesLost: compiler.figure(common, 'zones-lost', 'zones'),
    },
  }
}

export function allocate(c: CompiledDisorder, arena: Arena): DisorderState {
  const wings = c.wings.length
  return {
    x: arena.doubles(wings * WING),
    clocks: allocateClocks(arena, wings),
    weight: arena.doubles(c.links.items.length),
    parameter: arena.doubles(PARAMETERS.length + 1),
    total: arena.doubles(3),
    seen: arena.integers(3),
  }
}

export function start(n: Night, threat: number): void {
  const c = n.model.threats[threat] as CompiledDisorder
  const s = n.threats[threat] as DisorderState
  const { samplers } = n.model
  const { x } = s
  s.parameter.set(c.values)
  stopClocks(s.clocks)
  s.total[STARTED] = 1
  for (let wing = 0; wing < c.wings.length; wing++) {
    const people = n.zoneUnlocked[c.wings[wing]]
    const w = wing * WING
    x[w + CALM] = people
    x[w + SHARE] = people > 0 ? 1 / people : 0
    x[w + OFFICERS] = n.zonePresence[c.wings[wing]]
  }
  const zone = n.threatZone[threat]
  if (c.wingOf[zone] >= 0) {
    const w = c.wingOf[zone] * WING
    const wanted = Math.round(quantile(samplers, c.agitated, n.draw(c.agitatedKey, 0)))
    const agitated = Math.min(x[w + CALM], wanted)
    x[w + CALM] = x[w + CALM] - agitated
    addAgitated(n, c, s, w, agitated)
    n.zoneUnruly[zone] = agitated
  }
  publish(n, c, s)
  const noticed = n.zonePresence[zone] > 0 ? c.noticedPresent : c.noticedAbsent
  noticeAfter(n, c, quantile(samplers, noticed, n.draw(c.agitatedKey, 1)))
  weigh(n, c, s)
  for (let wing = 0; wing < c.wings.length; wing++) refresh(n, c, s, wing)
  waitForClocks(n, c.slot, s.clocks)
}

/** Carries on until something else is due, or until it changes something that others must look at. */
export function step(n: Night, threat: number, _part: number, limit: number): void {
  const c = n.model.threats[threat] as CompiledDisorder
  const s = n.threats[threat] as DisorderState
  const { time, order } = s.clocks
  const last = order.length - 1
  while (n.i[UNSETTLED] === 0) {
    const wing = order[last]
    const strikes = time[wing]
    // What happens here may put something on the agenda that is due before the next strike.
    if (strikes > limit || strikes > nextTime(n) || strikes === Infinity) break
    n.f[NOW] = strikes
    move(n, c, s, wing)
  }
  publish(n, c, s)
  waitForClocks(n, c.slot, s.clocks)
}

/** One person of `wing` changes their mood. */
function move(n: Night, c: CompiledDisorder, s: DisorderState, wing: number): void {
  const { x, clocks } = s
  const w = wing * WING
  let luck = clocks.luck[wing] * clocks.rate[wing]
  const wait = drawWait(clocks, wing, n.seed, n.replication, c.keys[wing])
  if ((luck -= x[w + STIR]) < 0) {
    x[w + CALM] = x[w + CALM] - 1
    addAgitated(n, c, s, w, 1)
  } else if ((luck -= x[w + CALM_DOWN]) < 0) {
    x[w + CALM] = x[w + CALM] + 1
    addAgitated(n, c, s, w, -1)
  } else if ((luck -= x[w + INFLAME]) < 0) {
    addAgitated(n, c, s, w, -1)
    addRioting(n, c, s, wing, 1)
  } else if ((luck -= x[w + TALK_DOWN]) < 0) {
    addRioting(n, c, s, wing, -1)
    addAgitated(n, c, s, w, 1)
  } else if ((luck -= x[w + SECURE]) < 0) {
    x[w + SECURED] = x[w + SECURED] + 1
    setFigure(n, c.figures.secured, n.figure[c.figures.secured] + 1)
    addRioting(n, c, s, wing, -1)
  } else if (s.seen[KEYS] !== 0 && releasing(n, c, s, wing) > 0) letOut(n, c, s, wing)
  restart(clocks, wing, n.f[NOW], rateOf(n, c, s, wing), wait)
}

/** Works out all that can happen in `wing`, per second, and what it is made of. */
function rateOf(n: Night, c: CompiledDisorder, s: DisorderState, wing: number): number {
  const { x, parameter: p } = s
  const w = wing * WING
  const agitated = x[w + AGITATED]
  const rioting = x[w + RIOTING]
  const share = x[w + SHARE]
  const officers = x[w + OFFICERS]
  const near = x[w + NEAR]
  const mood = p[AGITATED_WEIGHT] * agitated + rioting
  const stir = x[w + CALM] * (p[SPONTANEOUS] + share * (p[WITHIN] * mood + p[BETWEEN] * near))
  const inflame = agitated * (p[IGNITION] + share * (p[ESCALATION] * rioting + p[ESCALATION_BETWEEN] * near))
  const calmDown = agitated * officers * p[CALMING]
  const talkDown = rioting * officers * p[TALKING_DOWN]
  const secure = rioting * officers * p[SECURING]
  x[w + STIR] = stir
  x[w + CALM_DOWN] = calmDown
  x[w + INFLAME] = inflame
  x[w + TALK_DOWN] = talkDown
  x[w + SECURE] = secure
  return stir + calmDown + inflame + talkDown + secure + (s.seen[KEYS] === 0 ? 0 : releasing(n, c, s, wing))
}

/** Cells that rioters with the keys open in `wing`, per second. */
function releasing(n: Night, c: CompiledDisorder, s: DisorderState, wing: number): number {
  const zone = c.wings[wing]
  const opens = (n.model.zones.cellKey[zone] & s.seen[KEYS]) !== 0
  return opens && n.zoneLocked[zone] > 0 && s.x[wing * WING + RIOTING] > 0 ? s.parameter[RELEASE] : 0
}

function letOut(n: Night, c: CompiledDisorder, s: DisorderState, wing: number): void {
  const zone = c.wings[wing]
  n.zoneLocked[zone] = n.zoneLocked[zone] - 1
  n.zoneUnlocked[zone] = n.zoneUnlocked[zone] + 1
  s.x[wing * WING + CALM] = s.x[wing * WING + CALM] + 1
  touch(n, zone)
}

/** Figures that nobody watches are brought up to date only when somebody could look. */
function publish(n: Night, c: CompiledDisorder, s: DisorderState): void {
  n.figure[c.figures.rioting] = s.total[RIOTING_IN_ALL]
  n.figure[c.figures.agitated] = s.total[AGITATED_IN_ALL]
}

function addAgitated(n: Night, c: CompiledDisorder, s: DisorderState, w: number, change: number): void {
  s.x[w + AGITATED] = s.x[w + AGITATED] + change
  if (n.recorder !== null) n.log(LOG.UNDERLYING, c.index, c.wings[w / WING], s.x[w + AGITATED])
  const total = s.total[AGITATED_IN_ALL] + change
  s.total[AGITATED_IN_ALL] = total
  if (total === 0 && s.total[RIOTING_IN_ALL] === 0) touch(n, c.wings[w / WING])
  if (c.watched) setFigure(n, c.figures.agitated, total)
}

function addRioting(n: Night, c: CompiledDisorder, s: DisorderState, wing: number, change: number): void {
  const { x } = s
  const w = wing * WING
  const rioting = x[w + RIOTING] + change
  x[w + RIOTING] = rioting
  const total = s.total[RIOTING_IN_ALL] + change
  s.total[RIOTING_IN_ALL] = total
  if (total === 0 && s.total[AGITATED_IN_ALL] === 0) touch(n, c.wings[wing])
  if (total > n.figure[c.figures.peak]) setFigure(n, c.figures.peak, total)
  if (c.watched) setFigure(n, c.figures.rioting, total)
  const { start, items } = c.links
  const end = start[wing + 1]
  for (let link = start[wing]; link < end; link++) {
    const weight = s.weight[link]
    if (weight === 0) continue
    const other = items[link]
    x[other * WING + NEAR] = x[other * WING + NEAR] + weight * change
    refresh(n, c, s, other)
  }
  const zone = c.wings[wing]
  n.log(LOG.LEVEL, c.index, zone, rioting)
  const { withdrawal, forcing } = c.source
  if (rioting === 0 || rioting === forcing?.rioters) touch(n, zone)
  if (withdrawal === undefined || n.zoneLost[zone] === 1) return
  const officers = x[w + OFFICERS]
  if (officers > 0 && rioting > withdrawal.ratio * officers) withdraw(n, c, s, zone, withdrawal)
}

/** Something that the rate of `wing` depends on has changed. */
function refresh(n: Night, c: CompiledDisorder, s: DisorderState, wing: number): void {
  changeRate(s.clocks, wing, n.f[NOW], rateOf(n, c, s, wing), n.seed, n.replication, c.keys[wing])
}

/** The officers in `zone` give it up. Some are hurt on the way out, and some lose their keys. */
function withdraw(n: Night, c: CompiledDisorder, s: DisorderState, zone: number, odds: NonNullable<Disorder['withdrawal']>): void {
  const { i, model: m } = n
  setBlocked(n, 'lost', zone, true)
  orderOut(n, zone)
  addTo(n, c.figures.zonesLostNow, 1)
  addTo(n, c.figures.zonesLost, 1)
  for (let number = 0; number < m.staff.count; number++) {
    const officer = m.officerAt + number * OFFICER
    const duty = i[officer + DUTY]
    if (i[officer + WHERE] !== zone || (duty !== FREE && duty !== WORKING)) continue
    const access = i[officer + ACCESS]
    if (m.staff.accessShielded[access] === 1) continue
    if (n.draw(m.staff.luckKey[number], LUCK_KEYS) < odds.keysLost) {
      s.seen[KEYS] = s.seen[KEYS] | m.staff.accessKeys[access]
      loseKeys(n, officer)
    }
    if (n.draw(m.staff.luckKey[number], LUCK_HURT) < odds.hurt) strike(n, officer, HURT)
  }
}

/** Looks at what has changed: officers come and go, people are locked in or let out, doors open and shut. */
export function settle(n: Night, threat: number): void {
  const c = n.model.threats[threat] as CompiledDisorder
  const s = n.threats[threat] as DisorderState
  if (s.total[STARTED] === 0) return
  const waysChanged = s.seen[ROUTES_SEEN] !== n.i[ROUTES] || s.seen[CORDONS_SEEN] !== n.i[CORDONS]
  for (let wing = 0; wing < c.wings.length; wing++) {
    const zone = c.wings[wing]
    if (n.zoneChanged[zone] === 0) continue
    s.x[wing * WING + OFFICERS] = n.zonePresence[zone]
    count(n, s, wing * WING, zone)
    if (n.zoneLost[zone] === 1 && s.x[wing * WING + RIOTING] === 0 && n.zonePresence[zone] > 0) {
      setBlocked(n, 'lost', zone, false)
      addTo(n, c.figures.zonesLostNow, -1)
    }
    force(n, c, s, wing, zone)
    if (!waysChanged) refresh(n, c, s, wing)
  }
  if (waysChanged) {
    s.seen[ROUTES_SEEN] = n.i[ROUTES]
    s.seen[CORDONS_SEEN] = n.i[CORDONS]
    weigh(n, c, s)
    for (let wing = 0; wing < c.wings.length; wing++) refresh(n, c, s, wing)
  }
  const over = s.total[RIOTING_IN_ALL] + s.total[AGITATED_IN_ALL] === 0
  if (over || (n.markAt[c.contained] === Infinity && isContained(c, s))) setMark(n, c.contained)
  if (over) setMark(n, c.resolved)
  waitForClocks(n, c.slot, s.clocks)
}

/** Brings the moods of the wing at `w` in line with how many people are out of cell. Who is locked in was calm. */
function count(n: Night, s: DisorderState, w: number, zone: number): void {
  const { x } = s
  const people = n.zoneUnlocked[zone]
  const surplus = x[w + CALM] + x[w + AGITATED] + x[w + RIOTING] + x[w + SECURED] - people
  const fromCalm = Math.min(surplus, x[w + CALM])
  x[w + CALM] = x[w + CALM] - fromCalm
  x[w + SECURED] = x[w + SECURED] - Math.max(0, surplus - fromCalm)
  n.zoneUnruly[zone] = x[w + AGITATED] + x[w + RIOTING]
  x[w + SHARE] = people > 0 ? 1 / people : 0
}

/** Rioters enough, with nobody to stop them, work on the doors of `zone`; otherwise they leave off. */
function force(n: Night, c: CompiledDisorder, s: DisorderState, wing: number, zone: number): void {
  const { forcing } = c.source
  if (forcing === undefined) return
  const { doors, zones, samplers } = n.model
  for (let k = zones.doors.start[zone]; k < zones.doors.start[zone + 1]; k++) {
    const door = zones.doors.items[k]
    const slot = doors.slot[door]
    if (slot < 0) continue
    const other = c.wingOf[doors.a[door] === zone ? doors.b[door] : doors.a[door]]
    const able = forces(n, s, wing, zone, forcing.rioters) || (other >= 0 && forces(n, s, other, c.wings[other], forcing.rioters))
    const shut = n.doorState[door] === CLOSED || n.doorState[door] === LOCKED
    const underAttack = dueTime(n, slot) < Infinity
    if (able && shut && !underAttack) {
      const turn = n.doorTurns[door]
      n.doorTurns[door] = turn + 1
      const seconds = quantile(samplers, doors.forced[door], n.draw(doors.forcedKey[door], turn))
      const quick = (doors.key[door] & s.seen[KEYS]) !== 0 ? forcing.withKeys : 1
      schedule(n, slot, n.f[NOW] + seconds * quick, THREAT_MOVES)
    } else if (underAttack && (!able || !shut)) cancel(n, slot)
  }
}

/** Whether the rioters of `wing` are enough to work on its doors, with nobody to stop them. */
function forces(n: Night, s: DisorderState, wing: number, zone: number, rioters: number): boolean {
  const unhindered = n.zoneLost[zone] === 1 || s.x[wing * WING + OFFICERS] === 0
  return unhindered && s.x[wing * WING + RIOTING] >= rioters
}

/** Works out how much of the mood passes each link, over the best of the ways between its two zones. */
function weigh(n: Night, c: CompiledDisorder, s: DisorderState): void {
  const { x } = s
  for (let wing = 0; wing < c.wings.length; wing++) x[wing * WING + NEAR] = 0
  for (let wing = 0; wing < c.wings.length; wing++) {
    for (let link = c.links.start[wing]; link < c.links.start[wing + 1]; link++) {
      const other = c.links.items[link]
      const cordoned = n.zoneCordoned[c.wings[wing]] === 1 || n.zoneCordoned[c.wings[other]] === 1
      const open = openness(n, c, link)
      const weight = cordoned ? Math.min(open, c.source.through.locked) : open
      s.weight[link] = Math.round(weight * GRAIN) / GRAIN
      x[other * WING + NEAR] = x[other * WING + NEAR] + s.weight[link] * x[wing * WING + RIOTING]
    }
  }
}

/** How much of the mood gets through the best way of `link`: the product over its doors. */
function openness(n: Night, c: CompiledDisorder, link: number): number {
  const { through } = c.source
  let best = 0
  for (let k = c.ways.start[link]; k < c.ways.start[link + 1]; k++) {
    const way = c.ways.items[k]
    let part = 1
    for (let j = c.wayDoors.start[way]; j < c.wayDoors.start[way + 1]; j++) {
      const state = n.doorState[c.wayDoors.items[j]]
      part *= state === CLOSED ? through.closed : state === LOCKED ? through.locked : 1
    }
    if (part > best) best = part
  }
  return best
}

/** No open way leads from any zone in unrest to another where people are out of cell. */
function isContained(c: CompiledDisorder, s: DisorderState): boolean {
  const { x } = s
  const locked = Math.round(c.source.through.locked * GRAIN) / GRAIN
  for (let wing = 0; wing < c.wings.length; wing++) {
    if (x[wing * WING + AGITATED] + x[wing * WING + RIOTING] === 0) continue
    for (let link = c.links.start[wing]; link < c.links.start[wing + 1]; link++) {
      const o = c.links.items[link] * WING
      const quiet = x[o + AGITATED] + x[o + RIOTING] === 0
      if (quiet && x[o + SHARE] > 0 && s.weight[link] > locked) return false
    }
  }
  return true
}

/** Some parameter has been scaled. */
export function act(n: Night, threat: number, effect: number): void {
  const c = n.model.threats[threat] as CompiledDisorder
  const s = n.threats[threat] as DisorderState
  if (!scaleParameter(n, s.parameter, effect)) return
  for (let wing = 0; wing < c.wings.length; wing++) refresh(n, c, s, wing)
  waitForClocks(n, c.slot, s.clocks)
}

export function workChanged(): void {}
export function close(): void {}
