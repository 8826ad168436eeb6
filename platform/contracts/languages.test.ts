import { describe, expect, it } from 'vitest'
import { matches } from './folding.ts'
import { dayIn, LANGUAGES, momentIn, nearestLanguage, numberIn, textIn, weekdayIn } from './languages.ts'
import { inCyrillic } from './uzbek.ts'

describe('languages', () => {
  it('writes numbers as the Unicode consortium says, in every language, without the browser', () => {
    const locales = { en: 'en-GB' } as Record<string, string>
    for (const language of LANGUAGES)
      for (const [value, digits] of [
        [0, 0],
        [1234567.891, 2],
        [-0.04, 1],
        [-12.5, 1],
        [999.999, 2],
        [100, 3],
      ] as const) {
        const expected = new Intl.NumberFormat(locales[language] ?? language, {
          maximumFractionDigits: digits,
          roundingMode: 'halfExpand',
        } as Intl.NumberFormatOptions)
          .format(Number(value.toFixed(digits)))
          .replace('-', '−')
          .replace(/^−0$/, '0')
        // Some languages do not group four digits; none of these numbers has four.
        expect(numberIn(value, digits, language), `${language} ${value}`).toBe(expected)
      }
  })

  it('writes days and moments', () => {
    const moment = new Date(2026, 10, 2, 7, 5)
    expect(LANGUAGES.map((language) => dayIn(moment, language))).toMatchInlineSnapshot(`
      [
        "2 Nov 2026",
        "2 нояб. 2026 г.",
        "2026 ж. 2 қар.",
        "2026-ж. 2-ноя.",
        "2 Ноя 2026",
        "2-noy, 2026",
        "2 ноя, 2026",
      ]
    `)
    expect(momentIn(moment, 'en')).toBe('2\u00a0Nov, 07:05')
    expect(weekdayIn(0, 'ru')).toBe('пн')
    expect(weekdayIn(6, 'ky')).toBe('жек.')
  })

  it('finds the nearest language, and the nearest text', () => {
    expect(nearestLanguage(['de-DE', 'ky-KG', 'ru'])).toBe('ky')
    expect(nearestLanguage(['uz-UZ'])).toBe('uz-Latn')
    expect(nearestLanguage(['uz-Cyrl-UZ'])).toBe('uz-Cyrl')
    expect(nearestLanguage(['fr'])).toBe('en')
    expect(textIn({ en: 'door', ru: 'дверь' }, 'tg')).toBe('дверь')
    expect(textIn({ en: 'door', tg: 'дар', ru: 'дверь' }, 'tg')).toBe('дар')
    expect(textIn({ en: 'door' }, 'ru')).toBe('door')
  })

  it('writes Uzbek in Cyrillic letters', () => {
    expect(inCyrillic('Oʻzbekiston, gʻisht, Yoqutxon, yoʻl, maʼno, eshik, poeziya, choyxona, Qoʻshish {n} kun')).toBe(
      'Ўзбекистон, ғишт, Ёқутхон, йўл, маъно, эшик, поэзия, чойхона, Қўшиш {n} кун',
    )
    expect(inCyrillic('«aman packs list» bilan, (mark), DATABASE_URL=postgres://… npm ci')).toBe(
      '«aman packs list» билан, (mark), DATABASE_URL=postgres://… npm ci',
    )
    expect(inCyrillic("o'quv")).toBe('ўқув')
    expect(inCyrillic('Parol, rol, roli, yetsa')).toBe('Пароль, роль, роли, етса')
  })

  it('finds what somebody means, whichever letters they type', () => {
    const title = ['Oʻquv-mashq muassasasi', 'Окуу-машыгуу мекемеси']
    for (const query of ["o'quv", 'O’QUV', 'ўқув', 'oquv mash', 'МУАССАСА', 'окуу', 'okuu mek', 'mekemesi', ''])
      expect(matches(query, title), query).toBe(true)
    for (const query of ['quv', 'tashkent', 'oquv x']) expect(matches(query, title), query).toBe(false)
    expect(matches('пожар', ['План действий: пожар в камере'])).toBe(true)
    expect(matches('pojar', ['План действий: пожар в камере'])).toBe(true)
    expect(matches('ёнғин', ['Kamerada yongʻin'])).toBe(true)
  })
})
