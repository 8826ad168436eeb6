/** What the smoke does to people: each has a dose that overcomes them, and nobody has a name. */
import { exp } from '../../numeric/exp.ts'
import { normalDraw } from '../../numeric/normal.ts'
import { walkingIn } from '../../people/population.ts'
import * as LOG from '../../world/log.ts'
import type { Night } from '../../world/night.ts'
import { addTo } from '../common.ts'
import * as F from './shape.ts'

/** kg/m³ of carbon monoxide at one part per million and 25 °C; ppm · min that make a dose of one (ISO 13571). */
const MONOXIDE_PPM = 1.145e-6
const DOSE_PPM_SECONDS = 35000 * 60

const LOCKED_IN = 0
const OUT_OF_CELL = 1
const GONE = 2
const OVERCOME = 3
const DEAD = 4
/** Overcome out of cell. */
const OVERCOME_OUT = 5

/** Everybody in the zones that smoke has reached breathes for `seconds`. */
export function breathe(n: Night, c: F.CompiledFire, s: F.FireState, seconds: number): void {
  const { zones } = n.model
  const origin = s.count[F.ORIGIN]
  if (c.source.seat === 'cell') inhale(s, zones.count, zones.cellVolume[origin], seconds, 1)
  for (let k = 0; k < s.count[F.REACHED]; k++) {
    const zone = s.smoke[k]
    inhale(s, zone, zones.volume[zone], seconds, zones.solid[zone] === 1 ? c.source.dose.cell : 1)
    if (s.known[zone] === 0) meet(n, c, s, zone)
    if (s.dose[zone] >= s.least[zone]) takeEffect(n, c, s, zone, s.known[zone])
    else if (c.source.seat === 'cell' && zone === origin) takeEffect(n, c, s, zone, s.count[F.IN_CELL])
  }
  if (s.dose[origin] > n.figure[c.figures.dose]) n.figure[c.figures.dose] = s.dose[origin]
}

function inhale(s: F.FireState, volume: number, cubicMetres: number, seconds: number, inCell: number): void {
  const dose = ((s.monoxide[volume] / cubicMetres / MONOXIDE_PPM) * seconds) / DOSE_PPM_SECONDS
  s.dose[volume] = s.dose[volume] + dose
  s.doseCell[volume] = s.doseCell[volume] + dose * inCell
}

/** Counts who is in `zone` when smoke comes, and draws what each of them can bear. */
function meet(n: Night, c: F.CompiledFire, s: F.FireState, zone: number): void {
  const first = c.peopleAt[zone]
  const people = Math.min(n.zoneLocked[zone] + n.zoneUnlocked[zone], c.peopleAt[zone + 1] - first)
  s.known[zone] = people
  for (let k = 0; k < people; k++) {
    s.person[first + k] = k < n.zoneLocked[zone] ? LOCKED_IN : OUT_OF_CELL
    s.threshold[first + k] = c.source.dose.median * exp(c.source.dose.sigma * normalDraw(n.draw(c.personKeys[zone], k)))
  }
  findLeast(c, s, zone)
}

/** The dose of the zone at which something next happens to somebody there. */
function findLeast(c: F.CompiledFire, s: F.FireState, zone: number): void {
  let least = Infinity
  const first = c.peopleAt[zone]
  for (let p = first; p < first + s.known[zone]; p++) {
    const state = s.person[p]
    if (state === GONE || state === DEAD) continue
    const next = s.spared[p] + s.threshold[p] * (state === OVERCOME || state === OVERCOME_OUT ? c.source.dose.lethal : 1)
    if (next < least) least = next
  }
  s.least[zone] = least
}

/** Somebody of the first `people` in `zone` may be overcome or die. */
function takeEffect(n: Night, c: F.CompiledFire, s: F.FireState, zone: number, people: number): void {
  const first = c.peopleAt[zone]
  const burningCell = c.source.seat === 'cell' && zone === s.count[F.ORIGIN] ? s.count[F.IN_CELL] : 0
  let changed = false
  for (let k = 0; k < people; k++) {
    const p = first + k
    const state = s.person[p]
    if (state === GONE || state === DEAD) continue
    const dose =
      k < burningCell
        ? s.dose[s.litAt.length]
        : state === OUT_OF_CELL || state === OVERCOME_OUT
          ? s.dose[zone] - s.spared[p]
          : s.doseCell[zone]
    const overcome = state === OVERCOME || state === OVERCOME_OUT
    if (!overcome && dose >= s.threshold[p]) {
      s.person[p] = state === LOCKED_IN ? OVERCOME : OVERCOME_OUT
      changed = true
      const column = state === LOCKED_IN ? n.zoneOvercomeIn : n.zoneOvercomeOut
      column[zone] = column[zone] + 1
      addTo(n, c.figures.overcome, 1)
      n.log(LOG.EVENT, c.index, F.FIRE_OVERCOME, zone)
    }
    if ((s.person[p] === OVERCOME || s.person[p] === OVERCOME_OUT) && dose >= s.threshold[p] * c.source.dose.lethal) {
      s.person[p] = DEAD
      changed = true
      addTo(n, c.figures.deaths, 1)
      n.log(LOG.EVENT, c.index, F.FIRE_DEATH, zone)
    }
  }
  if (changed || people === s.known[zone]) findLeast(c, s, zone)
}

/** People have been let out, led away or carried out of `zone`: finds who that was. Those in the first cells go first. */
export function follow(n: Night, c: F.CompiledFire, s: F.FireState, zone: number): void {
  if (s.known[zone] === 0) return
  const first = c.peopleAt[zone]
  const end = first + s.known[zone]
  let rescued = n.zoneRescued[zone] - s.rescued[zone]
  s.rescued[zone] = n.zoneRescued[zone]
  let out = -walkingIn(n, zone)
  let gone = n.zoneOvercomeOut[zone] - n.zoneUnlocked[zone]
  for (let p = first; p < end; p++) {
    if (s.person[p] === LOCKED_IN) out++
    else if (s.person[p] === OUT_OF_CELL) gone++
    else if (rescued > 0 && (s.person[p] === OVERCOME || s.person[p] === OVERCOME_OUT || s.person[p] === DEAD)) {
      rescued--
      s.person[p] = GONE
    }
  }
  gone += Math.max(0, out)
  for (let p = first; p < end && out > 0; p++) {
    if (s.person[p] !== LOCKED_IN) continue
    out--
    s.person[p] = OUT_OF_CELL
    s.spared[p] = s.dose[zone] - s.doseCell[zone]
  }
  for (let p = first; p < end && gone > 0; p++) {
    if (s.person[p] !== OUT_OF_CELL) continue
    gone--
    s.person[p] = GONE
  }
  findLeast(c, s, zone)
}
