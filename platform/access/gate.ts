/** The gate: signing in, sessions, the first administrator, invitations taken up. It runs before it is known who is asking. */
import type pg from 'pg'
import { InputError, Refusal } from '../contracts/errors.ts'
import type { Text } from '../contracts/languages.ts'
import type { Database } from '../database/database.ts'
import { atTheGate } from '../database/transaction.ts'
import { nameNewcomer } from '../ledger/names.ts'
import { open } from '../ledger/seal.ts'
import { cleanCode, newToken, sha256, stepOf } from './codes.ts'
import { hashPassword, isPassword } from './passwords.ts'

/** Failures before an account waits, and for how many minutes at most. */
const PATIENCE = 5
const LONGEST_WAIT = 15
/** A session ends after so many hours, or after so many minutes without a request (OWASP ASVS 4.0, 3.3.2). */
const SESSION_HOURS = 12
export const IDLE_MINUTES = 30

export interface Session {
  readonly id: string
  readonly person: string
  /** Whether a second proof was shown. */
  readonly second: boolean
}

export interface Opened {
  readonly token: string
  readonly person: string
}

/** The session of a token, or undefined if it is over. Being seen keeps it from running out. */
export async function sessionOf(database: Database, token: string): Promise<Session | undefined> {
  return atTheGate(database, async (client) => {
    const { rows } = await client.query<Session & { stale: boolean }>(
      `select s.id, s.person, s.second, s.seen_at < now() - interval '1 minute' as stale
        from identity.sessions s join access.people p on p.id = s.person
        where s.token = $1 and s.ended_at is null and s.expires_at > now()
          and s.seen_at > now() - make_interval(mins => $2) and p.closed_at is null`,
      [sha256(token), IDLE_MINUTES],
    )
    const [found] = rows
    if (found?.stale === true) await client.query('update identity.sessions set seen_at = now() where id = $1', [found.id])
    return found === undefined ? undefined : { id: found.id, person: found.person, second: found.second }
  })
}

/** `second`: a second proof has been shown. */
export async function openSession(client: pg.ClientBase, person: string, agent: string, second = false): Promise<Opened> {
  const token = newToken()
  await client.query(
    'insert into identity.sessions (token, person, expires_at, agent, second) values ($1, $2, now() + make_interval(hours => $3), $4, $5)',
    [sha256(token), person, SESSION_HOURS, agent.slice(0, 300), second],
  )
  return { token, person }
}

export interface Account {
  readonly person: string
  readonly login: string
  readonly password_hash: string | null
  readonly totp_secret: Buffer | null
  readonly totp_last_step: string
  readonly failures: number
  readonly wait: number | null
}

export interface Proof {
  readonly login: string
  readonly password: string
  /** Six digits, or a recovery code. */
  readonly code?: string | undefined
}

/** Opens a session, or throws a {@link Refusal} that does not tell whether the name or the password is wrong. */
export async function signIn(database: Database, master: Buffer, proof: Proof, agent: string): Promise<Opened> {
  const login = proof.login.trim().toLowerCase()
  const account = await accountOf(database, login)
  const wait = account === undefined ? waitOfStranger(login) : (account.wait ?? 0)
  if (wait > 0) throw new Refusal('account-locked', `${Math.ceil(wait)} s`)
  const right = await isPassword(account?.password_hash ?? null, proof.password)
  if (account === undefined) {
    strangerFailed(login)
    throw new Refusal('sign-in-failed')
  }
  if (right && account.totp_secret !== null && (proof.code ?? '') === '') throw new Refusal('code-needed')
  const opened = await atTheGate(database, async (client) => {
    const now = await lockedAccount(client, account)
    if (now.wait !== null && now.wait > 0) return undefined
    if (right && (now.totp_secret === null || (await secondProof(client, master, now, proof.code!)))) {
      await client.query('update identity.accounts set failures = 0, locked_until = null where person = $1', [account.person])
      const session = await openSession(client, account.person, agent, now.totp_secret !== null)
      await note(client, account.person, 'access.signed-in', {})
      return session
    }
    await failed(client, now)
    return undefined
  })
  if (opened === undefined) throw new Refusal('sign-in-failed')
  return opened
}

