/** The ledger’s rules, one after another (SPEC.md). One file, because all of them are tried on one trail that grows. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '../database/testing.ts'
import { asPerson, asProduct } from '../database/transaction.ts'
import { hashOf } from './chain.ts'
import { makeCheckpoint, witnessOf } from './checkpoints.ts'
import { type Keys, openKeys } from './keys.ts'
import { append, BEGINNING, fold, follow, read } from './ledger.ts'
import { appendSealed, bodyOf, erase } from './seal.ts'
import { type Verification, verifyLedger } from './verify.ts'

let database: TestDatabase
let keys: Keys

beforeAll(async () => {
  database = await freshDatabase()
  keys = openKeys(mkdtempSync(join(tmpdir(), 'aman-keys-')))
})
afterAll(async () => {
  await database.close()
})

const stream = () => `plan/${randomUUID()}`
const said = (word: string) => ({ kind: 'plan.noted', body: { word } })
const one = (target: { stream: string; expected: number; request?: string; establishment?: string | null }, ...words: string[]) =>
  asProduct(database, (client) => append(client, { establishment: null, ...target }, words.map(said)))

async function verify(): Promise<Verification> {
  return asProduct(database, async (client) => {
    await client.query('set transaction isolation level repeatable read')
    return verifyLedger(client, keys.signer)
  })
}

/** What somebody with all rights over the server could do; undone afterwards. */
async function tampering(change: (client: pg.Client) => Promise<unknown>, look: () => Promise<void>): Promise<void> {
  const client = await database.superuser()
  await client.query('create table if not exists saved_events as select * from ledger.events')
  await client.query('create table if not exists saved_heads as select * from ledger.heads')
  const guarded = async (work: () => Promise<unknown>) => {
    await client.query('set session_replication_role = replica')
    await work()
    await client.query('set session_replication_role = origin')
  }
  await guarded(() => change(client))
  try {
    await look()
  } finally {
    await guarded(async () => {
      await client.query('delete from ledger.events')
      await client.query('delete from ledger.heads')
      await client.query('insert into ledger.heads select * from saved_heads')
      await client.query('insert into ledger.events overriding system value select * from saved_events')
      await client.query('drop table saved_events, saved_heads')
    })
    await client.end()
  }
}

