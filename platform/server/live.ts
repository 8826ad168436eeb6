/** The one live channel: what has happened, as it happens, to every screen that may know of it. Ids only; screens ask for the rest. */
import type { ServerResponse } from 'node:http'
import type pg from 'pg'
import { z } from 'zod'
import { type Api, mustBeSomebody } from '../access/api.ts'
import { IDLE_MINUTES, type Session } from '../access/gate.ts'
import type { Database } from '../database/database.ts'
import { asPerson } from '../database/transaction.ts'

/** Events that a screen can catch up on; whoever was away longer loads anew. */
const MOST_MISSED = 500
/** Milliseconds between signs of life, and between looks at the rights of those who listen. */
const HEARTBEAT = 20_000
const REFRESH = 20_000
/** A transaction that began earlier and still runs holds later ones back for a moment. */
const AGAIN = 15

interface Listener {
  readonly response: ServerResponse
  readonly session: Session
  /** What is written once it has caught up; undefined from then on. */
  waiting: string[] | undefined
  /** null among them: the whole country. */
  places: ReadonlySet<string | null>
}

interface Row {
  readonly transaction: string
  readonly position: string
  readonly stream: string
  readonly number: number
  readonly kind: string
  readonly establishment: string | null
}

const COLUMNS = 'transaction, position, stream, number, kind, establishment'
/** What somebody looked at, and who signs in, is nobody's screen. */
const SHOWN = `stream not like 'trail/%' and stream not like 'access/%' and stream not like 'person/%' and stream not like 'erasure/%'`

export class Live {
  readonly #database: Database
  readonly #listeners = new Set<Listener>()
  #client: pg.Client | undefined
  /** Looks for another way to the database. */
  #lost = () => {}
  #place: { transaction: string; position: string } | undefined
  #reading: Promise<void> | undefined
  #again = false
  #closed = false
  #timers: NodeJS.Timeout[] = []
  /** Is told when a campaign has been asked for, paused or cancelled, or something else is in force. */
  readonly #onCampaign: () => void
  readonly #connect: () => pg.Client

  constructor(database: Database, connect: () => pg.Client, onCampaign: () => void) {
    this.#database = database
    this.#connect = connect
    this.#onCampaign = onCampaign
  }

  get listeners(): number {
    return this.#listeners.size
  }

  async start(): Promise<this> {
    await this.#listen()
    this.#timers = [
      setInterval(() => {
        for (const { response } of this.#listeners) response.write(': here\n\n')
      }, HEARTBEAT),
      setInterval(() => {
        void this.#refresh()
        void this.#ask()
      }, REFRESH),
    ]
    return this
  }

