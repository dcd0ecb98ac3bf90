import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

/** Tests that start, kill and compare whole servers. */
const HEAVY = ['test/runtime/crash-*.test.ts', 'test/runtime/equivalence.test.ts']

/** The folders whose parts the editor shows from the beginning. */
const EDITOR = /[\\/]designer[\\/](blocks|canvas|commands|draft|inspector|problems)[\\/].*\.tsx?$/
/** Fields of some forms only; they bring Mantine's lists that open. */
const LISTS = /[\\/](VariableSetting|Rows|Values)\.tsx$/

/** Builds what a browser loads (`designer/`) and runs every test of `test/`. */
export default defineConfig({
  root: 'designer',
  plugins: [react()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // Every browser that can show the page can load modules ahead.
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { designer: 'designer/index.html', webchat: 'designer/webchat/index.html', widget: 'designer/webchat/widget.ts' },
      output: {
        // Sites name the widget in a script tag: its address must not change with its content.
        entryFileNames: chunk => (chunk.name === 'widget' ? 'webchat/widget.js' : 'assets/[name]-[hash].js'),
        // Left alone, what two forms have in common is a file of its own, a hundred in all, which weigh more than their content.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            // What the editor's parts and forms have in common: whoever draws loads all of it.
            { name: 'editor', priority: 2, minShareCount: 2, test: id => EDITOR.test(id) && !LISTS.test(id) },
            // What nearly every page has in common; tried with other numbers, and weighed by `test/bench/canvas/weight.ts`.
            { name: 'kit', minShareCount: 12, test: /node_modules|[\\/]designer[\\/](shell|ui|words)[\\/].*\.tsx?$/ },
          ],
        },
      },
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
