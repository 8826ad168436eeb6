// node bench/compare.mjs: the engine against others on the same two models, in one run, as ratios.
//
// The models' tables come from their documents. What is not there is left out and said so: gcc, Debian's python3-simpy3 and
// python3-numpy, and simjs (fetched into a temporary folder).
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from '../tools/built.mjs'
import { ensureInstalled, root } from '../tools/installed.mjs'

ensureInstalled()
await ensureBuilt()
const { findStudy, prepareStudy } = await import('../platform/dist/cli/studies.js')
const { nodePool } = await import('../platform/dist/runs/node.js')
const here = (file) => join(root, 'bench', 'comparators', file)
const work = mkdtempSync(join(tmpdir(), 'aman-bench-'))

const sceneOf = (study) => prepareStudy(findStudy(study, []), { options: [] }).prepared.scene
const list = (type, name, values) => `static const ${type} ${name}[] = {${values.join(', ')}};\n`
const starts = (lists) => lists.map((_, k) => lists.slice(0, k).flat().length).concat(lists.flat().length)

function writeResponse() {
  const { facility, roster, plans } = sceneOf('response')
  const zones = facility.zones.map((z) => z.id)
  const tasks = plans[0].tasks
  const skills = [...new Set(tasks.map((t) => t.needs[0].skill))].sort()
  const index = new Map(tasks.map((t, k) => [t.id, k]))
  const after = tasks.map((t) => t.all.map((c) => index.get(c.task)))
  const before = tasks.map((_, k) => after.flatMap((list, other) => (list.includes(k) ? [other] : [])))
  const zoneOf = (place) => zones.indexOf(place)
  const distance = zones.map((_, i) => zones.map((_, j) => (i === j ? 0 : Infinity)))
  for (const door of facility.doors) {
    const [a, b] = door.between.map(zoneOf)
    distance[a][b] = door.walk
    distance[b][a] = door.walk
  }
  for (let k = 0; k < zones.length; k++)
    for (let i = 0; i < zones.length; i++)
      for (let j = 0; j < zones.length; j++) distance[i][j] = Math.min(distance[i][j], distance[i][k] + distance[k][j])
  writeFileSync(
    join(work, 'response.h'),
    `#define ZONES ${zones.length}\n#define DOORS ${facility.doors.length}\n#define TASKS ${tasks.length}\n#define OFFICERS ${roster.staff.length}\n#define SKILLS ${skills.length}\n#define SIGMA 0.5\n` +
      list(
        'int',
        'door_a',
        facility.doors.map((d) => zoneOf(d.between[0])),
      ) +
      list(
        'int',
        'door_b',
        facility.doors.map((d) => zoneOf(d.between[1])),
      ) +
      list(
        'double',
        'door_walk',
        facility.doors.map((d) => d.walk),
      ) +
      list(
        'int',
        'officer_skill',
        roster.staff.map((o) => skills.indexOf(o.skills[0])),
      ) +
      list(
        'int',
        'officer_home',
        roster.staff.map((o) => zoneOf(o.post)),
      ) +
      list(
        'int',
        'task_zone',
        tasks.map((t) => zoneOf(t.place)),
      ) +
      list(
        'int',
        'task_skill',
        tasks.map((t) => skills.indexOf(t.needs[0].skill)),
      ) +
      list(
        'int',
        'task_priority',
        tasks.map((t) => t.priority),
      ) +
      list(
        'double',
        'task_median',
        tasks.map((t) => t.duration.median),
      ) +
      list(
        'double',
        'task_skip',
        tasks.map((t) => t.skip),
      ) +
      list(
        'int',
        'task_missing',
        after.map((a) => a.length),
      ) +
      list('int', 'successor_start', starts(before)) +
      list('int', 'successor', before.flat()),
  )
  writeFileSync(
    join(work, 'response.json'),
    JSON.stringify({
      distance,
      officers: roster.staff.map((o) => ({ skill: skills.indexOf(o.skills[0]), home: zoneOf(o.post) })),
      tasks: tasks.map((t, k) => ({
        zone: zoneOf(t.place),
        skill: skills.indexOf(t.needs[0].skill),
        priority: t.priority,
        mu: Math.log(t.duration.median),
        skip: t.skip,
        after: after[k],
        before: before[k],
      })),
    }),
  )
}

