/** Shapes of what is asked of /api/documents and answered. */
import { z } from 'zod'
import { Moment, Words } from '../access/schema.ts'
import { KINDS } from '../packs/kinds/kinds.ts'

export const STATUSES = ['draft', 'in-review', 'approved', 'returned', 'superseded'] as const
export type Status = (typeof STATUSES)[number]

export const Establishment = z.object({
  establishment: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(60),
})
export const ById = z.object({ id: z.uuid() })
export const Version = z.coerce.number().int().min(1).max(100_000)
export const Done = z.object({ position: z.int() })
export const FORMS = ['table-top', 'drill', 'live'] as const
export const Day = z.iso.date()
export const Content = z.string().min(1).max(1_000_000)
export const Note = z.string().max(2000)
export const Status = z.enum(STATUSES)
export const Row = z.object({
  id: z.uuid(),
  establishment: z.string(),
  kind: z.enum(KINDS),
  name: z.string(),
  title: Words,
  changedAt: Moment,
  latest: z.int(),
  status: Status,
  approved: z.int().nullable(),
  retiredAt: Moment.nullable(),
  pack: z.string().nullable(),
  openComments: z.int(),
})
const Named = z.record(z.string(), Words.nullable())
/** What layout and roster of a place name. */
export const BesideRow = z.object({
  zones: Named,
  roles: z.record(z.string(), z.string()),
  skills: z.array(z.string()),
  keys: z.array(z.string()),
  equipment: Named,
  agencies: Named,
  doors: Named,
  sources: Named,
})
export type BesideWire = z.input<typeof BesideRow>

export const Detail = Row.extend({
  position: z.int(),
  languages: z.array(z.string()),
  versions: z.array(
    z.object({
      number: z.int(),
      status: Status,
      author: z.uuid().nullable(),
      authorName: z.string().nullable(),
      note: z.string(),
      madeAt: Moment,
      submittedAt: Moment.nullable(),
      decidedBy: z.string().nullable(),
      decidedAt: Moment.nullable(),
      decision: z.string(),
    }),
  ),
  comments: z.array(
    z.object({
      id: z.uuid(),
      version: z.int(),
      place: z.string(),
      text: z.string(),
      author: z.string().nullable(),
      madeAt: Moment,
      settledAt: Moment.nullable(),
    }),
  ),
  rehearsals: z.array(
    z.object({
      id: z.uuid(),
      version: z.int(),
      on: Day,
      form: z.enum(FORMS),
      learned: z.string(),
      by: z.string().nullable(),
      struckAt: Moment.nullable(),
    }),
  ),
  working: z.object({ content: z.string(), basedOn: z.int(), savedAt: Moment }).nullable(),
})

export const Deed = z.discriminatedUnion('do', [
  z.object({ do: z.literal('submit'), version: Version }),
  z.object({ do: z.literal('withdraw'), version: Version }),
  z.object({ do: z.literal('approve'), version: Version, note: Note.default('') }),
  z.object({ do: z.literal('return'), version: Version, reason: z.string().trim().min(1).max(2000) }),
  z.object({ do: z.literal('retire'), reason: z.string().trim().min(1).max(2000) }),
  z.object({
    do: z.literal('comment'),
    comment: z.uuid(),
    version: Version,
    place: z.string().max(300).default(''),
    text: z.string().trim().min(1).max(5000),
  }),
  z.object({ do: z.literal('settle'), comment: z.uuid() }),
  z.object({
    do: z.literal('rehearse'),
    rehearsal: z.uuid(),
    version: Version,
    on: Day,
    form: z.enum(FORMS),
    learned: z.string().trim().min(1).max(5000),
  }),
  z.object({ do: z.literal('strike'), rehearsal: z.uuid() }),
])
export const ChangeRow = z.object({
  path: z.array(z.object({ key: z.string(), title: Words.optional() })),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
})

export const Found = z.object({
  bundle: z.unknown(),
  uses: z.array(z.object({ document: z.uuid(), name: z.string(), kind: z.enum(KINDS), version: z.int(), status: Status })),
})

/** As a browser gets them. */
export type RowWire = z.input<typeof Row>
export type DetailWire = z.input<typeof Detail>
export type DeedWire = z.input<typeof Deed>
/** With what the ids that the changes speak of stand for. */
export const Changes = z.object({ changes: z.array(ChangeRow), names: z.record(z.string(), Words) })
export type ChangesWire = z.input<typeof Changes>
