/** What was expected where something is wrong, in the language of whoever reads it. Checks say it in English with ids and numbers filled in;
 * here what they have filled in is found again. */
import type { Language } from '../contracts/languages.ts'
import { inCyrillic } from '../contracts/uzbek.ts'

/** What checks say, what is filled in in braces; of two that fit, the first is meant. */
export const EXPECTED = [
  'at least {n} and at most {most}',
  'more than {n} and at most {most}',
  'at most {n} doors between two zones',
  'at most {n} zones',
  'at most {n} doors',
  'at most {n} shifts',
  'at most {n} people',
  'at most {n} skills',
  'at most {n} key classes',
  'at most {n} threats',
  'at most {n} tasks',
  'at most {n} documents',
  '{name}: at most {n} bytes',
  'at most {n} bytes',
  'at least one part of the day',
  'two different zones',
  'a state for {list}',
  'how long the battery lasts',
  'a zone of the facility, or one of {list}',
  "a way from '{zone}' through doors that somebody can open",
  'at least one threat',
  'when this threat is set off (only the first starts by itself)',
  'a plan for {list}',
  'a plan that answers {threat}',
  'at least one {thing}',
  '{n} × {skill} on at least one shift, or from outside',
  'tasks that can begin one after another',
  'a mark that comes about by itself or that a task sets',
  'a parameter of the threat: {list}',
  'it has none',
  'a time, such as 40 min',
  'somebody on duty at every hour of the week',
  '{n} × {skill} on duty at {time}',
  '{skill} with key {key} and breathing apparatus and shields',
  '{skill} with key {key} and breathing apparatus',
  '{skill} with key {key} and shields',
  '{skill} with breathing apparatus and shields',
  '{skill} with key {key}',
  '{skill} with breathing apparatus',
  '{skill} with shields',
  'a task with {effect}',
  'a way from the gate for {who}, without keys',
  'a way from the gate for {who}, with key {keys}',
  'a zone inside the perimeter',
  'a way to {zone} that the keys of somebody who can do this open',
  'at least the {n} s within which {mark} is to come about',
  'source: or assumption:, here or on the part that contains it',
  'source: or assumption: beside the value',
  'source: or assumption: in the step',
  'an entry in {section} of this document',
  'shares that add up to 1',
  'either above: or below:',
  '2 to 99 small Latin letters, digits or . _ @ + -',
  'small Latin letters, digits and hyphens',
  'a text in English: { en: … }',
  'a {dimension}, such as {example}',
  'a {dimension} or how it varies',
  'time',
  'length',
  'area',
  'volume',
  'speed',
  'heat',
  'energy',
  'fire growth',
  'heat of combustion',
  'rate',
  'air changes',
  'door flow',
  'extinction',
  'people',
  'visits',
  'share',
  'hours and minutes, such as "22:45"',
  '{what}, in one of the forms {list}',
  'a mark, or a condition',
  'a skill, or a need',
  'an effect',
  'work',
  'from the smallest to the largest',
  '"rarely-over" larger than "usually"',
  'a number, a time, a heat or a number of persons',
  'an id of its own',
  'a document',
  'a file',
  'a {kind}: {list}',
  'there is none',
  'one of the fields of this part (see docs/schema)',
  'something that is defined',
  'zones with cells, for a fire with seat: cell',
  'true or false',
  'a mapping',
  'a list',
  'text like {pattern}',
  'text',
  'a plain number',
  'a whole number',
  'another form',
  'another value',
  '{least} to {most} characters',
  'at least {n} characters',
  'at most {n} characters',
  'a day, such as {example}',
  'a moment, such as {example}',
  'an id',
  'at least {n} different characters',
  'a password without the sign-in name',
  'a password that is not made of the most common ones',
  'an Ed25519 key',
  'one document of kind: pack',
  'one document',
  'a key and a signature',
  'what was signed',
  'each document once',
  'one of {list}',
  'more than {n}',
  'less than {n}',
  'at least {n}',
  'at most {n}',
] as const

export type Expectations = Readonly<Record<(typeof EXPECTED)[number], string>>

/** What is expected, in a language; undefined: as it is said. */
export async function expectationsOf(language: Language): Promise<Expectations | undefined> {
  switch (language) {
    case 'en':
      return undefined
    case 'ru':
      return (await import('./expected/ru.ts')).EXPECTED_RU
    case 'kk':
      return (await import('./expected/kk.ts')).EXPECTED_KK
    case 'ky':
      return (await import('./expected/ky.ts')).EXPECTED_KY
    case 'tg':
      return (await import('./expected/tg.ts')).EXPECTED_TG
    case 'uz-Latn':
      return (await import('./expected/uz-latn.ts')).EXPECTED_UZ_LATN
    case 'uz-Cyrl': {
      const latin = Object.entries((await import('./expected/uz-latn.ts')).EXPECTED_UZ_LATN)
      return Object.fromEntries(latin.map(([said, text]) => [said, inCyrillic(text)])) as Expectations
    }
  }
}

const SLOT = /\{(\w+)\}/g
const PATTERNS = EXPECTED.map((said) => ({
  said,
  slots: [...said.matchAll(SLOT)].map(([, name]) => name!),
  pattern: new RegExp(
    `^${said
      .split(SLOT)
      .map((part, k) => (k % 2 === 1 ? '(.+?)' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
      .join('')}$`,
    's',
  ),
}))

/** What is filled in here may be a saying of its own; elsewhere it is an id or a number. */
const SAYINGS = new Set(['dimension', 'what', 'skill', 'list'])

/** What was expected, in the language of `words`; as it was said where nobody has put it in that language. */
export function expectedIn(words: Expectations | undefined, expected: string): string {
  if (words === undefined) return expected
  for (const { said, slots, pattern } of PATTERNS) {
    const found = pattern.exec(expected)
    if (found === null) continue
    const filled = (name: string, k: number) => (SAYINGS.has(name) ? expectedIn(words, found[k + 1]!) : found[k + 1]!)
    return slots.reduce((text, name, k) => text.replace(`{${name}}`, () => filled(name, k)), words[said])
  }
  return expected
}
