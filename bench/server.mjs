// node bench/server.mjs: the server under load, beside plain SQL and a bare server in the same run. Written up in docs/performance.md.
import { fork, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import http from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(import.meta.url)
const product = createRequire(new URL('../platform/package.json', import.meta.url))
const Fastify = product('fastify')
const pg = product('pg')
const RATE = 200
const SECONDS = Number(process.env.SECONDS ?? 15)
const EVENTS = Number(process.env.EVENTS ?? 1_000_000)
/** A year in which every hour of the week was tested each night. */
const NIGHTS = 365
const DOCUMENTS = 500
const VERSIONS = 20
const SCREENS = Number(process.env.SCREENS ?? 1000)

const quantile = (sorted, p) => sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]
const ms = (x) => x.toFixed(1).padStart(7)
const told = (name, times, failed = 0) => {
  const sorted = Float64Array.from(times).sort()
  console.log(
    `${name.padEnd(42)} n ${String(sorted.length).padStart(6)}   p50 ${ms(quantile(sorted, 0.5))}   p95 ${ms(quantile(sorted, 0.95))}   p99 ${ms(quantile(sorted, 0.99))}   max ${ms(sorted.at(-1))} ms${failed > 0 ? `   ${failed} FAILED` : ''}`,
  )
}

/** Asks `requests` in turn, RATE a second whether or not answers have come, and returns how long each took from when it was due. */
async function load(address, requests, headers) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
  const times = []
  let failed = 0
  const began = performance.now()
  const all = []
  for (let k = 0; k < RATE * SECONDS; k++) {
    const due = began + (1000 * k) / RATE
    const rest = due - performance.now()
    if (rest > 1) await new Promise((resolve) => setTimeout(resolve, rest))
    all.push(
      new Promise((resolve) => {
        http
          .get(address + requests[k % requests.length], { agent, headers }, (response) => {
            response.resume()
            response.on('end', () => {
              if (response.statusCode !== 200) failed++
              times.push(performance.now() - due)
              resolve()
            })
          })
          .on('error', () => {
            failed++
            resolve()
          })
      }),
    )
  }
  await Promise.all(all)
  agent.destroy()
  return { times, failed }
}

/** In a process of its own: so many screens on the live channel; tells how long after its moment each event came. */
async function screens({ address, cookie, count }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
  const times = []
  let open = 0
  for (let k = 0; k < count; k++) {
    http.get(`${address}/api/live`, { agent, headers: { cookie } }, (response) => {
      open++
      if (open === count) process.send({ open })
      let rest = ''
      response.setEncoding('utf8')
      response.on('data', (text) => {
        const now = Date.now()
        rest += text
        for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
          const at = /"stream":"mark\/(\d+)"/.exec(rest.slice(0, end))
          if (at !== null) times.push(now - Number(at[1]))
          rest = rest.slice(end + 2)
        }
      })
    })
    if (k % 50 === 49) await new Promise((resolve) => setTimeout(resolve, 20))
  }
  process.on('message', () => {
    process.send({ times }, () => process.exit(0))
  })
}

