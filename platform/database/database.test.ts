/** The database from its beginning to its end: made, migrated, killed, backed up, restored. One file, because all of it shares one own cluster. */
import { spawn } from 'node:child_process'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeCheckpoint } from '../ledger/checkpoints.ts'
import { openKeys } from '../ledger/keys.ts'
import { append, read } from '../ledger/ledger.ts'
import { stateNames } from '../ledger/names.ts'
import { projections } from '../ledger/projections.ts'
import { appendSealed, bodyOf } from '../ledger/seal.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { backup, digestOf, restore } from './backup.ts'
import { openCluster } from './cluster.ts'
import { type Database, openDatabase } from './database.ts'
import { migrate, migrations } from './migrate.ts'
import { freshDatabase, type TestDatabase } from './testing.ts'
import { asPerson, asProduct } from './transaction.ts'

const made: string[] = []
function folder(mode = 0o755): string {
  const path = mkdtempSync(join(tmpdir(), 'aman-db-'))
  chmodSync(path, mode)
  made.push(path)
  return path
}
afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true })
})

const serverOf = (path: string) => Number(readFileSync(join(path, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0])
const noted = (word: string) => ({ kind: 'plan.noted', body: { word } })

describe('the own cluster', () => {
  it('is made at first use, shared, and stopped by whoever leaves last', async () => {
    const path = folder()
    const first = await openDatabase({ folder: path })
    const second = await openDatabase({ folder: path })
    const server = serverOf(path)
    await first.close()
    expect((await second.owner.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await second.close()
    expect(() => process.kill(server, 0)).toThrow()
    const again = await openDatabase({ folder: path })
    expect((await again.owner.query('select number from aman.migrations order by number')).rowCount).toBe(migrations().length)
    await again.close()
  })

  it('goes on for those who stay, however long they are idle', async () => {
    const path = folder()
    const idle = await openDatabase({ folder: path })
    // Its pools have let go of all their connections, as they do after a while.
    const client = new pg.Client({ host: join(path, 'socket'), user: 'postgres', database: 'postgres' })
    await client.connect()
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'aman%' and application_name not like '%presence'`,
    )
    await client.end()
    const visitor = await openDatabase({ folder: path })
    await visitor.close()
    expect((await idle.owner.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    const server = serverOf(path)
    await Promise.all([idle.close(), (await openDatabase({ folder: path })).close()])
    expect(() => process.kill(server, 0)).toThrow()
  })

  it('is opened by two that start at the same moment', async () => {
    const path = folder()
    const both = await Promise.all([openDatabase({ folder: path }), openDatabase({ folder: path })])
    for (const one of both) expect((await one.owner.query('select 1')).rowCount).toBe(1)
    for (const one of both) await one.close()
  })

  it('runs as somebody without rights, on a socket that only they can reach', async () => {
    const path = folder()
    const cluster = await openCluster(path)
    const client = new pg.Client({ host: cluster.host, user: 'postgres', database: 'postgres' })
    await client.connect()
    const { rows } = await client.query(
      `select name, setting from pg_settings where name in ('listen_addresses', 'fsync', 'data_checksums')`,
    )
    expect(Object.fromEntries(rows.map((r) => [r.name, r.setting]))).toEqual({ listen_addresses: '', fsync: 'on', data_checksums: 'on' })
    await client.end()
    if (process.platform === 'linux') {
      const uid = /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${serverOf(path)}/status`, 'utf8'))?.[1]
      expect(uid).not.toBe('0')
    }
    await cluster.close()
  })

  it('says where it cannot be', async () => {
    const closed = folder(0o700)
    if (process.getuid?.() === 0) {
      await expect(openDatabase({ folder: join(closed, 'data') })).rejects.toMatchObject({
        problems: [{ code: 'data-folder', found: closed }],
      })
    }
    const file = join(folder(), 'file')
    writeFileSync(file, '')
    await expect(openDatabase({ folder: join(file, 'data') })).rejects.toMatchObject({ problems: [{ code: 'data-folder' }] })
    await expect(openDatabase({ folder: folder(), url: 'postgres://nobody@127.0.0.1:9/none' })).rejects.toMatchObject({
      problems: [{ code: 'database-unreachable' }],
    })
  })

  // AMAN_KILLS=50 for the full trial; a few each time.
  it('keeps every acknowledged event when the product or the database is killed under writes', { timeout: 600_000 }, async () => {
    const path = folder()
    const keys = openKeys(path)
    const kills = Number(process.env.AMAN_KILLS ?? 4)
    const acknowledged: { stream: string; number: number }[] = []
    let database: Database = await openDatabase({ folder: path })
    for (let kill = 0; kill < kills; kill++) {
      const writing = new AbortController()
      const stream = `plan/kill-${kill}`
      const writer = (async () => {
        for (let n = 0; !writing.signal.aborted; n++) {
          try {
            const done = await asProduct(database, (client) =>
              append(client, { stream, expected: n, establishment: null }, [noted(`${n}`)]),
            )
            if (done.outcome === 'appended') acknowledged.push({ stream, number: done.number })
          } catch {
            return
          }
        }
      })()
      await new Promise((resolve) => setTimeout(resolve, 20 + ((kill * 37) % 120)))
      if (kill % 2 === 0) {
        // The database, with all its processes.
        process.kill(serverOf(path), 'SIGKILL')
        await writer
      } else {
        // A second instance of the product, while it writes too; the database goes on, and so does the first.
        const script = `
          const { openDatabase } = await import(${JSON.stringify(new URL('../dist/database/database.js', import.meta.url).href)})
          const { append } = await import(${JSON.stringify(new URL('../dist/ledger/ledger.js', import.meta.url).href)})
          const { asProduct } = await import(${JSON.stringify(new URL('../dist/database/transaction.js', import.meta.url).href)})
          const database = await openDatabase({ folder: ${JSON.stringify(path)} })
          for (let n = 0; ; n++) {
            const done = await asProduct(database, (c) => append(c, { stream: 'plan/child-${kill}', expected: n, establishment: null }, [{ kind: 'plan.noted', body: { n } }]))
            if (done.outcome === 'appended') process.stdout.write(done.number + '\\n')
          }`
        const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
        let told = ''
        child.stdout.on('data', (data) => {
          told += data
        })
        await new Promise<void>((resolve) => {
          child.stdout.once('data', () => setTimeout(resolve, 40))
          child.once('exit', () => resolve())
        })
        child.kill('SIGKILL')
        await new Promise((resolve) => child.once('close', resolve))
        for (const number of told.split('\n').slice(0, -1)) acknowledged.push({ stream: `plan/child-${kill}`, number: Number(number) })
        expect(told).not.toBe('')
        writing.abort()
        await writer
      }
      await database.close()
      database = await openDatabase({ folder: path })
    }
    for (const stream of new Set(acknowledged.map((a) => a.stream))) {
      const numbers = (await read(database.owner, stream)).map((event) => event.number)
      for (const { number } of acknowledged.filter((a) => a.stream === stream)) expect(numbers, stream).toContain(number)
    }
    expect(acknowledged.length).toBeGreaterThan(kills)
    const verified = await asProduct(database, async (client) => {
      await client.query('set transaction isolation level repeatable read')
      return verifyLedger(client, keys.signer)
    })
    expect(verified.broken).toBeUndefined()
    expect(verified.events).toBeGreaterThanOrEqual(acknowledged.length)
    console.log(`${kills} kills, ${acknowledged.length} acknowledged events, all there`)
    await database.close()
  })
})

