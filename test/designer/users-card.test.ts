/** The user's card, drawn as a business user draws it: from an empty flow to one that answers in the web chat. */
import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Flow } from '../../server/engine/index.ts'
import { describeInBrowser } from '../helpers/browser.ts'
import { type OpenDesigner, startDesigner } from '../helpers/designer.ts'

/** Clicks, drags, texts typed and keys pressed that the card may take by mouse, from the list of flows to the open chat. */
const MOST_GESTURES = 50

describeInBrowser("the user's card", () => {
  let designer: OpenDesigner
  let page: Page
  let errors: readonly string[]
  let gestures: number

  beforeAll(async () => {
    designer = await startDesigner({ webchat: 'designer/webchat/index.html' })
  })
  afterAll(() => designer?.close())
  beforeEach(async () => {
    gestures = 0
    ;({ page, errors } = await designer.newPage({ width: 1440, height: 900 }))
    await page.goto(`${designer.server.url}/flows`)
    await page.getByRole('button', { name: 'New flow' }).waitFor()
  })
  afterEach(async () => {
    expect(errors).toEqual([])
    await page.context().close()
  })

  const inspector = () => page.locator('.inspector')
  const block = (id: string) => page.locator(`.react-flow__node[data-id="${id}"]`)
  const chosen = () => page.locator('.react-flow__node.selected')
  const stored = async (id: string): Promise<Flow> => (await designer.server.call('GET', `/api/flows/${id}`)).body.draft.file
  /** What leads where, as the saved file says. */
  const routes = async (id: string) => Object.fromEntries(Object.entries((await stored(id)).blocks).map(([name, { exits }]) => [name, exits ?? {}]))

  const click = async (name: string | RegExp) => {
    gestures++
    await page.getByRole('button', { name, exact: typeof name === 'string' }).click()
  }
  const press = async (key: string) => {
    gestures++
    await page.keyboard.press(key)
  }
  const write = async (field: string, text: string) => {
    gestures++
    await inspector().getByRole('textbox', { name: field, exact: true }).fill(text)
  }
  /** Writes on the canvas, where a new block that talks waits for its text. */
  const say = async (text: string) => {
    gestures++
    await page.getByRole('textbox', { name: 'Text of the block' }).fill(text)
  }
  /** Writes into a field that takes one thing after the other. */
  const enter = async (role: 'textbox' | 'combobox', field: string | RegExp, text: string) => {
    gestures++
    await inspector().getByRole(role, { name: field }).fill(text)
    await press('Enter')
  }
  const add = async (title: string, id: string) => {
    await click(`Add ${title}`)
    await expect.poll(() => chosen().getAttribute('data-id')).toBe(id)
  }
  const choose = async (id: string) => {
    gestures++
    await block(id).locator('.block-head').click()
    await expect.poll(() => chosen().getAttribute('data-id')).toBe(id)
  }
  const middleOf = async (selector: string) => {
    const box = await page.locator(selector).first().boundingBox()
    if (!box) throw new Error(`${selector} is not in the page.`)
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }
  const lead = async (from: string, exit: string, to: string) => {
    gestures++
    const start = await middleOf(`[data-id="${from}"] :is([data-exit="${exit}"] .dot, .dot[data-exit="${exit}"])`)
    const end = await middleOf(`.react-flow__node[data-id="${to}"] .block-head`)
    await page.mouse.move(start.x, start.y)
    await page.mouse.down()
    await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 4 })
    await page.mouse.move(end.x, end.y, { steps: 4 })
    await page.mouse.up()
  }

  /** Where the link leads, for somebody who is not signed in. */
  const openAsVisitor = async () => {
    const link = page.getByRole('link', { name: 'Open the chat' })
    await link.waitFor()
    const visitor = await designer.newPage({ isSignedIn: false })
    await visitor.page.goto((await link.getAttribute('href')) ?? '')
    return visitor.page
  }

  test('is drawn by mouse, published, and answers in the web chat', async () => {
    await click('New flow')
    gestures++
    await page.getByRole('dialog').getByRole('textbox').fill('Shop by mouse')
    await press('Enter')
    await page.waitForURL('**/flows/shop_by_mouse')

    await add('Greeting', 'greeting')
    await say('Hello! How can we help you?')
    await add('Message check', 'message_check')
    gestures++
    await inspector().getByRole('combobox', { name: 'Longest text' }).selectOption('fixed')
    await write('Most characters', '500')
    await add('Keywords', 'keywords')
    await enter('textbox', 'Add a case by its words', 'order, parcel')
    await enter('textbox', 'Add a case by its words', 'agent, human')
    await add('Message', 'message')
    await say('You find every order under “My orders”.')
    await add('End', 'end')

    await choose('keywords')
    await add('Queue', 'queue')
    await click('Fit everything')
    await lead('queue', 'ended', 'end')
    await lead('queue', 'left', 'end')
    await choose('queue')
    await add('Abandon', 'abandon')
    await write('Last message', 'Nobody is free right now. We write to you in the morning.')

    await choose('keywords')
    await add('Intent', 'intent')
    await enter('combobox', 'Add an intent', 'prices')
    await enter('textbox', /Training phrase|Phrase/, 'how much is a jacket')
    await enter('textbox', /Training phrase|Phrase/, 'what does it cost')
    await add('Message', 'message_2')
    await say('Jackets are 89 to 240 euros.')

    await choose('message_check')
    await add('Message', 'message_3')
    await say('That is a lot at once. Please say it in a few sentences.')
    await click('Fit everything')
    await lead('queue', 'full', 'abandon')
    await lead('queue', 'unavailable', 'abandon')
    await lead('message_2', 'next', 'end')
    await lead('intent', 'unsure', 'queue')
    await lead('intent', 'else', 'queue')
    await lead('message_3', 'next', 'end')

    await expect
      .poll(() => routes('shop_by_mouse'))
      .toEqual({
        start: { next: 'greeting' },
        greeting: { next: 'message_check' },
        message_check: { ok: 'keywords', too_long: 'message_3' },
        keywords: { order: 'message', agent: 'queue', else: 'intent' },
        intent: { prices: 'message_2', unsure: 'queue', else: 'queue' },
        queue: { ended: 'end', left: 'end', timeout: 'abandon', full: 'abandon', unavailable: 'abandon' },
        message: { next: 'end' },
        message_2: { next: 'end' },
        message_3: { next: 'end' },
        abandon: {},
        end: {},
      })

    await click('Publish')
    await page.getByRole('dialog').waitFor()
    gestures++
    await page.getByRole('dialog').getByRole('textbox').fill('The first one')
    gestures++
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Publish/ })
      .click()
    await click(/Where people reach it/)
    await click('Open a web chat for it')
    gestures++
    const chat = await openAsVisitor()
    expect(gestures).toBeLessThanOrEqual(MOST_GESTURES)

    const says = (text: string) => chat.getByText(text).waitFor()
    await chat.getByRole('textbox').fill('where is my parcel?')
    await chat.keyboard.press('Enter')
    await says('Hello! How can we help you?')
    await says('You find every order under “My orders”.')
  })
  test('is drawn with the keyboard alone', async () => {
    const keys = async (...all: string[]) => {
      for (const key of all) await page.keyboard.press(key)
    }
    const focused = () => page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-id]')?.dataset.id)
    const on = (id: string) => expect.poll(focused, { timeout: 10_000 }).toBe(id)
    /** `/`, the beginning of its name, Enter; a block that talks takes its text at once. */
    const add = async (wish: string, id: string, text?: string) => {
      await keys('/')
      await page
        .getByRole('dialog', { name: 'Add a block' })
        .or(page.getByRole('combobox', { name: 'Add a block' }))
        .first()
        .waitFor()
      await page.keyboard.type(wish)
      await keys('Enter')
      if (text !== undefined) {
        await page.getByRole('textbox', { name: 'Text of the block' }).waitFor()
        await page.keyboard.type(text)
        await keys('Escape')
      }
      await on(id)
    }

    await keys('n')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type('Shop by keys')
    await keys('Enter')
    await page.waitForURL('**/flows/shop_by_keys')
    await on('start')
    await add('greet', 'greeting', 'Hello! How can we help you?')
    await add('message', 'message', 'You find every order under “My orders”.')
    await add('end', 'end')
    await expect
      .poll(() => routes('shop_by_keys'), { timeout: 10_000 })
      .toEqual({ start: { next: 'greeting' }, greeting: { next: 'message' }, message: { next: 'end' }, end: {} })

    await keys('Control+Shift+P')
    await page.getByRole('dialog').waitFor()
    await expect
      .poll(
        () =>
          page
            .getByRole('dialog')
            .getByRole('button', { name: /^Publish/ })
            .isEnabled(),
        { timeout: 10_000 },
      )
      .toBe(true)
    for (let stop = 0; stop < 30; stop++) {
      if (await page.evaluate(() => /^Publish/.test(document.activeElement?.textContent ?? ''))) break
      await keys('Tab')
    }
    await keys('Enter')
    await page
      .getByText(/is live/)
      .first()
      .waitFor()
    await keys('Control+j')
    await page.getByRole('combobox', { name: 'Commands' }).waitFor()
    await page.keyboard.type('Where people reach')
    await keys('Enter')
    const open = page.getByRole('button', { name: 'Open a web chat for it' })
    await open.waitFor()
    await open.press('Enter')
    const chat = await openAsVisitor()
    await chat.getByRole('textbox').focus()
    await chat.keyboard.type('hello')
    await chat.keyboard.press('Enter')
    // Once as the chat opened, once again for the new message.
    await chat.getByText('You find every order under “My orders”.').first().waitFor()
  })
})
