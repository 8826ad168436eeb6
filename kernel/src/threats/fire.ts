/** Fire: heat that grows with the square of time until fuel or air runs short; smoke and carbon monoxide that fill the
 * zones; a dose for everybody who breathes them; water that brings the heat down.
 *
 * One volume of well-mixed gas a zone, and one for the room of origin if that is a cell. Equations and sources stand in
 * `docs/models.md`; the figures belong to the threat's document.
 */
import { schedule, THREAT_MOVES } from '../clock/agenda.ts'
import { quantile } from '../random/distribution.ts'
import { setFigure } from '../tasks/ready.ts'
import * as S from '../tasks/states.ts'
import type { Arena } from '../world/arena.ts'
import type { Compiler } from '../world/compiler.ts'
import { NOW, NUMBER, STATE, STEPS, TASK, THREAT, WORK_A, WORK_B } from '../world/layout.ts'
import type { Night } from '../world/night.ts'
import type { ThreatUse } from '../world/scene.ts'
import { noticeAfter, scaleParameter, type ThreatCommon } from './common.ts'
import { burn, fillAir } from './fire/burning.ts'
import { breathe, follow } from './fire/harm.ts'
import * as F from './fire/shape.ts'
import { mix, watch } from './fire/smoke.ts'

export function compile(use: ThreatUse, compiler: Compiler, common: ThreatCommon): F.CompiledFire {
  const source = use.threat as F.Fire
  const { zoneNames, doorNames, scene } = compiler
  const zones = new Map(scene.facility.zones.map((z) => [z.id, z]))
  const peopleAt = new Int32Array(zoneNames.count + 1)
  zoneNames.ids.forEach((id, zone) => {
    const counts = Object.values(zones.get(id)!.people).map((p) => p.locked + p.unlocked)
    peopleAt[zone + 1] = peopleAt[zone] + Math.max(0, ...counts)
  })
  const keys = (ids: readonly string[], purpose: string) => Uint32Array.from(ids, (id) => compiler.key(`${use.id}/${id}/${purpose}`))
  return {
    ...common,
    kind: 'fire',
    parameters: F.PARAMETERS,
    values: new Float64Array(F.PARAMETERS.length).fill(1),
    source,
    growth: compiler.sampler(source.growth),
    growthKey: compiler.key(`${use.id}/growth`),
    calls: compiler.sampler(source.calls),
    peopleAt,
    personKeys: keys(zoneNames.ids, 'person'),
    noticeKeys: keys(zoneNames.ids, 'notice'),
    spreadKeys: keys(doorNames.ids, 'spread'),
    sensors: scene.facility.sensors.length,
    figures: {
      heat: compiler.live(common, 'heat', 'kW'),
      peakHeat: compiler.figure(common, 'peak-heat', 'kW'),
      overcome: compiler.figure(common, 'overcome', 'persons'),
      deaths: compiler.figure(common, 'deaths', 'persons'),
      smokyNow: compiler.live(common, 'smoky-now', 'zones'),
      smoky: compiler.figure(common, 'smoky', 'zones'),
      burning: compiler.figure(common, 'burning', 'zones'),
      dose: compiler.figure(common, 'dose', 'doses'),
      monoxide: compiler.figure(common, 'monoxide', 'kg'),
      inside: compiler.figure(common, 'inside', 'persons'),
    },
  }
}

export function allocate(c: F.CompiledFire, arena: Arena): F.FireState {
  const zones = c.peopleAt.length - 1
  const people = c.peopleAt[zones]
  return {
    parameter: arena.doubles(F.PARAMETERS.length),
    x: arena.doubles(4),
    count: arena.integers(3),
    soot: arena.doubles(zones + 1),
    monoxide: arena.doubles(zones + 1),
    air: arena.doubles(zones + 1),
    dose: arena.doubles(zones + 1),
    doseCell: arena.doubles(zones + 1),
    litAt: arena.doubles(zones),
    heat: arena.doubles(zones),
    burnt: arena.doubles(zones),
    left: arena.doubles(zones),
    reached: arena.octets(zones),
    smoke: arena.integers(zones),
    smoked: arena.octets(zones),
    smelt: arena.octets(zones),
    known: arena.integers(zones),
    rescued: arena.integers(zones),
    least: arena.doubles(zones),
    bears: arena.doubles(c.spreadKeys.length),
    sensed: arena.octets(c.sensors),
    threshold: arena.doubles(people),
    spared: arena.doubles(people),
    person: arena.octets(people),
  }
}

