/** Passwords: what is asked of them, and how they are kept. */
import { hash, verify } from '@node-rs/argon2'
import type { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { InputError } from '../contracts/errors.ts'

/** OWASP Password Storage Cheat Sheet: argon2id (the library's default kind) with 19 MiB, two passes, one lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
const SHORTEST = 12
const LONGEST = 128
const FEWEST_LETTERS = 5

/** Hash of a password. Throws {@link InputError} if it is too easily guessed: length counts, not the kinds of characters. */
export async function hashPassword(password: string, login: string): Promise<string> {
  const refuse = (expected: string, found: string): never => {
    throw new InputError([{ code: 'password-weak', path: ['password'], expected, found }])
  }
  const length = [...password].length
  if (length < SHORTEST || length > LONGEST) refuse(`${SHORTEST} to ${LONGEST} characters`, `${length}`)
  if (new Set(password.toLowerCase()).size < FEWEST_LETTERS) refuse(`at least ${FEWEST_LETTERS} different characters`, 'the same few again')
  if (password.toLowerCase().includes(login.toLowerCase())) refuse('a password without the sign-in name', 'the sign-in name in it')
  if ((await guessesFor(password.normalize('NFKC'), login)) < FEWEST_GUESSES)
    refuse('a password that is not made of the most common ones', 'words or rows of keys that everybody tries first')
  return hash(password.normalize('NFKC'), PARAMETERS)
}

/** What somebody here would try first and lists from elsewhere do not have, the likeliest first. */
const LOCAL = [
  ...['пароль', 'parol', 'құпиясөз', 'сырсөз', 'админ', 'администратор', 'начальник', 'тюрьма', 'prison', 'governor', 'aman'],
  ...['привет', 'privet', 'любовь', 'наташа', 'марина', 'саламатсызбы', 'сиздик', 'passwort'],
  ...['йцукенгшщзхъ', 'йцукен', 'фывапролджэ', 'фывапр', 'ячсмитьбю', 'ячсмить', 'йцу123', '1й2ц3у4к'],
  ...['казахстан', 'қазақстан', 'кыргызстан', 'таджикистан', 'тоҷикистон', 'узбекистан', 'oʻzbekiston', 'россия'],
  ...['kazakhstan', 'kyrgyzstan', 'tajikistan', 'uzbekistan', 'almaty', 'astana', 'bishkek', 'dushanbe', 'tashkent'],
  ...['алматы', 'астана', 'бишкек', 'душанбе', 'ташкент', 'тошкент'],
]
/** Guesses that an attacker who knows what people choose would need at least: beyond what argon2id lets anybody try. */
const FEWEST_GUESSES = 1e10

let strength: Promise<ZxcvbnFactory> | undefined

/** Guesses that it would take: leaked passwords, words, rows of keys, dates, repetitions, letters written as digits. */
async function guessesFor(password: string, login: string): Promise<number> {
  strength ??= estimator()
  return (await strength).check(password, [login]).guesses
}

async function estimator(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  return new ZxcvbnFactory({ dictionary: { ...dictionary, local: LOCAL }, graphs: adjacencyGraphs, maxLength: LONGEST })
}

let nobody: Promise<string> | undefined

/** Whether the password is the one of `hashed`. Without a hash it takes as long, and it is not. */
export async function isPassword(hashed: string | null, password: string): Promise<boolean> {
  nobody ??= hash('nobody has this password', PARAMETERS)
  const right = await verify(hashed ?? (await nobody), password.slice(0, 1000).normalize('NFKC'))
  return right && hashed !== null
}
