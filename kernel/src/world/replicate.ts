/** One night from beginning to end. */
import { closeThreat } from '../threats/threat.ts'
import type { Night } from './night.ts'
import { writeOutcomes } from './outcomes.ts'
import { advance, settle } from './run.ts'
import { begin } from './start.ts'

/** Plays night `replication` under `seed` and writes its measures into `out` from `at` on, `stride` apart. */
export function replicate(n: Night, seed: number, replication: number, out: Float64Array, at = 0, stride = 1): void {
  begin(n, seed, replication)
  settle(n)
  advance(n, n.model.horizon)
  end(n, out, at, stride)
}

/** Closes a night that has been advanced to its horizon, and writes its measures. */
export function end(n: Night, out: Float64Array, at = 0, stride = 1): void {
  for (let threat = 0; threat < n.threats.length; threat++) {
    if (n.markAt[n.model.threats[threat].onset] < Infinity) closeThreat(n, threat)
  }
  writeOutcomes(n, out, at, stride)
}
