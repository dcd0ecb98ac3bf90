/** What the browser has to load before the designer can be used: every script by its size as gzip. */
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright'
import { type OpenDesigner, startDesigner } from '../../helpers/designer.ts'

/** A script and its weight. */
export interface Script {
  readonly name: string
  /** Bytes as gzip. */
  readonly bytes: number
}

/** What one page loads, heaviest first; bytes are sums of gzip. */
export interface PageWeight {
  readonly page: readonly Script[]
  readonly workers: readonly Script[]
  readonly pageBytes: number
  readonly workerBytes: number
}

/** The first loads of the designer. */
export interface Weight {
  /** The list of flows is shown. */
  readonly list: PageWeight
  /** A flow was opened at its own address, and a block of it chosen, written, moved, and set back. */
  readonly flow: PageWeight
}

/** What may be loaded, in bytes as gzip. */
export const MOST_BYTES = { list: 350_000, flow: 350_000, worker: 160_000 }

const FLOW = {
  format: 1,
  id: 'weighed',
  name: 'Weighed',
  languages: ['en'],
  blocks: {
    start: { type: 'start', exits: { next: 'hello' } },
    hello: { type: 'message', label: 'Hello', text: 'Hello there', exits: { next: 'topic' } },
    topic: { type: 'keywords', label: 'Topic', cases: [{ id: 'agent', words: ['agent'] }], exits: { agent: 'bye', else: 'bye' } },
    bye: { type: 'end', label: 'Bye' },
  },
  layout: { start: [0, 0], hello: [0, 112], topic: [0, 272], bye: [0, 464] },
}

/** Builds the designer, opens it, and weighs. */
export async function measureWeight(): Promise<Weight> {
  const designer = await startDesigner()
  try {
    await designer.server.call('PUT', '/api/flows/weighed', FLOW)
    return {
      list: await weigh(designer, '/flows', page => page.getByRole('link', { name: 'Weighed' }).waitFor()),
      flow: await weigh(designer, '/flows/weighed', useFlow),
    }
  } finally {
    await designer.close()
  }
}

/** The weights as a table, for whoever has to find what is too heavy. */
export function showWeight({ page, workers, pageBytes, workerBytes }: PageWeight): string {
  const row = (bytes: number, name: string) => `${(bytes / 1000).toFixed(1).padStart(8)} kB  ${name}`
  return [
    ...page.map(({ bytes, name }) => row(bytes, name)),
    row(pageBytes, 'together on the page'),
    ...workers.map(({ bytes, name }) => row(bytes, `${name} (worker)`)),
    row(workerBytes, 'together in workers'),
  ].join('\n')
}

async function weigh(designer: OpenDesigner, path: string, use: (page: Page) => Promise<unknown>): Promise<PageWeight> {
  const { page } = await designer.newPage()
  // What is loaded in idle time is no part of the first load: here nothing is ever idle.
  await page.addInitScript(() => {
    window.requestIdleCallback = () => 0
  })
  const workers = new Set<string>()
  page.on('worker', worker => workers.add(worker.url()))
  const loading: Promise<{ readonly url: string; readonly bytes: number } | undefined>[] = []
  page.on('response', response => {
    if (!new URL(response.url()).pathname.endsWith('.js')) return
    loading.push(response.body().then(body => ({ url: response.url(), bytes: gzipSync(body).length })))
  })
  await page.goto(designer.server.url + path)
  await use(page)
  await page.waitForLoadState('networkidle')
  const scripts = (await Promise.all(loading)).filter(script => script !== undefined)
  await page.context().close()
  const named = (inWorker: boolean) =>
    scripts
      .filter(({ url }) => workers.has(url) === inWorker)
      .map(({ url, bytes }): Script => ({ name: url.slice(url.lastIndexOf('/') + 1), bytes }))
      .sort((one, other) => other.bytes - one.bytes)
  const [onPage, inWorkers] = [named(false), named(true)]
  const sum = (list: readonly Script[]) => list.reduce((total, { bytes }) => total + bytes, 0)
  return { page: onPage, workers: inWorkers, pageBytes: sum(onPage), workerBytes: sum(inWorkers) }
}

/** What somebody does with a flow in the first moments. */
async function useFlow(page: Page): Promise<void> {
  const block = page.locator('.react-flow__node[data-id="hello"]')
  await block.waitFor()
  await block.click()
  const text = page.getByLabel('Inspector').getByRole('textbox', { name: 'Text' })
  await text.fill('Good morning')
  const box = await block.boundingBox()
  if (!box) throw new Error('The block is not in the page.')
  await page.mouse.move(box.x + 40, box.y + 12)
  await page.mouse.down()
  await page.mouse.move(box.x + 140, box.y + 52, { steps: 4 })
  await page.mouse.up()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Hello there').first().waitFor()
}
