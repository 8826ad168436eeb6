import { describe, expect, it } from 'vitest'
import { examineWords, hardCoded } from './words.mjs'

describe('words in screens', () => {
  it('are all among the words of the product', () => {
    expect(examineWords()).toEqual([])
  })

  it('would be found, as text, as a label and as an expression', () => {
    const found = hardCoded(
      'x.tsx',
      `const a = <p title="Close it">Press {'Begin'} now {n} m · 5 % <b aria-label={t('x')}>{t('y')}</b></p>`,
    )
    expect(found.map((line: string) => /“(.*)”/.exec(line)![1])).toEqual(['Close it', 'Press', 'Begin', 'now'])
  })
})
