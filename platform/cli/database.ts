/** aman db …, aman ledger … */
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { printedCode, sha256 } from '../access/codes.ts'
import { InputError } from '../contracts/errors.ts'
import { backup, digestOf, restore } from '../database/backup.ts'
import { type Database, databaseUrl, dataFolder, openDatabase } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { asProduct } from '../database/transaction.ts'
import { makeCheckpoint, witnessOf } from '../ledger/checkpoints.ts'
import { openKeys, rememberCheckpoint, rememberedCheckpoint } from '../ledger/keys.ts'
import { projections } from '../ledger/projections.ts'
import { type Verification, verifyLedger } from '../ledger/verify.ts'
import { apply, daysOf, dryRun } from '../retention/retention.ts'
import { print, printJson } from './console.ts'

const SHORTEST_PASSPHRASE = 12

async function withDatabase<T>(work: (database: Database, folder: string) => Promise<T>, migrated = true): Promise<T> {
  const folder = dataFolder()
  const database = await openDatabase({ url: databaseUrl(), folder, migrate: migrated })
  try {
    return await work(database, folder)
  } finally {
    await database.close()
  }
}

function passphrase(): string {
  const given = process.env.AMAN_BACKUP_PASSPHRASE ?? ''
  if (given.length < SHORTEST_PASSPHRASE)
    throw new InputError([
      {
        code: 'passphrase-missing',
        path: ['AMAN_BACKUP_PASSPHRASE'],
        expected: `at least ${SHORTEST_PASSPHRASE} characters`,
        found: given === '' ? 'nothing' : `${given.length}`,
      },
    ])
  return given
}

function mustExist(file: string): void {
  if (!existsSync(file)) throw new InputError([{ code: 'file-unreadable', file, path: [], expected: 'a backup', found: 'no such file' }])
}

/** Lets an account try again. That it was done is in the trail. */
export function unlockCommand(login: string): Promise<number> {
  return withDatabase((database) =>
    asProduct(database, async (client) => {
      const { rows } = await client.query<{ person: string }>(
        'update identity.accounts set failures = 0, locked_until = null where login = $1 returning person',
        [login.toLowerCase()],
      )
      if (rows[0] === undefined)
        throw new InputError([{ code: 'id-unknown', path: ['login'], expected: 'a sign-in name that somebody has', found: login }])
      await client.query('select ledger.note($1, null, $2, $3)', [`access/${rows[0].person}`, 'access.unlocked', '{}'])
      print(`${login} can try again.`)
      return 0
    }),
  )
}

/** A printed code with which a new administrator of the whole service comes in; for whoever runs the machine, where nobody else can. On record. */
export function administratorCommand(name: string): Promise<number> {
  return withDatabase((database) =>
    asProduct(database, async (client) => {
      const code = printedCode(4)
      await client.query('select identity.invite_administrator($1, $2)', [sha256(code), name])
      print(`${code}: for ${name}, once, within a day; on the page choose “I have an invitation”.`)
      return 0
    }),
  )
}

