/** Help from outside: called, on the road, at the gate, inside. */
import { schedule, TIMER } from '../clock/agenda.ts'
import { station } from '../people/staff.ts'
import { quantile } from '../random/distribution.ts'
import { NOW, OFFICER, SERVE, UNSETTLED } from '../world/layout.ts'
import * as LOG from '../world/log.ts'
import type { Night } from '../world/night.ts'
import { setMark } from './ready.ts'

const NOT_CALLED = 0
const ON_THE_ROAD = 1
const AT_THE_GATE = 2
const INSIDE = 3

/** Calls `agency`, unless it has been called. */
export function callAgency(n: Night, agency: number): void {
  if (n.agencyState[agency] !== NOT_CALLED) return
  const { agencies, samplers } = n.model
  n.agencyState[agency] = ON_THE_ROAD
  n.log(LOG.AGENCY, agency, ON_THE_ROAD)
  const seconds = quantile(samplers, agencies.arrives[agency], n.draw(agencies.key[agency], 0))
  schedule(n, agencies.slot[agency], n.f[NOW] + seconds, TIMER)
  setMark(n, agencies.calledMark[agency])
}

/** The slot of `agency` has come up: it reaches the gate, or is through it. */
export function agencyEvent(n: Night, agency: number): void {
  const { agencies, samplers } = n.model
  if (n.agencyState[agency] === AT_THE_GATE) return letIn(n, agency)
  n.agencyState[agency] = AT_THE_GATE
  n.log(LOG.AGENCY, agency, AT_THE_GATE)
  setMark(n, agencies.arrivedMark[agency])
  const admission = agencies.admission[agency]
  if (admission < 0) return
  const seconds = quantile(samplers, admission, n.draw(agencies.key[agency], 1))
  schedule(n, agencies.slot[agency], n.f[NOW] + seconds, TIMER)
}

/** Opens the gate to `agency`: at once if it is there, otherwise nothing happens. */
export function admitAgency(n: Night, agency: number): void {
  if (n.agencyState[agency] === AT_THE_GATE) letIn(n, agency)
}

function letIn(n: Night, agency: number): void {
  const { agencies, staff } = n.model
  if (n.agencyState[agency] === INSIDE) return
  n.agencyState[agency] = INSIDE
  n.log(LOG.AGENCY, agency, INSIDE)
  for (let officer = staff.roster; officer < staff.count; officer++) {
    if (staff.agency[officer] === agency) station(n, n.model.officerAt + officer * OFFICER, agencies.gate)
  }
  n.i[UNSETTLED] = n.i[UNSETTLED] | SERVE
  setMark(n, agencies.admittedMark[agency])
}
