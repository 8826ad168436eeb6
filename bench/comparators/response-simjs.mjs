// Reference model A, "response", as one would write it with simjs: an entity whose timers are the ends of tasks.
// Usage: response-simjs.mjs SIMJS.js MODEL.json REPLICATIONS; prints replications per second and the mean.
import { readFileSync } from 'node:fs'
import { runInThisContext } from 'node:vm'

const [file, model, count] = process.argv.slice(2)
globalThis.window = globalThis
runInThisContext(readFileSync(file, 'utf8'))
const { Sim, Entity, Random } = globalThis.Sim
const { tasks, officers, distance } = JSON.parse(readFileSync(model, 'utf8'))
const random = new Random(1)

class Plan extends Entity {
  start() {
    this.alarm = Math.floor(random.random() * distance.length)
    this.idle = officers.map(() => true)
    this.where = officers.map((o) => o.home)
    this.missing = tasks.map((t) => t.after.length)
    this.waiting = []
    this.last = 0
    tasks.forEach((t, k) => {
      if (t.after.length === 0) this.ready(k)
    })
  }

  ready(k) {
    const t = tasks[k]
    if (t.skip > 0 && random.random() < t.skip) return this.finish(k)
    const zone = t.zone < 0 ? this.alarm : t.zone
    let best = -1
    let least = Infinity
    officers.forEach((o, n) => {
      if (!this.idle[n] || o.skill !== t.skill || distance[this.where[n]][zone] >= least) return
      best = n
      least = distance[this.where[n]][zone]
    })
    if (best < 0) this.waiting.push(k)
    else this.begin(k, best, zone)
  }

  begin(k, officer, zone) {
    this.idle[officer] = false
    this.setTimer(distance[this.where[officer]][zone]).done(this.work, this, [k, officer, zone])
  }

  work(k, officer, zone) {
    this.where[officer] = zone
    this.setTimer(Math.exp(random.normal(tasks[k].mu, 0.5))).done(this.end, this, [k, officer])
  }

  end(k, officer) {
    this.idle[officer] = true
    this.waiting.sort((a, b) => tasks[a].priority - tasks[b].priority)
    const next = this.waiting.findIndex((w) => tasks[w].skill === officers[officer].skill)
    if (next >= 0) {
      const [other] = this.waiting.splice(next, 1)
      this.begin(other, officer, tasks[other].zone < 0 ? this.alarm : tasks[other].zone)
    }
    this.finish(k)
  }

  finish(k) {
    this.last = this.time()
    for (const other of tasks[k].before) if (--this.missing[other] === 0) this.ready(other)
  }
}

let total = 0
const began = performance.now()
for (let r = 0; r < Number(count); r++) {
  const sim = new Sim()
  const plan = sim.addEntity(Plan)
  sim.simulate(1e9)
  total += plan.last
}
console.log(JSON.stringify({ perSecond: (1000 * count) / (performance.now() - began), mean: total / count }))
