import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import type { Flow } from '../../server/engine/index.ts'
import { describeInBrowser } from '../helpers/browser.ts'
import { editorOf } from '../helpers/editor.ts'

const KIOSK: Flow = {
  format: 1,
  id: 'kiosk',
  name: 'Kiosk',
  languages: ['en'],
  blocks: {
    start: { type: 'start', exits: { next: 'hello' } },
    hello: { type: 'message', label: 'Hello', text: 'Hello', exits: { next: 'bye' } },
    bye: { type: 'end', label: 'Bye', text: 'Bye' },
  },
  layout: { start: [0, 0], hello: [0, 112], bye: [0, 300] },
}

describeInBrowser('what buttons of the editor say', () => {
  let page: Page
  const { block } = editorOf(KIOSK, opened => {
    ;({ page } = opened)
  })

  /** What the help says: the key cap beside each name. */
  const readHelp = async (): Promise<Readonly<Record<string, string>>> => {
    await page.locator('.react-flow__pane').click({ position: { x: 30, y: 500 } })
    await page.keyboard.press('?')
    await page.getByRole('dialog').getByText('Fit everything').waitFor()
    const rows = await page
      .getByRole('dialog')
      .locator('dl > div')
      .evaluateAll(found => found.map(row => [row.querySelector('dt')?.textContent ?? '', row.querySelector('kbd')?.textContent ?? ''] as const))
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    return Object.fromEntries(rows)
  }

  test('shows its key as a key cap, the same as in the help', async () => {
    const help = await readHelp()
    await block('hello').locator('.block-head').click()
    await page.keyboard.press('Alt+ArrowRight')
    await page.keyboard.press('Alt+ArrowRight')
    await page.keyboard.press('Control+z')
    await block('bye')
      .locator('.block-head')
      .click({ modifiers: ['ControlOrMeta'] })
    const canvas = ['Zoom out', 'Zoom to 100 %', 'Zoom in', 'Fit everything', 'Tidy up', 'Add a note', 'Add a frame', 'Duplicate', 'Delete']
    for (const name of [...canvas, 'Undo', 'Redo', 'Publish', 'Try']) {
      const place = canvas.includes(name) ? page.locator('.canvas-bar') : page.getByRole('banner')
      await place.getByRole('button', { name, exact: true }).first().hover()
      const hint = page.getByRole('tooltip').filter({ hasText: name })
      await hint.locator('kbd').waitFor()
      expect([name, await hint.locator('kbd').textContent()]).toEqual([name, help[name]])
    }
    expect(await page.getByRole('button', { name: 'Find' }).locator('kbd').textContent()).toBe('Ctrl K')
    expect(await page.getByRole('complementary', { name: 'Blocks' }).getByRole('button', { name: 'Add a block' }).locator('kbd').textContent()).toBe('/')
    await page.getByRole('button', { name: 'Align…' }).click()
    expect(await page.getByRole('menuitem', { name: 'Align left' }).locator('kbd').textContent()).toBe(help['Align left'])
  })

  test('light and dark are in the menu of the flow and among the commands', async () => {
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme)
    expect(await theme()).toBe('light')
    await page.getByRole('heading', { level: 1 }).getByRole('button').click()
    expect(await page.getByRole('menuitemradio', { name: 'Like the system' }).getAttribute('aria-checked')).toBe('true')
    await page.getByRole('menuitemradio', { name: 'Dark' }).click()
    await expect.poll(theme).toBe('dark')
    for (const [label, expected] of [
      ['Light', 'light'],
      ['Dark', 'dark'],
      ['Like the system', 'light'],
    ] as const) {
      await page.keyboard.press('Control+j')
      await page.getByRole('combobox', { name: 'Commands' }).fill(label)
      await page.getByRole('option', { name: new RegExp(`^${label}`) }).waitFor()
      await page.keyboard.press('Enter')
      await expect.poll(theme).toBe(expected)
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
  })
})
