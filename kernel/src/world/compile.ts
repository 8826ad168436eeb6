/** From a scene to a model: names become numbers, lists become tables. */
import type { ThreatCommon } from '../threats/common.ts'
import { compileThreat } from '../threats/threat.ts'
import { compilePeople } from './compilePeople.ts'
import { compilePlace } from './compilePlace.ts'
import { compilePlans } from './compilePlans.ts'
import { Compiler } from './compiler.ts'
import { hashOf } from './hash.ts'
import { MEASURE_SOURCES, type Measure, type Model } from './model.ts'
import { Night } from './night.ts'
import type { Scene, ThreatUse } from './scene.ts'
import { NOTICE_SLOT, THREAT_SLOT } from './slots.ts'

const WEEK = 7 * 86400

/** Compiles `scene`, which must have passed {@link examine}. */
export function compile(scene: Scene): Model {
  const compiler = new Compiler(scene)
  const place = compilePlace(compiler)
  const people = compilePeople(compiler)
  const commons = scene.threats.map((use, index) => commonOf(compiler, use, index))
  const threats = scene.threats.map((use, index) => compileThreat(use, compiler, commons[index]))
  const plans = compilePlans(compiler, people, threats)
  const measures = measuresOf(compiler, commons)
  const { onset, success } = scene
  const model: Model = {
    hash: '',
    bytes: 0,
    horizon: scene.horizon,
    samplers: compiler.samplers(),
    keys: { hour: compiler.key('night/hour'), start: compiler.key('night/start') },
    onset:
      onset.kind === 'at'
        ? { from: ((onset.secondOfWeek % WEEK) + WEEK) % WEEK, span: 0, drawn: false }
        : { from: onset.from, span: onset.to > onset.from ? onset.to - onset.from : onset.to - onset.from + 86400, drawn: true },
    staffHurt: compiler.staffHurt,
    doorsForced: compiler.doorsForced,
    ...place,
    ...people,
    ...plans,
    threats,
    measures,
    measureFrom: Uint8Array.from(measures, (m) => MEASURE_SOURCES.indexOf(m.from)),
    measureIndex: Int32Array.from(measures, (m) => m.index),
    measureOnset: Int32Array.from(measures, (m) => m.onset),
    success: success.map((criterion) => ({
      measure: measures.findIndex((m) => m.name === criterion.measure),
      low: criterion.atLeast ?? -Infinity,
      high: criterion.atMost ?? Infinity,
    })),
    clock: scene.clock === undefined ? -1 : compiler.marks.indexOf(scene.clock),
    slots: { kind: Uint8Array.from(compiler.slotKinds), ref: Int32Array.from(compiler.slotRefs) },
    usesLight: scene.facility.sensors.some((s) => s.light) || scene.threats.some((t) => t.threat.kind === 'outage'),
  }
  const hash = hashOf(model)
  return { ...model, hash, bytes: new Night(model).size }
}

function commonOf(compiler: Compiler, use: ThreatUse, index: number): ThreatCommon {
  const { scene, zoneNames } = compiler
  const threat = { id: use.id, index }
  const zones = new Map(scene.facility.zones.map((z) => [z.id, z]))
  const kinds = use.where.kinds ?? []
  const named = use.where.zones ?? {}
  const candidates = zoneNames.ids.filter((id) => id in named || kinds.includes(zones.get(id)!.kind))
  const weights: number[] = []
  for (const regime of [...scene.facility.regimes].sort((a, b) => a.from - b.from)) {
    const held = candidates.map((id) => {
      const people = zones.get(id)!.people[regime.id]
      return people === undefined ? 0 : people.unlocked + people.locked
    })
    const anybody = held.some((people) => people > 0)
    let below = 0
    candidates.forEach((id, i) => {
      below += named[id] ?? (anybody ? held[i] : 1)
      weights.push(below)
    })
  }
  return {
    ...threat,
    slot: compiler.slot(THREAT_SLOT, index),
    noticeSlot: compiler.slot(NOTICE_SLOT, index),
    candidates: Int32Array.from(candidates, (id) => zoneNames.of(id)),
    joins: use.where.threat === undefined ? -1 : scene.threats.findIndex((t) => t.id === use.where.threat),
    weights: Float64Array.from(weights),
    startKey: compiler.key(`${use.id}/start`),
    onset: compiler.mark(threat, 'onset'),
    detected: compiler.mark(threat, 'detected'),
    firstOnScene: compiler.mark(threat, 'first-on-scene'),
    contained: compiler.mark(threat, 'contained'),
    resolved: compiler.mark(threat, 'resolved'),
    parameters: [],
    values: new Float64Array(0),
  }
}

/** Marks first, in the order in which they were named, then figures, then what is added up at the end. */
function measuresOf(compiler: Compiler, threats: readonly ThreatCommon[]): Measure[] {
  const onsetOf = (mark: string): number => {
    const dot = mark.indexOf('.')
    const threat = dot < 0 ? undefined : threats.find((t) => t.id === mark.slice(0, dot))
    return (threat ?? threats[0]).onset
  }
  const marks = compiler.marks.flatMap((name, index): Measure[] =>
    index === threats[0].onset ? [] : [{ name, unit: 's', from: 'mark', index, onset: onsetOf(name) }],
  )
  return [
    ...marks,
    ...compiler.measures,
    { name: 'plan-complete', unit: 's', from: 'last-completion', index: 0, onset: -1 },
    { name: 'confined', unit: 'person-hours', from: 'confined', index: 0, onset: -1 },
    { name: 'visits-lost', unit: 'visits', from: 'visits', index: 0, onset: -1 },
  ]
}
