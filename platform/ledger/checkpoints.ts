/** Checkpoints: the heads of all streams at one moment, signed with a key that is not in the database. */
import { createHash, createPublicKey, sign, verify } from 'node:crypto'
import type pg from 'pg'
import { InputError } from '../contracts/errors.ts'
import { field, int4, int8, text } from './chain.ts'
import type { Signer } from './keys.ts'

export interface Checkpoint {
  readonly number: number
  /** Microseconds since 1970. */
  readonly at: bigint
  /** The last event that it covers, and how many there are up to it. */
  readonly position: bigint
  readonly events: bigint
  /** Digest of all heads. */
  readonly heads: Buffer
  /** Digest of the checkpoint before. */
  readonly previous: Buffer
  /** Digest of position and hash of all events since the checkpoint before, in their order; null in those made before there was one. */
  readonly ordered: Buffer | null
  readonly keyId: string
  readonly signature: Buffer
}

/** A checkpoint as remembered outside of the database: whoever removes the newest ones cannot remove this. */
export interface Witness {
  readonly number: number
  /** Hexadecimal. */
  readonly digest: string
}

export function witnessOf(c: Checkpoint): Witness {
  return { number: c.number, digest: digestOf(c).toString('hex') }
}

export function signedPart(c: Omit<Checkpoint, 'signature'>): Buffer {
  return Buffer.concat([
    text(`aman checkpoint ${c.ordered === null ? 1 : 2}`),
    int4(c.number),
    int8(c.at),
    int8(c.position),
    int8(c.events),
    field(c.heads),
    field(c.previous),
    text(c.keyId),
    ...(c.ordered === null ? [] : [field(c.ordered)]),
  ])
}

export function digestOf(c: Checkpoint): Buffer {
  return createHash('sha256').update(signedPart(c)).update(c.signature).digest()
}

export function isSigned(c: Checkpoint, publicKey: Buffer): boolean {
  try {
    return verify(null, signedPart(c), createPublicKey({ key: publicKey, format: 'der', type: 'spki' }), c.signature)
  } catch {
    return false
  }
}

/** One stream's part of the digest of all heads. */
export function headPart(stream: string, number: number, hash: Buffer): Buffer {
  return Buffer.concat([text(stream), int4(number), field(hash)])
}

const COLUMNS = `number, (extract(epoch from at) * 1000000)::bigint as at, position, events, heads, previous, ordered, key_id as "keyId", signature`

export async function checkpoints(client: pg.ClientBase): Promise<Checkpoint[]> {
  const { rows } = await client.query(`select ${COLUMNS} from ledger.checkpoints order by number`)
  return rows.map((row) => ({ ...row, at: BigInt(row.at), position: BigInt(row.position), events: BigInt(row.events) }))
}

/** Makes and signs the next checkpoint within the transaction of `client`. Appending waits for as long as it takes; if nothing
 * has been appended since the last one, there is nothing to sign, and the last one is returned. */
export async function makeCheckpoint(client: pg.ClientBase, signer: Signer, remembered?: Witness): Promise<Checkpoint> {
  // Excludes appends from their first look at a head on, and other checkpoints.
  await client.query('lock table ledger.heads in exclusive mode')
  const { rows: before } = await client.query(`select ${COLUMNS} from ledger.checkpoints order by number desc limit 1`)
  const last: Checkpoint | undefined =
    before[0] === undefined
      ? undefined
      : { ...before[0], at: BigInt(before[0].at), position: BigInt(before[0].position), events: BigInt(before[0].events) }
  if (remembered !== undefined && (last === undefined || last.number < remembered.number))
    throw new InputError([
      {
        code: 'trail-touched',
        path: ['checkpoint', remembered.number],
        expected: 'what was signed here',
        found: `${last?.number ?? 'nothing'}`,
      },
    ])
  if (last !== undefined && last.keyId !== signer.id)
    throw new InputError([{ code: 'keys-foreign', path: ['AMAN_DATA_DIR', 'keys'], expected: `the key ${last.keyId}`, found: signer.id }])
  const { rows } = await client.query(
    `select coalesce((select max(position) from ledger.events), 0) as position, coalesce(sum(number), 0) as events,
      (extract(epoch from clock_timestamp()) * 1000000)::bigint as at,
      sha256(coalesce(string_agg(ledger.field(convert_to(stream, 'UTF8')) || ledger.field(int4send(number)) || ledger.field(hash), '' order by stream collate "C"), '')) as heads,
      (select sha256(coalesce(string_agg(int8send(position) || hash, '' order by position), '')) from ledger.events where position > $1) as ordered
    from ledger.heads where number > 0`,
    [last?.position ?? 0n],
  )
  const position = BigInt(rows[0].position)
  if (last !== undefined && last.position === position) return last
  const unsigned = {
    number: (last?.number ?? 0) + 1,
    at: BigInt(rows[0].at),
    position,
    events: BigInt(rows[0].events),
    heads: rows[0].heads as Buffer,
    previous: last === undefined ? Buffer.alloc(0) : digestOf(last),
    ordered: rows[0].ordered as Buffer,
    keyId: signer.id,
  }
  const checkpoint: Checkpoint = { ...unsigned, signature: sign(null, signedPart(unsigned), signer.privateKey) }
  await client.query('insert into ledger.signers (key_id, public_key) values ($1, $2) on conflict do nothing', [
    signer.id,
    signer.publicKey,
  ])
  await client.query(
    `insert into ledger.checkpoints (number, at, position, events, heads, previous, key_id, signature, ordered)
      values ($1, 'epoch'::timestamptz + $2::bigint * interval '1 microsecond', $3, $4, $5, $6, $7, $8, $9)`,
    [
      checkpoint.number,
      checkpoint.at,
      checkpoint.position,
      checkpoint.events,
      checkpoint.heads,
      checkpoint.previous,
      signer.id,
      checkpoint.signature,
      checkpoint.ordered,
    ],
  )
  return checkpoint
}
