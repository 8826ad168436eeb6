/** The same-instant order, decisions, and what a plan's tasks can do to each other. */
import { describe, expect, it } from 'vitest'
import { BASE } from '../src/verification/fire.ts'
import { after, agency, door, facility, fixed, officer, onMark, plan, roster, scene, task, zone } from '../src/verification/scenes.ts'
import { compile } from '../src/world/compile.ts'
import type { Scene, Staff, Task } from '../src/world/scene.ts'
import { World } from '../src/world/world.ts'

function drill(tasks: readonly Task[], staff: readonly Staff[] = [officer('one', 'hall')], more: Partial<Scene> = {}): Scene {
  return {
    ...scene({
      facility: facility([zone('hall'), zone('yard')], [door('gate', ['hall', 'yard'], { walk: 30 })]),
      roster: roster(staff, { agencies: [agency('brigade', { admission: fixed(60) })] }),
      plans: [plan('drill', tasks)],
      where: { zones: { hall: 1 } },
      horizon: 7200,
    }),
    ...more,
  }
}

/** When each task was done, s. */
function doneTimes(built: Scene): Record<string, number> {
  const done: Record<string, number> = {}
  const model = compile(built)
  const world = new World(model, 1, 0)
  for (let time = 0; time <= 7200; time++) {
    world.advance(time)
    for (const { id, state } of world.observe().tasks) if (state === 'done' && !(id in done)) done[id] = time
  }
  return done
}

describe('at one instant', () => {
  it('a freed officer goes to the head of the waiting list before newly ready tasks ask', () => {
    const tasks = [
      task('a-first', 100),
      task('b-waiting', 100, { priority: 9 }),
      task('c-new', 100, { priority: 1, all: after('a-first') }),
    ]
    expect(doneTimes(drill(tasks))).toEqual({ 'a-first': 100, 'b-waiting': 200, 'c-new': 300 })
  })

  it('of those who wait, the smaller priority number is served first, then who has waited longest', () => {
    const tasks = [
      task('first', 100),
      task('later', 10, { priority: 2, all: [{ kind: 'elapsed', since: 'onset', seconds: 20 }] }),
      task('sooner', 10, { priority: 2, all: [{ kind: 'elapsed', since: 'onset', seconds: 10 }] }),
      task('urgent', 10, { priority: 1, all: [{ kind: 'elapsed', since: 'onset', seconds: 90 }] }),
    ]
    expect(doneTimes(drill(tasks))).toEqual({ first: 100, urgent: 110, sooner: 120, later: 130 })
  })

  it('of those that become ready together the more urgent asks first, or the first by id where the plan says so', () => {
    const tasks = [
      task('first', 100),
      task('a-later', 10, { priority: 3, all: after('first') }),
      task('b-sooner', 10, { priority: 2, all: after('first') }),
      task('c-sooner', 10, { priority: 2, all: after('first') }),
    ]
    expect(doneTimes(drill(tasks))).toEqual({ first: 100, 'b-sooner': 110, 'c-sooner': 120, 'a-later': 130 })
    const byId = drill(tasks, undefined, { plans: [{ ...plan('drill', tasks), asking: 'by-id' }] })
    expect(doneTimes(byId)).toEqual({ first: 100, 'a-later': 110, 'b-sooner': 120, 'c-sooner': 130 })
  })

  it('the nearest free officer goes', () => {
    const staff = [officer('a-far', 'yard'), officer('b-near', 'hall')]
    const world = new World(compile(drill([task('go', 100)], staff)), 1, 0)
    world.advance(1)
    expect(world.observe().officers.find((o) => o.id === 'b-near')?.duty).toBe('working')
  })
})

describe('a place beside the incident', () => {
  it('is where people would gather, whatever doors and zones are called', () => {
    const stands = (names: readonly [string, string]) => {
      const zones = [zone('wing'), zone('hall'), zone('office', { area: 10 }), zone('yard', { outside: true })]
      const doors = [
        door(names[0], ['wing', 'office']),
        door(names[1], ['wing', 'hall']),
        door('m', ['hall', 'office']),
        door('n', ['hall', 'yard']),
        door('b', ['wing', 'yard']),
      ]
      const built = scene({
        facility: facility(zones, doors),
        roster: roster([officer('one', 'hall')]),
        plans: [plan('drill', [task('go', 600, { place: 'adjacent' })])],
        where: { zones: { wing: 1 } },
      })
      const world = new World(compile(built), 1, 0)
      world.advance(300)
      return world.observe().officers[0].zone
    }
    expect(stands(['a', 'z'])).toBe('hall')
    expect(stands(['z', 'a'])).toBe('hall')
  })
})

