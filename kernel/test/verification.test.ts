import { describe, expect, it } from 'vitest'
import { CHECKS } from '../src/verification/checks.ts'

describe('the engine agrees with what is known', () => {
  it.each(CHECKS.map((check) => [`${check.id}: ${check.title}`, check] as const))('%s', (_, check) => {
    const { obtained } = check.work()
    expect(Math.abs(obtained - check.expected), `obtained ${obtained}, expected ${check.expected}`).toBeLessThanOrEqual(check.tolerance)
  })
})