describe('the ledger', () => {
  it('LE-01 appends only where its author has seen the end', async () => {
    const s = stream()
    expect(await one({ stream: s, expected: 0 }, 'a', 'b')).toMatchObject({ outcome: 'appended', number: 2 })
    expect(await one({ stream: s, expected: 1 }, 'c')).toEqual({ outcome: 'conflict', number: 2 })
    expect(await one({ stream: stream(), expected: 3 }, 'c')).toEqual({ outcome: 'conflict', number: 0 })
    expect(await one({ stream: s, expected: 2 }, 'c')).toMatchObject({ outcome: 'appended', number: 3 })
    expect((await read(database.owner, s)).map((e) => [e.number, JSON.parse(e.body.toString()).word])).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ])
  })

  it('LE-02 appends a repeated request once', async () => {
    const s = stream()
    const request = randomUUID()
    const first = await one({ stream: s, expected: 0, request }, 'a', 'b')
    await one({ stream: s, expected: 2 }, 'c')
    expect(await one({ stream: s, expected: 0, request }, 'a', 'b')).toEqual({ ...first, outcome: 'repeated' })
    expect(await read(database.owner, s)).toHaveLength(3)
  })

  it('LE-03 lets exactly one of many succeed', async () => {
    const s = stream()
    const answers = await Promise.all(Array.from({ length: 12 }, (_, k) => one({ stream: s, expected: 0 }, `from ${k}`)))
    expect(answers.filter((a) => a.outcome === 'appended')).toHaveLength(1)
    expect(answers.filter((a) => a.outcome === 'conflict').every((a) => a.number === 1)).toBe(true)
    expect(await read(database.owner, s)).toHaveLength(1)
  })

  it('LE-04 chains hashes that the product works out alike', async () => {
    const s = stream()
    const person = await database.person(['planner', 'north'])
    await asPerson(database, person, (client) =>
      append(client, { stream: s, expected: 0, establishment: 'north', request: randomUUID() }, [said('ʻсалом’'), said('second')]),
    )
    const [first, second] = await read(database.owner, s)
    expect(first!.person).toBe(person)
    expect(hashOf(first!)).toEqual(first!.hash)
    expect(hashOf(second!)).toEqual(second!.hash)
    expect(second!.previous).toEqual(first!.hash)
    expect(hashOf({ ...second!, body: Buffer.from('{"word":"seconds"}') })).not.toEqual(second!.hash)
  })

  it('LE-05 is never altered, not even by its owner', async () => {
    const s = stream()
    await one({ stream: s, expected: 0 }, 'a')
    const statements = [
      `update ledger.events set kind = 'plan.other' where stream = '${s}'`,
      `delete from ledger.events where stream = '${s}'`,
      'truncate ledger.events cascade',
      `update ledger.heads set number = 0 where stream = '${s}'`,
      `delete from ledger.heads where stream = '${s}'`,
      'delete from ledger.checkpoints',
      'truncate ledger.signers',
    ]
    const person = await database.person(['administrator', null], ['governor', null])
    for (const statement of statements) {
      await expect(database.owner.query(statement), statement).rejects.toMatchObject({ code: 'AM001' })
      await expect(
        asPerson(database, person, (client) => client.query(statement)),
        statement,
      ).rejects.toMatchObject({ code: '42501' })
    }
  })

  it('LE-06 takes nothing from who has no part, and from a monitor only that they have looked', async () => {
    const officer = await database.person(['officer', 'north'])
    const monitor = await database.person(['monitor', null])
    await database.person(['officer', 'south'])
    const write = (who: string, establishment: string | null, name = stream(), kind = 'plan.noted') =>
      asPerson(database, who, (client) => append(client, { stream: name, expected: 0, establishment }, [{ kind, body: {} }]))
    await expect(write(officer, 'north')).resolves.toMatchObject({ outcome: 'appended' })
    await expect(write(officer, 'south')).rejects.toMatchObject({ code: 'AM003' })
    await expect(write(officer, null)).rejects.toMatchObject({ code: 'AM003' })
    await expect(write(officer, 'north', `erasure/${randomUUID()}`)).rejects.toMatchObject({ code: 'AM003' })
    await expect(write(monitor, 'north')).rejects.toMatchObject({ code: 'AM003' })
    await expect(write(monitor, 'north', stream(), 'trail.viewed')).rejects.toMatchObject({ code: 'AM003' })
    await expect(write(monitor, 'north', `trail/${officer}`, 'trail.viewed')).rejects.toMatchObject({ code: 'AM003' })
    await expect(write(monitor, 'north', `trail/${monitor}`, 'trail.viewed')).resolves.toMatchObject({ outcome: 'appended' })
    const stranger = randomUUID()
    await expect(write(stranger, 'north', `trail/${stranger}`, 'trail.viewed')).rejects.toMatchObject({ code: 'AM003' })
    // Not even how long a stream of another establishment is, nor whether a request has been there.
    const south = stream()
    const request = randomUUID()
    await one({ stream: south, expected: 0, establishment: 'south', request }, 'a', 'b')
    await expect(
      asPerson(database, officer, (client) => append(client, { stream: south, expected: 0, establishment: 'north', request }, [said('x')])),
    ).rejects.toMatchObject({ code: 'AM003' })
    // Nobody seals for somebody what the product cannot open.
    await expect(
      asPerson(database, officer, (client) =>
        append(
          client,
          { stream: stream(), expected: 0, establishment: 'north' },
          [said('x')],
          [{ bytes: Buffer.from('x'), subject: randomUUID() }],
        ),
      ),
    ).rejects.toMatchObject({ code: 'AM003' })
    // What looks like one of our types does not run as the owner.
    await expect(
      asPerson(database, officer, async (client) => {
        await client.query('create temporary table mine (id int)')
      }),
    ).rejects.toMatchObject({ code: '42501' })
    const { rows } = await database.owner.query(
      `select proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace where nspname in ('access', 'ledger')
        and not coalesce(proconfig, '{}') @> array['search_path=pg_catalog, pg_temp']`,
    )
    expect(rows).toEqual([])
  })

  it('LE-07 shows everybody what is of their establishments', async () => {
    const north = stream()
    const south = stream()
    const country = stream()
    await database.person(['officer', 'north'], ['officer', 'south'])
    await one({ stream: north, expected: 0, establishment: 'north' }, 'a')
    await one({ stream: south, expected: 0, establishment: 'south' }, 'a')
    await one({ stream: country, expected: 0 }, 'a')
    const seen = async (who: string) => {
      const sees = await asPerson(database, who, (client) =>
        client.query('select stream from ledger.events where stream = any($1)', [[north, south, country]]),
      )
      return [north, south, country].map((s) => sees.rows.some((row) => row.stream === s))
    }
    expect(await seen(await database.person(['officer', 'north']))).toEqual([true, false, false])
    expect(await seen(await database.person(['governor', 'south']))).toEqual([false, true, false])
    expect(await seen(await database.person(['administrator', null]))).toEqual([true, true, true])
    expect(await seen(await database.person(['monitor', 'south']))).toEqual([false, true, false])
    expect(await seen(await database.person())).toEqual([false, false, false])
  })

  it('LE-08 signs the heads of all streams with a key that is not in the database', async () => {
    const checkpoint = await asProduct(database, (client) => makeCheckpoint(client, keys.signer))
    const again = await asProduct(database, (client) => makeCheckpoint(client, keys.signer))
    expect(again.number).toBe(checkpoint.number)
    await one({ stream: stream(), expected: 0 }, 'a')
    const next = await asProduct(database, (client) => makeCheckpoint(client, keys.signer))
    expect(next.number).toBe(checkpoint.number + 1)
    expect(next.heads).not.toEqual(checkpoint.heads)
    const whole = await verify()
    expect(whole.broken).toBeUndefined()
    expect(whole.unsigned).toBe(0)
    const stranger = openKeys(mkdtempSync(join(tmpdir(), 'aman-keys-'))).signer
    const forged = { ...stranger, id: keys.signer.id }
    const found = await asProduct(database, async (client) => {
      await client.query('set transaction isolation level repeatable read')
      return verifyLedger(client, forged)
    })
    expect(found.broken?.fault).toBe('unsigned')
  })

  it('LE-09 finds what was altered, removed or inserted, and who could have done it', async () => {
    const s = stream()
    await one({ stream: s, expected: 0 }, 'a', 'b', 'c')
    await asProduct(database, (client) => makeCheckpoint(client, keys.signer))
    const looked = async () => (await verify()).broken
    await tampering(
      (client) => client.query(`update ledger.events set body = '{"word":"B"}' where stream = $1 and number = 2`, [s]),
      async () => {
        const broken = await looked()
        expect(broken).toMatchObject({ fault: 'altered', stream: s, number: 2 })
        expect(broken!.couldHave).toContain((await database.owner.query('select current_user as me')).rows[0].me)
        expect(broken!.couldHave).not.toContain('aman_request')
      },
    )
    await tampering(
      (client) => client.query('delete from ledger.events where stream = $1 and number = 2', [s]),
      async () => expect(await looked()).toMatchObject({ fault: 'missing', stream: s, number: 3 }),
    )
    await tampering(
      (client) => client.query('delete from ledger.events where stream = $1 and number = 3', [s]),
      async () => expect(await looked()).toMatchObject({ fault: 'cut', stream: s, number: 3 }),
    )
    // Somebody who knows how hashes are made rewrites the event and all that follows from it.
    await tampering(
      async (client) => {
        await client.query(`update ledger.events set body = '{"word":"C"}' where stream = $1 and number = 3`, [s])
        await client.query(
          `update ledger.events set hash = ledger.hash_of(previous, stream, number, kind, at, person, establishment, subject, request, body)
            where stream = $1 and number = 3`,
          [s],
        )
        await client.query(
          'update ledger.heads h set hash = e.hash from ledger.events e where h.stream = $1 and e.stream = $1 and e.number = 3',
          [s],
        )
      },
      async () => {
        const broken = await looked()
        expect(broken?.fault).toBe('rewritten')
        const [, , third] = await read(database.owner, s)
        expect(third!.position > broken!.beyond! && third!.position <= broken!.position!).toBe(true)
      },
    )
    expect(await looked()).toBeUndefined()
  })

  it('LE-10 finds that the end was cut off, head and all', async () => {
    const s = stream()
    await one({ stream: s, expected: 0 }, 'a', 'b')
    await asProduct(database, (client) => makeCheckpoint(client, keys.signer))
    await tampering(
      async (client) => {
        await client.query('delete from ledger.events where stream = $1', [s])
        await client.query('delete from ledger.heads where stream = $1', [s])
      },
      async () => expect((await verify()).broken?.fault).toBe('rewritten'),
    )
  })

  it('LE-17 finds that events stand in another order than when they were signed', async () => {
    const [first, second] = [stream(), stream()]
    await one({ stream: first, expected: 0 }, 'before')
    await one({ stream: second, expected: 0 }, 'after')
    await asProduct(database, (client) => makeCheckpoint(client, keys.signer))
    const position = async (s: string) => (await read(database.owner, s))[0]!.position
    const [a, b] = [await position(first), await position(second)]
    const put = (client: pg.Client, from: bigint, to: bigint) =>
      client.query('update ledger.events set position = $2 where position = $1', [from, to])
    await tampering(
      async (client) => {
        await client.query('alter table ledger.events alter column position set generated by default')
        await put(client, a, -1n)
        await put(client, b, a)
        await put(client, -1n, b)
      },
      async () => expect((await verify()).broken).toMatchObject({ fault: 'reordered' }),
    )
    expect((await verify()).broken).toBeUndefined()
  })

  it('LE-14 finds that the newest checkpoints were removed, or signed anew with another key', async () => {
    const s = stream()
    await one({ stream: s, expected: 0 }, 'a')
    const remembered = witnessOf(await asProduct(database, (client) => makeCheckpoint(client, keys.signer)))
    const look = () =>
      asProduct(database, async (client) => {
        await client.query('set transaction isolation level repeatable read')
        return (await verifyLedger(client, keys.signer, remembered)).broken?.fault
      })
    expect(await look()).toBeUndefined()
    const client = await database.superuser()
    await client.query('create table kept as select * from ledger.checkpoints')
    await client.query('set session_replication_role = replica')
    await client.query('delete from ledger.checkpoints where number = $1', [remembered.number])
    expect(await look()).toBe('withdrawn')
    await expect(asProduct(database, (c) => makeCheckpoint(c, keys.signer, remembered))).rejects.toMatchObject({
      problems: [{ code: 'trail-touched' }],
    })
    await client.query('delete from ledger.checkpoints')
    const stranger = openKeys(mkdtempSync(join(tmpdir(), 'aman-keys-'))).signer
    await asProduct(database, (c) => makeCheckpoint(c, stranger))
    expect((await verify()).broken?.fault).toBe('unsigned')
    await client.query('delete from ledger.checkpoints')
    await client.query('insert into ledger.checkpoints select * from kept')
    await client.query('drop table kept')
    await client.end()
    expect(await look()).toBeUndefined()
    // With keys of another folder nothing is signed.
    await one({ stream: s, expected: 1 }, 'b')
    await expect(asProduct(database, (c) => makeCheckpoint(c, stranger))).rejects.toMatchObject({ problems: [{ code: 'keys-foreign' }] })
  })

  it('LE-15 signs no head while an append is under way, and one checkpoint at a time', async () => {
    let stop = false
    const writers = Array.from({ length: 3 }, async () => {
      const s = stream()
      for (let k = 0; !stop; k++) await one({ stream: s, expected: k }, 'x')
    })
    for (let k = 0; k < 10; k++) await Promise.all([1, 2].map(() => asProduct(database, (client) => makeCheckpoint(client, keys.signer))))
    stop = true
    await Promise.all(writers)
    expect((await verify()).broken).toBeUndefined()
  })

  it('LE-11 keeps what is sealed until its key is destroyed', async () => {
    const s = stream()
    const subject = randomUUID()
    const target = { stream: s, expected: 0, establishment: null }
    await asProduct(database, (client) => appendSealed(client, keys.master, subject, target, [said('private'), said('too')]))
    const events = await read(database.owner, s)
    expect(events.every((e) => !e.body.toString('latin1').includes('private'))).toBe(true)
    const opened = () => asProduct(database, (client) => Promise.all(events.map((e) => bodyOf(client, keys.master, e))))
    expect(await opened()).toEqual([{ word: 'private' }, { word: 'too' }])
    // Moved to another place, it does not open.
    await expect(asProduct(database, (client) => bodyOf(client, keys.master, { ...events[0]!, number: 2 }))).rejects.toThrow()
    await asProduct(database, (client) => erase(client, subject, 'asked to be forgotten'))
    expect(await opened()).toEqual([undefined, undefined])
    await expect(
      asProduct(database, (client) => appendSealed(client, keys.master, subject, { ...target, expected: 2 }, [said('more')])),
    ).rejects.toThrow('erased')
    await expect(database.owner.query(`update ledger.subject_keys set sealed_key = '\\x00', destroyed_at = null`)).rejects.toMatchObject({
      code: 'AM001',
    })
    expect((await verify()).broken).toBeUndefined()
  })

  it('LE-12 shows a reader who goes on everything, in whatever order transactions end', async () => {
    const words = (list: { events: readonly { body: Buffer }[] }) => list.events.map((e) => JSON.parse(e.body.toString()).word)
    const { place } = await follow(database.owner, BEGINNING, 100_000)
    const slow = await database.owner.connect()
    await slow.query('begin')
    await append(slow, { stream: stream(), expected: 0, establishment: null }, [said('first in, last out')])
    await one({ stream: stream(), expected: 0 }, 'last in, first out')
    // The later one is there but not shown yet: the earlier one would be missed.
    expect(words(await follow(database.owner, place))).toEqual([])
    await slow.query('commit')
    const both = await follow(database.owner, place)
    expect(words(both)).toEqual(['first in, last out', 'last in, first out'])
    // One that took its number first and its position last: shown before one that is still under way, which then still comes.
    const later = await database.owner.connect()
    await slow.query('begin')
    await slow.query('select pg_current_xact_id()')
    await later.query('begin')
    await append(later, { stream: stream(), expected: 0, establishment: null }, [said('lower position, higher number')])
    await append(slow, { stream: stream(), expected: 0, establishment: null }, [said('higher position, lower number')])
    await slow.query('commit')
    const one_ = await follow(database.owner, both.place)
    expect(words(one_)).toEqual(['higher position, lower number'])
    await later.query('commit')
    expect(words(await follow(database.owner, one_.place))).toEqual(['lower position, higher number'])
    slow.release()
    later.release()
  })

  it('LE-13 gives the same state whenever it is folded', async () => {
    const s = stream()
    for (let k = 0; k < 5; k++) await one({ stream: s, expected: k }, `word ${k}`)
    const words = (state: readonly string[], event: { body: Buffer }) => [...state, JSON.parse(event.body.toString()).word as string]
    const all = await read(database.owner, s)
    const whole = fold(words, [] as readonly string[], all)
    const parts = fold(words, fold(words, [] as readonly string[], all.slice(0, 2)), await read(database.owner, s, 2))
    expect(parts).toEqual(whole)
    expect(whole).toEqual(['word 0', 'word 1', 'word 2', 'word 3', 'word 4'])
  })
})
