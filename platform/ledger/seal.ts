/** What is about a person is sealed with that person's key, so that destroying the key erases it and leaves the chain whole. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { LedgerEvent } from './chain.ts'
import { type Appended, append, type Body, type Draft, type Target } from './ledger.ts'

const NONCE = 12
const TAG = 16

/** AES-256-GCM: nonce, tag, ciphertext. `context` is bound to it: elsewhere it does not open. */
export function seal(key: Buffer, content: Buffer, context: string): Buffer {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context, 'utf8'))
  const sealed = Buffer.concat([cipher.update(content), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

/** Throws if it has been touched or belongs elsewhere. */
export function open(key: Buffer, sealed: Buffer, context: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE)).setAAD(Buffer.from(context, 'utf8'))
  decipher.setAuthTag(sealed.subarray(NONCE, NONCE + TAG))
  return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()])
}

/** The key of `subject`, made at first use; undefined once it has been destroyed. */
export async function subjectKey(client: pg.ClientBase, master: Buffer, subject: string): Promise<Buffer | undefined> {
  const proposed = seal(master, randomBytes(32), subject)
  await client.query('insert into ledger.subject_keys (subject, sealed_key) values ($1, $2) on conflict (subject) do nothing', [
    subject,
    proposed,
  ])
  return existingKey(client, master, subject)
}

async function existingKey(client: pg.ClientBase, master: Buffer, subject: string): Promise<Buffer | undefined> {
  const { rows } = await client.query<{ sealed_key: Buffer | null }>('select sealed_key from ledger.subject_keys where subject = $1', [
    subject,
  ])
  const sealed = rows[0]?.sealed_key ?? undefined
  return sealed === undefined ? undefined : open(master, sealed, subject)
}

const contextOf = (stream: string, number: number) => `${stream}#${number}`

/** Appends events whose bodies only the key of `subject` opens. Throws if that key has been destroyed. */
export async function appendSealed(
  client: pg.ClientBase,
  master: Buffer,
  subject: string,
  target: Target,
  drafts: readonly Draft[],
): Promise<Appended> {
  const key = await subjectKey(client, master, subject)
  if (key === undefined) throw new Error('this person has been erased')
  const bodies = drafts.map(
    ({ body }, k): Body => ({
      bytes: seal(key, Buffer.from(JSON.stringify(body), 'utf8'), contextOf(target.stream, target.expected + k + 1)),
      subject,
    }),
  )
  return append(client, target, drafts, bodies)
}

/** What an event says; undefined where it has been erased. */
export async function bodyOf(client: pg.ClientBase, master: Buffer, event: LedgerEvent): Promise<unknown> {
  if (event.subject === null) return JSON.parse(event.body.toString('utf8'))
  const key = await existingKey(client, master, event.subject)
  return key === undefined ? undefined : JSON.parse(open(key, event.body, contextOf(event.stream, event.number)).toString('utf8'))
}

/** Destroys the key of `subject` and puts that on record. Nothing that was sealed with it can be read again. */
export async function erase(client: pg.ClientBase, subject: string, reason: string): Promise<void> {
  // Also where there is no key yet: from now on there never will be.
  await client.query(
    `insert into ledger.subject_keys as k (subject, sealed_key, destroyed_at) values ($1, null, now())
      on conflict (subject) do update set sealed_key = null, destroyed_at = now() where k.sealed_key is not null`,
    [subject],
  )
  const { outcome } = await append(client, { stream: `erasure/${subject}`, expected: 0, establishment: null, request: subject }, [
    { kind: 'erasure.done', body: { reason } },
  ])
  if (outcome === 'conflict') throw new Error('the erasure could not be put on record')
}
