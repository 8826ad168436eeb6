/** One cluster for a run of the tests, made before and removed after. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCluster } from './cluster.ts'

export async function setup(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'aman-tests-'))
  // The account that runs the database must be able to pass through.
  chmodSync(folder, 0o755)
  process.env.AMAN_TEST_DATA = folder
  const cluster = await openCluster(folder)
  return async () => {
    await cluster.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