function writeDisorder() {
  const { facility, roster, threats } = sceneOf('disorder')
  const { threat } = threats[0]
  const wings = facility.zones.map((z) => z.id)
  const near = wings.map((id) =>
    facility.doors
      .flatMap(({ between: [a, b] }) => (a === id ? [b] : b === id ? [a] : []))
      .map((z) => wings.indexOf(z))
      .sort((a, b) => a - b),
  )
  const staff = wings.map((id) => roster.staff.filter((o) => o.post === id).length)
  const perMinute = (rate) => Number((60 * rate).toPrecision(9))
  const rates = {
    eps: perMinute(threat.spontaneous),
    beta: perMinute(threat.within),
    betax: perMinute(threat.between),
    g0: perMinute(threat.ignition),
    g: perMinute(threat.escalation),
    gx: perMinute(threat.escalationBetween),
    k: perMinute(threat.calming),
    d: perMinute(threat.talkingDown),
    sg: perMinute(threat.securing),
  }
  const defines = Object.entries(rates).map(([name, rate]) => `#define ${name.toUpperCase()} ${rate}\n`)
  writeFileSync(
    join(work, 'disorder.h'),
    `#define WINGS ${wings.length}\n#define PEOPLE 60\n#define START 0\n#define AGITATED 8\n#define HORIZON 240.0\n#define THRESHOLD 100\n${defines.join('')}` +
      list('int', 'neighbour_start', starts(near)) +
      list('int', 'neighbour', near.flat()) +
      list('double', 'staff', staff),
  )
  writeFileSync(
    join(work, 'disorder.json'),
    JSON.stringify({ near: near.map((n) => wings.map((_, k) => (n.includes(k) ? 1 : 0))), staff, rates }),
  )
}

/** One run of a comparator, replications per second; undefined if it cannot be run here. */
function once(command, args, read) {
  const { status, stdout, error } = spawnSync(command, args, { encoding: 'utf8', cwd: work })
  return status === 0 && error === undefined ? read(stdout) : undefined
}

const perSecond = (text) => JSON.parse(text).perSecond
const firstNumber = (text) => Number(/[\d.]+/.exec(text)?.[0])
const python = (script, model, count) => ['/usr/bin/python3', [here(script), join(work, model), String(count)]]

function compiled(model) {
  const program = join(work, model)
  const { status, error } = spawnSync('gcc', ['-O3', `-I${work}`, here(`${model}.c`), '-o', program, '-lm'], { encoding: 'utf8' })
  return status === 0 && error === undefined ? program : 'gcc-is-missing'
}

function simjs() {
  const { status } = spawnSync('npm', ['pack', 'simjs@2.0.3', '--silent'], { cwd: work })
  if (status !== 0) return join(work, 'none')
  execFileSync('tar', ['-xzf', 'simjs-2.0.3.tgz'], { cwd: work })
  return join(work, 'package', 'sim.js')
}

writeResponse()
writeDisorder()
const others = {
  'A, C': [compiled('response'), ['1000000'], firstNumber],
  'A, SimPy': [...python('response_simpy.py', 'response.json', 1500), perSecond],
  'A, SimPy, lean': [...python('response_simpy_lean.py', 'response.json', 1500), perSecond],
  'A, simjs': [process.execPath, [here('response-simjs.mjs'), simjs(), join(work, 'response.json'), '20000'], perSecond],
  'B, C': [compiled('disorder'), ['5000'], firstNumber],
  'B, numpy': [...python('disorder_numpy.py', 'disorder.json', 30), perSecond],
}
const BARS = { 'A, C': 0.5, 'A, SimPy': 60, 'A, simjs': 2, 'B, C': 1.2, 'B, numpy': 80 }

/** Nights a second of this engine on one warm worker. */
function engine(study, nights) {
  const pool = nodePool(1, Infinity)
  const { prepared, case: what } = prepareStudy(findStudy(study, []), { options: [] })
  const play = async (count) => (await pool.run({ case: what, model: prepared.model, seed: 1, nights: count })).seconds
  return { warm: () => play(nights / 2), rate: async () => nights / (await play(nights)), close: () => pool.close() }
}

// In turn, round by round, and each ratio within its round: the machine may be slower in one minute than in the next.
const engines = { A: engine('response', 400_000), B: engine('disorder', 8000) }
for (const { warm } of Object.values(engines)) await warm()
const rounds = Number(process.env.ROUNDS ?? 7)
const own = { A: [], B: [] }
const rates = Object.fromEntries(Object.keys(others).map((name) => [name, []]))
const ratios = Object.fromEntries(Object.keys(others).map((name) => [name, []]))
for (let k = 0; k < rounds; k++) {
  for (const [name, [command, args, read]] of Object.entries(others)) {
    const other = once(command, args, read)
    if (other === undefined) continue
    const mine = await engines[name[0]].rate()
    own[name[0]].push(mine)
    rates[name].push(other)
    ratios[name].push(mine / other)
  }
  console.error(`round ${k + 1} of ${rounds}`)
}
for (const { close } of Object.values(engines)) close()

const spread = (values, digits) => {
  const sorted = [...values].sort((x, y) => x - y)
  const show = (x) => x.toFixed(digits)
  return `${show(sorted[Math.floor(sorted.length / 2)])} (${show(sorted[0])}–${show(sorted.at(-1))})`
}
console.log(`${'model, other'.padEnd(16)}${'other /s'.padStart(26)}${'Aman /s'.padStart(28)}${'ratio'.padStart(26)}  wanted`)
for (const [name, values] of Object.entries(ratios)) {
  if (values.length === 0) console.log(`${name.padEnd(16)} not available here, left out`)
  else
    console.log(
      `${name.padEnd(16)}${spread(rates[name], 0).padStart(26)}${spread(own[name[0]], 0).padStart(28)}${spread(values, 2).padStart(26)}${BARS[name] === undefined ? '' : `  ≥ ${BARS[name]}`}`,
    )
}
