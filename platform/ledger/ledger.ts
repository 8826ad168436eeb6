/** Appending to streams and reading them. */
import type pg from 'pg'
import type { LedgerEvent } from './chain.ts'

export interface Draft {
  /** Such as "plan.approved". */
  readonly kind: string
  readonly body: unknown
}

export interface Target {
  /** Such as "plan/9d1c…": what it is a stream of, and which. */
  readonly stream: string
  /** Number of the last event that the author has seen; 0 for a stream that is to begin. */
  readonly expected: number
  /** The establishment it belongs to; null: the whole service. */
  readonly establishment: string | null
  /** Names the request: the same again appends nothing. */
  readonly request?: string
}

export type Appended =
  | { readonly outcome: 'appended' | 'repeated'; readonly number: number; readonly position: bigint }
  /** Somebody was faster: the stream is at `number`. */
  | { readonly outcome: 'conflict'; readonly number: number }

/** A body as bytes, with the id of whose key has sealed it. */
export interface Body {
  readonly bytes: Buffer
  readonly subject: string | null
}

export function plain({ body }: Draft): Body {
  return { bytes: Buffer.from(JSON.stringify(body), 'utf8'), subject: null }
}

/** Appends `drafts` within the transaction of `client`. `bodies`: how they are written; plain unless sealed for a subject. */
export async function append(
  client: pg.ClientBase,
  target: Target,
  drafts: readonly Draft[],
  bodies: readonly Body[] = drafts.map(plain),
): Promise<Appended> {
  const { rows } = await client.query<{ outcome: Appended['outcome']; last: number; last_position: string | null }>(
    'select outcome, last, last_position from ledger.append($1, $2, $3, $4, $5, $6::uuid[], $7::bytea[])',
    [
      target.stream,
      target.expected,
      target.request ?? null,
      target.establishment,
      drafts.map((d) => d.kind),
      bodies.map((b) => b.subject),
      bodies.map((b) => b.bytes),
    ],
  )
  const { outcome, last, last_position } = rows[0]!
  if (outcome === 'conflict') return { outcome, number: last }
  return { outcome, number: last, position: BigInt(last_position!) }
}

interface Row extends Omit<LedgerEvent, 'position' | 'at'> {
  readonly position: string
  readonly at: string
}

const COLUMNS = `position, stream, number, kind, (extract(epoch from at) * 1000000)::bigint as at, person, establishment, subject,
  request, body, previous, hash`

function eventOf(row: Row): LedgerEvent {
  return { ...row, position: BigInt(row.position), at: BigInt(row.at) }
}

/** The events of a stream, from `after` on, in order. */
export async function read(client: pg.ClientBase | pg.Pool, stream: string, after = 0): Promise<LedgerEvent[]> {
  const { rows } = await client.query<Row>(`select ${COLUMNS} from ledger.events where stream = $1 and number > $2 order by number`, [
    stream,
    after,
  ])
  return rows.map(eventOf)
}

/** How far a reader of all streams has come. Transactions are numbered when they begin to write and end in any order, so
 * positions alone would let one slip past. */
export interface Place {
  readonly transaction: bigint
  readonly position: bigint
}

export const BEGINNING: Place = { transaction: 0n, position: 0n }

/** The next events of all streams after `place`, at most `limit`, and how far that is. Whoever goes on from there misses none. */
export async function follow(
  client: pg.ClientBase | pg.Pool,
  place: Place,
  limit = 500,
): Promise<{ readonly events: LedgerEvent[]; readonly place: Place }> {
  const { rows } = await client.query<Row & { readonly transaction: string }>(
    `select ${COLUMNS}, transaction from ledger.visible where (transaction, position) > ($1::xid8, $2::bigint)
      order by transaction, position limit $3`,
    [String(place.transaction), place.position, limit],
  )
  const last = rows.at(-1)
  return {
    events: rows.map(({ transaction: _, ...row }) => eventOf(row)),
    place: last === undefined ? place : { transaction: BigInt(last.transaction), position: BigInt(last.position) },
  }
}

/** All events by stream and number, a batch at a time, all as of one moment. */
export async function* everything(client: pg.ClientBase, batch = 200): AsyncGenerator<readonly LedgerEvent[]> {
  await client.query(`declare everything no scroll cursor for select ${COLUMNS} from ledger.events order by stream collate "C", number`)
  for (;;) {
    const { rows } = await client.query<Row>(`fetch ${batch} from everything`)
    if (rows.length === 0) break
    yield rows.map(eventOf)
  }
  await client.query('close everything')
}

/** Position and hash of all events in the order of their positions, a batch at a time, all as of one moment. */
export async function* inOrder(
  client: pg.ClientBase,
  batch = 5000,
): AsyncGenerator<readonly { readonly position: bigint; readonly hash: Buffer }[]> {
  await client.query('declare in_order no scroll cursor for select position, hash from ledger.events order by position')
  for (;;) {
    const { rows } = await client.query<{ position: string; hash: Buffer }>(`fetch ${batch} from in_order`)
    if (rows.length === 0) break
    yield rows.map(({ position, hash }) => ({ position: BigInt(position), hash }))
  }
  await client.query('close in_order')
}

/** State as it follows from events, in their order. */
export function fold<S>(evolve: (state: S, event: LedgerEvent) => S, start: S, events: Iterable<LedgerEvent>): S {
  let state = start
  for (const event of events) state = evolve(state, event)
  return state
}
