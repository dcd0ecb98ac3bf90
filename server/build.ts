/** Builds what production needs into `dist` (`npm run build`): pages, one bundle of server and command line, and the sample flows. */
import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build as bundle } from 'esbuild'
import { build as buildPages } from 'vite'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** Everything but the pages: `parley.mjs`, the bundle it starts, and the sample flows. Packages are found from where `dist` lies. */
export async function buildServer(dist: string): Promise<void> {
  mkdirSync(dist, { recursive: true })
  for (const name of readdirSync(dist)) if (/^part-\w+\.mjs/.test(name)) rmSync(join(dist, name))
  await bundle({
    entryPoints: { cli: join(root, 'server/cli/index.ts') },
    outdir: dist,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'part-[hash]',
    bundle: true,
    // A command that needs no server does not load one.
    splitting: true,
    // Some are compiled for the machine, and all are installed anyway.
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
  mkdirSync(join(dist, 'flows'), { recursive: true })
  for (const name of readdirSync(join(root, 'flows'))) {
    // What a flow is tested with stays in the repository.
    if (name.endsWith('.json') && !name.endsWith('.test.json')) copyFileSync(join(root, 'flows', name), join(dist, 'flows', name))
  }
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await buildPages({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
  await buildServer(join(root, 'dist'))
}
