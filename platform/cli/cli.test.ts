/** What the terminal says, as somebody there would see it. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const MAIN = fileURLToPath(new URL('../bin/aman.mjs', import.meta.url))
const TEMPLATES = new URL('../templates/', import.meta.url)
const aman = async (...args: string[]) => (await promisify(execFile)(process.execPath, [MAIN, ...args])).stdout

/** A folder with the small establishment of the templates after a change to its roster. */
function own(change: (roster: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), 'aman-'))
  for (const kind of ['facility', 'roster', 'plan', 'threat', 'study']) {
    const text = readFileSync(new URL(`${kind}.yaml`, TEMPLATES), 'utf8')
      .replaceAll('THE-ID', `my-${kind}`)
      .replaceAll('THE-DATE', '2026-11-22')
    writeFileSync(join(folder, `${kind}.yaml`), kind === 'roster' ? change(text) : text)
  }
  return folder
}

describe('the terminal', { timeout: 60_000 }, () => {
  it('compares options each by itself, and together as one change with one price', async () => {
    const args = ['compare', 'cell-fire', '--option', 'second-key-set', '--option', 'cell-detectors', '--replications', '600', '--json']
    const apart = JSON.parse(await aman(...args)).options
    const options = Object.keys(apart)
    expect(options).toHaveLength(2)
    const together = JSON.parse(await aman(...args, '--together')).options
    expect(Object.keys(together)).toEqual([options.join(' + ')])
    const [one] = Object.values(together) as [{ success: { probability: number } }]
    for (const id of options) expect(one.success.probability).toBeGreaterThanOrEqual(apart[id].success.probability)
    await expect(aman('compare', 'cell-fire', '--option', options[0]!, '--together')).rejects.toMatchObject({ code: 2 })
  })

  it('remarks on what can be played and is hardly meant, with file, line and advice', async () => {
    const said = await aman(
      'packs',
      'check',
      own((roster) => roster.replace('to: "19:00"', 'to: "17:00"')),
    )
    expect(said).toMatch(/roster\.yaml:\d+:\d+ {2}shifts\n.*nobody on duty.*\n.*expected.*\n.*found +Mon 17:00\n.*to do/)
    expect(said).toMatch(/5 documents, 1 studies: nothing wrong; \d+ to look at again/)
    expect(
      await aman(
        'packs',
        'check',
        own((roster) => roster),
      ),
    ).toMatch(/nothing wrong\.\n$/)
  })

  it('tells of tasks that nobody could begin what they need, and of those that never came up what they wait for', async () => {
    const folder = own((roster) => roster.replace(/(senior: .* shifts: \{ day: 1), night: 1/, '$1'))
    const said = await aman('stress', join(folder, 'study.yaml'), '--at', '22:45', '--replications', '256', '--no-weaknesses')
    expect(said).toMatch(/wait in vain[\s\S]*take-command +100 % +0 % +1 × commander/)
    expect(said).toMatch(/came up in none of these nights[\s\S]*open-cells +command is taken/)
  })
})
