import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

/** Tests that start, kill and compare whole servers. */
const HEAVY = ['test/runtime/crash-*.test.ts', 'test/runtime/equivalence.test.ts']

/** Builds what a browser loads (`designer/`) and runs every test of `test/`. */
export default defineConfig({
  root: 'designer',
  plugins: [react()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    rollupOptions: {
      input: { designer: 'designer/index.html', webchat: 'designer/webchat/index.html', widget: 'designer/webchat/widget.ts' },
      // Sites name the widget in a script tag: its address must not change with its content.
      output: { entryFileNames: chunk => (chunk.name === 'widget' ? 'webchat/widget.js' : 'assets/[name]-[hash].js') },
    },
  },
  test: {
    root: '.',
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'all', include: ['test/**/*.test.ts', 'test/**/*.test.tsx'], exclude: HEAVY } },
      // They need the whole machine, so they come last and one at a time.
      { extends: true, test: { name: 'crashes', include: HEAVY, maxWorkers: 1, sequence: { groupOrder: 1 } } },
      // What a flow means must not depend on the machine's time zone (rule 36).
      {
        extends: true,
        test: {
          name: 'another zone',
          env: { TZ: 'Pacific/Chatham' },
          include: ['test/blocks/**/*.test.ts', 'test/conversations/**/*.test.ts', 'test/engine/language/**/*.test.ts'],
        },
      },
    ],
  },
})
