/** As whom PostgreSQL runs. It refuses to run as root, so root lends it an account that has no rights. */
import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { InputError } from '../contracts/errors.ts'

export interface Account {
  readonly uid: number
  readonly gid: number
}

/** The account for the server; undefined: our own. */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    // A number alone does not do: initdb looks the name up.
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? []
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new InputError([
    { code: 'data-folder', path: ['AMAN_DATA_DIR'], expected: 'a user named postgres or nobody to run the database as', found: 'neither' },
  ])
}

/** Throws {@link InputError} if others may not pass through every folder above `path`. */
export function mustBePassable(path: string): void {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0)
      throw new InputError([
        { code: 'data-folder', path: ['AMAN_DATA_DIR'], expected: 'a folder that the database’s own user can reach', found: folder },
      ])
    if (dirname(folder) === folder) return
  }
}
