/** A question: this establishment, this roster, these plans, this trouble; what success is, and what might help. */
import { z } from 'zod'
import * as s from '../shapes.ts'
import { condition, criterion } from './plan.ts'

const where = z.union([
  z.strictObject({ zones: z.union([z.array(s.id), z.record(s.id, z.number().positive())]) }),
  z.strictObject({ kinds: z.array(s.id).min(1) }),
  /** Where another threat of the study is. */
  z.strictObject({ threat: s.id }),
])

const use = z.strictObject({
  threat: s.id,
  where: where.default({ kinds: [] }),
  /** For a threat that others set off. */
  starts: z
    .strictObject({
      when: z.array(condition).default([]),
      or: z.array(condition).default([]),
      chance: s.share.default(1),
      after: s.distribution('time').prefault('0 s'),
      ...s.provenance,
    })
    .optional(),
})

const onset = z.union([
  s.timeOfDay.transform((time) => ({ at: time, day: 0 })),
  z.strictObject({ at: s.timeOfDay, day: z.number().int().min(0).max(6).default(0) }),
  z.strictObject({ between: z.tuple([s.timeOfDay, s.timeOfDay]) }),
])

/** A change to one of the documents: at a path, a value to set, entries to add, or nothing more at all. */
const change = z.strictObject({
  in: z.string().regex(/^(facility|roster|plan\/[a-z0-9-]+|threat\/[a-z0-9-]+|study)$/),
  at: z.string().min(1),
  set: z.unknown().optional(),
  add: z.unknown().optional(),
  remove: z.literal(true).optional(),
})

const option = z.strictObject({
  title: s.text,
  summary: s.text.optional(),
  price: z
    .strictObject({ amount: z.number().min(0), currency: z.string().regex(/^[A-Z]{3}$/), per: z.enum(['once', 'year']), ...s.provenance })
    .optional(),
  changes: z.array(change).min(1),
})

export const study = z.strictObject({
  kind: z.literal('study'),
  ...s.header,
  question: s.text.optional(),
  /** How often the plans must succeed for the establishment to rely on them. */
  standard: z.strictObject({ 'at-least': s.share, ...s.provenance }).optional(),
  facility: s.id,
  roster: s.id,
  plans: z.array(s.id).default([]),
  threats: z.record(s.id, use),
  onset,
  horizon: s.positiveDuration,
  success: z.array(criterion).optional(),
  clock: s.markName.optional(),
  options: z.record(s.id, option).default({}),
})

export type StudyDocument = z.infer<typeof study>
export type OptionDocument = z.infer<typeof option>
