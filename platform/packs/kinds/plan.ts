/** A contingency plan: tasks in four levels of command, what they wait for, need and change. */
import type { Condition, DoorState, Effect, Need, Work } from '@aman/kernel/world/scene'
import { z } from 'zod'
import * as s from '../shapes.ts'

export const THREAT_KINDS = ['drill', 'escape', 'disorder', 'hostage', 'fire', 'outbreak', 'outage'] as const
export const LEVELS = ['gold', 'silver', 'bronze', 'first-officer'] as const

const taskIs = (outcome: 'done' | 'failed' | 'ended' | 'started') =>
  z
    .strictObject({ [outcome]: s.id })
    .transform((c): Condition => ({ kind: 'task', task: (c as Record<string, string>)[outcome]!, outcome }))

/** Something that a task waits for: a mark by its name, or one of the forms. */
export const condition = s.oneOf<Condition>(
  'a mark, or a condition',
  s.markName.transform((mark): Condition => ({ kind: 'mark', mark })),
  {
    mark: z.strictObject({ mark: s.markName }).transform(({ mark }): Condition => ({ kind: 'mark', mark })),
    done: taskIs('done'),
    failed: taskIs('failed'),
    ended: taskIs('ended'),
    started: taskIs('started'),
    elapsed: z
      .strictObject({ elapsed: s.duration, since: s.markName })
      .transform(({ elapsed, since }): Condition => ({ kind: 'elapsed', since, seconds: elapsed })),
    measure: z
      .strictObject({ measure: s.measureName, above: s.anyQuantity.optional(), below: s.anyQuantity.optional() })
      .transform(({ measure, above, below }, ctx): Condition => {
        if ((above === undefined) === (below === undefined)) s.refuse(ctx, 'field-missing', 'either above: or below:', measure)
        return { kind: 'measure', measure, ...(above === undefined ? {} : { above }), ...(below === undefined ? {} : { below }) }
      }),
  },
)

const need = s.oneOf<Need>(
  'a skill, or a need',
  s.id.transform((skill): Need => ({ skill, count: 1 })),
  {
    skill: z
      .strictObject({
        skill: s.id,
        count: z.number().int().min(1).max(100).default(1),
        key: s.id.optional(),
        breathing: z.boolean().default(false),
        shielded: z.boolean().default(false),
      })
      .transform(({ key, ...rest }): Need => (key === undefined ? rest : { ...rest, key })),
  },
)

const places = z.union([z.array(s.id), s.id.transform((one) => [one])])

const doorsTo = (field: string, to: DoorState) =>
  z
    .strictObject({ [field]: z.strictObject({ doors: z.array(s.id).default([]), zones: places.default([]) }) })
    .transform((e): Effect => ({ kind: 'doors', to, ...(e as Record<string, { doors: string[]; zones: string[] }>)[field]! }))

/** What a task changes, by the field that names it. */
const EFFECTS: Readonly<Record<string, z.ZodType<Effect>>> = {
  mark: z.strictObject({ mark: s.markName }).transform(({ mark }): Effect => ({ kind: 'mark', mark })),
  open: doorsTo('open', 'open'),
  close: doorsTo('close', 'closed'),
  lock: doorsTo('lock', 'locked'),
  call: z.strictObject({ call: s.id }).transform(({ call }): Effect => ({ kind: 'call', agency: call })),
  admit: z.strictObject({ admit: s.id }).transform(({ admit }): Effect => ({ kind: 'admit', agency: admit })),
  cordon: z.strictObject({ cordon: s.id }).transform(({ cordon }): Effect => ({ kind: 'cordon', zone: cordon })),
  scale: z
    .strictObject({ scale: z.string(), by: s.quantity('share', { max: 100 }) })
    .transform(({ scale, by }): Effect => ({ kind: 'scale', parameter: s.camel(scale), by })),
  confine: z.strictObject({ confine: places }).transform(({ confine }): Effect => ({ kind: 'confine', zones: confine })),
  release: z.strictObject({ release: places }).transform(({ release }): Effect => ({ kind: 'release', zones: release })),
  withdraw: z.strictObject({ withdraw: s.id }).transform(({ withdraw }): Effect => ({ kind: 'withdraw', zone: withdraw })),
  ventilate: z
    .strictObject({ ventilate: s.id, 'air-changes': s.quantity('air changes') })
    .transform((e): Effect => ({ kind: 'ventilate', zone: e.ventilate, airChanges: e['air-changes'] })),
  look: z.strictObject({ look: s.share }).transform(({ look }): Effect => ({ kind: 'look', chance: look })),
  restore: z.strictObject({ restore: s.id }).transform(({ restore }): Effect => ({ kind: 'restore', source: restore })),
  'start-source': z
    .strictObject({ 'start-source': s.id, chance: s.share })
    .transform((e): Effect => ({ kind: 'start-source', source: e['start-source'], chance: e.chance })),
  test: z
    .strictObject({ test: z.strictObject({ every: s.positiveDuration, sensitivity: s.share, delay: s.duration.prefault('0 s') }) })
    .transform(({ test }): Effect => ({ kind: 'test', ...test })),
  isolate: z.strictObject({ isolate: s.count }).transform(({ isolate }): Effect => ({ kind: 'isolate', places: isolate })),
  visits: z
    .strictObject({ visits: z.enum(['open', 'closed']) })
    .transform(({ visits }): Effect => ({ kind: 'visits', open: visits === 'open' })),
}

