/** Tasks, what they wait for and what they change, as tables: in one file, because each is numbered while the others are made. */
import type { Distribution } from '../random/distribution.ts'
import { EFFECT } from '../tasks/effectCodes.ts'
import * as S from '../tasks/states.ts'
import type { CompiledThreat } from '../threats/threat.ts'
import { equipmentKindsOf, type People } from './compilePeople.ts'
import { type Compiler, watchesPresence } from './compiler.ts'
import * as L from './layout.ts'
import type { Conditions, Effects, Model, Tasks } from './model.ts'
import type { Condition, Effect, Scene, Task, ThreatUse, Work } from './scene.ts'
import { CONDITION_SLOT, DEADLINE_SLOT, TASK_SLOT } from './slots.ts'

type Plans = Pick<
  Model,
  'tasks' | 'conditions' | 'effects' | 'marks' | 'figures' | 'listeners' | 'i' | 'f' | 'words' | 'taskAt' | 'officerAt' | 'waitingAt'
>

/** Where in the list of listeners those of each mark and each task begin (one more entry than marks or tasks). */
interface Heard {
  readonly listeners: readonly number[]
  readonly marks: readonly number[]
  readonly done: readonly number[]
  readonly failed: readonly number[]
  readonly started: readonly number[]
}

const DOOR_STATES = { open: 0, closed: 1, locked: 2 } as const
const WORK = {
  hold: S.HOLD,
  unlock: S.UNLOCK,
  'lock-up': S.LOCK_UP,
  evacuate: S.EVACUATE,
  rescue: S.RESCUE,
  'fight-fire': S.FIGHT_FIRE,
  negotiate: S.NEGOTIATE,
} as const

/** A task of a plan, or the moment at which one threat sets off another. */
interface Entry extends Task {
  readonly name: string
  readonly luck: string
  readonly threat: CompiledThreat
  readonly startsThreat: number
}

const NOTHING: Distribution = { kind: 'fixed', value: 0 }

export function compilePlans(compiler: Compiler, people: People, threats: readonly CompiledThreat[]): Plans {
  const entries = entriesOf(compiler, threats)
  const builder = new PlanBuilder(compiler, people, threats, entries)
  return builder.build()
}

