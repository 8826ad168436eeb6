/** Takes questions of campaigns one after another, whichever node was asked, and writes down what came of them. */
import { createHash, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { LANGUAGES } from '../contracts/languages.ts'
import type { Database } from '../database/database.ts'
import { asProduct } from '../database/transaction.ts'
import type { StudyBundle } from '../packs/bundle.ts'
import { candidatesWithout, nameOf } from '../plans/entities.ts'
import { findEffects } from '../runs/effects.ts'
import { prepare } from '../runs/model.ts'
import { nodePool } from '../runs/node.ts'
import type { Pool } from '../runs/pool.ts'
import { stress } from '../runs/stress.ts'
import { alertIfDropped, type Kept, type Placed } from './alerts.ts'
import { askDue, NIGHTS } from './due.ts'
import type { Weakest } from './store.ts'

/** For how long a question is nobody else's, in seconds, and how often that is renewed, in milliseconds. */
const LEASE = 30
const RENEWAL = 10_000
/** Milliseconds that a question may take: then it counts as failed. */
const LONGEST = 1_800_000
/** A question that fails so often is given up. */
const MOST_ATTEMPTS = 3
/** Milliseconds between looks for work when nothing wakes us. */
const PAUSE = 5000
/** Milliseconds between looks for what is due when nothing says so. */
const LOOK = 600_000
/** Nights on which weak links are screened and measured. */
const SCREENED = 128
const MEASURED = 1024
const NAMED = 5

interface Question extends Placed {
  readonly number: number
  readonly asks: 'chance' | 'weakest'
  readonly study: string
  readonly starts_at: number | null
  readonly bundle: StudyBundle
  readonly seed: number
  readonly nights: number
}

export interface WorkerOptions {
  readonly database: Database
  readonly threads: number
  readonly log: { error(fault: unknown, message: string): void; info(facts: object, message: string): void }
}

export class CampaignWorker {
  /** As which the database knows us. */
  readonly #node = randomUUID()
  readonly #options: WorkerOptions
  #pool: Pool | undefined
  #stopped = false
  #wake: (() => void) | undefined
  #abort: AbortController | undefined
  #loop: Promise<void> | undefined

  constructor(options: WorkerOptions) {
    this.#options = options
  }

  start(): this {
    this.#loop = this.#run()
    return this
  }

  /** Something may have changed: look now. A question that is no longer wanted is left. */
  wake(): void {
    this.#looked = 0
    this.#wake?.()
    void this.#leaveIfUnwanted()
  }

  /** Leaves the question at hand to others and ends. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#abort?.abort()
    this.#wake?.()
    await this.#loop
    this.#pool?.close()
    this.#pool = undefined
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        let question = await this.#next()
        while (question !== undefined && !this.#stopped) {
          await this.#answer(question)
          question = this.#stopped ? undefined : await this.#next()
        }
        if (question !== undefined) await this.#giveBack(question)
      } catch (error) {
        if (!this.#stopped) this.#options.log.error(error, 'campaigns wait: the database does not answer')
      }
      if (this.#stopped) return
      this.#pool?.close()
      this.#pool = undefined
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, PAUSE)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      this.#wake = undefined
    }
  }

  /** The next question, after a look at what is due where something may have changed. */
  async #next(): Promise<Question | undefined> {
    if (performance.now() - this.#looked > LOOK || this.#looked === 0) {
      this.#looked = performance.now()
      await this.#askWhatIsDue()
    }
    return this.#take()
  }

  #looked = 0

  /** A campaign for every establishment where something else is in force than was asked about last, or the last campaign is old. */
  async #askWhatIsDue(): Promise<void> {
    const { owner } = this.#options.database
    const { rows } = await owner.query<{ id: string }>('select id from access.establishments order by id')
    for (const { id } of rows) {
      try {
        await asProduct(this.#options.database, (client) => askDue(client, id))
      } catch (error) {
        // One establishment's trouble is not that of the others.
        this.#options.log.error(error, `campaigns of ${id}`)
      }
    }
  }

  async #take(): Promise<Question | undefined> {
    await this.#giveUpOnTheHopeless()
    const { rows } = await this.#options.database.owner.query<Question>(
      `with next as (
        select q.campaign, q.number from campaigns.questions q join campaigns.campaigns c on c.id = q.campaign
        where c.state = 'running' and (q.state = 'waiting' or q.state = 'taken' and q.leased_until < now())
        order by q.asks = 'weakest' or q.starts_at is not null, c.asked_at, q.number limit 1 for update of q skip locked)
      update campaigns.questions q set state = 'taken', node = $1, leased_until = now() + make_interval(secs => $2), attempts = q.attempts + 1
        from next, campaigns.campaigns c, campaigns.studies s join campaigns.bundles b on b.hash = s.hash
        where q.campaign = next.campaign and q.number = next.number and c.id = q.campaign and s.campaign = q.campaign and s.study = q.study
        returning q.campaign, q.number, q.asks, q.study, q.starts_at, b.bundle::json as bundle, c.establishment, c.seed, c.nights`,
      [this.#node, LEASE],
    )
    return rows[0]
  }

  /** Whoever took these never came back, again and again: they are not taken any more. */
  async #giveUpOnTheHopeless(): Promise<void> {
    await asProduct(this.#options.database, async (client) => {
      const { rows } = await client.query<Placed & { readonly number: number }>(
        `select c.id as campaign, c.establishment, q.number from campaigns.campaigns c join campaigns.questions q on q.campaign = c.id
          where q.state = 'taken' and q.leased_until < now() and q.attempts >= $1 for update skip locked`,
        [MOST_ATTEMPTS],
      )
      for (const question of rows) await happen(client, question, 'campaign.failed', { question: question.number })
      for (const campaign of new Set(rows.map(({ campaign }) => campaign))) await finish(client, campaign)
    })
  }

  async #answer(question: Question): Promise<void> {
    this.#abort = new AbortController()
    this.#current = question
    const { signal } = this.#abort
    const renewal = setInterval(() => void this.#renew(question), RENEWAL)
    let late = false
    const deadline = setTimeout(() => {
      late = true
      this.#abort?.abort()
    }, LONGEST)
    try {
      const began = performance.now()
      const answer = await Promise.race([this.#work(question, signal), abortOf(signal)])
      if (signal.aborted || answer === undefined) {
        // Nights under way are not waited for.
        this.#pool?.close()
        this.#pool = undefined
        await (late ? this.#giveUp(question) : this.#giveBack(question))
      } else await this.#keep(question, answer, (performance.now() - began) / 1000)
    } catch (error) {
      this.#options.log.error(error, `question ${question.number} of campaign ${question.campaign}`)
      await this.#giveUp(question)
    } finally {
      clearInterval(renewal)
      clearTimeout(deadline)
      this.#abort = undefined
      this.#current = undefined
    }
  }

  #current: Question | undefined

  async #work(question: Question, signal: AbortSignal): Promise<{ readonly result: Kept | Weakest; readonly digest: string } | undefined> {
    const { bundle, seed, nights, starts_at, asks } = question
    const what = { bundle, options: [], ...(starts_at === null ? {} : { at: starts_at }) }
    const prepared = prepare(what)
    if ('problems' in prepared) throw new Error(`the documents do not fit together: ${JSON.stringify(prepared.problems)}`)
    this.#pool ??= nodePool(this.#options.threads, NIGHTS)
    const pool = this.#pool
    const result = await stress(pool, { case: what, model: prepared.model, seed, nights: asks === 'chance' ? nights : MEASURED, signal })
    if (signal.aborted) return undefined
    if (asks === 'chance') {
      const { probability, low, high, summary } = result
      const standard = prepared.documents.study.standard?.['at-least'] ?? null
      return { result: { nights: summary.nights, hits: summary.hits, probability, low, high, standard }, digest: summary.digest }
    }
    const { effects, stopped } = await findEffects(pool, {
      base: what,
      seed,
      candidates: candidatesWithout(what, prepared.scene, result.summary),
      screening: SCREENED,
      measuring: MEASURED,
      signal,
    })
    if (stopped) return undefined
    const links = effects
      .filter(({ success }) => success.high < 0)
      .slice(0, NAMED)
      .map(({ of, success: { difference, low, high } }) => ({
        ...of,
        title: { en: nameOf(of, prepared.documents, 'en'), ...inAll((language) => nameOf(of, prepared.documents, language)) },
        difference,
        low,
        high,
      }))
    // What they are called in some language is not part of what has come of it.
    const played = links.map(({ title: _, ...rest }) => rest)
    return { result: { links }, digest: createHash('sha256').update(JSON.stringify(played)).digest('hex') }
  }

  async #keep(question: Question, { result, digest }: { result: Kept | Weakest; digest: string }, seconds: number): Promise<void> {
    await asProduct(this.#options.database, async (client) => {
      if (await this.#stillOurs(client, question)) {
        const { number, study, asks, starts_at } = question
        await happen(client, question, 'campaign.answered', { question: number, study, asks, starts_at, result, digest, seconds })
        if (asks === 'chance') await alertIfDropped(client, question, result as Kept)
      }
      await finish(client, question.campaign)
    })
  }

  /** Whether nobody else has taken it meanwhile, nor anybody ended it. Holds its campaign until the transaction ends. */
  async #stillOurs(client: pg.ClientBase, { campaign, number }: Question): Promise<boolean> {
    await client.query('select from campaigns.campaigns where id = $1 for update', [campaign])
    const ours = await client.query(
      `select from campaigns.questions where campaign = $1 and number = $2 and state = 'taken' and node = $3 for update`,
      [campaign, number, this.#node],
    )
    return ours.rowCount === 1
  }

  /** Back to whoever takes it next; it does not count as an attempt. */
  async #giveBack({ campaign, number }: Question): Promise<void> {
    await this.#options.database.owner.query(
      `update campaigns.questions set state = 'waiting', node = null, leased_until = null, attempts = attempts - 1
        where campaign = $1 and number = $2 and state = 'taken' and node = $3`,
      [campaign, number, this.#node],
    )
  }

  async #giveUp(question: Question): Promise<void> {
    const { campaign, number } = question
    await asProduct(this.#options.database, async (client) => {
      if (!(await this.#stillOurs(client, question))) return
      const again = await client.query(
        `update campaigns.questions set state = 'waiting', leased_until = null where campaign = $1 and number = $2 and attempts < $3`,
        [campaign, number, MOST_ATTEMPTS],
      )
      if (again.rowCount === 0) await happen(client, question, 'campaign.failed', { question: number })
      await finish(client, campaign)
    })
  }

  async #renew({ campaign, number }: Question): Promise<void> {
    await this.#options.database.owner
      .query(
        `update campaigns.questions set leased_until = now() + make_interval(secs => $4)
          where campaign = $1 and number = $2 and state = 'taken' and node = $3`,
        [campaign, number, this.#node, LEASE],
      )
      .catch(() => {})
  }

  async #leaveIfUnwanted(): Promise<void> {
    const current = this.#current
    if (current === undefined) return
    const { rows } = await this.#options.database.owner
      .query<{ state: string }>('select state from campaigns.campaigns where id = $1', [current.campaign])
      .catch(() => ({ rows: [] }))
    if (rows[0] !== undefined && rows[0].state !== 'running' && this.#current === current) this.#abort?.abort()
  }
}

