import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeInBrowser } from '../helpers/browser.ts'
import { type OpenDesigner, startDesigner } from '../helpers/designer.ts'

const FLOW = {
  format: 1,
  id: 'shop',
  name: 'Shop',
  languages: ['en'],
  variables: { order: { type: 'text' } },
  blocks: {
    start: { type: 'start', exits: { next: 'hello' } },
    hello: { type: 'greeting', label: 'Hello', text: 'Hello {{ contact.first_name }}!', returning: 'Welcome back!', exits: { next: 'topic' } },
    topic: { type: 'keywords', label: 'Topic', cases: [{ id: 'agent', words: ['agent'] }], exits: { agent: 'team', else: 'ask' } },
    ask: {
      type: 'question',
      label: 'Order number',
      text: 'Which order?',
      variable: 'order',
      timeout: '5 min',
      exits: { answered: 'menu', invalid: 'bye', timeout: 'bye' },
    },
    menu: {
      type: 'menu',
      label: 'Anything else',
      text: 'Thanks. Anything else?',
      choices: [
        { id: 'yes', label: 'Yes' },
        { id: 'no', label: 'No' },
      ],
      exits: { yes: 'ask', no: 'bye', else: 'bye' },
    },
    team: {
      type: 'queue',
      label: 'Team',
      queue: 'default',
      max_wait: '10 min',
      exits: { ended: 'bye', timeout: 'bye', full: 'bye', unavailable: 'bye', left: 'bye' },
    },
    bye: { type: 'end', label: 'Bye', text: 'Good bye', outcome: 'done' },
  },
}

