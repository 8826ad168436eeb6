/** States of a door, in the order in which they let people through. */
export const OPEN = 0
export const CLOSED = 1
export const LOCKED = 2
/** Broken open: it cannot be closed again tonight. */
export const FORCED = 3
