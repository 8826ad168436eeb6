/** Shapes of what is asked of /api/board and /api/campaigns and answered. */
import { z } from 'zod'
import { Moment, Words } from '../access/schema.ts'
import { Day, FORMS } from '../documents/schema.ts'

export const Id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(60)
export const Chance = z.object({ nights: z.int(), hits: z.int(), probability: z.number(), low: z.number(), high: z.number() })
export const CampaignRow = z.object({
  id: z.uuid(),
  establishment: z.string(),
  askedAt: Moment,
  nights: z.int(),
  seed: z.int(),
  hourly: z.boolean(),
  state: z.enum(['running', 'paused', 'cancelled', 'done']),
  digest: z.string().nullable(),
  total: z.int(),
  done: z.int(),
  failed: z.int(),
})
export const Rehearsed = z.object({ on: Day, form: z.enum(FORMS), version: z.int(), current: z.boolean() })
const StandingPlan = z.object({ document: z.uuid(), title: Words, approvedAt: Moment.nullable(), rehearsed: Rehearsed.nullable() })
export const BoardRow = z.object({
  establishment: z.string(),
  title: Words,
  campaign: CampaignRow.nullable(),
  /** Documents that wait for a decision. */
  inReview: z.int(),
  alerts: z.array(
    z.object({ study: z.string(), at: Moment, from: z.number(), to: z.number(), standard: z.number(), hour: z.int().nullable() }),
  ),
  /** Plans in force that no question in force asks about. */
  unasked: z.array(StandingPlan),
  studies: z.array(
    z.object({
      study: z.string(),
      title: Words,
      tested: z.array(Chance.extend({ at: Moment, campaign: z.uuid() })),
      weakest: z
        .array(z.object({ kind: z.string(), id: z.string(), title: Words, difference: z.number(), low: z.number(), high: z.number() }))
        .nullable(),
      standard: z.number().nullable(),
      stale: z.boolean(),
      tonight: Chance.extend({ hour: z.int() }).nullable(),
      answers: z.array(StandingPlan),
    }),
  ),
})

/** As a browser gets them. */
export type BoardWire = z.input<typeof BoardRow>
export type StandingWire = BoardWire['studies'][number]
export type StandingPlanWire = StandingWire['answers'][number]