describeInBrowser('the simulator', () => {
  let designer: OpenDesigner
  let page: Page
  let errors: readonly string[]

  beforeAll(async () => {
    designer = await startDesigner()
  })
  afterAll(() => designer?.close())
  beforeEach(async () => {
    await designer.server.call('PUT', '/api/flows/shop', FLOW)
    await designer.server.call('PUT', '/api/flows/shop/tests', { flow: 'shop', tests: [] })
    const opened = await designer.newPage()
    page = opened.page
    errors = opened.errors
    await page.goto(`${designer.server.url}/flows/shop`)
    await page.getByRole('button', { name: 'Try', exact: true }).click()
    await log().waitFor()
  })
  afterEach(async () => {
    expect(errors).toEqual([])
    await page.context().close()
  })

  const log = () => page.getByRole('log')
  const field = () => page.getByRole('textbox', { name: /^Write as|^A message a line|^Words behind/ })
  const write = async (text: string) => {
    await field().fill(text)
    await field().press('Enter')
  }
  const says = (text: string | RegExp) => log().getByText(text).last().waitFor()
  const act = async (menu: string, item: string) => {
    await page.getByRole('button', { name: menu }).click()
    await page.getByRole('menuitem', { name: item }).click()
  }

  test('a conversation goes to its end: words, buttons, why, variables', async () => {
    await write('hi')
    await says('Hello Ana!')
    await says('Which order?')
    await log()
      .getByRole('button', { name: /^Topic/ })
      .waitFor()
    await write('48-2210')
    await page.getByRole('definition').filter({ hasText: '48-2210' }).waitFor()
    await log().getByRole('button', { name: 'No', exact: true }).click()
    await says('Good bye')
    await says('The conversation closes: done.')
  })

  test('time passes to the timeout, one minute, and until the morning; a step back undoes it', async () => {
    await page.getByRole('button', { name: 'Open the chat' }).click()
    await write('hi')
    await says('Which order?')
    await page.getByRole('button', { name: '+1 min' }).click()
    await says('1 minute passes')
    await page.getByRole('button', { name: 'To the timeout' }).click()
    await says('Good bye')
    await page.getByRole('button', { name: 'Step back' }).click()
    await log().getByText('Good bye').waitFor({ state: 'detached' })
    await act('More time', 'Until tomorrow 9:00')
    await says('Good bye')
    expect(await page.getByText(/^Now/).innerText()).toMatch(/09:00/)
  })

  test('the agent joins, speaks, writes a note and ends; nobody there, and a full queue, are answers too', async () => {
    await write('agent please')
    await says(/Waits in default/)
    await page.getByText('Agent', { exact: true }).click()
    await write('Kim here')
    await says('Kim here')
    await act('What the agent and the queue do', 'Write a note')
    await write('A friendly person')
    await says('A friendly person')
    await act('What the agent and the queue do', 'End the chat')
    await says('Good bye')
    await page.getByRole('button', { name: 'Start again' }).click()
    await act('What the agent and the queue do', 'The queue is full')
    await page.getByText('Contact', { exact: true }).click()
    await write('agent')
    await says('Good bye')
  })

  test('photos, files, bursts, edits, links and failures can be sent', async () => {
    await act('Send something else', 'Open the chat by a link…')
    await write('promo')
    await says('Opened the chat by a link with “promo”')
    await act('Send something else', 'Photo')
    await says('Photo')
    await act('Send something else', 'Several messages at once')
    await field().fill('one\ntwo')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await says('two')
    await act('Send something else', 'Edit the last message')
    expect(await field().inputValue()).toBe('two')
    await write('three')
    await says('Edited the last message: “three”')
    await act('Send something else', 'Let the last message fail')
    await says(/^Not delivered/)
  })

  test('channel, language and contact are chosen, and start the run again', async () => {
    await page.getByRole('button', { name: 'Ana, new' }).click()
    await page.getByText('Returning', { exact: true }).click()
    await page.getByRole('textbox', { name: 'First name' }).fill('Ben')
    await page.getByRole('button', { name: 'Start again as this person' }).click()
    await page.getByRole('button', { name: 'Ben, returning' }).waitFor()
    await write('hi')
    await says('Welcome back!')
    await page.getByRole('combobox', { name: 'Channel' }).selectOption({ label: 'Telegram' })
    await log().getByText('Welcome back!').waitFor({ state: 'detached' })
  })

  test('the path is lit on the canvas, and a reason leads to its block', async () => {
    await write('hi')
    await says('Which order?')
    await log()
      .getByRole('button', { name: /^Topic/ })
      .click()
    await page.getByRole('textbox', { name: 'Name' }).first().waitFor()
    const visited = await page.locator('.block[data-state~="visited"]').count()
    expect(await page.locator('.block[data-state~="running"]').innerText()).toContain('5 min left')
    expect(visited).toBe(4)
  })

  test('a run is saved as a test, played on every change, and its coverage told', async () => {
    await write('hi')
    await write('48-2210')
    await page.getByRole('button', { name: 'Save as a test' }).click()
    await page.getByRole('textbox', { name: /What the test shows/ }).fill('an order is asked for')
    await page.getByText('2 steps, with what the flow says and does after each.').waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('Saved the test “an order is asked for”.').waitFor()
    await page.getByRole('button', { name: /^Tests 1/ }).click()
    await page.getByText('The test passes').waitFor()
    await page.getByText(/^\d of 7 blocks/).waitFor()
    const { body } = await designer.server.call('GET', '/api/flows/shop/tests')
    expect(body.file.tests).toMatchObject([{ name: 'an order is asked for', steps: expect.arrayContaining([{ customer: '48-2210' }]) }])
    expect(await page.locator('.block[data-state~="missed"]').count()).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Play “an order is asked for” in the chat' }).click()
    await says('Thanks. Anything else?')
  })

  test('the focus is where the next thing is written, and Esc gives it back to where it was', async () => {
    const isWriting = () => expect.poll(() => field().evaluate(element => element === document.activeElement)).toBe(true)
    await isWriting()
    await page.getByRole('button', { name: 'Open the chat' }).click()
    await isWriting()
    await page.keyboard.type('hi')
    await page.keyboard.press('Enter')
    await says('Which order?')
    await write('48-2210')
    await log().getByRole('button', { name: 'No', exact: true }).click()
    await says('Good bye')
    await isWriting()
    await page.getByRole('button', { name: 'Step back' }).click()
    await isWriting()
    await page.getByRole('button', { name: 'Start again' }).click()
    await isWriting()
    await page.locator('.react-flow__node[data-id="ask"]').click()
    const chosen = () => page.evaluate(() => document.activeElement?.closest('.react-flow__node')?.getAttribute('data-id'))
    await expect.poll(chosen).toBe('ask')
    await page.keyboard.press('t')
    await isWriting()
    await page.keyboard.type('cite /')
    expect(await field().inputValue()).toBe('cite /')
    await page.keyboard.press('Escape')
    await expect.poll(chosen).toBe('ask')
    await page.getByRole('complementary', { name: 'Try the draft' }).getByRole('button', { name: 'Close', exact: true }).click()
    await log().waitFor({ state: 'detached' })
    await page.keyboard.press('t')
    await isWriting()
  })

  test('everything else that can be sent is reached by keys', async () => {
    await page.getByRole('button', { name: 'Send something else' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Photo' }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowDown')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('menuitem')
    const { violations } = await new AxeBuilder({ page }).include('[role="menu"]').analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.failureSummary).join(' ')}`)).toEqual([])
    await page.getByRole('menuitem', { name: 'Photo' }).press('Enter')
    await says('Photo')
  })

  test('a failing test says after which step, and is made right with one press; it can be undone', async () => {
    const test = {
      name: 'says bye',
      now: '2026-11-20T10:14:00Z',
      steps: [{ customer: 'agent' }, { agent: 'join' }, { agent: 'end' }, { expect: { outcome: 'sold' } }],
    }
    await designer.server.call('PUT', '/api/flows/shop/tests', { flow: 'shop', tests: [test] })
    await page.reload()
    await page.getByRole('button', { name: 'Try', exact: true }).click()
    await page.getByRole('button', { name: /^Tests 1/ }).click()
    await page.getByText('After step 3: Expected the outcome "sold", but it is "done".').waitFor()
    await page.getByRole('button', { name: 'This is right now' }).click()
    await page.getByText('The test passes').waitFor()
    await page.getByRole('status').getByRole('button', { name: 'Undo', exact: true }).click()
    await page.getByText('1 of 1 fails').waitFor()
    const { body } = await designer.server.call('GET', '/api/flows/shop/tests')
    expect(body.file.tests[0].steps.at(-1)).toEqual({ expect: { outcome: 'sold' } })
  })

  test('the run begins at a time of the flow, not of another place', async () => {
    await designer.server.call('PUT', '/api/flows/shop', { ...FLOW, time_zone: 'Asia/Tokyo' })
    await page.reload()
    await page.getByRole('button', { name: 'Try', exact: true }).click()
    await page.getByRole('button', { name: 'Ana, new' }).click()
    await page.getByLabel('Begins (Asia/Tokyo)').fill('2026-11-20T09:30')
    await page.getByRole('button', { name: 'Start again as this person' }).click()
    expect(await page.getByText(/^Now/).innerText()).toContain('09:30')
  })

  test('axe finds nothing in chat and tests, in light and dark', async () => {
    await write('hi')
    await says('Which order?')
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      const { violations } = await new AxeBuilder({ page }).include('aside[aria-label="Try the draft"]').analyze()
      expect(violations.map(({ id, nodes }) => `${scheme} ${id}: ${nodes.map(node => node.html).join(' ')}`)).toEqual([])
    }
    await page.getByRole('button', { name: /^Tests/ }).click()
    const { violations } = await new AxeBuilder({ page }).include('aside[aria-label="Try the draft"]').analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
  })
})