describe('disorder', () => {
  it('is over when the last one is calm, and not only when something else happens', () => {
    const built = scene({
      facility: facility([zone('wing', { people: { all: { unlocked: 20, locked: 0 } } })], []),
      roster: roster([officer('one', 'wing')]),
      threat: {
        kind: 'disorder',
        agitated: fixed(5),
        spontaneous: 0,
        within: 0,
        between: 0,
        agitatedWeight: 1,
        ignition: 0,
        escalation: 0,
        escalationBetween: 0,
        calming: 0.01,
        talkingDown: 0,
        securing: 0,
        through: { closed: 1, locked: 1 },
        release: 0,
        noticed: { present: fixed(0), absent: fixed(0) },
      },
      where: { zones: { wing: 1 } },
      horizon: 1e5,
    })
    const world = new World(compile(built), 1, 0)
    world.advance(1e5)
    const { marks, figures } = world.observe()
    expect(figures.agitated).toBe(0)
    expect(marks.resolved).toBeGreaterThan(0)
    expect(marks.resolved).toBeLessThan(2000)
  })
})

describe('a locked door', () => {
  const cells = { count: 4, front: 'open', key: 'cell', opening: { open: 2, shut: 0.1, height: 2 }, volume: 20 } as const
  const zones = [zone('wing', { people: { all: { locked: 4, unlocked: 0 } }, cells }), zone('yard')]
  const build = (holds: boolean, tasks: readonly Task[], staff = [officer('one', 'wing')]) =>
    scene({
      facility: facility(zones, [door('gate', ['wing', 'yard'], { normally: { all: 'locked' }, key: 'main' })]),
      roster: roster(staff, { keySets: holds ? [{ id: 'set', opens: ['main'], holder: 'one' }] : [] }),
      plans: [plan('drill', tasks)],
      where: { zones: { wing: 1 } },
      horizon: 3600,
    })
  const lead = task('lead', 0, { work: { kind: 'unlock', zone: 'wing', to: 'yard', perCell: fixed(10) } })
  const after600 = (built: Scene) => {
    const world = new World(compile(built), 1, 0)
    world.advance(600)
    return world.observe()
  }

  it('holds people whose officers have no key for it: leading them out fails', () => {
    const without = after600(build(false, [lead]))
    expect(without.tasks[0].state).toBe('failed')
    expect(without.zones.find((z) => z.id === 'yard')?.unlocked).toBe(0)
    const withKeys = after600(build(true, [lead]))
    expect(withKeys.tasks[0].state).toBe('done')
    expect(withKeys.zones.find((z) => z.id === 'yard')?.unlocked).toBe(4)
  })

  it('opens for a crew of whom any one has the key, whoever comes first', () => {
    const both = { ...lead, needs: [{ skill: 'officer', count: 2 }] }
    const staff = [officer('another', 'wing'), officer('one', 'wing')]
    expect(after600(build(true, [both], staff)).tasks[0].state).toBe('done')
    expect(after600(build(false, [both], staff)).tasks[0].state).toBe('failed')
    const evacuate = { ...both, work: { kind: 'evacuate', zone: 'wing', to: 'yard' } } as const
    const free = build(true, [evacuate], staff)
    const out = {
      ...free,
      facility: { ...free.facility, zones: [zone('wing', { people: { all: { locked: 0, unlocked: 4 } } }), zone('yard')] },
    }
    expect(after600(out).zones.find((z) => z.id === 'yard')?.unlocked).toBe(4)
  })

  it('stays locked when doors are closed', () => {
    const shut = task('shut', 10, { onDone: [{ kind: 'doors', to: 'closed', doors: [], zones: ['incident'] }] })
    const open = task('open', 10, { onDone: [{ kind: 'doors', to: 'open', doors: ['gate'], zones: [] }] })
    expect(after600(build(false, [shut])).doors[0].state).toBe('locked')
    expect(after600(build(false, [open])).doors[0].state).toBe('open')
  })
})

describe('a fire', () => {
  it('counts the people still where it began, and tells who waits until they are out', () => {
    const cells = { count: 4, front: 'open', key: 'cell', opening: { open: 2, shut: 0.1, height: 2 }, volume: 20 } as const
    const tasks = [
      task('lead', 0, { work: { kind: 'unlock', zone: 'wing', to: 'yard', perCell: fixed(10) } }),
      task('report', 5, { needs: [], all: [{ kind: 'measure', measure: 'inside', below: 1 }] }),
    ]
    const built = scene({
      facility: facility(
        [zone('wing', { people: { all: { locked: 4, unlocked: 0 } }, cells }), zone('yard')],
        [door('gate', ['wing', 'yard'])],
      ),
      roster: roster([officer('one', 'wing')]),
      plans: [plan('fire', tasks)],
      threat: BASE,
      where: { zones: { wing: 1 } },
      horizon: 3600,
    })
    const world = new World(compile(built), 1, 0)
    world.advance(15)
    expect(world.observe().figures.inside).toBe(3)
    expect(world.observe().tasks.find(({ id }) => id === 'report')?.state).toBe('dormant')
    world.advance(60)
    expect(world.observe().figures.inside).toBe(0)
    expect(world.observe().tasks.find(({ id }) => id === 'report')?.state).toBe('done')
  })
})

