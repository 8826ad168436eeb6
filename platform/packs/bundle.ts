/** A study with everything it refers to, as written: what travels to a worker or a browser. */
import type { Problem } from '../contracts/errors.ts'
import type { Raw } from './parse.ts'

export interface StudyBundle {
  readonly study: Raw
  readonly facility: Raw
  readonly roster: Raw
  readonly plans: readonly Raw[]
  /** Threat documents by id. */
  readonly threats: Readonly<Record<string, Raw>>
}

/** Which document of a bundle a problem is about: `study`, `facility`, `roster`, `plan/<id>` or `threat/<id>`. */
export type Part = string

export interface PartProblem extends Problem {
  readonly part: Part
}

type Mapping = { readonly [key: string]: Raw }

interface Change {
  readonly in: string
  readonly at: string
  readonly set?: Raw
  readonly add?: Raw
  readonly remove?: true
}

/** The bundle with the changes of these options made, in their order; and what could not be changed. */
export function withOptions(
  bundle: StudyBundle,
  options: readonly string[],
): { readonly bundle: StudyBundle; readonly problems: readonly PartProblem[] } {
  const problems: PartProblem[] = []
  const known = ((bundle.study as Mapping).options ?? {}) as Mapping
  let changed = bundle
  for (const id of options) {
    const option = (Object.hasOwn(known, id) ? known[id] : undefined) as Mapping | undefined
    if (option === undefined) {
      const expected = Object.keys(known).length > 0 ? `one of ${Object.keys(known).join(', ')}` : 'a study with options'
      problems.push({ code: 'option-unknown', part: 'study', path: ['options', id], expected, found: id })
      continue
    }
    ;(option.changes as readonly Raw[]).forEach((change, i) => {
      const result = applyChange(changed, change as unknown as Change)
      if (typeof result === 'string')
        problems.push({ code: 'change-impossible', part: 'study', path: ['options', id, 'changes', i], found: result })
      else changed = result
    })
  }
  return { bundle: changed, problems }
}

/** The bundle with only one of its threats, beginning by itself, and the plans that answer it; or what is wrong with `id`. */
export function withThreat(bundle: StudyBundle, id: string): StudyBundle | PartProblem {
  const study = bundle.study as Mapping
  const uses = (study.threats ?? {}) as Record<string, Mapping>
  const use = Object.hasOwn(uses, id) ? uses[id] : undefined
  if (use === undefined)
    return { code: 'id-unknown', part: 'study', path: ['threats'], expected: `one of ${Object.keys(uses).join(', ')}`, found: id }
  if (Object.keys(uses).length === 1) return bundle
  const { starts: _, ...own } = use
  const where = own.where as Mapping | undefined
  const other = typeof where?.threat === 'string' ? uses[where.threat] : undefined
  const kind = (bundle.threats[String(own.threat)] as Mapping | undefined)?.threat
  const plans = bundle.plans.filter((plan) => (plan as Mapping).answers === kind)
  const { success: _success, clock: _clock, ...rest } = study
  return {
    ...bundle,
    study: {
      ...(Object.keys(uses)[0] === id ? study : rest),
      threats: { [id]: { ...own, ...(other?.where === undefined ? {} : { where: other.where }) } },
      plans: plans.map((plan) => (plan as Mapping).id!),
    },
    plans,
    threats: Object.fromEntries(Object.entries(bundle.threats).filter(([name]) => name === own.threat)),
  }
}

/** The bundle with `raw` in the place of the document `name` of a kind, or undefined if it does not use it. */
export function within(bundle: StudyBundle, kind: string, name: string, raw: Raw): StudyBundle | undefined {
  const isIt = (part: Raw) => (part as Mapping).id === name
  switch (kind) {
    case 'facility':
    case 'roster':
    case 'study':
      return isIt(bundle[kind]) ? { ...bundle, [kind]: raw } : undefined
    case 'plan':
      return bundle.plans.some(isIt) ? { ...bundle, plans: bundle.plans.map((plan) => (isIt(plan) ? raw : plan)) } : undefined
    case 'threat':
      return Object.hasOwn(bundle.threats, name) ? { ...bundle, threats: { ...bundle.threats, [name]: raw } } : undefined
    default:
      return undefined
  }
}

/** The bundle with one change made, or why that is impossible. */
function applyChange(bundle: StudyBundle, change: Change): StudyBundle | string {
  const path = change.at.split('.')
  const edit = (raw: Raw): Raw | string => edited(raw, path, change)
  const [section, id] = change.in.split('/') as [string, string | undefined]
  switch (section) {
    case 'study':
    case 'facility':
    case 'roster': {
      const result = edit(bundle[section])
      return typeof result === 'string' ? result : { ...bundle, [section]: result }
    }
    case 'plan': {
      const index = bundle.plans.findIndex((plan) => (plan as Mapping).id === id)
      if (index < 0) return `the study has no plan '${id}'`
      const result = edit(bundle.plans[index]!)
      return typeof result === 'string' ? result : { ...bundle, plans: bundle.plans.map((plan, i) => (i === index ? result : plan)) }
    }
    default: {
      const threat = Object.hasOwn(bundle.threats, id ?? '') ? bundle.threats[id ?? ''] : undefined
      if (threat === undefined) return `the study has no threat document '${id}'`
      const result = edit(threat)
      return typeof result === 'string' ? result : { ...bundle, threats: { ...bundle.threats, [id!]: result } }
    }
  }
}

function edited(value: Raw, path: readonly string[], change: Change, walked: readonly string[] = []): Raw | string {
  const [key, ...rest] = path as [string, ...string[]]
  if (typeof value !== 'object' || value === null) return `nothing at '${walked.join('.')}'`
  const list = Array.isArray(value)
  const index = list ? Number(key) : key
  if (list && !(Number.isInteger(index) && (index as number) >= 0 && (index as number) < value.length))
    return `a list of ${value.length} at '${walked.join('.')}', which has no entry '${key}'`
  const part = Object.hasOwn(value, key) ? (value as Record<string | number, Raw>)[index] : undefined
  if (rest.length > 0) {
    if (part === undefined) return `nothing at '${[...walked, key].join('.')}'; there are ${Object.keys(value).join(', ')}`
    const result = edited(part, rest, change, [...walked, key])
    return typeof result === 'string' ? result : replaced(value, index, result)
  }
  if (change.remove === true) return part === undefined ? `nothing to remove at '${[...walked, key].join('.')}'` : removed(value, index)
  if (change.add !== undefined)
    return part === undefined ? replaced(value, index, change.add) : added(part, change.add, (sum) => replaced(value, index, sum))
  if (change.set === undefined) return 'a change needs set, add or remove'
  return replaced(value, index, change.set)
}

function added(part: Raw, more: Raw, put: (sum: Raw) => Raw): Raw | string {
  if (Array.isArray(part)) return put([...part, ...(Array.isArray(more) ? more : [more])])
  if (typeof part === 'object' && part !== null && typeof more === 'object' && more !== null && !Array.isArray(more))
    return put({ ...part, ...more })
  return 'only lists and mappings can be added to'
}

function replaced(value: object, index: string | number, part: Raw): Raw {
  if (Array.isArray(value)) return value.map((own: Raw, i) => (i === index ? part : own))
  return { ...(value as Mapping), [index]: part }
}

function removed(value: object, index: string | number): Raw {
  if (Array.isArray(value)) return value.filter((_, i) => i !== index) as Raw
  const { [index as string]: _, ...rest } = value as Record<string, Raw>
  return rest
}
