/** Codes: six digits of an authenticator app, recovery codes, invitations for print, and what a browser holds. */
import { createHash, randomBytes, randomInt } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'

const PERIOD = 30
/** Letters and digits that nobody takes for one another. */
const CLEAR = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** What a browser holds to be known again: 256 bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** A code for paper: `groups` groups of four, about 20 bits each. */
export function printedCode(groups: number): string {
  const four = () => Array.from({ length: 4 }, () => CLEAR[randomInt(CLEAR.length)]).join('')
  return Array.from({ length: groups }, four).join('-')
}

/** As somebody has typed it. */
export function cleanCode(typed: string): string {
  const letters = typed.toUpperCase().replace(/[^A-Z0-9]/g, '')
  return (letters.match(/.{1,4}/g) ?? []).join('-')
}

export function newSecret(): Buffer {
  return randomBytes(20)
}

function totp(secret: Buffer, label = ''): TOTP {
  const bytes = new Uint8Array(secret)
  return new TOTP({ issuer: 'Aman', label, secret: new Secret({ buffer: bytes.buffer }), period: PERIOD, digits: 6, algorithm: 'SHA1' })
}

/** What an authenticator app reads, as a link and as letters to type. */
export function enrolment(secret: Buffer, login: string): { readonly uri: string; readonly letters: string } {
  const it = totp(secret, login)
  return { uri: it.toString(), letters: it.secret.base32 }
}

/** The time step whose code this is (RFC 6238, one step of tolerance to each side), or undefined. `at`: milliseconds since 1970. */
export function stepOf(secret: Buffer, code: string, at: number): number | undefined {
  const delta = totp(secret).validate({ token: code.replace(/\s/g, ''), timestamp: at, window: 1 })
  return delta === null ? undefined : Math.floor(at / 1000 / PERIOD) + delta
}

/** The code of the moment, as an app would show it. */
export function codeAt(secret: Buffer, at: number): string {
  return totp(secret).generate({ timestamp: at })
}
