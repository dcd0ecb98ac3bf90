import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isOtherContent } from '../../designer/editor/use-differs.ts'
import type { Flow } from '../../server/engine/index.ts'
import { describeInBrowser } from '../helpers/browser.ts'
import { type OpenDesigner, startDesigner } from '../helpers/designer.ts'

test('moving a block is no change of what a flow does', () => {
  const flow: Flow = { format: 1, id: 'a', name: 'A', languages: ['en'], blocks: { start: { type: 'start' } }, layout: { start: [0, 0] } }
  expect(isOtherContent(flow, { ...flow, layout: { start: [16, 0] } })).toBe(false)
  expect(isOtherContent(flow, { ...flow, blocks: { ...flow.blocks } })).toBe(true)
  expect(isOtherContent({ ...flow, note: 'x' }, flow)).toBe(true)
})

describeInBrowser('the ways around the designer', () => {
  let designer: OpenDesigner

  beforeAll(async () => {
    designer = await startDesigner()
  }, 120_000)
  afterAll(() => designer?.close())

  const open = async (path: string, options: Parameters<OpenDesigner['newPage']>[0] = {}) => {
    const { page } = await designer.newPage(options)
    await page.goto(`${designer.server.url}${path}`)
    return page
  }
  const openFlow = async (options: Parameters<OpenDesigner['newPage']>[0] = {}) => {
    const page = await open('/flows/support', options)
    await page.locator('.react-flow__node').first().waitFor()
    return page
  }
  const focused = (page: Page) => page.evaluate(() => (document.activeElement === document.body ? '' : document.activeElement?.textContent) ?? '')
  const serious = async (page: Page) =>
    // An open menu stands outside of the page's regions, as every menu does.
    (await new AxeBuilder({ page }).disableRules(['region']).analyze()).violations
      .filter(({ impact }) => impact !== 'minor')
      .map(({ id, nodes }) => `${id} at ${nodes.map(node => node.target.join(' ')).join(', ')}`)

  test('every page has a title of its own', async () => {
    const titles: readonly (readonly [string, string])[] = [
      ['/flows', 'Flows – Parley'],
      ['/conversations', 'Conversations – Parley'],
      ['/connectors', 'Connectors – Parley'],
      ['/connectors/demo', 'Sample chat – Connectors – Parley'],
      ['/settings/keys', 'API keys – Settings – Parley'],
      ['/flows/support', 'Customer support – Draw – Parley'],
      ['/flows/support/versions', 'Customer support – Versions – Parley'],
      ['/nope', 'Nothing is at this address – Parley'],
    ]
    const page = await open('/')
    for (const [path, title] of titles) {
      await page.goto(`${designer.server.url}${path}`)
      await expect.poll(() => page.title()).toBe(title)
    }
  })

  test('an address without a page says so to people by a page, to programs by an error', async () => {
    const page = await open('/nope')
    await page.getByRole('heading', { name: 'Nothing is at this address' }).waitFor()
    const link = page.getByRole('link', { name: 'Go to the flows' })
    const [ink, ground] = await link.evaluate(node => [getComputedStyle(node).color, getComputedStyle(node).backgroundColor])
    expect(ink).not.toBe(ground)
    await link.click()
    await page.getByRole('heading', { name: 'Flows', exact: true }).waitFor()
    for (const [path, accept] of [
      ['/nope', 'application/json'],
      ['/nope', '*/*'],
      ['/api/nope', 'text/html'],
      ['/hooks/nope/x', 'text/html'],
      ['/assets/nope.js', 'text/html'],
    ] as const) {
      const answer = await fetch(`${designer.server.url}${path}`, { headers: { accept } })
      expect([path, answer.status, answer.headers.get('content-type')?.split(';')[0]]).toEqual([path, 404, 'application/json'])
    }
    expect((await fetch(`${designer.server.url}/nope`, { headers: { accept: 'text/html' } })).status).toBe(404)
  })

  test('the palette leads to pages, flows and the theme, from the editor too, and gives the focus back', async () => {
    const page = await openFlow()
    const command = async (text: string) => {
      await page.keyboard.press('Control+j')
      await page.getByRole('dialog', { name: 'Commands' }).getByRole('combobox').fill(text)
    }
    await page.keyboard.press('Control+j')
    await page.getByRole('dialog', { name: 'Commands' }).getByText('Settings').waitFor()
    expect(await serious(page)).toEqual([])
    await page.keyboard.press('Escape')
    await command('dark')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
    await page.getByRole('button', { name: 'Try' }).focus()
    await command('keyboard')
    await page.keyboard.press('Enter')
    const help = page.getByRole('dialog', { name: 'Keyboard' })
    await help.waitFor()
    expect(await serious(page)).toEqual([])
    await page.keyboard.press('Escape')
    await help.waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toBe('Try')
    await command('multilingual two')
    await page.keyboard.press('Escape')
    await command('two lang')
    await page.getByRole('dialog', { name: 'Commands' }).getByText('Two languages').waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/flows/multilingual')
  })

  test('the focus goes on where the work does', async () => {
    const page = await open('/flows')
    await page.getByRole('button', { name: 'New flow' }).click()
    await page.getByRole('dialog', { name: 'New flow' }).waitFor()
    await page.keyboard.type('Focus')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/flows/focus')
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('.react-flow__node')?.getAttribute('data-id'))).toBe('start')
    await page.goto(`${designer.server.url}/flows`)
    await page.getByRole('button', { name: 'More for Focus' }).click()
    await page.getByRole('menuitem', { name: 'Archive' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Focus is in the archive.').waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('tr') !== null)).toBe(true)
  })

  test('Esc leaves the tags of a flow at once', async () => {
    const page = await open('/flows')
    await page.getByRole('button', { name: 'More for Order status' }).click()
    await page.getByRole('menuitem', { name: 'Tags' }).click()
    const tags = page.getByRole('dialog', { name: 'Tags of Order status' })
    await expect.poll(() => tags.getByPlaceholder('Add a tag').evaluate(node => document.activeElement === node)).toBe(true)
    expect(await tags.getByPlaceholder('Add a tag').evaluate(node => getComputedStyle(node).outlineStyle)).toBe('none')
    await page.keyboard.press('Escape')
    await tags.waitFor({ state: 'detached' })
  })

  test('past the header by one key, and a menu begins at its first item', async () => {
    const page = await openFlow()
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Skip to the canvas')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN')
    await page.getByRole('button', { name: /more about this flow/ }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => focused(page)).toBe('Rename')
    expect(await serious(page)).toEqual([])
  })

  test('the views stay where they are, whatever is said beside them, and nothing is cut', async () => {
    const page = await openFlow({ width: 1280, height: 800 })
    const views = page.getByRole('radiogroup', { name: 'View of the flow' })
    const before = await views.boundingBox()
    await page.getByRole('button', { name: /more about this flow/ }).click()
    await page.getByRole('menuitem', { name: 'Rename' }).click()
    await page.keyboard.type('Customer support, a name that is longer')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /draft differs/ }).waitFor()
    expect(await views.boundingBox()).toEqual(before)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => page.getByRole('button', { name: /draft differs/ }).count()).toBe(0)
    for (const width of [1024, 900, 768, 640, 480]) {
      await page.setViewportSize({ width, height: 800 })
      const cut = await page
        .locator('header')
        .first()
        .evaluate(
          (header, right) =>
            [...header.querySelectorAll('button, a, [role=radiogroup]')]
              .filter(node => {
                const box = node.getBoundingClientRect()
                return box.width > 0 && box.left > -900 && (box.right > right + 1 || box.left < 0)
              })
              .map(node => node.textContent),
          width,
        )
      expect([width, cut]).toEqual([width, []])
    }
  })

  test('who draws but may not publish learns who may', async () => {
    const { page } = await designer.newPage()
    await page.route('**/api/me', async route => {
      const answer = await route.fetch()
      await route.fulfill({ response: answer, json: { ...(await answer.json()), scopes: ['flows:read', 'flows:write', 'channels:read', 'queues:read'] } })
    })
    await page.goto(`${designer.server.url}/flows/support`)
    const publish = page.getByRole('button', { name: 'Publish' })
    expect(await publish.getAttribute('aria-disabled')).toBe('true')
    await publish.hover()
    await page.getByRole('tooltip', { name: 'A publisher or an administrator publishes.' }).waitFor()
  })
})
