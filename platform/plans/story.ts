/** A recorded night in words. */
import * as L from '@aman/kernel/world/layout'
import * as LOG from '@aman/kernel/world/log'
import type { Model } from '@aman/kernel/world/model'
import { type Text, textIn } from '../contracts/languages.ts'
import type { StudyDocuments } from '../packs/scene.ts'
import type { Line } from '../runs/record.ts'
import { type Dictionary, filled, type Word } from '../words/dictionary.ts'
import { markTitle } from './measures.ts'
import { taskOf } from './telling.ts'

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
    return this.#text(taskOf(this.#documents.plans, id)?.title, id)
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

  /** A mark that a plan sets, as a sentence of its own. */
  mark(name: string): string | undefined {
    const title = markTitle(name, this.#documents.plans, this.#language)
    return title === undefined ? undefined : title[0]!.toUpperCase() + title.slice(1)
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
export function story(lines: readonly Line[], model: Model, documents: StudyDocuments, language: string, words: Dictionary): StoryLine[] {
  const names = new Names(model, documents, language)
  return lines.flatMap((line): StoryLine[] => {
    const told = tell(line, model, names, words)
    return told === undefined ? [] : [{ time: line.time, ...told }]
  })
}

type Told = Omit<StoryLine, 'time'> | undefined

function tell({ code, a, b, x }: Line, model: Model, names: Names, w: Dictionary): Told {
  const zoneId = (zone: number) => model.zones.ids[zone] ?? ''
  // What sets off another threat is a task to the kernel, and nothing that anybody does.
  const task = (weight: Weight, template: string): Told =>
    names.taskId(a).startsWith('~') ? undefined : { weight, text: filled(template, { task: names.task(a) }), task: names.taskId(a) }
  switch (code) {
    case LOG.THREAT:
      return b < 0
        ? { weight: 'turn', text: filled(w['night:begins'], { threat: names.threat(a) }) }
        : { weight: 'turn', text: filled(w['night:beginsIn'], { threat: names.threat(a), zone: names.zone(b) }), zone: zoneId(b) }
    case LOG.MARK: {
      const name = model.marks.names[a]!
      const plain = name.includes('.') ? name.split('.')[1]! : name
      const known = `night:mark:${plain}` as Word
      const text = known in w ? w[known] : names.mark(plain)
      return text === undefined ? undefined : { weight: 'turn', text }
    }
    case LOG.WAITS:
      return task('detail', w['night:waits'])
    case LOG.DEPARTS:
      return {
        weight: 'detail',
        text: filled(w['night:departs'], { officer: names.officer(a), task: names.task(b), zone: names.zone(x) }),
        task: names.taskId(b),
      }
    case LOG.ARRIVES:
      return { weight: 'detail', text: filled(w['night:arrives'], { officer: names.officer(a), zone: names.zone(b) }), zone: zoneId(b) }
    case LOG.BEGINS:
      return task('task', w['night:taskBegins'])
    case LOG.DONE:
      return task('task', w['night:taskDone'])
    case LOG.FAILED:
      return task('turn', w['night:taskFailed'])
    case LOG.FORGOTTEN:
      return task('turn', w['night:taskForgotten'])
    case LOG.SKIPPED:
      return task('detail', w['night:taskSkipped'])
    case LOG.DOOR:
      return { weight: b === 3 ? 'turn' : 'detail', text: filled(w[`night:door:${b}` as Word], { door: names.door(a) }) }
    case LOG.AGENCY:
      return { weight: 'turn', text: filled(w[`night:agency:${b}` as Word], { agency: names.agency(a) }) }
    case LOG.OFFICER:
      if (!(`night:officer:${b}` in w)) return undefined
      return {
        weight: b === 4 || b === 5 ? 'turn' : 'detail',
        text: filled(w[`night:officer:${b}` as Word], { officer: names.officer(a) }),
        zone: zoneId(x),
      }
    case LOG.LOST:
      return { weight: 'turn', text: filled(b === 1 ? w['night:lost'] : w['night:regained'], { zone: names.zone(a) }), zone: zoneId(a) }
    case LOG.SMOKE:
      return { weight: 'turn', text: filled(b === 1 ? w['night:smoky'] : w['night:clear'], { zone: names.zone(a) }), zone: zoneId(a) }
    case LOG.DARK:
      return { weight: 'detail', text: filled(b === 1 ? w['night:dark'] : w['night:lit'], { zone: names.zone(a) }), zone: zoneId(a) }
    case LOG.SOURCE:
      return { weight: 'turn', text: filled(b === 1 ? w['night:sourceAlive'] : w['night:sourceDead'], { source: names.source(a) }) }
    case LOG.SENSOR:
      return { weight: 'turn', text: filled(w['night:sensor'], { sensor: names.sensor(a) }) }
    case LOG.CORDON:
      return { weight: 'task', text: filled(w['night:cordon'], { zone: names.zone(a) }), zone: zoneId(a) }
    case LOG.MOVED:
      return a === b
        ? undefined
        : { weight: 'detail', text: filled(w['night:moved'], { count: x, from: names.zone(a), to: names.zone(b) }), zone: zoneId(a) }
    case LOG.NO_WAY:
      return { weight: 'turn', text: filled(w['night:noWay'], { task: names.task(a), zone: names.zone(b) }), task: names.taskId(a) }
    case LOG.SHIFT:
      return { weight: 'task', text: w['night:shift'] }
    case LOG.EVENT:
      return event(model.threats[a]!.kind, a, b, x, model, names, w)
    default:
      return undefined
  }
}

function event(kind: string, threat: number, what: number, x: number, model: Model, names: Names, w: Dictionary): Told {
  if (kind === 'fire' && what === 0) return undefined
  const template = w[`night:${kind}:${what}` as Word]
  if (template === undefined) return undefined
  const zone = kind === 'fire' ? names.zone(x) : ''
  const text = filled(template, { zone, count: x, stage: x + 1, step: kind === 'escape' ? names.step(threat, x) : '' })
  return { weight: 'turn', text, ...(kind === 'fire' && what < 4 ? { zone: model.zones.ids[x] ?? '' } : {}) }
}
