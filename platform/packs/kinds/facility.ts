/** An establishment: zones, doors, sensors, power, and how its day is divided. */
import { z } from 'zod'
import * as s from '../shapes.ts'

const metres = z.number().min(-100_000).max(100_000)
const point = z.tuple([metres, metres])
const doorState = z.enum(['open', 'closed', 'locked'])

const people = z.strictObject({ unlocked: s.count.default(0), locked: s.count.default(0) })

const cells = z.strictObject({
  count: z.number().int().min(1).max(2000),
  front: z.enum(['open', 'solid']),
  key: s.id,
  opening: z.strictObject({
    open: s.quantity('area', { above: 0 }),
    shut: s.quantity('area', { above: 0 }),
    height: s.quantity('length', { above: 0 }),
  }),
  volume: s.quantity('volume', { above: 0 }),
  ...s.provenance,
})

const zone = z.strictObject({
  title: s.text,
  kind: s.id,
  level: z.number().int().default(0),
  /** Corners on the drawing, in metres, clockwise. */
  outline: z.array(point).min(3),
  /** Where the middle is, if not in the middle of the outline. */
  at: point.optional(),
  area: s.quantity('area', { above: 0 }).optional(),
  height: s.quantity('length', { above: 0 }).prefault('3 m'),
  outside: z.boolean().default(false),
  beyond: z.boolean().default(false),
  cells: cells.optional(),
  ventilation: s.quantity('air changes').prefault('2 per h'),
  lights: s.id.optional(),
  people: z.record(s.id, people).default({}),
  ...s.provenance,
})

const door = z.strictObject({
  title: s.text.optional(),
  between: z.tuple([s.id, s.id]),
  at: point.optional(),
  width: s.quantity('length', { above: 0 }),
  normally: z.union([doorState, z.record(s.id, doorState)]),
  key: s.id.optional(),
  remote: z.boolean().default(false),
  passing: z.strictObject({ closed: s.duration.prefault('3 s'), locked: s.duration.prefault('10 s') }).prefault({}),
  /** Walking time from middle to middle, in place of the measured one. */
  walk: s.duration.optional(),
  circuit: s.id.optional(),
  'power-loss': z.enum(['stays', 'locks', 'unlocks']).default('stays'),
  forced: s.distribution('time').optional(),
  ...s.provenance,
})

const sensor = z.strictObject({
  title: s.text.optional(),
  kind: z.enum(['camera', 'motion', 'fence', 'door-contact', 'smoke', 'heat', 'alarm-button']),
  covers: z.array(s.id).min(1),
  at: point.optional(),
  chance: s.share,
  fault: s.share.default(0),
  circuit: s.id.optional(),
  light: z.boolean().default(false),
  operator: z.strictObject({ skill: s.id, attention: s.share }).optional(),
  delay: s.distribution('time').prefault('0 s'),
  ...s.provenance,
})

const powerSource = z.strictObject({
  title: s.text.optional(),
  kind: z.enum(['mains', 'battery', 'generator']),
  lasts: s.distribution('time').optional(),
  starts: z.strictObject({ chance: s.share, after: s.distribution('time') }).optional(),
  ...s.provenance,
})

const circuit = z.strictObject({
  title: s.text.optional(),
  serves: z.enum(['lights', 'cameras', 'locks', 'radio', 'kitchen', 'heating', 'other']),
  from: z.array(s.id).min(1),
})

const regime = z.strictObject({ title: s.text.optional(), from: s.timeOfDay })

export const facility = z.strictObject({
  kind: z.literal('facility'),
  ...s.header,
  'walking-speed': s.quantity('speed', { above: 0 }),
  daylight: z.tuple([s.timeOfDay, s.timeOfDay]).prefault(['06:30', '19:30']),
  'door-flow': z.strictObject({
    'per-metre': s.quantity('door flow', { above: 0 }),
    boundary: s.quantity('length').prefault('0 m'),
    ...s.provenance,
  }),
  'visits-per-day': s.quantity('visits').prefault('0 per d'),
  roles: z.record(s.id, s.id).default({}),
  regimes: z.record(s.id, regime),
  /** Recurring kinds of zones, doors and sensors: whatever an entry does not say itself, its type says. */
  types: z.record(s.id, z.record(z.string(), z.unknown())).default({}),
  zones: z.record(s.id, zone),
  doors: z.record(s.id, door).default({}),
  sensors: z.record(s.id, sensor).default({}),
  power: z.strictObject({ sources: z.record(s.id, powerSource).default({}), circuits: z.record(s.id, circuit).default({}) }).prefault({}),
})

export type FacilityDocument = z.infer<typeof facility>
