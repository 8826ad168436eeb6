import { describe, expect, it } from 'vitest'
import { LANGUAGES } from '../platform/contracts/languages.ts'
import { ENGLISH, refusalsOf, wordsOf } from '../platform/words/dictionary.ts'
import { examineWords, hardCoded } from './words.mjs'

describe('words in screens', () => {
  it('are all among the words of the product', () => {
    expect(examineWords()).toEqual([])
  })

  it('are there in every language, with what is filled in', async () => {
    const filledIn = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([one]) => one).sort()
    for (const language of LANGUAGES) {
      const words = await wordsOf(language)
      for (const [word, text] of Object.entries(ENGLISH)) {
        const told = words[word as keyof typeof words]
        expect(told, `${language} ${word}`).toMatch(/\S/)
        expect([...new Set(filledIn(told))], `${language} ${word}`).toEqual([...new Set(filledIn(text))])
      }
      for (const [code, { says, advice }] of Object.entries(await refusalsOf(language)))
        for (const text of [says, advice]) expect(text, `${language} ${code}`).toMatch(/\S/)
    }
  })

  it('would be found, as text, as a label and as an expression', () => {
    const found = hardCoded(
      'x.tsx',
      `const a = <p title="Close it">Press {'Begin'} now {n} m · 5 % <b aria-label={t('x')}>{t('y')}</b></p>`,
    )
    expect(found.map((line: string) => /“(.*)”/.exec(line)![1])).toEqual(['Close it', 'Press', 'Begin', 'now'])
  })
})
