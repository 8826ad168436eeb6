/** People of a place: their roles, invitations, sessions, and what the trail says; as far as the person who asks may see. */
import type pg from 'pg'
import type { Text } from '../contracts/languages.ts'
import { printedCode, sha256 } from './codes.ts'
import type { Role } from './schema.ts'

export interface Grant {
  readonly id: string
  readonly role: Role
  readonly establishment: string | null
  readonly expiresAt: Date
}

export interface Oneself {
  readonly id: string
  readonly name: string
  readonly language: string
  readonly login: string
  readonly demonstration: boolean
  readonly authenticator: boolean
  /** Whether this session has shown a second proof. */
  readonly second: boolean
  readonly grants: Grant[]
  readonly establishments: { readonly id: string; readonly title: Text; readonly languages: string[] }[]
}

const GRANT = `id, role, establishment, expires_at as "expiresAt"`
const IN_FORCE = 'withdrawn_at is null and expires_at > now()'

export async function oneself(client: pg.ClientBase, { person, second }: { person: string; second: boolean }): Promise<Oneself> {
  const { rows } = await client.query<Omit<Oneself, 'second' | 'grants' | 'establishments'>>(
    `select p.id, p.name, p.language, a.login, a.demonstration, a.totp_confirmed_at is not null as authenticator
      from access.people p join identity.accounts a on a.person = p.id where p.id = $1`,
    [person],
  )
  const grants = await client.query<Grant>(`select ${GRANT} from access.grants where person = $1 and ${IN_FORCE} order by role`, [person])
  const establishments = await client.query<Oneself['establishments'][number]>(
    'select id, title, languages from access.establishments order by id',
  )
  return { ...rows[0]!, second, grants: grants.rows, establishments: establishments.rows }
}

/** What has happened with one's own account, the newest first. */
export async function happened(
  client: pg.ClientBase,
  person: string,
  limit: number,
): Promise<{ readonly at: Date; readonly kind: string }[]> {
  const { rows } = await client.query<{ at: Date; kind: string }>(
    'select at, kind from ledger.events where stream = $1 order by number desc limit $2',
    [`access/${person}`, limit],
  )
  return rows
}

/** Everything that is kept of somebody, for themselves: who they are, how they come in, what they may and what they have done. */
export async function keptOf(client: pg.ClientBase, asking: { person: string; second: boolean }): Promise<object> {
  const { person } = asking
  const { establishments: _, second: __, ...own } = await oneself(client, asking)
  const all = async (query: string) => (await client.query(query, [person])).rows
  return {
    ...own,
    passkeys: await all('select name, made_at as "madeAt" from identity.passkeys where person = $1'),
    mail: await all('select address, given_at as "givenAt" from mail.addresses where person = $1'),
    sessions: await all(
      'select agent, made_at as "madeAt", seen_at as "seenAt", ended_at as "endedAt" from identity.sessions where person = $1',
    ),
    grants: await all(
      `select role, establishment, granted_at as "grantedAt", expires_at as "expiresAt", withdrawn_at as "withdrawnAt" from access.grants where person = $1`,
    ),
    trail: await all(
      `select at, kind, establishment, case when subject is null then convert_from(body, 'UTF8')::jsonb - 'content' end as body
        from ledger.events where person = $1 order by position`,
    ),
  }
}

export interface Emergency {
  /** The role that was given. */
  readonly id: string
  readonly name: string | null
  readonly role: string
  readonly establishment: string
  readonly reason: string
  readonly at: Date
}

/** For a monitor: emergencies that they have not said to have read; the newest first. */
export async function unreadEmergencies(client: pg.ClientBase): Promise<Emergency[]> {
  const { rows } = await client.query<Emergency>(
    `select e.id, p.name, e.role, e.establishment, e.reason, e.at from access.unread_emergencies() e left join access.people p on p.id = e.person`,
  )
  return rows
}

export interface Person {
  readonly id: string
  readonly name: string
  readonly grants: (Grant & { readonly person: string })[]
}

/** Everybody whom the person who asks may see, with the roles that they may see. */
export async function people(client: pg.ClientBase): Promise<Person[]> {
  const { rows } = await client.query<{ id: string; name: string }>(
    'select id, name from access.people where closed_at is null order by name',
  )
  const grants = await client.query<Grant & { person: string }>(
    `select person, ${GRANT} from access.grants where ${IN_FORCE} order by role`,
  )
  return rows.map((row) => ({ ...row, grants: grants.rows.filter((grant) => grant.person === row.id) }))
}

export interface OpenInvitation {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly establishment: string | null
  readonly expiresAt: Date
}

export async function openInvitations(client: pg.ClientBase): Promise<OpenInvitation[]> {
  const { rows } = await client.query<OpenInvitation>(
    `select id, name, role, establishment, expires_at as "expiresAt" from identity.invitations
      where taken_at is null and withdrawn_at is null and expires_at > now() order by made_at`,
  )
  return rows
}

export interface Offer {
  readonly name: string
  readonly role: Role
  readonly establishment: string | null
  readonly until: Date
}

/** Invites, and returns the code: it is not kept and cannot be shown again. */
export async function invite(client: pg.ClientBase, { name, role, establishment, until }: Offer): Promise<{ id: string; code: string }> {
  const code = printedCode(4)
  const { rows } = await client.query<{ id: string }>('select identity.invite($1, $2, $3, $4, $5) as id', [
    sha256(code),
    name,
    role,
    establishment,
    until,
  ])
  return { id: rows[0]!.id, code }
}

/** Whether a function of the database that answers yes or no has found something. */
export async function did(client: pg.ClientBase, call: string, values: readonly unknown[]): Promise<boolean> {
  const { rows } = await client.query<{ done: boolean }>(`select ${call} as done`, [...values])
  return rows[0]!.done
}

export interface TrailEntry {
  readonly position: string
  readonly stream: string
  readonly number: number
  readonly kind: string
  readonly at: Date
  readonly person: string | null
  readonly name: string | null
  readonly establishment: string | null
  /** What the establishment is called, and the document that it is about. */
  readonly place: Text | null
  readonly about: Text | null
  readonly body: unknown
}

/** The trail as far as one may see it, the newest first, before a position. Left out: contents of documents, and what has come of each
 * single question of a stress test, of which there can be a thousand by night. */
export async function trail(client: pg.ClientBase, before: bigint | undefined, limit: number): Promise<TrailEntry[]> {
  const { rows } = await client.query<TrailEntry>(
    `select e.position, e.stream, e.number, e.kind, e.at, e.person, p.name, e.establishment, s.title as place, d.title as about,
        case when e.subject is null then convert_from(e.body, 'UTF8')::jsonb - 'content' end as body
      from ledger.events e left join access.people p on p.id = e.person left join access.establishments s on s.id = e.establishment
        left join documents.documents d on d.id = case when e.stream like 'document/%' then substr(e.stream, 10)::uuid end
      where e.position < $1 and e.kind <> 'campaign.answered' order by e.position desc limit $2`,
    [before ?? 9223372036854775807n, limit],
  )
  return rows
}
