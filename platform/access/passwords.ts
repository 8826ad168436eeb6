/** Passwords: how they are kept. */
import { hash, verify } from '@node-rs/argon2'
import { InputError } from '../contracts/errors.ts'
import { weigh } from './guesses.ts'

/** OWASP Password Storage Cheat Sheet: argon2id (the library's default kind) with 19 MiB, two passes, one lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Hash of a password. Throws {@link InputError} if it is too easily guessed. */
export async function hashPassword(password: string, login: string): Promise<string> {
  const { fault } = await weigh(password, login)
  if (fault !== undefined) throw new InputError([{ code: 'password-weak', path: ['password'], ...fault }])
  return hash(password.normalize('NFKC'), PARAMETERS)
}

let nobody: Promise<string> | undefined

/** Whether the password is the one of `hashed`. Without a hash it takes as long, and it is not. */
export async function isPassword(hashed: string | null, password: string): Promise<boolean> {
  nobody ??= hash('nobody has this password', PARAMETERS)
  const right = await verify(hashed ?? (await nobody), password.slice(0, 1000).normalize('NFKC'))
  return right && hashed !== null
}
