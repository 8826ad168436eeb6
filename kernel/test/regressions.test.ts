/** Faults that were once there, each with the smallest scene that shows it. */
import { describe, expect, it } from 'vitest'
import { door, exponential, facility, fixed, officer, onMark, plan, roster, scene, task, zone } from '../src/verification/scenes.ts'
import { compile } from '../src/world/compile.ts'
import { Night } from '../src/world/night.ts'
import { replicate } from '../src/world/replicate.ts'
import type { Scene } from '../src/world/scene.ts'
import { World } from '../src/world/world.ts'

function outcomes(model: ReturnType<typeof compile>, night: Night, replication: number): number[] {
  const out = new Float64Array(model.measures.length)
  replicate(night, 3, replication, out)
  return [...out]
}

describe('once wrong', () => {
  it('a night does not depend on the nights before it, even if the control room is empty in some', () => {
    const built: Scene = scene({
      facility: facility(
        [zone('hall'), zone('yard'), zone('room')],
        [
          door('gate', ['hall', 'yard'], { remote: true, normally: { all: 'locked' }, walk: 20 }),
          door('in', ['hall', 'room'], { walk: 5 }),
        ],
        { roles: { 'control-room': 'room' } },
      ),
      roster: roster([officer('one', 'hall'), officer('operator', 'room', { skills: ['operator'], stays: true, absence: 0.5 })]),
      plans: [plan('drill', [task('go', { kind: 'exponential', mean: 60 }, { place: 'yard' })])],
      where: { zones: { yard: 1 } },
      horizon: 3600,
    })
    const model = compile(built)
    const shared = new Night(model)
    const forwards = Array.from({ length: 40 }, (_, r) => outcomes(model, shared, r))
    const fresh = Array.from({ length: 40 }, (_, r) => outcomes(model, new Night(model), r))
    const backwards = Array.from({ length: 40 }, (_, r) => outcomes(model, shared, 39 - r)).reverse()
    expect(forwards).toEqual(fresh)
    expect(backwards).toEqual(fresh)
    // Both kinds of night are there: the operator opens the gate, or nobody does.
    const complete = model.measures.findIndex((m) => m.name === 'plan-complete')
    expect(new Set(fresh.map((o) => o[complete] > 0)).size).toBe(2)
  })

  it('a task whose officer is taken goes to a colleague who is free', () => {
    const built = scene({
      facility: facility([zone('office'), zone('hall')], [door('d', ['office', 'hall'], { walk: 5 })]),
      roster: roster([officer('one', 'office'), officer('three', 'office'), officer('two', 'hall')]),
      plans: [plan('hostage', [task('watch', 3600, { place: 'hall', all: [{ kind: 'elapsed', since: 'onset', seconds: 10 }] })])],
      threat: {
        kind: 'hostage',
        hostages: fixed(1),
        stages: [exponential(1e6)],
        siege: { chance: 0, factor: fixed(1) },
        unattended: 0,
        harm: { rate: 0, atFirst: 1, first: 0, perStage: 1, attended: 1, lethal: 0 },
        deadlines: { every: fixed(1e9), unattended: 0, attended: 0 },
        release: 0,
        widening: { after: fixed(20), hostages: 1 },
        surrender: fixed(1e9),
        assault: { harm: 0, death: 0 },
        noticed: fixed(0),
      },
      where: { zones: { hall: 1 } },
      horizon: 7200,
    })
    const world = new World(compile(built), 1, 0)
    world.advance(60)
    const [watch] = world.observe().tasks
    expect(
      world
        .observe()
        .officers.map((o) => o.duty)
        .sort(),
    ).toEqual(['held', 'held', 'working'])
    expect(watch.state).toBe('working')
  })

  it('a generator that is out of order does not start', () => {
    const built = scene({
      facility: facility([zone('wing', { lights: 'lamps' })], [], {
        daylight: [12 * 3600, 12 * 3600],
        sources: [
          { id: 'mains', kind: 'mains' },
          { id: 'generator', kind: 'generator', starts: { chance: 1, after: fixed(60) } },
        ],
        circuits: [{ id: 'lamps', serves: 'lights', from: ['mains', 'generator'] }],
      }),
      roster: roster([]),
      threat: { kind: 'outage', sources: ['mains', 'generator'], circuits: [], lasts: fixed(3600), noticed: fixed(0), patience: 60 },
      where: { zones: { wing: 1 } },
      onset: { kind: 'at', secondOfWeek: 0 },
      horizon: 7200,
    })
    const world = new World(compile(built), 1, 0)
    world.advance(600)
    expect(world.observe().zones[0].dark).toBe(true)
    world.advance(3700)
    expect(world.observe().zones[0].dark).toBe(false)
    expect(world.observe().marks.resolved).toBe(3600)
  })

  it('a plan can wait for the peak of a disorder', () => {
    const built = scene({
      facility: facility([zone('wing', { people: { all: { unlocked: 30, locked: 0 } } })], []),
      roster: roster([officer('one', 'wing')]),
      plans: [
        plan('disorder', [
          task('call', 5, { needs: [], all: [{ kind: 'measure', measure: 'peak', above: 5 }] }),
          task('know', 5, { needs: [], all: [onMark('detected')] }),
        ]),
      ],
      threat: {
        kind: 'disorder',
        agitated: fixed(20),
        spontaneous: 0,
        within: 0,
        between: 0,
        agitatedWeight: 1,
        ignition: 0.1,
        escalation: 0,
        escalationBetween: 0,
        calming: 0,
        talkingDown: 0,
        securing: 0,
        through: { closed: 1, locked: 1 },
        release: 0,
        noticed: { present: fixed(0), absent: fixed(0) },
      },
      where: { zones: { wing: 1 } },
      horizon: 1e4,
    })
    const world = new World(compile(built), 1, 0)
    world.advance(1000)
    expect(world.observe().tasks.find((t) => t.id === 'call')?.state).toBe('done')
  })
})
