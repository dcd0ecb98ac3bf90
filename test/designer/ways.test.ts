/** Every edit by every way: the table is generated from what the editor offers, and each of its keys is pressed. */
import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type CanvasEdit, canvasEdits } from '../../designer/canvas/edits.ts'
import type { Flow } from '../../server/engine/index.ts'
import { describeInBrowser } from '../helpers/browser.ts'
import { type OpenDesigner, startDesigner } from '../helpers/designer.ts'

/** Saving comes a moment after the edit, and a moment is long on a busy machine. */
const WAIT = { timeout: 10_000 } as const

/** What has to be chosen for an edit to make sense. */
type Chosen = 'a block' | 'three blocks' | 'nothing'

/** How the key is pressed to its end, and what is chosen before. Left out: the key alone, on a block. */
const PRESSING: Readonly<Record<string, { readonly chosen?: Chosen; readonly next?: readonly string[]; readonly changes?: false }>> = {
  edit_text: { next: ['More', 'Escape'] },
  rename_block: { next: ['Other', 'Enter'] },
  connect: { next: ['bye', 'Enter'] },
  insert_block: { next: ['message', 'Enter', 'Escape'] },
  copy: { changes: false },
  choose_all: { changes: false },
  add_block: { chosen: 'nothing', next: ['message', 'Enter', 'Escape'] },
  add_note: { next: ['Remember', 'Escape'] },
  add_frame: { chosen: 'three blocks', next: ['Part', 'Enter'] },
  tidy: { chosen: 'nothing' },
  align_left: { chosen: 'three blocks' },
  align_centre: { chosen: 'three blocks' },
  align_right: { chosen: 'three blocks' },
  align_top: { chosen: 'three blocks' },
  align_middle: { chosen: 'three blocks' },
  align_bottom: { chosen: 'three blocks' },
  distribute_across: { chosen: 'three blocks' },
  distribute_down: { chosen: 'three blocks' },
  // They are part of every other row.
  undo: { changes: false },
  redo: { changes: false },
}

const EDITS: readonly CanvasEdit[] = canvasEdits(() => {
  throw new Error('The list is only read here.')
})

const keyOf = (edit: Pick<CanvasEdit, 'keys'>) => edit.keys[0].replace('mod', 'Control').replace('alt', 'Alt').replace('shift', 'Shift').replace('Slash', '/')

describe('the table of ways', () => {
  test('has no empty cell', async () => {
    const rows = EDITS.map(({ name, label, mouse, keys, menu }) => {
      const cells = [name, mouse, keyOf({ keys }), label, `${label}, ${menu === 'nothing' ? 'on the empty canvas' : 'on what is chosen'}`, 'Control+z']
      expect(
        cells.filter(cell => cell.trim() === ''),
        name,
      ).toEqual([])
      return `| ${cells.join(' | ')} |`
    })
    const table = ['| edit | mouse | key | command palette | menu | undo |', '| --- | --- | --- | --- | --- | --- |', ...rows, ''].join('\n')
    await expect(`# Every edit, and every way to it\n\n${table}`).toMatchFileSnapshot('../../schemas/edits.md')
  })

  test('gives no key to two edits', () => {
    const keys = EDITS.flatMap(edit => edit.keys.map(key => key.toLowerCase()))
    expect(keys.filter((key, place) => keys.indexOf(key) !== place)).toEqual([])
  })
})

const SHOP: Flow = {
  format: 1,
  id: 'ways',
  name: 'Ways',
  languages: ['en'],
  blocks: {
    start: { type: 'start', exits: { next: 'hello' } },
    hello: { type: 'message', label: 'Hello', text: 'Hello', exits: { next: 'topic' } },
    topic: { type: 'keywords', label: 'Topic', cases: [{ id: 'agent', words: ['agent'] }], exits: { else: 'bye' } },
    bye: { type: 'end', label: 'Bye', text: 'Good bye' },
  },
  layout: { start: [0, 0], hello: [32, 160], topic: [176, 352], bye: [64, 560] },
}

