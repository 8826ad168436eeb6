/** aman replay */
import { type Language, textIn } from '../contracts/languages.ts'
import { story } from '../plans/story.ts'
import { recordNight } from '../runs/record.ts'
import { wordsOf } from '../words/dictionary.ts'
import { print, printJson } from './console.ts'
import { choicesOf, type StudyOptions } from './options.ts'
import { findStudy, prepareStudy } from './studies.ts'
import { quantity } from './words.ts'

export interface ReplayOptions extends Omit<StudyOptions, 'threads'> {
  readonly replication: number
  readonly details: boolean
  readonly language: Language
}

export async function replayCommand(name: string, options: ReplayOptions): Promise<number> {
  const found = findStudy(name, options.pack)
  const { prepared } = prepareStudy(found, choicesOf({ ...options, threads: 1 }))
  const { model, documents } = prepared
  const night = recordNight(model, options.seed, options.replication)
  const lines = story(night.lines, model, documents, options.language, await wordsOf(options.language))
  const outcomes = Object.fromEntries(model.measures.map((m, k) => [m.name, night.outcomes[k]!]))
  if (options.json) {
    printJson({
      study: found.entry.id,
      seed: options.seed,
      replication: options.replication,
      onset: clockOf(night.onset),
      outcomes,
      events: lines,
    })
    return 0
  }
  print(`${textIn(found.entry.title, options.language)} · ${options.replication}`)
  print()
  for (const line of lines) if (options.details || line.weight !== 'detail') print(`${clockOf(night.onset + line.time)}  ${line.text}`)
  print()
  for (const [k, m] of model.measures.entries()) {
    const value = night.outcomes[k]!
    if (value !== 0 && value < Infinity) print(`${m.name}: ${quantity(value, m.unit)}`)
  }
  return 0
}

/** Time of day of a second of the week. */
function clockOf(second: number): string {
  const s = ((second % 86_400) + 86_400) % 86_400
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0')
  return `${two(s / 3600)}:${two((s % 3600) / 60)}:${two(s % 60)}`
}