export function migrateCommand(): Promise<number> {
  return withDatabase(async ({ owner }) => {
    const applied = await migrate(owner)
    print(applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}.`)
    return 0
  }, false)
}

export function backupCommand(file: string): Promise<number> {
  const secret = passphrase()
  if (existsSync(file)) throw new InputError([{ code: 'file-exists', file, path: [], expected: 'a new file', found: 'one that is there' }])
  return withDatabase(async ({ owner }, folder) => {
    const { rows, tables, digest } = await backup(owner, folder, file, secret)
    print(`${file}: ${rows} rows of ${tables} tables.`)
    print(`Content ${digest}`)
    return 0
  })
}

export function restoreCommand(file: string): Promise<number> {
  const secret = passphrase()
  mustExist(file)
  return withDatabase(async ({ owner }, folder) => {
    const restored = await restore(owner, folder, file, secret)
    // Read again from the database: that it was in the file is not enough.
    const found = await digestOf(owner)
    if (found.digest !== restored.digest) {
      print(`CONTENT DIFFERS: the backup says ${restored.digest}, restored is ${found.digest}`)
      return 1
    }
    await migrate(owner)
    print(`${restored.rows} rows of ${restored.tables} tables are back.`)
    print(`Content ${restored.digest}`)
    return 0
  }, false)
}

/** The restore drill: into a folder of its own, compared with what the backup says, the ledger verified, all removed again. */
export async function drillCommand(file: string): Promise<number> {
  const secret = passphrase()
  mustExist(file)
  const folder = mkdtempSync(join(process.getuid?.() === 0 ? '/var/tmp' : tmpdir(), 'aman-drill-'))
  // Whoever runs the database passes through; what is inside is closed to others.
  chmodSync(folder, 0o755)
  try {
    const database = await openDatabase({ folder, migrate: false })
    try {
      const said = await restore(database.owner, folder, file, secret)
      const found = await digestOf(database.owner)
      await migrate(database.owner)
      const verified = await verification(database, folder)
      const equal = said.digest === found.digest && said.rows === found.rows
      print(`${found.rows} rows of ${found.tables} tables restored in a place of their own.`)
      print(equal ? `Content equal: ${found.digest}` : `CONTENT DIFFERS: the backup says ${said.digest}, restored is ${found.digest}`)
      printVerification(verified)
      return equal && verified.broken === undefined ? 0 : 1
    } finally {
      await database.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function verification(database: Database, folder: string): Promise<Verification> {
  return asProduct(database, async (client) => {
    await client.query('set transaction isolation level repeatable read')
    return verifyLedger(client, openKeys(folder).signer, rememberedCheckpoint(folder))
  })
}

interface VerifyOptions {
  readonly json: boolean
  /** Also whether the tables that screens read follow from the trail. */
  readonly folded: boolean
}

export function verifyLedgerCommand({ json, folded }: VerifyOptions): Promise<number> {
  return withDatabase(async (database, folder) => {
    const verified = await verification(database, folder)
    const tables = folded ? await projections(database, openKeys(folder).master) : []
    if (json)
      printJson(
        JSON.parse(
          JSON.stringify({ ...verified, ...(folded ? { tables } : {}) }, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
        ),
      )
    else {
      printVerification(verified)
      for (const { table, rows, differing } of tables)
        print(`${table}: ${rows} rows, ${differing === 0 ? 'all as the trail says' : `${differing} DO NOT FOLLOW FROM THE TRAIL`}`)
    }
    return verified.broken === undefined && tables.every((one) => one.differing === 0) ? 0 : 1
  })
}

export function checkpointCommand(): Promise<number> {
  return withDatabase(async (database, folder) => {
    const made = await asProduct(database, (client) => makeCheckpoint(client, openKeys(folder).signer, rememberedCheckpoint(folder)))
    rememberCheckpoint(folder, witnessOf(made))
    print(`Checkpoint ${made.number}: ${made.events} events, signed with key ${made.keyId}.`)
    return 0
  })
}

const FAULTS = {
  altered: 'says something else than when it was appended',
  unchained: 'does not follow from the one before it',
  missing: 'comes after one that is not there any more',
  cut: 'and what came after it are not there any more',
  unsigned: 'is not signed by us, or does not follow from the one before it',
  withdrawn: 'was signed here and is not in the database any more',
  reordered: 'covers events whose order has been changed since it was signed',
  rewritten: 'covers events that have been rewritten, consistently, since it was signed',
} as const

function printVerification({ events, streams, checkpoints, unsigned, broken }: Verification): void {
  print(`${events} events in ${streams} streams, ${checkpoints} checkpoints; ${unsigned} events since the last one.`)
  if (unsigned > 0)
    print(
      'What has not been signed yet is chained only: whoever rules the database could write it anew. The server signs every five minutes.',
    )
  if (broken === undefined) {
    print('The trail is whole.')
    return
  }
  const { fault, stream, number, beyond, position, checkpoint, after, before, couldHave } = broken
  const what = stream === undefined ? `Checkpoint ${checkpoint}` : `Event ${number} of ${stream} (position ${position ?? 'unknown'})`
  print('THE TRAIL HAS BEEN TOUCHED.')
  print(`${what} ${FAULTS[fault]}.`)
  if (beyond !== undefined) print(`The events are after position ${beyond} and up to ${position}.`)
  if (after !== undefined) print(`It happened after ${timeOf(after)}${before === undefined ? '' : ` and before ${timeOf(before)}`}.`)
  print(`These roles of the database have the power to do that: ${couldHave.join(', ')}.`)
}

function timeOf(microseconds: bigint): string {
  return new Date(Number(microseconds / 1000n)).toISOString()
}

/** What is kept for how long, and what is due. Without `apply` nothing changes. */
export function retentionCommand(options: {
  readonly keep: readonly string[]
  readonly apply: boolean
  readonly json: boolean
}): Promise<number> {
  const days = daysOf(options.keep)
  return withDatabase(async (database) => {
    const findings = await (options.apply ? apply : dryRun)(database, days)
    if (options.json)
      printJson({
        applied: options.apply,
        rules: findings.map(({ rule, days: after, count, oldest }) => ({ id: rule.id, days: after, count, oldest })),
      })
    else {
      for (const { rule, days: after, count, oldest } of findings) {
        print(`${rule.id}: ${rule.what}, after ${after} days (${rule.why})`)
        print(
          `  ${count} ${options.apply ? 'gone' : 'due'}${oldest === null ? '' : `, the oldest since ${oldest.toISOString().slice(0, 10)}`}`,
        )
      }
      if (!options.apply) print('Nothing has been changed. With --apply it goes, and that it went is in the trail.')
    }
    return 0
  })
}