  close(): void {
    this.#closed = true
    for (const timer of this.#timers) clearInterval(timer)
    for (const { response } of this.#listeners) response.end()
    this.#listeners.clear()
    void this.#client?.end().catch(() => {})
  }

  /** Listens to the database; when that is lost, again until it is back. */
  async #listen(): Promise<void> {
    if (this.#closed) return
    const client = this.#connect()
    let lost = false
    const again = () => {
      if (lost || this.#closed) return
      lost = true
      void client.end().catch(() => {})
      setTimeout(() => void this.#listen(), 1000)
    }
    this.#lost = again
    client.on('error', again)
    client.on('end', again)
    try {
      await client.connect()
      client.on('notification', ({ channel }) => {
        if (channel === 'campaigns') this.#onCampaign()
        else this.#read()
      })
      await client.query('listen ledger; listen campaigns')
      this.#client = client
      // What has happened while nobody listened.
      if (this.#place === undefined) this.#place = await this.#last()
      else this.#read()
    } catch {
      again()
    }
  }

  /** A line that somebody on the way has dropped says nothing: it is asked, and whatever it has not told is looked for. */
  async #ask(): Promise<void> {
    if (this.#place !== undefined) this.#read()
    await this.#client?.query('select').catch(() => this.#lost())
  }

  async #last(): Promise<{ transaction: string; position: string }> {
    const { rows } = await this.#database.owner.query<{ transaction: string; position: string }>(
      'select transaction, position from ledger.visible order by transaction desc, position desc limit 1',
    )
    return rows[0] ?? { transaction: '0', position: '0' }
  }

  #read(): void {
    if (this.#reading !== undefined) {
      this.#again = true
      return
    }
    this.#reading = this.#readOn()
      .catch(() => {})
      .finally(() => {
        this.#reading = undefined
        if (this.#again) {
          this.#again = false
          this.#read()
        }
      })
  }

  async #readOn(): Promise<void> {
    for (;;) {
      const { rows } = await this.#database.owner.query<Row & { waiting: boolean }>(
        `select ${COLUMNS}, false as waiting from ledger.visible where (transaction, position) > ($1::xid8, $2::bigint)
          order by transaction, position limit 500`,
        [this.#place!.transaction, this.#place!.position],
      )
      for (const row of rows) this.#tell(row)
      const last = rows.at(-1)
      if (last !== undefined) this.#place = last
      if (rows.length < 500) break
    }
    const { rows } = await this.#database.owner.query<{ hidden: boolean }>(
      'select exists (select from ledger.events where transaction >= pg_snapshot_xmin(pg_current_snapshot())) as hidden',
    )
    if (rows[0]!.hidden && !this.#closed) setTimeout(() => this.#read(), AGAIN)
    // A screen that does not keep up is let go; it comes back and asks from where it was.
    for (const { response } of this.#listeners) if (response.writableNeedDrain) response.destroy()
  }

  #send(establishment: string | null, message: string): void {
    for (const { response, places, waiting } of this.#listeners) {
      if (!places.has(null) && (establishment === null || !places.has(establishment))) continue
      if (waiting === undefined) response.write(message)
      else waiting.push(message)
    }
  }

  #tell(row: Row): void {
    if (/^(trail|access|person|erasure)\//.test(row.stream)) return
    if (row.kind === 'document.approved' || row.kind === 'document.retired') this.#onCampaign()
    this.#send(row.establishment, messageOf(row))
  }

  async #placesOf(person: string): Promise<ReadonlySet<string | null>> {
    const { rows } = await this.#database.owner.query<{ establishment: string | null }>(
      `select g.establishment from access.grants g join access.people p on p.id = g.person
        where g.person = $1 and g.withdrawn_at is null and g.expires_at > now() and p.closed_at is null`,
      [person],
    )
    return new Set(rows.map((row) => row.establishment))
  }

  /** Rights change and sessions end: whoever has none any more is told nothing any more. */
  async #refresh(): Promise<void> {
    const all = [...this.#listeners]
    try {
      const { rows } = await this.#database.owner.query<{ id: string; places: (string | null)[] }>(
        `select s.id, coalesce(array_agg(g.establishment) filter (where g.id is not null), '{}') as places
          from identity.sessions s join access.people p on p.id = s.person
          left join access.grants g on g.person = s.person and g.withdrawn_at is null and g.expires_at > now()
          where s.id = any($1) and s.ended_at is null and s.expires_at > now() and s.seen_at > now() - make_interval(mins => $2)
            and p.closed_at is null group by s.id`,
        [[...new Set(all.map(({ session }) => session.id))], IDLE_MINUTES],
      )
      const found = new Map(rows.map(({ id, places }) => [id, new Set(places)]))
      for (const listener of all) {
        const places = found.get(listener.session.id)
        if (places === undefined) listener.response.end()
        else listener.places = places
      }
    } catch {
      // Lost for a moment; next time.
    }
  }

  /** Opens the channel for somebody, from where their screen has been before. */
  async join(session: Session, response: ServerResponse, lastSeen: string | undefined): Promise<void> {
    const listener: Listener = { response, session, places: new Set(), waiting: [] }
    response.on('close', () => this.#listeners.delete(listener))
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'X-Accel-Buffering': 'no',
    })
    // So that the screen knows at once that it is connected.
    response.write(': here\n\n')
    try {
      listener.places = await this.#placesOf(session.person)
      if (response.destroyed) return
      // From here on nothing is missed; what has been missed before comes first.
      this.#listeners.add(listener)
      const match = /^(\d{1,19})-(\d{1,18})$/.exec(lastSeen ?? '')
      if (match !== null) {
        const missed = await asPerson(this.#database, session.person, (client) =>
          client.query<Row>(
            `select ${COLUMNS} from ledger.visible where (transaction, position) > ($1::xid8, $2::bigint) and ${SHOWN}
              order by transaction, position limit ${MOST_MISSED + 1}`,
            [match[1], match[2]],
          ),
        )
        if (missed.rows.length > MOST_MISSED) response.write('event: anew\ndata: {}\n\n')
        else for (const row of missed.rows) response.write(messageOf(row))
      } else if (this.#place !== undefined)
        response.write(`id: ${this.#place.transaction}-${this.#place.position}\nevent: here\ndata: {}\n\n`)
      const { waiting } = listener
      listener.waiting = undefined
      for (const message of waiting ?? []) response.write(message)
    } catch {
      // The screen comes back by itself.
      this.#listeners.delete(listener)
      response.destroy()
    }
  }
}

function messageOf({ transaction, position, stream, number, kind, establishment }: Row): string {
  return `id: ${transaction}-${position}\nevent: change\ndata: ${JSON.stringify({ stream, number, kind, establishment })}\n\n`
}

export function liveRoutes(app: Api, { live }: { readonly live: Live }): void {
  app.get(
    '/api/live',
    {
      schema: {
        tags: ['live'],
        summary: 'Server-sent events: what has happened, from Last-Event-ID on',
        headers: z.object({ 'last-event-id': z.string().max(50).optional() }),
      },
    },
    async (request, reply) => {
      const session = mustBeSomebody(request)
      reply.hijack()
      await live.join(session, reply.raw, request.headers['last-event-id'])
    },
  )
}
