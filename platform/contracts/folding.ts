/** Search that does not mind how somebody writes: script, case, the many apostrophes of Uzbek, letters with marks. */

/** Cyrillic letters of our languages in Latin ones, as the Uzbek alphabet writes them; what sounds nearly alike becomes the same. */
const LATIN: Readonly<Record<string, string>> = {
  а: 'a',
  ә: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ғ: 'g',
  д: 'd',
  е: 'e',
  ё: 'yo',
  ж: 'j',
  ҷ: 'j',
  з: 'z',
  и: 'i',
  і: 'i',
  ӣ: 'i',
  й: 'y',
  к: 'k',
  қ: 'q',
  л: 'l',
  м: 'm',
  н: 'n',
  ң: 'n',
  о: 'o',
  ө: 'o',
  ў: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ү: 'u',
  ұ: 'u',
  ӯ: 'u',
  ф: 'f',
  х: 'x',
  ҳ: 'h',
  һ: 'h',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'sh',
  ъ: '',
  ы: 'i',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
}
const APOSTROPHES = /[ʻʼ'`‘’ʹ′]/g

/** The text as it is compared: small Latin letters and digits with single spaces between. */
export function folded(text: string): string {
  const plain = text.toLowerCase().replace(APOSTROPHES, '')
  const latin = Array.from(plain, (letter) => LATIN[letter] ?? letter).join('')
  return latin
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ye/g, 'e')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Whether every word of `query` begins some word of one of `texts`. */
export function matches(query: string, texts: readonly string[]): boolean {
  const words = texts.map((text) => ` ${folded(text)}`)
  return folded(query)
    .split(' ')
    .every((word) => word === '' || words.some((text) => text.includes(` ${word}`)))
}
