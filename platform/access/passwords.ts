/** Passwords: what is asked of them, and how they are kept. */
import { hash, verify } from '@node-rs/argon2'
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
  if (isCommon(password)) refuse('a password that is not made of the most common ones', 'words or rows of keys that everybody tries first')
  return hash(password.normalize('NFKC'), PARAMETERS)
}

/** Words, names and rows of keys of which most leaked passwords of twelve characters and more are made. */
const COMMON = [
  ...[
    'password',
    'passwort',
    'passw0rd',
    'admin',
    'administrator',
    'root',
    'user',
    'login',
    'welcome',
    'letmein',
    'master',
    'secret',
    'changeme',
    'default',
    'temp',
    'test',
  ],
  ...[
    'iloveyou',
    'love',
    'dragon',
    'monkey',
    'football',
    'sunshine',
    'princess',
    'superman',
    'batman',
    'qazwsx',
    'zaqwsx',
    'aman',
    'prison',
    'governor',
  ],
  ...['пароль', 'админ', 'администратор', 'привет', 'любовь', 'наташа', 'марина', 'тюрьма', 'начальник', 'сиздик', 'parol', 'privet'],
  ...[
    'qwertyuiop',
    'qwerty',
    'asdfghjkl',
    'asdfgh',
    'asdf',
    'zxcvbnm',
    'zxcvbn',
    'zxcv',
    'йцукенгшщзхъ',
    'йцукен',
    'фывапролджэ',
    'фывапр',
    'ячсмитьбю',
    'ячсмить',
  ],
  ...[
    '1234567890',
    '123456789',
    '12345678',
    '1234567',
    '123456',
    '12345',
    '1234',
    '123',
    '0987654321',
    '987654321',
    '654321',
    '321',
    '1q2w3e4r5t6y',
    '1q2w3e4r',
    '1qaz2wsx3edc',
    '1qaz2wsx',
    'q1w2e3r4t5',
    'q1w2e3r4',
  ],
  ...[
    'abcdefghijkl',
    'abcdef',
    'abcd',
    'abc',
    'kazakhstan',
    'kyrgyzstan',
    'tajikistan',
    'uzbekistan',
    'казахстан',
    'кыргызстан',
    'таджикистан',
    'узбекистан',
    'almaty',
    'astana',
    'bishkek',
    'dushanbe',
    'tashkent',
  ],
].sort((a, b) => b.length - a.length)
const LEET: Readonly<Record<string, string>> = { '@': 'a', '4': 'a', '3': 'e', '1': 'i', '!': 'i', '0': 'o', $: 's', '5': 's', '7': 't' }
/** Characters of a password that may be its own for it still to count as common: a year, an exclamation mark. */
const OWN = 5

/** Whether little is left of a password once common parts are taken out of it, also where letters are written as digits. */
function isCommon(password: string): boolean {
  const plain = password.normalize('NFKC').toLowerCase()
  const left = (text: string) => COMMON.reduce((rest, part) => rest.replaceAll(part, ''), text).length
  return Math.min(left(plain), left(Array.from(plain, (c) => LEET[c] ?? c).join(''))) <= OWN
}

let nobody: Promise<string> | undefined

/** Whether the password is the one of `hashed`. Without a hash it takes as long, and it is not. */
export async function isPassword(hashed: string | null, password: string): Promise<boolean> {
  nobody ??= hash('nobody has this password', PARAMETERS)
  const right = await verify(hashed ?? (await nobody), password.slice(0, 1000).normalize('NFKC'))
  return right && hashed !== null
}
