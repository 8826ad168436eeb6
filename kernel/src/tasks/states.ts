/** What has become of a task. */
export const DORMANT = 0
/** Ready, and nobody can begin it yet. */
export const WAITS = 1
/** Its officers are on their way. */
export const ASSIGNED = 2
export const AT_WORK = 3
export const DONE = 4
export const FAILED = 5
/** It turned out not to be needed; counts as done. */
export const SKIPPED = 6
/** Nobody thought of it. */
export const FORGOTTEN = 7

/** Where a task is done. */
export const AT_ZONE = 0
export const AT_INCIDENT = 1
export const AT_ADJACENT = 2
export const AT_POST = 3

/** What goes on while the officers are there. */
export const NO_WORK = 0
export const HOLD = 1
export const UNLOCK = 2
export const LOCK_UP = 3
export const EVACUATE = 4
export const RESCUE = 5
export const FIGHT_FIRE = 6
export const NEGOTIATE = 7
