// The page and the simulation worker of the browser.
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const resolve = { alias: [{ find: /^@aman\/kernel\/(.*)$/, replacement: `${here('../../kernel/src/')}$1.ts` }] }

export default defineConfig({
  root: here('.'),
  base: './',
  resolve,
  plugins: [react()],
  worker: { format: 'es' },
  build: { outDir: here('../dist/web'), emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 2000 },
})
