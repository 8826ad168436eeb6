/** Parts of a plan in the words of people: what a task waits for, who it needs, how long it lasts, what it changes. */
import type { Distribution } from '@aman/kernel/random/distribution'
import type { Condition, Effect, Need, Work } from '@aman/kernel/world/scene'
import { numberIn, type Text, textIn } from '../contracts/languages.ts'
import type { TaskDocument } from '../packs/kinds/plan.ts'
import { Z95 } from '../packs/shapes.ts'
import { type Dictionary, filled, type Word } from '../words/dictionary.ts'
import { timeIn } from './measures.ts'
import { skillIn, thingIn } from './skill-names.ts'

type Titles = Readonly<Record<string, { readonly title?: Text | undefined } | undefined>>

/** What ids stand for, as far as it is known; others are shown as they are. */
export interface Things {
  readonly tasks?: Titles
  readonly zones?: Titles
  readonly doors?: Titles
  readonly agencies?: Titles
  readonly sources?: Titles
  readonly marks?: Titles
  readonly equipment?: Titles
}

type Phrase = Extract<Word, `plan:${string}`> extends `plan:${infer Key}` ? Key : never

/** Marks that come about by themselves. */
const MARKS: readonly string[] = ['detected', 'contained', 'resolved']

export class Wording {
  readonly #things: Things
  readonly #language: string
  readonly #words: Dictionary

  constructor(things: Things, language: string, words: Dictionary) {
    this.#things = things
    this.#language = language
    this.#words = words
  }

  #say(phrase: Phrase, parts: Readonly<Record<string, string | number>> = {}): string {
    return filled(this.#words[`plan:${phrase}`], parts)
  }

  #name(of: keyof Things, id: string): string {
    const title = this.#things[of]?.[id]?.title
    return title === undefined ? id : textIn(title, this.#language)
  }

  #time(seconds: number): string {
    return timeIn(seconds, this.#language)
  }

  place(id: string): string {
    if (id === 'incident' || id === 'adjacent' || id === 'post') return this.#say(id)
    // What every establishment has, where it is not known which zone that is.
    const common = `place-${id}` as Word
    return this.#things.zones?.[id] === undefined && common in this.#words ? this.#words[common] : this.#name('zones', id)
  }

