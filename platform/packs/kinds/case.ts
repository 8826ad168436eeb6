/** A documented real incident: what happened when, what went well and wrong, and the study that replays it. */
import { z } from 'zod'
import * as s from '../shapes.ts'

const moment = z.strictObject({
  at: z.string().min(1),
  what: s.text,
  source: s.id,
  disputed: z.boolean().default(false),
})

const lesson = z.strictObject({ text: s.text, source: s.id.optional() })

const published = z.strictObject({
  measure: s.measureName,
  value: s.anyQuantity,
  says: s.text,
  source: s.id,
})

export const incident = z.strictObject({
  kind: z.literal('case'),
  ...s.header,
  place: s.text,
  date: z.string().min(4),
  setting: s.text,
  timeline: z.array(moment).min(1),
  'went-well': z.array(lesson).default([]),
  'went-wrong': z.array(lesson).default([]),
  study: s.id,
  /** Published figures, to be held against the middle 90 % of the simulated range. */
  published: z.array(published).min(1),
  /** What the calibration can and cannot show. */
  caution: s.text,
})

export type CaseDocument = z.infer<typeof incident>
