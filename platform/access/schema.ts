/** Shapes of what is asked of /api/access and answered. As they travel (`z.input`), moments are ISO 8601. */
import { z } from 'zod'
import { LANGUAGES } from '../contracts/languages.ts'

/** A moment: a Date here, ISO 8601 on the wire. */
export const Moment = z.codec(z.iso.datetime(), z.date(), { decode: (text) => new Date(text), encode: (date) => date.toISOString() })

/** A text for people, by language; English is always there. */
export const Words = z.object({ en: z.string() }).catchall(z.string())
/** The same, as somebody names a place. */
export const Title = z.object({ en: z.string().trim().min(1).max(200) }).catchall(z.string().max(200))

/** Languages that the people of an establishment read. */
export const Languages = z.array(z.enum(LANGUAGES)).max(LANGUAGES.length)

export const ROLES = ['officer', 'planner', 'governor', 'administrator', 'monitor'] as const
export type Role = (typeof ROLES)[number]

export const Done = z.object({})
export const ById = z.object({ id: z.uuid() })
export const Login = z.string().min(1).max(100)
export const Code = z.string().min(4).max(60)
export const Password = z.string().min(1).max(1000)
export const Language = z.string().regex(/^[a-z]{2}(-[A-Z][a-z]{3})?$/)
export const Id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(60)
export const RoleName = z.enum(ROLES)
export const Grant = z.object({ id: z.uuid(), role: RoleName, establishment: z.string().nullable(), expiresAt: Moment })
export const Oneself = z.object({
  id: z.uuid(),
  name: z.string(),
  language: z.string(),
  login: z.string(),
  demonstration: z.boolean(),
  authenticator: z.boolean(),
  /** Whether this session has shown a second proof. */
  second: z.boolean(),
  grants: z.array(Grant),
  establishments: z.array(z.object({ id: z.string(), title: Words, languages: z.array(z.string()) })),
})
export const State = z.object({
  setUp: z.boolean(),
  /** Whether the made-up people of the training establishment can be taken. */
  demonstration: z.boolean(),
  /** Whether setting up asks for the code that the server has printed. */
  setUpCode: z.boolean(),
  /** Whether whoever lets others in must show a second proof. */
  secondProof: z.boolean(),
  /** What the service’s own provider of identities is called, if there is one. */
  provider: z.string().nullable(),
  oneself: Oneself.nullable(),
})

export const SessionRow = z.object({ id: z.uuid(), agent: z.string(), madeAt: Moment, seenAt: Moment, current: z.boolean() })

export const PersonRow = z.object({ id: z.uuid(), name: z.string(), grants: z.array(Grant) })

export const InvitationRow = z.object({
  id: z.uuid(),
  name: z.string(),
  role: RoleName,
  establishment: z.string().nullable(),
  expiresAt: Moment,
})

export const Emergency = z.object({
  id: z.uuid(),
  name: z.string().nullable(),
  role: z.string(),
  establishment: z.string(),
  reason: z.string(),
  at: Moment,
})
export type EmergencyWire = z.input<typeof Emergency>
export const Entry = z.object({
  position: z.string(),
  stream: z.string(),
  number: z.int(),
  kind: z.string(),
  at: Moment,
  person: z.uuid().nullable(),
  name: z.string().nullable(),
  establishment: z.string().nullable(),
  place: Words.nullable(),
  about: Words.nullable(),
  body: z.unknown(),
})

/** As a browser gets them. */
export type OneselfWire = z.input<typeof Oneself>
export type StateWire = z.input<typeof State>
export type PersonWire = z.input<typeof PersonRow>
export type InvitationWire = z.input<typeof InvitationRow>
export type SessionWire = z.input<typeof SessionRow>
export type EntryWire = z.input<typeof Entry>
