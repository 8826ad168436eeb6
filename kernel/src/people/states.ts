/** What an officer is doing. */
export const OFF = 0
export const FREE = 1
export const TRAVELLING = 2
/** At a task, or there already and waiting for colleagues. */
export const WORKING = 3
export const HURT = 4
export const HELD = 5
