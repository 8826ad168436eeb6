/** Where things are kept.
 *
 * A model and a night each have one array of doubles (`f`) and one of 32-bit integers (`i`). All four are addressed
 * alike: a task or an officer is an address, and `i[task + STATE]` is what has become of it tonight while
 * `m.i[task + PRIORITY]` is what its author wrote. Engines handle four large arrays much better than forty small ones.
 *
 * Zones, doors, sensors and the rest, which are touched less often, are numbers into columns of their own.
 */

// --- tonight: single figures at the beginning of `f` and `i` ------------------------------------------------------------

/** f: seconds since the onset. */
export const NOW = 0
/** f: second of the week at the onset. */
export const ONSET_SECOND = 1
/** f: when the last task ended. */
export const LAST_COMPLETION = 2
/** f: person-seconds of confinement, added up until `CONFINED_SINCE`. */
export const CONFINED_SECONDS = 3
export const CONFINED_SINCE = 4
/** f: since when there are no visits (Infinity: there are), and how many have been lost before. */
export const VISITS_CLOSED_SINCE = 5
export const VISITS_LOST = 6

/** i: events on the agenda. */
export const PENDING = 0
/** i: tasks on the waiting list. */
export const WAITING = 1
/** i: something at this instant is still to be looked at, a sum of the reasons below. */
export const UNSETTLED = 2
export const REGIME = 3
/** i: shifts on duty, one bit each, and how often they have changed. */
export const SHIFTS = 4
export const SHIFT_CHANGES = 5
/** i: how often ways have been opened or closed, and up to which of these everybody under way has been redirected. */
export const ROUTES = 6
export const ROUTES_SETTLED = 7
/** i: how often a cordon has been set. */
export const CORDONS = 8
/** i: the task whose effects are being carried out, 0 for none. */
export const ACTING = 9
/** i: the last task that changed anything but a mark, 0 for none: the cause of marks that a threat sets by itself. */
export const LAST_EFFECT = 10
/** i: threats that begin at the end of this event, one bit each. */
export const STARTING = 11
/** i: seed and replication. */
export const SEED = 12
export const REPLICATION = 13

/** i: zones full of smoke or lost, both counted. */
export const BLOCKED = 14

/** Reasons for `UNSETTLED`. */
export const MARKS = 1
export const ZONES = 2
export const SERVE = 4
/** Somebody has been struck or ordered out. */
export const CLEAR = 8

/** The agenda begins here in both arrays: times in `f`, slots and priorities in `i`. */
export const AGENDA = 16

// --- a task -----------------------------------------------------------------------------------------------------------

export const TASK = 13

// tonight, i
export const STATE = 0
export const MISSING = 1
/** One of its alternatives has come about. */
export const ALTERNATIVE = 2
export const ZONE = 3
/** What made it start when it did: the task that brought about the last thing it was waiting for, minus the task that
 * freed an officer for it, or 0 for the threat itself. */
export const CAUSE = 4
export const CREW_SIZE = 5
/** How often it has been begun before. */
export const TURNS = 6
/** Steps of its work, −1 before the first. */
export const STEPS = 7
/** Word that its duration was drawn with. */
export const LUCK = 8

// tonight, f
export const READY_AT = 0
export const ASSIGNED_AT = 1
export const BEGAN_AT = 2
export const DONE_AT = 3
/** How long it will take tonight, drawn with all others before the night begins. */
export const LASTS = 4

// by its author, i
export const NUMBER = 0
export const SLOT = 1
/** Which of the rarer features it has, a sum of the flags below. */
export const FEATURES = 2
export const PRIORITY = 3
export const PLACE_KIND = 4
export const PLACE = 5
/** The first of its needs. */
export const NEEDS = 6
export const DURATION = 7
export const DURATION_KEY = 8
/** What hears of its end: entries of `m.listeners`. */
export const ON_DONE = 9
export const ON_DONE_END = 10
/** Address of its crew list in `i` of the night. */
export const CREW = 11
export const THREAT = 12

// by its author, f
export const SKIP = 0
export const FORGOTTEN_CHANCE = 1
export const DEADLINE = 2
export const FAILS = 3
export const WORK_A = 4
export const WORK_B = 5

export const SKIPPABLE = 1
export const FORGETTABLE = 2
export const HAS_DEADLINE = 4
export const HAS_EFFECTS = 8
export const HAS_EQUIPMENT = 16
export const FALLIBLE = 32
export const HAS_WORK = 64
export const AT_THE_INCIDENT = 128
/** One officer, and no equipment. */
export const ONE_OFFICER = 256
export const HEARD_AT_START = 512
/** Nothing depends on when the officer of this task arrives: unless somebody watches, the way is part of the work. */
export const UNSEEN_WALK = 1024

// --- an officer ---------------------------------------------------------------------------------------------------------

export const OFFICER = 8

// tonight, i
export const DUTY = 0
export const WHERE = 1
export const TASK_OF = 2
export const ACCESS = 3
/** State in which they are to be at the end of this event (hurt or held), 0 for no change. */
export const STRUCK = 4
/** Word from which it follows on which later shifts of the night they are absent. */
export const ABSENCES = 5
/** 1 while known to be ill: not hurt, and not to come on duty. */
export const SICK = 6

// tonight, f
export const DEPARTS = 0
export const ARRIVES = 1
export const BUSY = 2

// by the roster, i
export const OFFICER_NUMBER = 0
export const POST = 1
export const OWN_ACCESS = 2
export const STAYS = 3

// by the roster, f
export const PRESENCE = 0
