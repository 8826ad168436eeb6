/** Letters: who is to be told of what has happened, and telling them. Any number of servers do it together; each letter is sent once, or once more
 * where a server was lost between sending it and saying so. */
import nodemailer, { type Transporter } from 'nodemailer'
import type SMTPTransport from 'nodemailer/lib/smtp-transport/index.js'
import { isLanguage, type Text, textIn } from '../contracts/languages.ts'
import type { Database } from '../database/database.ts'
import { asProduct } from '../database/transaction.ts'
import { ENDING, LAST_ENDING, LETTERS, type Notice } from './texts.ts'

export interface MailOptions {
  /** Such as smtps://name:password@mail.example.org. */
  readonly server: string
  /** What stands under "from". */
  readonly from: string
}

interface PostOptions extends MailOptions {
  readonly database: Database
  /** Under which people open the product. */
  readonly address: string
  readonly log: { error(detail: object, message: string): void }
}

/** Milliseconds between looks for what has happened; and seconds for which things are collected for one letter. */
const LOOK = 20_000
const COLLECT = 60
/** Events behind the newest that are looked at again: those of transactions that took longer. */
const BEHIND = 10_000
/** After so many tries nobody waits for a letter any more. Each waits twice as long as the one before, from a minute on: together about nine hours. */
const MOST_TRIES = 10
/** Milliseconds that a mail server may take. */
const PATIENCE = 20_000

/** Who is told of what: of those who have given an address, the ones who hold one of the roles there, or the one whom it is about. */
const TOLD: Readonly<Record<string, { readonly notice: Notice; readonly roles: readonly string[] }>> = {
  'alert.dropped': { notice: 'alert', roles: ['planner', 'governor'] },
  'grants.glass-broken': { notice: 'emergency', roles: ['monitor'] },
  'document.submitted': { notice: 'review', roles: ['governor'] },
  'access.password-changed': { notice: 'account', roles: [] },
  'access.authenticator-added': { notice: 'account', roles: [] },
  'access.authenticator-removed': { notice: 'account', roles: [] },
  'access.passkey-added': { notice: 'account', roles: [] },
  'access.passkey-removed': { notice: 'account', roles: [] },
  'access.recovery-code-used': { notice: 'account', roles: [] },
  'access.address-given': { notice: 'account', roles: [] },
}

interface Letter {
  readonly person: string
  readonly notice: Notice
  readonly establishment: string | null
  readonly events: string[]
  readonly tries: number
  readonly address: string
  /** The same, where it has been given up; otherwise empty. */
  readonly former: string
  readonly language: string
  readonly place: Text | null
}

export class Post {
  readonly #options: PostOptions
  readonly #transport: Transporter
  #timer: NodeJS.Timeout | undefined
  #busy: Promise<void> = Promise.resolve()

