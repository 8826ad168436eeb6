/** What a slot of the agenda belongs to. */
export const TASK_SLOT = 0
export const DEADLINE_SLOT = 1
export const CONDITION_SLOT = 2
export const AGENCY_SLOT = 3
export const SOURCE_SLOT = 4
export const DOOR_SLOT = 5
export const SHIFT_SLOT = 6
export const THREAT_SLOT = 7
export const NOTICE_SLOT = 8
