/** People and things by the names that their documents give them. */

import type { Difference } from '@aman/kernel/experiment/statistics'
import type { Summary } from '@aman/kernel/experiment/summary'
import { officerTallyAt } from '@aman/kernel/experiment/tally'
import { type EntityRef, entitiesOf } from '@aman/kernel/experiment/variants'
import type { Scene } from '@aman/kernel/world/scene'
import { type Text, textIn } from '../contracts/languages.ts'
import type { StudyDocuments } from '../packs/scene.ts'
import type { Effect } from '../runs/effects.ts'
import type { Case } from '../runs/protocol.ts'
import { KEYS, SHUT_DOOR } from './measure-names.ts'

export interface EntityEffect extends EntityRef {
  readonly title: string
  readonly success: DifferenceReport
  readonly clock: DifferenceReport
  readonly nights: number
}

export interface DifferenceReport {
  readonly difference: number | null
  readonly low: number | null
  readonly high: number | null
  readonly varianceRatio: number | null
}

export function differenceReport(d: Difference): DifferenceReport {
  const finite = (x: number) => (Number.isFinite(x) ? x : null)
  return { difference: finite(d.difference), low: finite(d.low), high: finite(d.high), varianceRatio: finite(d.varianceRatio) }
}

export function entityReport({ of, success, clock, nights }: Effect<EntityRef>, documents: StudyDocuments, language = 'en'): EntityEffect {
  return { ...of, title: nameOf(of, documents, language), success: differenceReport(success), clock: differenceReport(clock), nights }
}

export function titleOf(e: EntityEffect): string {
  return e.title === e.id ? `${e.kind} ${e.id}` : `${e.title} (${e.id})`
}

/** What people call it. */
export function nameOf({ kind, id }: EntityRef, { facility, roster }: StudyDocuments, language: string): string {
  const title = (entry: { readonly title?: Text | undefined } | undefined) =>
    entry?.title === undefined ? id : textIn(entry.title, language)
  const post = (person: string) => Object.keys(roster.posts).find((p) => person.startsWith(`${p}-`)) ?? ''
  switch (kind) {
    case 'officer':
      return `${title(roster.posts[post(id)])}${numberOf(id, roster, post(id))}`
    case 'key-set':
      return roster['key-sets'][id] === undefined
        ? `${textIn(KEYS, language)}: ${title(roster.posts[post(id)])}${numberOf(id, roster, post(id))}`
        : title(roster['key-sets'][id])
    case 'agency':
      return title(roster.agencies[id])
    case 'equipment':
      return title(roster.equipment[id.replace(/-\d+$/, '')])
    case 'door':
      return facility.doors[id]?.title === undefined ? doorName(id, facility, language) : title(facility.doors[id])
    case 'sensor':
      return title(facility.sensors[id])
    case 'source':
      return title(facility.power.sources[id])
  }
}

/** A case for each person, key set, door, sensor and machine that was ever there: the same without it. */
export function candidatesWithout(base: Case, scene: Scene, summary: Summary): { readonly of: EntityRef; readonly case: Case }[] {
  const { model, tally } = summary
  const present = new Set(model.staff.ids.filter((_, number) => tally[officerTallyAt(model, number)]! > 0))
  return entitiesOf(scene)
    .filter((e) => e.kind !== 'officer' || present.has(e.id))
    .filter((e) => e.kind !== 'key-set' || present.has(scene.roster.keySets.find((k) => k.id === e.id)!.holder))
    .map((of) => ({ of, case: { ...base, variation: { without: of } } }))
}

/** Which of several on a post. */
function numberOf(id: string, roster: StudyDocuments['roster'], post: string): string {
  const many = Object.values(roster.posts[post]?.shifts ?? {}).some((count) => count > 1)
  const number = /-(\d+)(-keys)?$/.exec(id)?.[1]
  return many && number !== undefined ? ` ${number}` : ''
}

function doorName(id: string, facility: StudyDocuments['facility'], language: string): string {
  const sides = facility.doors[id]?.between.map((zone) => textIn(facility.zones[zone]?.title ?? { en: zone }, language)) ?? [id]
  return `${textIn(SHUT_DOOR, language)}: ${sides.join(' – ')}`
}
