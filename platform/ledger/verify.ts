/** Reads the whole ledger again and says whether anything has been touched: where, between when and when, and who could have. */
import { createHash, type Hash } from 'node:crypto'
import type pg from 'pg'
import { hashOf, type LedgerEvent } from './chain.ts'
import { type Checkpoint, checkpoints, digestOf, headPart, isSigned, type Witness } from './checkpoints.ts'
import type { Signer } from './keys.ts'
import { everything, inOrder } from './ledger.ts'

export type Fault =
  | 'altered' // what it says does not give its hash
  | 'unchained' // it does not follow from the one before
  | 'missing' // a number of the stream is not there
  | 'cut' // the end of the stream is not there
  | 'unsigned' // the signature of a checkpoint does not fit
  | 'rewritten' // events fit each other, but not what was signed
  | 'reordered' // events fit what was signed, but stand in another order
  | 'withdrawn' // a checkpoint that was signed is not in the database any more

export interface Broken {
  readonly fault: Fault
  /** The event, as far as it is known: what has been rewritten lies after `beyond` and up to `position`. */
  readonly stream?: string
  readonly number?: number
  readonly beyond?: bigint
  readonly position?: bigint
  /** The checkpoint that does not fit. */
  readonly checkpoint?: number
  /** Microseconds since 1970: not touched before the one, and no later than the other (absent: now). */
  readonly after?: bigint
  readonly before?: bigint
  /** Database roles that have the power to switch the guards off. */
  readonly couldHave: readonly string[]
}

export interface Verification {
  readonly events: number
  readonly streams: number
  readonly checkpoints: number
  /** Events since the last checkpoint: chained, but not signed. */
  readonly unsigned: number
  /** The first one by position; undefined: all is whole. */
  readonly broken: Broken | undefined
}

/** Verifies within the transaction of `client`, which must be repeatable read. Only the key of `signer` is trusted, whatever
 * the database says; `remembered`: the last checkpoint as remembered outside of it. */