function entriesOf(compiler: Compiler, threats: readonly CompiledThreat[]): Entry[] {
  const { plans } = compiler.scene
  const several = plans.length > 1
  const tasks = plans.flatMap((plan) => {
    const threat = threats.find((t) => t.kind === plan.answers)!
    return plan.tasks.map(
      (task): Entry => ({
        ...task,
        name: several ? `${plan.id}/${task.id}` : task.id,
        luck: `${plan.id}/${task.id}`,
        threat,
        startsThreat: -1,
      }),
    )
  })
  const starts = compiler.scene.threats.flatMap((use, i) =>
    use.starts === undefined ? [] : [startOf(use, use.starts, threats[i], threats[0])],
  )
  return [...tasks, ...starts].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function startOf(use: ThreatUse, starts: NonNullable<ThreatUse['starts']>, threat: CompiledThreat, first: CompiledThreat): Entry {
  return {
    id: use.id,
    name: `~${use.id}`,
    luck: `~${use.id}`,
    threat: first,
    startsThreat: threat.index,
    level: 'bronze',
    all: starts.all,
    any: starts.any,
    needs: [],
    equipment: [],
    place: 'post',
    duration: starts.after,
    priority: 0,
    skip: 0,
    forgotten: 1 - starts.chance,
    fails: 0,
    onStart: [],
    onDone: [],
    onFailed: [],
  }
}

class PlanBuilder {
  readonly #compiler: Compiler
  readonly #people: People
  readonly #threats: readonly CompiledThreat[]
  readonly #entries: readonly Entry[]
  readonly #conditions: { task: number; alternative: boolean; threshold: number; above: boolean; seconds: number; slot: number }[] = []
  readonly #effects: { code: number; a: number; b: number; x: number; y: number; key: number; targets: number[] }[] = []
  readonly #onMark = new Map<number, number[]>()
  readonly #onFigure = new Map<number, number[]>()
  readonly #onTask = { done: new Map<number, number[]>(), failed: new Map<number, number[]>(), started: new Map<number, number[]>() }

  constructor(compiler: Compiler, people: People, threats: readonly CompiledThreat[], entries: readonly Entry[]) {
    this.#compiler = compiler
    this.#people = people
    this.#threats = threats
    this.#entries = entries
  }

  build(): Plans {
    const missing = this.#entries.map((entry, number) => this.#conditionsOf(entry, number))
    const heard = this.#hearers()
    const tasks = this.#tasks(missing, heard)
    const { marks, figures } = this.#compiler
    const records = this.#records(tasks, heard)
    return {
      ...records,
      tasks,
      listeners: Int32Array.from(heard.listeners),
      conditions: this.#conditionTable(),
      effects: this.#effectTable(),
      marks: { names: marks, start: Int32Array.from(heard.marks) },
      figures: {
        names: figures.map((f) => f.name),
        units: figures.map((f) => f.unit),
        watchers: this.#compiler.lists(figures.map((_, i) => this.#onFigure.get(i) ?? [])),
      },
    }
  }

  /** The records of tasks and officers in the two big arrays, and what lies behind them: crew lists and the waiting list. */
  #records(tasks: Tasks, heard: Heard): Pick<Model, 'i' | 'f' | 'words' | 'taskAt' | 'officerAt' | 'waitingAt'> {
    const compiler = this.#compiler
    const { taskAt, officerAt } = compiler
    const { staff } = this.#people
    const crewAt = taskAt + this.#entries.length * L.TASK
    const crews = this.#entries.map((e) => e.needs.reduce((sum, need) => sum + need.count, 0))
    const waitingAt = crewAt + crews.reduce((sum, size) => sum + size, 0)
    const words = waitingAt + this.#entries.length
    const i = new Int32Array(words)
    const f = new Float64Array(words)
    for (let number = 0; number < staff.count; number++) {
      const officer = officerAt + number * L.OFFICER
      i[officer + L.OFFICER_NUMBER] = number
      i[officer + L.POST] = staff.post[number]
      i[officer + L.OWN_ACCESS] = staff.access[number]
      i[officer + L.STAYS] = staff.stays[number]
      f[officer + L.PRESENCE] = staff.presence[number]
    }
    const hidden = hidesWalks(compiler.scene)
    let crew = crewAt
    let need = 0
    this.#entries.forEach((e, number) => {
      const task = taskAt + number * L.TASK
      i[task + L.NUMBER] = number
      i[task + L.SLOT] = compiler.slot(TASK_SLOT, task)
      i[task + L.FEATURES] = featuresOf(e, tasks, number, heard, hidden)
      i[task + L.PRIORITY] = e.priority
      i[task + L.PLACE_KIND] = placeKind(e.place)
      i[task + L.PLACE] = placeKind(e.place) === S.AT_ZONE ? compiler.place(e.place) : -1
      i[task + L.NEEDS] = need
      need += e.needs.length
      i[task + L.DURATION] = compiler.sampler(e.duration)
      i[task + L.DURATION_KEY] = compiler.key(`${e.luck}/duration`)
      i[task + L.ON_DONE] = heard.done[number]
      i[task + L.ON_DONE_END] = heard.done[number + 1]
      i[task + L.CREW] = crew
      crew += crews[number]
      i[task + L.THREAT] = e.threat.index
      f[task + L.SKIP] = e.skip
      f[task + L.FORGOTTEN_CHANCE] = e.forgotten
      f[task + L.DEADLINE] = e.deadline ?? Infinity
      f[task + L.FAILS] = e.fails
      const [a, b] = figuresOf(e.work)
      f[task + L.WORK_A] = a
      f[task + L.WORK_B] = b
    })
    return { i, f, words, taskAt, officerAt, waitingAt }
  }

  #tasks(missing: readonly number[], heard: Heard): Tasks {
    const compiler = this.#compiler
    const entries = this.#entries
    const { staff } = this.#people
    const needs = entries.flatMap((e) => e.needs)
    const kinds = equipmentKindsOf(compiler)
    const integers = (value: (e: Entry) => number) => Int32Array.from(entries, value)
    const keys = (purpose: string) => Uint32Array.from(entries, (e) => compiler.key(`${e.luck}/${purpose}`))
    const effects = (which: 'onStart' | 'onDone' | 'onFailed') => compiler.lists(entries.map((e) => this.#effectsOf(e, e[which], which)))
    return {
      count: entries.length,
      ids: entries.map((e) => e.name),
      levels: entries.map((e) => e.level),
      missing: Int32Array.from(missing),
      work: Uint8Array.from(entries, (e) => (e.work === undefined ? S.NO_WORK : WORK[e.work.kind])),
      needsEnd: Int32Array.from(entries, (_, number) => entries.slice(0, number + 1).reduce((sum, e) => sum + e.needs.length, 0)),
      startedHeard: Int32Array.from(heard.started),
      failedHeard: Int32Array.from(heard.failed),
      needSkill: Int32Array.from(needs, (need) => staff.skillNames.indexOf(need.skill)),
      needCount: Int32Array.from(needs, (need) => need.count),
      needKey: Int32Array.from(needs, (need) => (need.key === undefined ? 0 : 1 << staff.keyNames.indexOf(need.key))),
      needSpecial: Uint8Array.from(needs, (need) => (need.key !== undefined || need.breathing || need.shielded ? 1 : 0)),
      needBreathing: Uint8Array.from(needs, (need) => (need.breathing ? 1 : 0)),
      needShielded: Uint8Array.from(needs, (need) => (need.shielded ? 1 : 0)),
      equipment: compiler.lists(entries.map((e) => e.equipment.map((kind) => kinds.of(kind)))),
      skipKey: keys('skip'),
      forgottenKey: keys('forgotten'),
      remembered: integers((e) => compiler.maybeSampler(e.remembered)),
      failsKey: keys('fails'),
      workZone: integers((e) => (e.work !== undefined && 'zone' in e.work ? compiler.place(e.work.zone) : -1)),
      workTo: integers((e) => (e.work !== undefined && 'to' in e.work ? compiler.place(e.work.to) : -1)),
      workStep: integers((e) => compiler.sampler(stepOf(e.work))),
      workStepKey: keys('step'),
      workMark: integers((e) => this.#workMark(e)),
      holding: Int32Array.from(entries.flatMap((e, number) => (this.#workMark(e) >= 0 ? [compiler.taskAt + number * L.TASK] : []))),
      deadlineSlot: Int32Array.from(entries, (e, number) =>
        e.deadline === undefined ? -1 : compiler.slot(DEADLINE_SLOT, compiler.taskAt + number * L.TASK),
      ),
      onStart: effects('onStart'),
      onDone: effects('onDone'),
      onFailed: effects('onFailed'),
    }
  }

  /** Who hears of each mark and of each task's end, in the order in which they will ask: plain tasks by address, conditions by their number. */
  #hearers(): Heard {
    const listeners: number[] = []
    const byId = this.#compiler.scene.plans.some((plan) => plan.asking === 'by-id')
    const urgency = (condition: number) => (byId ? 0 : this.#entries[this.#conditions[condition].task].priority)
    const starts = (map: ReadonlyMap<number, readonly number[]>, count: number): number[] => {
      const start = [listeners.length]
      for (let index = 0; index < count; index++) {
        // Sorting keeps the order of ids among tasks of one priority.
        for (const condition of [...(map.get(index) ?? [])].sort((a, b) => urgency(a) - urgency(b))) {
          const { task, alternative, slot } = this.#conditions[condition]
          const plain = !alternative && slot < 0
          listeners.push(plain ? this.#compiler.taskAt + task * L.TASK : -1 - condition)
        }
        start.push(listeners.length)
      }
      return start
    }
    const count = this.#entries.length
    return {
      listeners,
      marks: starts(this.#onMark, this.#compiler.marks.length),
      done: starts(this.#onTask.done, count),
      failed: starts(this.#onTask.failed, count),
      started: starts(this.#onTask.started, count),
    }
  }

  /** Adds the conditions of `entry` and returns how many things it waits for. */
  #conditionsOf(entry: Entry, task: number): number {
    for (const condition of entry.all) this.#condition(entry, task, condition, false)
    for (const condition of entry.any) this.#condition(entry, task, condition, true)
    if (entry.all.length + entry.any.length > 0) return entry.all.length + (entry.any.length > 0 ? 1 : 0)
    this.#listen(this.#onMark, entry.threat.onset, this.#add(task, false))
    return 1
  }

  #condition(entry: Entry, task: number, condition: Condition, alternative: boolean): void {
    switch (condition.kind) {
      case 'task': {
        // A task of the same plan; from outside of any plan, one of a plan for the same threat.
        const same = `${entry.luck.slice(0, entry.luck.lastIndexOf('/') + 1)}${condition.task}`
        const own = this.#entries.findIndex((e) => e.luck === same)
        const other =
          own >= 0 ? own : this.#entries.findIndex((e) => e.threat === entry.threat && e.id === condition.task && e.startsThreat < 0)
        const number = this.#add(task, alternative)
        if (condition.outcome === 'started') this.#listen(this.#onTask.started, other, number)
        if (condition.outcome === 'done' || condition.outcome === 'ended') this.#listen(this.#onTask.done, other, number)
        if (condition.outcome === 'failed' || condition.outcome === 'ended') this.#listen(this.#onTask.failed, other, number)
        return
      }
      case 'mark':
        return this.#listen(this.#onMark, this.#mark(entry.threat, condition.mark), this.#add(task, alternative))
      case 'elapsed': {
        const number = this.#add(task, alternative, { seconds: condition.seconds })
        return this.#listen(this.#onMark, this.#mark(entry.threat, condition.since), number)
      }
      case 'measure': {
        const above = condition.above !== undefined
        const number = this.#add(task, alternative, { threshold: condition.above ?? condition.below ?? 0, above })
        return this.#listen(this.#onFigure, this.#figure(entry.threat, condition.measure), number)
      }
    }
  }

  #add(task: number, alternative: boolean, more: { seconds?: number; threshold?: number; above?: boolean } = {}): number {
    const number = this.#conditions.length
    this.#conditions.push({
      task,
      alternative,
      threshold: more.threshold ?? 0,
      above: more.above ?? true,
      seconds: more.seconds ?? 0,
      slot: more.seconds === undefined ? -1 : this.#compiler.slot(CONDITION_SLOT, number),
    })
    return number
  }

  #listen(map: Map<number, number[]>, index: number, condition: number): void {
    const list = map.get(index)
    if (list === undefined) map.set(index, [condition])
    else list.push(condition)
  }

  /** A mark as a plan names it: of an agency, of its own threat, or `threat.mark` of another. */
  #mark(threat: CompiledThreat, name: string): number {
    const compiler = this.#compiler
    const [first, rest] = name.split('.', 2)
    const other = rest === undefined ? undefined : this.#threats.find((t) => t.id === first)
    if (other !== undefined) return compiler.mark(other, rest!)
    const agency = /^(.*)-(called|arrived|admitted)$/.exec(name)
    if (agency !== null && compiler.agencyNames.has(agency[1])) return compiler.globalMark(name)
    return compiler.mark(threat, name)
  }

  #figure(threat: CompiledThreat, name: string): number {
    const { figures } = this.#compiler
    const first = this.#threats[0].id
    const plain = name.startsWith(`${first}.`) ? name.slice(first.length + 1) : name
    const own = threat.index === 0 ? plain : `${threat.id}.${name}`
    const index = figures.findIndex((f) => f.name === own)
    return index >= 0 ? index : figures.findIndex((f) => f.name === plain)
  }

  #workMark(entry: Entry): number {
    const { work } = entry
    if (work === undefined) return -1
    if (work.kind === 'hold' || work.kind === 'negotiate') return this.#mark(entry.threat, work.until)
    return work.kind === 'fight-fire' ? entry.threat.resolved : -1
  }

  #effectsOf(entry: Entry, effects: readonly Effect[], which: string): number[] {
    const list = effects.map((effect, i) => this.#effect(entry, effect, `${entry.luck}/${which}/${i}`))
    if (which === 'onDone' && entry.startsThreat >= 0) {
      list.push(this.#push(EFFECT['start-threat'], { a: entry.startsThreat }))
    }
    return list
  }

  #effect(entry: Entry, effect: Effect, luck: string): number {
    const compiler = this.#compiler
    const zones = (names: readonly string[]) =>
      names.flatMap((name) =>
        name === 'all' ? compiler.zoneNames.ids.map((_, z) => z).filter((z) => compiler.isHeldIn(z)) : [compiler.place(name)],
      )
    const code = EFFECT[effect.kind]
    switch (effect.kind) {
      case 'mark':
        return this.#push(code, { a: this.#mark(entry.threat, effect.mark) })
      case 'doors': {
        const around = zones(effect.zones).flatMap((zone) => (zone < 0 ? [-1] : compiler.doorsOf(zone)))
        const targets = [...effect.doors.map((door) => compiler.doorNames.of(door)), ...around]
        return this.#push(code, { a: DOOR_STATES[effect.to], targets })
      }
      case 'call':
      case 'admit':
        return this.#push(code, { a: compiler.agencyNames.of(effect.agency) })
      case 'cordon':
      case 'withdraw':
        return this.#push(code, { a: compiler.place(effect.zone) })
      case 'scale':
        return this.#push(code, { a: entry.threat.parameters.indexOf(effect.parameter), x: effect.by })
      case 'confine':
      case 'release':
        return this.#push(code, { targets: zones(effect.zones) })
      case 'ventilate':
        return this.#push(code, { a: compiler.place(effect.zone), x: effect.airChanges })
      case 'look':
        return this.#push(code, { x: effect.chance, key: compiler.key(luck) })
      case 'restore':
        return this.#push(code, { a: compiler.sourceNames.of(effect.source) })
      case 'start-source':
        return this.#push(code, { a: compiler.sourceNames.of(effect.source), x: effect.chance, key: compiler.key(luck) })
      case 'test':
        return this.#push(code, { a: Math.round(effect.delay), x: effect.every, y: effect.sensitivity })
      case 'isolate':
        return this.#push(code, { a: effect.places })
      case 'visits':
        return this.#push(code, { a: effect.open ? 1 : 0 })
      case 'intercept':
      case 'assault':
        return this.#push(code, { key: compiler.key(luck) })
    }
  }

  #push(code: number, more: { a?: number; x?: number; y?: number; key?: number; targets?: number[] }): number {
    return (
      this.#effects.push({ code, a: more.a ?? 0, b: 0, x: more.x ?? 0, y: more.y ?? 0, key: more.key ?? 0, targets: more.targets ?? [] }) -
      1
    )
  }

  #conditionTable(): Conditions {
    const rows = this.#conditions
    return {
      count: rows.length,
      task: Int32Array.from(rows, (r) => this.#compiler.taskAt + r.task * L.TASK),
      alternative: Uint8Array.from(rows, (r) => (r.alternative ? 1 : 0)),
      threshold: Float64Array.from(rows, (r) => r.threshold),
      above: Uint8Array.from(rows, (r) => (r.above ? 1 : 0)),
      seconds: Float64Array.from(rows, (r) => r.seconds),
      slot: Int32Array.from(rows, (r) => r.slot),
    }
  }

  #effectTable(): Effects {
    const rows = this.#effects
    return {
      code: Uint8Array.from(rows, (r) => r.code),
      a: Int32Array.from(rows, (r) => r.a),
      b: Int32Array.from(rows, (r) => r.b),
      x: Float64Array.from(rows, (r) => r.x),
      y: Float64Array.from(rows, (r) => r.y),
      key: Uint32Array.from(rows, (r) => r.key),
      targets: this.#compiler.lists(rows.map((r) => r.targets)),
    }
  }
}

