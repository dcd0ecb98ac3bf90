/** One file that is the whole server, so that a hundred starts take a minute and not five. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'

const root = resolve(import.meta.dirname, '../../..')

/** A built server; `remove` it in the end. */
export interface BuiltServer {
  readonly file: string
  remove(): void
}

/** Bundles the server with everything but what is compiled for the machine. */
export async function buildServer(): Promise<BuiltServer> {
  // Inside node_modules, where the compiled package is found and git does not look.
  const cache = join(root, 'node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  const dir = mkdtempSync(join(cache, 'parley-crash-'))
  const file = join(dir, 'server.mjs')
  // Without samples: a first start is none of the tests' business.
  mkdirSync(join(dir, 'flows'))
  await build({
    entryPoints: [join(root, 'test/helpers/crash/server.ts')],
    outfile: file,
    bundle: true,
    external: ['better-sqlite3'],
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    // Packages of the old module system ask for their parts with `require`.
    banner: { js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);" },
    logLevel: 'error',
  })
  return { file, remove: () => rmSync(dir, { recursive: true, force: true }) }
}
