/** Passkeys (WebAuthn): a key that stays in a device, which asks for a finger or a PIN. One of them is both proofs at once. */
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { Refusal } from '../contracts/errors.ts'
import type { Database } from '../database/database.ts'
import { atTheGate } from '../database/transaction.ts'
import { answered, pose } from './challenges.ts'
import { type Opened, openSession, type Session } from './gate.ts'

/** Where browsers know us: a key made for one origin works nowhere else. */
export interface Site {
  readonly origin: string
  /** Its host name; an address in numbers has no passkeys. */
  readonly host: string
}

const MOST = 20

/** A tenth of a second to load: fetched when somebody uses a passkey. */
const webauthn = () => import('@simplewebauthn/server')

export async function offerToAdd(
  database: Database,
  site: Site,
  { person }: Session,
): Promise<{ id: string; options: PublicKeyCredentialCreationOptionsJSON }> {
  return atTheGate(database, async (client) => {
    const { rows } = await client.query<{ login: string; name: string }>(
      'select a.login, p.name from identity.accounts a join access.people p on p.id = a.person where a.person = $1 and not a.demonstration',
      [person],
    )
    if (rows[0] === undefined) throw new Refusal('forbidden')
    const { rows: there } = await client.query<{ id: string }>('select id from identity.passkeys where person = $1', [person])
    if (there.length >= MOST) throw new Refusal('state-wrong')
    const { generateRegistrationOptions } = await webauthn()
    const options = await generateRegistrationOptions({
      rpName: 'Aman',
      rpID: site.host,
      userName: rows[0].login,
      userDisplayName: rows[0].name,
      userID: new TextEncoder().encode(person),
      excludeCredentials: there,
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
    return { id: await pose(client, 'passkey-add', person, { challenge: options.challenge }), options }
  })
}

/** Keeps the key that the browser has made. Whoever has just shown it has shown a second proof. */
export async function add(
  database: Database,
  site: Site,
  session: Session,
  id: string,
  name: string,
  response: RegistrationResponseJSON,
): Promise<void> {
  await atTheGate(database, async (client) => {
    const { challenge } = await answered<{ challenge: string }>(client, 'passkey-add', session.person, id)
    const { verifyRegistrationResponse } = await webauthn()
    const { verified, registrationInfo } = await proven(() =>
      verifyRegistrationResponse({ response, expectedChallenge: challenge, expectedOrigin: site.origin, expectedRPID: site.host }),
    )
    if (!verified) throw new Refusal('sign-in-failed')
    const { credential } = registrationInfo
    await client.query('insert into identity.passkeys (id, person, public_key, counter, name) values ($1, $2, $3, $4, $5)', [
      credential.id,
      session.person,
      Buffer.from(credential.publicKey),
      credential.counter,
      name,
    ])
    await client.query('update identity.sessions set second = true where id = $1', [session.id])
    await client.query('select identity.note($1, $2, $3)', [session.person, 'access.passkey-added', JSON.stringify({ name })])
  })
}

export async function remove(database: Database, person: string, id: string): Promise<void> {
  await atTheGate(database, async (client) => {
    const { rows } = await client.query<{ name: string }>('delete from identity.passkeys where id = $1 and person = $2 returning name', [
      id,
      person,
    ])
    if (rows[0] === undefined) throw new Refusal('not-found')
    await client.query('update identity.sessions set second = false where person = $1', [person])
    await client.query('select identity.note($1, $2, $3)', [person, 'access.passkey-removed', JSON.stringify({ name: rows[0].name })])
  })
}

/** For anybody: whose key it is, the key itself says. */
export async function offerToSignIn(
  database: Database,
  site: Site,
): Promise<{ id: string; options: PublicKeyCredentialRequestOptionsJSON }> {
  const { generateAuthenticationOptions } = await webauthn()
  const options = await generateAuthenticationOptions({ rpID: site.host, userVerification: 'required' })
  const id = await atTheGate(database, (client) => pose(client, 'passkey-sign-in', null, { challenge: options.challenge }))
  return { id, options }
}

export async function signIn(
  database: Database,
  site: Site,
  id: string,
  response: AuthenticationResponseJSON,
  agent: string,
): Promise<Opened> {
  // Taken in a transaction of its own: a wrong answer uses it up.
  const { challenge } = await atTheGate(database, (client) => answered<{ challenge: string }>(client, 'passkey-sign-in', null, id))
  return atTheGate(database, async (client) => {
    const { rows } = await client.query<{ person: string; public_key: Buffer; counter: string }>(
      `select k.person, k.public_key, k.counter from identity.passkeys k join access.people p on p.id = k.person
        where k.id = $1 and p.closed_at is null for update of k`,
      [response.id],
    )
    const key = rows[0]
    if (key === undefined) throw new Refusal('sign-in-failed')
    const { verifyAuthenticationResponse } = await webauthn()
    const { verified, authenticationInfo } = await proven(() =>
      verifyAuthenticationResponse({
        response,
        expectedChallenge: challenge,
        expectedOrigin: site.origin,
        expectedRPID: site.host,
        requireUserVerification: true,
        credential: { id: response.id, publicKey: new Uint8Array(key.public_key), counter: Number(key.counter) },
      }),
    )
    if (!verified) throw new Refusal('sign-in-failed')
    await client.query('update identity.passkeys set counter = $2, used_at = now() where id = $1', [
      response.id,
      authenticationInfo.newCounter,
    ])
    const session = await openSession(client, key.person, agent, true)
    await client.query('select identity.note($1, $2, $3)', [key.person, 'access.signed-in', JSON.stringify({ with: 'passkey' })])
    return session
  })
}

/** What a browser has sent is no proof, whatever is wrong with it. */
async function proven<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch {
    throw new Refusal('sign-in-failed')
  }
}
