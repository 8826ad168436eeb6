/** The house in a real browser: the board at once, a change reviewed, a new establishment from nothing, every room by axe. One file, because one
 * server and one browser serve all of it, and each journey finds the house as the one before has left it. */
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testServer } from '../server/testing.ts'
import { type House, openHouse, violations } from './testing.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
}, 60_000)
afterAll(() => house?.close(), 60_000)

/** A workbook with one sheet. */
function excel(rows: readonly (readonly (string | number)[])[]): Buffer {
  const cell = (value: string | number, at: string) =>
    typeof value === 'number' ? `<c r="${at}"><v>${value}</v></c>` : `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`
  const data = rows
    .map((row, y) => `<row r="${y + 1}">${row.map((value, x) => cell(value, `${'ABCDEF'[x]}${y + 1}`)).join('')}</row>`)
    .join('')
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const relations = (one: string) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${one}</Relationships>`
  const files = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': relations(`<Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/>`),
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Roster" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(`<Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/>`),
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${data}</sheetData></worksheet>`,
  }
  return Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))))
}

describe('the house', { timeout: 180_000 }, () => {
  it('shows the board of the training establishment in one step, and from it the night on the map', async () => {
    const { context, page } = await house.enter()
    // A room's styles give way to nothing of the base's, whichever file comes first.
    const looks = await page.locator('.language').evaluate((select) => getComputedStyle(select).borderTopColor)
    expect(looks).toBe('rgba(0, 0, 0, 0)')
    await page.getByText(/of 6 plans hold|Every plan holds \(6\)/).waitFor({ timeout: 60_000 })
    const fire = page.getByRole('row', { name: /Cell fire at night/ })
    expect(await fire.textContent()).toMatch(/69 \(68–71\)[\s\S]*does not hold/)
    await page.getByRole('link', { name: 'Cell fire at night' }).click()
    await page.getByRole('button', { name: /^Run/ }).click()
    await page.getByText(/^The plan works in \d+ nights of 100/).waitFor({ timeout: 60_000 })
    await page.goBack()
    await page.getByText(/plans hold|plan holds \(/).waitFor()
    await context.close()
  })

  it('has a change written, handed in, looked at for what it does, and approved by somebody else; the board tells', async () => {
    const { context, page } = await house.enter()
    await page.getByRole('link', { name: 'Plans and documents' }).click()
    await page.getByRole('link', { name: 'Contingency plan: cell fire' }).click()
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByRole('button', { name: 'Text', exact: true }).click()
    const text = page.locator('.cm-content')
    await text.click()
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('Control+F')
    await page.keyboard.type('{ usually: 20 s, rarely-over: 60 s }')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await page.keyboard.type('20 bananas')
    await page.getByText(/Not yet in order: 1/).waitFor()
    expect(await page.getByRole('button', { name: /Save as version/ }).isDisabled()).toBe(true)
    await page.keyboard.press('Control+z')
    await page.getByText('In order.').waitFor()
    await page.keyboard.type('{ usually: 200 s, rarely-over: 600 s }')
    await page.getByText('In order.').waitFor()
    await page.getByText(/Kept as you type/).waitFor()
    // A closed lid: what was written is there again.
    await page.reload()
    await page.getByRole('button', { name: 'Go on writing' }).click()
    await page.getByRole('button', { name: 'Text', exact: true }).click()
    await text.click()
    await page.keyboard.press('Control+F')
    await page.keyboard.type('usually: 200 s')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await text.getByText('usually: 200 s').first().waitFor()
    await page.getByPlaceholder('What has changed').fill('The control room is slower than we thought.')
    await page.getByRole('button', { name: 'Save as version 2' }).click()
    // Whoever clicks twice has done it once.
    await page.getByRole('button', { name: 'Hand in for review' }).dblclick()
    await page.getByText('in review').first().waitFor()
    expect(await page.locator('.fault').count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0)

    await house.as(context, 'governor')
    await page.goto(`${house.address}/#/`)
    await page.reload()
    await page.getByRole('link', { name: 'Waiting for review: 1' }).click()
    await page.getByRole('link', { name: 'Contingency plan: cell fire' }).click()
    await page.locator('.changes').getByText('Raise the alarm').waitFor()
    expect(await page.locator('.changes').textContent()).toMatch(
      /Raise the alarm · duration\s*usually 20 s, rarely more than 60 s → usually 200 s, rarely more than 600 s/,
    )
    await page.getByRole('button', { name: 'Play them' }).click()
    const effect = page.getByRole('row', { name: /Cell fire at night/ })
    await effect.waitFor({ timeout: 60_000 })
    expect(await effect.textContent()).toMatch(/−\d\d\.\d/)
    expect(await violations(page)).toEqual([])
    // An earlier version is read again.
    await page.getByRole('button', { name: 'Version 1' }).click()
    await page.getByRole('heading', { name: 'Version 1 in full' }).waitFor()
    await page.locator('.title').getByRole('button', { name: 'Cancel' }).click()
    // What is said about a part stands where that part has changed.
    await page.getByLabel('Your comment').fill('Measured when?')
    await page.getByLabel('On which part?').selectOption({ label: 'task “Raise the alarm”' })
    await page.getByRole('button', { name: 'Comment', exact: true }).click()
    await page.locator('.changes .said').getByText('Measured when?').waitFor()
    await page.locator('.comments').getByText('task “Raise the alarm”:').waitFor()
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.getByText('Version 2 is in force.').waitFor()
    await page.getByRole('link', { name: 'Readiness' }).click()
    await page.getByText('has dropped').waitFor({ timeout: 120_000 })
    expect(await page.getByText('Waiting for review').count()).toBe(0)
    await context.close()
  })

  it('shows the establishment as a map and the roster as tables to whoever only reads', async () => {
    const { context, page } = await house.enter()
    await house.as(context, 'officer')
    await page.goto(`${house.address}/#/documents`)
    await page.reload()
    await page.getByRole('link', { name: 'Training establishment', exact: true }).click()
    await page.getByRole('img', { name: /80 zones, 115 doors/ }).waitFor()
    expect(await page.locator('svg.sheet .sheet-door').count()).toBe(115)
    await page.locator('.sheet-post').first().waitFor()
    expect(await page.locator('svg.sheet text').getByText('Kitchen').count()).toBe(1)
    expect(await page.locator('.as-text').isVisible()).toBe(false)
    await page.getByText('Text', { exact: true }).click()
    await page.locator('.as-text').getByText('kind: facility').waitFor()
    await page.goto(`${house.address}/#/documents`)
    await page.getByRole('link', { name: 'Roster of the training establishment' }).click()
    const gate = page.getByRole('row', { name: /^Gate officer/ })
    await gate.waitFor()
    await expect
      .poll(() => gate.getByRole('cell').allTextContents())
      .toEqual(['Gate lodge', 'gate keeper, officer', 'gate, main', '3', '2', '2'])
    expect(await page.getByRole('row', { name: 'Together' }).getByRole('cell').allTextContents()).toEqual(['46', '37', '25'])
    await page.getByText(/Fire service: 8/).waitFor()
    await context.close()
  })

  it('draws an establishment from an empty sheet by keyboard alone', async () => {
    const { context, page } = await house.enter()
    await house.as(context, 'planner')
    await page.goto(`${house.address}/#/documents/training`)
    await page.reload()
    await page.getByText('Begin a document from a template').click()
    await page.getByLabel('Template').selectOption({ label: 'An empty sheet' })
    await page.getByLabel('Name', { exact: true }).fill('Annex')
    await page.getByLabel(/Short name/).fill('annex')
    await page.getByRole('button', { name: 'Add', exact: true }).press('Enter')
    await page.getByRole('button', { name: 'Edit' }).press('Enter')
    const tool = (name: string) => page.getByRole('button', { name, exact: true }).press('Enter')
    const add = page.getByRole('button', { name: 'Add a zone of 6 × 4 m' })
    for (const zone of ['zone 1', 'zone 2']) {
      await tool('Draw a zone')
      await add.press('Enter')
      await page.getByRole('button', { name: `Zone ${zone}` }).waitFor()
    }
    // Beside each other: the second is moved to the first.
    await page.getByRole('button', { name: 'Zone zone 2' }).press('ArrowLeft')
    await expect.poll(() => page.getByLabel('From the left, m').inputValue()).toBe('6')
    // A corner is moved by keyboard, and the zone stays a rectangle.
    await page.getByRole('button', { name: 'Corner 3: 12, 4 m' }).press('ArrowDown')
    await expect.poll(() => page.getByLabel('Depth, m').inputValue()).toBe('5')
    await tool('Place a door')
    await page.getByRole('button', { name: 'Zone zone 1' }).press('Enter')
    await page.getByText('From “zone 1”; now the other zone.').waitFor()
    await page.getByRole('button', { name: 'Zone zone 2' }).press('Enter')
    await page.getByRole('heading', { name: 'Door' }).waitFor()
    const door = page.getByRole('button', { name: /^Door/ })
    const y = async () => Number(await door.getAttribute('cy'))
    const before = await y()
    await door.press('ArrowUp')
    await expect.poll(y).toBeCloseTo(before - 0.5, 6)
    await tool('Place a sensor')
    await page.getByRole('button', { name: 'Zone zone 2' }).press('Enter')
    await page.getByRole('heading', { name: /^Sensor/ }).waitFor()
    await page.getByRole('button', { name: 'Zone zone 1' }).focus()
    await page.getByLabel('Height', { exact: true }).fill('2,6')
    await page.getByLabel('Height', { exact: true }).blur()
    await page.getByText('People here, by part of the day').click()
    await page
      .getByLabel(/in cell/)
      .first()
      .fill('4')
    await page
      .getByLabel(/in cell/)
      .first()
      .blur()
    await page.getByText('In order.').waitFor()
    expect(await violations(page)).toEqual([])
    expect(await page.getByLabel('Height', { exact: true }).inputValue()).toBe('2.6 m')
    await context.close()
  })

  it('sets up an establishment of one’s own, copies the training documents, changes one, and stress-tests it', async () => {
    const own = await testServer()
    const { context, page } = await house.enter({}, own.address)
    await page.getByRole('link', { name: 'Set up your own establishment' }).click()
    await page.getByLabel('Name of your establishment').fill('Establishment No. 7')
    await page.getByLabel(/Short name/).fill('number-seven')
    await page.getByLabel('Your name').fill('First Administrator')
    await page.getByLabel('Sign-in name').fill('first')
    await page.getByLabel('Password').fill('short')
    await page.getByRole('button', { name: 'Begin' }).click()
    await page.getByText('The password is too easily guessed.').first().waitFor()
    await page.getByLabel('Password').fill('seven quiet rivers')
    await page.getByRole('button', { name: 'Begin' }).click()
    await page.getByRole('heading', { name: 'Establishment No. 7' }).waitFor()
    await page.getByRole('link', { name: 'Begin with your documents' }).click()
    await page.getByRole('button', { name: /Make a copy/ }).click()
    await page.getByRole('link', { name: 'Cell fire at night' }).waitFor()
    expect(await page.getByText('draft', { exact: true }).count()).toBe(20)
    // Drawn: a store beside the sports field, with a door; undone and done again.
    await page.getByRole('link', { name: 'Establishment No. 7', exact: true }).click()
    // Of a first version, how often it works.
    await page.getByRole('button', { name: 'Play them' }).click()
    const first = page.getByRole('row', { name: /Cell fire at night/ })
    await first.waitFor({ timeout: 60_000 })
    expect(await first.textContent()).toMatch(/^Cell fire at night\d\d\d\d–\d\d$/)
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByRole('button', { name: 'Draw a zone' }).click()
    const sheet = page.locator('svg.sheet')
    const field = (await page.getByRole('button', { name: 'Zone Sports field' }).boundingBox())!
    await page.mouse.move(field.x + 4, field.y + 4)
    await page.mouse.down()
    await page.mouse.move(field.x + field.width - 4, field.y + field.height / 3, { steps: 4 })
    await page.mouse.up()
    await page.getByText('“zone 1”: no way leads there').waitFor()
    await page.getByLabel('Name').fill('Tool store')
    await page.getByLabel('Name').blur()
    await page.getByRole('button', { name: 'Zone Tool store' }).waitFor()
    await page.getByRole('button', { name: 'Place a door' }).click()
    const store = (await page.getByRole('button', { name: 'Zone Tool store' }).boundingBox())!
    await page.mouse.click(store.x + store.width / 2, store.y + store.height + 1)
    await page.getByRole('heading', { name: 'Door' }).waitFor()
    await page.getByText('no way leads there').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Zone Tool store' }).focus()
    const left = page.getByLabel('From the left, m')
    const before = Number(await left.inputValue())
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => left.inputValue()).toBe(String(before + 1))
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => left.inputValue()).toBe(String(before))
    expect(await violations(page)).toEqual([])
    expect(await sheet.count()).toBe(1)
    // Who stands where, by the roster; and what a zone is used for, by the map.
    expect(await page.locator('.sheet-post').count()).toBeGreaterThan(10)
    await page.getByRole('button', { name: 'Zone Control room' }).focus()
    expect(await page.getByLabel('control room', { exact: true }).isChecked()).toBe(true)
    await page.getByRole('link', { name: 'Control room operator' }).waitFor()
    await page.getByRole('button', { name: 'Zone Tool store' }).focus()
    await page.getByText('No post: the roster says where people stand.').waitFor()
    // A post is put there: in the roster, as what one is writing.
    await page.getByRole('button', { name: 'Place a post' }).click()
    await page.mouse.click(store.x + store.width / 2, store.y + store.height / 2)
    const keeper = page.getByRole('link', { name: 'Store keeper' })
    const putThere = async () => {
      await page.getByLabel('Post', { exact: true }).fill('Store keeper')
      await page.getByRole('button', { name: 'Put the post here' }).click()
      await keeper.waitFor()
    }
    await putThere()
    await page.getByRole('button', { name: 'Take it back' }).click()
    await keeper.waitFor({ state: 'detached' })
    await putThere()
    await page.getByText('is kept in your copy of the roster').waitFor()
    // Two zones picked by keyboard, laid on one line, and taken back.
    for (const name of ['Zone Tool store', 'Zone Sports field']) {
      await page.getByRole('button', { name }).focus()
      await page.keyboard.press('Shift+Enter')
    }
    await page.getByRole('heading', { name: '2 zones' }).waitFor()
    const edge = async (name: string) => (await page.getByRole('button', { name }).boundingBox())!.x
    expect(Math.abs((await edge('Zone Tool store')) - (await edge('Zone Sports field')))).toBeGreaterThan(1)
    await page.getByRole('button', { name: 'left edges' }).click()
    await expect.poll(async () => Math.abs((await edge('Zone Tool store')) - (await edge('Zone Sports field')))).toBeLessThan(1)
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'Zone Tool store' }).focus()
    await page.keyboard.press('Escape')
    await page.getByLabel('equipment', { exact: true }).check()
    expect(await page.getByLabel('equipment', { exact: true }).isChecked()).toBe(true)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => page.getByLabel('equipment', { exact: true }).isChecked()).toBe(false)
    await page.getByText('In order.').waitFor()
    await page.getByRole('button', { name: 'Save as version 2' }).click()
    await page.getByText('What changes from version 1 to 2').waitFor()
    expect(await page.locator('.changes').textContent()).toMatch(/Tool store[\s\S]*new/)
    // The roster: one more at the gate by night.
    await page.getByRole('link', { name: 'Plans and documents' }).first().click()
    await page.getByRole('link', { name: 'Roster: Establishment No. 7' }).click()
    await page.getByRole('button', { name: 'Go on writing' }).click()
    const night = page.getByRole('row', { name: 'Together' }).getByRole('cell').nth(2)
    const people = Number(await night.textContent())
    expect(people).toBeGreaterThan(20)
    await page.getByLabel('Night: Gate officer').fill('3')
    await page.getByLabel('Night: Gate officer').blur()
    await expect.poll(() => night.textContent()).toBe(String(people + 1))
    // What that does to the chance, before anything is saved; and that it has been played before the next number.
    await page.getByRole('button', { name: 'Play them' }).click()
    const chance = page.getByRole('row', { name: /^Cell fire at night/ })
    await chance.waitFor({ timeout: 60_000 })
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByText('Played before the last changes.').waitFor({ state: 'detached' })
    await page.getByLabel('Night: Gate officer').fill('4')
    await page.getByLabel('Night: Gate officer').blur()
    await page.getByText('Played before the last changes.').waitFor()
    await page.getByLabel('Night: Gate officer').fill('3')
    await page.getByLabel('Night: Gate officer').blur()
    // Who comes from outside, and what there is.
    await page.getByLabel('Is there after, usually: Fire service').fill('7 min')
    await page.getByLabel('Is there after, usually: Fire service').blur()
    await page.getByLabel('breathing apparatus: Police').check()
    await page.getByRole('button', { name: 'Add equipment' }).click()
    await page.getByLabel('What thing-1').fill('Bolt cutter')
    await page.getByLabel('What thing-1').blur()
    const written = async () => {
      const answer = await context.request.get(`${own.address}/api/documents/${page.url().split('/').at(-1)}`)
      return (await answer.json()).working.content as string
    }
    await expect.poll(written, { timeout: 20_000 }).toContain('thing-1: { title: { en: Bolt cutter }, count: 1 }')
    expect(await written()).toMatch(/ fire-service: .*arrives: \{ usually: 7 min, rarely-over: 17 min \}/)
    expect(await written()).toMatch(/ police: .*breathing: true/)
    await page.getByText('Paste rows from a table').click()
    await page.getByRole('textbox', { name: 'Paste rows' }).fill('Dog handler\tkennel\tofficer, dogs\t1\t1\t1')
    await page.getByRole('button', { name: 'Take 1 rows over' }).click()
    await expect.poll(() => night.textContent()).toBe(String(people + 2))
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => night.textContent()).toBe(String(people + 1))
    // A workbook: large enough to be unpacked in pieces, a title above the heading, a total below; then one that is none, and a bomb.
    const workbook = page.getByLabel('Open an Excel file')
    const offer = (name: string, buffer: Buffer) => workbook.setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
    const names = Array.from({ length: 500 }, (_, k) => [
      `Escort ${k + 1} of a very long list of escorts`.padEnd(300, '.'),
      'gate',
      'officer',
      1,
      0,
      2,
    ])
    await offer(
      'large.xlsx',
      excel([['Roster of January'], ['Post', 'Where', 'Skills', 'Day', 'Evening', 'Night'], ...names, ['Total', '', '', 500, 0, 1000]]),
    )
    await page.getByRole('button', { name: 'Take 500 rows over' }).waitFor()
    await offer('none.xlsx', Buffer.from('no workbook'))
    await page.getByText('This file cannot be read as an Excel workbook').waitFor()
    expect(await page.getByRole('button', { name: /^Take 0 rows/ }).isDisabled()).toBe(true)
    await offer('bomb.xlsx', Buffer.from(zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(60_000_000) }, { level: 9 })))
    await page.getByText('This file cannot be read as an Excel workbook').waitFor()
    await offer(
      'small.xlsx',
      excel([
        ['Post', 'Night'],
        ['gate officer', '4 persons'],
      ]),
    )
    await page.getByText('1 of 1 are there under the same name').waitFor()
    await page.getByRole('button', { name: 'Take 1 rows over' }).click()
    await expect.poll(() => night.textContent()).toBe(String(people + 2))
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => night.textContent()).toBe(String(people + 1))
    await page.getByRole('button', { name: 'Save as version 2' }).click()
    await page.getByText('What changes from version 1 to 2').waitFor()
    expect(await page.locator('.changes').textContent()).toMatch(/Gate officer · on shift · night2 → 3/)
    expect(await page.locator('.changes').textContent()).toMatch(/Store keeper[\s\S]*new/)
    // The plan: the alarm is raised faster.
    await page.getByRole('link', { name: 'Plans and documents' }).first().click()
    await page.getByRole('link', { name: 'Contingency plan: cell fire' }).click()
    await page.getByRole('button', { name: 'Edit' }).click()
    // One half of a duration that is taken away leaves the other.
    await page.getByLabel('Usually: Raise the alarm').fill('')
    await page.getByLabel('Usually: Raise the alarm').blur()
    await page.getByText(/Not yet in order: 1/).waitFor()
    expect(await page.getByLabel('Rarely more than: Raise the alarm').inputValue()).toBe('60 s')
    await page.getByLabel('Usually: Raise the alarm').fill('15 s')
    await page.getByLabel('Usually: Raise the alarm').blur()
    await page.getByText('In order.').waitFor()
    await page.getByRole('button', { name: 'Save as version 2' }).click()
    await page.getByText('What changes from version 1 to 2').waitFor()
    await page.getByRole('link', { name: 'Plans and documents' }).first().click()
    // The first plan of one's own, before anybody has approved anything.
    await page.getByRole('link', { name: 'Cell fire at night' }).click()
    await page.getByRole('link', { name: 'Open on the map' }).click()
    await page.getByRole('button', { name: /^Run/ }).click()
    await page.getByText(/^The plan works in \d+ nights of 100/).waitFor({ timeout: 60_000 })
    // A governor comes by an invitation.
    await page.getByRole('link', { name: 'People' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Governor of No. 7')
    await page.getByLabel('Role').first().selectOption('governor')
    await page.getByLabel('Place').first().selectOption('number-seven')
    await page.getByRole('button', { name: 'Invite' }).click()
    const code = await page
      .getByRole('status')
      .getByText(/^[A-Z2-9]{4}-/)
      .textContent()
    expect(await violations(page)).toEqual([])
    const second = await house.enter({}, own.address)
    await second.page.goto(`${own.address}/#/invitation`)
    await second.page.getByLabel('Code of the invitation').fill(code ?? '')
    await second.page.getByRole('button', { name: 'Look' }).click()
    await second.page.getByText('Governor of No. 7: governor – Establishment No. 7').waitFor()
    await second.page.getByLabel('Sign-in name').fill('governor')
    await second.page.getByLabel('Password').fill('seven quiet rivers')
    await second.page.getByRole('button', { name: 'Join' }).click()
    await second.page.getByRole('heading', { name: 'Establishment No. 7' }).waitFor()
    // All drafts are handed in at once; the governor has them first in the list, all of the text before the first decision, and the next by a link.
    await page.getByRole('link', { name: 'Plans and documents' }).first().click()
    await page.getByRole('button', { name: 'Hand in all 20 drafts' }).click()
    await page.getByRole('button', { name: /Hand in all/ }).waitFor({ state: 'detached' })
    await second.page.getByRole('link', { name: 'Waiting for review: 20' }).click()
    await second.page.getByRole('link', { name: 'Contingency plan: cell fire' }).click()
    await second.page.getByText('Version 2 in full').waitFor()
    await second.page.getByRole('cell', { name: /from then on: the alarm is raised/ }).waitFor()
    expect(await second.page.getByRole('button', { name: 'Take back' }).count()).toBe(0)
    await second.page.getByRole('button', { name: 'Approve' }).click()
    await second.page.getByText('Waiting for review: 19').waitFor()
    expect(await violations(second.page)).toEqual([])
    await second.context.close()
    await context.close()
    await own.close()
  })

  const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
    [
      [1440, 900],
      [390, 844],
    ].flatMap(([width, height]) => ['en-GB', 'ky-KG'].map((locale) => ({ colorScheme, width: width!, height: height!, locale }))),
  )
  for (const { colorScheme, width, height, locale } of looks)
    it(`has nothing that axe objects to in any room (${colorScheme}, ${width} × ${height}, ${locale}) and does not scroll sideways`, async () => {
      const { context, page } = await house.enter({ colorScheme, locale, viewport: { width, height } })
      await house.as(context, 'planner')
      const documents = (await (await context.request.get(`${house.address}/api/establishments/training/documents`)).json()) as {
        id: string
        name: string
      }[]
      const plan = documents.find((d) => d.name === 'plan-escape')!.id
      const [map, untouched, roster, study] = ['training-establishment', 'plan-hostage', 'training-roster', 'cell-fire'].map(
        (name) => documents.find((d) => d.name === name)!.id,
      )
      for (const [role, rooms] of [
        ['planner', ['/', '/documents', `/document/${plan}`, '/packs/training', '/account']],
        ['officer', [`/document/${map}`, `/document/${roster}`, `/document/${untouched}`, `/document/${study}`]],
        ['monitor', ['/', '/people', '/trail']],
        [undefined, ['/', '/invitation', '/setup']],
      ] as const) {
        if (role === undefined) await context.clearCookies()
        else await house.as(context, role)
        for (const room of rooms) {
          await page.goto(`${house.address}/#${room}`)
          await page.reload()
          await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' })
          await page.waitForTimeout(300)
          expect(await violations(page), `${role} ${room}`).toEqual([])
          const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
          expect(sideways, `${role} ${room}`).toBeLessThanOrEqual(0)
        }
      }
      // Writing: drawn, in a table, as text, language beside language.
      await house.as(context, 'planner')
      for (const id of [map, untouched, roster, study]) {
        await page.goto(`${house.address}/#/document/${id}`)
        await page.reload()
        await page.locator('.deeds button:not(.quiet)').first().click()
        const views = page.locator('.views button')
        await views.first().waitFor()
        for (let k = 0; k < (await views.count()); k++) {
          await views.nth(k).click()
          await page.waitForTimeout(300)
          expect(await violations(page), `${id} ${k}`).toEqual([])
          expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${id} ${k}`).toBeLessThanOrEqual(0)
        }
      }
      await context.close()
    })
})
