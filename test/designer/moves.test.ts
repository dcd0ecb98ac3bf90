import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeInBrowser } from '../helpers/browser.ts'
import { type OpenDesigner, startDesigner } from '../helpers/designer.ts'
import { letIn } from '../helpers/people.ts'

const shop = (id: string, changes: object = {}) => ({
  format: 1,
  id,
  name: 'Shop',
  languages: ['en'],
  blocks: {
    start: { type: 'start', exits: { next: 'number' } },
    number: {
      type: 'question',
      label: 'Order number',
      text: 'What is your order number?',
      timeout: '1 h',
      exits: { answered: 'bye', invalid: 'bye', timeout: 'bye' },
    },
    bye: { type: 'message', label: 'Bye', text: 'The first version thanks you.', exits: { next: 'end' } },
    end: { type: 'end', label: 'End', outcome: 'done' },
    ...changes,
  },
  layout: { start: [0, 0], number: [0, 128], bye: [0, 320], end: [0, 480] },
})
const later = { bye: { type: 'message', label: 'Bye', text: 'The second version thanks you.', exits: { next: 'end' } } }

/** What is the same in both versions steps back on purpose. */
const SAME = '.block[data-state~="dimmed"]'

describeInBrowser('running conversations and a new version', () => {
  let designer: OpenDesigner
  let page: Page
  let chat: Page
  let errors: readonly string[] = []
  let id: string
  let flows = 0

  beforeAll(async () => {
    designer = await startDesigner({ webchat: 'designer/webchat/index.html' })
  })
  afterAll(() => designer?.close())

  /** A flow that is live, somebody who waits in its web chat, and a draft that says something else at the end. */
  beforeEach(async () => {
    const { server } = designer
    id = `shop_${++flows}`
    await server.call('PUT', `/api/flows/${id}`, shop(id))
    await server.call('POST', `/api/flows/${id}/publish`, { note: 'The beginning' })
    const connector = await server.call('POST', '/api/connectors', { channel: 'webchat', name: `Chat ${id}`, flow: id, settings: {}, secrets: {} })
    chat = (await designer.newPage({ width: 400, height: 700, person: null })).page
    await chat.goto(`${server.url}/chat/${connector.body.id}`)
    await chat.getByRole('button', { name: 'Start chat' }).click()
    await chat.getByText('What is your order number?').waitFor()
    await server.call('PUT', `/api/flows/${id}`, shop(id, later))
    const opened = await designer.newPage()
    page = opened.page
    errors = opened.errors
  })
  afterEach(async () => {
    expect(errors).toEqual([])
    await page.context().close()
    await chat.context().close()
  })

  const open = (path: string) => page.goto(`${designer.server.url}${path}`)
  const says = async (text: string) => {
    await chat.getByRole('textbox', { name: 'Write a message' }).fill(text)
    await chat.keyboard.press('Enter')
  }
  const running = async () => (await designer.server.call('GET', `/api/conversations?flow=${id}`)).body.items[0]
  const axe = async (what: string, where = '[role=dialog]') => {
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      const { violations } = await new AxeBuilder({ page }).include(where).exclude(SAME).analyze()
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      expect(serious.map(({ id: rule, nodes }) => `${what} ${scheme} ${rule}: ${nodes.map(node => node.html).join(' ')}`)).toEqual([])
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/moves-${what}-${scheme}.png` })
    }
    await page.emulateMedia({ colorScheme: 'light' })
  }

  test('somebody who waits in the web chat goes on in the version that is published with a move', async () => {
    await open(`/flows/${id}/versions`)
    await page.getByRole('button', { name: 'Publish as version 2' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('1 conversation is running. Choose below what becomes of it.').waitFor()
    await dialog.getByText('Bye: Text: The second version thanks you.').waitFor()
    const choice = dialog.getByRole('combobox', { name: 'What becomes of the conversation that waits in Order number' })
    expect(await choice.locator('option').allInnerTexts()).toEqual(['Stay on version 1', 'Move to version 2', 'Start again'])
    await dialog.getByText('It stays on version 1 until it ends.').waitFor()
    await choice.selectOption('move')
    await dialog.getByText('The wait goes on as before; what comes next is version 2.').waitFor()
    await dialog.getByRole('button', { name: 'Publish as version 2' }).click()
    await page.getByText('Version 2 is live. New conversations use it. 1 running one moves to version 2.').waitFor()
    await expect.poll(async () => (await running()).version).toBe(2)
    await says('48-2210')
    await chat.getByText('The second version thanks you.').waitFor()
    expect(await chat.getByText('What is your order number?').count()).toBe(1)
  })

  test('by keyboard alone: the dialog opens, a choice is made, and it is published', async () => {
    await open(`/flows/${id}`)
    await page.locator('.block').first().waitFor()
    await page.keyboard.press('Control+Shift+P')
    const dialog = page.getByRole('dialog')
    const choice = dialog.getByRole('combobox')
    await choice.waitFor()
    await expect.poll(() => dialog.getByRole('textbox', { name: 'What is new' }).evaluate(field => field === document.activeElement)).toBe(true)
    await page.keyboard.press('Shift+Tab')
    expect(await choice.evaluate(field => field === document.activeElement)).toBe(true)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await dialog.getByText('1 conversation begins anew at the start of version 2.').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Control+Enter')
    await page.getByText('1 running one starts again.').waitFor()
    await expect.poll(() => chat.getByText('What is your order number?').count()).toBe(2)
  })

  test('staying is what happens without a choice', async () => {
    await open(`/flows/${id}/versions`)
    await page.getByRole('button', { name: 'Publish as version 2' }).click()
    await page.getByRole('dialog').getByRole('combobox').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Publish as version 2' }).click()
    await page.getByText('1 running one stays where it is.').waitFor()
    await says('48-2210')
    await chat.getByText('The first version thanks you.').waitFor()
  })

  test('rolling back asks the same when somebody waits on the version that goes', async () => {
    await designer.server.call('POST', `/api/flows/${id}/publish`, { moves: { number: 'move' } })
    await expect.poll(async () => (await running()).version).toBe(2)
    await open(`/flows/${id}/versions`)
    await page.getByRole('button', { name: /^Version 1/ }).click()
    await page.getByRole('button', { name: 'Roll back to version 1' }).click()
    const dialog = page.getByRole('dialog', { name: 'Roll back to version 1' })
    await dialog.getByText('Version 1 becomes live again, as version 3.').waitFor()
    await dialog.getByRole('combobox').selectOption('move')
    await axe('roll-back')
    await dialog.getByRole('button', { name: 'Roll back to version 1' }).click()
    await page.getByText('1 running one moves to version 3.').waitFor()
    await expect.poll(async () => (await running()).version).toBe(3)
    await says('48-2210')
    await chat.getByText('The first version thanks you.').waitFor()
  })

  test('a conversation is moved by hand; what has no counterpart says why it stays', async () => {
    await designer.server.call('POST', `/api/flows/${id}/publish`, {})
    await open(`/conversations/${(await running()).id}`)
    const move = async () => {
      await page.getByRole('button', { name: 'What else you can do' }).click()
      await page.getByRole('menuitem', { name: 'Move to version…' }).click()
    }
    await move()
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByRole('combobox', { name: 'Version' }).locator('option').allInnerTexts()).toEqual(['Version 2, live'])
    await axe('by-hand')
    await dialog.getByRole('button', { name: 'Move', exact: true }).click()
    await page.getByText(/is on version 2 now/).waitFor()
    expect(await running()).toMatchObject({ version: 2, block: 'number' })
    await designer.server.call('PUT', `/api/flows/${id}`, shop(id, { number: { type: 'listen', exits: { message: 'bye' } } }))
    await designer.server.call('POST', `/api/flows/${id}/publish`, {})
    await page.reload()
    await move()
    await dialog.getByRole('combobox', { name: 'Version' }).selectOption('3')
    await dialog.getByRole('button', { name: 'Move', exact: true }).click()
    await page.getByText('Version 3 has nothing in the place of “Order number”.').waitFor()
  })

  test('a test that fails leads to the tests', async () => {
    const tests = { flow: id, tests: [{ name: 'says goodbye', steps: [{ customer: 'hi' }, { bot: 'Good day' }] }] }
    await designer.server.call('PUT', `/api/flows/${id}/tests`, tests)
    await open(`/flows/${id}/versions`)
    await page.getByRole('button', { name: 'Publish as version 2' }).click()
    await page.getByRole('dialog').getByText('1 of 1 test fails').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Show the tests' }).click()
    await page.getByText('1 of 1 fails').waitFor()
    await page.getByText('says goodbye').waitFor()
  })

  test('axe finds nothing in the dialogs, the comparison and the JSON, in light and dark', async () => {
    await open(`/flows/${id}/versions`)
    await page.getByRole('button', { name: 'Publish as version 2' }).click()
    await page.getByRole('dialog').getByRole('combobox').waitFor()
    await axe('publish')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Import JSON' }).click()
    await page.getByRole('dialog', { name: 'Import JSON' }).waitFor()
    await axe('import')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('heading', { name: '1 change' }).waitFor()
    await axe('compare', 'body')
    await page.getByText('JSON', { exact: true }).first().click()
    await page.getByRole('textbox', { name: 'JSON' }).waitFor()
    await axe('json', 'body')
  })

  test('a viewer reads a conversation and finds nothing to do to it', async () => {
    const viewer = await designer.newPage({ person: await letIn(designer.server, 'viewer', `viewer_${flows}@example.com`) })
    const agent = await designer.newPage({ person: await letIn(designer.server, 'agent', `agent_${flows}@example.com`) })
    const address = `${designer.server.url}/conversations/${(await running()).id}`
    await agent.page.goto(address)
    await agent.page.getByRole('button', { name: 'Take over' }).waitFor()
    await agent.page.getByRole('button', { name: 'What else you can do' }).waitFor()
    await viewer.page.goto(address)
    await viewer.page.getByRole('log').getByText('What is your order number?').waitFor()
    for (const name of ['Take over', 'What else you can do', 'Send']) expect(await viewer.page.getByRole('button', { name }).count()).toBe(0)
    expect(await viewer.page.getByRole('textbox', { name: 'Write a message' }).count()).toBe(0)
    expect(viewer.errors).toEqual([])
  })
})
