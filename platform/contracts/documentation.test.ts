import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { generated } from '../../tools/generate.mjs'

describe('the documentation that follows from the code', () => {
  it('is up to date (if not: node tools/generate.mjs)', async () => {
    const files = await generated()
    expect(files.size).toBe(8)
    for (const [path, text] of files) expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'), path).toBe(text)
  })
})
