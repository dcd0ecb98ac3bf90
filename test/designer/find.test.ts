import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import type { Flow } from '../../server/engine/index.ts'
import { describeInBrowser } from '../helpers/browser.ts'
import { editorOf } from '../helpers/editor.ts'

const MARKET: Flow = {
  format: 1,
  id: 'market',
  name: 'Market',
  languages: ['en'],
  variables: { order: { type: 'text' } },
  blocks: {
    start: { type: 'start', exits: { next: 'hello' } },
    hello: { type: 'message', label: 'Hello', text: 'Hello {{ vars.order }}', exits: { next: 'tidy' } },
    tidy: { type: 'message', label: 'Tidy words', text: 'Your order is tidy', exits: { next: 'bye' } },
    bye: { type: 'end', label: 'Bye', text: 'Bye' },
  },
  layout: { start: [0, 0], hello: [0, 112], tidy: [320, 272], bye: [0, 464] },
}

describeInBrowser('Ctrl K in a flow', () => {
  let page: Page
  const { block, stored } = editorOf(MARKET, opened => {
    page = opened.page
  })

  const field = () => page.getByRole('combobox', { name: 'Find in this flow' })
  const list = (name: string) => page.getByRole('search').getByRole('group', { name })
  const active = () => page.getByRole('search').getByRole('option', { selected: true })
  const chosen = () => page.locator('.react-flow__node.selected').evaluateAll(nodes => nodes.map(node => node.getAttribute('data-id')))

  test('finds places first and commands last, each with its key; Enter takes what is active', async () => {
    await block('hello').locator('.block-head').click()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('tidy')
    await list('In this flow').getByText('Tidy words').first().waitFor()
    expect(
      await page
        .getByRole('search')
        .getByRole('group')
        .evaluateAll(groups => groups.map(group => group.getAttribute('aria-label'))),
    ).toEqual(['In this flow', 'Commands'])
    const command = list('Commands').getByRole('option', { name: 'Tidy up' })
    expect(await command.locator('kbd').textContent()).toBe('Shift T')
    // Enter goes to places only; the arrows go on to the commands.
    await page.keyboard.press('Enter')
    await expect.poll(chosen).toEqual(['tidy'])
    expect(await field().evaluate(input => input === document.activeElement)).toBe(true)
    await page.keyboard.press('ArrowUp')
    expect(await active().textContent()).toContain('Tidy up')
    await page.keyboard.press('Enter')
    await field().waitFor({ state: 'detached' })
    await expect.poll(async () => (await stored()).layout?.tidy, { timeout: 8000 }).not.toEqual(MARKET.layout?.tidy)
  })

  test('runs a command on what is chosen, by click too, and opens what it opens', async () => {
    await block('bye').locator('.block-head').click()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('rena')
    await list('Commands')
      .getByRole('option', { name: /^Rename ?Edit/ })
      .click()
    await page.keyboard.type('End of it')
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await stored()).blocks.bye?.label, { timeout: 8000 }).toBe('End of it')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('add message')
    expect(await active().textContent()).toContain('Add Message')
    await page.keyboard.press('Enter')
    await expect.poll(async () => Object.keys((await stored()).blocks).length, { timeout: 8000 }).toBe(5)
  })

  test('lists every command while nothing is typed, and takes none of them by accident', async () => {
    await block('hello').locator('.block-head').click()
    await page.keyboard.press('Control+k')
    await list('Commands').getByRole('option', { name: 'Dark' }).waitFor()
    expect(await active().count()).toBe(0)
    await page.keyboard.press('Enter')
    expect(await field().isVisible()).toBe(true)
    // Ctrl J has the commands alone.
    await page.keyboard.press('Escape')
    await field().waitFor({ state: 'detached' })
    await page.keyboard.press('Control+j')
    await page.getByRole('combobox', { name: 'Commands' }).fill('tidy')
    await page.getByRole('option', { name: 'Tidy up' }).waitFor()
    expect(await page.getByRole('option', { name: 'Tidy words' }).count()).toBe(0)
  })

  test('asked for again it is written in anew, and Esc gives the focus back to the block', async () => {
    await block('hello').locator('.block-head').click()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('order')
    await page.getByText('3 places').waitFor()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('bye')
    await expect.poll(() => field().inputValue()).toBe('bye')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-id'))).toBe('hello')
  })

  test('no letter is lost while its code is on its way', async () => {
    let release = () => {}
    const gate = new Promise<void>(resolve => {
      release = resolve
    })
    await page.addInitScript(() => {
      window.requestIdleCallback = () => 0
    })
    await page.route(/\/late-[^/]*\.js$/, async route => {
      await gate
      await route.continue()
    })
    await page.reload()
    await block('hello').locator('.block-head').click()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('orde')
    release()
    await page.getByText('3 places').waitFor()
    await page.keyboard.type('r')
    expect(await field().inputValue()).toBe('order')
  })
})
