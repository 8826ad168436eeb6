/** A recorded night in words. */
import * as L from '@aman/kernel/world/layout'
import * as LOG from '@aman/kernel/world/log'
import type { Model } from '@aman/kernel/world/model'
import { either, type Text, textIn } from '../contracts/languages.ts'
import type { StudyDocuments } from '../packs/scene.ts'
import type { Line } from '../runs/record.ts'
import { EN } from './story.en.ts'
import { RU } from './story.ru.ts'

export type Words = Readonly<Record<keyof typeof EN, string>>

/** How much a line matters: what decides the night, what staff do, and the rest. */
export type Weight = 'turn' | 'task' | 'detail'

export interface StoryLine {
  readonly time: number
  readonly weight: Weight
  readonly text: string
  /** Where it happened, if at one place. */
  readonly zone?: string
  /** The task that it is about. */
  readonly task?: string
}

/** Names of everything in a model, as people say them. */
export class Names {
  readonly #model: Model
  readonly #documents: StudyDocuments
  readonly #language: string

  constructor(model: Model, documents: StudyDocuments, language: string) {
    this.#model = model
    this.#documents = documents
    this.#language = language
  }

  #text(text: Text | undefined, otherwise: string): string {
    return text === undefined ? otherwise : textIn(text, this.#language)
  }

  zone(number: number): string {
    const id = this.#model.zones.ids[number] ?? ''
    return this.#text(this.#documents.facility.zones[id]?.title, id)
  }