describe('a transaction', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await freshDatabase()
  })
  afterAll(() => database.close())

  it('acknowledges nothing that was not written', async () => {
    await expect(
      asProduct(database, async (client) => {
        await append(client, { stream: 'plan/lost', expected: 0, establishment: null }, [noted('x')])
        await client.query('select 1 / 0').catch(() => {})
        return 'done'
      }),
    ).rejects.toThrow('nothing was written')
    expect(await read(database.owner, 'plan/lost')).toEqual([])
  })

  it('leaves nothing of one person’s session for the next', async () => {
    const [first, second] = [await database.person(['officer', 'north']), await database.person(['officer', 'north'])]
    await asPerson(database, first, (client) =>
      client.query(`select set_config('default_transaction_read_only', 'on', false), pg_advisory_lock(42)`),
    )
    for (let k = 0; k < 3; k++) {
      const done = await asPerson(database, second, (client) =>
        append(client, { stream: `plan/next-${k}`, expected: 0, establishment: 'north' }, [noted('x')]),
      )
      expect(done.outcome).toBe('appended')
    }
    expect((await database.owner.query('select pg_try_advisory_lock(42) as free')).rows[0].free).toBe(true)
  })

  it('is cut off when it stays open, so that nobody who follows waits for ever', async () => {
    const { rows } = await database.requests.query(
      `select name, setting from pg_settings where name in ('statement_timeout', 'idle_in_transaction_session_timeout') order by name`,
    )
    expect(rows.map((row) => row.setting)).toEqual(['20000', '12000'])
  })

  it('runs as the connector also on a server of one’s own', async () => {
    const path = folder()
    const own = await openDatabase({ folder: path })
    const other = await openDatabase({
      folder: folder(),
      url: `postgres://aman_owner@localhost/aman?host=${encodeURIComponent(join(path, 'socket'))}`,
    })
    expect((await other.requests.query('select session_user as me')).rows[0].me).toBe('aman_connector')
    await other.close()
    await own.close()
  })
})

