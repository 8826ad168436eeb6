import { createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LANGUAGES } from '../contracts/languages.ts'
import { asPerson } from '../database/transaction.ts'
import { type TestServer, testServer } from '../server/testing.ts'
import { Post, written } from './post.ts'
import { LETTERS, NOTICES } from './texts.ts'

/** A mail server of our own that keeps what it gets; what it answers to a recipient can be set. */
class Mailbox {
  readonly letters: { readonly to: readonly string[]; readonly text: string }[] = []
  answer = '250 ok'
  #server!: Server

  async open(): Promise<string> {
    this.#server = createServer((socket) => this.#serve(socket))
    await new Promise<void>((done) => this.#server.listen(0, '0.0.0.0', done))
    const { port } = this.#server.address() as { port: number }
    return `127.0.0.1:${port}`
  }

  close(): Promise<void> {
    return new Promise((done) => this.#server.close(() => done()))
  }

  #serve(socket: Socket): void {
    let to: string[] = []
    let text: string | undefined
    let rest = ''
    socket.write('220 here\r\n')
    socket.on('error', () => {})
    socket.on('data', (bytes) => {
      rest += bytes.toString()
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end)
        rest = rest.slice(end + 2)
        if (text !== undefined) {
          if (line === '.') {
            this.letters.push({ to, text })
            text = undefined
            to = []
            socket.write('250 kept\r\n')
          } else text += `${line}\n`
        } else if (/^RCPT/i.test(line)) {
          to.push(/<(.*)>/.exec(line)![1]!)
          socket.write(`${this.answer}\r\n`)
        } else if (/^DATA/i.test(line)) {
          text = ''
          socket.write('354 go on\r\n')
        } else if (/^STARTTLS/i.test(line)) socket.write('502 not here\r\n')
        else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n')
        else socket.write('250 ok\r\n')
      }
    })
  }
}

/** What a letter says: its subject and its text. */
function said(letter: string): string {
  const [head = '', ...body] = letter.split('\n\n')
  const subject = /^Subject: ((?:.*\n?[ \t])*.*)$/m
    .exec(head)![1]!
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?([BQ])\?(.*?)\?=/g, (_, how, text) =>
      how === 'B' ? Buffer.from(text, 'base64').toString() : quoted(text.replaceAll('_', ' ')),
    )
  const text = body.join('\n\n')
  return `${subject}\n${/base64/.test(head) ? Buffer.from(text, 'base64').toString() : quoted(text)}`
}

function quoted(text: string): string {
  const bytes = text.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}

let server: TestServer
let post: Post
let address: string
const box = new Mailbox()
const faults: object[] = []
const options = () => ({
  database: server.database,
  server: `smtp://${address}`,
  from: 'aman@example.org',
  address: 'https://aman.example.org/',
  log: { error: (detail: object) => void faults.push(detail) },
})
beforeAll(async () => {
  server = await testServer({ mail: { server: 'smtp://127.0.0.1:1', from: 'aman@example.org' } })
  address = await box.open()
  post = new Post(options())
})
afterAll(async () => {
  await post.stop()
  await box.close()
  await server.close()
})

type Visitor = Awaited<ReturnType<TestServer['person']>>

const give = (who: Visitor, wanted: string | null) => who.ask('PUT', '/api/mail', { address: wanted })
const speaks = (who: Visitor, language: string) =>
  server.database.owner.query('update access.people set language = $2 where id = $1', [who.id, language])

async function handedIn(planner: Visitor, name: string): Promise<void> {
  const documents = (await planner.get('/api/establishments/training/documents')).body as { id: string; name: string; latest: number }[]
  const { id, latest } = documents.find((one) => one.name === name)!
  const { content } = (await planner.get(`/api/documents/${id}/versions/${latest}`)).body
  const { position } = (await planner.get(`/api/documents/${id}`)).body
  await planner.post(`/api/documents/${id}/versions`, { expected: position, content: `${content}\n# looked at once more\n` })
  const deed = { do: 'submit', version: latest + 1 }
  expect((await planner.post(`/api/documents/${id}/deeds`, { expected: position + 1, deed })).status).toBe(200)
}

