/** Measures in the words of people, and their values with units. */
import { numberIn, textIn } from '../contracts/languages.ts'
import type { StudyDocuments } from '../packs/scene.ts'
import { AGENCY, NAMES, NEVER, ONE_PERSON, UNITS, UNTIL } from './measure-names.ts'

/** What of a study’s documents names its measures. */
export interface MeasureNames {
  readonly study: Pick<StudyDocuments['study'], 'threats'>
  readonly threats: StudyDocuments['threats']
  readonly roster: Pick<StudyDocuments['roster'], 'agencies'>
  readonly plans: readonly Pick<StudyDocuments['plans'][number], 'marks'>[]
}

/** What a measure is called; the measures of a threat that others set off carry its name. */
export function measureTitle(name: string, documents: MeasureNames, language: string): string {
  const dot = name.indexOf('.')
  if (dot > 0) {
    const use = documents.study.threats[name.slice(0, dot)]
    const threat = use === undefined ? undefined : documents.threats[use.threat]
    const prefix = threat === undefined ? name.slice(0, dot) : textIn(threat.title, language)
    return `${prefix}: ${measureTitle(name.slice(dot + 1), documents, language)}`
  }
  const known = NAMES[name]
  if (known !== undefined) return textIn(known, language)
  const mark = markTitle(name, documents.plans, language)
  if (mark !== undefined) return textIn(UNTIL, language).replace('{it}', mark)
  for (const [ending, text] of AGENCY) {
    if (!name.endsWith(ending)) continue
    const agency = documents.roster.agencies[name.slice(0, -ending.length)]
    if (agency !== undefined) return textIn(text, language).replace('{agency}', textIn(agency.title, language))
  }
  return name.replaceAll('-', ' ')
}

/** A mark as a plan that sets it calls it. */
export function markTitle(name: string, plans: MeasureNames['plans'], language: string): string | undefined {
  const title = plans.find((plan) => Object.hasOwn(plan.marks, name))?.marks[name]?.title
  return title === undefined ? undefined : textIn(title, language)
}

/** Seconds in the unit in which one would say them. */
export function timeIn(seconds: number, language: string): string {
  if (!Number.isFinite(seconds)) return textIn(NEVER, language)
  const unit = (id: string) => textIn(UNITS[id]!, language)
  const s = Math.abs(seconds)
  if (s < 100) return `${numberIn(seconds, 0, language)} ${unit('s')}`
  if (s < 5400) return `${numberIn(seconds / 60, s < 600 ? 1 : 0, language)} ${unit('min')}`
  if (s < 172_800) return `${numberIn(seconds / 3600, 1, language)} ${unit('h')}`
  return `${numberIn(seconds / 86_400, 1, language)} ${unit('d')}`
}

/** A value of a measure with its unit. */
export function valueIn(value: number | null, unit: string, language: string): string {
  if (value === null) return textIn(NEVER, language)
  if (unit === 's') return timeIn(value, language)
  const number = numberIn(value, Math.abs(value) >= 20 ? 0 : 2, language)
  const name = unit === 'persons' && value === 1 ? ONE_PERSON : UNITS[unit]
  return name === undefined ? number : `${number} ${textIn(name, language)}`
}

/** Nights of a hundred, to the precision that makes sense. */
export function ofHundred(share: number, language: string): string {
  const nights = 100 * share
  return numberIn(nights, nights > 1 && nights < 99 ? 0 : 1, language)
}
