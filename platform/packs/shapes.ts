/** The building blocks of document shapes: ids, texts, quantities with units, distributions, provenance. */
import type { Distribution } from '@aman/kernel/random/distribution'
import { z } from 'zod'
import type { ErrorCode } from '../contracts/errors.ts'
import type { Text } from '../contracts/languages.ts'
import { type Dimension, EXAMPLES, readQuantity, readTimeOfDay } from '../contracts/units.ts'

/** Adds a problem in the words of our catalogue to a zod check. */
export function refuse(ctx: z.RefinementCtx, code: ErrorCode, expected: string, found: unknown, path: (string | number)[] = []): void {
  ctx.addIssue({ code: 'custom', path, params: { code, expected, found }, message: code })
}

export const id = z
  .string()
  .superRefine((value, ctx) => {
    // Not what every object has already.
    if (!/^[a-z0-9][a-z0-9-]*$/.test(value) || value === 'constructor')
      refuse(ctx, 'id-malformed', 'small Latin letters, digits and hyphens', value)
  })
  .meta({ description: 'Small Latin letters, digits and hyphens.', pattern: '^[a-z0-9][a-z0-9-]*$' })

const language = z.string().regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/)

/** A text in one or more languages; a plain string is English. */
/** Characters of one text in one language. */
const LONGEST_TEXT = 5000

export const text = z
  .union([z.string().min(1).max(LONGEST_TEXT), z.record(language, z.string().min(1).max(LONGEST_TEXT))])
  .transform((value, ctx): Text => {
    const texts = typeof value === 'string' ? { en: value } : value
    if (texts.en === undefined) refuse(ctx, 'text-missing', 'a text in English: { en: … }', value)
    return texts as unknown as Text
  })
  .meta({ description: 'A text by language code; a plain string is English.' })

interface Bounds {
  readonly min?: number
  readonly max?: number
  readonly above?: number
}

/** A quantity of `dimension`, as its SI number. By default not negative. */
export function quantity(dimension: Dimension, { min = 0, max = Number.POSITIVE_INFINITY, above }: Bounds = {}) {
  return z
    .union([z.string(), z.number()])
    .transform((written, ctx): number => {
      const read = readQuantity(written, dimension)
      if ('wrong' in read) {
        refuse(ctx, read.wrong, `a ${dimension}, such as ${EXAMPLES[dimension]}`, written)
        return z.NEVER
      }
      const { value } = read
      if (value < min || value > max || (above !== undefined && value <= above)) {
        const least = above === undefined ? `at least ${min}` : `more than ${above}`
        refuse(ctx, 'number-out-of-range', max < Number.POSITIVE_INFINITY ? `${least} and at most ${max}` : least, written)
        return z.NEVER
      }
      return value
    })
    .meta({ description: `A ${dimension}, such as ${EXAMPLES[dimension]}.` })
}

export const share = quantity('share', { max: 1 })
export const duration = quantity('time')
/** Five years: longer than anybody follows a night, or waits for anything in one. */
const LONGEST = 5 * 366 * 86_400
export const positiveDuration = quantity('time', { above: 0, max: LONGEST })
export const count = z.number().int().min(0).max(100_000)

export const timeOfDay = z
  .string()
  .transform((written, ctx): number => {
    const seconds = readTimeOfDay(written)
    if (seconds === undefined) {
      refuse(ctx, 'time-malformed', 'hours and minutes, such as "22:45"', written)
      return z.NEVER
    }
    return seconds
  })
  .meta({ description: 'A time of day, such as "22:45".', pattern: '^([01]?\\d|2[0-4]):[0-5]\\d$' })

/** z of the 95th percentile. */
export const Z95 = 1.6448536269514722

/** One of several forms, told apart by the type of the value or by its only field: so that a mistake is reported for the
 * form that was meant. `forms` are by field name; `plain` takes everything that is not a mapping. */
export function oneOf<T>(what: string, plain: z.ZodType<T>, forms: Readonly<Record<string, z.ZodType<T>>>, name?: string): z.ZodType<T> {
  const names = Object.keys(forms)
  const schemas = [plain, ...Object.values(forms)].map((form) => {
    const { $schema: _, ...schema } = z.toJSONSchema(form, { io: 'input', unrepresentable: 'any' })
    return schema
  })
  return z
    .unknown()
    .transform((value, ctx): T => {
      const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value)
      const form = isMapping ? names.find((name) => name in value) : ''
      if (form === undefined) {
        refuse(ctx, 'value-unknown', `${what}, in one of the forms ${names.join(', ')}`, value)
        return z.NEVER
      }
      const parsed = (form === '' ? plain : forms[form]!).safeParse(value)
      if (parsed.success) return parsed.data
      for (const issue of parsed.error.issues) ctx.addIssue({ ...issue } as Parameters<typeof ctx.addIssue>[0])
      return z.NEVER
    })
    .meta({
      description: `${what[0]!.toUpperCase()}${what.slice(1)}.`,
      anyOf: schemas,
      ...(name === undefined ? {} : { id: name }),
    }) as unknown as z.ZodType<T>
}

const distributions = new Map<Dimension, z.ZodType<Distribution>>()

/** A distribution of quantities of `dimension`; a plain quantity is a fixed value. */
export function distribution(dimension: Dimension): z.ZodType<Distribution> {
  const known = distributions.get(dimension) ?? makeDistribution(dimension)
  distributions.set(dimension, known)
  return known
}