/** The account as it is now, for this transaction alone: many guesses at once are counted one after another. */
export async function lockedAccount(client: pg.ClientBase, { person }: Pick<Account, 'person'>): Promise<Account> {
  const { rows } = await client.query<Account>(
    `select person, login, password_hash, case when totp_confirmed_at is null then null else totp_secret end as totp_secret, totp_last_step,
      case when failed_at > now() - interval '1 hour' then failures else 0 end as failures,
      extract(epoch from locked_until - now())::float8 as wait
      from identity.accounts where person = $1 for update`,
    [person],
  )
  return rows[0]!
}

export async function failed(client: pg.ClientBase, { person, failures }: Account): Promise<void> {
  const minutes = minutesAfter(failures + 1)
  await client.query(
    `update identity.accounts set failures = $2, failed_at = now(),
      locked_until = case when $3 > 0 then now() + make_interval(mins => $3) end where person = $1`,
    [person, failures + 1, minutes],
  )
  await note(client, person, minutes > 0 ? 'access.locked' : 'access.refused', { failures: failures + 1 })
}

const minutesAfter = (failures: number) => (failures < PATIENCE ? 0 : Math.min(LONGEST_WAIT, 2 ** (failures - PATIENCE)))

/** Names that nobody has wait in the same way, so that waiting does not tell that somebody has one. */
const strangers = new Map<string, { readonly failures: number; readonly until: number }>()
const MOST_STRANGERS = 10_000

const waitOfStranger = (login: string) => ((strangers.get(login)?.until ?? 0) - Date.now()) / 1000

function strangerFailed(login: string): void {
  const failures = (strangers.get(login)?.failures ?? 0) + 1
  strangers.delete(login)
  if (strangers.size >= MOST_STRANGERS) strangers.delete(strangers.keys().next().value!)
  strangers.set(login, { failures, until: Date.now() + 60_000 * minutesAfter(failures) })
}

async function accountOf(database: Database, login: string): Promise<Account | undefined> {
  const { rows } = await atTheGate(database, (client) =>
    client.query<Account>(
      `select a.person, a.login, a.password_hash, case when a.totp_confirmed_at is null then null else a.totp_secret end as totp_secret,
        a.totp_last_step, a.failures, extract(epoch from a.locked_until - now())::float8 as wait
        from identity.accounts a join access.people p on p.id = a.person
        where a.login = $1 and p.closed_at is null and not a.demonstration`,
      [login],
    ),
  )
  return rows[0]
}

const TOTP_PLACE = 'identity.accounts.totp'
export const contextOf = (person: string) => `${TOTP_PLACE}/${person}`

export async function secondProof(client: pg.ClientBase, master: Buffer, account: Account, code: string): Promise<boolean> {
  const step = stepOf(open(master, account.totp_secret!, contextOf(account.person)), code, Date.now())
  if (step !== undefined) {
    if (step <= Number(account.totp_last_step)) return false
    await client.query('update identity.accounts set totp_last_step = $2 where person = $1', [account.person, step])
    return true
  }
  const used = await client.query(
    'update identity.recovery_codes set used_at = now() where person = $1 and code = $2 and used_at is null',
    [account.person, sha256(cleanCode(code))],
  )
  if (used.rowCount === 1) await note(client, account.person, 'access.recovery-code-used', {})
  return used.rowCount === 1
}

/** A session of a made-up person of the training establishment with this role. For this machine only; the server sees to that. */
export async function signInToDemonstration(database: Database, role: string, agent: string): Promise<Opened> {
  return atTheGate(database, async (client) => {
    const { rows } = await client.query<{ person: string }>('select person from identity.accounts where demonstration and login = $1', [
      `training-${role}`,
    ])
    if (rows[0] === undefined) throw new Refusal('not-found')
    const session = await openSession(client, rows[0].person, agent)
    await note(client, rows[0].person, 'access.signed-in', { demonstration: true })
    return session
  })
}

