import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: [{ find: /^@aman\/kernel\/(.*)$/, replacement: `${fileURLToPath(new URL('kernel/src/', import.meta.url))}$1.ts` }] },
  test: {
    include: ['kernel/test/**/*.test.ts', 'platform/**/*.test.ts', 'tools/**/*.test.ts'],
    testTimeout: 60_000,
    globalSetup: ['platform/database/testing.setup.ts'],
  },
})
