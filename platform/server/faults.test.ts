/** What happens to a running server when something under it breaks. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { shippedDocuments } from '../documents/shipped.ts'
import { Visitor } from './testing.ts'

const MAIN = fileURLToPath(new URL('../bin/aman.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'aman-faults-'))
chmodSync(folder, 0o755)
const running = new Set<ChildProcess>()
afterAll(async () => {
  for (const child of running) child.kill('SIGTERM')
  await Promise.all(
    [...running].map(
      (child) => child.exitCode === null && child.signalCode === null && new Promise((resolve) => child.once('exit', resolve)),
    ),
  )
  rmSync(folder, { recursive: true, force: true })
})

/** The product as a process of its own, and its address. */
async function product() {
  const child = spawn(process.execPath, [MAIN, 'serve'], {
    env: { ...process.env, DATABASE_URL: '', AMAN_DATA_DIR: folder, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.add(child)
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      const found = /http:\/\/\S+/.exec(String(text))
      if (found !== null) resolve(found[0])
    })
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)))
  })
  return { child, address }
}

const PLAN = shippedDocuments('training').find((one) => one.name === 'plan/plan-cell-fire')!.content

describe('a running server', { timeout: Math.max(240_000, 15_000 * Number(process.env.AMAN_KILLS ?? 4)) }, () => {
  it('starts a killed database again, answers “busy” meanwhile, and has every acknowledged document', async () => {
    let { child, address } = await product()
    let visitor = new Visitor(address)
    await visitor.post('/api/access/demonstration', { role: 'planner' })
    const acknowledged: string[] = []
    const answers = new Map<number, number>()
    let stop = false
    const writer = (async () => {
      for (let k = 0; !stop; k++) {
        try {
          const { status, body } = await visitor.post('/api/establishments/training/documents', {
            content: PLAN.replace('id: plan-cell-fire', `id: plan-${Date.now()}-${k}`),
          })
          answers.set(status, (answers.get(status) ?? 0) + 1)
          if (status === 200) acknowledged.push(body.id)
        } catch {
          await wait(50)
        }
      }
    })()
    const kills = Number(process.env.AMAN_KILLS ?? 4)
    for (let k = 0; k < kills; k++) {
      await wait(300 + Math.floor(Math.random() * 900))
      if (k % 2 === 0) {
        const pid = Number(readFileSync(join(folder, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0])
        process.kill(pid, 'SIGKILL')
        const back = Date.now()
        while ((await visitor.get('/readyz')).status !== 200) {
          if (Date.now() - back > 30_000) throw new Error('the database has not come back')
          await wait(50)
        }
      } else {
        child.kill('SIGKILL')
        ;({ child, address } = await product())
        visitor = Object.assign(new Visitor(address), { cookie: visitor.cookie })
      }
    }
    await wait(500)
    stop = true
    await writer
    const there = new Set(((await visitor.get('/api/establishments/training/documents')).body as { id: string }[]).map((d) => d.id))
    expect(acknowledged.length).toBeGreaterThan(10)
    expect(acknowledged.filter((id) => !there.has(id))).toEqual([])
    expect(
      [...answers.keys()].every((status) => status === 200 || status === 503),
      JSON.stringify([...answers]),
    ).toBe(true)
    child.kill('SIGTERM')
    await new Promise((resolve) => child.once('exit', resolve))
    const verified = execFileSync(process.execPath, [MAIN, 'ledger', 'verify'], {
      env: { ...process.env, DATABASE_URL: '', AMAN_DATA_DIR: folder },
      encoding: 'utf8',
    })
    expect(verified).toContain('The trail is whole.')
    console.log(
      `${kills} kills of server and database, ${acknowledged.length} acknowledged documents, all there; answers ${JSON.stringify([...answers])}`,
    )
  })
})