async function start(folder) {
  const began = performance.now()
  const child = spawn(process.execPath, [join(dirname(here), '../platform/bin/aman.mjs'), 'serve'], {
    env: { ...process.env, DATABASE_URL: '', AMAN_DATA_DIR: folder, PORT: '0', AMAN_REQUESTS_PER_MINUTE: '1000000' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const address = await new Promise((resolve) => child.stdout.on('data', (text) => resolve(/http:\S+/.exec(String(text))[0])))
  await (await fetch(`${address}/`)).text()
  return { child, address, seconds: (performance.now() - began) / 1000 }
}

const stop = (child) => new Promise((resolve) => child.once('exit', resolve) && child.kill('SIGTERM'))

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'aman-bench-'))
  chmodSync(folder, 0o755)
  try {
    const cold = await start(folder)
    await stop(cold.child)
    const warm = await start(folder)
    console.log(`first start ${cold.seconds.toFixed(2)} s to the first page, later ${warm.seconds.toFixed(2)} s`)
    const { child, address } = warm
    const sign = await fetch(`${address}/api/access/demonstration`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"role":"planner"}',
    })
    const cookie = sign.headers.get('set-cookie').split(';')[0]
    const headers = { cookie }
    const sql = new pg.Client({ host: join(folder, 'socket'), user: 'aman_owner', database: 'aman' })
    await sql.connect()
    console.log(`filling: ${DOCUMENTS * VERSIONS} versions of documents, ${EVENTS} events, ${NIGHTS} nights of stress tests by the hour`)
    await sql.query(`with source as (select id from campaigns.campaigns where establishment = 'training' order by asked_at limit 1),
      made as (
        insert into campaigns.campaigns (establishment, asked_at, seed, nights, hourly, state, ended_at)
          select 'training', now() - make_interval(days => day), 1, 4096, true, 'done', now() - make_interval(days => day)
          from generate_series(0, ${NIGHTS - 1}) day returning id, asked_at
      ), copied as (
        insert into campaigns.studies (campaign, study, title, hash, uses)
          select m.id, s.study, s.title, s.hash, s.uses from made m, campaigns.studies s where s.campaign = (select id from source)
          returning campaign, study
      )
      insert into campaigns.questions (campaign, number, study, asks, starts_at, state, result, answered_at)
        select c.campaign, row_number() over (partition by c.campaign), c.study, q.asks, q.starts_at, 'done',
          case q.asks when 'chance' then '{"nights": 4096, "hits": 3300, "probability": 0.806, "low": 0.793, "high": 0.818}'::jsonb else '{"links": []}' end,
          m.asked_at
        from copied c join made m on m.id = c.campaign cross join (
          select 'chance' as asks, null::int as starts_at union all select 'weakest', null
          union all select 'chance', hour * 3600 from generate_series(0, 167) hour
        ) q`)
    // Nobody else works: tests have just been, of every hour too, and what runs is put aside.
    await sql.query(`update campaigns.campaigns set state = 'cancelled'; select pg_notify('campaigns', '')`)
    await sql.query(`create or replace function pg_temp.fill(docs int, versions int) returns void language plpgsql as $$
      declare id uuid; body text := repeat('# a line of a plan that somebody has written' || chr(10), 60);
      begin
        for d in 1..docs loop
          id := gen_random_uuid();
          perform documents.record(id, 0, null, 'training', array['document.begun', 'document.written'],
            array[jsonb_build_object('kind', 'case', 'name', 'filler-' || d, 'title', '{"en": "Filler"}'::jsonb), jsonb_build_object('version', 1, 'title', '{"en": "Filler"}'::jsonb, 'content', 'kind: case' || chr(10) || body)]);
          for v in 2..versions loop
            perform documents.record(id, v, null, 'training', array['document.written'], array[jsonb_build_object('version', v, 'title', '{"en": "Filler"}'::jsonb, 'content', 'kind: case' || chr(10) || body || v)]);
          end loop;
        end loop;
      end $$`)
    await sql.query(`select pg_temp.fill(${DOCUMENTS}, ${VERSIONS})`)
    const perStream = 1000
    for (let done = 0; done < EVENTS; done += perStream * 20)
      await sql.query(
        `select count(w.last) from generate_series(1, 20) s, lateral ledger.write('note/' || $1::int || '-' || s, 0, null, 'training', array_fill('note.made'::text, array[${perStream}]), array_fill(null::uuid, array[${perStream}]), array_fill('{"text":"something that has happened"}'::bytea, array[${perStream}])) w`,
        [done],
      )
    // Settled, as after a night: what the filling has left to do is not measured.
    await sql.query('vacuum analyze')
    const { rows } = await sql.query(
      `select (select count(*) from ledger.events) as events, (select count(*) from documents.versions) as versions`,
    )
    console.log(`there are ${rows[0].events} events and ${rows[0].versions} versions; ${RATE} requests a second for ${SECONDS} s each`)
    const documents = await (await fetch(`${address}/api/establishments/training/documents`, { headers })).json()
    const ids = documents.filter((d) => d.name.startsWith('filler')).map((d) => d.id)
    const pick = (k) => ids[(k * 7919) % ids.length]
    const details = ids.map((_, k) => `/api/documents/${pick(k)}`)
    const kinds = {
      'who one is': ['/api/access/state'],
      'a document with versions and comments': details,
      'the text of a version': (await sql.query(`select id from documents.documents where kind = 'plan'`)).rows.map(
        (r) => `/api/documents/${r.id}/versions/1`,
      ),
      'the board': ['/api/board'],
      'the trail': ['/api/trail?limit=50'],
      'a document, once more': details,
    }
    kinds.mixed = [...Object.values(kinds).map((one) => one[0]), ...details.slice(0, 20)]
    // What the same amount of text costs without us.
    const sample = await (await fetch(address + details[0], { headers })).text()
    const bare = Fastify()
    bare.get('/*', (_, reply) => reply.type('application/json').send(sample))
    const bareAddress = await bare.listen({ port: 0 })
    const pool = new pg.Pool({ host: join(folder, 'socket'), user: 'aman_owner', database: 'aman', max: 20 })
    const withSql = Fastify()
    withSql.get('/*', async (request) =>
      (await pool.query('select * from documents.versions where document = $1', [request.url.slice(-36)])).rows.map(
        ({ number, status }) => ({ number, status }),
      ),
    )
    const sqlAddress = await withSql.listen({ port: 0 })
    for (const [name, requests] of Object.entries(kinds)) {
      const { times, failed } = await load(address, requests, headers)
      told(name, times, failed)
    }
    told('bare server, the same length', (await load(bareAddress, details, {})).times)
    told('bare server with one plain query', (await load(sqlAddress, details, {})).times)
    await bare.close()
    await withSql.close()
    await pool.end()

    const child2 = fork(here, ['screens'], { env: process.env })
    child2.send({ address, cookie, count: SCREENS })
    await new Promise((resolve) => child2.on('message', (m) => m.open !== undefined && resolve()))
    const events = 100
    for (let k = 0; k < events; k++) {
      // The moment right before the commit returns is what the mark carries.
      await sql.query(
        `select ledger.write('mark/' || $1::text, 0, null, 'training', array['mark.made'], array[null::uuid], array['{}'::bytea])`,
        [String(Date.now())],
      )
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const { times } = await new Promise((resolve) => {
      child2.on('message', (m) => m.times !== undefined && resolve(m))
      child2.send('tell')
    })
    told(`${SCREENS} screens, commit to screen`, times, SCREENS * events - times.length)
    await sql.end()
    await stop(child)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (process.argv[2] === 'screens') process.once('message', screens)
else
  await main().catch((error) => {
    console.error(error)
    process.exit(1)
  })
