/** Prisoners, as counts per zone: in cell, out of cell, overcome. Nobody has an identity. */
import { touch } from '../place/doors.ts'
import { CONFINED_SECONDS, CONFINED_SINCE, NOW, ONSET_SECOND } from '../world/layout.ts'
import * as LOG from '../world/log.ts'
import type { Night } from '../world/night.ts'

const DAY = 86400

/** How many people in `zone` are out of cell and would follow an officer's word. */
export function willing(n: Night, zone: number): number {
  return Math.max(0, n.zoneUnlocked[zone] - n.zoneUnruly[zone] - n.zoneOvercomeOut[zone])
}

/** How many people in `zone` are in a locked cell and can still walk. */
export function walkingIn(n: Night, zone: number): number {
  return n.zoneLocked[zone] - n.zoneOvercomeIn[zone]
}

/** How many people in `zone`, in cell or out, can no longer walk. */
export function overcomeIn(n: Night, zone: number): number {
  return n.zoneOvercomeIn[zone] + n.zoneOvercomeOut[zone]
}

/** Opens the next cell of `zone`: who can walk goes to `to`. Returns whether there are more. */
export function unlockCell(n: Night, zone: number, to: number): boolean {
  const cells = Math.max(1, n.model.zones.cells[zone] - n.zoneCellsOpen[zone])
  const out = Math.min(walkingIn(n, zone), Math.ceil(n.zoneLocked[zone] / cells))
  n.zoneCellsOpen[zone] = n.zoneCellsOpen[zone] + 1
  n.zoneLocked[zone] = n.zoneLocked[zone] - out
  n.zoneUnlocked[to] = n.zoneUnlocked[to] + out
  n.log(LOG.MOVED, zone, to, out)
  touch(n, zone)
  touch(n, to)
  return walkingIn(n, zone) > 0 && n.zoneCellsOpen[zone] < n.model.zones.cells[zone]
}

/** Locks the next cellful of people of `zone` in. Returns whether there are more who would go. */
export function lockCell(n: Night, zone: number): boolean {
  const { cells } = n.model.zones
  const perCell = cells[zone] > 0 ? Math.max(1, Math.ceil((n.zoneLocked[zone] + n.zoneUnlocked[zone]) / cells[zone])) : 1
  const in_ = Math.min(willing(n, zone), perCell)
  n.zoneUnlocked[zone] = n.zoneUnlocked[zone] - in_
  n.zoneLocked[zone] = n.zoneLocked[zone] + in_
  n.zoneCellsOpen[zone] = Math.max(0, n.zoneCellsOpen[zone] - 1)
  touch(n, zone)
  return willing(n, zone) > 0
}

/** One person who is out of cell goes from `zone` to `to`. Returns whether there are more who would go. */
export function lead(n: Night, zone: number, to: number): boolean {
  if (willing(n, zone) > 0) {
    n.zoneUnlocked[zone] = n.zoneUnlocked[zone] - 1
    n.zoneUnlocked[to] = n.zoneUnlocked[to] + 1
    n.log(LOG.MOVED, zone, to, 1)
    touch(n, zone)
    touch(n, to)
  }
  return willing(n, zone) > 0
}

/** Carries one person who has been overcome from `zone` to `to`. Returns whether there are more. */
export function carryOutOne(n: Night, zone: number, to: number): boolean {
  if (overcomeIn(n, zone) > 0) {
    const fromCell = n.zoneOvercomeIn[zone] > 0
    const overcome = fromCell ? n.zoneOvercomeIn : n.zoneOvercomeOut
    const people = fromCell ? n.zoneLocked : n.zoneUnlocked
    overcome[zone] = overcome[zone] - 1
    people[zone] = people[zone] - 1
    n.zoneUnlocked[to] = n.zoneUnlocked[to] + 1
    n.zoneRescued[zone] = n.zoneRescued[zone] + 1
    n.log(LOG.MOVED, zone, to, 1)
    touch(n, zone)
    touch(n, to)
  }
  return overcomeIn(n, zone) > 0
}

/** An order that nobody leaves their cell in `zone` (or that they may again). Who is out and willing goes in at once. */
export function confine(n: Night, zone: number, confined: boolean): void {
  if (n.zoneConfined[zone] === (confined ? 1 : 0)) return
  countConfined(n)
  n.zoneConfined[zone] = confined ? 1 : 0
  const { regimes, zones } = n.model
  for (let regime = 0; regime < regimes.count; regime++) {
    const people = zones.unlocked[regime * zones.count + zone]
    n.confinedByRegime[regime] = n.confinedByRegime[regime] + (confined ? people : -people)
  }
  if (confined) {
    const in_ = zones.cells[zone] > 0 ? willing(n, zone) : 0
    n.zoneUnlocked[zone] = n.zoneUnlocked[zone] - in_
    n.zoneLocked[zone] = n.zoneLocked[zone] + in_
  }
  touch(n, zone)
}

/** What confinement has cost until now, in person-seconds that the regime would have given out of cell. */
export function countConfined(n: Night): number {
  const now = n.f[NOW]
  const since = n.f[CONFINED_SINCE]
  n.f[CONFINED_SINCE] = now
  let anybody = 0
  for (let regime = 0; regime < n.confinedByRegime.length; regime++) anybody += n.confinedByRegime[regime]
  if (anybody === 0 || now === since) return n.f[CONFINED_SECONDS]
  const { regimes } = n.model
  const start = n.f[ONSET_SECOND]
  let from = start + since
  const end = start + now
  let total = 0
  while (from < end) {
    const regime = regimeAt(n.model.regimes.from, from)
    const next = nextBoundary(regimes.from, from)
    const to = next < end ? next : end
    total += n.confinedByRegime[regime] * (to - from)
    from = to
  }
  n.f[CONFINED_SECONDS] = n.f[CONFINED_SECONDS] + total
  return n.f[CONFINED_SECONDS]
}

/** The part of the day at `second` (of the week or later); before the first boundary of a day the last part still runs. */
export function regimeAt(from: Float64Array, second: number): number {
  const time = second - Math.floor(second / DAY) * DAY
  let regime = from.length - 1
  if (time < from[0]) return regime
  for (let i = 0; i < from.length && from[i] <= time; i++) regime = i
  return regime
}

function nextBoundary(from: Float64Array, second: number): number {
  const midnight = Math.floor(second / DAY) * DAY
  for (let i = 0; i < from.length; i++) if (midnight + from[i] > second) return midnight + from[i]
  return midnight + DAY + from[0]
}
