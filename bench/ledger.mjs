// node bench/ledger.mjs: durable appends a second through the ledger, beside plain SQL, in one run; reads; verification.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from '../tools/built.mjs'
import { ensureInstalled } from '../tools/installed.mjs'

ensureInstalled()
await ensureBuilt()
const { openDatabase } = await import('../platform/dist/database/database.js')
const { asProduct } = await import('../platform/dist/database/transaction.js')
const { append, read } = await import('../platform/dist/ledger/ledger.js')
const { makeCheckpoint } = await import('../platform/dist/ledger/checkpoints.js')
const { openKeys } = await import('../platform/dist/ledger/keys.js')
const { verifyLedger } = await import('../platform/dist/ledger/verify.js')

const folder = mkdtempSync(join(tmpdir(), 'aman-bench-'))
chmodSync(folder, 0o755)
const began = performance.now()
const database = await openDatabase({ folder })
console.log(`first start of the cluster, with migrations: ${Math.round(performance.now() - began)} ms`)
const keys = openKeys(folder)
const body = { word: 'x'.repeat(200) }
await database.owner.query(
  'create table plain (id bigint generated always as identity primary key, stream text, body bytea, at timestamptz default now())',
)

const WRITERS = 8
database.owner.options.max = WRITERS
/** Operations a second of `WRITERS` writers for `seconds`. */
async function rate(seconds, operation) {
  const until = performance.now() + 1000 * seconds
  let count = 0
  await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      for (let k = 0; performance.now() < until; k++) {
        await operation(writer, k)
        count++
      }
    }),
  )
  return count / seconds
}

let run = 0
const ledgerWrite = () => {
  run++
  return (writer, k) =>
    asProduct(database, (client) =>
      append(client, { stream: `plan/${run}-${writer}`, expected: k, establishment: null }, [{ kind: 'plan.noted', body }]),
    )
}
const plainWrite = (writer) =>
  asProduct(database, (client) =>
    client.query('insert into plain (stream, body) values ($1, $2)', [`plan/${writer}`, Buffer.from(JSON.stringify(body))]),
  )
const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const spread = (values) => `${Math.round(middle(values))} (${Math.round(Math.min(...values))}–${Math.round(Math.max(...values))})`

await rate(1, ledgerWrite())
const own = []
const plain = []
for (let round = 0; round < 5; round++) {
  own.push(await rate(2, ledgerWrite()))
  plain.push(await rate(2, plainWrite))
}
console.log(`durable appends, ${WRITERS} writers: ${spread(own)} a second; plain inserts in the same way: ${spread(plain)}`)

const EVENTS = Number(process.env.EVENTS ?? 100_000)
for (let stream = 0; stream * 1000 < EVENTS; stream++) {
  await asProduct(database, (client) =>
    append(
      client,
      { stream: `plan/many-${stream}`, expected: 0, establishment: null },
      Array.from({ length: 1000 }, () => ({ kind: 'plan.noted', body })),
    ),
  )
}
const reading = performance.now()
for (let k = 0; k < 100; k++) await read(database.owner, `plan/many-${k % Math.ceil(EVENTS / 1000)}`, 900)
console.log(`the last hundred events of a stream of a thousand: ${((performance.now() - reading) / 100).toFixed(2)} ms`)
const signing = performance.now()
await asProduct(database, (client) => makeCheckpoint(client, keys.signer))
console.log(`checkpoint: ${Math.round(performance.now() - signing)} ms`)
const verifying = performance.now()
const { events } = await asProduct(database, async (client) => {
  await client.query('set transaction isolation level repeatable read')
  return verifyLedger(client, keys.signer)
})
console.log(`verification: ${Math.round(events / ((performance.now() - verifying) / 1000))} events a second (${events} events)`)
await database.close()
rmSync(folder, { recursive: true, force: true })
