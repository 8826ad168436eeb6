// A Chromium for the journeys: the one that AMAN_CHROMIUM names, or the one that comes with the installed packages.
import { spawnSync } from 'node:child_process'

/** Shared libraries that the packaged Chromium wants, by the Debian package that has them. */
const LIBRARIES = ['libnss3', 'libnspr4', 'libexpat1']

/** Path of an executable Chromium. */
export async function chromiumPath() {
  if (process.env.AMAN_CHROMIUM !== undefined) return process.env.AMAN_CHROMIUM
  const { default: chromium } = await import('@sparticuz/chromium')
  return chromium.executablePath()
}

/** Makes sure that the browser starts; installs the libraries it lacks where that is possible, and says what to do elsewhere. */
export async function ensureBrowser() {
  const path = await chromiumPath()
  const starts = () => spawnSync(path, ['--version', '--no-sandbox'], { stdio: 'ignore' }).status === 0
  if (starts()) return
  console.error(`Installing what the browser of the tests needs: ${LIBRARIES.join(', ')}…`)
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  spawnSync('apt-get', ['update', '-qq'], quiet)
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...LIBRARIES], quiet)
  if (starts()) return
  console.error(`The browser for the tests does not start. Install ${LIBRARIES.join(', ')} (on Debian and Ubuntu:`)
  console.error(`  sudo apt-get install ${LIBRARIES.join(' ')}), or set AMAN_CHROMIUM to the path of a Chromium.`)
  process.exit(1)
}
