import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import type { Flow } from '../../server/engine/index.ts'
import { describeInBrowser } from '../helpers/browser.ts'
import { editorOf } from '../helpers/editor.ts'

const COLUMNS = 20

/** Rows of blocks with exits of all shapes, more than are kept in the page at once. */
function largeFlow(): Flow {
  const ids = Array.from({ length: 320 }, (_, index) => (index === 0 ? 'start' : `b${index}`))
  const next = (index: number) => ids[index + 1] ?? 'start'
  const blocks = ids.map((id, index) => {
    if (index === 0) return [id, { type: 'start', exits: { next: next(index) } }] as const
    if (index % 3 === 1) return [id, { type: 'message', label: `Say number ${index}`, text: `Text ${index}`, exits: { next: next(index) } }] as const
    const choices = Array.from({ length: index % 3 === 0 ? 7 : 2 }, (_, choice) => ({ id: `c${choice}`, label: choice === 0 ? 'As long as can be' : 'B' }))
    const exits = { ...Object.fromEntries(choices.map(choice => [choice.id, next(index)])), else: next(index) }
    return [id, { type: 'menu', label: `Ask ${index}`, text: 'Which?', choices, exits }] as const
  })
  const layout = Object.fromEntries(ids.map((id, index) => [id, [(index % COLUMNS) * 384, Math.floor(index / COLUMNS) * 320] as const]))
  return { format: 1, id: 'large', name: 'Large', languages: ['en'], blocks: Object.fromEntries(blocks), layout }
}

describeInBrowser('a large flow from far away', () => {
  let page: Page
  const { block, draft } = editorOf(
    largeFlow(),
    opened => {
      page = opened.page
    },
    { first: 'start' },
  )

  const zoomOut = async () => {
    await expect
      .poll(async () => {
        await page.keyboard.press('Control+-')
        return page.locator('[data-plate]').count()
      })
      .toBeGreaterThan(4)
    await page.locator('.react-flow[data-detail="names"]').waitFor()
  }
  /** How far the beginnings of drawn lines are from the middle of the dots they come from, px of the canvas: a line begins at the edge of its dot. */
  const gaps = () =>
    page.evaluate(() => {
      const zoom = new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport') ?? document.body).transform).a
      return [...document.querySelectorAll<SVGPathElement>('.react-flow__edge-path')].flatMap(path => {
        const id = path.closest('[data-id]')?.getAttribute('data-id') ?? ''
        const [source = '', exit = ''] = [id.slice(0, id.indexOf('.')), id.slice(id.indexOf('.') + 1)]
        const dot = document.querySelector(`.react-flow__node[data-id="${source}"] .react-flow__handle[data-handleid="${exit}"]`)?.getBoundingClientRect()
        const matrix = path.getScreenCTM()
        if (!dot || !matrix) return []
        const start = path.getPointAtLength(0).matrixTransform(matrix)
        return [Math.hypot(dot.x + dot.width / 2 - start.x, dot.y + dot.height / 2 - start.y) / zoom]
      })
    })
  const farthest = async () => Math.max(...(await gaps()))

  test('shows names and keeps every line at its dot, there and back', async () => {
    const before = await page.locator('.react-flow__node').count()
    await zoomOut()
    await expect.poll(() => page.locator('.react-flow__node').count()).toBeGreaterThan(before * 2)
    expect(await block('b4').innerText()).toBe('Say number 4')
    await expect.poll(farthest).toBeLessThan(8)
    await page.keyboard.press('Control+0')
    await block('b1').locator('.block-gist').waitFor()
    await expect.poll(farthest).toBeLessThan(8)
    await page.keyboard.press('Control+-')
    await expect.poll(farthest).toBeLessThan(8)
  })

  test('a block is chosen, moved and named as anywhere else', async () => {
    await zoomOut()
    await block('b5').locator('[data-plate]').waitFor()
    await block('b5').click()
    await page.keyboard.press('Alt+ArrowDown')
    await draft(flow => flow.layout?.b5?.[1]).not.toBe(0)
    await page.keyboard.press('F2')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('Named from afar')
    await page.keyboard.press('Enter')
    await draft(flow => flow.blocks.b5?.label).toBe('Named from afar')
    await page.getByRole('group', { name: 'Named from afar, Menu, 3 exits' }).waitFor()
  })
})