describe('letters', () => {
  it('MA-01 Whoever has given an address is told, in their language, that there is something to look at where they have a role, and never what.', async () => {
    const planner = await server.person(['planner', 'training'])
    const governor = await server.person(['governor', 'training'])
    const silent = await server.person(['governor', 'training'])
    const elsewhere = await server.person(['governor', 'north'])
    const monitor = await server.person(['monitor', null])
    await speaks(governor, 'ru')
    await speaks(monitor, 'uz-Cyrl')
    expect((await planner.get('/api/mail')).body).toEqual({ sends: true, address: null })
    for (const [who, name] of [
      [planner, 'planner'],
      [governor, 'governor'],
      [elsewhere, 'elsewhere'],
      [monitor, 'monitor'],
    ] as const)
      expect((await give(who, `${name}@example.org`)).status).toBe(200)
    await post.go(0)
    // That an address has been given is told to that address.
    expect(
      box.letters
        .splice(0)
        .map(({ to }) => to[0])
        .sort(),
    ).toEqual(['elsewhere', 'governor', 'monitor', 'planner'].map((name) => `${name}@example.org`))
    await handedIn(planner, 'plan-cell-fire')
    await handedIn(planner, 'plan-escape')
    await post.go()
    // What comes within a minute comes in one letter.
    expect(box.letters).toEqual([])
    await post.go(0)
    const [letter, ...others] = box.letters.splice(0)
    expect([letter!.to, others]).toEqual([['governor@example.org'], []])
    const text = said(letter!.text)
    expect(text).toContain('Документы ждут вашего рассмотрения (2)')
    expect(text).toContain('Учебное учреждение')
    expect(text).toContain('https://aman.example.org/#/')
    expect(text).not.toMatch(/пожар|побег|plan|escape|fire/i)
    await planner.post('/api/access/break-glass', { role: 'governor', establishment: 'training', reason: 'nobody else is here tonight' })
    await post.go(0)
    const [told, ...more] = box.letters.splice(0)
    expect([told!.to, more]).toEqual([['monitor@example.org'], []])
    expect(said(told!.text)).toContain('Кимдир фавқулодда вазиятда')
    expect(said(told!.text)).not.toContain('nobody else')
    expect(silent.id).toBeDefined()
    expect((await server.database.owner.query('select from mail.waiting')).rowCount).toBe(0)
    expect(faults).toEqual([])
  })

  it('MA-02 A letter that cannot be sent is tried again; two servers send each letter once.', async () => {
    const planner = await server.person(['planner', 'training'])
    await give(planner, 'again@example.org')
    box.answer = '451 later'
    await post.go(0)
    expect(box.letters).toEqual([])
    expect(faults.splice(0)).toEqual([{ code: 'EENVELOPE', tries: 1 }])
    box.answer = '250 ok'
    // Not at once: the mail server has asked for time.
    await post.go(0)
    expect(box.letters).toEqual([])
    await server.database.owner.query('update mail.waiting set next_try = now()')
    const other = new Post(options())
    await Promise.all([post.go(0), other.go(0)])
    expect(box.letters.splice(0).map(({ to }) => to)).toEqual([['again@example.org']])
    // Half a day in vain: nobody waits for it any more.
    await give(planner, 'gone@example.org')
    box.answer = '550 nobody here'
    await post.go(0)
    await server.database.owner.query('update mail.waiting set next_try = now(), tries = 9')
    await post.go(0)
    expect((await server.database.owner.query('select from mail.waiting')).rowCount).toBe(0)
    box.answer = '250 ok'
    faults.length = 0
    await other.stop()
  })

  it('MA-03 An address is seen by nobody else, is given, changed and taken back on record and told to the one that was there, and made-up people have none.', async () => {
    const officer = await server.person(['officer', 'training'])
    const administrator = await server.person(['administrator', null])
    await give(officer, 'mine@example.org')
    expect((await administrator.get('/api/mail')).body.address).toBeNull()
    expect((await officer.get('/api/access/kept')).body.mail).toEqual([expect.objectContaining({ address: 'mine@example.org' })])
    expect((await give(officer, 'no address')).status).toBe(400)
    expect((await give(officer, 'two@example.org, three@example.org')).status).toBe(400)
    await post.go(0)
    box.letters.length = 0
    // The same once more is no change.
    await give(officer, 'mine@example.org')
    // Whoever has done it: the address that was there is told that it is not used any more, while the letter is on its way too.
    await give(officer, 'other@example.org')
    await post.go(0)
    const ends = Object.fromEntries(box.letters.splice(0).map(({ to, text }) => [to[0]!, said(text)]))
    expect(Object.keys(ends).sort()).toEqual(['mine@example.org', 'other@example.org'])
    expect(ends['mine@example.org']).toContain('does not write to it again')
    expect(ends['other@example.org']).toContain('you have given this address')
    // Where nothing is sent, nothing waits.
    await asPerson(server.database, officer.id, (client) => client.query(`select mail.give('third@example.org', false)`))
    expect((await server.database.owner.query(`select from mail.waiting where address <> ''`)).rowCount).toBe(0)
    await asPerson(server.database, officer.id, (client) => client.query(`select mail.give('other@example.org', false)`))
    await post.go(0)
    box.letters.length = 0
    await give(officer, null)
    await post.go(0)
    expect(box.letters.flatMap(({ to }) => to)).toEqual(['other@example.org'])
    box.letters.length = 0
    await post.go(0)
    expect(box.letters).toEqual([])
    expect((await officer.get('/api/access/happened')).body.map(({ kind }: { kind: string }) => kind)).toEqual([
      'access.address-removed',
      ...Array.from({ length: 4 }, () => 'access.address-given'),
    ])
    const visitor = server.visitor()
    await visitor.post('/api/access/demonstration', { role: 'governor' })
    expect((await visitor.ask('PUT', '/api/mail', { address: 'made-up@example.org' })).status).toBe(403)
  })

  it('MA-04 Nothing goes over a network in clear, and no letter says who else gets one.', async () => {
    const officer = await server.person(['officer', 'training'])
    await give(officer, 'open@example.org')
    // The same mail server, by an address that is not this machine's own: without TLS nothing is said to it.
    const far = new Post({ ...options(), server: `smtp://0.0.0.0:${address.split(':')[1]}` })
    await far.go(0)
    await far.stop()
    expect(box.letters).toEqual([])
    expect(faults.splice(0)).toEqual([{ code: 'ETLS', tries: 1 }])
    await server.database.owner.query('update mail.waiting set next_try = now()')
    await post.go(0)
    const [letter] = box.letters.splice(0)
    expect(letter!.to).toEqual(['open@example.org'])
    expect(letter!.text.match(/@example\.org/g)!.length).toBeLessThanOrEqual(4)
    expect(letter!.text).not.toMatch(/^(Cc|Bcc):/im)
  })

  it('MA-05 Every letter exists in every language.', () => {
    for (const [notice, former] of NOTICES.flatMap((notice) => [[notice, ''] as const, [notice, 'gone@example.org'] as const])) {
      const letters = LANGUAGES.map((language) =>
        written({ notice, language, place: { en: 'North' }, events: ['1'], former }, 'https://a.example'),
      )
      expect(new Set(letters.map(({ subject }) => subject)).size, notice).toBe(LANGUAGES.length)
      expect(new Set(letters.map(({ text }) => text)).size, notice).toBe(LANGUAGES.length)
      for (const { subject, text } of letters) {
        expect(subject).not.toMatch(/[\r\n]/)
        expect(text).toContain('North')
      }
      expect(LETTERS[notice].subject.en).not.toBe('')
    }
  })
})