export async function signOut(database: Database, session: Session): Promise<void> {
  await atTheGate(database, async (client) => {
    await client.query('update identity.sessions set ended_at = now() where id = $1 and ended_at is null', [session.id])
    await note(client, session.person, 'access.signed-out', {})
  })
}

export async function isSetUp(database: Database): Promise<boolean> {
  const { rows } = await atTheGate(database, (client) => client.query<{ done: boolean }>('select identity.is_set_up() as done'))
  return rows[0]!.done
}

export interface NewAccount {
  readonly login: string
  readonly password: string
  readonly language: string
}

export interface FirstSteps extends NewAccount {
  readonly name: string
  readonly establishment: { readonly id: string; readonly title: Text; readonly languages: readonly string[] }
}

/** The first administrator and establishment. Throws {@link Refusal} if there is one, {@link InputError} for what cannot be used. */
export async function setUp(database: Database, master: Buffer, first: FirstSteps, agent: string): Promise<Opened> {
  if (await isSetUp(database)) throw new Refusal('set-up-done')
  const login = first.login.trim().toLowerCase()
  const hash = await hashPassword(first.password, login)
  return atTheGate(database, async (client) => {
    const { rows } = await mend(
      client.query<{ person: string }>('select identity.set_up($1, $2, $3, $4, $5, $6, $7) as person', [
        login,
        first.name,
        first.language,
        hash,
        first.establishment.id,
        JSON.stringify(first.establishment.title),
        first.establishment.languages,
      ]),
      'set-up-done',
    )
    await nameNewcomer(client, master, rows[0]!.person)
    return openSession(client, rows[0]!.person, agent)
  })
}

export interface Invitation {
  readonly name: string
  readonly role: string
  readonly establishment: Text | null
}

/** What an invitation is for. Throws {@link Refusal} if it is not open. */
export async function lookAtInvitation(database: Database, code: string): Promise<Invitation> {
  const { rows } = await atTheGate(database, (client) =>
    client.query<Invitation>(
      `select i.name, i.role, e.title as establishment from identity.invitations i left join access.establishments e on e.id = i.establishment
        where i.code = $1 and i.taken_at is null and i.withdrawn_at is null and i.expires_at > now()`,
      [sha256(cleanCode(code))],
    ),
  )
  if (rows[0] === undefined) throw new Refusal('invitation-unknown')
  return rows[0]
}

export async function acceptInvitation(
  database: Database,
  master: Buffer,
  code: string,
  account: NewAccount,
  agent: string,
): Promise<Opened> {
  await lookAtInvitation(database, code)
  const login = account.login.trim().toLowerCase()
  const hash = await hashPassword(account.password, login)
  return atTheGate(database, async (client) => {
    const { rows } = await mend(
      client.query<{ person: string }>('select identity.accept($1, $2, $3, $4) as person', [
        sha256(cleanCode(code)),
        login,
        account.language,
        hash,
      ]),
      'invitation-unknown',
    )
    await nameNewcomer(client, master, rows[0]!.person)
    return openSession(client, rows[0]!.person, agent)
  })
}

/** Turns what the database refuses into a refusal that says why. */
export async function mend<T>(query: Promise<T>, closed: 'set-up-done' | 'invitation-unknown'): Promise<T> {
  try {
    return await query
  } catch (error) {
    const { code, constraint } = error as pg.DatabaseError
    if (code === 'AM003') throw new Refusal(closed)
    if (constraint === 'accounts_login_key') throw new Refusal('login-taken')
    if (constraint === 'login_form')
      throw new InputError([
        { code: 'type-wrong', path: ['login'], expected: '2 to 99 small Latin letters, digits or . _ @ + -', found: 'something else' },
      ])
    throw error
  }
}

export function note(client: pg.ClientBase, person: string, kind: string, body: object): Promise<unknown> {
  return client.query('select identity.note($1, $2, $3)', [person, kind, JSON.stringify(body)])
}
