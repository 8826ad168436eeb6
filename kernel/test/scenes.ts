/** The reference models as scenes. */
import { after, door, facility, fixed, officer, plan, roster, scene, task, zone } from '../src/verification/scenes.ts'
import type { Scene } from '../src/world/scene.ts'
import * as disorder from './reference/disorder.ts'
import * as response from './reference/response.ts'

const two = (n: number) => String(n).padStart(2, '0')

/** Reference model A as a scene. */
export function responseScene(): Scene {
  const zones = Array.from({ length: response.ZONES }, (_, i) => zone(`zone-${two(i)}`))
  const doors = response.doors.map(({ a, b, seconds }) =>
    door(`door-${two(a)}-${two(b)}`, [`zone-${two(a)}`, `zone-${two(b)}`], { walk: seconds }),
  )
  const staff = response.officers.map((o, i) => officer(`officer-${two(i)}`, `zone-${two(o.home)}`, { skills: [`skill-${o.skill}`] }))
  const tasks = response.tasks.map((t, i) =>
    task(
      `task-${two(i)}`,
      { kind: 'lognormal', median: t.median, sigma: 0.5 },
      {
        all: after(...t.after.map((k) => `task-${two(k)}`)),
        needs: [{ skill: `skill-${t.skill}`, count: 1 }],
        place: t.zone < 0 ? 'incident' : `zone-${two(t.zone)}`,
        priority: t.priority,
        skip: t.skip,
      },
    ),
  )
  return scene({
    facility: facility(zones, doors),
    roster: roster(staff),
    plans: [{ ...plan('drill', tasks, 'response'), asking: 'by-id' }],
  })
}

/** Reference model B as a scene; rates per second. */
export function disorderScene(): Scene {
  const { eps, beta, betax, g0, g, gx, k, d, sg } = disorder.rates
  const perMinute = (rate: number) => rate / 60
  const people = { all: { unlocked: disorder.PEOPLE, locked: 0 } }
  const zones = disorder.staff.map((_, w) => zone(`wing-${two(w)}`, { people }))
  const doors = disorder.links.map(([a, b]) => door(`door-${two(a)}-${two(b)}`, [`wing-${two(a)}`, `wing-${two(b)}`], { walk: 20 }))
  const staff = disorder.staff.flatMap((count, w) =>
    Array.from({ length: count }, (_, i) => officer(`officer-${two(w)}-${i}`, `wing-${two(w)}`)),
  )
  const never = fixed(1e9)
  return scene({
    facility: facility(zones, doors),
    roster: roster(staff),
    threat: {
      kind: 'disorder',
      agitated: fixed(disorder.AGITATED),
      spontaneous: perMinute(eps),
      within: perMinute(beta),
      between: perMinute(betax),
      agitatedWeight: 0.5,
      ignition: perMinute(g0),
      escalation: perMinute(g),
      escalationBetween: perMinute(gx),
      calming: perMinute(k),
      talkingDown: perMinute(d),
      securing: perMinute(sg),
      through: { closed: 1, locked: 1 },
      release: 0,
      noticed: { present: never, absent: never },
    },
    where: { zones: { 'wing-00': 1 } },
    horizon: disorder.HORIZON_MINUTES * 60,
  })
}
