/** The rules of access, one after another (SPEC.md). One file, because all of them are tried on one house whose people come and go. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asPerson } from '../database/transaction.ts'
import { type TestServer, testServer, type Visitor } from '../server/testing.ts'
import { codeAt, printedCode, sha256 } from './codes.ts'

const PASSWORD = 'seven quiet rivers'
let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const first = {
  login: 'Aigul',
  password: PASSWORD,
  name: 'First Administrator',
  language: 'en',
  establishment: { id: 'first', title: { en: 'First' }, languages: ['ky', 'ru'] },
}
let administrator: Visitor
const inAMonth = () => new Date(Date.now() + 30 * 86_400_000).toISOString()

async function invited(role: string, establishment: string | null, login: string): Promise<Visitor> {
  const { body } = await administrator.post('/api/access/invitations', { name: `Invited ${login}`, role, establishment, until: inAMonth() })
  const visitor = server.visitor()
  const accepted = await visitor.post('/api/access/invitations/accept', { code: body.code, login, password: PASSWORD, language: 'ru' })
  expect(accepted.status).toBe(200)
  return visitor
}

describe('access', () => {
  it('AC-01 The first administrator and establishment are set up once; from another machine only with the code that the server has printed.', async () => {
    administrator = server.visitor()
    const weak = await administrator.post('/api/access/set-up', { ...first, password: 'short' })
    expect(weak.status).toBe(422)
    expect(weak.body.code).toBe('password-weak')
    for (const common of [
      'Password12345',
      'qwertyuiop1234',
      'P@ssw0rd2026!',
      'пароль123456',
      'йцукенгшщзхъ',
      '1q2w3e4r5t6y',
      'adminadmin2026',
      'Kyrgyzstan2026',
      'ЙЦУКЕНйцукен1',
      'Бишкек2026Бишкек',
      // Of several common parts.
      'userprincess12345678902026',
      'сиздикприветтюрьма2026',
      // Of a list of leaked ones, with a year.
      'iloveyouforever1999',
    ])
      expect((await administrator.post('/api/access/set-up', { ...first, password: common })).body.code, common).toBe('password-weak')
    const other = server.visitor()
    const both = await Promise.all([
      administrator.post('/api/access/set-up', first),
      other.post('/api/access/set-up', { ...first, login: 'other' }),
    ])
    expect(both.map((a) => a.status).sort()).toEqual([200, 409])
    if (both[0].status !== 200) {
      administrator = other
      await server.database.owner.query(`update identity.accounts set login = 'aigul' where login = 'other'`)
    }
    const { body } = await administrator.get('/api/access/state')
    expect(body.setUp).toBe(true)
    expect(body.oneself.grants.map((g: { role: string }) => g.role)).toEqual(['administrator', 'planner'])
    expect((await server.visitor().post('/api/access/set-up', { ...first, login: 'third' })).body.code).toBe('set-up-done')

    const open = await testServer({ host: '0.0.0.0' })
    try {
      const address = open.address.replace('0.0.0.0', '127.0.0.1')
      const send = async (code?: string) =>
        (
          await fetch(`${address}/api/access/set-up`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ ...first, code }),
          })
        ).status
      expect(open.setUpCode).toMatch(/^\d{12}$/)
      expect(await send()).toBe(401)
      expect(await send('000000000000')).toBe(401)
      // AC-13, from the same server: nobody is made up there.
      const demonstration = await fetch(`${address}/api/access/demonstration`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"role":"planner"}',
      })
      expect(demonstration.status).toBe(404)
      expect(await send(open.setUpCode)).toBe(200)
    } finally {
      await open.close()
    }
  })

  it('AC-24 So many requests and so few guesses a minute are answered from one address; whoever asks for more is told when to come back.', async () => {
    const limited = await testServer({ limits: { requests: 30, guesses: 5 } })
    try {
      const visitor = limited.visitor()
      const guess = () => visitor.post('/api/access/sign-in', { login: 'nobody', password: 'some other words' })
      for (let k = 0; k < 5; k++) expect((await guess()).status).toBe(401)
      const refused = await guess()
      expect([refused.status, refused.body.code]).toEqual([429, 'requests-many'])
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
      // What is no guess is still answered, up to its own limit.
      for (let k = 6; k < 30; k++) expect((await visitor.get('/readyz')).status).toBe(200)
      const many = await visitor.get('/readyz')
      expect([many.status, many.body.code]).toEqual([429, 'requests-many'])
      expect(Number(many.headers.get('retry-after'))).toBeGreaterThan(0)
    } finally {
      await limited.close()
    }
  })

  it('AC-02 An invitation works once; its code is shown once and not kept.', async () => {
    const { body } = await administrator.post('/api/access/invitations', {
      name: 'Governor',
      role: 'governor',
      establishment: 'first',
      until: inAMonth(),
    })
    expect(body.code).toMatch(/^([A-Z2-9]{4}-){3}[A-Z2-9]{4}$/)
    const kept = await server.database.owner.query('select i::text from identity.invitations i')
    expect(JSON.stringify(kept.rows)).not.toContain(body.code)
    const look = await server.visitor().post('/api/access/invitations/look', { code: body.code.toLowerCase().replaceAll('-', ' ') })
    expect(look.body).toEqual({ name: 'Governor', role: 'governor', establishment: { en: 'First' } })
    const take = (login: string) =>
      server.visitor().post('/api/access/invitations/accept', { code: body.code, login, password: PASSWORD, language: 'ru' })
    expect((await take('aigul')).body.code).toBe('login-taken')
    const both = await Promise.all([take('one'), take('two')])
    expect(both.map((a) => a.status).sort()).toEqual([200, 404])
    const withdrawn = await administrator.post('/api/access/invitations', {
      name: 'Nobody',
      role: 'officer',
      establishment: 'first',
      until: inAMonth(),
    })
    expect((await administrator.ask('DELETE', `/api/access/invitations/${withdrawn.body.id}`)).status).toBe(200)
    expect((await server.visitor().post('/api/access/invitations/look', { code: withdrawn.body.code })).body.code).toBe(
      'invitation-unknown',
    )
  })

  it('AC-03 After five failures an account waits, longer each time; what is answered does not tell whether the name or the password was wrong.', async () => {
    await invited('officer', 'first', 'locked')
    const visitor = server.visitor()
    const attempt = (login: string, password: string) => visitor.post('/api/access/sign-in', { login, password })
    const unknown = await attempt('nobody-here', PASSWORD)
    const wrong = await attempt('locked', 'not the password')
    expect([unknown.status, unknown.body.code]).toEqual([wrong.status, wrong.body.code])
    await Promise.all([1, 2, 3, 4].map(() => attempt('locked', 'not the password')))
    const refused = await attempt('locked', PASSWORD)
    expect(refused.body.code).toBe('account-locked')
    await server.database.owner.query(`update identity.accounts set locked_until = now() where login = 'locked'`)
    expect((await attempt('locked', 'not the password')).status).toBe(401)
    const { rows } = await server.database.owner.query(
      `select extract(epoch from locked_until - now()) as wait from identity.accounts where login = 'locked'`,
    )
    expect(Number(rows[0].wait)).toBeGreaterThan(90)
    await server.database.owner.query(`update identity.accounts set locked_until = null where login = 'locked'`)
    expect((await attempt(' LOCKED ', PASSWORD)).status).toBe(200)
    // Names that nobody has wait in the same way.
    for (let k = 0; k < 4; k++) await attempt('nobody-here', PASSWORD)
    expect((await attempt('nobody-here', PASSWORD)).body.code).toBe('account-locked')
    // An hour later it is forgotten.
    await server.database.owner.query(
      `update identity.accounts set failures = 9, failed_at = now() - interval '2 hours' where login = 'locked'`,
    )
    await attempt('locked', 'not the password')
    expect((await attempt('locked', PASSWORD)).status).toBe(200)
  })

  it('AC-04 A code of an authenticator works once; a recovery code works once.', async () => {
    const visitor = await invited('planner', 'first', 'careful')
    expect((await visitor.post('/api/access/authenticator', { password: 'wrong one here' })).status).toBe(401)
    const { body } = await visitor.post('/api/access/authenticator', { password: PASSWORD })
    const { decodeBase32 } = {
      decodeBase32: (text: string) =>
        Buffer.from(
          (text.match(/./g) ?? [])
            .map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'))
            .join('')
            .match(/.{8}/g)!
            .map((b) => Number.parseInt(b, 2)),
        ),
    }
    const secret = decodeBase32(body.letters)
    const { rows } = await server.database.owner.query(`select totp_pending from identity.accounts where login = 'careful'`)
    expect((rows[0].totp_pending as Buffer).includes(secret)).toBe(false)
    const signIn = (code?: string) => server.visitor().post('/api/access/sign-in', { login: 'careful', password: PASSWORD, code })
    expect((await signIn()).status).toBe(200)
    const now = Date.now()
    const confirmed = await visitor.post('/api/access/authenticator/confirm', { code: codeAt(secret, now) })
    expect(confirmed.status).toBe(200)
    expect((await signIn()).body.code).toBe('code-needed')
    expect((await signIn(codeAt(secret, now))).status).toBe(401)
    expect((await signIn(codeAt(secret, now + 30_000))).status).toBe(200)
    expect((await signIn(codeAt(secret, now + 30_000))).status).toBe(401)
    const [recovery] = confirmed.body.recovery
    expect((await signIn(recovery.toLowerCase())).status).toBe(200)
    expect((await signIn(recovery)).status).toBe(401)
    // With the password alone nobody gets rid of it, nor puts another in its place.
    await server.database.owner.query(`update identity.accounts set failures = 0, locked_until = null where login = 'careful'`)
    expect((await visitor.post('/api/access/authenticator', { password: PASSWORD })).status).toBe(401)
    expect((await visitor.post('/api/access/authenticator/remove', { password: PASSWORD, code: '000000' })).status).toBe(401)
    expect((await signIn()).body.code).toBe('code-needed')
    const removed = await visitor.post('/api/access/authenticator/remove', { password: PASSWORD, code: confirmed.body.recovery[1] })
    expect(removed.status).toBe(200)
    expect((await signIn()).status).toBe(200)
  })

  it('AC-05 A session ends when it is revoked, when the password changes, and by itself.', async () => {
    const one = await invited('officer', 'first', 'sessions')
    const two = server.visitor()
    await two.post('/api/access/sign-in', { login: 'sessions', password: PASSWORD })
    const listed = await one.get('/api/access/sessions')
    expect(listed.body.length).toBe(2)
    const other = listed.body.find((s: { current: boolean }) => !s.current)
    expect((await administrator.ask('DELETE', `/api/access/sessions/${other.id}`)).status).toBe(200)
    expect((await two.get('/api/board')).status).toBe(401)
    expect((await one.get('/api/access/happened')).body.length).toBe(2)
    await two.post('/api/access/sign-in', { login: 'sessions', password: PASSWORD })
    expect((await one.post('/api/access/password', { old: PASSWORD, wanted: 'eight quiet rivers' })).status).toBe(200)
    expect((await two.get('/api/board')).status).toBe(401)
    expect((await one.get('/api/board')).status).toBe(200)
    await server.database.owner.query(`update identity.sessions set seen_at = now() - interval '31 minutes'`)
    expect((await one.get('/api/board')).status).toBe(401)
    await server.database.owner.query('update identity.sessions set seen_at = now()')
    expect((await one.get('/api/board')).status).toBe(200)
    expect((await one.post('/api/access/sign-out')).status).toBe(200)
    expect((await one.get('/api/board')).status).toBe(401)
  })

  it('AC-21 Everybody sees what has happened with their account, and gets all that is kept of them and nothing of anybody else.', async () => {
    const one = await invited('planner', 'first', 'curious')
    const other = await invited('planner', 'first', 'neighbour')
    await server.visitor().post('/api/access/sign-in', { login: 'curious', password: 'wrong wrong wrong' })
    await one.post('/api/access/password', { old: PASSWORD, wanted: 'nine quiet rivers' })
    const { body: happened } = await one.get('/api/access/happened')
    expect(happened.map(({ kind }: { kind: string }) => kind)).toEqual(['access.password-changed', 'access.refused'])
    const answer = await one.get('/api/access/kept')
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="aman-account.json"')
    const told = JSON.stringify(answer.body)
    expect(answer.body).toMatchObject({ name: 'Invited curious', login: 'curious', grants: [{ role: 'planner', establishment: 'first' }] })
    expect(answer.body.sessions.length).toBeGreaterThan(0)
    expect(answer.body.trail.map(({ kind }: { kind: string }) => kind)).toContain('access.password-changed')
    expect(told).not.toMatch(/argon2|neighbour|password_hash|token/)
    expect((await other.get('/api/access/happened')).body.length).toBe(0)
  })

  it('AC-23 Which languages are read at an establishment is asked when it is set up, and changed by its administrators alone.', async () => {
    const read = async (who: Visitor) =>
      (await who.get('/api/access/state')).body.oneself.establishments.find((e: { id: string }) => e.id === 'first').languages
    const officer = await invited('officer', 'first', 'reads-kyrgyz')
    expect(await read(officer)).toEqual(['ky', 'ru'])
    const choose = (who: Visitor, languages: string[], id = 'first') =>
      who.ask('PUT', `/api/access/establishments/${id}/languages`, { languages })
    expect((await choose(officer, ['en'])).status).toBe(403)
    expect((await choose(administrator, ['de'])).status).toBe(400)
    expect((await choose(administrator, ['en'], 'nowhere')).status).toBe(403)
    expect((await choose(administrator, ['kk', 'ru'])).status).toBe(200)
    expect(await read(officer)).toEqual(['kk', 'ru'])
    const document = (await administrator.post('/api/establishments/first/copy')).body
    expect(document.made).toBeGreaterThan(10)
    const [row] = (await officer.get('/api/establishments/first/documents')).body
    expect((await officer.get(`/api/documents/${row.id}`)).body.languages).toEqual(['kk', 'ru'])
  })

  it('AC-22 Whoever runs the machine invites an administrator, on record, so that there always can be one; nobody else does so without being one.', async () => {
    const left = await testServer()
    const { owner } = left.database
    const code = printedCode(4)
    const invite = 'select identity.invite_administrator($1, $2)'
    await owner.query(invite, [sha256(code), 'Found Again'])
    const back = left.visitor()
    const account = { code, login: 'found-again', password: PASSWORD, language: 'en' }
    expect((await back.post('/api/access/invitations/accept', account)).status).toBe(200)
    expect((await back.get('/api/access/state')).body.oneself.grants).toEqual([
      expect.objectContaining({ role: 'administrator', establishment: null }),
    ])
    expect((await left.visitor().post('/api/access/invitations/accept', { ...account, login: 'twice' })).status).toBe(404)
    const { rows } = await owner.query(
      `select person, convert_from(body, 'UTF8')::jsonb as said from ledger.events where stream = 'grants/service' and kind in ('grants.invited', 'grants.accepted') order by number desc limit 2`,
    )
    expect(rows.map(({ said }) => said.role)).toEqual(['administrator', 'administrator'])
    expect([rows[0].said.by, rows[1].person]).toEqual([null, null])
    const { id } = await left.person(['administrator', null])
    await expect(asPerson(left.database, id, (client) => client.query(invite, [sha256('x'), 'x']))).rejects.toMatchObject({
      code: '42501',
    })
    await left.close()
  })

  it('AC-20 Roles given and taken at the same moment do not get in each other’s way.', async () => {
    const officer = await invited('officer', 'first', 'often-granted')
    const person = (await officer.get('/api/access/state')).body.oneself.id
    const give = () => administrator.post('/api/access/grants', { person, role: 'planner', establishment: 'first', until: inAMonth() })
    for (let round = 0; round < 4; round++) {
      const there = await Promise.all(Array.from({ length: 5 }, give))
      const take = there.map(({ body }) => administrator.ask('DELETE', `/api/access/grants/${body.id}`))
      const answers = await Promise.all([...take, ...Array.from({ length: 5 }, give)])
      expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
    }
  })

  it('AC-06 A role is granted for a place, until a day at most a year away, by an administrator of the place, never to oneself.', async () => {
    const officer = await invited('officer', 'first', 'granted')
    const { body } = await officer.get('/api/access/state')
    const grant = (by: Visitor, person: string, until: string) =>
      by.post('/api/access/grants', { person, role: 'planner', establishment: 'first', until })
    expect((await grant(officer, body.oneself.id, inAMonth())).status).toBe(403)
    const me = (await administrator.get('/api/access/state')).body.oneself
    expect((await grant(administrator, me.id, inAMonth())).status).toBe(403)
    expect((await grant(administrator, body.oneself.id, new Date(Date.now() + 400 * 86_400_000).toISOString())).status).toBe(400)
    const given = await grant(administrator, body.oneself.id, inAMonth())
    expect(given.status).toBe(200)
    expect((await officer.get('/api/access/state')).body.oneself.grants.length).toBe(2)
    expect((await administrator.ask('DELETE', `/api/access/grants/${given.body.id}`)).status).toBe(200)
    expect((await officer.get('/api/access/state')).body.oneself.grants.length).toBe(1)
    // The last administrator stays; made-up people get nothing real; what an administrator has offered ends with their role.
    const own = me.grants.find((g: { role: string }) => g.role === 'administrator')
    expect((await administrator.ask('DELETE', `/api/access/grants/${own.id}`)).body.code).toBe('state-wrong')
    const { rows } = await server.database.owner.query(`select person from identity.accounts where login = 'training-planner'`)
    expect((await grant(administrator, rows[0].person, inAMonth())).status).toBe(403)
    const second = await invited('administrator', 'first', 'second-administrator')
    const offer = await second.post('/api/access/invitations', {
      name: 'x',
      role: 'administrator',
      establishment: 'first',
      until: inAMonth(),
    })
    const theirs = (await second.get('/api/access/state')).body.oneself.grants[0]
    await administrator.ask('DELETE', `/api/access/grants/${theirs.id}`)
    const late = await server
      .visitor()
      .post('/api/access/invitations/accept', { code: offer.body.code, login: 'late', password: PASSWORD, language: 'en' })
    expect(late.body.code).toBe('invitation-unknown')
    // Somebody who has left is out at once.
    expect((await administrator.ask('DELETE', `/api/access/people/${body.oneself.id}`)).status).toBe(200)
    expect((await officer.get('/api/board')).status).toBe(401)
  })

  it('AC-07 Whoever breaks the glass gets a role for an hour, and the monitor reads why.', async () => {
    const officer = await server.person(['officer', 'first'])
    const monitor = await server.person(['monitor', null])
    const broken = (who: Visitor, reason: string) =>
      who.post('/api/access/break-glass', { role: 'governor', establishment: 'first', reason })
    expect((await broken(officer, 'short')).status).toBe(400)
    expect((await broken(monitor, 'a monitor who wants to act')).status).toBe(403)
    expect((await broken(officer, 'the governor cannot be reached tonight')).status).toBe(200)
    const { body } = await officer.get('/api/access/state')
    const grant = body.oneself.grants.find((g: { role: string }) => g.role === 'governor')
    expect(new Date(grant.expiresAt).getTime()).toBeLessThan(Date.now() + 3_600_001)
    const trail = await monitor.get('/api/trail')
    const entry = trail.body.find((e: { kind: string }) => e.kind === 'grants.glass-broken')
    expect(entry.body.reason).toBe('the governor cannot be reached tonight')
    expect(entry.person).toBe(officer.id)
    // The same again is the same.
    const again = await Promise.all([1, 2, 3].map(() => broken(officer, 'the governor cannot be reached tonight')))
    expect(new Set(again.map((answer) => answer.body.id))).toEqual(new Set([grant.id]))
    // The monitor is told until they say that they have read it; nobody else is.
    const waiting = async (who: Visitor) => (await who.get('/api/access/emergencies')).body as { id: string; reason: string }[]
    expect((await waiting(monitor)).map(({ id }) => id)).toEqual([grant.id])
    expect(await waiting(officer)).toEqual([])
    expect((await officer.post(`/api/access/emergencies/${grant.id}`, {})).status).toBe(404)
    expect((await monitor.post(`/api/access/emergencies/${grant.id}`, {})).status).toBe(200)
    expect(await waiting(monitor)).toEqual([])
    expect((await waiting(await server.person(['monitor', 'first']))).map(({ id }) => id)).toEqual([grant.id])
  })

  it('AC-08 A monitor reads the trail and changes nothing; that they have looked is in the trail.', async () => {
    const monitor = await server.person(['monitor', null])
    await monitor.get('/api/trail')
    const { body } = await monitor.get('/api/trail')
    expect(body.some((e: { kind: string; person: string }) => e.kind === 'trail.viewed' && e.person === monitor.id)).toBe(true)
    const officer = await server.person(['officer', 'first'])
    const theirs = await officer.get('/api/trail')
    expect(theirs.body.some((e: { kind: string; person: string }) => e.kind === 'trail.viewed' && e.person !== officer.id)).toBe(false)
    for (const [path, sent] of [
      ['/api/establishments/first/documents', { content: 'kind: plan' }],
      ['/api/establishments/first/copy', {}],
      ['/api/establishments/first/campaigns', {}],
      ['/api/access/invitations', { name: 'x', role: 'officer', establishment: 'first', until: inAMonth() }],
    ] as const)
      expect([400, 403, 409, 422], path).toContain((await monitor.post(path, sent)).status)
    expect(
      (await server.database.owner.query(`select from ledger.events where person = $1 and kind <> 'trail.viewed'`, [monitor.id])).rowCount,
    ).toBe(0)
  })

  it('AC-11 Requests for another host or from another page are refused.', async () => {
    const { request } = await import('node:http')
    const status = (headers: Record<string, string>, method = 'GET') =>
      new Promise<number>((resolve, reject) => {
        const sent = request(`${server.address}/api/access/state`, { method, headers }, (response) => {
          response.resume()
          resolve(response.statusCode!)
        })
        sent.on('error', reject)
        sent.end()
      })
    expect(await status({})).toBe(200)
    expect(await status({ host: 'evil.example' })).toBe(403)
    expect(await status({ host: '127.0.0.1.evil.example' })).toBe(403)
    const visitor = server.visitor()
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'not an address' },
    ])
      expect(
        (await visitor.ask('POST', '/api/access/sign-out', {}, headers as Record<string, string>)).status,
        JSON.stringify(headers),
      ).toBe(403)
    expect(
      (await visitor.ask('POST', '/api/access/sign-out', {}, { origin: server.address, 'sec-fetch-site': 'same-origin' })).status,
    ).toBe(200)
    const { headers } = await visitor.get('/api/access/state')
    expect(headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(headers.get('content-security-policy')).toContain("script-src 'self';")
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('AC-13 … nor through a server in front of us', async () => {
    const behind = await testServer({ publicUrl: 'https://aman.example.org' })
    try {
      const visitor = behind.visitor()
      expect((await visitor.post('/api/access/demonstration', { role: 'governor' })).status).toBe(404)
      expect((await visitor.get('/api/access/state')).body).toMatchObject({ demonstration: false, setUpCode: true })
      const first = await visitor.post('/api/access/set-up', {
        login: 'x-y',
        password: PASSWORD,
        name: 'x',
        language: 'en',
        establishment: { id: 'x', title: { en: 'x' } },
      })
      expect(first.status).toBe(401)
    } finally {
      await behind.close()
    }
  })

  it('AC-13 The made-up people of the training establishment can be taken on this machine only.', async () => {
    const visitor = server.visitor()
    expect((await visitor.post('/api/access/demonstration', { role: 'governor' })).status).toBe(200)
    // Through a server in front of us that nobody has told us of.
    const through = { 'x-forwarded-for': '203.0.113.7' }
    expect((await server.visitor().ask('POST', '/api/access/demonstration', { role: 'governor' }, through)).status).toBe(404)
    expect((await server.visitor().ask('GET', '/api/access/state', undefined, through)).body.demonstration).toBe(false)
    const { body } = await visitor.get('/api/access/state')
    expect(body.oneself.demonstration).toBe(true)
    expect(body.oneself.establishments.map((e: { id: string }) => e.id)).toEqual(['training'])
    expect((await visitor.post('/api/access/demonstration', { role: 'administrator' })).status).toBe(404)
    expect((await server.visitor().post('/api/access/sign-in', { login: 'training-governor', password: '' })).status).toBe(400)
    expect(
      (await server.visitor().post('/api/access/sign-in', { login: 'training-governor', password: 'nobody has this password' })).status,
    ).toBe(401)
  })
})
