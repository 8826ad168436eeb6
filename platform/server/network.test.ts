/** A slow and a dead way between server and database; and a disk that is full. */
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../database/database.ts'
import { freshDatabase } from '../database/testing.ts'
import { shippedDocuments } from '../documents/shipped.ts'
import { type Served, serve } from './app.ts'
import { Visitor } from './testing.ts'

const PLAN = shippedDocuments('training').find((one) => one.name === 'plan/plan-cell-fire')!.content
const MAIN = fileURLToPath(new URL('../bin/aman.mjs', import.meta.url))
let serial = 0
const begin = (who: Visitor) =>
  who.post('/api/establishments/training/documents', { content: PLAN.replace('id: plan-cell-fire', `id: plan-${++serial}`) })

const closing: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
}, 60_000)

/** A way to a socket by TCP that can be made slow, or let nothing through. */
async function slowWay(to: string, port = 0): Promise<{ readonly port: number; delay: number; dead: boolean; server: Server }> {
  const way = { port: 0, delay: 0, dead: false, server: undefined as unknown as Server }
  const pass = (from: Socket, into: Socket) => {
    let last: Promise<unknown> = Promise.resolve()
    from.on('data', (chunk) => {
      // In order, each as late as the way is long.
      last = last.then(async () => {
        await wait(way.delay)
        while (way.dead && !into.destroyed) await wait(50)
        if (!into.destroyed) into.write(chunk)
      })
    })
    from.on('close', () => into.destroy())
    from.on('error', () => into.destroy())
  }
  way.server = createServer((inner) => {
    const outer = connect(to)
    pass(inner, outer)
    pass(outer, inner)
  })
  await new Promise<void>((resolve) => way.server.listen(port, '127.0.0.1', resolve))
  way.port = (way.server.address() as { port: number }).port
  return way as { port: number; delay: number; dead: boolean; server: Server }
}

describe('a way to the database', { timeout: 120_000 }, () => {
  it.skipIf(process.env.DATABASE_URL !== undefined)(
    'that is not there yet is looked for until it is, while the page is served',
    async () => {
      const direct = await freshDatabase()
      const { rows } = await direct.owner.query<{ name: string }>('select current_database() as name')
      const socket = join(process.env.AMAN_TEST_DATA!, 'socket', '.s.PGSQL.5432')
      // Two ports that nobody uses.
      const [before, ours] = [await slowWay(socket), await slowWay(socket)]
      await Promise.all([before, ours].map(({ server }) => new Promise((resolve) => server.close(resolve))))
      const child = spawn(process.execPath, [MAIN, 'serve'], {
        env: {
          ...process.env,
          DATABASE_URL: `postgres://aman_owner@127.0.0.1:${before.port}/${rows[0]!.name}`,
          AMAN_DATA_DIR: process.env.AMAN_TEST_DATA!,
          PORT: String(ours.port),
        },
        stdio: 'ignore',
      })
      const ended = new Promise((resolve) => child.once('exit', resolve))
      const ready = () =>
        fetch(`http://127.0.0.1:${ours.port}/readyz`).then(
          ({ status }) => status,
          () => 0,
        )
      await expect.poll(ready, { timeout: 30_000 }).toBe(503)
      expect((await fetch(`http://127.0.0.1:${ours.port}/`)).status).toBe(200)
      const way = await slowWay(socket, before.port)
      await expect.poll(ready, { timeout: 60_000 }).toBe(200)
      child.kill('SIGTERM')
      expect(await ended).toBe(0)
      await new Promise((resolve) => way.server.close(resolve))
      await direct.close()
    },
  )

  it.skipIf(process.env.DATABASE_URL !== undefined)(
    'that is slow is waited for; one that is dead is said to be so, nothing is lost, and it goes on by itself',
    async () => {
      const direct = await freshDatabase()
      closing.push(() => direct.close())
      const { rows } = await direct.owner.query<{ name: string }>('select current_database() as name')
      const way = await slowWay(join(process.env.AMAN_TEST_DATA!, 'socket', '.s.PGSQL.5432'))
      closing.push(() => way.server.close())
      const database = await openDatabase({
        folder: process.env.AMAN_TEST_DATA!,
        url: `postgres://aman_owner@127.0.0.1:${way.port}/${rows[0]!.name}`,
      })
      closing.push(() => database.close())
      const served: Served = await serve({ host: '127.0.0.1', port: 0, database, folder: process.env.AMAN_TEST_DATA!, threads: 0 })
      closing.push(() => served.close())
      const who = new Visitor(served.address)
      expect((await who.post('/api/access/demonstration', { role: 'planner' })).status).toBe(200)
      expect((await begin(who)).status).toBe(200)
      way.delay = 120
      const slowly = performance.now()
      expect((await begin(who)).status).toBe(200)
      expect(performance.now() - slowly).toBeGreaterThan(500)
      way.delay = 0
      way.dead = true
      const answers = await Promise.all([begin(who), who.get('/api/establishments/training/documents'), who.get('/readyz')])
      expect(answers.map(({ status, body }) => [status, body.code])).toEqual(Array(3).fill([503, 'service-busy']))
      way.dead = false
      await expect.poll(async () => (await who.get('/readyz')).status, { timeout: 30_000, interval: 250 }).toBe(200)
      expect((await begin(who)).status).toBe(200)
      const there = await who.get('/api/establishments/training/documents')
      const own = there.body.filter((row: { name: string }) => /^plan-\d+$/.test(row.name)).map((row: { name: string }) => row.name)
      // What was answered is there; what was not may be there or not, but whole.
      expect(own).toEqual(expect.arrayContaining(['plan-1', 'plan-2', `plan-${serial}`]))
    },
  )
})

