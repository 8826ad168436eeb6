/** What happens next: a list of pending events, latest first, so that the next one is at its end.
 *
 * Order is (time, priority, sequence): at one instant the lower priority number comes first, and among equals the one
 * scheduled first. Few events are pending at a time, and most new ones are due soon: a sorted list then beats a heap.
 * It lies in the arrays of the night, so that it is part of a snapshot.
 */
import { AGENDA, PENDING } from '../world/layout.ts'

/** Completions, of tasks and of their steps, come first at an instant. */
export const COMPLETION = 0
/** Then officers arrive at their tasks. */
export const ARRIVAL = 1
/** Then timers run out: reminders, deadlines, agencies at the gate. */
export const TIMER = 2
/** Then the threats move. */
export const THREAT_MOVES = 3

/** The arrays that hold an agenda, from `AGENDA` on: times in `f`; slot · 4 + priority in `i`. */
export interface Agenda {
  readonly f: Float64Array
  readonly i: Int32Array
}

/** Puts an event of `slot` on the agenda. The slot must not have one already: see {@link reschedule}. */
export function schedule(agenda: Agenda, slot: number, time: number, priority: number): void {
  const { f, i } = agenda
  let at = AGENDA + i[PENDING]
  i[PENDING] = i[PENDING] + 1
  while (at > AGENDA) {
    const other = f[at - 1]
    if (other > time || (other === time && (i[at - 1] & 3) > priority)) break
    f[at] = other
    i[at] = i[at - 1]
    at--
  }
  f[at] = time
  i[at] = slot * 4 + priority
}

/** Time of the next event of all, Infinity if there is none. */
export function nextTime({ f, i }: Agenda): number {
  return i[PENDING] > 0 ? f[AGENDA + i[PENDING] - 1] : Infinity
}

/** Time of the event of `slot`, Infinity if it has none. */
export function dueTime(agenda: Agenda, slot: number): number {
  const { f, i } = agenda
  for (let at = AGENDA + i[PENDING] - 1; at >= AGENDA; at--) if (i[at] >> 2 === slot) return f[at]
  return Infinity
}

/** Takes the event of `slot` off the agenda, if it has one. */
export function cancel(agenda: Agenda, slot: number): void {
  const { f, i } = agenda
  const end = AGENDA + i[PENDING]
  for (let at = end - 1; at >= AGENDA; at--) {
    if (i[at] >> 2 !== slot) continue
    f.copyWithin(at, at + 1, end)
    i.copyWithin(at, at + 1, end)
    i[PENDING] = i[PENDING] - 1
    return
  }
}

/** Moves the event of `slot` to another time, or puts it on the agenda. */
export function reschedule(agenda: Agenda, slot: number, time: number, priority: number): void {
  cancel(agenda, slot)
  schedule(agenda, slot, time, priority)
}
