import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Flow } from '../../server/engine/index.ts'
import { describeInBrowser } from '../helpers/browser.ts'
import { type OpenDesigner, startDesigner } from '../helpers/designer.ts'

const CAFE: Flow = {
  format: 1,
  id: 'cafe',
  name: 'Cafe',
  languages: ['en'],
  blocks: {
    start: { type: 'start', exits: { next: 'hello' } },
    hello: { type: 'greeting', label: 'Hello', text: 'Hello', exits: { next: 'topic' } },
    topic: { type: 'keywords', label: 'Topic', cases: [{ id: 'table', words: ['table'] }], exits: { table: 'bye', else: 'bye' } },
    bye: { type: 'end', label: 'Bye' },
  },
  layout: { start: [0, 0], hello: [480, 64], topic: [-320, 800], bye: [960, 160] },
}

describeInBrowser('parts that come late', () => {
  let designer: OpenDesigner
  let page: Page
  let errors: readonly string[]
  let scripts: string[]

  beforeAll(async () => {
    designer = await startDesigner()
  }, 120_000)
  afterAll(() => designer?.close())
  beforeEach(async () => {
    await designer.server.call('PUT', '/api/flows/cafe', CAFE)
    ;({ page, errors } = await designer.newPage())
    scripts = []
    page.on('request', request => {
      if (request.url().endsWith('.js')) scripts.push(request.url())
    })
  })
  afterEach(async () => {
    expect(errors).toEqual([])
    await page.context().close()
  })

  const open = async () => {
    await page.goto(`${designer.server.url}/flows/cafe`)
    await page.locator('.react-flow__node[data-id="bye"]').waitFor()
  }
  /** Nothing is ever idle: whatever comes, comes because somebody asked. */
  const keepBusy = () =>
    page.addInitScript(() => {
      window.requestIdleCallback = () => 0
    })
  const simulator = () => page.getByRole('complementary', { name: 'Try the draft' })
  const stored = async (): Promise<Flow> => (await designer.server.call('GET', '/api/flows/cafe')).body.draft.file

  test('are loaded while nothing else is to be done, and then show without asking the server', async () => {
    await open()
    // The last one in the list.
    await expect.poll(() => scripts.some(url => url.includes('arrange-worker')), { timeout: 20_000 }).toBe(true)
    const before = scripts.length
    await page.getByRole('button', { name: 'Try' }).click()
    await simulator().getByRole('textbox').first().waitFor()
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+J')
    await page.getByRole('dialog').waitFor()
    expect(scripts.slice(before)).toEqual([])
  })

  test('say so in their place when they cannot be loaded, while the rest goes on', async () => {
    await keepBusy()
    await page.route(/\/Simulator-[^/]*\.js$/, route => route.abort())
    await open()
    await page.getByRole('button', { name: 'Try' }).click()
    await expect.poll(() => simulator().getByRole('alert').textContent()).toContain('This part could not be loaded.')
    await page.locator('.react-flow__node[data-id="hello"]').click()
    await page.getByLabel('Inspector').getByRole('textbox', { name: 'Greeting', exact: true }).fill('Good morning')
    await page.getByText('Draft, saved').waitFor()
    await page.unroute(/\/Simulator-[^/]*\.js$/)
    await simulator().getByRole('button', { name: 'Load again' }).click()
    await page.locator('.react-flow__node[data-id="bye"]').waitFor()
    expect((await stored()).blocks.hello?.text).toBe('Good morning')
    await page.getByRole('button', { name: 'Try' }).click()
    await simulator().getByRole('textbox').first().waitFor()
  })

  test('say so for a whole page too', async () => {
    await page.route(/\/settings-[^/]*\.js$/, route => route.abort())
    await page.goto(`${designer.server.url}/settings`)
    await page.getByText('It could not be loaded.').waitFor()
    await page.unroute(/\/settings-[^/]*\.js$/)
    await page.getByRole('button', { name: 'Load again' }).click()
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
  })

  test('a choice from many is usable from the first key on, before it was loaded', async () => {
    await keepBusy()
    await open()
    const zone = page.getByLabel('Inspector').getByRole('combobox', { name: 'Time zone' })
    expect(await zone.inputValue()).toBe('UTC')
    await zone.focus()
    await page.getByRole('option', { name: 'UTC' }).waitFor()
    await page.keyboard.press('Control+A')
    await page.keyboard.type('Berlin')
    await page.getByRole('option', { name: 'Europe/Berlin' }).click()
    await expect.poll(async () => (await stored()).time_zone, { timeout: 8000 }).toBe('Europe/Berlin')
  })

  test('the problems strip says so when what looks for problems cannot be loaded, and looks again', async () => {
    await keepBusy()
    await page.route(/lint-worker/, route => route.abort())
    await open()
    const strip = page.getByRole('region', { name: 'Problems' })
    await expect.poll(() => strip.getByRole('alert').textContent()).toContain('Problems could not be looked for.')
    expect(await strip.getByText('No problems').count()).toBe(0)
    await page.getByRole('button', { name: 'Publish' }).click()
    const publishing = page.getByRole('dialog')
    await publishing.getByText('Problems could not be looked for on this page.').waitFor()
    await publishing.getByRole('button', { name: 'Not yet' }).click()
    await publishing.waitFor({ state: 'detached' })
    // Still nothing there: it goes on saying so.
    await strip.getByRole('button', { name: 'Look again' }).click()
    await strip.getByRole('alert').waitFor()
    await page.locator('.react-flow__node[data-id="hello"]').click()
    await page.getByLabel('Inspector').getByRole('textbox', { name: 'Greeting', exact: true }).fill('')
    await page.unroute(/lint-worker/)
    await strip.getByRole('button', { name: 'Look again' }).click()
    await strip.getByRole('alert').waitFor({ state: 'detached' })
    await strip.getByText('1 error').waitFor()
  })

  test('tidying is worked out in a worker and is one step of undo', async () => {
    await keepBusy()
    await open()
    await page.locator('.react-flow__pane').click({ position: { x: 20, y: 400 } })
    await page.keyboard.press('Shift+T')
    await expect.poll(async () => (await stored()).layout?.topic, { timeout: 8000 }).not.toEqual(CAFE.layout?.topic)
    expect(page.workers().some(worker => worker.url().includes('arrange-worker'))).toBe(true)
    await page.keyboard.press('Control+Z')
    await expect.poll(async () => (await stored()).layout, { timeout: 8000 }).toEqual(CAFE.layout)
  })

  test('tidying says so when what works it out cannot be loaded', async () => {
    await keepBusy()
    await page.route(/arrange-worker/, route => route.abort())
    await open()
    await page.locator('.react-flow__pane').click({ position: { x: 20, y: 400 } })
    await page.keyboard.press('Shift+T')
    await page.getByText('Tidying needs a part of the page that could not be loaded.').first().waitFor()
    expect((await stored()).layout).toEqual(CAFE.layout)
  })
})