export function start(n: Night, threat: number): void {
  const c = n.model.threats[threat] as F.CompiledFire
  const s = n.threats[threat] as F.FireState
  const zone = n.threatZone[threat]
  s.parameter.set(c.values)
  s.litAt.fill(Infinity)
  s.left.fill(1)
  s.bears.fill(-1)
  s.least.fill(Infinity)
  s.x[F.GROWTH] = quantile(n.model.samplers, c.growth, n.draw(c.growthKey, 0))
  s.x[F.STRUCK_AT] = n.f[NOW]
  s.litAt[zone] = n.f[NOW]
  F.reach(s, zone)
  s.count[F.ORIGIN] = zone
  s.count[F.IN_CELL] = n.model.zones.cells[zone] > 0 ? Math.ceil(n.zoneLocked[zone] / n.model.zones.cells[zone]) : 0
  fillAir(n, s)
  setFigure(n, c.figures.burning, 1)
  countInside(n, c, zone)
  noticeAfter(n, c, quantile(n.model.samplers, c.calls, n.draw(c.growthKey, 1)))
  schedule(n, c.slot, n.f[NOW] + F.STEP, THREAT_MOVES)
}

/** Strikes the balances of heat, gas and harm, and looks who notices. */
export function step(n: Night, threat: number): void {
  const c = n.model.threats[threat] as F.CompiledFire
  const s = n.threats[threat] as F.FireState
  const seconds = n.f[NOW] - s.x[F.STRUCK_AT]
  s.x[F.STRUCK_AT] = n.f[NOW]
  const burns = n.markAt[c.resolved] === Infinity
  if (burns) burn(n, c, s, seconds)
  const smokes = mix(n, c, s, seconds)
  breathe(n, c, s, seconds)
  watch(n, c, s)
  if (burns || smokes) schedule(n, c.slot, n.f[NOW] + (burns ? F.STEP : F.STEP_AFTER), THREAT_MOVES)
}

export function settle(n: Night, threat: number): void {
  const c = n.model.threats[threat] as F.CompiledFire
  const s = n.threats[threat] as F.FireState
  for (let zone = 0; zone < s.known.length; zone++) if (n.zoneChanged[zone] === 1) follow(n, c, s, zone)
  const origin = s.count[F.ORIGIN]
  if (n.zoneChanged[origin] === 1) countInside(n, c, origin)
}

/** How many people, in cell and out, are where the fire began. */
function countInside(n: Night, c: F.CompiledFire, origin: number): void {
  const people = n.zoneLocked[origin] + n.zoneUnlocked[origin]
  if (people !== n.figure[c.figures.inside]) setFigure(n, c.figures.inside, people)
}

export function act(n: Night, threat: number, effect: number): void {
  scaleParameter(n, (n.threats[threat] as F.FireState).parameter, effect)
}

/** Officers have taken up or left a hose. */
export function workChanged(n: Night, threat: number): void {
  const s = n.threats[threat] as F.FireState
  const { model: m, i } = n
  let capacity = 0
  let knockdown = Infinity
  for (let task = m.taskAt; task < m.taskAt + m.tasks.count * TASK; task += TASK) {
    if (m.i[task + THREAT] !== threat || m.tasks.work[m.i[task + NUMBER]] !== S.FIGHT_FIRE) continue
    if (i[task + STATE] !== S.AT_WORK || i[task + STEPS] < 0) continue
    capacity += m.f[task + WORK_A]
    knockdown = Math.min(knockdown, m.f[task + WORK_B])
  }
  s.x[F.WATER] = capacity
  s.x[F.KNOCKDOWN] = knockdown
}

export function close(): void {}