describe('migrations', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await freshDatabase()
  })
  afterAll(() => database.close())

  it('are applied once, and by one of many', async () => {
    const applied = await Promise.all([migrate(database.owner), migrate(database.owner), migrate(database.owner)])
    expect(applied.flat()).toEqual([])
  })

  it('are refused when one that was applied has been edited, or is not known', async () => {
    const ours = migrations()
    const edited = ours.map((m, k) => (k === 0 ? { ...m, hash: 'other' } : m))
    await expect(migrate(database.owner, edited)).rejects.toMatchObject({ problems: [{ code: 'migration-changed' }] })
    await expect(migrate(database.owner, ours.slice(0, -1))).rejects.toMatchObject({ problems: [{ code: 'database-newer' }] })
  })

  it('stay as they went out', () => {
    const recorded = readFileSync(new URL('../../database/migrations/SHA256SUMS', import.meta.url), 'utf8')
      .trim()
      .split('\n')
    const files = migrations().map(({ number, name, hash }) => `${hash}  ${String(number).padStart(4, '0')}-${name}.sql`)
    expect(files).toEqual(recorded)
  })

  it('go on from the twelfth as it went out first', async () => {
    const old = await freshDatabase({ migrated: false })
    const ours = migrations()
    const sql = ours[11]!.sql.slice(0, ours[11]!.sql.indexOf('\n-- The board asks'))
    const first = { ...ours[11]!, sql, hash: createHash('sha256').update(sql).digest('hex') }
    await migrate(old.owner, [...ours.slice(0, 11), first])
    const index = async () => (await old.owner.query(`select to_regclass('documents.versions_in_review') as it`)).rows[0].it
    expect(await index()).toBeNull()
    expect(await migrate(old.owner)).toContain('in-review')
    expect(await index()).not.toBeNull()
    await old.close()
  })

  it('leave nothing behind when they fail', async () => {
    const broken = { number: 9999, name: 'broken', sql: 'create table public.half (id int); select 1 / 0', hash: 'x' }
    await expect(migrate(database.owner, [...migrations(), broken])).rejects.toThrow('migration 9999 (broken): division by zero')
    expect((await database.owner.query(`select to_regclass('public.half') as half`)).rows[0].half).toBeNull()
    expect(await migrate(database.owner)).toEqual([])
  })

  it('keep what was there before rights and stress tests were folded from the trail, and it follows from the trail from then on', async () => {
    const old = await freshDatabase({ migrated: false })
    await migrate(
      old.owner,
      migrations().filter(({ number }) => number < 10),
    )
    const { rows } = await old.owner.query(`select identity.set_up('first', 'First', 'en', 'hash', 'north', '{"en":"North"}') as id`)
    const first = rows[0].id
    await asPerson(old, first, async (client) => {
      await client.query(`select identity.invite('\\x01', 'Second', 'governor', 'north', now() + interval '1 day')`)
      await client.query(
        `select access.found('south', '{"en":"South"}'), access.break_glass('governor', 'north', 'somebody has to decide')`,
      )
    })
    await old.owner.query(`select identity.accept('\\x01', 'second', 'en', 'hash')`)
    const campaigns = `'[{"study":"fire","title":{"en":"Fire"},"bundle":{"b":1,"a":2},"hash":"x","uses":[]}]'`
    await asPerson(old, first, (client) => client.query(`select campaigns.ask('north', 1, 256, true, ${campaigns})`))
    await old.owner.query(`update campaigns.questions set state = 'done', result = '{"probability":0.1}', digest = 'd', seconds = 0.3,
      answered_at = now() where number < 40`)
    await old.owner.query(
      `update campaigns.questions set state = 'taken', node = 'n', leased_until = now(), attempts = 1 where number = 40`,
    )
    const seen = async () =>
      Promise.all(
        [
          'select * from access.grants order by granted_at, id',
          'select id, title, created_at from access.establishments order by id',
          'select id, establishment, asked_by, asked_at, seed, nights, hourly, state, ended_at, digest from campaigns.campaigns',
          'select campaign, number, study, asks, starts_at, state, result, answered_at from campaigns.questions order by number',
        ].map(async (query) => (await old.owner.query(query)).rows),
      )
    const before = await seen()
    expect(before.map((table) => table.length)).toEqual([4, 2, 1, 170])
    expect(await migrate(old.owner)).toContain('folded')
    expect(await seen()).toEqual(before)
    expect((await old.owner.query('select b.bundle from campaigns.studies s join campaigns.bundles b using (hash)')).rows).toHaveLength(1)
    const master = randomBytes(32)
    await stateNames(old, master)
    expect((await projections(old, master)).filter((one) => one.differing > 0)).toEqual([])
    await old.close()
  })
})

