import { describe, expect, it } from 'vitest'
import { examineRepository, violations } from './architecture.mjs'

describe('the architecture', () => {
  it.each([
    ['kernel/src/x.ts', "import fs from 'node:fs'"],
    ['kernel/src/x.ts', "import { z } from 'zod'"],
    ['kernel/src/x.ts', 'const y = Math.exp(x)'],
    ['kernel/src/x.ts', 'const y = x ** 0.5'],
    ['kernel/src/x.ts', 'const now = Date.now()'],
    ['platform/packs/scene.ts', "import { Pool } from '../runs/pool.ts'"],
    ['platform/web/main.tsx', "import { app } from '../server/app.ts'"],
    ['platform/elsewhere/x.ts', ''],
  ])('%s refuses %s', (file, source) => {
    expect(violations(file, source)).toHaveLength(1)
  })

  it('lets comments say what code may not', () => {
    expect(violations('kernel/src/x.ts', '// as Math.exp would\n/* Date */ const y = Math.sqrt(x)')).toEqual([])
  })

  it('is kept by every file', () => {
    expect(examineRepository()).toEqual([])
  })
})
