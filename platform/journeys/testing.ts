/** What journeys share: a browser that reaches nothing but this machine, and what axe objects to. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type APIResponse, type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { chromiumPath } from '../../tools/browser.mjs'
import { testServer } from '../server/testing.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const ARGUMENTS = ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1, EXCLUDE localhost']

export async function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: await chromiumPath(), args: ARGUMENTS })
}

export async function violations(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(
    `${AXE}; axe.run().then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ')).join(', ')))`,
  )
}

/** A server with the training establishment, and a browser before it. */
export async function openHouse() {
  const browser = await launch()
  const server = await testServer({ threads: 1 })
  return {
    ...server,
    browser,
    async enter(
      options: Parameters<Browser['newContext']>[0] = {},
      address = server.address,
    ): Promise<{ context: BrowserContext; page: Page }> {
      const context = await browser.newContext({ locale: 'en-GB', serviceWorkers: 'block', ...options })
      const page = await context.newPage()
      await page.goto(address)
      return { context, page }
    },
    /** Signs in as somebody made up. */
    as: (context: BrowserContext, role: string): Promise<APIResponse> =>
      context.request.post(`${server.address}/api/access/demonstration`, { data: { role } }),
    async close() {
      await browser.close()
      await server.close()
    },
  }
}

export type House = Awaited<ReturnType<typeof openHouse>>
