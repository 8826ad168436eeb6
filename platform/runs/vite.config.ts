// The simulation worker for Node, in one file: engines put small functions in line only within a module graph that they
// can see as a whole, and one file starts faster.
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: here('.'),
  resolve: { alias: [{ find: /^@aman\/kernel\/(.*)$/, replacement: `${here('../../kernel/src/')}$1.ts` }] },
  ssr: { noExternal: true },
  build: {
    ssr: here('worker.node.ts'),
    outDir: here('../dist/worker'),
    emptyOutDir: true,
    minify: false,
    target: 'node20',
    rollupOptions: { output: { entryFileNames: 'worker.node.mjs', codeSplitting: false } },
  },
})