describe('backups', () => {
  const secret = 'correct horse battery'
  let database: TestDatabase
  let home: string
  let file: string
  const subject = randomUUID()
  beforeAll(async () => {
    database = await freshDatabase()
    home = folder()
    file = join(folder(), 'backup.aman')
    const { master, signer } = openKeys(home)
    await database.person(['planner', 'north'], ['monitor', null])
    const words = ['ʻЎзбек’', 'a\n"b"\\', '\u0001', 'x'.repeat(5000)]
    for (let k = 0; k < 3000; k += 100) {
      await asProduct(database, (client) =>
        append(
          client,
          { stream: `plan/${k}`, expected: 0, establishment: 'north' },
          Array.from({ length: 100 }, (_, j) => noted(words[j % 4]!)),
        ),
      )
    }
    await asProduct(database, (client) =>
      appendSealed(client, master, subject, { stream: 'plan/sealed', expected: 0, establishment: null }, [noted('private')]),
    )
    await asProduct(database, (client) => makeCheckpoint(client, signer))
  })
  afterAll(() => database.close())

  it('come back whole into an empty database, keys and trail included, and can be written on', async () => {
    const written = await backup(database.owner, home, file, secret)
    expect(readFileSync(file).includes('private')).toBe(false)
    expect(await digestOf(database.owner)).toEqual(written)
    const other = folder()
    const empty = await openDatabase({ folder: other, migrate: false })
    try {
      expect(await restore(empty.owner, other, file, secret)).toEqual(written)
      expect(await digestOf(empty.owner)).toEqual(written)
      const { master, signer } = openKeys(other)
      expect(signer.id).toBe(openKeys(home).signer.id)
      await asProduct(empty, async (client) => {
        await client.query('set transaction isolation level repeatable read')
        expect((await verifyLedger(client, signer)).broken).toBeUndefined()
      })
      const [sealed] = await read(empty.owner, 'plan/sealed')
      expect(await asProduct(empty, (client) => bodyOf(client, master, sealed!))).toEqual({ word: 'private' })
      const next = await asProduct(empty, (client) =>
        append(client, { stream: 'plan/0', expected: 100, establishment: 'north' }, [noted('on')]),
      )
      expect(next).toMatchObject({ outcome: 'appended', number: 101 })
      await expect(restore(empty.owner, other, file, secret)).rejects.toMatchObject({ problems: [{ code: 'database-not-empty' }] })
    } finally {
      await empty.close()
    }
  })

  it('that are changed, cut or opened with another passphrase are refused and leave nothing behind', async () => {
    const whole = readFileSync(file)
    const other = folder()
    const empty = await openDatabase({ folder: other })
    try {
      const attempts: readonly (readonly [string, Buffer, string])[] = [
        ['another passphrase', whole, 'wrong horse battery'],
        ['a byte changed', Buffer.concat([whole.subarray(0, 4000), Buffer.from([whole[4000]! ^ 1]), whole.subarray(4001)]), secret],
        ['the end cut off', whole.subarray(0, whole.length - 9), secret],
        ['something added', Buffer.concat([whole, Buffer.from('more')]), secret],
        ['another file', Buffer.from('PK\u0003\u0004 not a backup at all'), secret],
        ['nothing', Buffer.alloc(0), secret],
      ]
      for (const [what, content, word] of attempts) {
        const changed = join(folder(), 'changed.aman')
        writeFileSync(changed, content)
        await expect(restore(empty.owner, other, changed, word), what).rejects.toMatchObject({ problems: [{ code: 'backup-broken' }] })
        expect((await digestOf(empty.owner)).rows, what).toBe(0)
      }
    } finally {
      await empty.close()
    }
  })
})
