/** Builds the pages into a folder of their own, so that tests neither need nor disturb `dist/web`. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, loadConfigFromFile } from 'vite'

/** A built copy of some pages; `remove` deletes it. */
export interface BuiltWeb {
  readonly folder: string
  remove(): Promise<void>
}

/** Builds the named inputs with the settings of `vite.config.ts`. */
export async function buildWeb(input: Readonly<Record<string, string>>): Promise<BuiltWeb> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-web-'))
  const loaded = await loadConfigFromFile({ command: 'build', mode: 'production' }, 'vite.config.ts')
  if (loaded === null) throw new Error('vite.config.ts is not there.')
  // Replaced, not merged: these inputs only.
  const rollupOptions = { ...loaded.config.build?.rollupOptions, input: { ...input } }
  // Vitest says "test", which would build React with its checks for developers: twice the size, and not what people get.
  const { NODE_ENV } = process.env
  process.env.NODE_ENV = 'production'
  try {
    await build({ ...loaded.config, configFile: false, logLevel: 'error', build: { ...loaded.config.build, outDir: folder, rollupOptions } })
  } finally {
    process.env.NODE_ENV = NODE_ENV
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** The chat page and its widget. */
export const WEBCHAT_INPUTS = { webchat: 'designer/webchat/index.html', widget: 'designer/webchat/widget.ts' }
