/** Parts of a plan in the words of people: what a task waits for, who it needs, how long it lasts, what it changes. */
import type { Distribution } from '@aman/kernel/random/distribution'
import type { Condition, Effect, Need, Work } from '@aman/kernel/world/scene'
import { either, numberIn, type Text, textIn } from '../contracts/languages.ts'
import type { TaskDocument } from '../packs/kinds/plan.ts'
import { Z95 } from '../packs/shapes.ts'
import { timeIn } from './measures.ts'

type Titles = Readonly<Record<string, { readonly title?: Text | undefined } | undefined>>

/** What ids stand for, as far as it is known; others are shown as they are. */
export interface Things {
  readonly tasks?: Titles
  readonly zones?: Titles
  readonly doors?: Titles
  readonly agencies?: Titles
  readonly sources?: Titles
}

const MARKS: Readonly<Record<string, Text>> = {
  detected: { en: 'it has been noticed', ru: 'обнаружено' },
  alarm: { en: 'the alarm has been raised', ru: 'объявлена тревога' },
  confirmed: { en: 'it is confirmed', ru: 'подтверждено' },
  command: { en: 'command has been taken', ru: 'принято руководство' },
  contained: { en: 'it is contained', ru: 'локализовано' },
  resolved: { en: 'it is over', ru: 'завершено' },
  briefed: { en: 'the unit has been briefed', ru: 'отряду поставлена задача' },
}

const AGENCY_MARKS: readonly (readonly [string, Text])[] = [
  ['-called', { en: '{it} has been called', ru: '{it}: вызов сделан' }],
  ['-arrived', { en: '{it} is at the gate', ru: '{it}: прибытие к воротам' }],
  ['-admitted', { en: '{it} is inside', ru: '{it}: на территории' }],
]

export class Wording {
  readonly #things: Things
  readonly #language: string

  constructor(things: Things, language: string) {
    this.#things = things
    this.#language = language
  }

  #say(en: string, ru: string): string {
    return either(this.#language, en, ru)
  }

  #name(of: keyof Things, id: string): string {
    const title = this.#things[of]?.[id]?.title
    return title === undefined ? id : textIn(title, this.#language)
  }

  #time(seconds: number): string {
    return timeIn(seconds, this.#language)
  }

  place(id: string): string {
    const known: Readonly<Record<string, Text>> = {
      incident: { en: 'where it happens', ru: 'на месте происшествия' },
      adjacent: { en: 'next to where it happens', ru: 'рядом с местом происшествия' },
      post: { en: 'at their post', ru: 'на своём посту' },
    }
    return known[id] === undefined ? this.#name('zones', id) : textIn(known[id], this.#language)
  }