function makeDistribution(dimension: Dimension): z.ZodType<Distribution> {
  const simple = oneOf<Distribution>(
    `a ${dimension} or how it varies`,
    quantity(dimension).transform((value): Distribution => ({ kind: 'fixed', value })),
    forms(dimension),
  )
  const part = z.strictObject({ weight: z.number().positive(), of: simple })
  const mixture = z.strictObject({ mixture: z.array(part).min(1) }).transform((d): Distribution => ({ kind: 'mixture', parts: d.mixture }))
  return oneOf<Distribution>(
    `a ${dimension} or how it varies`,
    quantity(dimension).transform((value): Distribution => ({ kind: 'fixed', value })),
    { ...forms(dimension), mixture },
    `distribution-of-${dimension.replaceAll(' ', '-')}`,
  )
}

function forms(dimension: Dimension): Record<string, z.ZodType<Distribution>> {
  const q = quantity(dimension)
  const positive = quantity(dimension, { above: 0 })
  const sorted = <T extends readonly number[]>(values: T, ctx: z.RefinementCtx): T => {
    if (values.some((value, i) => i > 0 && value < values[i - 1]!))
      refuse(ctx, 'order-wrong', 'from the smallest to the largest', values.join(', '))
    return values
  }
  const two = z.tuple([q, q]).transform(sorted)
  const three = z.tuple([q, q, q]).transform(sorted)
  return {
    usually: z
      .strictObject({ usually: positive, 'rarely-over': positive })
      .transform((d, ctx): Distribution => {
        if (d['rarely-over'] <= d.usually)
          refuse(ctx, 'order-wrong', '"rarely-over" larger than "usually"', `${d.usually} and ${d['rarely-over']}`)
        return { kind: 'lognormal', median: d.usually, sigma: round(Math.log(d['rarely-over'] / d.usually) / Z95) }
      })
      .meta({ description: 'Usually this long (the median); longer than "rarely-over" one time in twenty.' }),
    fixed: z.strictObject({ fixed: q }).transform((d): Distribution => ({ kind: 'fixed', value: d.fixed })),
    uniform: z.strictObject({ uniform: two }).transform(({ uniform: [low, high] }): Distribution => ({ kind: 'uniform', low, high })),
    triangular: z
      .strictObject({ triangular: three })
      .transform(({ triangular: [low, mode, high] }): Distribution => ({ kind: 'triangular', low, mode, high })),
    pert: z.strictObject({ pert: three }).transform(({ pert: [low, mode, high] }): Distribution => ({ kind: 'pert', low, mode, high })),
    lognormal: z
      .strictObject({ lognormal: z.strictObject({ median: positive, sigma: z.number().min(0).max(5) }) })
      .transform((d): Distribution => ({ kind: 'lognormal', ...d.lognormal })),
    exponential: z
      .strictObject({ exponential: z.strictObject({ mean: positive }) })
      .transform((d): Distribution => ({ kind: 'exponential', ...d.exponential })),
    normal: z
      .strictObject({ normal: z.strictObject({ mean: q, sd: q }) })
      .transform((d): Distribution => ({ kind: 'normal', ...d.normal })),
    empirical: z
      .strictObject({ empirical: z.array(q).min(1) })
      .transform((d): Distribution => ({ kind: 'empirical', values: d.empirical })),
  }
}

/** To nine digits, so that the figure is the same on every machine although logarithms may differ in their last bit. */
function round(value: number): number {
  return Number(value.toPrecision(9))
}

/** Where the numbers of a part come from: a source or an assumption of the document. The nearest one counts. */
export const provenance = { source: id.optional(), assumption: id.optional(), note: text.optional() }

export const source = z.strictObject({
  title: z.string().min(1),
  by: z.string().optional(),
  year: z.union([z.number(), z.string()]).optional(),
  url: z
    .string()
    .regex(/^https?:\/\/[^\s/]+(\/\S*)?$/)
    .optional(),
  /** How far it has been checked. */
  confidence: z.enum(['published', 'recomputed', 'press', 'recalled', 'definition']).default('published'),
})

export const assumption = z.strictObject({
  text,
  owner: z.string().min(1),
  date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
})

/** What all documents have. */
export const header = {
  id,
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  title: text,
  summary: text.optional(),
  licence: z.string().optional(),
  /** Languages whose texts a machine has drafted and no speaker has reviewed yet. */
  drafted: z.array(language).optional(),
  /** Of these languages, the texts that a speaker has reviewed already, as `tasks.raise-alarm.title`. */
  reviewed: z.record(language, z.array(z.string().min(1).max(300)).max(5000)).optional(),
  sources: z.record(id, source).default({}),
  assumptions: z.record(id, assumption).default({}),
  ...provenance,
}

/** The name of a mark: `detected`, `fire-service-arrived`, or `riot.contained` for one of another threat. */
export const markName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)?$/)
  .meta({ description: 'The name of a mark, such as detected, contained or fire-service-arrived.' })

/** The name of a measure, such as `deaths`, or `riot.peak` for one of another threat. */
export const measureName = markName.meta({ description: 'The name of a measure, such as deaths, peak or riot.rioting.' })

/** A quantity whose dimension depends on what it is compared with: a plain number, or one with a unit of any kind. */
export const anyQuantity = z
  .union([z.string(), z.number()])
  .transform((written, ctx): number => {
    if (typeof written === 'number') return written
    for (const dimension of ['time', 'heat', 'people', 'share', 'number'] as const) {
      const read = readQuantity(written, dimension)
      if ('value' in read) return read.value
    }
    refuse(ctx, 'quantity-malformed', 'a number, a time, a heat or a number of persons', written)
    return z.NEVER
  })
  .meta({ description: 'A number, or one with a unit: 20 min, 1 MW, 3 persons.' })

/** `peak-heat` in a document is `peakHeat` in the kernel. */
export function camel(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
