/** Trouble: its kind, and its parameters, each with where it comes from. */
import { z } from 'zod'
import * as s from '../shapes.ts'

/** A parameter: its value, and the source or assumption of the document that stands behind it. */
function parameter<T extends z.ZodType>(value: T) {
  return z
    .strictObject({ value, ...s.provenance })
    .superRefine((written, ctx) => {
      if (written.source === undefined && written.assumption === undefined) {
        s.refuse(ctx, 'source-missing', 'source: or assumption: beside the value', 'neither')
      }
    })
    .transform((written) => (written as unknown as { readonly value: z.output<T> }).value)
}

/** At most ten a second. */
const rate = parameter(s.quantity('rate', { max: 10 }))
const chance = parameter(s.share)
const factor = parameter(s.quantity('number'))
const time = parameter(s.distribution('time'))
const seconds = parameter(s.positiveDuration)

const base = { kind: z.literal('threat'), ...s.header }

const drill = z.strictObject({ ...base, threat: z.literal('drill') })

const escapeThreat = z.strictObject({
  ...base,
  threat: z.literal('escape'),
  people: parameter(z.number().int().min(1).max(1000)),
  steps: z.record(
    s.id,
    z
      .strictObject({
        title: s.text,
        place: s.id.default('start'),
        door: s.id.optional(),
        delay: s.distribution('time'),
        seen: z.enum(['beginning', 'middle', 'end']).default('middle'),
        ...s.provenance,
      })
      .superRefine((step, ctx) => {
        if (step.source === undefined && step.assumption === undefined)
          s.refuse(ctx, 'source-missing', 'source: or assumption: in the step', 'neither')
      }),
  ),
  noticing: seconds,
  traces: time,
  'roll-checks': parameter(z.strictObject({ at: z.array(s.timeOfDay), chance: s.share })),
})

const disorder = z.strictObject({
  ...base,
  threat: z.literal('disorder'),
  agitated: parameter(s.distribution('number')),
  spontaneous: rate,
  within: rate,
  between: rate,
  'agitated-weight': factor,
  ignition: rate,
  escalation: rate,
  'escalation-between': rate,
  calming: rate,
  'talking-down': rate,
  securing: rate,
  through: parameter(z.strictObject({ closed: s.share, locked: s.share })),
  withdrawal: parameter(z.strictObject({ ratio: s.quantity('number', { above: 0 }), hurt: s.share, 'keys-lost': s.share })).optional(),
  forcing: parameter(z.strictObject({ rioters: z.number().int().min(1), 'with-keys': s.share })).optional(),
  release: rate,
  noticed: parameter(z.strictObject({ present: s.distribution('time'), absent: s.distribution('time') })),
})

const hostage = z.strictObject({
  ...base,
  threat: z.literal('hostage'),
  hostages: parameter(s.distribution('number')),
  stages: parameter(z.array(s.distribution('time')).min(1).max(10)),
  siege: parameter(z.strictObject({ chance: s.share, factor: s.distribution('number') })),
  unattended: factor,
  harm: parameter(
    z.strictObject({
      rate: s.quantity('rate'),
      'at-first': s.quantity('number'),
      first: s.duration,
      'per-stage': s.share,
      attended: s.share,
      lethal: s.share,
    }),
  ),
  deadlines: parameter(z.strictObject({ every: s.distribution('time'), unattended: s.share, attended: s.share })),
  release: chance,
  widening: parameter(z.strictObject({ after: s.distribution('time'), hostages: s.count })),
  surrender: time,
  assault: parameter(z.strictObject({ harm: s.share, death: s.share })),
  noticed: time,
})

const fire = z.strictObject({
  ...base,
  threat: z.literal('fire'),
  seat: z.enum(['cell', 'room']),
  'door-open': z.boolean().default(false),
  growth: parameter(s.distribution('fire growth')),
  'peak-heat': parameter(s.quantity('heat', { above: 0 })),
  fuel: parameter(s.quantity('energy', { above: 0 })),
  'heat-of-combustion': parameter(s.quantity('heat of combustion', { above: 0 })),
  yields: parameter(z.strictObject({ monoxide: s.share, 'monoxide-poor': s.share, soot: s.share })),
  exchange: parameter(z.strictObject({ seat: s.quantity('speed'), zones: s.quantity('speed') })),
  gaps: parameter(s.quantity('area')),
  smoke: parameter(
    z.strictObject({ detected: s.quantity('extinction'), noticed: s.quantity('extinction'), unbearable: s.quantity('extinction') }),
  ),
  calls: time,
  noticing: seconds,
  dose: parameter(
    z.strictObject({
      median: s.quantity('number', { above: 0 }),
      sigma: s.quantity('number', { max: 5 }),
      lethal: s.quantity('number', { min: 1 }),
      cell: s.share,
    }),
  ),
  spread: parameter(z.strictObject({ heat: s.quantity('heat'), after: s.positiveDuration })),
})

const outbreak = z.strictObject({
  ...base,
  threat: z.literal('outbreak'),
  reproduction: parameter(s.distribution('number')),
  latent: seconds,
  infectious: seconds,
  contacts: parameter(
    z.strictObject({ zone: s.share, near: s.share, establishment: s.share, staff: s.share }).superRefine((c, ctx) => {
      const sum = c.zone + c.near + c.establishment + c.staff
      if (Math.abs(sum - 1) > 1e-9) s.refuse(ctx, 'number-out-of-range', 'shares that add up to 1', `a sum of ${sum}`)
    }),
  ),
  solid: factor,
  arriving: parameter(s.distribution('number')),
  imported: rate,
  symptoms: parameter(z.strictObject({ share: s.share, after: s.positiveDuration })),
  leak: chance,
  places: parameter(s.count),
  fatality: chance,
})

const outage = z.strictObject({
  ...base,
  threat: z.literal('outage'),
  /** What fails, and what depends on it: sources of power, and circuits whatever feeds them. */
  fails: z.strictObject({ sources: z.array(s.id).default([]), circuits: z.array(s.id).default([]) }),
  lasts: time,
  noticed: time,
  /** Darkness for this long sets the mark `long-dark`. */
  patience: seconds,
})

export const threat = z.discriminatedUnion('threat', [drill, escapeThreat, disorder, hostage, fire, outbreak, outage])

export type ThreatDocument = z.infer<typeof threat>
