/** Where the smoke goes, who sees it, and where nobody can stay. */
import { exponentialDraw } from '../../numeric/exponential.ts'
import { orderOut } from '../../people/staff.ts'
import { setBlocked } from '../../place/doors.ts'
import { CLOSED, LOCKED } from '../../place/states.ts'
import { setFigure } from '../../tasks/ready.ts'
import * as LOG from '../../world/log.ts'
import type { Night } from '../../world/night.ts'
import { addTo, noticeAfter, report, watchfulness } from '../common.ts'
import { isCellOpen } from './burning.ts'
import * as F from './shape.ts'

/** Extinction of flaming smoke, m² for each kg of soot (Mulholland and Croarkin 2000: 8,700 ± 1,100). */
const EXTINCTION = 8700
/** Height of a doorway, m. */
const DOORWAY = 2
/** Smoke has come to a zone when its extinction exceeds this, 1/m: one sees a kilometre, and carbon monoxide is at 1 ppm. */
const TRACE = 2e-3
/** A zone is free again when its smoke has fallen to this part of what was unbearable. */
const CLEARED = 0.7

/** Extinction of the smoke in `zone`, 1/m. */
export function extinction(n: Night, s: F.FireState, zone: number): number {
  return (EXTINCTION * s.soot[zone]) / n.model.zones.volume[zone]
}

/** Gas passes between the zones, and out, for `seconds`. Returns whether there is still smoke to speak of. */
export function mix(n: Night, c: F.CompiledFire, s: F.FireState, seconds: number): boolean {
  const { zones, doors } = n.model
  const { exchange, gaps, seat } = c.source
  const pace = s.parameter[F.EXCHANGE]
  const origin = s.count[F.ORIGIN]
  if (seat === 'cell') {
    const area = isCellOpen(n, c, origin) ? zones.cellOpen[origin] : zones.cellShut[origin]
    trade(s, zones.count, origin, zones.cellVolume[origin], zones.volume[origin], area * exchange.seat * pace * seconds)
  }
  let left = false
  const reached = s.count[F.REACHED]
  for (let place = 0; place < reached; place++) {
    const zone = s.smoke[place]
    for (let k = zones.doors.start[zone]; k < zones.doors.start[zone + 1]; k++) {
      const door = zones.doors.items[k]
      const other = doors.a[door] === zone ? doors.b[door] : doors.a[door]
      // Between two zones that both have smoke, gas is exchanged once a step.
      if (s.reached[other] === 1 && other < zone) continue
      const shut = n.doorState[door] === CLOSED || n.doorState[door] === LOCKED
      const area = shut ? gaps : doors.width[door] * DOORWAY
      trade(s, zone, other, zones.volume[zone], zones.volume[other], area * exchange.zones * pace * seconds)
      if (s.reached[other] === 0 && zones.outside[other] === 0 && extinction(n, s, other) > TRACE) F.reach(s, other)
    }
    const renewed = zones.outside[zone] === 1 ? 0 : 1 / (1 + (n.airChanges[zone] * seconds) / 3600)
    s.soot[zone] = s.soot[zone] * renewed
    s.monoxide[zone] = s.monoxide[zone] * renewed
    left ||= extinction(n, s, zone) > c.source.smoke.noticed / 4
  }
  return left
}

/** Exchanges `volume` m³ of gas between two well-mixed volumes, without ever passing the balance. */
function trade(s: F.FireState, a: number, b: number, volumeA: number, volumeB: number, volume: number): void {
  const turn = volume * (1 / volumeA + 1 / volumeB)
  const part = turn / (1 + turn) / (1 / volumeA + 1 / volumeB)
  const soot = (s.soot[a] / volumeA - s.soot[b] / volumeB) * part
  s.soot[a] = s.soot[a] - soot
  s.soot[b] = s.soot[b] + soot
  const monoxide = (s.monoxide[a] / volumeA - s.monoxide[b] / volumeB) * part
  s.monoxide[a] = s.monoxide[a] - monoxide
  s.monoxide[b] = s.monoxide[b] + monoxide
}

/** Detectors and officers notice; zones fill and clear. */
export function watch(n: Night, c: F.CompiledFire, s: F.FireState): void {
  const { detected, noticed, unbearable } = c.source.smoke
  let full = 0
  for (let k = 0; k < s.count[F.REACHED]; k++) {
    const zone = s.smoke[k]
    const density = extinction(n, s, zone)
    n.log(LOG.LEVEL, c.index, zone, density)
    if (density >= detected) sense(n, c, s, zone)
    if (density >= noticed) smell(n, c, s, zone)
    if (density >= unbearable && n.zoneSmoky[zone] === 0) {
      setBlocked(n, 'smoky', zone, true)
      orderOut(n, zone)
      if (s.smoked[zone] === 0) addTo(n, c.figures.smoky, 1)
      s.smoked[zone] = 1
    } else if (density < CLEARED * unbearable && n.zoneSmoky[zone] === 1) setBlocked(n, 'smoky', zone, false)
    full += n.zoneSmoky[zone]
  }
  setFigure(n, c.figures.smokyNow, full)
}

function sense(n: Night, c: F.CompiledFire, s: F.FireState, zone: number): void {
  const { ofZone, kind, key } = n.model.sensors
  for (let k = ofZone.start[zone]; k < ofZone.start[zone + 1]; k++) {
    const sensor = ofZone.items[k]
    if (s.sensed[sensor] === 1 || (kind[sensor] !== 'smoke' && kind[sensor] !== 'heat')) continue
    s.sensed[sensor] = 1
    if (n.draw(key[sensor], 0) < watchfulness(n, sensor, zone)) report(n, c, sensor, 0)
  }
}

function smell(n: Night, c: F.CompiledFire, s: F.FireState, zone: number): void {
  const officers = n.zonePresence[zone]
  if (s.smelt[zone] === 1 || officers <= 0) return
  s.smelt[zone] = 1
  noticeAfter(n, c, (exponentialDraw(n.draw(c.noticeKeys[zone], 0)) * c.source.noticing) / officers)
}
