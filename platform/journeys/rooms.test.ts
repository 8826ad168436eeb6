/** Further rooms of the house in a real browser: a passkey, a pack that goes from one service to another, reports as files. */
import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../database/testing.ts'
import { serve } from '../server/app.ts'
import { testServer } from '../server/testing.ts'
import { type House, openHouse, violations } from './testing.ts'

const PASSWORD = 'seven quiet rivers'
let house: House
/** Passkeys need a name. */
let address: string

beforeAll(async () => {
  house = await openHouse()
  address = house.address.replace('127.0.0.1', 'localhost')
}, 60_000)
afterAll(() => house?.close(), 60_000)

const enter = (options: Parameters<Browser['newContext']>[0] = {}) => house.enter(options, address)

describe('further rooms', { timeout: 180_000 }, () => {
  it('lets somebody add a passkey and come in with nothing else', async () => {
    const { context, page } = await enter()
    const cdp = await context.newCDPSession(page)
    await cdp.send('WebAuthn.enable')
    await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    await page.getByRole('link', { name: 'Set up your own establishment' }).click()
    await page.getByLabel('Name of your establishment').fill('Northern establishment')
    await page.getByLabel('Short name').fill('north')
    await page.getByLabel('Your name').fill('A. Administrator')
    await page.getByLabel('Sign-in name').fill('admin')
    await page.getByLabel('Password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Begin' }).click()
    await page.getByText('Northern establishment').first().waitFor()
    await page.goto(`${address}/#/account`)
    const passkeys = page.locator('section', { has: page.getByRole('heading', { name: 'Passkeys' }) })
    await passkeys.locator('summary').click()
    await passkeys.getByLabel('What you call it').fill('This laptop')
    await passkeys.getByRole('button', { name: 'Add a passkey' }).click()
    // Without the password nobody adds a way in.
    await passkeys.getByRole('alert').waitFor()
    await passkeys.getByLabel('Password').fill(PASSWORD)
    await passkeys.getByRole('button', { name: 'Add a passkey' }).click()
    await passkeys.getByText('This laptop').first().waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Use an authenticator app' }).scrollIntoViewIfNeeded()
    await page.getByLabel('Password', { exact: true }).last().fill(PASSWORD)
    await page.getByRole('button', { name: 'Use an authenticator app' }).click()
    await page.getByRole('img', { name: /Square code/ }).waitFor()
    await context.request.post(`${address}/api/access/sign-out`, { data: {} })
    await page.goto(address)
    await page.reload()
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.getByText('Northern establishment').first().waitFor()
    const state = await (await context.request.get(`${address}/api/access/state`)).json()
    expect([state.oneself.login, state.oneself.second]).toEqual(['admin', true])
    await context.close()
  })

  it('hands a pack out, and has another service look at it, trust its publisher, and take it as drafts', async () => {
    const { context, page } = await enter({ acceptDownloads: true })
    await context.request.post(`${address}/api/access/demonstration`, {
      data: { role: 'governor' },
    })
    await page.goto(`${address}/#/packs/training`)
    await page.reload()
    await page.getByText('Put a pack together').click()
    await page.getByLabel('Title of the pack').fill('Six plans')
    await page.getByLabel('Short name').fill('six-plans')
    await page.getByLabel('Publisher').fill('Training service')
    await page.getByLabel('Licence').fill('CC0-1.0')
    // Nothing goes out that nobody has chosen, the layout least of all.
    expect(await page.locator('#hand-out input:checked').count()).toBe(0)
    await page.getByText('whoever gets it sees the layout').waitFor()
    await page.getByRole('button', { name: 'Tick all' }).click()
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Sign and save' }).click()])
    expect(file.suggestedFilename()).toBe('six-plans-1.0.0.aman')
    const text = readFileSync(await file.path(), 'utf8')
    expect(await violations(page)).toEqual([])
    await context.close()

    const other = await testServer()
    // Another installation has a key of its own: the same file as if somebody else had signed it.
    const { generateKeyPairSync } = await import('node:crypto')
    const { openPack, writePack } = await import('../packs/signed.ts')
    const foreign = writePack(openPack(text).parts, generateKeyPairSync('ed25519').privateKey)
    const there = await house.browser.newContext({ locale: 'ru-RU', serviceWorkers: 'block' })
    try {
      const visitor = await other.person(['administrator', null], ['planner', 'south'])
      await there.addCookies([{ name: 'aman', value: visitor.cookie!.slice(5), url: other.address }])
      const room = await there.newPage()
      await room.goto(`${other.address}/#/packs/south`)
      const give = () =>
        room.setInputFiles('input[type=file]', { name: 'six-plans-1.0.0.aman', mimeType: 'text/plain', buffer: Buffer.from(foreign) })
      await give()
      await room.getByText('кого нет в списке службы').waitFor()
      expect(await room.getByRole('button', { name: /Взять как черновики/ }).count()).toBe(0)
      await room.getByText('Доверять издателю').first().click()
      await room.getByLabel('С кем и как сверен отпечаток').fill('По телефону с дежурным')
      await room.getByRole('button', { name: 'Доверять издателю' }).click()
      await room.getByRole('button', { name: 'Взять как черновики: 20' }).click()
      await room.getByText('Такие же, как здесь: 20.').waitFor()
      expect(await violations(room)).toEqual([])
      const rows = (await visitor.get('/api/establishments/south/documents')).body
      expect(rows.length).toBe(20)
      expect(new Set(rows.map((row: { status: string }) => row.status))).toEqual(new Set(['draft']))
    } finally {
      await there.close()
      await other.close()
    }
  })

  it('never sends what one person has written in the name of another who has signed in since', async () => {
    const own = await testServer()
    const context = await house.browser.newContext({ locale: 'en-GB' })
    const as = (role: string) => context.request.post(`${own.address}/api/access/demonstration`, { data: { role } })
    await as('planner')
    const page = await context.newPage()
    await page.goto(`${own.address}/#/documents`)
    await page.getByRole('link', { name: 'Contingency plan: escape' }).click()
    await page.getByLabel('Your comment').fill('The planner has seen this.')
    // Without a server for this tab; somebody else signs in meanwhile in another.
    await context.route('**/api/**', (route) => route.abort())
    await page.getByRole('button', { name: 'Comment' }).click()
    await page.getByText('Waiting to be sent: 1').waitFor()
    await context.unroute('**/api/**')
    await as('governor')
    await page.waitForTimeout(7000)
    const { owner } = own.database
    expect((await owner.query('select count(*)::int as n from documents.comments')).rows[0].n).toBe(0)
    await as('planner')
    await page.reload()
    await expect
      .poll(async () => (await owner.query('select count(*)::int as n from documents.comments')).rows[0].n, { timeout: 15_000 })
      .toBe(1)
    const { rows } = await owner.query(`select a.login from documents.comments c join identity.accounts a on a.person = c.author`)
    expect(rows).toEqual([{ login: 'training-planner' }])
    await context.close()
    await own.close()
  })

  it('says while somebody writes that a plan does not fit the roster, and draws what waits for what', async () => {
    const { context, page } = await enter()
    await context.request.post(`${address}/api/access/demonstration`, { data: { role: 'planner' } })
    await page.goto(`${address}/#/documents/training`)
    await page.reload()
    await page.getByLabel('Search').fill('power out plan')
    await page.getByRole('link', { name: 'Contingency plan: power outage' }).click()
    await page.getByRole('button', { name: 'Edit' }).click()
    // Drawn: one task is dragged to another, which waits for it then; undo takes it back.
    const tasks = page.locator('.plan-graph button')
    await tasks.first().waitFor()
    const [from, to] = [(await tasks.first().getAttribute('title'))!, (await tasks.nth(6).getAttribute('title'))!]
    await tasks.first().dragTo(tasks.nth(6))
    const row = page.locator('.plan-table tr', { has: page.locator(`input[value="${to}"]`) })
    await row.locator('.waits').getByText(from).first().waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'Text', exact: true }).click()
    await page.locator('.cm-content').click()
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('Control+F')
    await page.keyboard.type('needs: [operator]')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await page.keyboard.type('needs: [astronaut]')
    await page.getByText('It does not fit together with the other documents:').waitFor()
    await page
      .getByText(/Nobody on any shift can do this task|Nothing with this id is known/)
      .first()
      .waitFor()
    await page.getByText('In order.').waitFor()
    await context.close()
  })

  it('gives reports as files from the board and from a plan', async () => {
    const { context, page } = await enter({ acceptDownloads: true })
    await context.request.post(`${address}/api/access/demonstration`, { data: { role: 'planner' } })
    await page.reload()
    const fire = page.getByRole('row', { name: /Cell fire at night/ })
    await fire.getByText(/69 \(68–71\)/).waitFor({ timeout: 60_000 })
    for (const [name, ending] of [
      ['PDF', 'pdf'],
      ['Word', 'docx'],
    ]) {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        fire.getByRole('button', { name: `Report: Cell fire at night, ${name}` }).click(),
      ])
      expect(file.suggestedFilename()).toBe(`cell-fire.${ending}`)
      expect(readFileSync(await file.path()).length).toBeGreaterThan(10_000)
    }
    await fire.getByRole('link', { name: 'Contingency plan: cell fire' }).click()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Report: Contingency plan: cell fire, Excel' }).click(),
    ])
    expect(file.suggestedFilename()).toBe('plan-1.xlsx')
    await context.close()
  })

  it('reads and writes on without a server, sends what waits when it is back, and lets somebody decide where they were overtaken', async () => {
    const database = await freshDatabase()
    const options = { host: '127.0.0.1', database, folder: process.env.AMAN_TEST_DATA!, threads: 0 }
    let served = await serve({ ...options, port: 0 })
    const { port } = new URL(served.address)
    const context = await house.browser.newContext({ locale: 'en-GB' })
    const page = await context.newPage()
    await page.goto(served.address)
    await page.getByRole('link', { name: 'Plans and documents' }).click()
    await page.getByRole('link', { name: 'Contingency plan: escape' }).click()
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByRole('button', { name: 'Text', exact: true }).click()
    await page.getByText('In order.').waitFor()
    // What was not opened is read ahead: documents, and last of all what each question is made of.
    const bundles = `new Promise((done) => {
      const opening = indexedDB.open('aman')
      opening.onsuccess = () => {
        const keys = opening.result.transaction('kept').objectStore('kept').getAllKeys()
        keys.onsuccess = () => done(keys.result.filter((key) => key.includes('/bundle?')).length >= 6)
      }
    })`
    await expect.poll(() => page.evaluate(bundles), { timeout: 60_000 }).toBe(true)
    // The page itself is kept once its worker has fetched it.
    await page.evaluate('navigator.serviceWorker.ready')
    await served.close()
    await page.reload()
    await page.getByText('You are reading what was kept here').waitFor()
    // What another version of the page has kept may have another shape: it counts as not kept.
    await page.getByRole('link', { name: 'Plans and documents' }).first().click()
    const outage = page.getByRole('link', { name: 'Contingency plan: power outage' }).first()
    const id = (await outage.getAttribute('href'))!.split('/').at(-1)
    const was = await page.evaluate(`new Promise((done) => {
      const opening = indexedDB.open('aman')
      opening.onsuccess = () => {
        const writing = opening.result.transaction('kept', 'readwrite')
        const kept = writing.objectStore('kept')
        const reading = kept.get('/api/documents/${id}')
        reading.onsuccess = () => kept.put({ ...reading.result, by: 'another version' }, '/api/documents/${id}')
        writing.oncomplete = () => done(reading.result?.answer?.id)
      }
    })`)
    expect(was).toBe(id)
    await page.reload()
    await page.goto(`${served.address}/#/document/${id}`)
    await page.locator('main').getByText('The server does not answer. What you have written is kept here.').waitFor()
    const write = async (name: string, line: string) => {
      await page.getByRole('link', { name: 'Plans and documents' }).first().click()
      await page
        .getByRole('link', { name: `Contingency plan: ${name}` })
        .first()
        .click()
      await page.getByRole('button', { name: /Edit|Go on writing/ }).click()
      await page.getByRole('button', { name: 'Text', exact: true }).click()
      await page.locator('.cm-content').click()
      await page.keyboard.press('Control+End')
      await page.keyboard.type(`\n${line}`)
      await page.getByText('In order.').waitFor()
      await page.getByRole('button', { name: 'Save as version 2' }).click()
    }
    await page.getByRole('link', { name: 'Readiness' }).first().click()
    await page.getByRole('link', { name: 'Cell fire at night' }).click()
    await page.getByRole('button', { name: /^Run/ }).click()
    await page
      .getByText(/works in \d+ nights of 100/)
      .first()
      .waitFor()
    await write('escape', '# written on the way')
    await page.getByText('Waiting to be sent: 1').waitFor()
    await page.getByLabel('Your comment').fill('The gate sticks in frost.')
    await page.getByRole('button', { name: 'Comment' }).click()
    await page.getByText('Waiting to be sent: 2').waitFor()
    await write('disorder', '# mine')
    await page.getByText('Waiting to be sent: 3').waitFor()
    expect(await violations(page)).toEqual([])
    // A dead battery: everything is still there.
    await page.reload()
    await page.getByText('Waiting to be sent: 3').waitFor()

    // Meanwhile somebody else has been faster with one of them.
    const { rows } = await database.owner.query(
      `select d.id, v.content from documents.documents d join documents.versions v on v.document = d.id where d.name = 'plan-disorder'`,
    )
    served = await serve({ ...options, port: 0 })
    const other = await house.browser.newContext()
    await other.request.post(`${served.address}/api/access/demonstration`, { data: { role: 'governor' } })
    const theirs = await other.request.post(`${served.address}/api/documents/${rows[0].id}/versions`, {
      data: { expected: 2, content: `${rows[0].content}\n# theirs\n` },
    })
    expect(theirs.status()).toBe(200)
    await served.close()
    served = await serve({ ...options, port: Number(port) })
    await page.getByText('Waiting to be sent: 1').waitFor({ timeout: 30_000 })
    await page.getByText('Somebody else has saved a version in the meantime').waitFor()
    const sent = await database.owner.query(
      `select v.content, (select count(*)::int from documents.comments c where c.document = d.id) as comments
        from documents.documents d join documents.versions v on v.document = d.id and v.number = d.latest where d.name = 'plan-escape'`,
    )
    expect(sent.rows[0].content).toContain('# written on the way')
    expect(sent.rows[0].comments).toBe(1)
    await page.getByRole('link', { name: 'Plans and documents' }).first().click()
    await page.getByRole('link', { name: 'Contingency plan: disorder' }).first().click()
    await page.getByRole('button', { name: /Edit|Go on writing/ }).click()
    await page.getByText('Somebody else has saved version 2 in the meantime.').waitFor()
    await page.getByRole('button', { name: 'Save mine as version 3' }).click()
    await page.getByRole('button', { name: 'Save as version 3' }).click()
    await page.locator('.offline').waitFor({ state: 'detached' })
    const both = await database.owner.query(
      `select v.content from documents.versions v join documents.documents d on d.id = v.document where d.name = 'plan-disorder' order by number`,
    )
    expect(both.rows.map((row) => row.content).slice(1)).toEqual([expect.stringContaining('# theirs'), expect.stringContaining('# mine')])
    // Somebody else signs in on this browser: what was kept for the first is gone before anything is shown.
    const texts = `new Promise((done) => {
      const opening = indexedDB.open('aman')
      opening.onsuccess = () => {
        const keys = opening.result.transaction('kept').objectStore('kept').getAllKeys()
        keys.onsuccess = () => done(keys.result.filter((key) => key.includes('/versions/')).length)
      }
    })`
    expect(await page.evaluate(texts)).toBeGreaterThan(10)
    await context.request.post(`${served.address}/api/access/demonstration`, { data: { role: 'monitor' } })
    await page.reload()
    await page.getByRole('link', { name: 'monitor', exact: true }).waitFor()
    expect(await page.evaluate(texts)).toBe(0)
    await context.close()
    await other.close()
    await served.close()
    await database.close()
  })
})
