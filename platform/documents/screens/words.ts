/** Names of the fields of documents, and their values, for people who do not read YAML. */
import type { Raw } from '../../packs/parse.ts'

/** Fields by their key in the file; what is not here is shown as it is written. */
const FIELDS = new Map<string, readonly [en: string, ru: string]>([
  ['tasks', ['task', 'задача']],
  ['zones', ['zone', 'зона']],
  ['doors', ['door', 'дверь']],
  ['posts', ['post', 'пост']],
  ['sensors', ['sensor', 'датчик']],
  ['shifts', ['on shift', 'в смене']],
  ['threats', ['threat', 'угроза']],
  ['options', ['option', 'вариант']],
  ['agencies', ['outside help', 'внешняя помощь']],
  ['equipment', ['equipment', 'оснащение']],
  ['key-sets', ['key set', 'связка ключей']],
  ['keys', ['keys', 'ключи']],
  ['key', ['key', 'ключ']],
  ['duration', ['duration', 'длительность']],
  ['after', ['waits for', 'ждёт']],
  ['when', ['begins when', 'начинается, когда']],
  ['or', ['or when', 'или когда']],
  ['needs', ['needs', 'нужны']],
  ['place', ['place', 'место']],
  ['priority', ['priority', 'приоритет']],
  ['then', ['then', 'затем']],
  ['level', ['level of command', 'уровень управления']],
  ['work', ['work', 'работа']],
  ['forgotten', ['forgotten', 'забывают']],
  ['remembered', ['remembered after', 'вспоминают через']],
  ['fails', ['fails', 'не удаётся']],
  ['success', ['success', 'успех']],
  ['text', ['text', 'текст']],
  ['guidance', ['guidance', 'указания']],
  ['question', ['question', 'вопрос']],
  ['title', ['title', 'название']],
  ['purpose', ['purpose', 'цель']],
  ['version', ['version', 'версия']],
  ['between', ['between', 'между']],
  ['capacity', ['capacity', 'вместимость']],
  ['occupants', ['people', 'людей']],
  ['usually', ['usually', 'обычно']],
  ['rarely-over', ['rarely more than', 'редко больше']],
  ['skill', ['skill', 'навык']],
  ['count', ['number', 'число']],
  ['breathing', ['with breathing apparatus', 'с дыхательным аппаратом']],
  ['measure', ['measure', 'показатель']],
  ['at-most', ['at most', 'не более']],
  ['at-least', ['at least', 'не менее']],
  ['mark', ['mark', 'отметка']],
  ['done', ['done', 'выполнено']],
  ['elapsed', ['elapsed', 'прошло']],
  ['since', ['since', 'с момента']],
  ['chance', ['chance', 'вероятность']],
  ['night', ['night', 'ночь']],
  ['day', ['day', 'день']],
  ['evening', ['evening', 'вечер']],
  ['standard', ['standard', 'норма']],
  ['assumption', ['assumption', 'допущение']],
  ['assumptions', ['assumption', 'допущение']],
  ['sources', ['source', 'источник']],
  ['source', ['source', 'источник']],
])

export function fieldName(key: string, language: string): string {
  const known = FIELDS.get(key)
  return known === undefined ? key : known[language === 'en' ? 0 : 1]
}

/** A value as one line: "usually 20 s, rarely more than 60 s". */
export function inWords(value: Raw, language: string): string {
  if (value === null) return '–'
  if (Array.isArray(value)) return value.length === 0 ? '–' : (value as readonly Raw[]).map((part) => inWords(part, language)).join('; ')
  if (typeof value === 'object') {
    const entries = Object.entries(value as Readonly<Record<string, Raw>>)
    // A text in several languages is that text.
    if (entries.length > 0 && entries.every(([key, part]) => /^[a-z]{2}(-[A-Z][a-z]+)?$/.test(key) && typeof part === 'string')) {
      const texts = Object.fromEntries(entries) as Record<string, string>
      return texts[language] ?? texts.en ?? (entries[0]![1] as string)
    }
    return entries.map(([key, part]) => `${fieldName(key, language)} ${inWords(part, language)}`).join(', ')
  }
  if (typeof value === 'boolean') return value ? '✓' : '–'
  return String(value)
}
