/** Uzbek in Cyrillic letters from Uzbek in Latin ones, by the rules of its two alphabets. */

/** Longer before shorter. Turned comma ʻ (U+02BB) and modifier apostrophe ʼ (U+02BC), and what people type instead of them. */
const PAIRS: readonly (readonly [string, string])[] = [
  ['oʻ', 'ў'],
  ['gʻ', 'ғ'],
  ['sh', 'ш'],
  ['ch', 'ч'],
  ['yo', 'ё'],
  ['yu', 'ю'],
  ['ya', 'я'],
  ['ye', 'е'],
  ['ts', 'ц'],
  ['a', 'а'],
  ['b', 'б'],
  ['d', 'д'],
  ['e', 'е'],
  ['f', 'ф'],
  ['g', 'г'],
  ['h', 'ҳ'],
  ['i', 'и'],
  ['j', 'ж'],
  ['k', 'к'],
  ['l', 'л'],
  ['m', 'м'],
  ['n', 'н'],
  ['o', 'о'],
  ['p', 'п'],
  ['q', 'қ'],
  ['r', 'р'],
  ['s', 'с'],
  ['t', 'т'],
  ['u', 'у'],
  ['v', 'в'],
  ['x', 'х'],
  ['y', 'й'],
  ['z', 'з'],
  ['ʼ', 'ъ'],
]
const LETTERS = new Map(PAIRS)
/** Words from Russian that keep their soft sign, which Latin letters do not write. */
const SOFT = /(?<!\{)\b(parol|model|rol)(?![\p{L}ʻʼ])/giu
/** Names that stay as they are, and units of measure. */
const NAME =
  '\\b(?:GeoJSON|IMDF|JSON|YAML|Excel|Word|PDF|PIN|CC-BY-4\\.0|CC0-1\\.0|localhost|Delete|Shift|PostgreSQL|root|Tab|admit|horizon)\\b'
/** What is typed as it stands: in straight quotation marks, in brackets, settings, commands, files. */
const TYPED =
  '"[^"]*"|\\baman (?:packs \\w+|help|new \\w+ ID)|\\bkind: \\w+|\\((?:id|title|types|alias|mark|horizon|admission|log)\\)|\\b[A-Z]+(?:_[A-Z]+)+(?:=\\S*\\w)?|\\b(?:PORT=\\d+ )?npm (?:ci|start)\\b|\\b\\w+\\.yaml\\b'
const PART = new RegExp(`\\{[^}]*\\}|${TYPED}|${NAME}|oʻ|gʻ|sh|ch|yo(?!ʻ)|yu|ya|ye|ts(?=iya|ion|enz)|[a-z]|ʼ`, 'giu')

/** `text` in Cyrillic letters; placeholders in braces stay. */
export function inCyrillic(text: string): string {
  return text
    .replace(SOFT, '$1ь')
    .replace(/[`'‘’](?=\p{L}|$)/gu, 'ʻ')
    .replace(PART, (part, at: number, whole: string) => {
      if (part.startsWith('{') || (part.length > 2 && !LETTERS.has(part.toLowerCase()))) return part
      const lower = part.toLowerCase()
      const begins = at === 0 || !/[\p{L}ʻʼ]/u.test(whole[at - 1]!)
      // At the beginning of a word and after a vowel, e is э.
      const after = at > 0 && /[aeiouʻ]/i.test(whole[at - 1]!)
      const letter = lower === 'e' && (begins || after) ? 'э' : LETTERS.get(lower)
      if (letter === undefined) return part
      return part[0] === part[0]!.toLowerCase() ? letter : letter.toUpperCase()
    })
}
