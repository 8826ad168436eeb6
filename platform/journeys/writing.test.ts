/** Writing in a real browser: without a server, over a dead line, in tables, in translation, and while somebody else writes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../database/testing.ts'
import { serve } from '../server/app.ts'
import { type House, openHouse, violations } from './testing.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
}, 60_000)
afterAll(() => house?.close(), 60_000)

describe('writing', { timeout: 180_000 }, () => {
  it('goes on when the server is lost while somebody writes, and hands over what it has when it is back', async () => {
    const database = await freshDatabase()
    const options = { host: '127.0.0.1', database, folder: process.env.AMAN_TEST_DATA!, threads: 0 }
    let served = await serve({ ...options, port: 0 })
    const { port } = new URL(served.address)
    const { context, page } = await house.enter({}, served.address)
    await page.getByRole('link', { name: 'Plans and documents' }).click()
    await page.getByRole('link', { name: 'Contingency plan: escape' }).click()
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByRole('button', { name: 'Text', exact: true }).click()
    await page.locator('.cm-content').click()
    await served.close()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('\n# written without a server')
    await page.getByText('The server does not answer.').waitFor()
    expect(await page.locator('.cm-content').count()).toBe(1)
    served = await serve({ ...options, port: Number(port) })
    await page.getByText(/Kept as you type/).waitFor()
    const { rows } = await database.owner.query('select content from documents.workings')
    expect(rows[0].content).toContain('# written without a server')
    // Saved without a server, and nothing else done: it goes out once the server is back.
    await served.close()
    await page.getByRole('button', { name: 'Save as version 2' }).click()
    await page.getByText('Waiting to be sent: 1').waitFor()
    served = await serve({ ...options, port: Number(port) })
    await page.locator('.offline').waitFor({ state: 'detached' })
    const saved = await database.owner.query(`select content from documents.versions where number = 2 and author is not null`)
    expect(saved.rows).toEqual([{ content: expect.stringContaining('# written without a server') }])
    await context.close()
    await served.close()
    await database.close()
  })

  it('takes a line over which nothing comes for none, and goes on when it is free again', async () => {
    const { context, page } = await house.enter()
    await house.as(context, 'planner')
    await page.goto(`${house.address}/#/documents`)
    await page.reload()
    await page.getByRole('link', { name: 'Contingency plan: contagious disease' }).click()
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByRole('button', { name: 'Text', exact: true }).click()
    await page.locator('.cm-content').click()
    await context.route('**/api/**', () => {})
    await page.keyboard.press('Control+End')
    await page.keyboard.type('\n# over a dead line')
    await page.getByText('The server does not answer.').waitFor()
    await context.unroute('**/api/**')
    await page.getByText(/Kept as you type/).waitFor({ timeout: 60_000 })
    await context.close()
  })

  it('has everything that a plan says of a task written in its table', async () => {
    const { context, page } = await house.enter()
    await house.as(context, 'planner')
    await page.goto(`${house.address}/#/documents`)
    await page.reload()
    await page.getByRole('link', { name: 'Contingency plan: hostage-taking' }).click()
    await page.getByRole('button', { name: 'Edit' }).click()
    const task = 'Raise the alarm without noise'
    await page.getByRole('button', { name: `more: ${task}` }).click()
    const needs = page.getByLabel(`Needs: ${task} 1: how many`)
    await needs.fill('2')
    await needs.blur()
    await page.getByLabel(`Needs: ${task} 1: Skills`).selectOption({ label: 'officer' })
    await page.getByLabel(`Needs: ${task} 1: Keys`).selectOption({ label: 'key cell' })
    await page.locator('.need').getByLabel('shield').check()
    await page.getByLabel(`Needs: ${task}`, { exact: true }).selectOption({ label: 'control room operator' })
    await page.getByLabel(`Where: ${task}`).selectOption({ label: 'Kitchen' })
    await page.getByLabel(`Equipment: ${task}`).selectOption({ index: 1 })
    await page.getByLabel(`and one of: ${task}`).selectOption({ label: 'it is contained' })
    for (const [label, value] of [
      ['Is to be done within', '4 min'],
      ['Fails in', '5 %'],
      ['Who goes first', '7'],
      ['How it is done', 'By radio twice'],
    ]) {
      await page.getByLabel(new RegExp(`^${label}.*: ${task}$`)).fill(value!)
      await page.getByLabel(new RegExp(`^${label}.*: ${task}$`)).blur()
    }
    await page.getByText('In order.').waitFor()
    expect(await violations(page)).toEqual([])
    // What a task does, with a place and an amount of one's own; and work that goes on.
    const changes = page.getByLabel(`What it changes: ${task}`, { exact: true })
    const work = page.getByLabel(`Work that goes on: ${task}`, { exact: true })
    for (const list of [changes, work])
      expect((await list.locator('option').allTextContents()).filter((text) => /[{"]/.test(text))).toEqual([])
    await changes.selectOption({ label: 'lets air through where it happens' })
    await page.getByLabel(`What it changes: ${task} 2: ventilate`).selectOption({ label: 'Kitchen' })
    await page.getByLabel(`What it changes: ${task} 2: air changes`).fill('12 per h')
    await page.getByLabel(`What it changes: ${task} 2: air changes`).blur()
    await work.selectOption({ label: 'stays until it is over' })
    // What it changes as it begins and if it fails; how it is forgotten.
    await page.getByLabel(`What it changes as it begins: ${task}`, { exact: true }).selectOption({ label: 'tries to start Generator' })
    await page.getByLabel(`What it changes as it begins: ${task} 1: chance`).fill('80 %')
    await page.getByLabel(`What it changes as it begins: ${task} 1: chance`).blur()
    await page.getByLabel(`What it changes if it fails: ${task}`, { exact: true }).selectOption({ label: 'Mains works again' })
    await page.getByLabel(`If forgotten, remembered after: ${task}`).fill('10 min')
    await page.getByLabel(`If forgotten, remembered after: ${task}`).blur()
    await page.getByText('In order.').waitFor()
    const row = page.getByRole('row', { name: new RegExp(task) })
    await row.getByText('stays until it is over').waitFor()
    await row.getByText('2 × officer (key cell, shield); 1 × control room operator').waitFor()
    expect(await violations(page)).toEqual([])
    const document = page.url().split('/').at(-1)
    const written = async () =>
      (await (await context.request.get(`${house.address}/api/documents/${document}`)).json()).working?.content as string
    for (const line of [
      'needs: [ { skill: officer, count: 2, key: cell, shielded: true }, operator ]',
      'place: kitchen',
      'or: [ contained ]',
      'deadline: 4 min',
      'fails: 5 %',
      'priority: 7',
      'then: [ { mark: alarm }, { ventilate: kitchen, air-changes: 12 per h } ]',
      'work: { hold: resolved }',
      'at-start: [ { start-source: generator, chance: 80 % } ]',
      'if-failed: [ { restore: mains } ]',
      'remembered: 10 min',
      'guidance: { en: By radio twice }',
    ])
      await expect.poll(written, { timeout: 20_000 }).toContain(line)
    page.once('dialog', (dialog) => void dialog.accept())
    await page.getByRole('button', { name: 'Throw away' }).click()
    await context.close()
  })

  it('says where a text cannot be shown as a table, and goes on as text', async () => {
    const { context, page } = await house.enter()
    await house.as(context, 'planner')
    await page.goto(`${house.address}/#/documents`)
    await page.reload()
    await page.getByRole('link', { name: 'Roster of the training establishment' }).click()
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByRole('row', { name: /^Gate officer/ }).waitFor()
    await page.getByRole('button', { name: 'Text', exact: true }).click()
    await page.locator('.cm-content').click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('\n  lamp-2:\n')
    await page.getByRole('button', { name: 'Table', exact: true }).click()
    await page.getByText('This text cannot be shown here as it is.').waitFor()
    expect(await violations(page)).toEqual([])
    for (let k = 0; k < 20 && (await page.getByText('This text cannot be shown here').count()) > 0; k++)
      await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('row', { name: /^Gate officer/ }).waitFor()
    page.once('dialog', (dialog) => void dialog.accept())
    await page.getByRole('button', { name: 'Throw away' }).click()
    await context.close()
  })

  it('has a translation reviewed text by text, and says what has changed since', async () => {
    const { context, page } = await house.enter()
    await house.as(context, 'planner')
    await page.goto(`${house.address}/#/documents`)
    await page.reload()
    await page.getByRole('link', { name: 'Contingency plan: disorder' }).click()
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByRole('button', { name: 'Translation' }).click()
    await page.getByLabel('Into').selectOption('kk')
    const status = page.locator('.translation [role=status]')
    const open = async () => Number(/not reviewed: (\d+)/.exec((await status.textContent()) ?? '')?.[1])
    const before = await open()
    expect(before).toBeGreaterThan(30)
    await page.getByLabel('Show').selectOption('drafts')
    await page.getByRole('checkbox', { name: 'reviewed: title', exact: true }).click()
    await expect.poll(open).toBe(before - 1)
    expect(await page.getByRole('checkbox', { name: 'reviewed: title', exact: true }).count()).toBe(0)
    // What somebody writes has been reviewed by whoever wrote it.
    await page.getByLabel('Қазақша: purpose').fill('Бірде-бір бөлім жоғалмайды.')
    await page.getByLabel('Қазақша: purpose').blur()
    await expect.poll(open).toBe(before - 2)
    await page.getByLabel('Into').selectOption('en')
    await page.getByLabel('Show').selectOption('all')
    await page.getByLabel('English: title', { exact: true }).fill('Plan for disorder')
    await page.getByLabel('English: title', { exact: true }).blur()
    await page.getByLabel('Into').selectOption('kk')
    await page.getByText('changed since: 1').waitFor()
    await page.getByLabel('Show').selectOption('overtaken')
    await page.getByText('What it translates has changed since.').waitFor()
    expect(await page.locator('.sides-table tbody tr').count()).toBe(1)
    expect(await violations(page)).toEqual([])
    page.once('dialog', (dialog) => void dialog.accept())
    await page.getByRole('button', { name: 'Throw away' }).click()
    await context.close()
  })

  it('joins what two have written where it does not touch', async () => {
    const { context, page } = await house.enter()
    await house.as(context, 'planner')
    await page.goto(`${house.address}/#/documents`)
    await page.reload()
    await page.getByRole('link', { name: 'Contingency plan: power outage' }).click()
    await page.getByRole('button', { name: 'Edit' }).click()
    const cell = page.getByLabel(/^Usually: /).first()
    await cell.fill('3 s')
    await cell.blur()
    await page.getByText(/Kept as you type/).waitFor()
    const id = page.url().split('/').at(-1)!
    const other = await house.person(['planner', 'training'])
    const { content } = (await other.get(`/api/documents/${id}/versions/1`)).body
    const { position } = (await other.get(`/api/documents/${id}`)).body
    const theirs = content.replace('licence: CC0-1.0', 'licence: CC-BY-4.0')
    expect(theirs).not.toBe(content)
    expect((await other.post(`/api/documents/${id}/versions`, { expected: position, content: theirs, note: '' })).status).toBe(200)
    await page.getByRole('button', { name: 'Join both' }).click()
    await page.getByRole('button', { name: 'Save as version 3' }).click()
    await page.getByText(/What changes from version/).waitFor()
    const saved = (await other.get(`/api/documents/${id}/versions/3`)).body.content
    expect(saved).toContain('licence: CC-BY-4.0')
    expect(saved).toContain('usually: 3 s')
    await context.close()
  })

  it('shows to whoever was slower what the other has written, and loses neither', async () => {
    const { context, page } = await house.enter()
    await house.as(context, 'planner')
    await page.goto(`${house.address}/#/documents`)
    await page.reload()
    await page.getByRole('link', { name: 'Contingency plan: escape' }).click()
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByRole('button', { name: 'Text', exact: true }).click()
    await page.locator('.cm-content').click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('\n# mine')
    await page.getByText(/Kept as you type/).waitFor()
    const id = /document\/([\w-]+)/.exec(page.url())![1]!
    const other = await house.person(['governor', 'training'])
    const { content } = (await other.get(`/api/documents/${id}/versions/1`)).body
    const title = '"Contingency plan: escape"'
    expect(content).toContain(title)
    await other.post(`/api/documents/${id}/versions`, {
      expected: 2,
      content: content.replace(title, '"Contingency plan: escape over the wall"'),
    })
    await page.getByText('Somebody else has saved version 2 in the meantime.').waitFor()
    await page
      .locator('.conflict')
      .getByText(/escape over the wall/)
      .waitFor()
    await page.getByRole('button', { name: 'Save mine as version 3' }).click()
    await page.getByRole('button', { name: 'Save as version 3' }).click()
    await page.getByText(/From version 2 to 3|version 1 to 3/i).waitFor()
    expect((await other.get(`/api/documents/${id}/versions/2`)).body.content).toContain('over the wall')
    expect((await other.get(`/api/documents/${id}/versions/3`)).body.content).toContain('# mine')
    await context.close()
  })
})
