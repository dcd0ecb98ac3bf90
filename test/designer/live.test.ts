import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { connectBot, type TestBot } from '../helpers/bot.ts'
import { describeInBrowser } from '../helpers/browser.ts'
import { type OpenDesigner, startDesigner } from '../helpers/designer.ts'
import { type FakeTelegram, startFakeTelegram, textUpdate } from '../helpers/fake-telegram.ts'

const shop = {
  format: 1,
  id: 'shop',
  name: 'Shop',
  languages: ['en'],
  variables: { order_number: { type: 'text' } },
  blocks: {
    start: { type: 'start', exits: { next: 'hello' } },
    hello: { type: 'message', label: 'Welcome', text: 'Good morning, how can we help you?', exits: { next: 'topic' } },
    topic: {
      type: 'keywords',
      label: 'Topic',
      cases: [
        { id: 'order', words: ['order', 'parcel'] },
        { id: 'agent', words: ['agent', 'human'] },
      ],
      exits: { order: 'number', agent: 'team', else: 'bye' },
    },
    number: {
      type: 'question',
      label: 'Order number',
      text: 'What is your order number?',
      variable: 'order_number',
      timeout: '1 h',
      exits: { answered: 'thanks', invalid: 'team', timeout: 'bye' },
    },
    thanks: { type: 'message', label: 'Thanks', text: 'We look into {{ vars.order_number }}.', exits: { next: 'bye' } },
    team: { type: 'queue', label: 'Support team', queue: 'default', exits: { ended: 'bye', full: 'bye', unavailable: 'bye', left: 'bye' } },
    bye: { type: 'end', label: 'Bye', outcome: 'done' },
  },
  layout: { start: [0, 0], hello: [0, 96], topic: [0, 256], number: [-160, 448], team: [224, 448], thanks: [-160, 640], bye: [0, 832] },
}

