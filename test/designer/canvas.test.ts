import { readdirSync, readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { placesOf } from '../../designer/commands/index.ts'
import type { Flow } from '../../server/engine/index.ts'
import { describeInBrowser } from '../helpers/browser.ts'
import type { OpenDesigner } from '../helpers/designer.ts'
import { SHOP } from '../helpers/drawing.ts'
import { editorOf } from '../helpers/editor.ts'

const SAMPLES: readonly Flow[] = readdirSync('flows')
  .filter(name => name.endsWith('.json') && !name.endsWith('.test.json'))
  // Well-formed: other tests see to that.
  .map(name => JSON.parse(readFileSync(`flows/${name}`, 'utf8')) as Flow)

describeInBrowser('the canvas', () => {
  let designer: OpenDesigner
  let page: Page
  const { block, exit, stored, draft, focused, middleOf, drag } = editorOf(SHOP, opened => {
    ;({ designer, page } = opened)
  })

  const onConnection = (id: string) =>
    page.evaluate(edge => {
      const path = document.querySelector<SVGPathElement>(`.react-flow__edge[data-id="${edge}"] .react-flow__edge-interaction`)
      const matrix = path?.getScreenCTM()
      if (!path || !matrix) throw new Error(`${edge} is not drawn.`)
      const { x, y } = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(matrix)
      return { x, y }
    }, id)

  /** How what has the focus is called: by itself, or by what it names. */
  const spoken = () =>
    page.evaluate(() => {
      const { activeElement } = document
      const named = document.getElementById(activeElement?.getAttribute('aria-labelledby') ?? '')
      return activeElement?.getAttribute('aria-label') ?? named?.textContent
    })

  test('a block that is dragged stays on the grid, and one undo brings it back', async () => {
    const name = await middleOf('[data-id="loose"] .block-name')
    await drag(name, { x: name.x + 70, y: name.y + 33 })
    await draft(flow => flow.layout?.loose).not.toEqual([400, 112])
    const [x = 1, y = 1] = placesOf(await stored()).get('loose') ?? []
    expect([x % 16, y % 16]).toEqual([0, 0])
    await page.keyboard.press('Control+z')
    await draft(flow => flow.layout?.loose).toEqual([400, 112])
  })

  test('an exit that is dragged onto a block leads there, anywhere on the block', async () => {
    await drag(await middleOf('[data-id="topic"] [data-exit="agent"] .dot'), await middleOf('[data-id="loose"] .block-name'))
    await draft(flow => flow.blocks.topic?.exits).toEqual({ agent: 'loose', else: 'bye' })
  })

  test('an exit that is dragged onto an entry is refused with a reason', async () => {
    await drag(await middleOf('[data-id="topic"] [data-exit="agent"] .dot'), await middleOf('[data-id="start"] .block-name'))
    await page.getByText('Start begins by itself. Connections cannot lead to it.').first().waitFor()
  })

  test('an exit that is dragged into the void adds a block and leads there', async () => {
    const dot = await middleOf('[data-id="topic"] [data-exit="agent"] .dot')
    await drag(dot, { x: dot.x - 260, y: dot.y + 60 })
    await page.getByRole('combobox', { name: /Add a block/ }).fill('queue')
    await page.keyboard.press('Enter')
    await draft(flow => [flow.blocks.topic?.exits?.agent, flow.blocks.queue?.type]).toEqual(['queue', 'queue'])
    expect(await focused()).toBe('queue')
  })

  test('a type that is dragged from the palette onto a connection goes in between', async () => {
    const from = await middleOf('.palette-type:has-text("Wait")')
    const to = await onConnection('hello.next')
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move(to.x - 40, to.y, { steps: 5 })
    // The browser tells of a drag only while the pointer moves.
    await expect
      .poll(async () => {
        await page.mouse.move(to.x + 1, to.y + 1)
        await page.mouse.move(to.x, to.y)
        return page.locator('.connection-plus').isVisible()
      })
      .toBe(true)
    for (let i = 0; i < 4; i++) {
      await page.mouse.move(to.x + (i % 2), to.y)
      await page.evaluate(() => new Promise(requestAnimationFrame))
    }
    await page.mouse.up()
    await draft(flow => [flow.blocks.hello?.exits?.next, flow.blocks.wait?.exits?.next]).toEqual(['wait', 'topic'])
  })

  test('a loose block that is dropped on a connection goes in between', async () => {
    await drag(await middleOf('[data-id="loose"] .block-name'), await onConnection('hello.next'))
    await draft(flow => [flow.blocks.hello?.exits?.next, flow.blocks.loose?.exits?.next]).toEqual(['loose', 'topic'])
  })

  test('a click in the palette adds behind the chosen block', async () => {
    await block('loose').locator('.block-name').click()
    await page.getByRole('button', { name: 'Add End' }).click()
    await draft(flow => flow.blocks.loose?.exits).toEqual({ next: 'end' })
  })

  test('the end of a connection can be moved to another block', async () => {
    const arrival = await page.locator('.react-flow__edge[data-id="topic.else"] .react-flow__edgeupdater-target').boundingBox()
    if (!arrival) throw new Error('The connection has no end to drag.')
    await drag({ x: arrival.x + arrival.width / 2, y: arrival.y + arrival.height / 2 }, await middleOf('[data-id="loose"] .block-name'))
    await draft(flow => flow.blocks.topic?.exits).toEqual({ else: 'loose' })
  })

  test('the beginning of a connection can be moved to another exit', async () => {
    const beginning = await page.locator('.react-flow__edge[data-id="topic.else"] .react-flow__edgeupdater-source').boundingBox()
    if (!beginning) throw new Error('The connection has no beginning to drag.')
    await drag({ x: beginning.x + beginning.width / 2, y: beginning.y + beginning.height / 2 }, await middleOf('[data-id="topic"] [data-exit="agent"] .dot'))
    await draft(flow => flow.blocks.topic?.exits).toEqual({ agent: 'bye' })
  })

  test('a frame takes along what it surrounds', async () => {
    const frame = await page.locator('.react-flow__node-frame').boundingBox()
    if (!frame) throw new Error('The frame is not drawn.')
    await drag({ x: frame.x + 20, y: frame.y + 10 }, { x: frame.x - 60, y: frame.y + 50 })
    await draft(flow => flow.layout?.$frames?.frame?.at).not.toEqual([-160, 432])
    const moved = await stored()
    const [x = 0, y = 0] = placesOf(moved).get('bye') ?? []
    const [left, top] = moved.layout?.$frames?.frame?.at ?? [0, 0]
    expect([x - left, y - top]).toEqual([160, 32])
  })

  test('everything can be drawn by keyboard alone', async () => {
    await page.locator('.canvas').focus()
    await page.keyboard.press('ArrowDown')
    await expect.poll(focused).toBe('start')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await expect.poll(focused).toBe('topic')
    // Along its exits, connect one by the beginning of a name.
    await page.keyboard.press('Tab')
    await page.keyboard.press('c')
    await page.keyboard.type('loo')
    await expect.poll(focused).toBe('loose')
    await page.keyboard.press('Enter')
    await draft(flow => flow.blocks.topic?.exits?.agent).toBe('loose')
    // Add behind it, move it, write into it.
    await page.keyboard.press('ArrowDown')
    await expect.poll(focused).toBe('loose')
    await page.keyboard.press('/')
    await page.keyboard.type('mess')
    await page.keyboard.press('Enter')
    // It is written at once: no letter is lost, whatever comes first.
    await page.keyboard.type('Written by keys')
    expect(await page.getByRole('textbox', { name: 'Text of the block' }).inputValue()).toBe('Written by keys')
    await page.keyboard.press('Escape')
    await expect.poll(focused).toBe('message')
    await page.keyboard.press('Alt+ArrowRight')
    await page.keyboard.press('F2')
    await page.locator('.block-name-field').fill('By keys')
    await page.keyboard.press('Enter')
    await draft(flow => [flow.blocks.loose?.exits, flow.blocks.message]).toEqual([
      { next: 'message' },
      expect.objectContaining({ text: 'Written by keys', label: 'By keys' }),
    ])
    // Delete it: the focus goes to its neighbour; undo brings it back.
    await page.keyboard.press('Delete')
    await expect.poll(focused).toBe('loose')
    await draft(flow => flow.blocks.message).toBeUndefined()
    await page.keyboard.press('Control+z')
    await draft(flow => flow.blocks.message?.label).toBe('By keys')
  })

  test('Tab goes from a block to its exits and on to the next block, and back', async () => {
    await block('topic').focus()
    await block('topic').locator('.block-name').click()
    const stops = [await spoken()]
    for (let i = 0; i < 3; i++) {
      await page.keyboard.press('Tab')
      await expect.poll(spoken).not.toBe(stops.at(-1))
      stops.push(await spoken())
    }
    expect(stops.slice(1)).toEqual(['agent, not connected, needed', 'else, leads to Bye', 'Bye, End'])
  })

  test('what is copied is the JSON of a flow, and can be pasted into another one', async () => {
    await designer.server.call('PUT', '/api/flows/other', {
      ...SHOP,
      id: 'other',
      name: 'Other',
      variables: {},
      blocks: { start: { type: 'start' } },
      layout: {},
    })
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await block('hello').locator('.block-name').click()
    await block('topic')
      .locator('.block-name')
      .click({ modifiers: ['Control'] })
    await page.keyboard.press('Control+c')
    const text = await page.evaluate(() => navigator.clipboard.readText())
    expect(Object.keys(JSON.parse(text).blocks)).toEqual(['hello', 'topic'])
    await page.goto(`${designer.server.url}/flows/other`)
    await block('start').waitFor()
    await page.locator('.canvas').focus()
    await page.keyboard.press('Control+v')
    await block('topic').waitFor()
    await expect
      .poll(async () => {
        const { file } = (await designer.server.call('GET', '/api/flows/other')).body.draft
        return [Object.keys(file.blocks), Object.keys(file.variables), file.blocks.hello?.exits]
      })
      .toEqual([['hello', 'start', 'topic'], ['order'], { next: 'topic' }])
  })

  test('finding dims what does not fit and goes to what does', async () => {
    await page.getByRole('button', { name: /^Find/ }).click()
    await page.getByRole('combobox', { name: 'Find in this flow' }).fill('order')
    await page.getByText('2 places').waitFor()
    expect(await page.locator('.block[data-state~="dimmed"]').count()).toBe(4)
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('.react-flow__node.selected').getAttribute('data-id')).toBe('hello')
    await page.keyboard.press('Escape')
    expect(await page.locator('.block[data-state~="dimmed"]').count()).toBe(0)
  })

  test('two people get both versions to compare', async () => {
    const { draft: theirs } = (await designer.server.call('GET', '/api/flows/shop')).body
    await designer.server.call('PUT', '/api/flows/shop', {
      ...theirs.file,
      blocks: { ...theirs.file.blocks, bye: { type: 'end', label: 'Bye', text: 'See you' } },
    })
    await block('hello').locator('.block-name').click()
    await page.keyboard.press('Alt+ArrowRight')
    await block('loose').locator('.block-name').click()
    await page.keyboard.press('Delete')
    const dialog = page.getByRole('dialog', { name: 'Somebody else changed this draft' })
    await dialog.getByText('removed').waitFor()
    await dialog.getByRole('button', { name: 'Combine both' }).click()
    await draft(flow => [flow.blocks.bye?.text, flow.blocks.loose, flow.layout?.hello]).toEqual(['See you', undefined, [16, 112]])
  })

  test('a lost connection loses no edit', async () => {
    await page.route('**/api/flows/shop', route => route.abort())
    await block('loose').locator('.block-name').click()
    await page.keyboard.press('Delete')
    await page.getByText('Kept in this browser', { exact: true }).first().waitFor()
    expect((await stored()).blocks.loose).toBeDefined()
    await page.unroute('**/api/flows/shop')
    await draft(flow => flow.blocks.loose).toBeUndefined()
    await page.getByText('Draft, saved').first().waitFor()
  })

  test('a screen reader hears blocks, exits and edits, and has a list of them', async () => {
    await block('topic').locator('.block-name').click()
    await page.getByRole('group', { name: 'Topic, Keywords, 2 exits, 1 error' }).waitFor()
    expect(await exit('topic', 'else').getAttribute('aria-label')).toBe('else, leads to Bye')
    await page.keyboard.press('Control+d')
    await page.locator('.canvas-said', { hasText: 'Duplicated Topic' }).waitFor({ state: 'attached' })
    await page.keyboard.press('o')
    const outline = page.getByRole('navigation', { name: 'Outline of the flow' })
    await outline.getByRole('button', { name: 'else, leads to Bye' }).first().click()
    await expect.poll(focused).toBe('bye')
  })

  test('an empty flow says how to begin, and one button does', async () => {
    await designer.server.call('PUT', '/api/flows/empty', { format: 1, id: 'empty', name: 'Empty', languages: ['en'], blocks: {} })
    await page.goto(`${designer.server.url}/flows/empty`)
    await page.getByRole('button', { name: 'Begin with Start and a greeting' }).click()
    await expect
      .poll(async () => (await designer.server.call('GET', '/api/flows/empty')).body.draft.file.blocks.start)
      .toEqual({ type: 'start', exits: { next: 'greeting' } })
  })

  test.each(SAMPLES)('no block of the sample $id covers another', async sample => {
    await designer.server.call('PUT', `/api/flows/${sample.id}`, sample)
    await page.setViewportSize({ width: 2600, height: 1800 })
    await page.goto(`${designer.server.url}/flows/${sample.id}`)
    await page
      .locator('.react-flow__node-block')
      .nth(Object.keys(sample.blocks).length - 1)
      .waitFor()
    const covered = await page.evaluate(() => {
      const blocks = [...document.querySelectorAll<HTMLElement>('.react-flow__node-block')].map(node => ({
        id: node.dataset.id ?? '',
        box: node.getBoundingClientRect(),
      }))
      return blocks.flatMap(({ id, box }) =>
        blocks
          .filter(
            other => other.id > id && other.box.left < box.right && other.box.right > box.left && other.box.top < box.bottom && other.box.bottom > box.top,
          )
          .map(other => `${id} and ${other.id}`),
      )
    })
    expect(covered).toEqual([])
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing serious in the ${colorScheme} theme`, async () => {
      const opened = await designer.newPage({ colorScheme })
      await opened.page.goto(`${designer.server.url}/flows/shop`)
      await opened.page.locator('[data-id="bye"]').waitFor()
      const { violations } = await new AxeBuilder({ page: opened.page }).include('.canvas').include('.palette').analyze()
      expect(
        violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => [id, nodes.map(node => node.html).slice(0, 3)]),
      ).toEqual([])
    })
  }
})
