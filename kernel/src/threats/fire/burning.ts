/** How hot it burns: fuel, air and water. */
import { exp } from '../../numeric/exp.ts'
import { exponentialDraw } from '../../numeric/exponential.ts'
import { CLOSED, LOCKED } from '../../place/states.ts'
import { setFigure, setMark } from '../../tasks/ready.ts'
import { NOW } from '../../world/layout.ts'
import * as LOG from '../../world/log.ts'
import type { Night } from '../../world/night.ts'
import { addTo } from '../common.ts'
import * as F from './shape.ts'

/** kW that burn for each m^2.5 of opening: its area times the root of its height (Kawagoe's rule, as heat). */
const VENTILATION_HEAT = 1500
/** kJ that one m³ of fresh air lets burn (3 MJ a kg), and the part of it that can be used before flames go out. */
const AIR_HEAT = 3600
const USABLE = 0.4
/** The air of a room is used up over about this time, s. */
const AIR_REACH = 60
/** Height of a doorway, m. */
const DOORWAY = 2
/** Below this heat (kW) nothing burns any more. */
const OUT = 1

/** Air in zones and cell at the onset. */
export function fillAir(n: Night, s: F.FireState): void {
  const { zones } = n.model
  for (let zone = 0; zone < zones.count; zone++) s.air[zone] = zones.volume[zone] * AIR_HEAT * USABLE
  s.air[zones.count] = zones.cellVolume[s.count[F.ORIGIN]] * AIR_HEAT * USABLE
}

/** The heat of every burning zone over the next `seconds`, and the soot and carbon monoxide that come of it. */
export function burn(n: Night, c: F.CompiledFire, s: F.FireState, seconds: number): void {
  const { yields, heatOfCombustion } = c.source
  let total = 0
  for (let k = 0; k < s.count[F.REACHED]; k++) {
    const zone = s.smoke[k]
    if (s.litAt[zone] === Infinity) continue
    const inCell = c.source.seat === 'cell' && zone === s.count[F.ORIGIN]
    const volume = inCell ? s.litAt.length : zone
    const wanted = fuelHeat(n, c, s, zone)
    const inflow = inCell ? cellAir(n, c, zone) : roomAir(n, c, zone)
    const allowed = inflow + s.air[volume] / AIR_REACH
    const dry = Math.min(wanted, allowed)
    if (s.x[F.WATER] >= dry && s.x[F.WATER] > 0) s.left[zone] = s.left[zone] * exp(-seconds / s.x[F.KNOCKDOWN])
    const heat = dry * s.left[zone]
    const fresh = n.model.zones.volume[zone] * AIR_HEAT * USABLE
    const most = inCell ? n.model.zones.cellVolume[zone] * AIR_HEAT * USABLE : fresh
    s.air[volume] = Math.max(0, Math.min(most, s.air[volume] + (inflow - heat) * seconds))
    const poverty = Math.min(1, Math.max(0, (wanted / Math.max(allowed, OUT) - 1) / 0.5))
    const kilograms = (heat * seconds) / heatOfCombustion
    const monoxide = kilograms * (yields.monoxide + (yields.monoxidePoor - yields.monoxide) * poverty)
    s.soot[volume] = s.soot[volume] + kilograms * yields.soot
    s.monoxide[volume] = s.monoxide[volume] + monoxide
    addTo(n, c.figures.monoxide, monoxide)
    s.burnt[zone] = s.burnt[zone] + heat * seconds
    s.heat[zone] = heat
    total += heat
    spread(n, c, s, zone, seconds)
  }
  setFigure(n, c.figures.heat, total)
  if (total > n.figure[c.figures.peakHeat]) setFigure(n, c.figures.peakHeat, total)
  n.log(LOG.EVENT, c.index, F.FIRE_HEAT, total)
  if (total <= n.figure[c.figures.peakHeat] / 2) setMark(n, c.contained)
  const tried = n.f[NOW] - n.markAt[c.onset] > 60
  if (tried && total < OUT && n.markAt[c.resolved] === Infinity) {
    n.log(LOG.EVENT, c.index, F.FIRE_OUT)
    setMark(n, c.contained)
    setMark(n, c.resolved)
  }
}

/** What the fuel would give: growth with the square of time up to its peak, and less once four fifths are burnt. */
function fuelHeat(n: Night, c: F.CompiledFire, s: F.FireState, zone: number): number {
  const time = n.f[NOW] - s.litAt[zone]
  const grown = Math.min(c.source.peakHeat, s.x[F.GROWTH] * time * time)
  const last = (c.source.fuel - s.burnt[zone]) / (0.2 * c.source.fuel)
  return grown * Math.max(0, Math.min(1, last))
}

function cellAir(n: Night, c: F.CompiledFire, zone: number): number {
  const { zones } = n.model
  const area = isCellOpen(n, c, zone) ? zones.cellOpen[zone] : zones.cellShut[zone]
  return VENTILATION_HEAT * area * Math.sqrt(zones.cellHeight[zone])
}

/** Whether the cell of origin stands open: from the start, or because it was the first to be unlocked. */
export function isCellOpen(n: Night, c: F.CompiledFire, zone: number): boolean {
  return c.source.doorOpen || n.zoneCellsOpen[zone] > 0
}

function roomAir(n: Night, c: F.CompiledFire, zone: number): number {
  const { zones, doors } = n.model
  if (zones.outside[zone] === 1) return Infinity
  let area = 0
  for (let k = zones.doors.start[zone]; k < zones.doors.start[zone + 1]; k++) {
    const door = zones.doors.items[k]
    const shut = n.doorState[door] === CLOSED || n.doorState[door] === LOCKED
    area += shut ? c.source.gaps : doors.width[door] * DOORWAY
  }
  return VENTILATION_HEAT * area * Math.sqrt(DOORWAY) + (n.airChanges[zone] * zones.volume[zone] * AIR_HEAT) / 3600
}

/** A hot fire passes through open doors to the next zone, sooner or later. */
function spread(n: Night, c: F.CompiledFire, s: F.FireState, zone: number, seconds: number): void {
  if (s.heat[zone] < c.source.spread.heat) return
  const { zones, doors } = n.model
  for (let k = zones.doors.start[zone]; k < zones.doors.start[zone + 1]; k++) {
    const door = zones.doors.items[k]
    const other = doors.a[door] === zone ? doors.b[door] : doors.a[door]
    const shut = n.doorState[door] === CLOSED || n.doorState[door] === LOCKED
    if (shut || s.litAt[other] < Infinity || zones.outside[other] === 1) continue
    if (s.bears[door] < 0) s.bears[door] = exponentialDraw(n.draw(c.spreadKeys[door], 0)) * c.source.spread.after
    s.bears[door] = s.bears[door] - seconds * s.parameter[F.SPREAD]
    if (s.bears[door] > 0) continue
    s.litAt[other] = n.f[NOW]
    F.reach(s, other)
    n.log(LOG.EVENT, c.index, F.FIRE_SPREADS, other)
    addTo(n, c.figures.burning, 1)
  }
}
