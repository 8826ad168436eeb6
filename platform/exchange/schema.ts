/** Shapes of what is asked of /api/exchange and answered. */
import { z } from 'zod'
import { Moment, Words } from '../access/schema.ts'
import { ChangeRow, Status } from '../documents/schema.ts'
import { KINDS } from '../packs/kinds/kinds.ts'

export const Fingerprint = z.string().regex(/^[0-9a-f]{64}$/)
export const PublisherRow = z.object({
  fingerprint: Fingerprint,
  name: z.string(),
  note: z.string(),
  trustedBy: z.string().nullable(),
  trustedAt: Moment,
  withdrawnAt: Moment.nullable(),
  reason: z.string(),
})
export const Publishers = z.object({ own: Fingerprint, trusted: z.array(PublisherRow) })
export const Trust = z.object({
  key: z
    .string()
    .max(200)
    .regex(/^[A-Za-z0-9+/=]+$/),
  name: z.string().trim().min(1).max(200),
  note: z.string().trim().min(5).max(1000),
})

/** A text of a pack; its exact bytes are looked at again when it is taken. */
export const PackText = z.string().min(1).max(2_100_000)
export const STATES = ['new', 'same', 'update', 'conflict'] as const
export const Offered = z.object({
  kind: z.enum(KINDS),
  name: z.string(),
  title: Words,
  version: z.string(),
  state: z.enum(STATES),
  here: z
    .object({ document: z.uuid(), title: Words, latest: z.int(), status: Status, approved: z.int().nullable(), position: z.int() })
    .nullable(),
  /** From what is here to what would come; the first two hundred. */
  changes: z.array(ChangeRow),
})
export const Looked = z.object({
  pack: z.object({
    id: z.string(),
    version: z.string(),
    title: Words,
    summary: Words.nullable(),
    licence: z.string(),
    publisher: z.string().nullable(),
  }),
  signature: z.object({
    state: z.enum(['own', 'trusted', 'withdrawn', 'unknown', 'none']),
    fingerprint: Fingerprint.nullable(),
    key: z.string().nullable(),
    name: z.string().nullable(),
  }),
  documents: z.array(Offered),
  /** What documents of the pack refer to that is neither in it nor here. */
  missing: z.array(z.object({ from: z.string(), path: z.string(), found: z.string() })),
})
export const Take = z.object({
  text: PackText,
  take: z
    .array(z.object({ kind: z.enum(KINDS), name: z.string().max(100), position: z.int().min(0) }))
    .min(1)
    .max(500),
  /** Whoever takes it knows that nobody has signed it. */
  unsigned: z.boolean().default(false),
})
export const Taken = z.object({ documents: z.array(z.object({ document: z.uuid(), version: z.int() })) })
export const HandOut = z.object({
  documents: z.array(z.uuid()).min(1).max(500),
  pack: z.object({
    id: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      .max(60),
    version: z.string().regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/),
    title: z.string().trim().min(1).max(200),
    summary: z.string().trim().max(2000).default(''),
    licence: z.string().trim().min(1).max(100),
    publisher: z.string().trim().min(1).max(200),
  }),
})
export const HandedOut = z.object({ file: z.string(), text: z.string() })

export type PublishersWire = z.input<typeof Publishers>
export type LookedWire = z.input<typeof Looked>
export type OfferedWire = z.input<typeof Offered>
export type HandedOutWire = z.input<typeof HandedOut>