  constructor(options: PostOptions) {
    this.#options = options
    const { hostname } = new URL(options.server)
    this.#transport = nodemailer.createTransport({
      url: options.server,
      connectionTimeout: PATIENCE,
      greetingTimeout: PATIENCE,
      socketTimeout: PATIENCE,
      // Nothing goes over a network in clear.
      requireTLS: !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname),
      disableFileAccess: true,
      disableUrlAccess: true,
    } as SMTPTransport.Options)
  }

  start(every = LOOK): this {
    this.#timer = setInterval(() => void this.go(), every).unref()
    return this
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#busy
    this.#transport.close()
  }

  /** Collects what has happened and sends what is due. What goes wrong goes into the log, and is tried again. `collect`: seconds. */
  go(collect = COLLECT): Promise<void> {
    this.#busy = this.#busy
      .then(async () => {
        await gather(this.#options.database)
        for (const letter of await due(this.#options.database, collect)) await this.#send(letter)
      })
      .catch((err) => this.#options.log.error({ err }, 'no letters'))
    return this.#busy
  }

  async #send(letter: Letter): Promise<void> {
    const { database, from, log } = this.#options
    try {
      await this.#transport.sendMail({ from, to: letter.address, ...written(letter, this.#options.address) })
    } catch (error) {
      const { code } = error as { code?: string }
      log.error({ code, tries: letter.tries }, 'a letter could not be sent')
      if (letter.tries < MOST_TRIES) return
    }
    const { person, events, former } = letter
    await database.owner.query(`delete from mail.waiting where person = $1 and event = any ($2::bigint[]) and address = $3`, [
      person,
      events,
      former,
    ])
  }
}

/** A letter as it is sent: text alone, nothing to fetch, nothing that says what exactly has happened. */
export function written(letter: Pick<Letter, 'notice' | 'language' | 'place' | 'events' | 'former'>, address: string) {
  const { notice, language, place, events, former } = letter
  const inTheirs = isLanguage(language) ? language : 'en'
  const say = (text: Text) => textIn(text, inTheirs)
  const { subject, body } = LETTERS[notice]
  const room = notice === 'account' ? '#/account' : '#/'
  const lines = [
    say(body),
    ...(place === null ? [] : [say(place)]),
    `${address.replace(/\/$/, '')}/${room}`,
    `-- \n${say(former === '' ? ENDING : LAST_ENDING)}`,
  ]
  return {
    subject: `${say(subject)}${events.length > 1 ? ` (${events.length})` : ''}`,
    text: `${lines.join('\n\n')}\n`,
    headers: { 'Content-Language': inTheirs, 'Auto-Submitted': 'auto-generated' },
  }
}

/** Puts down whom to tell of what has happened since somebody last looked. */
function gather(database: Database): Promise<void> {
  return asProduct(database, async (client) => {
    const { rows } = await client.query<{ mine: boolean }>(`select pg_try_advisory_xact_lock(hashtextextended('aman letters', 0)) as mine`)
    if (!rows[0]!.mine) return
    await client.query(
      `with fresh as (
        insert into mail.told (event)
          select e.position from ledger.visible e
          where e.position > coalesce((select max(position) from ledger.events), 0) - $2 and $1::jsonb ? e.kind
          on conflict do nothing returning event
      ), told as (
        select e.position, e.person as doer, e.establishment, e.at, $1::jsonb -> e.kind ->> 'notice' as notice, $1::jsonb -> e.kind -> 'roles' as roles,
          case when e.stream like 'access/%' then substr(e.stream, 8)::uuid end as about
        from ledger.events e join fresh f on f.event = e.position
      )
      insert into mail.waiting (event, person, notice, establishment)
        select t.position, a.person, t.notice, t.establishment
        from told t join mail.addresses a on a.given_at <= t.at join access.people p on p.id = a.person and p.closed_at is null
        where a.person = t.about or a.person is distinct from t.doer and exists (
          select from access.grants g where g.person = a.person and g.withdrawn_at is null and g.expires_at > now()
            and t.roles ? g.role and (g.establishment is null or g.establishment = t.establishment)
        )
        on conflict do nothing`,
      [JSON.stringify(TOLD), BEHIND],
    )
    // Nobody waits for a letter of the day before yesterday: the mail server was not there for as long.
    await client.query(`delete from mail.waiting where made_at < now() - interval '2 days'`)
    await client.query('delete from mail.told where event < (select max(position) from ledger.events) - 2 * $1::bigint', [BEHIND])
  })
}

/** Letters that are due, for this server alone until their next try. */
async function due(database: Database, collect: number): Promise<Letter[]> {
  const { rows } = await database.owner.query<Letter>(
    `with mine as (
      update mail.waiting set tries = tries + 1, next_try = now() + interval '1 minute' * pow(2, tries)
        where next_try <= now() and made_at <= now() - make_interval(secs => $1) returning person, notice, establishment, event, tries, address
    )
    select m.person, m.notice, m.establishment, array_agg(m.event::text order by m.event) as events, max(m.tries) as tries,
      coalesce(nullif(m.address, ''), a.address) as address, m.address as former, p.language, e.title as place
    from mine m left join mail.addresses a on a.person = m.person join access.people p on p.id = m.person
      left join access.establishments e on e.id = m.establishment
    where m.address <> '' or a.address is not null
    group by m.person, m.notice, m.establishment, a.address, m.address, p.language, e.title`,
    [collect],
  )
  return rows
}
