/** Sign-in at the service's own provider of identities: OpenID Connect, authorization code with PKCE. */
import * as oidc from 'openid-client'
import { Refusal } from '../contracts/errors.ts'
import type { Database } from '../database/database.ts'
import { atTheGate } from '../database/transaction.ts'
import { nameNewcomer } from '../ledger/names.ts'
import { answered, pose } from './challenges.ts'
import { cleanCode, sha256 } from './codes.ts'
import { mend, type Opened, openSession } from './gate.ts'

export interface ProviderOptions {
  /** Such as https://login.example.org; plain HTTP only on this machine. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** What people call it. */
  readonly name: string
}

interface Pending {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  /** SHA-256 of its code, in hexadecimal digits. */
  readonly invitation?: string
  readonly language: string
}

/** What somebody knows, has and is (RFC 8176): two of these are two proofs. */
const KINDS: Readonly<Record<string, string>> = {
  pwd: 'knows',
  pin: 'knows',
  otp: 'has',
  hwk: 'has',
  swk: 'has',
  sc: 'has',
  sms: 'has',
  fpt: 'is',
  face: 'is',
  iris: 'is',
}

/** Whether the provider has asked for two proofs of different kinds. */
function isTwice(ways: unknown): boolean {
  if (!Array.isArray(ways)) return false
  return ways.includes('mfa') || new Set(ways.map((way) => KINDS[String(way)]).filter((kind) => kind !== undefined)).size > 1
}
const LOOPBACK = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/

export class Provider {
  readonly #options: ProviderOptions
  readonly #database: Database
  readonly #master: Buffer
  #configuration: Promise<oidc.Configuration> | undefined

  constructor(database: Database, master: Buffer, options: ProviderOptions) {
    this.#database = database
    this.#master = master
    this.#options = options
  }

  /** Asked for when it is first needed, and again until it answers. */
  #configure(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = this.#options
    const execute = LOOPBACK.test(issuer) ? [oidc.allowInsecureRequests] : []
    this.#configuration ??= oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, { execute }).catch(() => {
      this.#configuration = undefined
      throw new Refusal('service-busy')
    })
    return this.#configuration
  }

  /** Where the browser goes, and what it must bring back. */
  async begin(back: string, language: string, invitation: string | undefined): Promise<{ address: string; id: string }> {
    const configuration = await this.#configure()
    const pending: Pending = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
      language,
      ...(invitation === undefined ? {} : { invitation: sha256(cleanCode(invitation)).toString('hex') }),
    }
    const address = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: back,
      scope: 'openid profile email',
      code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: 'S256',
      state: pending.state,
      nonce: pending.nonce,
      ui_locales: language,
    })
    return { address: address.href, id: await atTheGate(this.#database, (client) => pose(client, 'provider', null, pending)) }
  }

  /** A session for whom the provider means. Throws a {@link Refusal}. */
  async end(id: string, came: URL, agent: string): Promise<Opened> {
    const pending = await atTheGate(this.#database, (client) => answered<Pending>(client, 'provider', null, id))
    const claims = await this.#claims(came, pending)
    const { issuer } = this.#options
    return atTheGate(this.#database, async (client) => {
      const { rows } = await client.query<{ person: string }>(
        `select s.person from identity.subjects s join access.people p on p.id = s.person
          where s.issuer = $1 and s.subject = $2 and p.closed_at is null`,
        [issuer, claims.sub],
      )
      let person = rows[0]?.person
      if (person === undefined) {
        if (pending.invitation === undefined) throw new Refusal('provider-unknown')
        const made = await mend(
          client.query<{ person: string }>('select identity.accept_subject($1, $2, $3, $4, $5) as person', [
            Buffer.from(pending.invitation, 'hex'),
            loginOf(claims),
            pending.language,
            issuer,
            claims.sub,
          ]),
          'invitation-unknown',
        )
        person = made.rows[0]!.person
        await nameNewcomer(client, this.#master, person)
      }
      const session = await openSession(client, person, agent, isTwice(claims.amr))
      await client.query('select identity.note($1, $2, $3)', [person, 'access.signed-in', JSON.stringify({ with: 'provider' })])
      return session
    })
  }

  async #claims(came: URL, { state, nonce, verifier }: Pending): Promise<oidc.IDToken> {
    const configuration = await this.#configure()
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, came, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      })
      const claims = tokens.claims()!
      if (claims.preferred_username !== undefined || claims.email !== undefined) return claims
      // Many providers tell names only to who asks for them.
      const told = await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub).catch(() => ({}))
      return { ...told, ...claims }
    } catch {
      throw new Refusal('sign-in-failed')
    }
  }
}

/** A name for the account, from what the provider tells; with something of its own, as names are taken once. */
function loginOf(claims: oidc.IDToken): string {
  const told = [claims.preferred_username, claims.email].find((claim) => typeof claim === 'string') as string | undefined
  const plain = (told ?? 'person')
    .toLowerCase()
    .replace(/[^a-z0-9._@+-]/g, '')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 80)
  return `${plain === '' ? 'person' : plain}+${sha256(claims.sub).toString('hex').slice(0, 8)}`
}
