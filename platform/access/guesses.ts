/** How hard a password is to guess: asked by the server before it takes one, and by the page while one is written. */
import type { ZxcvbnFactory } from '@zxcvbn-ts/core'

const SHORTEST = 12
const LONGEST = 128
const FEWEST_LETTERS = 5

export interface Weight {
  /** Guesses that it would take. */
  readonly guesses: number
  /** Why it is not taken. */
  readonly fault?: { readonly expected: string; readonly found: string }
}

/** Length counts, not the kinds of characters. */
export async function weigh(password: string, login: string): Promise<Weight> {
  const length = [...password].length
  const plain = password.normalize('NFKC')
  const guesses = await guessesFor(plain, login)
  const refuse = (expected: string, found: string): Weight => ({ guesses, fault: { expected, found } })
  if (length < SHORTEST || length > LONGEST) return refuse(`${SHORTEST} to ${LONGEST} characters`, `${length}`)
  if (new Set(password.toLowerCase()).size < FEWEST_LETTERS)
    return refuse(`at least ${FEWEST_LETTERS} different characters`, 'the same few again')
  if (login !== '' && password.toLowerCase().includes(login.toLowerCase()))
    return refuse('a password without the sign-in name', 'the sign-in name in it')
  if (isCommon(plain) || guesses < FEWEST_GUESSES)
    return refuse('a password that is not made of the most common ones', 'words or rows of keys that everybody tries first')
  return { guesses }
}

/** Words, names and rows of keys that everybody tries first, of which lists from elsewhere lack those of here. */
const COMMON = [
  ...['password', 'passwort', 'passw0rd', 'parol', 'пароль', 'құпиясөз', 'сырсөз', 'secret', 'welcome', 'letmein', 'changeme', 'default'],
  ...['admin', 'administrator', 'админ', 'администратор', 'root', 'user', 'login', 'master', 'temp', 'test', 'начальник', 'governor'],
  ...['iloveyou', 'love', 'dragon', 'monkey', 'football', 'sunshine', 'princess', 'superman', 'batman', 'aman', 'prison', 'тюрьма'],
  ...['привет', 'privet', 'любовь', 'наташа', 'марина', 'сиздик', 'саламатсызбы'],
  ...['qwertyuiop', 'qwerty', 'asdfghjkl', 'asdfgh', 'asdf', 'zxcvbnm', 'zxcvbn', 'zxcv', 'qazwsx', 'zaqwsx'],
  ...['йцукенгшщзхъ', 'йцукен', 'фывапролджэ', 'фывапр', 'ячсмитьбю', 'ячсмить', 'йцу123', '1й2ц3у4к'],
  ...['1234567890', '123456789', '12345678', '1234567', '123456', '12345', '1234', '123', '0987654321', '987654321', '654321', '321'],
  ...['1q2w3e4r5t6y', '1q2w3e4r', '1qaz2wsx3edc', '1qaz2wsx', 'q1w2e3r4t5', 'q1w2e3r4', 'abcdefghijkl', 'abcdef', 'abcd', 'abc'],
  ...['kazakhstan', 'kyrgyzstan', 'tajikistan', 'uzbekistan', 'казахстан', 'қазақстан', 'кыргызстан', 'таджикистан', 'тоҷикистон'],
  ...['узбекистан', 'oʻzbekiston', 'россия', 'almaty', 'astana', 'bishkek', 'dushanbe', 'tashkent', 'алматы', 'астана', 'бишкек'],
  ...['душанбе', 'ташкент', 'тошкент'],
].sort((a, b) => b.length - a.length)
const LEET: Readonly<Record<string, string>> = { '@': 'a', '4': 'a', '3': 'e', '1': 'i', '!': 'i', '0': 'o', $: 's', '5': 's', '7': 't' }
/** Characters of a password that may be its own for it still to be made of common parts: a year, an exclamation mark. */
const OWN = 5

/** Whether little is left of a password once common parts are taken out of it, however many; also where letters are written as digits. */
function isCommon(password: string): boolean {
  const plain = password.toLowerCase()
  const left = (text: string) => COMMON.reduce((rest, part) => rest.replaceAll(part, ''), text).length
  return Math.min(left(plain), left(Array.from(plain, (c) => LEET[c] ?? c).join(''))) <= OWN
}

/** Guesses below which a password is found by trying what leaked hashes allow, slow as they are (Wheeler, zxcvbn, USENIX Security 2016: 10^10). */
export const FEWEST_GUESSES = 1e10

let strength: Promise<ZxcvbnFactory> | undefined

/** Guesses that it would take: leaked passwords, words, rows of keys, dates, repetitions, letters written as digits. */
async function guessesFor(password: string, login: string): Promise<number> {
  strength ??= estimator()
  return (await strength).check(password.slice(0, LONGEST), [login]).guesses
}

async function estimator(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  return new ZxcvbnFactory({ dictionary: { ...dictionary, local: COMMON }, graphs: adjacencyGraphs, maxLength: LONGEST })
}
