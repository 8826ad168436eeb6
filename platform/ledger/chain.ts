/** What the hash of an event is made of: the same as `ledger.hash_of` in the database, worked out independently. */
import { createHash } from 'node:crypto'

/** An event as it stands in the ledger. */
export interface LedgerEvent {
  readonly position: bigint
  readonly stream: string
  /** In its stream, from 1 on. */
  readonly number: number
  readonly kind: string
  /** Microseconds since 1970. */
  readonly at: bigint
  /** Who did it; null: the product itself. */
  readonly person: string | null
  readonly establishment: string | null
  /** Whose key has sealed the body; null: the body is JSON in UTF-8. */
  readonly subject: string | null
  readonly request: string | null
  readonly body: Buffer
  readonly previous: Buffer
  readonly hash: Buffer
}

const NOTHING = Buffer.from('ffffffff', 'hex')

/** Length in four bytes, then the bytes. */
export function field(value: Buffer | null): Buffer {
  if (value === null) return NOTHING
  const length = Buffer.alloc(4)
  length.writeInt32BE(value.length)
  return Buffer.concat([length, value])
}

export function text(value: string | null): Buffer {
  return field(value === null ? null : Buffer.from(value, 'utf8'))
}

export function int4(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return field(bytes)
}

export function int8(value: bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(value)
  return field(bytes)
}

function uuid(value: string | null): Buffer {
  return field(value === null ? null : Buffer.from(value.replaceAll('-', ''), 'hex'))
}

export function hashOf(event: Omit<LedgerEvent, 'hash' | 'position'>): Buffer {
  const hash = createHash('sha256')
  for (const part of [
    field(event.previous),
    text(event.stream),
    int4(event.number),
    text(event.kind),
    int8(event.at),
    uuid(event.person),
    text(event.establishment),
    uuid(event.subject),
    uuid(event.request),
    field(event.body),
  ])
    hash.update(part)
  return hash.digest()
}