  mark(id: string): string {
    const titled = this.#things.marks?.[id]?.title
    if (titled !== undefined) return textIn(titled, this.#language)
    if (MARKS.includes(id)) return this.#say(`mark-${id}` as Phrase)
    const [, agency, step] = /^(.+)-(called|arrived|admitted)$/.exec(id) ?? []
    if (step !== undefined) return this.#say(step as Phrase, { it: this.#name('agencies', agency!) })
    return this.#say('come-about', { it: id.replaceAll('-', ' ') })
  }

  task(id: string): string {
    return this.#name('tasks', id)
  }

  /** What must be before it begins. */
  begins({ after, when, or }: TaskDocument): string {
    const all = [...after.map((task) => this.condition({ kind: 'task', task, outcome: 'done' })), ...when.map((one) => this.condition(one))]
    const any = or.map((one) => this.condition(one)).join('; ')
    return [...all, ...(any === '' ? [] : [this.#say('one-of', { any })])].join('; ')
  }

  thing(id: string): string {
    const title = this.#things.equipment?.[id]?.title
    return title === undefined ? thingIn(id, this.#language) : textIn(title, this.#language)
  }

  /** Who and what it needs, and where. */
  asks({ needs, equipment, place }: TaskDocument): string {
    return [...needs.map((need) => this.need(need)), ...equipment.map((id) => this.thing(id)), this.place(place)].join('; ')
  }

  /** What it changes, from when it begins. */
  does({ work, 'at-start': first, then: last }: TaskDocument): string {
    return [...(work === undefined ? [] : [this.work(work)]), ...[...first, ...last].map((one) => this.effect(one))].join('; ')
  }

  condition(c: Condition): string {
    switch (c.kind) {
      case 'mark':
        return this.mark(c.mark)
      case 'task':
        return this.#say(c.outcome, { task: this.task(c.task) })
      case 'elapsed':
        return this.#say('elapsed', { time: this.#time(c.seconds), mark: this.mark(c.since) })
      case 'measure': {
        const which = c.above === undefined ? 'below' : 'above'
        return this.#say(which, { what: c.measure.replaceAll('-', ' '), number: numberIn(c[which]!, 2, this.#language) })
      }
    }
  }

  need({ skill, count, key, breathing, shielded }: Need): string {
    const more = [
      key === undefined ? '' : this.#say('key', { key: thingIn(key, this.#language) }),
      breathing === true ? this.#say('breathing') : '',
      shielded === true ? this.#say('shield') : '',
    ].filter((part) => part !== '')
    return `${count} × ${skillIn(skill, this.#language)}${more.length > 0 ? ` (${more.join(', ')})` : ''}`
  }

  /** How long it takes, and within what it is to be done. */
  lasts({ duration, deadline }: Pick<TaskDocument, 'duration' | 'deadline'>): string {
    return [this.duration(duration), ...(deadline === undefined ? [] : [this.#say('within', { time: this.#time(deadline) })])].join('; ')
  }

  duration(d: Distribution): string {
    const t = (seconds: number) => this.#time(seconds)
    switch (d.kind) {
      case 'fixed':
        return d.value === 0 ? this.#say('at-once') : t(d.value)
      case 'lognormal':
        return this.#say('usually', { usual: t(d.median), rare: t(d.median * Math.exp(Z95 * d.sigma)) })
      case 'uniform':
        return `${t(d.low)} – ${t(d.high)}`
      case 'triangular':
      case 'pert':
        return this.#say('between', { low: t(d.low), high: t(d.high), mode: t(d.mode) })
      case 'exponential':
        return this.#say('mean', { mean: t(d.mean) })
      case 'normal':
        return `${t(d.mean)} ± ${t(d.sd)}`
      case 'mixture':
        return d.parts.map((part) => this.duration(part.of)).join(this.#say('or'))
      default:
        return this.#say('measured')
    }
  }

  effect(e: Effect): string {
    const zones = (ids: readonly string[]) => ids.map((id) => (id === 'all' ? this.#say('everywhere') : this.place(id))).join(', ')
    switch (e.kind) {
      case 'mark':
        return this.#say('from-then', { mark: this.mark(e.mark) })
      case 'doors': {
        const which = [...e.doors.map((id) => this.#name('doors', id)), ...e.zones.map((id) => this.place(id))].join(', ')
        return this.#say(({ open: 'opens', closed: 'closes', locked: 'locks' } as const)[e.to], { which })
      }
      case 'call':
        return this.#say('calls', { agency: this.#name('agencies', e.agency) })
      case 'admit':
        return this.#say('lets-in', { agency: this.#name('agencies', e.agency) })
      case 'cordon':
        return this.#say('cordons', { zone: this.place(e.zone) })
      case 'scale':
        return this.#say('scales', { parameter: e.parameter, by: numberIn(e.by, 2, this.#language) })
      case 'confine':
        return this.#say('confines', { zones: zones(e.zones) })
      case 'release':
        return this.#say('releases', { zones: zones(e.zones) })
      case 'withdraw':
        return this.#say('withdraws', { zone: this.place(e.zone) })
      case 'ventilate':
        return this.#say('ventilates', { zone: this.place(e.zone) })
      case 'intercept':
        return this.#say('intercepts')
      case 'look':
        return this.#say('looks')
      case 'assault':
        return this.#say('assaults')
      case 'restore':
        return this.#say('restores', { source: this.#name('sources', e.source) })
      case 'start-source':
        return this.#say('starts', { source: this.#name('sources', e.source) })
      case 'test':
        return this.#say('tests', { time: this.#time(e.every) })
      case 'isolate':
        return this.#say('isolates', { places: e.places })
      case 'visits':
        return this.#say(e.open ? 'visits-open' : 'visits-closed')
    }
  }

  work(w: Work): string {
    switch (w.kind) {
      case 'hold':
        return this.#say('holds', { mark: this.mark(w.until) })
      case 'unlock':
        return this.#say('unlocks', { zone: this.place(w.zone), to: this.place(w.to) })
      case 'lock-up':
        return this.#say('locks-up', { zone: this.place(w.zone) })
      case 'evacuate':
        return this.#say('leads', { zone: this.place(w.zone), to: this.place(w.to) })
      case 'rescue':
        return this.#say('carries', { zone: this.place(w.zone), to: this.place(w.to) })
      case 'fight-fire':
        return this.#say('fights')
      case 'negotiate':
        return this.#say('negotiates', { mark: this.mark(w.until) })
    }
  }
}