describe('a plan', () => {
  it('fails a task that nobody could begin in time, and goes on with what failure asks for', () => {
    const tasks = [
      task('long', 1000),
      task('urgent', 10, { deadline: 60, onFailed: [{ kind: 'mark', mark: 'too-late' }] }),
      task('instead', 5, { needs: [], all: [{ kind: 'task', task: 'urgent', outcome: 'failed' }] }),
    ]
    expect(doneTimes(drill(tasks))).toEqual({ long: 1000, instead: 65 })
  })

  it('calls an agency, which comes to the gate, is admitted and works', () => {
    const tasks = [
      task('call', 30, { onDone: [{ kind: 'call', agency: 'brigade' }] }),
      task('help', 100, { all: [onMark('brigade-admitted')], needs: [{ skill: 'brigade', count: 2 }] }),
    ]
    const done = doneTimes(drill(tasks))
    expect(done.call).toBe(30)
    // A call, ten minutes of way, one minute at the gate, and the walk from there.
    expect(done.help).toBeGreaterThanOrEqual(30 + 600 + 60 + 100)
  })

  it('waits for a measure to cross a line', () => {
    const built = scene({
      facility: facility([zone('hall', { people: { all: { unlocked: 50, locked: 0 } } })], []),
      roster: roster([officer('one', 'hall')]),
      plans: [plan('outbreak', [task('isolate', 10, { all: [{ kind: 'measure', measure: 'infectious', above: 4 }] })])],
      threat: {
        kind: 'outbreak',
        reproduction: fixed(0),
        latent: 100,
        infectious: 1e9,
        contacts: { zone: 1, near: 0, establishment: 0, staff: 0 },
        solid: 1,
        arriving: fixed(6),
        imported: 0,
        symptoms: { share: 0, after: 1 },
        leak: 1,
        places: 0,
        fatality: 0,
      },
      where: { zones: { hall: 1 } },
      horizon: 1e5,
    })
    const world = new World(compile(built), 3, 0)
    while (world.observe().figures.infectious <= 4) world.advance(world.next)
    expect(world.observe().tasks[0].state).toBe('working')
  })
})

describe('a world', () => {
  const tasks = [task('watch', 10_000, { forgotten: 1 }), task('search', 50, { place: 'yard' })]

  it('takes decisions: starts what was forgotten, shuts a door on the way, calls for help', () => {
    const world = new World(compile(drill(tasks, [officer('one', 'hall'), officer('two', 'hall')])), 1, 0)
    world.apply({ do: 'door', door: 'gate', to: 'locked' })
    world.advance(5)
    expect(world.observe().tasks.find((t) => t.id === 'watch')?.state).toBe('forgotten')
    world.apply({ do: 'start-task', task: 'watch' })
    world.apply({ do: 'call', agency: 'brigade' })
    world.advance(700)
    const seen = world.observe()
    expect(seen.tasks.find((t) => t.id === 'watch')?.state).toBe('working')
    expect(seen.tasks.find((t) => t.id === 'search')?.state).not.toBe('done')
    expect(seen.marks['brigade-arrived']).toBeCloseTo(605, 6)
  })

  it('refuses what the scene does not have, and says what there is', () => {
    const world = new World(compile(drill(tasks)), 1, 0)
    expect(() => world.apply({ do: 'call', agency: 'navy' })).toThrow(/there is no 'navy'; there are: brigade/)
  })

  it('goes on from a snapshot as if nothing had been', () => {
    const model = compile(drill([task('one', { kind: 'exponential', mean: 300 }), task('two', 60, { all: after('one') })]))
    const whole = new World(model, 5, 9)
    const half = new World(model, 5, 9)
    half.advance(120)
    const kept = half.snapshot()
    const fork = half.fork()
    half.apply({ do: 'cancel-task', task: 'one' })
    const expected = whole.finish()
    expect(fork.finish()).toEqual(expected)
    half.restore(kept)
    expect(half.finish()).toEqual(expected)
  })

  it('refuses the snapshot of another model', () => {
    const one = new World(compile(drill(tasks)), 1, 0)
    const other = new World(compile(drill([task('else', 1)])), 1, 0)
    expect(() => one.restore(other.snapshot())).toThrow(/another model/)
  })
})
