import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { generated } from '../../tools/generate.mjs'

describe('the documentation that follows from the code', () => {
  it('is up to date (if not: node tools/generate.mjs)', async () => {
    const files = await generated()
    expect(files.size).toBe(8)
    for (const [path, text] of files) expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'), path).toBe(text)
  })
})

/** Requirements of levels 1 and 2 of OWASP ASVS 4.0.3, by section. */
const ASVS: Readonly<Record<string, readonly number[]>> = {
  ...{
    '1.1': [1, 2, 3, 4, 5, 6, 7],
    '1.2': [1, 2, 3, 4],
    '1.4': [1, 4, 5],
    '1.5': [1, 2, 3, 4],
    '1.6': [1, 2, 3, 4],
    '1.7': [1, 2],
    '1.8': [1, 2],
  },
  ...{ '1.9': [1, 2], '1.10': [1], '1.11': [1, 2], '1.12': [2], '1.14': [1, 2, 3, 4, 5, 6] },
  ...{
    '2.1': [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    '2.2': [1, 2, 3],
    '2.3': [1, 2, 3],
    '2.4': [1, 2, 3, 4, 5, 6],
    '2.5': [1, 2, 3, 4, 5, 6, 7],
  },
  ...{ '2.6': [1, 2, 3], '2.7': [1, 2, 3, 4, 5, 6], '2.8': [1, 2, 3, 4, 5, 6, 7], '2.9': [1, 2, 3], '2.10': [1, 2, 3, 4] },
  ...{ '3.1': [1], '3.2': [1, 2, 3, 4], '3.3': [1, 2, 3, 4], '3.4': [1, 2, 3, 4, 5], '3.5': [1, 2, 3], '3.7': [1] },
  ...{ '4.1': [1, 2, 3, 5], '4.2': [1, 2], '4.3': [1, 2, 3] },
  ...{
    '5.1': [1, 2, 3, 4, 5],
    '5.2': [1, 2, 3, 4, 5, 6, 7, 8],
    '5.3': [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    '5.4': [1, 2, 3],
    '5.5': [1, 2, 3, 4],
  },
  ...{ '6.1': [1, 2, 3], '6.2': [1, 2, 3, 4, 5, 6], '6.3': [1, 2], '6.4': [1, 2] },
  ...{ '7.1': [1, 2, 3, 4], '7.2': [1, 2], '7.3': [1, 3, 4], '7.4': [1, 2, 3] },
  ...{ '8.1': [1, 2, 3, 4], '8.2': [1, 2, 3], '8.3': [1, 2, 3, 4, 5, 6, 7, 8] },
  ...{ '9.1': [1, 2, 3], '9.2': [1, 2, 3, 4], '10.2': [1, 2], '10.3': [1, 2, 3], '11.1': [1, 2, 3, 4, 5, 6, 7, 8] },
  ...{ '12.1': [1, 2, 3], '12.2': [1], '12.3': [1, 2, 3, 4, 5, 6], '12.4': [1, 2], '12.5': [1, 2], '12.6': [1] },
  ...{ '13.1': [1, 3, 4, 5], '13.2': [1, 2, 3, 5, 6], '13.3': [1, 2], '13.4': [1, 2] },
  ...{ '14.1': [1, 2, 3, 4], '14.2': [1, 2, 3, 4, 5, 6], '14.3': [2, 3], '14.4': [1, 2, 3, 4, 5, 6, 7], '14.5': [1, 2, 3, 4] },
}

describe('the list of what is secured', () => {
  const at = (path: string) => new URL(`../../${path}`, import.meta.url)
  const lines = readFileSync(at('docs/security.md'), 'utf8')
    .split('\n')
    .flatMap(
      (line) =>
        (/^\| ([\d., –]+) \| ([a-z ]+) \| (.+?) \| ?(.*?) ?\|$/.exec(line)?.slice(1, 5) as [string, string, string, string] | undefined) ??
        [],
    )
  const entries = Array.from({ length: lines.length / 4 }, (_, k) => lines.slice(4 * k, 4 * k + 4) as [string, string, string, string])

  it('names every requirement of level 2 once', () => {
    const named = entries.flatMap(([ids]) =>
      ids.split(', ').flatMap((id) => {
        const [, section, from, , to] = /^(\d+\.\d+)\.(\d+)(–\d+\.\d+\.(\d+))?$/.exec(id)!
        return Array.from({ length: Number(to ?? from) - Number(from) + 1 }, (_, k) => `${section}.${Number(from) + k}`)
      }),
    )
    expect(named.sort()).toEqual(
      Object.entries(ASVS)
        .flatMap(([section, all]) => all.map((one) => `${section}.${one}`))
        .sort(),
    )
    expect(new Set(entries.map(([, state]) => state))).toEqual(new Set(['met', 'in part', 'not met', 'not applicable']))
  })

  it('names rules and files that are there', () => {
    const parts = ['access', 'campaigns', 'documents', 'exchange', 'ledger', 'mail', 'reports', 'retention']
    const rules = parts.map((part) => readFileSync(at(`platform/${part}/SPEC.md`), 'utf8')).join('')
    for (const [ids, , , shown] of entries) {
      for (const [rule] of shown.matchAll(/\b[A-Z]{2}-\d\d\b/g)) expect(rules, `${ids}: ${rule}`).toContain(`**${rule}**`)
      for (const [, path] of shown.matchAll(/`([^` ]+)`/g)) {
        const places = [path!, `platform/journeys/${path}`, `platform/server/${path}`]
        if (path !== 'SPEC.md')
          expect(
            places.some((one) => existsSync(at(one))),
            `${ids}: ${path}`,
          ).toBe(true)
      }
    }
  })
})
