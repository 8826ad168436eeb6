/** What a recorded night tells: one line per thing that happened, as numbers that a screen turns into words.
 *
 * Each line is (seconds, code, a, b, x); what a, b and x are stands beside each code, in terms of the model's tables.
 */
/** a threat began: a threat, b zone */
export const THREAT = 0
/** a mark was set: a mark, b task that set it or −1 */
export const MARK = 1
/** a task waits for somebody: a task */
export const WAITS = 2
/** officer sets off: a officer, b task (−1: on their own account), x zone */
export const DEPARTS = 3
/** part of an officer's way: a officer, b door, x when they are through it and in the next zone, s */
export const VIA = 21
/** officer is there: a officer, b zone */
export const ARRIVES = 4
/** work begins: a task, b zone */
export const BEGINS = 5
/** a task is done: a task */
export const DONE = 6
/** a task failed: a task */
export const FAILED = 7
/** a task was forgotten: a task */
export const FORGOTTEN = 8
/** a task proved unnecessary: a task */
export const SKIPPED = 9
/** a door changed: a door, b state (0 open, 1 closed, 2 locked, 3 forced) */
export const DOOR = 10
/** an agency: a agency, b 1 called, 2 at the gate, 3 admitted */
export const AGENCY = 11
/** an officer is hurt (b 4), held (b 5), back (b 1) or off duty (b 0): a officer */
export const OFFICER = 12
/** a zone is lost (b 1) or regained (b 0): a zone */
export const LOST = 13
/** a zone fills with smoke (b 1) or clears (b 0): a zone */
export const SMOKE = 14
/** lights: a zone, b 1 dark, 0 lit */
export const DARK = 15
/** power: a source, b 1 alive, 0 dead */
export const SOURCE = 16
/** a sensor reports: a sensor, b zone or door */
export const SENSOR = 17
/** something of a threat: a threat, b what (each threat's own list), x figure */
export const EVENT = 18
/** people moved: a from zone, b to zone, x how many */
export const MOVED = 19
/** a cordon holds: a zone */
export const CORDON = 22
/** how bad it is in a zone: a threat, b zone, x rioters, extinction of smoke (1/m), or infectious people */
export const LEVEL = 23
/** what lies under it: a threat, b zone, x agitated or incubating people */
export const UNDERLYING = 24
/** people cannot be led out, for want of keys: a task, b zone to which it leads */
export const NO_WAY = 25
/** the roster changes shift */
export const SHIFT = 20

/** Any of the codes above. */
export type LogCode = number