  door(number: number): string {
    const id = this.#model.doors.ids[number]!
    const door = this.#documents.facility.doors[id]!
    const sides = door.between.map((zone) => this.#text(this.#documents.facility.zones[zone]?.title, zone))
    return this.#text(door.title, sides.join(' – '))
  }

  /** Number of the task at an address of the model. */
  taskId(address: number): string {
    return this.#model.tasks.ids[this.#model.i[address + L.NUMBER]!]!
  }

  taskTitle(id: string): string {
    const [plan, task] = id.includes('/') ? id.split('/') : [undefined, id]
    const plans = this.#documents.plans.filter((p) => plan === undefined || p.id === plan)
    return this.#text(plans.map((p) => p.tasks[task!]).find((t) => t !== undefined)?.title, id)
  }

  task(address: number): string {
    return this.taskTitle(this.taskId(address))
  }

  officerId(address: number): string {
    return this.#model.staff.ids[this.#model.i[address + L.OFFICER_NUMBER]!]!
  }

  officer(address: number): string {
    const id = this.officerId(address)
    const { posts, agencies } = this.#documents.roster
    const post = Object.keys(posts)
      .filter((p) => id.startsWith(`${p}-`))
      .sort((a, b) => b.length - a.length)[0]
    const agency = Object.keys(agencies).find((a) => id.startsWith(`${a}-`))
    const number = /-(\d+)$/.exec(id)?.[1] ?? ''
    const title = post !== undefined ? posts[post]!.title : agency !== undefined ? agencies[agency]!.title : undefined
    const many = post === undefined || Object.values(posts[post]!.shifts).some((count) => count > 1)
    return many ? `${this.#text(title, id)} ${number}` : this.#text(title, id)
  }

  agency(number: number): string {
    const id = this.#model.agencies.ids[number]!
    return this.#text(this.#documents.roster.agencies[id]?.title, id)
  }

  sensor(number: number): string {
    const id = this.#model.sensors.ids[number]!
    return this.#text(this.#documents.facility.sensors[id]?.title, id)
  }

  source(number: number): string {
    const id = this.#model.power.sources[number]!
    return this.#text(this.#documents.facility.power.sources[id]?.title, id)
  }

  threat(number: number): string {
    const { study, threats } = this.#documents
    const use = study.threats[this.#model.threats[number]!.id]!
    return this.#text(threats[use.threat]?.title, use.threat)
  }

  /** A step of an escape. */
  step(threat: number, step: number): string {
    const { study, threats } = this.#documents
    const document = threats[study.threats[this.#model.threats[threat]!.id]!.threat]!
    return document.threat === 'escape' ? this.#text(Object.values(document.steps)[step]?.title, String(step + 1)) : ''
  }
}

/** The lines that a reader wants, in words of `language`. */
export function story(lines: readonly Line[], model: Model, documents: StudyDocuments, language: string): StoryLine[] {
  // What has not been put into a language yet is told in Russian.
  const words = either(language, EN, RU)
  const names = new Names(model, documents, language)
  return lines.flatMap((line): StoryLine[] => {
    const told = tell(line, model, names, words)
    return told === undefined ? [] : [{ time: line.time, ...told }]
  })
}

type Told = Omit<StoryLine, 'time'> | undefined

function fill(template: string, parts: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(parts[name] ?? ''))
}

function tell({ code, a, b, x }: Line, model: Model, names: Names, w: Words): Told {
  const zoneId = (zone: number) => model.zones.ids[zone] ?? ''
  // What sets off another threat is a task to the kernel, and nothing that anybody does.
  const task = (weight: Weight, template: string): Told =>
    names.taskId(a).startsWith('~') ? undefined : { weight, text: fill(template, { task: names.task(a) }), task: names.taskId(a) }
  switch (code) {
    case LOG.THREAT:
      return b < 0
        ? { weight: 'turn', text: fill(w.begins, { threat: names.threat(a) }) }
        : { weight: 'turn', text: fill(w.beginsIn, { threat: names.threat(a), zone: names.zone(b) }), zone: zoneId(b) }
    case LOG.MARK: {
      const name = model.marks.names[a]!
      const plain = name.includes('.') ? name.split('.')[1]! : name
      const known = `mark:${plain}` as keyof Words
      return known in w ? { weight: 'turn', text: w[known] } : undefined
    }
    case LOG.WAITS:
      return task('detail', w.waits)
    case LOG.DEPARTS:
      return {
        weight: 'detail',
        text: fill(w.departs, { officer: names.officer(a), task: names.task(b), zone: names.zone(x) }),
        task: names.taskId(b),
      }
    case LOG.ARRIVES:
      return { weight: 'detail', text: fill(w.arrives, { officer: names.officer(a), zone: names.zone(b) }), zone: zoneId(b) }
    case LOG.BEGINS:
      return task('task', w.taskBegins)
    case LOG.DONE:
      return task('task', w.taskDone)
    case LOG.FAILED:
      return task('turn', w.taskFailed)
    case LOG.FORGOTTEN:
      return task('turn', w.taskForgotten)
    case LOG.SKIPPED:
      return task('detail', w.taskSkipped)
    case LOG.DOOR:
      return { weight: b === 3 ? 'turn' : 'detail', text: fill(w[`door:${b}` as keyof Words], { door: names.door(a) }) }
    case LOG.AGENCY:
      return { weight: 'turn', text: fill(w[`agency:${b}` as keyof Words], { agency: names.agency(a) }) }
    case LOG.OFFICER:
      if (!(`officer:${b}` in w)) return undefined
      return {
        weight: b === 4 || b === 5 ? 'turn' : 'detail',
        text: fill(w[`officer:${b}` as keyof Words], { officer: names.officer(a) }),
        zone: zoneId(x),
      }
    case LOG.LOST:
      return { weight: 'turn', text: fill(b === 1 ? w.lost : w.regained, { zone: names.zone(a) }), zone: zoneId(a) }
    case LOG.SMOKE:
      return { weight: 'turn', text: fill(b === 1 ? w.smoky : w.clear, { zone: names.zone(a) }), zone: zoneId(a) }
    case LOG.DARK:
      return { weight: 'detail', text: fill(b === 1 ? w.dark : w.lit, { zone: names.zone(a) }), zone: zoneId(a) }
    case LOG.SOURCE:
      return { weight: 'turn', text: fill(b === 1 ? w.sourceAlive : w.sourceDead, { source: names.source(a) }) }
    case LOG.SENSOR:
      return { weight: 'turn', text: fill(w.sensor, { sensor: names.sensor(a) }) }
    case LOG.CORDON:
      return { weight: 'task', text: fill(w.cordon, { zone: names.zone(a) }), zone: zoneId(a) }
    case LOG.MOVED:
      return a === b
        ? undefined
        : { weight: 'detail', text: fill(w.moved, { count: x, from: names.zone(a), to: names.zone(b) }), zone: zoneId(a) }
    case LOG.SHIFT:
      return { weight: 'task', text: w.shift }
    case LOG.EVENT:
      return event(model.threats[a]!.kind, a, b, x, model, names, w)
    default:
      return undefined
  }
}

function event(kind: string, threat: number, what: number, x: number, model: Model, names: Names, w: Words): Told {
  if (kind === 'fire' && what === 0) return undefined
  const template = w[`${kind}:${what}` as keyof Words]
  if (template === undefined) return undefined
  const zone = kind === 'fire' ? names.zone(x) : ''
  const text = fill(template, { zone, count: x, stage: x + 1, step: kind === 'escape' ? names.step(threat, x) : '' })
  return { weight: 'turn', text, ...(kind === 'fire' && what < 4 ? { zone: model.zones.ids[x] ?? '' } : {}) }
}
