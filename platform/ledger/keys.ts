/** Keys that are not in the database: they lie in the data folder, readable by the product alone. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { InputError } from '../contracts/errors.ts'
import type { Database } from '../database/database.ts'
import type { Witness } from './checkpoints.ts'
import { open } from './seal.ts'

export interface Keys {
  /** Seals the keys of subjects; 32 bytes. */
  readonly master: Buffer
  readonly signer: Signer
}

export interface Signer {
  readonly id: string
  readonly privateKey: KeyObject
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Buffer
}

/** The keys in `folder`; made where they are missing. */
export function openKeys(folder: string): Keys {
  const place = join(folder, 'keys')
  mkdirSync(place, { recursive: true, mode: 0o700 })
  const master = readOrMake(join(place, 'master.key'), () => randomBytes(32).toString('base64'))
  const privateKey = signingKey(folder, 'checkpoint')
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  return { master: Buffer.from(master, 'base64'), signer: { id: keyId(publicKey), privateKey, publicKey } }
}

/** Throws {@link InputError} if what the database has sealed does not open with `master`: its keys lie in another folder. */
export async function mustBeKeysOf({ owner }: Database, master: Buffer, folder: string): Promise<void> {
  const { rows } = await owner.query<{ subject: string; sealed_key: Buffer }>(
    'select subject, sealed_key from ledger.subject_keys where sealed_key is not null limit 1',
  )
  try {
    for (const { subject, sealed_key } of rows) open(master, sealed_key, subject)
  } catch {
    throw new InputError([
      {
        code: 'keys-foreign',
        path: ['AMAN_DATA_DIR', 'keys'],
        expected: 'the master key with which this database was begun',
        found: folder,
      },
    ])
  }
}

/** The Ed25519 key of that name in `folder`; made if it is missing. */
export function signingKey(folder: string, name: 'checkpoint' | 'publisher'): KeyObject {
  const place = join(folder, 'keys')
  mkdirSync(place, { recursive: true, mode: 0o700 })
  return createPrivateKey(
    readOrMake(join(place, `${name}.pem`), () => {
      const { privateKey } = generateKeyPairSync('ed25519')
      return privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
    }),
  )
}

export function keyId(publicKey: Buffer): string {
  return createHash('sha256').update(publicKey).digest('hex').slice(0, 16)
}

const WITNESS = 'last-checkpoint.json'

/** The last checkpoint that was signed with the keys in `folder`. */
export function rememberedCheckpoint(folder: string): Witness | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'keys', WITNESS), 'utf8')) as Witness
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** To be called once the checkpoint has been committed. */
export function rememberCheckpoint(folder: string, witness: Witness): void {
  const path = join(folder, 'keys', WITNESS)
  writeFileSync(`${path}.part`, JSON.stringify(witness), { mode: 0o600, flush: true })
  renameSync(`${path}.part`, path)
}

function readOrMake(path: string, make: () => string): string {
  try {
    // Fails if it is there: two that start at once use the same one.
    writeFileSync(path, make(), { mode: 0o600, flag: 'wx', flush: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(path, 'utf8')
}
