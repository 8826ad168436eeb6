/** Second proofs, and sign-in at a provider of identities: a real one, on this machine. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestServer, testServer, type Visitor } from '../server/testing.ts'
import { codeAt } from './codes.ts'

const PASSWORD = 'seven quiet rivers'
const inAMonth = () => new Date(Date.now() + 30 * 86_400_000).toISOString()

describe('second proof', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await testServer({ publicUrl: 'https://aman.example.org' })
  })
  afterAll(() => server.close())

  it('AC-14 Where others reach the server, only who has shown a second proof lets anybody in or out.', async () => {
    const administrator = await server.person(['administrator', null], ['officer', 'north'])
    const hash = await (await import('./passwords.ts')).hashPassword(PASSWORD, 'somebody')
    await server.database.owner.query('update identity.accounts set password_hash = $2, login = $3 where person = $1', [
      administrator.id,
      hash,
      'somebody',
    ])
    const guest = { name: 'Guest', role: 'officer', establishment: 'north', until: inAMonth() }
    const invite = (who: Visitor) => who.post('/api/access/invitations', guest)
    expect((await invite(administrator)).body.code).toBe('second-proof-needed')
    for (const [method, path, body] of [
      ['DELETE', `/api/access/people/${administrator.id}`, undefined],
      ['POST', '/api/access/grants', { person: administrator.id, ...guest }],
      ['POST', '/api/access/establishments', { id: 'third', title: { en: 'Third' } }],
      ['POST', '/api/exchange/publishers', { key: 'AAAA', name: 'x', note: 'read out' }],
    ] as const)
      expect((await administrator.ask(method, path, body)).body.code, path).toBe('second-proof-needed')
    const { body: offer } = await administrator.post('/api/access/authenticator', { password: PASSWORD })
    const { Secret } = await import('otpauth')
    const secret = Buffer.from(Secret.fromBase32(offer.letters).bytes)
    expect((await administrator.post('/api/access/authenticator/confirm', { code: codeAt(secret, Date.now()) })).status).toBe(200)
    expect((await administrator.get('/api/access/state')).body.oneself.second).toBe(true)
    expect((await invite(administrator)).status).toBe(200)
    const again = server.visitor()
    const next = codeAt(secret, Date.now() + 30_000)
    expect((await again.post('/api/access/sign-in', { login: 'somebody', password: PASSWORD, code: next })).status).toBe(200)
    expect((await invite(again)).status).toBe(200)
    // Without it, not any more.
    await server.database.owner.query('update identity.accounts set totp_last_step = 0 where person = $1', [administrator.id])
    const removed = await again.post('/api/access/authenticator/remove', { password: PASSWORD, code: codeAt(secret, Date.now()) })
    expect(removed.status).toBe(200)
    expect((await invite(again)).body.code).toBe('second-proof-needed')
    expect((await invite(administrator)).body.code).toBe('second-proof-needed')
  })

  it('AC-18 A password alone never leads to a second proof where there is one already, and takes none away.', async () => {
    const owner = await server.person(['administrator', null])
    const hash = await (await import('./passwords.ts')).hashPassword(PASSWORD, 'keyholder')
    const { owner: sql } = server.database
    await sql.query('update identity.accounts set password_hash = $2, login = $3 where person = $1', [owner.id, hash, 'keyholder'])
    await sql.query(`insert into identity.passkeys (id, person, public_key, name) values ('${'k'.repeat(200)}', $1, '\\x00', 'key')`, [
      owner.id,
    ])
    const thief = server.visitor()
    expect((await thief.post('/api/access/sign-in', { login: 'keyholder', password: PASSWORD })).status).toBe(200)
    for (const [path, body] of [
      ['authenticator', { password: PASSWORD }],
      ['passkeys/offer', { password: PASSWORD }],
      ['passkeys/remove', { id: 'k'.repeat(200), password: PASSWORD }],
    ] as const)
      expect((await thief.post(`/api/access/${path}`, body)).body.code, path).toBe('second-proof-needed')
    // Who has shown it may, with the password, and then has none any more.
    await sql.query('update identity.sessions set second = true where person = $1', [owner.id])
    expect((await owner.post('/api/access/passkeys/remove', { id: 'k'.repeat(200) })).status).toBe(401)
    expect((await owner.post('/api/access/passkeys/remove', { id: 'k'.repeat(200), password: PASSWORD })).status).toBe(200)
    expect((await owner.get('/api/access/state')).body.oneself.second).toBe(false)
  })

  it('AC-15 A passkey is offered only to who proves again who they are, and what was not signed is no proof.', async () => {
    const officer = await server.person(['officer', 'north'])
    const hash = await (await import('./passwords.ts')).hashPassword(PASSWORD, 'officer-one')
    await server.database.owner.query('update identity.accounts set password_hash = $2 where person = $1', [officer.id, hash])
    expect((await officer.post('/api/access/passkeys/offer', {})).status).toBe(401)
    expect((await officer.post('/api/access/passkeys/offer', { password: 'wrong' })).status).toBe(401)
    const { body: offer } = await officer.post('/api/access/passkeys/offer', { password: PASSWORD })
    expect(offer.options.rp.id).toBe('aman.example.org')
    const response = { id: 'AAAAAAAAAAAAAAAA', rawId: 'AAAAAAAAAAAAAAAA', type: 'public-key', response: {}, clientExtensionResults: {} }
    expect((await officer.post('/api/access/passkeys', { id: offer.id, name: 'x', response })).status).toBe(401)
    const visitor = server.visitor()
    const { body: challenge } = await visitor.post('/api/access/passkeys/sign-in/offer', {})
    expect((await visitor.post('/api/access/passkeys/sign-in', { id: challenge.id, response })).status).toBe(401)
    // Taken once, right or wrong; and one person's is not another's.
    expect((await visitor.post('/api/access/passkeys/sign-in', { id: challenge.id, response })).status).toBe(401)
    const { rows } = await server.database.owner.query('select count(*)::int as n from identity.challenges where id = $1', [challenge.id])
    expect(rows[0].n).toBe(0)
  })
})

describe('a provider of identities', () => {
  let listening: Server
  let server: TestServer
  let issuer: string
  beforeAll(async () => {
    // First the address of ours, then the provider that sends people back to it.
    listening = createServer()
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
    issuer = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`
    server = await testServer({ provider: { issuer, clientId: 'aman', clientSecret: 'not-a-secret-at-all', name: 'The service' } })
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: 'aman',
          client_secret: 'not-a-secret-at-all',
          redirect_uris: [`${server.address}/api/access/provider/back`],
        },
      ],
      pkce: { required: () => true },
      claims: { openid: ['sub'], email: ['email'] },
      cookies: { keys: ['a key for this test'] },
      findAccount: (_: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@example.org` }) }),
    })
    listening.on('request', provider.callback())
  })
  afterAll(async () => {
    await server.close()
    listening.close()
  })

  /** A browser at the provider: follows it, fills its forms in, and returns the address to which it is sent back. */
  async function atTheProvider(address: string, name: string): Promise<string> {
    const jar = new Map<string, string>()
    let [at, form] = [address, undefined as URLSearchParams | undefined]
    for (let step = 0; step < 12; step++) {
      const response: Response = await fetch(at, {
        redirect: 'manual',
        headers: { cookie: [...jar].map(([k, v]) => `${k}=${v}`).join('; ') },
        ...(form === undefined ? {} : { method: 'POST', body: form }),
      })
      for (const cookie of response.headers.getSetCookie()) jar.set(...(cookie.split(';')[0]!.split(/=(.*)/s) as [string, string]))
      form = undefined
      const to = response.headers.get('location')
      if (to !== null) {
        at = new URL(to, at).href
        if (at.startsWith(server.address)) return at
        continue
      }
      const page = await response.text()
      at = new URL(/action="([^"]+)"/.exec(page)![1]!, at).href
      const prompt = /name="prompt" value="([^"]+)"/.exec(page)![1]!
      form = new URLSearchParams({ prompt, ...(prompt === 'login' ? { login: name, password: 'x' } : {}) })
    }
    throw new Error('the provider does not come to an end')
  }

  async function come(name: string, invitation?: string): Promise<{ readonly visitor: Visitor; readonly at: string }> {
    const visitor = server.visitor()
    const begun = await visitor.post('/api/access/provider', { language: 'ru', ...(invitation === undefined ? {} : { invitation }) })
    expect(begun.status, JSON.stringify(begun.body)).toBe(200)
    const back = await atTheProvider(begun.body.address, name)
    const pending = visitor.cookie!
    const response = await fetch(back, { redirect: 'manual', headers: { cookie: pending } })
    const session = response.headers.getSetCookie().find((cookie) => /^(__Host-)?aman=/.test(cookie))
    visitor.cookie = session?.split(';')[0]
    return { visitor, at: response.headers.get('location')! }
  }

  it('AC-16 Who is known at the provider comes in by it once an invitation has tied the two, and nobody else does.', async () => {
    const administrator = await server.person(['administrator', null], ['officer', 'north'])
    expect((await come('stranger')).at).toBe('/#/refused/provider-unknown')
    const { body } = await administrator.post('/api/access/invitations', {
      name: 'B.',
      role: 'officer',
      establishment: 'north',
      until: inAMonth(),
    })
    const first = await come('bakyt', body.code)
    expect(first.at).toBe('/#/')
    const state = (await first.visitor.get('/api/access/state')).body
    expect(state.oneself.grants.map((g: { role: string }) => g.role)).toEqual(['officer'])
    expect(state.oneself.login).toMatch(/^bakyt@example\.org\+[0-9a-f]{8}$/)
    // Somebody who has left and comes back is let in anew.
    expect((await administrator.ask('DELETE', `/api/access/people/${state.oneself.id}`)).status).toBe(200)
    expect((await come('bakyt')).at).toBe('/#/refused/provider-unknown')
    const anew = await administrator.post('/api/access/invitations', {
      name: 'B.',
      role: 'officer',
      establishment: 'north',
      until: inAMonth(),
    })
    const back = await come('bakyt', anew.body.code)
    expect(back.at).toBe('/#/')
    state.oneself = (await back.visitor.get('/api/access/state')).body.oneself
    // The invitation is used up, the account is known.
    expect((await come('other', body.code)).at).toBe('/#/refused/invitation-unknown')
    const again = await come('bakyt')
    expect((await again.visitor.get('/api/access/state')).body.oneself.id).toBe(state.oneself.id)
    // No password opens this account.
    expect((await server.visitor().post('/api/access/sign-in', { login: state.oneself.login, password: PASSWORD })).status).toBe(401)
  })

  it('AC-17 What comes back from the provider without having been asked for by this browser opens nothing.', async () => {
    const visitor = server.visitor()
    const begun = await visitor.post('/api/access/provider', { language: 'en' })
    const back = await atTheProvider(begun.body.address, 'bakyt')
    const land = async (address: string, cookie?: string) => {
      const response = await fetch(address, { redirect: 'manual', headers: cookie === undefined ? {} : { cookie } })
      expect(response.headers.getSetCookie().some((one) => /^(__Host-)?aman=/.test(one))).toBe(false)
      return response.headers.get('location')
    }
    expect(await land(back)).toBe('/#/refused/sign-in-failed')
    const other = server.visitor()
    await other.post('/api/access/provider', { language: 'en' })
    expect(await land(back, other.cookie)).toBe('/#/refused/sign-in-failed')
    expect(await land(back.replace(/code=[^&]+/, 'code=made-up'), visitor.cookie)).toBe('/#/refused/sign-in-failed')
    // That has used the question up.
    expect(await land(back, visitor.cookie)).toBe('/#/refused/sign-in-failed')
    expect(await land(`${server.address}/api/access/provider/back?error=access_denied`)).toBe('/#/refused/sign-in-failed')
  })
})
