/** How a night begins: the hour, who is there, what is out of order, and where the trouble starts. */
import { schedule, TIMER } from '../clock/agenda.ts'
import { regimeAt } from '../people/population.ts'
import { shiftsAt, untilShiftChange } from '../people/shifts.ts'
import { FREE, OFF } from '../people/states.ts'
import { GENERATOR, refreshLights } from '../place/power.ts'
import { quantileOfWord } from '../random/distribution.ts'
import { uniformOfWord, wordInto } from '../random/threefry.ts'
import { setMark } from '../tasks/ready.ts'
import { startThreat } from '../threats/threat.ts'
import * as L from './layout.ts'
import * as LOG from './log.ts'
import type { Beginning, Night } from './night.ts'

const DAY = 86400

/** Makes `n` the beginning of night `replication` under `seed` (both 32-bit integers). */
export function begin(n: Night, seed: number, replication: number): void {
  const m = n.model
  n.seed = seed | 0
  n.replication = replication | 0
  const second = m.onset.drawn ? drawHour(n) : m.onset.from
  const beginning = beginningOf(n, second)
  n.bytes.set(beginning.state)
  n.routes.resume(beginning.ways)
  n.i[L.SEED] = n.seed
  n.i[L.REPLICATION] = n.replication
  n.f[L.ONSET_SECOND] = second
  drawDurations(n)
  drawAbsences(n)
  drawFaults(n)
  if (m.usesLight) refreshLights(n)
  if (m.shifts.slot >= 0) schedule(n, m.shifts.slot, untilShiftChange(m, second), TIMER)
  breakOut(n, 0)
}

/** Threat `threat` begins now, in one of the zones in which its author says it may. */
export function breakOut(n: Night, threat: number): void {
  const c = n.model.threats[threat]
  if (n.markAt[c.onset] !== Infinity) return
  const count = c.candidates.length
  if (c.joins >= 0) n.threatZone[threat] = n.threatZone[c.joins]
  else if (count > 0) {
    const base = n.i[L.REGIME] * count
    const wanted = n.draw(c.startKey, 0) * c.weights[base + count - 1]
    let low = 0
    let high = count - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (c.weights[base + middle] <= wanted) low = middle + 1
      else high = middle
    }
    n.threatZone[threat] = c.candidates[low]
  }
  n.log(LOG.THREAT, threat, n.threatZone[threat])
  startThreat(n, threat)
  setMark(n, c.onset)
}

function drawHour(n: Night): number {
  const { onset, keys } = n.model
  const time = onset.from + onset.span * n.draw(keys.hour, 0)
  return Math.floor(n.draw(keys.hour, 1) * 7) * DAY + (time % DAY)
}

/** All at once, also of tasks that may never begin: independent draws in a row cost half of what they cost in between. */
function drawDurations(n: Night): void {
  const { f, i, model: m, seed, replication } = n
  const end = m.taskAt + m.tasks.count * L.TASK
  for (let task = m.taskAt; task < end; task += L.TASK) {
    wordInto(i, task + L.LUCK, seed, replication, m.i[task + L.DURATION_KEY], 0)
  }
  for (let task = m.taskAt; task < end; task += L.TASK) {
    f[task + L.LASTS] = quantileOfWord(m.samplers, m.i[task + L.DURATION], i[task + L.LUCK])
  }
}

function drawAbsences(n: Night): void {
  const { staff, officerAt, controlRoom } = n.model
  const manned = controlRoom >= 0 && n.zonePresence[controlRoom] > 0
  for (let number = 0; number < staff.roster; number++) {
    const absence = staff.absence[number]
    if (absence === 0) continue
    const officer = officerAt + number * L.OFFICER
    wordInto(n.i, officer + L.ABSENCES, n.seed, n.replication, staff.absenceKey[number], 0)
    if (n.i[officer + L.DUTY] !== FREE || uniformOfWord(n.i[officer + L.ABSENCES]) >= absence) continue
    n.i[officer + L.DUTY] = OFF
    n.zonePresence[staff.post[number]] = n.zonePresence[staff.post[number]] - staff.presence[number]
  }
  // A manned control room opens the remote doors.
  if (manned && n.zonePresence[controlRoom] <= 0) n.routes.forget()
}

function drawFaults(n: Night): void {
  const { sensors } = n.model
  for (let sensor = 0; sensor < sensors.count; sensor++) {
    const fault = sensors.fault[sensor]
    if (fault > 0 && n.draw(sensors.faultKey[sensor], 0) < fault) n.sensorFaulty[sensor] = 1
  }
}

function beginningOf(n: Night, second: number): Beginning {
  const m = n.model
  if (!m.onset.drawn && n.beginning !== undefined) return n.beginning
  const regime = regimeAt(m.regimes.from, second)
  const shifts = shiftsAt(m, second)
  const key = regime * 0x100000000 + (shifts >>> 0)
  let beginning = n.beginnings.get(key)
  if (beginning === undefined) {
    prepare(n, regime, shifts)
    n.routes.forget()
    beginning = { state: n.bytes.slice(), ways: n.routes.now(n) }
    n.beginnings.set(key, beginning)
  }
  n.beginning = beginning
  return beginning
}

/** Everything that is the same for all nights that begin in this regime with these shifts on duty. */
function prepare(n: Night, regime: number, shifts: number): void {
  const { i, f, model: m } = n
  const { staff, zones, doors, power } = m
  const header = n.header.slice()
  n.bytes.fill(0)
  n.header.set(header)
  f[L.VISITS_CLOSED_SINCE] = Infinity
  i[L.REGIME] = regime
  i[L.SHIFTS] = shifts
  for (let number = 0; number < m.tasks.count; number++) {
    const task = m.taskAt + number * L.TASK
    i[task + L.MISSING] = m.tasks.missing[number]
    i[task + L.STEPS] = -1
    for (const time of [L.READY_AT, L.ASSIGNED_AT, L.BEGAN_AT, L.DONE_AT]) f[task + time] = Infinity
  }
  n.markAt.fill(Infinity)
  n.threatZone.fill(-1)
  n.doorState.set(doors.normal.subarray(regime * doors.count, (regime + 1) * doors.count))
  n.zoneUnlocked.set(zones.unlocked.subarray(regime * zones.count, (regime + 1) * zones.count))
  n.zoneLocked.set(zones.locked.subarray(regime * zones.count, (regime + 1) * zones.count))
  n.airChanges.set(zones.ventilation)
  for (let source = 0; source < power.sources.length; source++) n.sourceAlive[source] = power.kind[source] === GENERATOR ? 0 : 1
  for (let circuit = 0; circuit < power.circuits.length; circuit++) {
    for (let k = power.feeds.start[circuit]; k < power.feeds.start[circuit + 1]; k++) {
      if (n.sourceAlive[power.feeds.items[k]] === 1) n.circuitAlive[circuit] = 1
    }
  }
  for (let number = 0; number < staff.count; number++) {
    const officer = m.officerAt + number * L.OFFICER
    i[officer + L.ACCESS] = m.i[officer + L.OWN_ACCESS]
    i[officer + L.WHERE] = m.i[officer + L.POST]
    if (number >= staff.roster || (staff.shifts[number] & shifts) === 0) continue
    i[officer + L.DUTY] = FREE
    n.zonePresence[staff.post[number]] = n.zonePresence[staff.post[number]] + staff.presence[number]
  }
}
