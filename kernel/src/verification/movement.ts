/** People on the move: walking, and through doorways. */
import { compile } from '../world/compile.ts'
import type { Facility } from '../world/scene.ts'
import { World } from '../world/world.ts'
import type { Check } from './check.ts'
import { door, facility, officer, plan, roster, scene, task, zone } from './scenes.ts'

const PEOPLE = 100

/** Seconds until a hundred people have gone through one door. */
function throughDoor(width: number, doorFlow: Facility['doorFlow']): number {
  const rooms = [zone('room', { area: 40, people: { all: { unlocked: PEOPLE, locked: 0 } } }), zone('yard', { outside: true })]
  const lead = task('lead', 0, { work: { kind: 'evacuate', zone: 'room', to: 'yard' } })
  const model = compile(
    scene({
      facility: facility(rooms, [door('exit', ['room', 'yard'], { width })], { doorFlow }),
      roster: roster([officer('one', 'room')]),
      plans: [plan('drill', [lead])],
      where: { zones: { room: 1 } },
      horizon: 3600,
    }),
  )
  const world = new World(model, 1, 0)
  const complete = model.measures.findIndex((m) => m.name === 'plan-complete')
  return world.finish()[complete]
}

/** Seconds for one officer from one end of a corridor to the other. */
function corridor(metres: number, speed: number): number {
  const ends = [zone('here', { at: [0, 0] }), zone('there', { at: [metres, 0] })]
  const model = compile(
    scene({
      facility: facility(ends, [door('middle', ['here', 'there'])], { walkingSpeed: speed }),
      roster: roster([officer('one', 'here')]),
      plans: [plan('drill', [task('go', 0)])],
      where: { zones: { there: 1 } },
      horizon: 3600,
    }),
  )
  return new World(model, 1, 0).finish()[model.measures.findIndex((m) => m.name === 'plan-complete')]
}

const IMO = { perMetre: 1.3, boundary: 0 }
const SFPE = { perMetre: 1.316, boundary: 0.15 }

export const MOVEMENT_CHECKS: readonly Check[] = [
  {
    id: 'V1',
    title: 'Forty metres of corridor at 1.33 m/s',
    source: 'RiMEA 4.1.1, test 1 (26 to 34 s allowed)',
    confidence: 'published',
    quantity: 's',
    expected: 30,
    tolerance: 4,
    work: () => ({ obtained: corridor(40, 1.33), replications: 1 }),
  },
  {
    id: 'V4',
    title: 'A hundred people through a door of one metre',
    source: 'IMO MSC.1/Circ.1238, doorway 1.3 persons/(m s); component test 4 asks for at least 75.2 s',
    confidence: 'recalled',
    quantity: 's',
    expected: PEOPLE / 1.3,
    tolerance: 1,
    work: () => ({ obtained: throughDoor(1, IMO), replications: 1 }),
  },
  ...(
    [
      [0.9, 126.6],
      [1, 108.6],
      [1.2, 84.4],
    ] as const
  ).map(
    ([width, expected]): Check => ({
      id: `V5-${width}`,
      title: `A hundred people through a door of ${width} m clear width`,
      source: 'SFPE hydraulic model: 1.316 persons/(m s), boundary layer 0.15 m a side',
      confidence: 'recalled',
      quantity: 's',
      expected,
      tolerance: 1.3,
      work: () => ({ obtained: throughDoor(width, SFPE), replications: 1 }),
    }),
  ),
]
