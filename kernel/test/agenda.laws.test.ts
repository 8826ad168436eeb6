import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Agenda, cancel, dueTime, reschedule, schedule } from '../src/clock/agenda.ts'
import { AGENDA, PENDING } from '../src/world/layout.ts'

const empty = (): Agenda => ({ f: new Float64Array(AGENDA + 64), i: new Int32Array(AGENDA + 64) })

function pop({ f, i }: Agenda): [number, number] | undefined {
  const left = i[PENDING] - 1
  if (left < 0) return undefined
  i[PENDING] = left
  return [f[AGENDA + left], i[AGENDA + left] >> 2]
}

const command = fc.oneof(
  fc.record({ do: fc.constant('schedule' as const), slot: fc.nat(31), time: fc.nat(20), priority: fc.nat(3) }),
  fc.record({ do: fc.constant('cancel' as const), slot: fc.nat(31), time: fc.constant(0), priority: fc.constant(0) }),
  fc.record({ do: fc.constant('pop' as const), slot: fc.constant(0), time: fc.constant(0), priority: fc.constant(0) }),
)

describe('agenda', () => {
  it('law: events come by (time, priority, sequence), whatever is scheduled, moved and cancelled in between', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 200 }), (commands) => {
        const agenda = empty()
        let pending: { slot: number; time: number; priority: number; sequence: number }[] = []
        commands.forEach(({ do: what, slot, time, priority }, sequence) => {
          if (what === 'schedule') {
            reschedule(agenda, slot, time, priority)
            pending = [...pending.filter((e) => e.slot !== slot), { slot, time, priority, sequence }]
          } else if (what === 'cancel') {
            cancel(agenda, slot)
            pending = pending.filter((e) => e.slot !== slot)
          } else {
            pending.sort((a, b) => a.time - b.time || a.priority - b.priority || a.sequence - b.sequence)
            const expected = pending.shift()
            expect(pop(agenda)).toEqual(expected === undefined ? undefined : [expected.time, expected.slot])
          }
          expect(agenda.i[PENDING]).toBe(pending.length)
          for (const e of pending) expect(dueTime(agenda, e.slot)).toBe(e.time)
        })
      }),
    )
  })

  it('has no time for a slot that waits for nothing', () => {
    const agenda = empty()
    schedule(agenda, 3, 10, 0)
    expect([dueTime(agenda, 3), dueTime(agenda, 4)]).toEqual([10, Infinity])
  })
})