export async function verifyLedger(client: pg.ClientBase, signer: Signer, remembered?: Witness): Promise<Verification> {
  const signed = await checkpoints(client)
  const heads = await headsOf(client)
  const faults: { at: bigint; broken: Omit<Broken, 'couldHave'> }[] = []
  const held = signed.map((checkpoint) => ({ checkpoint, digest: createHash('sha256'), events: 0n }))
  let events = 0
  let streams = 0
  let unsigned = 0
  let last: LedgerEvent | undefined
  let marked = 0
  const lastSigned = signed.at(-1)?.position ?? 0n

  // Within a stream positions grow, so the heads at each checkpoint come by in order.
  const markUpTo = (position: bigint) => {
    while (last !== undefined && marked < held.length && held[marked]!.checkpoint.position < position) mark(held[marked++]!, last)
  }
  const endStream = () => {
    if (last === undefined) return
    streams++
    while (marked < held.length) mark(held[marked++]!, last)
    const head = heads.get(last.stream)
    heads.delete(last.stream)
    const { stream, number, position } = last
    if (head === undefined || head.number !== number)
      faults.push({ at: position, broken: { fault: 'cut', stream, number: number + 1, position } })
    else if (!head.hash.equals(last.hash)) faults.push({ at: position, broken: { fault: 'unchained', stream, number, position } })
  }
  for await (const batch of everything(client)) {
    for (const event of batch) {
      if (last !== undefined && last.stream !== event.stream) {
        endStream()
        last = undefined
        marked = 0
      }
      if (last === undefined) marked = held.findIndex(({ checkpoint }) => checkpoint.position >= event.position)
      if (marked < 0) marked = held.length
      const fault = faultOf(event, last)
      if (fault !== undefined)
        faults.push({
          at: event.position,
          broken: { fault, stream: event.stream, number: event.number, position: event.position },
        })
      markUpTo(event.position)
      if (event.position > lastSigned) unsigned++
      last = event
      events++
    }
  }
  endStream()
  for (const [stream, { number }] of heads) if (number > 0) faults.push({ at: 0n, broken: { fault: 'cut', stream, number: 1 } })

  const placed = await orderOf(client, signed)
  // A checkpoint that does not fit was signed before the change; one that fits was signed after it, or covers none of it.
  const wrong: Checkpoint[] = []
  let previous: Checkpoint | undefined
  let kept: Checkpoint | undefined
  for (const [k, checkpoint] of signed.entries()) {
    const { number, position } = checkpoint
    const chained = checkpoint.previous.equals(previous === undefined ? Buffer.alloc(0) : digestOf(previous))
    const again = held[k]!
    if (!chained || checkpoint.keyId !== signer.id || !isSigned(checkpoint, signer.publicKey))
      faults.push({ at: position, broken: { fault: 'unsigned', checkpoint: number, position, after: previous?.at ?? checkpoint.at } })
    else if (again.events !== checkpoint.events || !again.digest.digest().equals(checkpoint.heads)) wrong.push(checkpoint)
    else if (checkpoint.ordered !== null && !placed[k]!.equals(checkpoint.ordered))
      faults.push({
        at: position,
        broken: { fault: 'reordered', checkpoint: number, beyond: previous?.position ?? 0n, position, after: checkpoint.at },
      })
    else if (wrong.length === 0) kept = checkpoint
    previous = checkpoint
  }
  if (wrong.length > 0) {
    const newest = wrong.at(-1)!
    const since = signed.find((c) => c.number > newest.number)
    const { number, position } = wrong[0]!
    faults.push({
      at: position,
      broken: {
        fault: 'rewritten',
        checkpoint: number,
        beyond: kept?.position ?? 0n,
        position,
        after: newest.at,
        ...(since === undefined ? {} : { before: since.at }),
      },
    })
  }

  if (remembered !== undefined) {
    const kept = signed.find((c) => c.number === remembered.number)
    if (kept === undefined || digestOf(kept).toString('hex') !== remembered.digest)
      faults.push({ at: 0n, broken: { fault: 'withdrawn', checkpoint: remembered.number } })
  }

  faults.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  const first = faults[0]
  if (first === undefined) return { events, streams, checkpoints: signed.length, unsigned, broken: undefined }
  return { events, streams, checkpoints: signed.length, unsigned, broken: { ...first.broken, couldHave: await powerful(client) } }
}

/** What each checkpoint should say about the order of the events that it covers and those before it do not. */
async function orderOf(client: pg.ClientBase, signed: readonly Checkpoint[]): Promise<readonly Buffer[]> {
  const digests = signed.map(() => createHash('sha256'))
  let k = 0
  for await (const batch of inOrder(client))
    for (const { position, hash } of batch) {
      while (k < signed.length && signed[k]!.position < position) k++
      digests[k]?.update(bigint8(position)).update(hash)
    }
  return digests.map((digest) => digest.digest())
}

function bigint8(value: bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(value)
  return bytes
}

function mark(held: { digest: Hash; events: bigint }, head: LedgerEvent): void {
  held.digest.update(headPart(head.stream, head.number, head.hash))
  held.events += BigInt(head.number)
}

function faultOf(event: LedgerEvent, before: LedgerEvent | undefined): Fault | undefined {
  if (event.number !== (before?.number ?? 0) + 1) return 'missing'
  if (!hashOf(event).equals(event.hash)) return 'altered'
  if (!event.previous.equals(before?.hash ?? Buffer.alloc(0))) return 'unchained'
  return undefined
}

async function headsOf(client: pg.ClientBase): Promise<Map<string, { number: number; hash: Buffer }>> {
  const { rows } = await client.query<{ stream: string; number: number; hash: Buffer }>('select stream, number, hash from ledger.heads')
  return new Map(rows.map((row) => [row.stream, row]))
}

/** Who can switch triggers off: superusers, the owner of the table and whoever may become them. */
async function powerful(client: pg.ClientBase): Promise<readonly string[]> {
  const { rows } = await client.query<{ rolname: string }>(
    `select rolname from pg_roles r where rolsuper
      or pg_has_role(r.oid, (select relowner from pg_class where oid = 'ledger.events'::regclass), 'member')
      order by rolname collate "C"`,
  )
  return rows.map((row) => row.rolname)
}
