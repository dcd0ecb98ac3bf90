/** Builds the pages into a folder of their own, so that tests neither need nor disturb `dist/web`. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'

/** A built copy of some pages; `remove` deletes it. */
export interface BuiltWeb {
  readonly folder: string
  remove(): Promise<void>
}

/** Builds the named inputs with the settings of `vite.config.ts`. */
export async function buildWeb(input: Readonly<Record<string, string>>): Promise<BuiltWeb> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-web-'))
  await build({ logLevel: 'error', build: { outDir: folder, emptyOutDir: true, rollupOptions: { input: { ...input } } }, configFile: 'vite.config.ts' })
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** The chat page and its widget. */
export const WEBCHAT_INPUTS = { webchat: 'designer/webchat/index.html', widget: 'designer/webchat/widget.ts' }