describeInBrowser('every edit', () => {
  let designer: OpenDesigner
  let page: Page
  let errors: readonly string[]

  beforeAll(async () => {
    designer = await startDesigner()
  })
  afterAll(() => designer?.close())
  beforeEach(async () => {
    await designer.server.call('PUT', '/api/flows/ways', SHOP)
    ;({ page, errors } = await designer.newPage())
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.goto(`${designer.server.url}/flows/ways`)
    await block('bye').waitFor()
  })
  afterEach(async () => {
    expect(errors).toEqual([])
    await page.context().close()
  })

  const block = (id: string) => page.locator(`.react-flow__node[data-id="${id}"]`)
  const stored = async (): Promise<unknown> => {
    const { blocks, layout } = (await designer.server.call('GET', '/api/flows/ways')).body.draft.file
    return { blocks, layout }
  }
  const choose = async (what: Chosen) => {
    await page.keyboard.press('Escape')
    await page.locator('.react-flow__pane').click({ position: { x: 30, y: 500 } })
    if (what === 'nothing') return
    await block('hello').locator('.block-head').click()
    if (what === 'three blocks') {
      for (const id of ['topic', 'bye'])
        await block(id)
          .locator('.block-head')
          .click({ modifiers: ['ControlOrMeta'] })
    }
  }
  // A message may have an Undo of its own.
  const undo = () => page.getByRole('banner').getByRole('button', { name: 'Undo', exact: true })
  const wish = (edit: CanvasEdit) => PRESSING[edit.name]?.chosen ?? 'a block'

  test('is in the menu and in the command palette of what it is for', async () => {
    // So that there is something to undo, and to redo.
    await choose('a block')
    for (let times = 0; times < 2; times++) await page.keyboard.press('Alt+ArrowRight')
    await page.keyboard.press('Control+z')
    for (const what of ['a block', 'three blocks', 'nothing'] as const) {
      const edits = EDITS.filter(edit => wish(edit) === what)
      await choose(what)
      if (what === 'nothing') await page.locator('.react-flow__pane').click({ position: { x: 30, y: 500 }, button: 'right' })
      else await block('hello').locator('.block-head').click({ button: 'right' })
      await page.getByRole('menu').waitFor()
      const inMenu = (await page.getByRole('menuitem').allTextContents()).join('\n')
      expect(
        edits.map(({ label }) => label).filter(label => !inMenu.includes(label)),
        `menu of ${what}`,
      ).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('menu').waitFor({ state: 'detached' })
      for (const { label } of edits) {
        await page.keyboard.press('Control+j')
        await page.getByRole('combobox', { name: 'Commands' }).fill(label)
        await page.getByRole('dialog').getByRole('option', { name: label }).first().waitFor()
        await page.keyboard.press('Escape')
        await page.getByRole('combobox', { name: 'Commands' }).waitFor({ state: 'detached' })
      }
    }
  })

  test.each(EDITS.filter(edit => PRESSING[edit.name]?.changes !== false).map(edit => [edit.name, edit] as const))(
    '%s is done by its key, and undone',
    async (_name, edit) => {
      if (edit.name === 'paste') {
        await choose('a block')
        await page.keyboard.press('Control+c')
      }
      const before = await stored()
      await choose(wish(edit))
      await page.keyboard.press(keyOf(edit))
      for (const step of PRESSING[edit.name]?.next ?? []) {
        if (/^(Enter|Escape)$/.test(step)) await page.keyboard.press(step)
        else await page.keyboard.type(step)
      }
      await expect.poll(stored, WAIT).not.toEqual(before)
      await undo().click()
      await expect
        .poll(async () => {
          const now = await stored()
          if (JSON.stringify(now) !== JSON.stringify(before) && (await undo().isEnabled())) await undo().click()
          return now
        }, WAIT)
        .toEqual(before)
    },
  )
})
