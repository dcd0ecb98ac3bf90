import type { Locator, Page } from 'playwright'
import { expect, test } from 'vitest'
import type { Flow } from '../../server/engine/index.ts'
import { describeInBrowser } from '../helpers/browser.ts'
import { editorOf } from '../helpers/editor.ts'

const BAKERY: Flow = {
  format: 1,
  id: 'bakery',
  name: 'Bakery',
  languages: ['en'],
  blocks: {
    start: { type: 'start', exits: { next: 'hello' } },
    hello: { type: 'message', label: 'Hello', text: 'Hello', exits: { next: 'bye' } },
    ...Object.fromEntries(Array.from({ length: 9 }, (_, place) => [`note_${place}`, { type: 'message', label: `A rather long name ${place}`, text: 'Bread' }])),
    bye: { type: 'end', label: 'Bye', text: 'Bye' },
  },
  layout: {
    start: [0, 0],
    hello: [0, 112],
    bye: [0, 300],
    ...Object.fromEntries(Array.from({ length: 9 }, (_, place) => [`note_${place}`, [place * 800, 464] as const])),
  },
}

describeInBrowser('what the canvas says', () => {
  let page: Page
  const { block, stored, ...editor } = editorOf(BAKERY, opened => ({ page } = opened), { opensItself: false })

  const open = (width = 1440) => editor.open({ width, height: 860, prepare: () => page.clock.install() })
  const remove = async (id: string) => {
    await block(id).locator('.block-head').click()
    await page.keyboard.press('Delete')
    await undo().waitFor()
  }
  const undo = () => page.getByRole('status').getByRole('button', { name: 'Undo' })
  const said = () => page.getByRole('status').filter({ has: page.getByRole('button', { name: 'Undo' }) })
  const overlap = async (one: Locator, other: Locator) => {
    const [a, b] = [await one.boundingBox(), await other.boundingBox()]
    if (!a || !b) throw new Error('It is not in the page.')
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
  }

  test('is spoken once, goes after a moment, and stays while somebody is at it', async () => {
    await open()
    await remove('hello')
    expect(await said().textContent()).toContain('Deleted')
    // The canvas itself is silent about it then.
    await expect.poll(() => page.locator('.canvas-said').textContent()).toBe('')
    await undo().hover()
    await page.clock.fastForward(20_000)
    expect(await undo().isVisible()).toBe(true)
    await undo().focus()
    await page.mouse.move(400, 400)
    await page.clock.fastForward(20_000)
    expect(await undo().isVisible()).toBe(true)
    await block('bye').focus()
    await page.clock.fastForward(7000)
    await undo().waitFor({ state: 'detached' })
  })

  test('can be taken back, and only while it is the latest edit', async () => {
    await open()
    await remove('hello')
    await undo().click()
    await undo().waitFor({ state: 'detached' })
    await expect.poll(async () => (await stored()).blocks.hello, { timeout: 8000 }).toEqual(BAKERY.blocks.hello)
    await remove('hello')
    await block('bye').locator('.block-head').click()
    await page.keyboard.press('Alt+ArrowRight')
    await undo().waitFor({ state: 'detached' })
    await remove('bye')
    await page.getByRole('radio', { name: 'Versions' }).locator('..').click()
    await undo().waitFor({ state: 'detached' })
  })

  test.each([900, 1040, 1440, 1920])('covers neither the zoom nor the map in a window of %i px', async width => {
    await open(width)
    await remove('hello')
    const box = undo().locator('..')
    for (const name of ['.canvas-bar:has(.canvas-zoom)', '.canvas-map']) {
      const other = page.locator(name)
      if ((await other.count()) > 0) expect(await overlap(box, other), name).toBe(false)
    }
    const [canvas, place] = [await page.locator('main#content').boundingBox(), await box.boundingBox()]
    expect(
      place && canvas && place.x >= canvas.x && place.x + place.width <= canvas.x + canvas.width && place.y + place.height <= canvas.y + canvas.height,
    ).toBe(true)
    expect(await page.locator('.canvas-map').count()).toBe(width >= 1440 ? 1 : 0)
  })
})
