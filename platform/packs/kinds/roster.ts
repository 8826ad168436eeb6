/** Staff by post and shift, keys, equipment, and help from outside. */
import { z } from 'zod'
import * as s from '../shapes.ts'

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

const shift = z.strictObject({
  title: s.text.optional(),
  from: s.timeOfDay,
  to: s.timeOfDay,
  days: z.array(z.enum(DAYS)).default([...DAYS]),
})

const equipped = {
  /** Wears breathing apparatus; is equipped and trained to enter a place lost to disorder. */
  breathing: z.boolean().default(false),
  shielded: z.boolean().default(false),
  /** How much order one of them keeps, in officers' worth. */
  presence: s.quantity('number', { max: 10 }).default(1),
}

const post = z.strictObject({
  title: s.text,
  post: s.id,
  skills: z.array(s.id).min(1),
  /** How many of them there are on each shift. */
  shifts: z.record(s.id, z.number().int().min(0).max(500)),
  /** Key classes that each of them carries. */
  keys: z.array(s.id).default([]),
  absence: s.share.default(0),
  stays: z.boolean().default(false),
  ...equipped,
  ...s.provenance,
})

const keySet = z.strictObject({ title: s.text.optional(), opens: z.array(s.id).min(1), holder: s.id, ...s.provenance })

const agency = z.strictObject({
  title: s.text,
  staff: z.number().int().min(0).max(500),
  skills: z.array(s.id).min(1),
  arrives: s.distribution('time'),
  admission: s.distribution('time').optional(),
  keys: z.array(s.id).default([]),
  ...equipped,
  ...s.provenance,
})

const equipment = z.strictObject({ title: s.text.optional(), count: z.number().int().min(0).max(200), ...s.provenance })

export const roster = z.strictObject({
  kind: z.literal('roster'),
  ...s.header,
  shifts: z.record(s.id, shift),
  posts: z.record(s.id, post).default({}),
  'key-sets': z.record(s.id, keySet).default({}),
  agencies: z.record(s.id, agency).default({}),
  equipment: z.record(s.id, equipment).default({}),
})

export type RosterDocument = z.infer<typeof roster>
export const dayNumber = (day: (typeof DAYS)[number]): number => DAYS.indexOf(day)
