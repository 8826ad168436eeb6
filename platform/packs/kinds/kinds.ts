/** All kinds of document. */
import type { z } from 'zod'
import { type CaseDocument, incident } from './case.ts'
import { type FacilityDocument, facility } from './facility.ts'
import { type PackDocument, pack } from './pack.ts'
import { type PlanDocument, plan } from './plan.ts'
import { type RosterDocument, roster } from './roster.ts'
import { type StudyDocument, study } from './study.ts'
import { type ThreatDocument, threat } from './threat.ts'

export const SHAPES = { facility, roster, plan, threat, study, case: incident, pack } as const satisfies Record<string, z.ZodType>

export interface Documents {
  readonly facility: FacilityDocument
  readonly roster: RosterDocument
  readonly plan: PlanDocument
  readonly threat: ThreatDocument
  readonly study: StudyDocument
  readonly case: CaseDocument
  readonly pack: PackDocument
}

export type Kind = keyof Documents
export const KINDS = Object.keys(SHAPES) as Kind[]
