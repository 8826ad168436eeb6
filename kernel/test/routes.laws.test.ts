import fc from 'fast-check'
import { describe, it } from 'vitest'
import { door, facility, officer, plan, roster, scene, task, zone } from '../src/verification/scenes.ts'
import { compile } from '../src/world/compile.ts'
import { World } from '../src/world/world.ts'

/** Seconds that the only officer needs from zone 0 to the last one; Infinity if no way leads there. */
function walked(zones: number, doors: readonly (readonly [number, number, number, 'open' | 'locked'])[], keys: readonly string[]): number {
  const built = scene({
    facility: facility(
      Array.from({ length: zones }, (_, k) => zone(`zone-${k}`)),
      doors.map(([a, b, walk, state], k) =>
        door(`door-${k}`, [`zone-${a}`, `zone-${b}`], { walk, normally: { all: state }, key: 'wing', passing: { closed: 0, locked: 7 } }),
      ),
    ),
    roster: roster([officer('one', 'zone-0')], { keySets: [{ id: 'set', opens: keys, holder: 'one' }] }),
    plans: [plan('drill', [task('go', 0)])],
    where: { zones: { [`zone-${zones - 1}`]: 1 } },
    horizon: 1e5,
  })
  const model = compile(built)
  return new World(model, 1, 0).finish()[model.measures.findIndex((m) => m.name === 'first-on-scene')]
}

/** The same by trying everything: Floyd and Warshall. */
function shortest(
  zones: number,
  doors: readonly (readonly [number, number, number, 'open' | 'locked'])[],
  keys: readonly string[],
): number {
  const cost = Array.from({ length: zones }, (_, a) => Array.from({ length: zones }, (_, b) => (a === b ? 0 : Infinity)))
  for (const [a, b, walk, state] of doors) {
    const seconds = state === 'open' ? walk : keys.includes('wing') ? walk + 7 : Infinity
    cost[a][b] = Math.min(cost[a][b], seconds)
    cost[b][a] = cost[a][b]
  }
  for (let k = 0; k < zones; k++)
    for (let a = 0; a < zones; a++) for (let b = 0; b < zones; b++) cost[a][b] = Math.min(cost[a][b], cost[a][k] + cost[k][b])
  return cost[0][zones - 1]
}

describe('routes', () => {
  it('are the shortest through the doors that this officer can open', () => {
    const map = fc.integer({ min: 2, max: 9 }).chain((zones) =>
      fc.tuple(
        fc.constant(zones),
        fc.array(
          fc
            .tuple(
              fc.nat(zones - 1),
              fc.nat(zones - 1),
              fc.integer({ min: 1, max: 60 }),
              fc.constantFrom('open' as const, 'locked' as const),
            )
            .filter(([a, b]) => a !== b),
          { maxLength: 16 },
        ),
        fc.constantFrom([], ['wing']),
      ),
    )
    fc.assert(
      fc.property(map, ([zones, doors, keys]) => walked(zones, doors, keys) === shortest(zones, doors, keys)),
      { numRuns: 300 },
    )
  })
})