describeInBrowser('live and conversations', () => {
  let designer: OpenDesigner
  let telegram: FakeTelegram
  /** For tests that change what others count: the same flow under another name. */
  let elsewhere: FakeTelegram
  let other: TestBot
  let page: Page
  let errors: readonly string[] = []

  beforeAll(async () => {
    designer = await startDesigner()
    telegram = await startFakeTelegram({ token: '7000000095:fake-token-of-the-fake-bot-api' })
    elsewhere = await startFakeTelegram({ token: '7000000096:fake-token-of-the-fake-bot-api' })
    const bot: TestBot = await connectBot(designer.server, telegram, shop)
    other = await connectBot(designer.server, elsewhere, { ...shop, id: 'elsewhere', name: 'Elsewhere' })
    // 601 to 604 are asked for their order number: one answers, one is closed, two wait. 605 waits for an agent, 606 says something else.
    for (let chat = 601; chat <= 604; chat++) await bot.take(textUpdate(chat, 'Where is my order?'))
    await bot.take(textUpdate(601, '48-2210'))
    const closed = (await designer.server.call('GET', '/api/conversations?contact=602')).body.items[0]
    await designer.server.call('POST', `/api/conversations/${closed.id}/close`, {})
    await bot.take(textUpdate(605, 'A human, please'))
    await bot.take(textUpdate(606, 'Tell me a joke'))
  })
  afterAll(async () => {
    await designer?.close()
    await telegram?.close()
    await elsewhere?.close()
  })
  afterEach(async () => {
    expect(errors).toEqual([])
    await page.context().close()
  })

  const open = async (path: string, options: Parameters<OpenDesigner['newPage']>[0] = {}) => {
    const opened = await designer.newPage(options)
    page = opened.page
    errors = opened.errors
    await page.goto(`${designer.server.url}${path}`)
  }
  const idOf = async (address: string): Promise<string> => (await designer.server.call('GET', `/api/conversations?contact=${address}`)).body.items[0].id
  const block = (id: string) => page.locator(`.react-flow__node[data-id="${id}"] .block`)

  test('the live view says on each block how many came, where they wait and where they were left', async () => {
    await open('/flows/shop/live')
    await page.getByText('6 conversations on version 1').waitFor()
    await expect.poll(() => block('number').locator('.block-live').innerText()).toBe('4 came, 1 left here, 2 wait now')
    expect(await block('thanks').locator('.block-live').innerText()).toBe('1 came')
    expect(await block('topic').locator('[data-exit="order"] small').innerText()).toBe('67 %')
    expect(await block('topic').locator('[data-exit="else"] small').innerText()).toBe('17 %')
    const widthOf = (exit: string) =>
      page.locator(`.react-flow__edge[data-id="${exit}"] .react-flow__edge-path`).evaluate(line => getComputedStyle(line).strokeWidth)
    expect(Number.parseFloat(await widthOf('start.next'))).toBe(6)
    expect(Number.parseFloat(await widthOf('number.timeout'))).toBe(1.75)
    const counts = page.getByRole('complementary', { name: 'Counts' })
    expect(await counts.getByRole('button', { name: /^Order number/ }).allInnerTexts()).toEqual([
      expect.stringContaining('1 of 4'),
      expect.stringContaining('2'),
    ])
  })

  test('another range is counted anew, a row of the counts leads to its block, and nothing can be changed', async () => {
    await open('/flows/shop/live')
    await page.getByText('Last hour').click()
    await page.getByText('6 conversations on version 1').waitFor()
    await page
      .getByRole('complementary', { name: 'Counts' })
      .getByRole('button', { name: /^Support team/ })
      .click()
    await expect.poll(() => page.locator('.react-flow__node.selected').getAttribute('data-id')).toBe('team')
    await page.keyboard.press('Delete')
    expect(await block('team').count()).toBe(1)
  })

  test('a flow that is not live says what will be here', async () => {
    await designer.server.call('PUT', '/api/flows/unborn', { ...shop, id: 'unborn' })
    await open('/flows/unborn/live')
    await page.getByRole('heading', { name: 'Not live yet' }).waitFor()
  })

  test('from the counts to a real conversation: its path is lit on the canvas of its version, with the reasons', async () => {
    await open('/flows/shop/live')
    const id = await idOf('603')
    await page.locator(`a[href="/conversations/${id}/canvas"]`).click()
    await expect.poll(() => block('number').getAttribute('data-state')).toContain('running')
    expect(await block('topic').getAttribute('data-state')).toContain('visited')
    expect((await block('team').getAttribute('data-state')) ?? '').not.toContain('visited')
    expect(await page.locator('.connection[data-state="lit"]').count()).toBe(3)
    await page.getByText('waits for a message').waitFor()
    const path = page.getByRole('complementary').getByRole('list')
    expect(await path.getByRole('button', { name: /^Topic/ }).innerText()).toContain('order')
    await path.getByRole('button', { name: /^Topic/ }).click()
    await expect.poll(() => page.locator('.react-flow__node.selected').getAttribute('data-id')).toBe('topic')
    await page.getByRole('link', { name: 'Show the chat' }).click()
    await page.getByRole('log').getByText('Where is my order?').waitFor()
  })

  test('the list finds by owner, by contact and by flow', async () => {
    await open('/conversations?flow=shop')
    await page.getByRole('button', { name: 'Only of Shop' }).waitFor()
    const list = page.getByRole('region', { name: 'List of conversations' })
    await expect.poll(() => list.getByRole('link').count()).toBe(6)
    await list.getByRole('combobox', { name: 'Who has it' }).selectOption('queue')
    await expect.poll(() => list.getByRole('link').count()).toBe(1)
    expect(await list.getByRole('link').innerText()).toContain('Waits in Default')
    expect(await list.getByRole('link').innerText()).toContain('Reply: Good morning, how can we help you?')
    await list.getByRole('combobox', { name: 'Who has it' }).selectOption('')
    await list.getByRole('searchbox').fill('604')
    await expect.poll(() => list.getByRole('link').count()).toBe(1)
    await list.getByRole('searchbox').fill('nobody of this name')
    await list.getByText('Nothing fits. Take a filter away.').waitFor()
  })

  test('the list goes on page by page', async () => {
    for (let chat = 700; chat < 735; chat++) await other.take(textUpdate(chat, 'Tell me a joke'))
    await open('/conversations?flow=elsewhere')
    const list = page.getByRole('region', { name: 'List of conversations' })
    await expect.poll(() => list.getByRole('link').count()).toBe(30)
    await list.getByRole('button', { name: 'Show more' }).click()
    await expect.poll(() => list.getByRole('link').count()).toBeGreaterThanOrEqual(35)
  })

  test('a conversation shows what was said, what became of it, what is known and why it went where it went', async () => {
    await open(`/conversations/${await idOf('601')}`)
    const log = page.getByRole('log')
    await log.getByText('We look into 48-2210.').waitFor()
    await expect.poll(() => log.innerText()).toContain('Sent')
    await log.getByText('The conversation closes: Done').waitFor()
    const text = await log.innerText()
    expect(text.indexOf('The conversation closes: Done')).toBeGreaterThan(text.indexOf('We look into 48-2210.'))
    const side = page.getByRole('complementary')
    await side.getByText('Shop, version 1').waitFor()
    await side.getByRole('listitem').filter({ hasText: 'Topic' }).filter({ hasText: 'order' }).waitFor()
    expect(await page.getByRole('button', { name: 'What else you can do' }).count()).toBe(0)
    await side.getByRole('link', { name: /^Topic/ }).click()
    await expect.poll(() => page.locator('.react-flow__node.selected').getAttribute('data-id')).toBe('topic')
    await page.getByRole('heading', { level: 1, name: /^Path of / }).waitFor()
  })

  test('a flow that nobody wrote to is not dimmed, and leads to its web chat', async () => {
    await designer.server.call('PUT', '/api/flows/quiet', { ...shop, id: 'quiet', name: 'Quiet' })
    await designer.server.call('POST', '/api/flows/quiet/publish')
    await open('/flows/quiet/live')
    const side = page.getByRole('complementary', { name: 'Counts' })
    await side.getByRole('heading', { name: 'Nobody wrote in the last day' }).waitFor()
    await side.getByRole('button', { name: 'Where people reach it' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Open a web chat for it' }).click()
    const link = side.getByRole('link', { name: 'Talk to Quiet in the web chat' })
    expect(await link.getAttribute('href')).toContain('/chat/')
    expect(await page.locator('.block[data-state~="dimmed"]').count()).toBe(0)
  })

  test('somebody takes over from the flow, writes, and finishes', async () => {
    await other.take(textUpdate(610, 'My parcel is late'))
    const id = await idOf('610')
    await open(`/conversations/${id}`)
    await page.getByRole('button', { name: 'Take over' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('The flow stops where it is').waitFor()
    await dialog.getByRole('button', { name: 'Leave it to the flow' }).click()
    await dialog.waitFor({ state: 'hidden' })
    expect((await designer.server.call('GET', `/api/conversations/${id}`)).body.owner).toBe('flow')
    await page.getByRole('button', { name: 'Take over' }).click()
    await dialog.getByRole('button', { name: 'Take over' }).click()
    const reply = page.getByRole('textbox', { name: 'Write a message' })
    await expect.poll(() => reply.evaluate(field => field === document.activeElement)).toBe(true)
    expect(await page.getByText('You talk with').count()).toBe(0)
    await reply.fill('I look for your parcel.')
    await page.keyboard.press('Enter')
    await page.getByRole('log').getByText('I look for your parcel.').waitFor()
    expect((await elsewhere.waitSent(3, 610)).at(-1)?.parameters.text).toBe('I look for your parcel.')
    await page.getByRole('button', { name: 'Finish' }).click()
    await expect.poll(async () => (await designer.server.call('GET', `/api/conversations/${id}`)).body.owner).toBe('nobody')
  })

  test('a conversation is handed to a queue, started again and ended, each time after a plain question', async () => {
    await designer.server.call('PUT', '/api/queues/returns', { title: 'Returns' })
    await other.take(textUpdate(611, 'My parcel is late'))
    const id = await idOf('611')
    const state = async () => (await designer.server.call('GET', `/api/conversations/${id}`)).body
    await open(`/conversations/${id}`)
    const choose = async (deed: string) => {
      await page.getByRole('button', { name: 'What else you can do' }).click()
      await page.getByRole('menuitem', { name: deed }).click()
    }
    const dialog = page.getByRole('dialog')
    await choose('Hand over to a queue…')
    await dialog.getByRole('combobox', { name: 'Queue' }).selectOption('returns')
    await dialog.getByRole('button', { name: 'Hand over' }).click()
    await expect.poll(state).toMatchObject({ owner: 'queue', queue: 'returns' })
    await choose('Start the flow again')
    await dialog.getByRole('button', { name: 'Start again' }).click()
    await expect.poll(state).toMatchObject({ owner: 'flow', block: 'topic' })
    await choose('End the conversation')
    await dialog.getByRole('button', { name: 'End it' }).click()
    await expect.poll(state).toMatchObject({ owner: 'nobody' })
  })

  test.each([
    ['light', '/flows/shop/live', 1280],
    ['dark', '/flows/shop/live', 1920],
    ['light', '/conversations/OPEN', 1280],
    ['dark', '/conversations/OPEN', 1920],
    ['light', '/conversations/OPEN/canvas', 1280],
    ['dark', '/conversations/OPEN/canvas', 1920],
    ['light', '/conversations', 1280],
  ] as const)('axe finds nothing serious in %s on %s at %i', async (colorScheme, path, width) => {
    await open(path.replace('OPEN', await idOf('603')), { colorScheme, width, height: width === 1280 ? 800 : 1080 })
    if (path.endsWith('live') || path.endsWith('canvas')) await block('bye').waitFor()
    else await page.getByRole('region', { name: 'List of conversations' }).getByRole('link').first().waitFor()
    const { violations } = await new AxeBuilder({ page }).analyze()
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)).toEqual([])
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/live-${path.replaceAll('/', '_')}-${colorScheme}.png` })
  })
})
