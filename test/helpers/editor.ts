/** The editor of one flow in a real browser, for tests of what is done on the canvas. */
import type { Locator, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type { Flow } from '../../server/engine/index.ts'
import { type OpenDesigner, startDesigner } from './designer.ts'

/** A point in the page, px. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** What is opened, told each time that it changes. */
export interface OpenEditor {
  readonly designer: OpenDesigner
  readonly page: Page
}

interface Opening {
  readonly width?: number
  readonly height?: number
  /** Before the page is loaded. */
  prepare?(page: Page): Promise<unknown>
}

/** What tests do with the open editor and read of it. */
export interface EditorTools {
  /** Opens the flow on a page of its own. */
  open(opening?: Opening): Promise<void>
  block(id: string): Locator
  exit(id: string, name: string): Locator
  /** The draft as the server has it. */
  stored(): Promise<Flow>
  /** Expects something of the stored draft, as soon as it is saved. */
  draft(read: (flow: Flow) => unknown): ReturnType<typeof expect.poll>
  /** The block that has the focus. */
  focused(): Promise<string | undefined>
  middleOf(selector: string): Promise<Point>
  drag(from: Point, to: Point): Promise<void>
}

/**
 * Starts the designer for the tests of a `describe`, and puts the flow there anew for each. A page in which it is open comes with it,
 * unless the tests open it themselves; it is open when the block `first` is drawn. Errors of the page fail the test.
 */
export function editorOf(
  flow: Flow,
  tell: (opened: OpenEditor) => void,
  { opensItself = true, first = Object.keys(flow.blocks).at(-1) ?? '' } = {},
): EditorTools {
  let designer: OpenDesigner
  let page: Page
  let errors: readonly string[]
  const address = `/api/flows/${flow.id}`

  const tools: EditorTools = {
    async open({ prepare, ...size } = {}) {
      ;({ page, errors } = await designer.newPage(size))
      tell({ designer, page })
      await prepare?.(page)
      await page.goto(`${designer.server.url}/flows/${flow.id}`)
      await tools.block(first).waitFor()
    },
    block: id => page.locator(`.react-flow__node[data-id="${id}"]`),
    exit: (id, name) => tools.block(id).locator(`[data-exit="${name}"]`),
    stored: async () => (await designer.server.call('GET', address)).body.draft.file,
    draft: read => expect.poll(async () => read(await tools.stored()), { timeout: 8000 }),
    focused: () => page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-id]')?.dataset.id),
    async middleOf(selector) {
      const box = await page.locator(selector).first().boundingBox()
      if (!box) throw new Error(`${selector} is not in the page.`)
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    },
    async drag(from, to) {
      await page.mouse.move(from.x, from.y)
      await page.mouse.down()
      await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 })
      await page.mouse.move(to.x, to.y, { steps: 4 })
      await page.mouse.up()
    },
  }

  beforeAll(async () => {
    designer = await startDesigner()
  }, 120_000)
  afterAll(() => designer?.close())
  beforeEach(async () => {
    await designer.server.call('PUT', address, flow)
    if (opensItself) await tools.open()
  })
  afterEach(async () => {
    expect(errors).toEqual([])
    await page.context().close()
  })
  return tools
}
