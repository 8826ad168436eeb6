/** Orders about tasks that somebody gives, whatever the plan says. */
import { cancel } from '../clock/agenda.ts'
import { SLOT, STATE } from '../world/layout.ts'
import type { Night } from '../world/night.ts'
import { abandon } from './progress.ts'
import { ask, becomeReady } from './ready.ts'
import * as S from './states.ts'

/** Begins `task` now if it has not begun, whatever it was still waiting for; one that was forgotten is remembered. */
export function startTask(n: Night, task: number): void {
  const state = n.i[task + STATE]
  if (state === S.DORMANT) becomeReady(n, task, 0)
  else if (state === S.FORGOTTEN) {
    cancel(n, n.model.i[task + SLOT])
    ask(n, task)
  }
}

/** Gives up `task`, begun or not: it counts as failed, and whoever works on it is free. */
export function cancelTask(n: Night, task: number): void {
  abandon(n, task)
}
