/** A pack as one signed file that a person can read: its documents one after another, as YAML, below the key and the signature.
 *
 *     # aman-pack 1
 *     # key: MCowBQYDK2VwAyEA…          Ed25519, SubjectPublicKeyInfo, base64
 *     # signature: m1D8…               over all bytes from the first line "--- # " to the end
 *     --- # pack.yaml
 *     kind: pack
 *     …
 *     --- # plan/cell-fire.yaml
 *     kind: plan
 *     …
 *
 * Nothing is compressed, nothing names a place on a disk, and the whole is also a YAML stream. */
import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { InputError } from '../contracts/errors.ts'
import { checkText, type ReadDocument, withoutMarker } from './text.ts'

export interface PackPart {
  /** Such as "plan/cell-fire". */
  readonly name: string
  readonly text: string
}

export interface OpenedPack {
  readonly parts: readonly PackPart[]
  /** Whose key has signed exactly this; undefined: nobody's. */
  readonly signedBy: PublicKey | undefined
}

export interface PublicKey {
  /** SubjectPublicKeyInfo, DER. */
  readonly der: Buffer
  /** SHA-256 of it in hexadecimal digits: what two people compare. */
  readonly fingerprint: string
}

/** Bytes of a pack, and of one of its documents: what is larger would hold everybody up while it is read. */
export const LARGEST_PACK = 2_000_000
/** Bytes of a document, by itself and in a pack. */
export const LARGEST_DOCUMENT = 900_000
const MOST_PARTS = 500
const FIRST = '# aman-pack 1'
const PART = /^--- # ([a-z0-9-]+(?:\/[a-z0-9-]+)?)\.yaml$/
/** What ends a document in YAML. */
const MARKER = /^(---|\.\.\.)(\s|$)/m

export function publicKeyOf(key: KeyObject): PublicKey {
  const der = (key.type === 'private' ? createPublicKey(key) : key).export({ type: 'spki', format: 'der' })
  return { der, fingerprint: createHash('sha256').update(der).digest('hex') }
}

/** The key that somebody has given as base64. Throws {@link InputError} if it is no Ed25519 key. */
export function readPublicKey(base64: string): KeyObject {
  try {
    const key = createPublicKey({ key: Buffer.from(base64, 'base64'), type: 'spki', format: 'der' })
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {}
  throw new InputError([{ code: 'pack-malformed', path: ['key'], expected: 'an Ed25519 key', found: base64.slice(0, 60) }])
}

/** `parts` as one text, the pack’s own description first. Throws {@link InputError} on a text that would end another. */
export function writePack(parts: readonly PackPart[], privateKey?: KeyObject): string {
  const body = parts
    .map(({ name, text }) => {
      const plain = withoutMarker(text)
      const bytes = Buffer.byteLength(plain)
      if (bytes > LARGEST_DOCUMENT) refuse('file-too-large', `${name}: at most ${LARGEST_DOCUMENT} bytes`, String(bytes))
      if (MARKER.test(plain))
        throw new InputError([{ code: 'pack-malformed', file: name, path: [], expected: 'one document', found: 'a line that ends it' }])
      return `--- # ${name}.yaml\n${plain}\n`
    })
    .join('')
  const bytes = Buffer.byteLength(body)
  if (bytes > LARGEST_PACK - 1000) refuse('file-too-large', `at most ${LARGEST_PACK} bytes`, String(bytes))
  if (privateKey === undefined) return `${FIRST}\n${body}`
  const signature = sign(null, Buffer.from(body, 'utf8'), privateKey).toString('base64')
  return `${FIRST}\n# key: ${publicKeyOf(privateKey).der.toString('base64')}\n# signature: ${signature}\n${body}`
}

/** Reads a pack. Throws {@link InputError} if it is not one, or has been touched since it was signed. */
export function openPack(text: string): OpenedPack {
  const bytes = Buffer.byteLength(text)
  if (bytes > LARGEST_PACK) refuse('file-too-large', `at most ${LARGEST_PACK} bytes`, String(bytes))
  const start = text.indexOf('\n--- # ') + 1
  const head = text.slice(0, start).trimEnd().split('\n')
  if (start === 0 || head[0] !== FIRST) refuse('pack-malformed', FIRST, text.slice(0, 40).split('\n')[0]!)
  const body = text.slice(start)
  return { parts: partsOf(body), signedBy: signerOf(head.slice(1), body) }
}

function signerOf(head: readonly string[], body: string): PublicKey | undefined {
  if (head.length === 0) return undefined
  const field = (name: string) => head.find((line) => line.startsWith(`# ${name}: `))?.slice(name.length + 4)
  const key = field('key')
  const signature = field('signature')
  if (head.length !== 2 || key === undefined || signature === undefined) refuse('pack-malformed', 'a key and a signature', head.join(' | '))
  // Written in one way only: what is ignored when it is read could hide something.
  for (const base64 of [key!, signature!])
    if (Buffer.from(base64, 'base64').toString('base64') !== base64) refuse('pack-malformed', 'base64', base64.slice(0, 60))
  const known = readPublicKey(key!)
  if (!verify(null, Buffer.from(body, 'utf8'), known, Buffer.from(signature!, 'base64')))
    refuse('signature-wrong', 'what was signed', 'something else')
  return publicKeyOf(known)
}

function partsOf(body: string): PackPart[] {
  const parts: { name: string; lines: string[] }[] = []
  for (const line of body.split('\n')) {
    if (MARKER.test(line)) {
      const name = PART.exec(line.trimEnd())?.[1]
      if (name === undefined) refuse('pack-malformed', '--- # kind/id.yaml', line.slice(0, 60))
      if (parts.some((part) => part.name === name)) refuse('pack-malformed', 'each document once', name!)
      if (parts.length === MOST_PARTS) refuse('pack-malformed', `at most ${MOST_PARTS} documents`, 'more')
      parts.push({ name: name!, lines: [] })
    } else parts.at(-1)!.lines.push(line)
  }
  return parts.map(({ name, lines }) => {
    const text = `${lines.join('\n').trimEnd()}\n`
    const bytes = Buffer.byteLength(text)
    if (bytes > LARGEST_DOCUMENT) refuse('file-too-large', `${name}: at most ${LARGEST_DOCUMENT} bytes`, String(bytes))
    return { name, text }
  })
}

/** The documents of a pack, checked one by one, and what the pack says of itself. Throws {@link InputError} with everything that
 * is wrong. `check` reads one of them. */
export async function readPack(
  parts: readonly PackPart[],
  check: (text: string, file: string) => ReadDocument | Promise<ReadDocument> = checkText,
): Promise<{ readonly pack: ReadDocument; readonly documents: ReadPart[] }> {
  const read: ReadPart[] = []
  const problems = []
  for (const part of parts) {
    try {
      read.push({ ...part, document: await check(part.text, `${part.name}.yaml`) })
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      problems.push(...error.problems)
    }
  }
  if (problems.length > 0) throw new InputError(problems.slice(0, 50))
  const packs = read.filter(({ document }) => document.kind === 'pack')
  if (packs.length !== 1) refuse('pack-malformed', 'one document of kind: pack', `${packs.length}`)
  return { pack: packs[0]!.document, documents: read.filter(({ document }) => document.kind !== 'pack') }
}

export interface ReadPart extends PackPart {
  readonly document: ReadDocument
}

function refuse(code: 'pack-malformed' | 'signature-wrong' | 'file-too-large', expected: string, found: string): never {
  throw new InputError([{ code, path: [], expected, found }])
}