/** Nobody's presence counts in this scene, and no way ever opens or closes. */
function hidesWalks(scene: Scene): boolean {
  const harmless = ['mark', 'call', 'admit']
  return (
    !scene.facility.zones.some((z) => watchesPresence(scene, z.id)) &&
    scene.plans.every((plan) => plan.tasks.every((t) => [...t.onStart, ...t.onDone, ...t.onFailed].every((e) => harmless.includes(e.kind))))
  )
}

/** Two tasks with such durations never end at the same instant, so that it does not matter in which order they were begun. */
const CONTINUOUS = ['lognormal', 'exponential', 'normal', 'uniform', 'triangular', 'pert']

function featuresOf(e: Entry, tasks: Tasks, number: number, heard: Heard, hidden: boolean): number {
  const effects = [tasks.onStart, tasks.onDone, tasks.onFailed].some((list) => list.start[number + 1] > list.start[number])
  const features =
    (e.skip > 0 ? L.SKIPPABLE : 0) |
    (e.forgotten > 0 ? L.FORGETTABLE : 0) |
    (e.deadline !== undefined ? L.HAS_DEADLINE : 0) |
    (effects ? L.HAS_EFFECTS : 0) |
    (e.equipment.length > 0 ? L.HAS_EQUIPMENT : 0) |
    (e.fails > 0 ? L.FALLIBLE : 0) |
    (e.work !== undefined ? L.HAS_WORK : 0) |
    (e.needs.length > 0 && e.place === 'incident' ? L.AT_THE_INCIDENT : 0) |
    (heard.started[number + 1] > heard.started[number] ? L.HEARD_AT_START : 0) |
    (e.needs.length === 1 && e.needs[0].count === 1 && e.equipment.length === 0 ? L.ONE_OFFICER : 0)
  const telling = L.HAS_DEADLINE | L.HAS_EFFECTS | L.HAS_WORK | L.AT_THE_INCIDENT | L.HEARD_AT_START
  const unseen = hidden && (features & telling) === 0 && (features & L.ONE_OFFICER) !== 0 && CONTINUOUS.includes(e.duration.kind)
  return unseen ? features | L.UNSEEN_WALK : features
}

function placeKind(place: string): number {
  return place === 'incident' ? S.AT_INCIDENT : place === 'adjacent' ? S.AT_ADJACENT : place === 'post' ? S.AT_POST : S.AT_ZONE
}

function stepOf(work: Work | undefined): Distribution {
  if (work === undefined) return NOTHING
  if (work.kind === 'unlock' || work.kind === 'lock-up') return work.perCell
  return work.kind === 'rescue' ? work.perPerson : NOTHING
}

/** Two figures a task: capacity and knockdown of a hose, quality of a negotiation. */
function figuresOf(work: Work | undefined): [number, number] {
  if (work?.kind === 'fight-fire') return [work.capacity, work.knockdown]
  return work?.kind === 'negotiate' ? [work.quality, 0] : [0, 0]
}
