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

/** The median of a few runs of a comparator, as replications per second; undefined if it cannot be run here. */
function median(name, rounds, command, args, read) {
  const rates = []
  for (let k = 0; k < rounds; k++) {
    const { status, stdout, error } = spawnSync(command, args, { encoding: 'utf8', cwd: work })
    if (status !== 0 || error !== undefined) {
      console.error(`${name}: not available here, left out`)
      return undefined
    }
    rates.push(read(stdout))
  }
  return rates.sort((a, b) => a - b)[Math.floor(rounds / 2)]
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
  'A, C': median('C, model A', 5, compiled('response'), ['1000000'], firstNumber),
  'A, SimPy': median('SimPy', 3, ...python('response_simpy.py', 'response.json', 1500), perSecond),
  'A, simjs': median('simjs', 3, process.execPath, [here('response-simjs.mjs'), simjs(), join(work, 'response.json'), '20000'], perSecond),
  'B, C': median('C, model B', 5, compiled('disorder'), ['5000'], firstNumber),
  'B, numpy': median('numpy', 3, ...python('disorder_numpy.py', 'disorder.json', 30), perSecond),
}
const own = JSON.parse(execFileSync(process.execPath, [join(root, 'platform', 'bin', 'aman.mjs'), 'bench', '--json'], { encoding: 'utf8' }))
const aman = (id) => own.find((b) => b.id === id)
const BARS = { 'A, C': 0.5, 'A, SimPy': 60, 'A, simjs': 2, 'B, C': 1.2, 'B, numpy': 80 }
console.log('model, other     other /s     Aman /s (low–high)          ratio    bar')
for (const [name, other] of Object.entries(others)) {
  if (other === undefined) continue
  const mine = aman(name.startsWith('A') ? 'model-a-response-1-thread' : 'model-b-disorder-1-thread')
  const row = [
    name.padEnd(12),
    other.toFixed(0).padStart(12),
    `${mine.value.toFixed(0)} (${mine.low.toFixed(0)}–${mine.high.toFixed(0)})`.padStart(26),
  ]
  console.log([...row, (mine.value / other).toFixed(2).padStart(8), `≥ ${BARS[name]}`.padStart(8)].join(' '))
}
for (const b of own)
  console.log(`${b.id}: ${Number(b.value.toPrecision(4))} ${b.unit} (${Number(b.low.toPrecision(4))}–${Number(b.high.toPrecision(4))})`)
