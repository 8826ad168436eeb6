/** A stream of bytes sealed with a passphrase: AES-256-GCM in chunks, each bound to its place, the last one marked as such, so
 * that nothing can be changed, moved or cut off unnoticed. The key comes from the passphrase by scrypt.
 *
 * Form: "AMANB1", salt (16), then chunks: length (4), tag (16), ciphertext.
 */
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { InputError } from '../contracts/errors.ts'

const MAGIC = Buffer.from('AMANB1', 'latin1')
const SALT = 16
const TAG = 16
const CHUNK = 1 << 20
/** N = 2¹⁷, r = 8, p = 1: a good tenth of a second and 128 MB for each guess (RFC 7914; OWASP's advice for scrypt). */
const COST = { N: 1 << 17, r: 8, p: 1, maxmem: 256 << 20 }

function keyOf(passphrase: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, 32, COST, (error, key) => (error === null ? resolve(key) : reject(error)))
  })
}

/** The salt is new each time, so a counter never repeats under one key. */
function nonce(chunk: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeUInt32BE(last ? 1 : 0, 0)
  bytes.writeBigUInt64BE(BigInt(chunk), 4)
  return bytes
}

export async function* sealStream(passphrase: string, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const salt = randomBytes(SALT)
  const key = await keyOf(passphrase, salt)
  yield Buffer.concat([MAGIC, salt])
  let pending: Buffer[] = []
  let size = 0
  let chunk = 0
  const sealed = (content: Buffer, last: boolean): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', key, nonce(chunk++, last))
    const body = Buffer.concat([cipher.update(content), cipher.final()])
    const head = Buffer.alloc(4)
    head.writeUInt32BE(body.length)
    return Buffer.concat([head, cipher.getAuthTag(), body])
  }
  for await (const piece of source) {
    pending.push(piece)
    size += piece.length
    while (size > CHUNK) {
      const all = Buffer.concat(pending)
      yield sealed(all.subarray(0, CHUNK), false)
      pending = [all.subarray(CHUNK)]
      size = all.length - CHUNK
    }
  }
  yield sealed(Buffer.concat(pending), true)
}

/** Throws {@link InputError} if it is not whole or the passphrase is another one. */
export async function* openStream(passphrase: string, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const reader = new Reader(source)
  const magic = await reader.take(MAGIC.length)
  if (!magic?.equals(MAGIC)) throw broken('a backup of this product', 'another kind of file')
  const salt = await reader.take(SALT)
  if (salt === undefined) throw broken('a whole file', 'its beginning only')
  const key = await keyOf(passphrase, salt)
  for (let chunk = 0; ; chunk++) {
    const head = await reader.take(4 + TAG)
    if (head === undefined) throw broken('a whole file', 'one whose end is missing')
    const length = head.readUInt32BE(0)
    const body = length <= CHUNK ? await reader.take(length) : undefined
    if (body === undefined) throw broken('a whole file', 'one whose end is missing')
    const last = await reader.atEnd()
    const decipher = createDecipheriv('aes-256-gcm', key, nonce(chunk, last)).setAuthTag(head.subarray(4))
    let content: Buffer
    try {
      content = Buffer.concat([decipher.update(body), decipher.final()])
    } catch {
      throw broken('what this passphrase has sealed', chunk === 0 ? 'something else' : `a change in chunk ${chunk + 1}`)
    }
    yield content
    if (last) return
  }
}

function broken(expected: string, found: string): InputError {
  return new InputError([{ code: 'backup-broken', path: ['backup'], expected, found }])
}

/** Takes a given number of bytes at a time from whatever comes. */
class Reader {
  readonly #source: AsyncIterator<Buffer>
  #rest: Buffer = Buffer.alloc(0)
  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]()
  }
  async take(size: number): Promise<Buffer | undefined> {
    const pieces = [this.#rest]
    let have = this.#rest.length
    while (have < size) {
      const { value, done } = await this.#source.next()
      if (done === true) break
      pieces.push(value)
      have += value.length
    }
    const all = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)
    if (have < size) {
      this.#rest = all
      return undefined
    }
    this.#rest = all.subarray(size)
    return all.subarray(0, size)
  }
  async atEnd(): Promise<boolean> {
    if (this.#rest.length > 0) return false
    const { value, done } = await this.#source.next()
    if (done === true) return true
    this.#rest = value
    return false
  }
}
