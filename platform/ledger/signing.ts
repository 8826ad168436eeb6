/** Signs the trail while the server runs: every few minutes what has been appended since, and once more when it stops. */
import type { Database } from '../database/database.ts'
import { asProduct } from '../database/transaction.ts'
import { makeCheckpoint, witnessOf } from './checkpoints.ts'
import { openKeys, rememberCheckpoint, rememberedCheckpoint } from './keys.ts'

/** What has not been signed yet could be rewritten, chain and all, by whoever rules the database. */
const EVERY = 5 * 60_000

interface Log {
  error(detail: object, message: string): void
}

export class Signing {
  readonly #database: Database
  readonly #folder: string
  readonly #log: Log
  #timer: NodeJS.Timeout | undefined
  #busy: Promise<void> = Promise.resolve()

  constructor(database: Database, folder: string, log: Log) {
    this.#database = database
    this.#folder = folder
    this.#log = log
  }

  start(every = EVERY): this {
    this.#timer = setInterval(() => void this.sign(), every).unref()
    return this
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.sign()
  }

  /** Signs what is new, one after another. Whatever keeps it from that goes into the log, and the next time it is tried again. */
  sign(): Promise<void> {
    this.#busy = this.#busy.then(() => signNow(this.#database, this.#folder)).catch((err) => this.#log.error({ err }, 'not signed'))
    return this.#busy
  }
}

async function signNow(database: Database, folder: string): Promise<void> {
  // Looked at without a lock, so that nobody waits where nothing is new.
  const { rows } = await database.owner.query<{ fresh: boolean }>(
    'select coalesce((select max(position) from ledger.events), 0) > coalesce((select max(position) from ledger.checkpoints), 0) as fresh',
  )
  if (!rows[0]!.fresh) return
  const made = await asProduct(database, (client) => makeCheckpoint(client, openKeys(folder).signer, rememberedCheckpoint(folder)))
  // Another server with the same keys may have been faster.
  if ((rememberedCheckpoint(folder)?.number ?? 0) < made.number) rememberCheckpoint(folder, witnessOf(made))
}
