/** Builds what production needs into `dist` (`npm run build`): pages, one bundle of server and command line, and the sample flows. */
import { chmodSync, copyFileSync, cpSync, mkdirSync, readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build as bundle } from 'esbuild'
import { build as buildPages } from 'vite'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist')

await buildPages({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })

// Packages stay outside: some are compiled for the machine, and all are installed anyway.
await bundle({
  entryPoints: [join(root, 'server/cli/index.ts')],
  outfile: join(dist, 'cli.mjs'),
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  sourcemap: 'linked',
  legalComments: 'none',
  logLevel: 'warning',
})

copyFileSync(join(root, 'server/cli/launch.mjs'), join(dist, 'parley.mjs'))
chmodSync(join(dist, 'parley.mjs'), 0o755)

const flows = join(root, 'flows')
mkdirSync(join(dist, 'flows'), { recursive: true })
for (const name of readdirSync(flows)) {
  // What a flow is tested with stays in the repository.
  if (name.endsWith('.json') && !name.endsWith('.test.json')) cpSync(join(flows, name), join(dist, 'flows', name))
}
