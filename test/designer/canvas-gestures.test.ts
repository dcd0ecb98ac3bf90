import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { boxOf } from '../../designer/commands/index.ts'
import { describeInBrowser } from '../helpers/browser.ts'
import type { OpenDesigner } from '../helpers/designer.ts'
import { SHOP } from '../helpers/drawing.ts'
import { editorOf } from '../helpers/editor.ts'

describeInBrowser('gestures on the canvas', () => {
  let designer: OpenDesigner
  let page: Page
  const { block, exit, stored, draft, focused, middleOf, drag } = editorOf(SHOP, opened => {
    ;({ designer, page } = opened)
  })

  const banner = () => page.locator('.connect-banner')
  const inChosen = () => page.evaluate(() => [...document.querySelectorAll<HTMLElement>('.react-flow__node.selected')].map(node => node.dataset.id))
  const name = (id: string) => block(id).locator('.block-name')

  test('connecting by key says so, shows where it can lead, and ends with whatever is done instead', async () => {
    const ends: readonly (() => Promise<void>)[] = [
      () => page.keyboard.press('Escape'),
      () => page.mouse.click(760, 700),
      () => page.getByRole('button', { name: /^Find/ }).click(),
      () => page.keyboard.press('Alt+ArrowRight'),
      () => page.locator('aside input, aside textarea').first().focus(),
    ]
    for (const end of ends) {
      await page.keyboard.press('Escape')
      await name('loose').click()
      await page.keyboard.press('c')
      await banner().getByText('Connect “next” of Loose: choose a block, or Esc').waitFor()
      await end()
      await banner().waitFor({ state: 'hidden' })
    }
    expect((await stored()).blocks.loose?.exits).toBeUndefined()
  })

  test('connecting by key ends with a click on the target; what it replaces is said and can be had back', async () => {
    await name('hello').click()
    await page.keyboard.press('c')
    await name('bye').click()
    await banner().waitFor({ state: 'hidden' })
    await page.getByText('“next” of Hello leads to Bye now, no longer to Topic').waitFor()
    await draft(flow => flow.blocks.hello?.exits).toEqual({ next: 'bye' })
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click()
    await draft(flow => flow.blocks.hello?.exits).toEqual({ next: 'topic' })
  })

  test('a click on a free exit adds behind it, a click on a connected one chooses its connection', async () => {
    await exit('topic', 'agent').locator('.dot').click()
    await page.getByRole('combobox', { name: 'Add a block. After Topic, agent' }).fill('end')
    await page.keyboard.press('Enter')
    await draft(flow => [flow.blocks.topic?.exits?.agent, flow.blocks.end?.type]).toEqual(['end', 'end'])
    await exit('hello', 'next').locator('.dot').click()
    await page.locator('.connection[data-state="selected"]').waitFor()
    await page.keyboard.press('Delete')
    await draft(flow => flow.blocks.hello?.exits).toBeUndefined()
  })

  test('the focus of keys chooses, so that the next key is for what has it', async () => {
    await page.keyboard.press('Tab')
    await block('loose').focus()
    await expect.poll(inChosen).toEqual(['loose'])
    await page.keyboard.press('Delete')
    await draft(flow => flow.blocks.loose).toBeUndefined()
  })

  test('deleting twice takes one block; what has the focus then is chosen by the next key', async () => {
    await name('topic').click()
    await page.keyboard.press('Delete')
    await expect.poll(focused).toBe('hello')
    expect(await inChosen()).toEqual([])
    await page.keyboard.press('Delete')
    await page.keyboard.press('Delete')
    await draft(flow => Object.keys(flow.blocks)).toEqual(['bye', 'hello', 'loose', 'start'])
    await page.keyboard.press('ArrowDown')
    await expect.poll(inChosen).toEqual(['hello'])
  })

  test('what is dragged across the map does not move the canvas; pressing on the map does', async () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`more_${at}`, { type: 'message', text: 'More' }]))
    const places = Object.fromEntries(Object.keys(many).map((id, at) => [id, [800 + (at % 8) * 320, Math.floor(at / 8) * 160]]))
    const large = { ...SHOP, blocks: { ...SHOP.blocks, ...many }, layout: { ...SHOP.layout, ...places } }
    await designer.server.call('PUT', '/api/flows/shop', large)
    await page.reload()
    await page.locator('.canvas-map').waitFor()
    const view = () => page.locator('.react-flow__viewport').evaluate(part => getComputedStyle(part).transform)
    const before = await view()
    const map = await middleOf('.canvas-map-paper')
    const dot = await middleOf('[data-id="topic"] [data-exit="agent"] .dot')
    await page.mouse.move(dot.x, dot.y)
    await page.mouse.down()
    await page.mouse.move(map.x - 20, map.y, { steps: 6 })
    await page.mouse.move(map.x, map.y, { steps: 4 })
    expect(await view()).toBe(before)
    await page.keyboard.press('Escape')
    await page.mouse.move(760, 700)
    await page.mouse.up()
    await page.keyboard.press('Escape')
    await drag(map, { x: map.x + 10, y: map.y + 10 })
    expect(await view()).not.toBe(before)
  })

  test('copy and paste work from anywhere but a text field, and what is pasted covers nothing and is seen', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await name('loose').click()
    await page.keyboard.press('Control+c')
    await page.mouse.click(760, 700)
    await page.mouse.move(700, 450)
    await page.keyboard.press('Control+v')
    await block('loose_2').waitFor()
    await page.locator('.outline-open').focus()
    await page.keyboard.press('Control+v')
    await block('loose_3').waitFor()
    await draft(flow => Object.keys(flow.blocks).length).toBe(7)
    const flow = await stored()
    const boxes = Object.keys(flow.blocks).map(id => boxOf(flow, new Map(), id))
    for (const [index, a] of boxes.entries()) {
      for (const b of boxes.slice(index + 1)) expect(a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height).toBe(false)
    }
    for (const id of ['loose_2', 'loose_3']) expect(await block(id).locator('.block').boundingBox()).not.toBeNull()
  })

  test('a new block that says something is written at once, and no line of it is cut', async () => {
    await name('loose').click()
    await page.getByRole('button', { name: 'Add Message', exact: true }).click()
    const field = page.getByRole('textbox', { name: 'Text of the block' })
    await field.waitFor()
    await page.keyboard.type('onion\nfine\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n\n'.replaceAll('\\n', '\n'))
    expect(await field.evaluate(element => element.scrollHeight <= element.clientHeight + 1)).toBe(true)
    await page.getByText('Esc or click elsewhere to finish').waitFor()
    await page.mouse.click(760, 760)
    await draft(flow => [flow.blocks.loose?.exits, flow.blocks.message?.text]).toEqual([
      { next: 'message' },
      'onion\nfine\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten',
    ])
  })

  test('one click on the place of a missing text writes it', async () => {
    await designer.server.call('PUT', '/api/flows/shop', { ...SHOP, blocks: { ...SHOP.blocks, loose: { type: 'message', text: '' } } })
    await page.reload()
    await block('loose').locator('.block-gist').click()
    await page.keyboard.type('Now it says something')
    await page.keyboard.press('Escape')
    await expect.poll(focused).toBe('loose')
    await draft(flow => flow.blocks.loose?.text).toBe('Now it says something')
  })

  test('the first block goes on from the start, below it', async () => {
    await designer.server.call('PUT', '/api/flows/new', { format: 1, id: 'new', name: 'New', languages: ['en'], blocks: { start: { type: 'start' } } })
    await page.goto(`${designer.server.url}/flows/new`)
    await block('start').waitFor()
    await page.keyboard.press('/')
    expect(await page.locator('.add-list-type').first().innerText()).toContain('Greeting')
    await page.keyboard.type('greet')
    await page.keyboard.press('Enter')
    await page.keyboard.type('Hello')
    await page.keyboard.press('Escape')
    await expect
      .poll(async () => (await designer.server.call('GET', '/api/flows/new')).body.draft.file.blocks, { timeout: 8000 })
      .toEqual({ start: { type: 'start', exits: { next: 'greeting' } }, greeting: { type: 'greeting', text: 'Hello' } })
    const { file } = (await designer.server.call('GET', '/api/flows/new')).body.draft
    expect(boxOf(file, new Map(), 'greeting').y).toBeGreaterThan(boxOf(file, new Map(), 'start').y)
  })

  test('a connection that was just drawn is not what the palette adds into', async () => {
    await drag(await middleOf('[data-id="topic"] [data-exit="agent"] .dot'), await middleOf('[data-id="loose"] .block-name'))
    await draft(flow => flow.blocks.topic?.exits?.agent).toBe('loose')
    await page.getByRole('button', { name: 'Add End' }).click()
    await draft(flow => flow.blocks.end).toBeDefined()
    expect((await stored()).blocks.topic?.exits).toEqual({ agent: 'loose', else: 'bye' })
  })

  test('a chosen frame stays below its blocks; a new one is named at once', async () => {
    await page.locator('.react-flow__node-frame').click({ position: { x: 20, y: 10 } })
    await expect.poll(inChosen).toEqual(['frame:frame'])
    await name('bye').click()
    await expect.poll(inChosen).toEqual(['bye'])
    await page.keyboard.press('f')
    await page.keyboard.type('Farewell')
    await page.keyboard.press('Enter')
    await draft(flow => Object.values(flow.layout?.$frames ?? {}).map(({ text }) => text)).toEqual(['End', 'Farewell'])
  })

  test('a double click on the empty canvas adds a block there', async () => {
    await page.mouse.dblclick(1000, 640)
    await page.getByRole('combobox', { name: 'Add a block' }).fill('end')
    await page.keyboard.press('Enter')
    await draft(flow => flow.blocks.end?.type).toBe('end')
    expect(await page.evaluate(() => document.getSelection()?.toString())).toBe('')
  })

  test('of several that are chosen a bar says what can be done with them', async () => {
    await name('hello').click()
    await name('loose').click({ modifiers: ['Control'] })
    const bar = page.getByRole('toolbar', { name: 'What to do with what is chosen' })
    await bar.getByRole('button', { name: 'Align…' }).click()
    await page.getByRole('menuitem', { name: 'Align left' }).click()
    await draft(flow => flow.layout?.loose).not.toEqual(SHOP.layout?.loose)
    await bar.getByRole('button', { name: 'Delete' }).click()
    await draft(flow => Object.keys(flow.blocks)).toEqual(['bye', 'start', 'topic'])
  })

  test('the menu of the keyboard has the focus and gives it back', async () => {
    await name('hello').click()
    await page.keyboard.press('Shift+F10')
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('menuitem')
    await page.keyboard.press('Escape')
    await expect.poll(focused).toBe('hello')
  })

  test('the outline and the palette are one stop of Tab each; arrows go on from there', async () => {
    await name('start').click()
    await page.keyboard.press('o')
    const outline = page.getByRole('navigation', { name: 'Outline of the flow' })
    await outline.waitFor()
    const label = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent)
    for (const [key, said] of [
      ['ArrowDown', /^Hello/],
      ['ArrowDown', /^Topic/],
      ['ArrowRight', /^agent, not connected/],
      ['ArrowRight', /^else, leads to Bye/],
      ['ArrowUp', /^Topic/],
    ] as const) {
      await page.keyboard.press(key)
      await expect.poll(label).toMatch(said)
    }
    await page.locator('.palette-find').focus()
    await page.keyboard.press('ArrowDown')
    await expect.poll(label).toBe('Add Start')
    expect(await page.locator('.palette button[tabindex="0"]').count()).toBe(1)
    await page.getByRole('tooltip', { name: /Start/ }).waitFor()
  })

  test('lines between blocks are not spoken, the exits say where they lead', async () => {
    expect(await page.getByRole('img', { name: /^Edge from/ }).count()).toBe(0)
    expect(await page.locator('.react-flow__edge[aria-hidden="true"]').count()).toBe(3)
    await page.locator('.react-flow[aria-label="Canvas of Shop"]').waitFor()
  })

  test('a window of 1000 px keeps the palette as tiles, a phone has one button for it', async () => {
    await page.setViewportSize({ width: 1000, height: 700 })
    await page.getByRole('button', { name: 'Add Message', exact: true }).waitFor()
    await page.setViewportSize({ width: 700, height: 700 })
    await page.locator('.canvas-bar').getByRole('button', { name: 'Add a block' }).click()
    await page.getByRole('combobox', { name: /Add a block/ }).waitFor()
  })

  test('a new block is seen whole, also when the canvas gets smaller', async () => {
    await page.setViewportSize({ width: 1440, height: 640 })
    await name('loose').click()
    await page.keyboard.press('/')
    await page.keyboard.type('queue')
    await page.keyboard.press('Enter')
    await expect.poll(focused).toBe('queue')
    // The strip below takes room from the canvas.
    await page.setViewportSize({ width: 1440, height: 560 })
    await expect
      .poll(async () => {
        const [box, canvas] = [await block('queue').boundingBox(), await page.locator('.canvas').boundingBox()]
        return box && canvas && box.y >= canvas.y && box.y + box.height <= canvas.y + canvas.height
      })
      .toBe(true)
  })
})