/** A small file system of its own, where that is possible: for root, on Linux. */
function smallDisk(): string | undefined {
  if (process.getuid?.() !== 0 || process.platform !== 'linux') return undefined
  const folder = mkdtempSync(join(tmpdir(), 'aman-small-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=260m,mode=755', 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    rmSync(folder, { recursive: true })
    return undefined
  }
  closing.push(() => {
    execFileSync('umount', ['-l', folder])
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

describe('a full disk', { timeout: 180_000 }, () => {
  it('is said to be so, loses nothing that was acknowledged, and once there is room the server goes on by itself', async (context) => {
    const folder = smallDisk()
    if (folder === undefined) return context.skip('this account cannot make a small disk')
    const data = join(folder, 'data')
    mkdirSync(data)
    chmodSync(data, 0o755)
    const database = await openDatabase({ folder: data })
    closing.push(() => database.close())
    const served = await serve({ host: '127.0.0.1', port: 0, database, folder: data, threads: 0 })
    closing.push(() => served.close())
    const who = new Visitor(served.address)
    await who.post('/api/access/demonstration', { role: 'planner' })
    const acknowledged: string[] = []
    const said = new Set<string>()
    const keep = async () => {
      const { status, body } = await begin(who)
      if (status === 200) acknowledged.push(body.id)
      else said.add(body.code)
      return status
    }
    expect(await keep()).toBe(200)
    const fill = join(folder, 'fill')
    const free = statfsSync(folder)
    writeFileSync(fill, Buffer.alloc(free.bavail * free.bsize))
    // The database has some room of its own left; then it has none.
    const answers = new Set<number>()
    for (let k = 0; k < 400 && !answers.has(503); k++) answers.add(await keep())
    expect(answers).toContain(503)
    expect(said).toContain('storage-full')
    expect([...answers].every((status) => status === 200 || status === 503)).toBe(true)
    rmSync(fill)
    await expect.poll(keep, { timeout: 60_000, interval: 500 }).toBe(200)
    const there = new Set((await who.get('/api/establishments/training/documents')).body.map((row: { id: string }) => row.id))
    expect(acknowledged.filter((id) => !there.has(id))).toEqual([])
    console.log(`a full disk: ${acknowledged.length} acknowledged documents, all there`)
  })
})