/** A text in each language of ours. */
const inAll = (say: (language: string) => string) => Object.fromEntries(LANGUAGES.map((language) => [language, say(language)]))

function abortOf(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }))
}

/** Ends a campaign when its last question has been answered. Its row is locked by the caller. */
async function finish(client: pg.ClientBase, campaign: string): Promise<void> {
  const { rows } = await client.query<{ state: string; digest: string | null; asks: string }>(
    'select state, digest, asks from campaigns.questions where campaign = $1 order by number',
    [campaign],
  )
  if (rows.some(({ state }) => state === 'waiting' || state === 'taken')) return
  const digest = createHash('sha256')
  for (const row of rows) digest.update(row.digest ?? 'failed')
  const { rows: open } = await client.query<Placed>(
    `select id as campaign, establishment from campaigns.campaigns where id = $1 and state in ('running', 'paused')`,
    [campaign],
  )
  if (open[0] !== undefined)
    await happen(client, open[0], 'campaign.done', {
      digest: digest.digest('hex'),
      questions: rows.length,
      failed: rows.filter(({ state }) => state === 'failed').length,
    })
}

/** Puts on record what has come of a campaign, and what follows from it where screens read. */
async function happen(client: pg.ClientBase, { campaign, establishment }: Placed, what: string, said: object): Promise<void> {
  await client.query('select campaigns.happen($1, $2, $3, $4)', [campaign, establishment, what, JSON.stringify(said)])
}