export const effect = s.oneOf<Effect>(
  'an effect',
  z.enum(['intercept', 'assault']).transform((kind): Effect => ({ kind })),
  EFFECTS,
)

/** Work that goes on step by step, by the field that names it. */
const WORKS: Readonly<Record<string, z.ZodType<Work>>> = {
  hold: z.strictObject({ hold: s.markName }).transform(({ hold }): Work => ({ kind: 'hold', until: hold })),
  unlock: z
    .strictObject({ unlock: s.id, to: s.id, 'per-cell': s.distribution('time') })
    .transform((w): Work => ({ kind: 'unlock', zone: w.unlock, to: w.to, perCell: w['per-cell'] })),
  'lock-up': z
    .strictObject({ 'lock-up': s.id, 'per-cell': s.distribution('time') })
    .transform((w): Work => ({ kind: 'lock-up', zone: w['lock-up'], perCell: w['per-cell'] })),
  evacuate: z.strictObject({ evacuate: s.id, to: s.id }).transform((w): Work => ({ kind: 'evacuate', zone: w.evacuate, to: w.to })),
  rescue: z
    .strictObject({ rescue: s.id, to: s.id, 'per-person': s.distribution('time') })
    .transform((w): Work => ({ kind: 'rescue', zone: w.rescue, to: w.to, perPerson: w['per-person'] })),
  'fight-fire': z
    .strictObject({ 'fight-fire': z.strictObject({ 'up-to': s.quantity('heat', { above: 0 }), knockdown: s.positiveDuration }) })
    .transform((w): Work => ({ kind: 'fight-fire', capacity: w['fight-fire']['up-to'], knockdown: w['fight-fire'].knockdown })),
  negotiate: z
    .strictObject({ negotiate: s.share, until: s.markName.default('resolved') })
    .transform((w): Work => ({ kind: 'negotiate', quality: w.negotiate, until: w.until })),
}

export const task = z.strictObject({
  title: s.text,
  guidance: s.text.optional(),
  level: z.enum(LEVELS),
  /** All of these tasks must be done, all of `when` and one of `or` have come about. */
  after: z.array(s.id).default([]),
  when: z.array(condition).default([]),
  or: z.array(condition).default([]),
  needs: z.array(need).default([]),
  equipment: z.array(s.id).default([]),
  place: s.id.default('incident'),
  duration: s.distribution('time').prefault('0 s'),
  priority: z.number().int().min(0).max(100).default(5),
  deadline: s.positiveDuration.optional(),
  skip: s.share.default(0),
  forgotten: s.share.default(0),
  remembered: s.distribution('time').optional(),
  fails: s.share.default(0),
  work: s.oneOf<Work>('work', z.never() as unknown as z.ZodType<Work>, WORKS).optional(),
  'at-start': z.array(effect).default([]),
  // biome-ignore lint/suspicious/noThenProperty: the word that authors write, in a table of fields, never awaited
  then: z.array(effect).default([]),
  'if-failed': z.array(effect).default([]),
  ...s.provenance,
})

export const criterion = z.strictObject({
  measure: s.measureName,
  'at-most': s.anyQuantity.optional(),
  'at-least': s.anyQuantity.optional(),
  ...s.provenance,
})

export const plan = z.strictObject({
  kind: z.literal('plan'),
  ...s.header,
  answers: z.enum(THREAT_KINDS),
  purpose: s.text.optional(),
  success: z.array(criterion).default([]),
  clock: s.markName.optional(),
  /** Marks that its tasks set, as one says that they have come about. */
  marks: z.record(s.id, z.strictObject({ title: s.text })).default({}),
  asking: z.enum(['by-priority', 'by-id']).default('by-priority'),
  tasks: z.record(s.id, task),
})

export type PlanDocument = z.infer<typeof plan>
export type TaskDocument = z.infer<typeof task>