  mark(id: string): string {
    const known = MARKS[id]
    if (known !== undefined) return textIn(known, this.#language)
    for (const [ending, text] of AGENCY_MARKS)
      if (id.endsWith(ending)) return textIn(text, this.#language).replace('{it}', this.#name('agencies', id.slice(0, -ending.length)))
    return this.#say(`“${id.replaceAll('-', ' ')}” has come about`, `наступило «${id.replaceAll('-', ' ')}»`)
  }

  task(id: string): string {
    return this.#name('tasks', id)
  }

  /** What must be before it begins. */
  begins({ after, when, or }: TaskDocument): string {
    const all = [...after.map((task) => this.condition({ kind: 'task', task, outcome: 'done' })), ...when.map((one) => this.condition(one))]
    const any = or.map((one) => this.condition(one)).join('; ')
    return [...all, ...(any === '' ? [] : [this.#say(`and one of: ${any}`, `и одно из: ${any}`)])].join('; ')
  }

  /** Who and what it needs, and where. */
  asks({ needs, equipment, place }: TaskDocument): string {
    return [...needs.map((need) => this.need(need)), ...equipment.map((id) => id.replaceAll('-', ' ')), this.place(place)].join('; ')
  }

  /** What it changes, from when it begins. */
  does({ work, 'at-start': first, then: last }: TaskDocument): string {
    return [...(work === undefined ? [] : [this.work(work)]), ...[...first, ...last].map((one) => this.effect(one))].join('; ')
  }

  condition(c: Condition): string {
    switch (c.kind) {
      case 'mark':
        return this.mark(c.mark)
      case 'task': {
        const task = this.task(c.task)
        const outcome = {
          done: this.#say('is done', 'выполнена'),
          failed: this.#say('has failed', 'не удалась'),
          ended: this.#say('has ended', 'закончена'),
          started: this.#say('has begun', 'начата'),
        }[c.outcome]
        return this.#say(`“${task}” ${outcome}`, `задача «${task}» ${outcome}`)
      }
      case 'elapsed':
        return this.#say(
          `${this.#time(c.seconds)} after ${this.mark(c.since)}`,
          `${this.#time(c.seconds)} после того, как ${this.mark(c.since)}`,
        )
      case 'measure': {
        const what = c.measure.replaceAll('-', ' ')
        const number = (value: number) => numberIn(value, 2, this.#language)
        return c.above === undefined
          ? this.#say(`${what} is below ${number(c.below!)}`, `${what} ниже ${number(c.below!)}`)
          : this.#say(`${what} is above ${number(c.above)}`, `${what} выше ${number(c.above)}`)
      }
    }
  }

  need({ skill, count, key, breathing, shielded }: Need): string {
    const more = [
      key === undefined ? '' : this.#say(`key ${key}`, `ключ ${key}`),
      breathing === true ? this.#say('breathing apparatus', 'дыхательный аппарат') : '',
      shielded === true ? this.#say('shield', 'щит') : '',
    ].filter((part) => part !== '')
    return `${count} × ${skill.replaceAll('-', ' ')}${more.length > 0 ? ` (${more.join(', ')})` : ''}`
  }

  duration(d: Distribution): string {
    const t = (seconds: number) => this.#time(seconds)
    const rare = ({ median, sigma }: { median: number; sigma: number }) => median * Math.exp(Z95 * sigma)
    switch (d.kind) {
      case 'fixed':
        return d.value === 0 ? this.#say('at once', 'сразу') : t(d.value)
      case 'lognormal':
        return this.#say(`usually ${t(d.median)}, rarely more than ${t(rare(d))}`, `обычно ${t(d.median)}, редко больше ${t(rare(d))}`)
      case 'uniform':
        return `${t(d.low)} – ${t(d.high)}`
      case 'triangular':
      case 'pert':
        return this.#say(`${t(d.low)} to ${t(d.high)}, most often ${t(d.mode)}`, `от ${t(d.low)} до ${t(d.high)}, чаще всего ${t(d.mode)}`)
      case 'exponential':
        return this.#say(`${t(d.mean)} on average`, `в среднем ${t(d.mean)}`)
      case 'normal':
        return `${t(d.mean)} ± ${t(d.sd)}`
      case 'mixture':
        return d.parts.map((part) => this.duration(part.of)).join(this.#say(' or ', ' или '))
      default:
        return this.#say('as measured', 'как измерено')
    }
  }

  effect(e: Effect): string {
    const say = this.#say.bind(this)
    const zones = (ids: readonly string[]) => ids.map((id) => (id === 'all' ? say('everywhere', 'везде') : this.place(id))).join(', ')
    switch (e.kind) {
      case 'mark':
        return say(`from then on: ${this.mark(e.mark)}`, `с этого момента: ${this.mark(e.mark)}`)
      case 'doors': {
        const which = [...e.doors.map((id) => this.#name('doors', id)), ...e.zones.map((id) => this.place(id))].join(', ')
        const does = { open: say('opens', 'открывает'), closed: say('closes', 'закрывает'), locked: say('locks', 'запирает') }[e.to]
        return say(`${does} doors: ${which}`, `${does} двери: ${which}`)
      }
      case 'call':
        return say(`calls ${this.#name('agencies', e.agency)}`, `вызывает: ${this.#name('agencies', e.agency)}`)
      case 'admit':
        return say(`lets in ${this.#name('agencies', e.agency)}`, `впускает: ${this.#name('agencies', e.agency)}`)
      case 'cordon':
        return say(`cordons off ${this.place(e.zone)}`, `оцепляет: ${this.place(e.zone)}`)
      case 'scale':
        return say(
          `changes “${e.parameter}” of the threat by × ${e.by}`,
          `меняет «${e.parameter}» угрозы в ${numberIn(e.by, 2, this.#language)} раза`,
        )
      case 'confine':
        return say(`locks people in: ${zones(e.zones)}`, `запирает людей в камерах: ${zones(e.zones)}`)
      case 'release':
        return say(`ends the locking-in: ${zones(e.zones)}`, `снимает запирание: ${zones(e.zones)}`)
      case 'withdraw':
        return say(`withdraws staff from ${this.place(e.zone)}`, `отводит сотрудников: ${this.place(e.zone)}`)
      case 'ventilate':
        return say(`lets air through ${this.place(e.zone)}`, `проветривает: ${this.place(e.zone)}`)
      case 'intercept':
        return say('whoever is on the way out is stopped', 'останавливает бегущих')
      case 'look':
        return say('looks again', 'проверяет ещё раз')
      case 'assault':
        return say('entry by force', 'штурм')
      case 'restore':
        return say(`${this.#name('sources', e.source)} works again`, `снова работает: ${this.#name('sources', e.source)}`)
      case 'start-source':
        return say(`tries to start ${this.#name('sources', e.source)}`, `пробует запустить: ${this.#name('sources', e.source)}`)
      case 'test':
        return say(`everybody is tested every ${this.#time(e.every)}`, `всех проверяют каждые ${this.#time(e.every)}`)
      case 'isolate':
        return say(`${e.places} places for isolation`, `мест для изоляции: ${e.places}`)
      case 'visits':
        return e.open ? say('visits take place', 'свидания проводятся') : say('visits are stopped', 'свидания прекращаются')
    }
  }

  work(w: Work): string {
    const say = this.#say.bind(this)
    switch (w.kind) {
      case 'hold':
        return say(`stays until ${this.mark(w.until)}`, `остаётся, пока не ${this.mark(w.until)}`)
      case 'unlock':
        return say(
          `unlocks the cells of ${this.place(w.zone)}, people go to: ${this.place(w.to)}`,
          `отпирает камеры: ${this.place(w.zone)}; люди идут: ${this.place(w.to)}`,
        )
      case 'lock-up':
        return say(`locks the cells of ${this.place(w.zone)}`, `запирает камеры: ${this.place(w.zone)}`)
      case 'evacuate':
        return say(
          `leads people from ${this.place(w.zone)} to: ${this.place(w.to)}`,
          `выводит людей: ${this.place(w.zone)} → ${this.place(w.to)}`,
        )
      case 'rescue':
        return say(
          `carries people from ${this.place(w.zone)} to: ${this.place(w.to)}`,
          `выносит людей: ${this.place(w.zone)} → ${this.place(w.to)}`,
        )
      case 'fight-fire':
        return say('fights the fire', 'тушит пожар')
      case 'negotiate':
        return say(`negotiates until ${this.mark(w.until)}`, `ведёт переговоры, пока не ${this.mark(w.until)}`)
    }
  }
}
