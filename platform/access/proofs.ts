/** What somebody who is signed in changes about how they prove who they are: password and second proof, each after proving it once more. */
import { Refusal } from '../contracts/errors.ts'
import type { Database } from '../database/database.ts'
import { atTheGate } from '../database/transaction.ts'
import { open, seal } from '../ledger/seal.ts'
import { sha256, stepOf } from './codes.ts'
import { type Account, contextOf, failed, lockedAccount, note, type Session, secondProof } from './gate.ts'
import { hashPassword, isPassword } from './passwords.ts'

/** Another password. All other sessions end. Throws {@link Refusal} if the old one is wrong. */
export async function changePassword(database: Database, master: Buffer, session: Session, old: string, wanted: string): Promise<void> {
  const { login } = await mustKnow(database, master, session.person, { password: old }, false)
  const hash = await hashPassword(wanted, login)
  await atTheGate(database, async (client) => {
    await client.query('update identity.accounts set password_hash = $2 where person = $1', [session.person, hash])
    await client.query('update identity.sessions set ended_at = now() where person = $1 and id <> $2 and ended_at is null', [
      session.person,
      session.id,
    ])
    await note(client, session.person, 'access.password-changed', {})
  })
}

interface ProofAgain {
  readonly password: string
  readonly code?: string | undefined
}

/** Proves once more who is signed in; with the second proof too where there is one and `fully`. Failures count as at the gate. */
async function mustKnow(database: Database, master: Buffer, person: string, proof: ProofAgain, fully = true): Promise<Account> {
  const { rows } = await atTheGate(database, (client) =>
    client.query<{ password_hash: string | null }>('select password_hash from identity.accounts where person = $1', [person]),
  )
  const right = await isPassword(rows[0]?.password_hash ?? null, proof.password)
  const known = await atTheGate(database, async (client) => {
    const account = await lockedAccount(client, { person })
    if (account.wait !== null && account.wait > 0) return undefined
    const second = !fully || account.totp_secret === null || (await secondProof(client, master, account, proof.code ?? ''))
    if (right && second) return account
    await failed(client, account)
    return undefined
  })
  if (known === undefined) throw new Refusal('sign-in-failed')
  return known
}

interface WeakProof {
  readonly password?: string | undefined
  readonly code?: string | undefined
}

/** Minutes after signing in during which somebody without a password need not sign in again. */
const FRESH = 10

/** Proves once more who is signed in, before a way in is opened or closed: with the password, or by having signed in just now; and where
 * there is a second way already, in a session that has shown it. A password alone never leads to a second proof. */
export async function mustProve(database: Database, master: Buffer, session: Session, proof: WeakProof): Promise<void> {
  const { rows } = await atTheGate(database, (client) =>
    client.query<{ has: boolean; fresh: boolean; guarded: boolean }>(
      `select a.password_hash is not null as has, s.made_at > now() - make_interval(mins => $2) as fresh,
          a.totp_confirmed_at is not null or exists (select from identity.passkeys k where k.person = a.person) as guarded
        from identity.sessions s join identity.accounts a on a.person = s.person where s.id = $1`,
      [session.id, FRESH],
    ),
  )
  const [known] = rows
  if (known?.guarded === true && !session.second) throw new Refusal('second-proof-needed')
  if (known?.has === true) await mustKnow(database, master, session.person, { password: proof.password ?? '', code: proof.code })
  else if (known?.fresh !== true) throw new Refusal('sign-in-failed')
}

/** Keeps a new secret for an authenticator app. One that is in force stays so until the new one is confirmed. */
export async function prepareTotp(database: Database, master: Buffer, session: Session, proof: WeakProof, secret: Buffer): Promise<string> {
  await mustProve(database, master, session, proof)
  const { person } = session
  const { rows } = await atTheGate(database, (client) =>
    client.query<{ login: string }>('update identity.accounts set totp_pending = $2 where person = $1 returning login', [
      person,
      seal(master, secret, contextOf(person)),
    ]),
  )
  return rows[0]!.login
}

/** Puts the secret in force if the app shows the right code, and keeps the recovery codes given. */
export async function confirmTotp(
  database: Database,
  master: Buffer,
  { id, person }: Session,
  code: string,
  recovery: readonly string[],
): Promise<void> {
  const confirmed = await atTheGate(database, async (client) => {
    const account = await lockedAccount(client, { person })
    if (account.wait !== null && account.wait > 0) return false
    const { rows } = await client.query<{ totp_pending: Buffer | null }>('select totp_pending from identity.accounts where person = $1', [
      person,
    ])
    const sealed = rows[0]?.totp_pending ?? undefined
    const step = sealed === undefined ? undefined : stepOf(open(master, sealed, contextOf(person)), code, Date.now())
    if (step === undefined) {
      await failed(client, account)
      return false
    }
    await client.query(
      `update identity.accounts set totp_secret = totp_pending, totp_pending = null, totp_confirmed_at = now(), totp_last_step = $2
        where person = $1`,
      [person, step],
    )
    await client.query('delete from identity.recovery_codes where person = $1', [person])
    for (const one of recovery)
      await client.query('insert into identity.recovery_codes (person, code) values ($1, $2)', [person, sha256(one)])
    await client.query('update identity.sessions set second = true where id = $1', [id])
    await note(client, person, 'access.authenticator-added', {})
    return true
  })
  if (!confirmed) throw new Refusal('sign-in-failed')
}

export async function removeTotp(database: Database, master: Buffer, session: Session, proof: WeakProof): Promise<void> {
  await mustProve(database, master, session, proof)
  const { person } = session
  await atTheGate(database, async (client) => {
    await client.query('update identity.accounts set totp_secret = null, totp_pending = null, totp_confirmed_at = null where person = $1', [
      person,
    ])
    await client.query('delete from identity.recovery_codes where person = $1', [person])
    await client.query('update identity.sessions set second = false where person = $1', [person])
    await note(client, person, 'access.authenticator-removed', {})
  })
}
