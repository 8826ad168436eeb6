/** Officers on their way. A walk is one event, its arrival; where somebody is in between follows from the route. */
import { TRAVELLING } from '../people/states.ts'
import { ACCESS, DEPARTS, DUTY, NOW, OFFICER, TASK_OF, WHERE, ZONE } from '../world/layout.ts'
import * as LOG from '../world/log.ts'
import type { Night } from '../world/night.ts'
import { passing } from './routes.ts'

/** Moves the starting point of everybody under way to the zone they are just entering, on the routes as they are. */
export function placeTravellers(n: Night): void {
  const { i, f, model: m } = n
  const now = f[NOW]
  const end = m.officerAt + m.staff.count * OFFICER
  for (let officer = m.officerAt; officer < end; officer += OFFICER) {
    if (i[officer + DUTY] !== TRAVELLING || f[officer + DEPARTS] >= now) continue
    const access = i[officer + ACCESS]
    const row = n.routes.row(n, access, i[i[officer + TASK_OF] + ZONE])
    let zone = i[officer + WHERE]
    let time = f[officer + DEPARTS]
    while (time < now) {
      const door = row.door[zone]
      if (door < 0) break
      time += m.doors.walk[door] + passing(n, door, access)
      zone = m.doors.a[door] === zone ? m.doors.b[door] : m.doors.a[door]
    }
    i[officer + WHERE] = zone
    f[officer + DEPARTS] = time
  }
}

/** Tells the recorder the way of `officer`, door by door. */
export function logRoute(n: Night, officer: number): void {
  if (n.recorder === null) return
  const { i, f, model: m } = n
  const access = i[officer + ACCESS]
  const row = n.routes.row(n, access, i[i[officer + TASK_OF] + ZONE])
  let zone = i[officer + WHERE]
  let time = f[officer + DEPARTS]
  for (let door = row.door[zone]; door >= 0; door = row.door[zone]) {
    time += m.doors.walk[door] + passing(n, door, access)
    zone = m.doors.a[door] === zone ? m.doors.b[door] : m.doors.a[door]
    n.log(LOG.VIA, officer, door, time)
  }
}
