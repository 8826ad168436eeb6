/** The page in a real browser: the answer, one night, options, links, offline, and what assistive technology finds. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { stress } from '@aman/kernel/experiment/stress'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../../tools/browser.mjs'
import { findStudy, prepareStudy } from '../dist/cli/studies.js'
import { Library } from '../dist/packs/library.js'
import { serve } from '../dist/server/app.js'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Anything but loopback is refused, so that a page that reaches out fails. */
const ARGUMENTS = ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1']

const STUDIES = new Library()
  .addFolder(fileURLToPath(new URL('../../content', import.meta.url)))
  .all('study')
  .map(({ id }) => id)

let browser: Browser
let served: Awaited<ReturnType<typeof serve>>

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: await chromiumPath(), args: ARGUMENTS })
  served = await serve({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

async function open(hash: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  Object.assign(page, { faults })
  await page.goto(`${served.address}/${hash}`)
  await page.getByRole('heading', { level: 2 }).first().waitFor()
  return page
}

const faultsOf = (page: Page) => (page as Page & { faults: string[] }).faults
const headline = (page: Page) => page.locator('.headline')

async function answered(page: Page): Promise<string> {
  await page.getByRole('button', { name: /Run again|Рассчитать снова|Кайра эсептөө/ }).waitFor({ timeout: 60_000 })
  return (await headline(page).textContent()) ?? ''
}

describe('the page', () => {
  it('answers a governor: Run, a sentence with its interval, one night on the map, a way on', async () => {
    const page = await open('#study=cell-fire&nights=2048&language=en')
    await page.getByRole('button', { name: /^Run/ }).click()
    expect(await answered(page)).toMatch(/^The plan works in \d+ nights of 100 \(\d+–\d+\)\.$/)
    await page.getByRole('button', { name: 'A bad night' }).click()
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('slider', { name: 'Time in the night' }).fill('600')
    expect(await page.locator('.story li').count()).toBeGreaterThan(5)
    expect(await page.locator('.map-officer').count()).toBeGreaterThan(20)
    expect(await page.locator('.plan-task.done').count()).toBeGreaterThan(1)
    await page.getByText('as a table').first().click()
    expect(await page.getByRole('table').count()).toBeGreaterThan(2)
    expect(faultsOf(page)).toEqual([])
  })

  it.each(STUDIES)('gives the same digest as Node for %s', async (study) => {
    const page = await open(`#study=${study}&nights=256&seed=7&language=en&run=1`)
    await answered(page)
    const { prepared } = prepareStudy(findStudy(study, []), { options: [] })
    await page.getByText(stress(prepared.model, 7, 256).digest).waitFor({ timeout: 30_000 })
    expect(faultsOf(page)).toEqual([])
    await page.context().close()
  })

  it('opens a link with its options switched on, and shows what they change together', async () => {
    const page = await open('#study=cell-fire&options=second-key-set,one-more-officer&nights=1000&seed=3&language=en&run=1')
    await answered(page)
    await page.getByText(/Together they change the chance by [\d.]+ points/).waitFor({ timeout: 60_000 })
    expect(await page.getByRole('checkbox', { name: /Cell keys and apparatus/ }).isChecked()).toBe(true)
    await page.getByRole('checkbox', { name: /Cell keys and apparatus/ }).uncheck()
    await page.waitForURL(/options=one-more-officer(&|$)/)
  })

  it('stops and keeps what it has', async () => {
    const page = await open('#study=respiratory-outbreak&nights=100000&language=en')
    await page.getByRole('button', { name: /^Run/ }).click()
    await page.getByText(/nights so far/).waitFor({ timeout: 30_000 })
    await page.getByRole('button', { name: 'Stop' }).click()
    expect(await answered(page)).toMatch(/The plan works/)
    await page.getByText(/Stopped: this is what is known so far/).waitFor()
  })

  it('shows a documented incident with its timeline, its published figures inside the range, and its sources', async () => {
    const page = await open('#study=vale-de-judeus-replay&nights=2000&language=en&run=1')
    await answered(page)
    await page.getByText('Laundry hung up in a yard').waitFor()
    expect(await page.getByRole('cell', { name: 'inside', exact: true }).count()).toBe(3)
  })

  it('speaks Russian at once and works by keyboard', async () => {
    const page = await open('#study=power-outage&nights=512&language=en')
    await page.getByRole('combobox', { name: 'Language' }).selectOption('ru')
    await page.getByRole('heading', { name: /После наступления темноты/ }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('ru')
    await page.getByRole('button', { name: /Рассчитать/ }).focus()
    await page.keyboard.press('Space')
    expect(await answered(page)).toMatch(/^Из 100 ночей план срабатывает в \d+/)
  })

  it('opens again when the server is gone', async () => {
    const own = await serve({ host: '127.0.0.1', port: 0 })
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(`${own.address}/#study=cell-fire&nights=512&language=en`)
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready
    })
    await page.waitForFunction(async () => (await (await caches.open('aman')).keys()).length > 10)
    // What browsers ask before they install a page as an app: a name, a start within its scope, a window of its own, and icons that are as large as said.
    const app = await page.evaluate(async () => {
      const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]')!
      const { name, start_url, display, icons } = await (await fetch(link.href)).json()
      const sizes = await Promise.all(
        (icons as { src: string; sizes: string; type: string }[]).map(async ({ src, sizes, type }) => {
          const image = new Image()
          image.src = new URL(src, link.href).href
          await image.decode()
          return { said: sizes, is: `${image.naturalWidth}x${image.naturalHeight}`, type }
        }),
      )
      const { scope, active } = await navigator.serviceWorker.ready
      return { name, display, begins: new URL(start_url, link.href).href, scope, works: active?.state, sizes }
    })
    expect(app).toMatchObject({
      name: 'Aman',
      display: 'standalone',
      begins: `${own.address}/`,
      scope: `${own.address}/`,
      works: 'activated',
    })
    const pictures = app.sizes.filter(({ type }) => type === 'image/png')
    expect(pictures.map(({ is }) => is)).toEqual(['192x192', '512x512'])
    expect(pictures.map(({ said }) => said)).toEqual(['192x192', '512x512'])
    await own.close()
    await page.reload()
    await page.getByRole('button', { name: /^Run/ }).click()
    expect(await answered(page)).toMatch(/The plan works/)
    await page.getByRole('combobox', { name: 'Question' }).selectOption('comayagua-replay')
    await page.getByRole('heading', { name: /Fire at Comayagua/ }).waitFor()
  })

  it.each([
    ['light', 1440, 900, 'en'],
    ['dark', 1440, 900, 'ru'],
    ['light', 390, 844, 'ru'],
    ['dark', 390, 844, 'en'],
    ['dark', 1440, 900, 'en'],
    ['light', 390, 844, 'en'],
    ['light', 1440, 900, 'ky'],
    ['dark', 1440, 900, 'ky'],
    ['light', 390, 844, 'ky'],
    ['dark', 390, 844, 'ky'],
  ] as const)(
    'has nothing that axe objects to (%s, %i × %i, %s) and does not scroll sideways',
    async (colorScheme, width, height, language) => {
      for (const study of ['cell-fire', 'san-quentin-replay']) {
        const page = await open(`#study=${study}&nights=512&language=${language}&run=1`, { colorScheme, viewport: { width, height } })
        await answered(page)
        await page.getByRole('button', { name: /A typical night|Обычная ночь|Кадимки түн/ }).click()
        await page.evaluate(AXE)
        const { violations } = await page.evaluate(() =>
          (
            window as unknown as { axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
          ).axe.run({}),
        )
        expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`)).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
        await page.context().close()
      }
    },
  )
})
