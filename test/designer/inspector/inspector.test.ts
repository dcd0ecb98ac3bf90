/** The inspector and the problems as a business user has them: a real browser, the built page, the real server. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { BLOCK_TYPES, type Flow } from '../../../server/engine/index.ts'
import { describeInBrowser, launchBrowser } from '../../helpers/browser.ts'
import { letIn, type Person } from '../../helpers/people.ts'
import { startTestServer, type TestServer } from '../../helpers/server.ts'
import { type BuiltWeb, buildWeb } from '../../helpers/web.ts'

const FLOW: Flow = {
  format: 1,
  id: 'sample',
  name: 'Sample',
  languages: ['en', 'de'],
  variables: { order: { type: 'text' } },
  intents: {
    prices: { phrases: { en: ['how much is it', 'price list', 'what does it cost'] } },
    returns: { phrases: { en: ['send it back', 'return a parcel'] } },
  },
  blocks: {
    start: { type: 'start', exits: { next: 'hello' } },
    hello: { type: 'greeting', label: 'Hello', text: 'Hello', exits: { next: 'topic' } },
    topic: {
      type: 'keywords',
      label: 'Topic',
      cases: [
        { id: 'order', words: { en: ['order', 'parcel'] } },
        { id: 'agent', words: ['agent'] },
      ],
      exits: { order: 'ask', agent: 'team', else: 'wish' },
    },
    ask: { type: 'question', label: 'Order number', text: 'Which order?', variable: 'order', exits: { answered: 'say', invalid: 'team' } },
    say: { type: 'message', label: 'Status', text: 'Order {{ vars.order }} comes on {{ vars.eta }}.', exits: { next: 'bye' } },
    wish: { type: 'intent', label: 'Wish', intents: ['prices', 'returns'], exits: { prices: 'bye', returns: 'bye', unsure: 'team', else: 'team' } },
    team: {
      type: 'queue',
      label: 'Team',
      queue: 'default',
      max_wait: '10 min',
      exits: { ended: 'bye', timeout: 'bye', full: 'bye', unavailable: 'bye', left: 'bye' },
    },
    bye: { type: 'end', label: 'Bye', text: 'Goodbye' },
  },
  layout: { start: [0, 0], hello: [0, 100], topic: [0, 260], ask: [-360, 440], wish: [360, 440], say: [-360, 640], team: [0, 640], bye: [0, 860] },
}

describeInBrowser('the inspector', () => {
  let browser: Browser
  let web: BuiltWeb
  let server: TestServer
  let editor: Person
  let context: BrowserContext
  let page: Page

  beforeAll(async () => {
    web = await buildWeb({ designer: 'designer/index.html' })
    server = await startTestServer({}, { web: web.folder })
    editor = await letIn(server, 'editor')
    await store(FLOW)
    const connector = await server.call('POST', '/api/connectors', { channel: 'webchat', name: 'Shop', flow: 'sample' })
    if (connector.status >= 300) throw new Error(connector.text)
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await web?.remove()
  })
  beforeEach(async () => {
    await store(FLOW)
    await open()
  })
  afterEach(() => context?.close())

  async function store(flow: Flow): Promise<void> {
    const answer = await server.call('PUT', '/api/flows/sample', flow)
    if (answer.status >= 300) throw new Error(answer.text)
  }
  async function open(options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
    await context?.close()
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', ...options })
    await context.addCookies(
      editor.cookie.split('; ').map(cookie => {
        const [name = '', ...value] = cookie.split('=')
        return { name, value: value.join('='), url: server.url }
      }),
    )
    page = await context.newPage()
    page.setDefaultTimeout(10_000)
    await page.goto(`${server.url}/flows/sample`)
    await page.locator('.inspector').waitFor()
    await page.locator('.problem').first().waitFor()
  }
  const inspector = () => page.locator('.inspector')
  const field = (name: string) => inspector().getByRole('textbox', { name, exact: true })
  const choose = async (id: string) => {
    await page.locator(`.react-flow__node[data-id="${id}"]`).click({ position: { x: 60, y: 14 } })
    await inspector().getByRole('textbox', { name: 'Name of the block' }).waitFor()
  }
  const stored = async (): Promise<Flow> => (await server.call('GET', '/api/flows/sample')).body.draft.file
  const block = async (id: string) => (await stored()).blocks[id]
  const problems = () => page.locator('.problem')
  /** Typing is saved within a moment, and a moment is long on a busy machine. */
  const eventually = <T>(ask: () => T) => expect.poll(ask, { timeout: 10_000 })
  const eventuallyStored = async <T>(ask: (flow: Flow) => T): Promise<T> => {
    await expect.poll(async () => ask(await stored()), { timeout: 10_000 }).toBeTruthy()
    return ask(await stored())
  }
  const undo = () => page.getByRole('button', { name: 'Undo', exact: true }).click()

  test('what is typed is on the canvas, is saved, and is one step of undo', async () => {
    await choose('hello')
    const greeting = field('Greeting')
    await greeting.fill('')
    await greeting.pressSequentially('Good day to you, how can we help?', { delay: 40 })
    await eventually(() => page.locator('.react-flow__node[data-id="hello"] .gist-say').textContent()).toBe('Good day to you, how can we help?')
    await eventually(async () => (await block('hello'))?.text).toBe('Good day to you, how can we help?')
    await undo()
    await eventually(() => greeting.inputValue()).toBe('Hello')
    await eventually(async () => (await block('hello'))?.text).toBe('Hello')
  })

  test('the page is as high as the window, whatever the form is', async () => {
    const rest = () => page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)
    expect(await rest()).toBe(0)
    await choose('topic')
    await page.setViewportSize({ width: 1440, height: 500 })
    expect(await rest()).toBe(0)
    await page.mouse.move(600, 20)
    await page.mouse.wheel(0, 400)
    expect(await page.evaluate(() => window.scrollY)).toBe(0)
  })

  test('choosing another block keeps what was typed last', async () => {
    await choose('hello')
    await field('Greeting').fill('Typed and gone')
    await choose('bye')
    await eventually(async () => (await block('hello'))?.text).toBe('Typed and gone')
  })

  test('a wrong time stays in its field, says what is expected, and does not enter the flow', async () => {
    await choose('team')
    const longest = field('Longest wait')
    await longest.fill('10 minuets')
    await inspector().getByText('Write a time, like 10 min or 2 h.').waitFor()
    await longest.blur()
    expect(await longest.inputValue()).toBe('10 minuets')
    expect((await block('team'))?.max_wait).toBe('10 min')
    await longest.fill('half an hour')
    await eventually(async () => (await block('team'))?.max_wait).toBe('30 min')
    await longest.blur()
    await eventually(() => longest.inputValue()).toBe('30 min')
    expect(await inspector().getByText('Write a time').count()).toBe(0)
  })

  test('variables are completed on {{ by keyboard and by the button', async () => {
    await choose('hello')
    const greeting = field('Greeting')
    await greeting.fill('Hello {{ ord')
    const list = inspector().getByRole('listbox', { name: 'Values to print' })
    await list.getByRole('option', { name: /vars\.order/ }).waitFor()
    await greeting.press('Enter')
    expect(await greeting.inputValue()).toBe('Hello {{ vars.order }}')
    await greeting.pressSequentially('!')
    expect(await greeting.inputValue()).toBe('Hello {{ vars.order }}!')
    await inspector().getByRole('button', { name: 'Insert a value' }).first().click()
    await list.getByRole('option', { name: /contact\.first_name/ }).click()
    await eventually(async () => (await block('hello'))?.text).toBe('Hello {{ vars.order }}!{{ contact.first_name }}')
    await eventually(() => page.locator('.react-flow__node[data-id="hello"] .gist-token').allTextContents()).toEqual(['order', 'first name'])
  })

  test('cases are added by their words, moved by keyboard and mouse, renamed and removed with their connection', async () => {
    await choose('topic')
    await inspector().getByRole('textbox', { name: 'Add a case by its words' }).fill('price, cost')
    await page.keyboard.press('Enter')
    await eventually(async () => (await block('topic'))?.cases).toContainEqual({ id: 'price', words: ['price', 'cost'] })

    await inspector()
      .getByRole('button', { name: /^Move price/ })
      .press('ArrowUp')
    const ids = async () => caseIds(await block('topic'))
    await eventually(ids).toEqual(['order', 'price', 'agent'])
    await eventually(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toContain('Move price')

    await inspector()
      .getByRole('button', { name: /^Move agent/ })
      .dragTo(inspector().locator('.card').first())
    await eventually(ids).toEqual(['agent', 'order', 'price'])

    await inspector().locator('.card-title').first().fill('real person')
    await eventually(async () => (await block('topic'))?.exits).toMatchObject({ real_person: 'team', order: 'ask' })
    await inspector().getByRole('button', { name: 'Remove real person', exact: true }).click()
    await eventually(async () => Object.keys((await block('topic'))?.exits ?? {}).sort()).toEqual(['else', 'order'])
  })

  test('each case shows where it leads, goes there, and connects what leads nowhere', async () => {
    await choose('topic')
    await inspector().getByRole('button', { name: 'order leads to Order number' }).click()
    await eventually(() => field('Question').inputValue()).toBe('Which order?')
    await choose('topic')
    await inspector().getByRole('textbox', { name: 'Add a case by its words' }).fill('thanks')
    await page.keyboard.press('Enter')
    await inspector()
      .getByRole('combobox', { name: /^thanks leads nowhere yet/ })
      .click()
    await page.getByRole('option', { name: 'Bye' }).click()
    await eventually(async () => (await block('topic'))?.exits?.thanks).toBe('bye')
    await inspector().getByRole('button', { name: 'thanks leads to Bye' }).waitFor()
  })

  test('a sentence is tried on the engine, with the reason and every intent with its score', async () => {
    await choose('topic')
    await field('Try a sentence').fill('wheres my ordr')
    await inspector().getByText('“ordr” is close to “order”').waitFor()
    await choose('wish')
    await field('Try a sentence').fill('price list please')
    await eventually(() => inspector().locator('.try-exit').textContent()).toBe('prices')
    expect(await inspector().locator('.try-scores li').count()).toBe(2)
  })

  test('texts are written by language, and a dot tells what is missing', async () => {
    await choose('topic')
    await inspector().getByRole('img', { name: 'Texts are missing' }).waitFor()
    await inspector().getByRole('radiogroup', { name: 'Language' }).getByText('German').click()
    await inspector().getByRole('textbox', { name: 'Word: add to Words' }).first().fill('Bestellung,')
    await eventually(async () => (await block('topic'))?.cases).toContainEqual({ id: 'order', words: { de: ['Bestellung'], en: ['order', 'parcel'] } })
    await eventually(() => inspector().getByRole('img', { name: 'Texts are missing' }).count()).toBe(0)
    await choose('bye')
    await field('Last message').fill('Tschüss')
    await eventually(async () => (await block('bye'))?.text).toEqual({ de: 'Tschüss', en: 'Goodbye' })
  })

  test('a counter counts against the tightest bound channel, and the preview shows each channel', async () => {
    await choose('hello')
    await eventually(() => inspector().locator('.counter').first().textContent()).toMatch(/^5 of [\d,]+$/)
    await inspector().getByText('Preview', { exact: true }).click()
    const channel = inspector().getByRole('combobox', { name: 'Channel of the preview' })
    const offered = await channel.locator('option').allTextContents()
    for (const name of ['Telegram', 'Messenger', 'WhatsApp', 'LINE', 'Viber', 'Web chat'])
      expect(offered.some(each => each.toLowerCase().includes(name.toLowerCase()))).toBe(true)
    await channel.selectOption({ label: offered.find(each => each.includes('WhatsApp')) ?? '' })
    await eventually(() => inspector().locator('.preview-bubble').textContent()).toBe('Hello')
  })

  test('a variable is renamed everywhere at once, and undo takes all of it back', async () => {
    await page.locator('.react-flow__pane').click({ position: { x: 20, y: 20 } })
    const name = inspector().getByRole('textbox', { name: 'Name of order' })
    await name.fill('order number')
    await name.press('Enter')
    await eventually(async () => (await block('say'))?.text).toBe('Order {{ vars.order_number }} comes on {{ vars.eta }}.')
    expect((await block('ask'))?.variable).toBe('order_number')
    await undo()
    await eventually(async () => (await block('ask'))?.variable).toBe('order')
  })

  test('Enter on a problem goes to its field, Alt+Enter fixes it, and undo brings it back', async () => {
    const undeclared = problems().filter({ hasText: '“eta”' })
    await undeclared.getByRole('button').first().press('Enter')
    await eventually(() => page.evaluate(() => document.activeElement?.closest('[data-at]')?.getAttribute('data-at'))).toBe('/text')
    await undeclared.getByRole('button').first().press('Alt+Enter')
    await eventually(async () => (await stored()).variables?.eta).toEqual({ type: 'text' })
    await eventually(() => undeclared.filter({ hasText: 'not declared' }).count()).toBe(0)
    await undo()
    await undeclared.filter({ hasText: 'not declared' }).waitFor()
  })

  test('a problem of the chosen block is mended where its form is', async () => {
    await choose('say')
    const here = inspector().getByRole('list', { name: 'Problems of this block' })
    await here.getByText('“eta”').first().waitFor()
    await here.getByRole('button', { name: 'Declare “eta”' }).click()
    await eventually(async () => (await stored()).variables?.eta).toEqual({ type: 'text' })
    await eventually(() => here.filter({ hasText: 'not declared' }).count()).toBe(0)
    await undo()
    await here.getByText('not declared').waitFor()
  })

  test('languages are found by their names, put first and removed, and undo brings them back', async () => {
    const languages = () => inspector().getByRole('list', { name: 'Languages', exact: true }).getByRole('listitem')
    const add = inspector().getByRole('combobox', { name: 'Add a language' })
    const more = async (language: string, deed: string) => {
      await inspector()
        .getByRole('button', { name: `More for ${language}` })
        .click()
      await page.getByRole('menuitem', { name: deed }).click()
    }
    await add.fill('fren')
    await page.keyboard.press('Enter')
    await eventually(() => languages().allTextContents()).toEqual(['Englishfirst', 'German', 'French'])
    await add.fill('Klingonish')
    await page.keyboard.press('Enter')
    await inspector().getByText('No language of this name').waitFor()
    await add.fill('de-AT')
    await page.keyboard.press('Enter')
    await more('French', 'Make it the first')
    await more('English', 'Remove')
    await eventually(async () => (await stored()).languages).toEqual(['fr', 'de', 'de-AT'])
    for (let step = 0; step < 4; step++) await undo()
    await eventually(async () => (await stored()).languages).toEqual(['en', 'de'])
  })

  test('problems are counted, filtered and grouped; arrows walk', async () => {
    await page.getByRole('button', { name: 'Show more problems' }).click()
    const all = await problems().count()
    await page.getByRole('button', { name: /warnings?$/ }).click()
    expect(await problems().count()).toBeLessThan(all)
    await page.getByRole('button', { name: /warnings?$/ }).click()
    await page.getByRole('searchbox', { name: 'Find in problems' }).fill('eta')
    await eventually(() => problems().count()).toBe(1)
    await page.getByRole('searchbox', { name: 'Find in problems' }).fill('')
    await page.getByRole('combobox', { name: 'Order of problems' }).selectOption('block')
    await page.locator('.problems-list h3').filter({ hasText: 'Status' }).waitFor()
    await problems().first().getByRole('button').first().focus()
    await page.keyboard.press('ArrowDown')
    expect(
      await problems()
        .nth(1)
        .locator('.problem-go')
        .evaluate(button => button === document.activeElement),
    ).toBe(true)
  })

  test('the strip keeps its height whatever is in it, folds to a line, and remembers that', async () => {
    const strip = page.locator('.problems')
    const height = async () => Math.round((await strip.boundingBox())?.height ?? 0)
    expect(await height()).toBe(128)
    await page.getByRole('button', { name: 'Show fewer problems' }).click()
    expect(await height()).toBe(36)
    await page.reload()
    await eventually(height).toBe(36)
    await page.getByRole('button', { name: 'Show more problems' }).click()
    await store({
      ...FLOW,
      variables: {},
      intents: {},
      languages: ['en'],
      blocks: { start: { type: 'start', exits: { next: 'bye' } }, bye: { type: 'end', text: 'Bye' } },
      layout: {},
    })
    await page.reload()
    await page.getByText('No problems.').waitFor()
    expect(await height()).toBe(128)
    await page.getByRole('button', { name: 'Show more problems' }).click()
    expect(await height()).toBe(378)
  })

  test('a row is one stop of Tab', async () => {
    await problems().first().getByRole('button').first().focus()
    await page.keyboard.press('Tab')
    expect(
      await problems()
        .nth(1)
        .locator('.problem-go')
        .evaluate(button => button === document.activeElement),
    ).toBe(true)
  })

  test('a block that was just added says quietly what it lacks, and counts as wrong once it is left', async () => {
    await page.locator('.react-flow__pane').click({ position: { x: 20, y: 20 } })
    await page.locator('.palette-type:has-text("Question")').click()
    const needs = inspector().locator('.inspector-needs')
    await needs.getByText('Needs a text and 3 connections').waitFor()
    await field('Question').fill('How many?')
    await needs.getByText('Needs 3 connections').waitFor()
    const row = problems().filter({ hasText: '3 exits lead nowhere' })
    expect(await row.count()).toBe(0)
    await choose('hello')
    await row.waitFor()
    await row.getByRole('button').first().press('Enter')
    await inspector().getByRole('list', { name: 'Problems of this block' }).getByText('3 exits lead nowhere').waitFor()
    await problems().filter({ hasText: 'when the answer fits' }).waitFor()
    await row.getByRole('button').first().press('Alt+Enter')
    await page.getByRole('menuitem', { name: 'Bye', exact: true }).click()
    await eventually(async () => Object.values((await stored()).blocks).find(({ text }) => text === 'How many?')?.exits).toEqual({
      answered: 'bye',
      invalid: 'bye',
      timeout: 'bye',
    })
    await eventually(() => row.count()).toBe(0)
  })

  test('an exit is led to a new block from its form, which stays open', async () => {
    await choose('topic')
    await inspector().getByRole('textbox', { name: 'Add a case by its words' }).fill('thanks')
    await page.keyboard.press('Enter')
    const exit = inspector().getByRole('combobox', { name: /^thanks leads nowhere yet/ })
    await exit.fill('mess')
    await page.getByRole('option', { name: 'New: Message', exact: true }).click()
    await inspector().getByRole('button', { name: 'thanks leads to Message' }).waitFor()
    const made = (await eventuallyStored(flow => flow.blocks.topic?.exits?.thanks)) ?? ''
    expect((await block(made))?.type).toBe('message')
    // Nobody has looked at it yet, so it is not wrong yet.
    expect(await problems().filter({ hasText: 'The message says nothing' }).count()).toBe(0)
  })

  test('a chosen connection says where it leads, and can be gone along, opened for a block and deleted', async () => {
    await page.locator('.react-flow__edge[data-id="say.next"]').dispatchEvent('click')
    await inspector().getByText('Status, next → Bye').waitFor()
    await inspector().getByRole('button', { name: 'Insert a block' }).click()
    await page.getByRole('menuitem', { name: 'Wait', exact: true }).click()
    const made = (await eventuallyStored(flow => Object.keys(flow.blocks).find(id => flow.blocks[id]?.type === 'wait'))) ?? ''
    expect((await block('say'))?.exits).toEqual({ next: made })
    expect((await block(made))?.exits).toEqual({ next: 'bye' })
    await page.locator('.react-flow__edge[data-id="say.next"]').dispatchEvent('click')
    await inspector().getByRole('button', { name: 'Delete the connection' }).click()
    await eventually(async () => (await block('say'))?.exits).toBeUndefined()
  })

  test('a path problem shows its path on the canvas while it is pointed at', async () => {
    await store({
      ...FLOW,
      blocks: {
        ...FLOW.blocks,
        say: { ...FLOW.blocks.say, type: 'message', text: 'A', exits: { next: 'more' } },
        more: { type: 'message', text: 'B', exits: { next: 'say' } },
      },
    })
    await open()
    const loop = problems().filter({ hasText: 'never waits' })
    await loop.hover()
    await eventually(() => page.locator('.react-flow__node[data-id="hello"] [data-state*="dimmed"]').count()).toBe(1)
    expect(await page.locator('.react-flow__node[data-id="say"] [data-state*="dimmed"]').count()).toBe(0)
    await page.mouse.move(700, 20)
    await eventually(() => page.locator('[data-state*="dimmed"]').count()).toBe(0)
  })

  test('has nothing serious for axe in any form, and keeps contrast in the dark', async () => {
    const blocks = Object.fromEntries(
      BLOCK_TYPES.map(({ type, example }) => [type, { ...example, exits: Object.fromEntries(Object.keys(example.exits ?? {}).map(exit => [exit, 'end'])) }]),
    )
    const layout = Object.fromEntries(BLOCK_TYPES.map(({ type }, place) => [type, [(place % 5) * 340, Math.floor(place / 5) * 300] as const]))
    await store({ ...FLOW, blocks, layout })
    for (const colorScheme of ['light', 'dark'] as const) {
      await open({ colorScheme })
      // What a colour scheme changes is contrast; the rest is the same tree.
      const axe = () => (colorScheme === 'light' ? new AxeBuilder({ page }) : new AxeBuilder({ page }).withRules(['color-contrast']))
      const look = async (what: string, part: AxeBuilder) => {
        const { violations } = await part.analyze()
        const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
        expect(serious.map(({ id, nodes }) => `${what}, ${colorScheme}: ${id} ${nodes[0]?.html}`)).toEqual([])
      }
      await look('the flow', axe().include('.inspector').include('.problems'))
      for (const { type } of BLOCK_TYPES) {
        await choose(type)
        await inspector().evaluate(panel => {
          for (const fold of panel.querySelectorAll('details')) fold.open = true
        })
        await look(type, axe().include('.inspector'))
      }
    }
  }, 240_000)
})

function caseIds(block: Flow['blocks'][string] | undefined): readonly string[] {
  return Array.isArray(block?.cases) ? block.cases.map((each: { id: string }) => each.id) : []
}
