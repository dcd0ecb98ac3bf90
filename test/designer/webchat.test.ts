import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeInBrowser, launchBrowser } from '../helpers/browser.ts'
import { type BuiltWeb, buildWeb, WEBCHAT_INPUTS } from '../helpers/web.ts'
import { MemoryWebchat, serveWebchat, type WebchatServer } from '../helpers/webchat.ts'

const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

describeInBrowser('the chat page', () => {
  let browser: Browser
  let web: BuiltWeb
  let port: MemoryWebchat
  let server: WebchatServer
  let context: BrowserContext
  let page: Page

  beforeAll(async () => {
    web = await buildWeb(WEBCHAT_INPUTS)
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await web?.remove()
  })
  beforeEach(async () => {
    port = new MemoryWebchat({ title: 'Northwind support', subtitle: 'Usually answers in a minute' })
    port.now = Date.now()
    port.answer = (contact, event) => {
      const buttons = [
        { label: 'Where is my order?', payload: '1:order' },
        { label: 'Prices', payload: '1:prices' },
      ]
      if (event.type === 'conversation_started') port.say(contact, { from: 'flow', text: 'Hello! What can I do for you today?', buttons })
      if (event.type === 'button_pressed') port.say(contact, { from: 'flow', text: `You chose ${event.title}. See https://shop.example/help.` })
      if (event.type === 'message_received') port.say(contact, { from: 'flow', text: `You wrote: ${event.message.text}` })
    }
    server = await serveWebchat(port, web.folder)
    await newVisitor()
  })
  afterEach(async () => {
    await context.close()
    await server.stop()
  })

  async function newVisitor(options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
    await context?.close()
    context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce', ...options })
    page = await context.newPage()
    page.setDefaultTimeout(10_000)
  }
  const open = (query = '') => page.goto(`${server.url}/chat/support${query}`)
  const log = () => page.getByRole('log')
  const composer = () => page.getByRole('textbox', { name: 'Write a message' })
  const write = async (text: string) => {
    await composer().fill(text)
    await composer().press('Enter')
  }
  const bubbles = () => page.locator('.bubble').allTextContents()
  const contact = () => [...port.contacts.keys()][0] ?? ''
  const problems = async () => (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`)

  test('rule 8: loading the page starts nothing; going in starts the conversation once', async () => {
    await open()
    await page.getByRole('button', { name: 'Start chat' }).waitFor()
    expect(port.accepted).toEqual([])
    expect(port.contacts.size).toBe(0)
    await page.getByRole('button', { name: 'Start chat' }).click()
    await log().getByText('What can I do for you today?').waitFor()
    await page.reload()
    await log().getByText('What can I do for you today?').waitFor()
    await composer().focus()
    await write('hi')
    await log().getByText('You wrote: hi').waitFor()
    expect(port.events().map(event => event.type)).toEqual(['conversation_started', 'message_received'])
  })

  test('rule 8: the payload of the address starts the conversation', async () => {
    await open('?start=promo')
    await page.getByRole('button', { name: 'Start chat' }).click()
    await log().getByText('What can I do for you today?').waitFor()
    expect(port.events()[0]).toMatchObject({ type: 'conversation_started', payload: 'promo' })
  })

  test('a visitor writes, and sees that it was sent and what the flow answers', async () => {
    await open()
    await write('My order\nis late')
    await log().getByText('You wrote: My order').waitFor()
    await log()
      .getByText(/^Sent \d\d:\d\d$/)
      .waitFor()
    await log()
      .getByText(/^Today, \d\d:\d\d$/)
      .waitFor()
    expect(await bubbles()).toEqual(expect.arrayContaining(['You: My order\nis late']))
  })

  test('Shift+Enter begins a line and sends nothing', async () => {
    await open()
    await composer().fill('one')
    await composer().press('Shift+Enter')
    await composer().pressSequentially('two')
    expect(await composer().inputValue()).toBe('one\ntwo')
    expect(port.events().filter(event => event.type === 'message_received')).toEqual([])
  })

  test('a pressed button is shown as used, is sent once, and the others stay', async () => {
    await open()
    await page.getByRole('button', { name: 'Start chat' }).click()
    await page.getByRole('button', { name: 'Where is my order?' }).dblclick()
    await log().getByText('You chose Where is my order?').waitFor()
    await page.getByRole('button', { name: 'Where is my order? (chosen)' }).waitFor()
    await page.getByRole('button', { name: 'Prices' }).waitFor()
    expect(port.events().filter(event => event.type === 'button_pressed')).toEqual([
      { type: 'button_pressed', payload: '1:order', title: 'Where is my order?' },
    ])
    await expect(page.getByRole('link', { name: 'https://shop.example/help' }).getAttribute('href')).resolves.toBe('https://shop.example/help')
  })

  test('a picture is attached, sent and shown; other files are links', async () => {
    await open()
    await page.locator('input[type=file]').setInputFiles([
      { name: 'receipt.png', mimeType: 'image/png', buffer: PICTURE },
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') },
    ])
    await page.getByRole('button', { name: 'Remove receipt.png' }).waitFor()
    await page.getByRole('button', { name: 'Send' }).click()
    await page.locator('img[alt="receipt.png"][src*="/files/"]').waitFor()
    await page.getByRole('link', { name: /notes\.txt/ }).waitFor()
    const [event] = port.events().filter(one => one.type === 'message_received')
    expect(event).toMatchObject({
      message: {
        attachments: [
          { kind: 'image', name: 'receipt.png' },
          { kind: 'file', name: 'notes.txt' },
        ],
      },
    })
  })

  test('a file that is too big is refused before it is sent', async () => {
    await open()
    await page.locator('input[type=file]').evaluate((input: HTMLInputElement) => {
      const files = new DataTransfer()
      const big = new File(['x'], 'film.mp4')
      Object.defineProperty(big, 'size', { value: 30_000_000 })
      files.items.add(big)
      Object.defineProperty(input, 'files', { value: [big], configurable: true })
      input.dispatchEvent(new Event('change'))
    })
    await page.getByText('film.mp4 is too big. A file may have 20 MB.').waitFor()
  })

  test('what is said while the connection is lost arrives when it is back, once and in order', async () => {
    await open()
    await write('before')
    await log().getByText('You wrote: before').waitFor()
    port.type(contact(), 60_000)
    await page.locator('.typing').waitFor({ state: 'visible' })
    await server.stop()
    await page.locator('.typing').waitFor({ state: 'hidden' })
    port.say(contact(), { from: 'flow', text: 'Said while you were away' })
    await write('first')
    await write('second')
    await page.getByText('Not sent yet.').first().waitFor()
    await server.start()
    await page.getByRole('button', { name: 'Try again' }).first().click()
    await log().getByText('You wrote: second').waitFor()
    await log().getByText('Said while you were away').waitFor()
    const texts = (await bubbles()).slice(1).map(text => text.replace(/^.*?: /, ''))
    expect(texts).toEqual(['before', 'You wrote: before', 'Said while you were away', 'first', 'You wrote: first', 'second', 'You wrote: second'])
    expect(await page.getByText('Not sent yet.').count()).toBe(0)
  })

  test('what was written without a connection outlives a reload', async () => {
    await open()
    await write('before')
    await log().getByText('You wrote: before').waitFor()
    port.isDown = true
    await write('kept')
    await page.getByText('Not sent yet.').waitFor()
    await page.reload()
    await log().getByText('kept').waitFor()
    port.isDown = false
    await log().getByText('You wrote: kept').waitFor()
    expect(port.events().filter(event => event.type === 'message_received')).toHaveLength(2)
  })

  test('an answer that got lost after the commit does not make the message twice', async () => {
    await open()
    await write('before')
    await log().getByText('You wrote: before').waitFor()
    let isFirst = true
    await page.route('**/messages', async route => {
      if (!isFirst) return route.continue()
      isFirst = false
      await route.fetch()
      await route.abort('connectionreset')
    })
    await write('once')
    await log().getByText('You wrote: once').waitFor()
    await log().getByText(/^Sent/).waitFor()
    expect(port.events().filter(event => event.type === 'message_received')).toHaveLength(2)
    expect((await bubbles()).filter(text => text.endsWith(': once'))).toHaveLength(2)
  })

  test('a refused message says so and can be tried again', async () => {
    await open()
    await page.route('**/messages', route => route.fulfill({ status: 400, json: { error: { code: 'webchat.wrong_shape', message: 'This cannot be sent.' } } }))
    await write('hello')
    await log().getByText('Not sent. This cannot be sent.').waitFor()
    await page.unroute('**/messages')
    await page.getByRole('button', { name: 'Try again' }).click()
    await log().getByText('You wrote: hello').waitFor()
  })

  test('the history is there after a reload, and other visitors see nothing of it', async () => {
    await open()
    await write('remember me')
    await log().getByText('You wrote: remember me').waitFor()
    await page.reload()
    await log().getByText('You wrote: remember me').waitFor()
    await log().getByText(/^Sent/).waitFor()
    await newVisitor()
    await open()
    await page.getByRole('button', { name: 'Start chat' }).waitFor()
    expect(await bubbles()).toEqual([])
  })

  test('typing dots come and go with the message', async () => {
    await open()
    await write('hi')
    await log().getByText('You wrote: hi').waitFor()
    port.type(contact(), 60_000)
    await page.locator('.typing').waitFor({ state: 'visible' })
    port.say(contact(), { from: 'agent', name: 'Ada', text: 'Good morning' })
    await log().getByText('Good morning').waitFor()
    await page.locator('.typing').waitFor({ state: 'hidden' })
  })

  test('a message that replaces another takes its place', async () => {
    await open()
    await write('hi')
    await log().getByText('You wrote: hi').waitFor()
    const id = port.say(contact(), { from: 'flow', text: 'Looking it up' })
    await log().getByText('Looking it up').waitFor()
    port.say(contact(), { from: 'flow', text: 'It comes on Monday', replaces: id })
    await log().getByText('It comes on Monday').waitFor()
    expect(await log().getByText('Looking it up').count()).toBe(0)
  })

  test('what was shown is told back as read', async () => {
    await open()
    await write('hi')
    await log().getByText('You wrote: hi').waitFor()
    const shown = port.contacts.get(contact())?.entries.flatMap(entry => entry.delivery ?? [])
    const read = () => port.accepted.flatMap(part => (part.kind === 'receipt' && part.status === 'read' ? (part.vendor_ids ?? []) : []))
    await expect.poll(read).toEqual(shown)
    expect(shown).toHaveLength(2)
  })

  test('the visitor ends the chat after a question', async () => {
    await open()
    await write('hi')
    await log().getByText('You wrote: hi').waitFor()
    await page.getByRole('button', { name: 'End chat' }).click()
    await page.keyboard.press('Escape')
    expect(port.events().some(event => event.type === 'contact_left')).toBe(false)
    await page.getByRole('button', { name: 'End chat' }).click()
    await page.getByRole('group').getByRole('button', { name: 'End chat' }).click()
    await page.getByText('You ended the chat.').waitFor()
    expect(port.events().at(-1)).toEqual({ type: 'contact_left' })
  })

  test('rule 8: after the end a rule says so, nothing is left to end, and a new chat is one press away', async () => {
    await open()
    await write('hi')
    await log().getByText('You wrote: hi').waitFor()
    port.say(contact(), { from: 'system', mark: 'ended' })
    await log()
      .getByText(/^The chat ended \d\d:\d\d$/)
      .waitFor()
    await page.getByRole('button', { name: 'End chat' }).waitFor({ state: 'hidden' })
    expect(await problems()).toEqual([])
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/webchat-end.png` })
    await page.getByRole('button', { name: 'Start a new one' }).click()
    await expect.poll(() => log().getByText('What can I do for you today?').count()).toBe(2)
    await page.getByRole('button', { name: 'Start a new one' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'End chat' }).waitFor()
    expect(port.events().map(event => event.type)).toEqual(['conversation_started', 'message_received', 'conversation_started'])
  })

  test('everything works by keyboard alone, and the focus is seen', async () => {
    await open()
    await page.getByRole('button', { name: 'Start chat' }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await log().getByText('What can I do for you today?').waitFor()
    expect(await composer().evaluate(field => field === document.activeElement)).toBe(true)
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Shift+Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Prices')
    expect(await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle)).toBe('solid')
    await page.keyboard.press('Enter')
    await log().getByText('You chose Prices').waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Prices (chosen)')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.type('thanks')
    await page.keyboard.press('Enter')
    await log().getByText('You wrote: thanks').waitFor()
  })

  for (const theme of ['light', 'dark'] as const) {
    test(`axe finds nothing in the ${theme} theme, before and in a talk`, async () => {
      await newVisitor({ colorScheme: theme })
      await open()
      await page.getByRole('button', { name: 'Start chat' }).waitFor()
      expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe(theme)
      expect(await problems()).toEqual([])
      await page.getByRole('button', { name: 'Start chat' }).click()
      await page.getByRole('button', { name: 'Where is my order?' }).click()
      await log().getByText('You chose Where is my order?').waitFor()
      port.say(contact(), { from: 'agent', name: 'Ada', text: 'I look it up' })
      port.say(contact(), { from: 'system', text: 'You are second in line' })
      await log().getByText('second in line').waitFor()
      await page.route('**/messages', route => route.abort())
      await write('are you there?')
      await page.getByText('Not sent yet.').waitFor()
      await page.getByRole('button', { name: 'End chat' }).click()
      expect(await problems()).toEqual([])
    })
  }

  test('the theme of the address goes before that of the system', async () => {
    await newVisitor({ colorScheme: 'light' })
    await open('?theme=dark')
    await page.getByRole('button', { name: 'Start chat' }).waitFor()
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
  })

  test('nothing is cut off at 320 px, whatever is said', async () => {
    await newVisitor({ viewport: { width: 320, height: 568 } })
    await open()
    await page.getByRole('button', { name: 'Start chat' }).click()
    await log().getByText('What can I do for you today?').waitFor()
    const long = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung'
    port.say(contact(), {
      from: 'flow',
      text: long,
      buttons: [{ label: `${long} ${long}`, payload: '2:a' }],
      attachments: [{ kind: 'file', name: `${long}.pdf`, url: '/x' }],
    })
    await log().getByText(`${long}.pdf`).waitFor()
    await write(long)
    await log().getByText(`You wrote: ${long}`).waitFor()
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll('body *:not(.unseen)')].filter(one => one.getBoundingClientRect().right > innerWidth + 1).map(one => one.className),
    )
    expect(wide).toEqual([])
    expect(await page.evaluate(() => document.querySelector('.log')?.scrollWidth)).toBeLessThanOrEqual(320)
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('button')].filter(one => one.offsetHeight > 0 && one.offsetHeight < 40).map(one => one.textContent),
    )
    expect(small).toEqual([])
  })

  test('rule 43: the page runs under its policy without a violation', async () => {
    const complaints: string[] = []
    page.on('console', message => message.type() === 'error' && complaints.push(message.text()))
    await open()
    await write('hi')
    await log().getByText('You wrote: hi').waitFor()
    expect(complaints).toEqual([])
  })

  test('an unknown chat says so', async () => {
    await page.goto(`${server.url}/chat/nobody`)
    await page.getByText('This chat is not open.').waitFor()
  })

  test('the widget opens by keyboard, closes with Escape and counts what is unread', async () => {
    await newVisitor({ viewport: { width: 1280, height: 800 } })
    await page.goto(`${server.url}/shop`)
    const button = page.getByRole('button', { name: 'Northwind support' })
    await button.waitFor()
    expect(port.contacts.size).toBe(0)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    const frame = page.frameLocator('iframe')
    await frame.getByText('What can I do for you today?').waitFor()
    await frame.getByRole('textbox').press('Escape')
    await page.locator('iframe').waitFor({ state: 'hidden' })
    expect(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-expanded'))).toBe('false')
    port.say(contact(), { from: 'flow', text: 'Are you still there?' })
    await page.getByRole('button', { name: 'Northwind support, 1 unread' }).waitFor()
    await page.goto(`${server.url}/shop`)
    await page.getByRole('button', { name: 'Northwind support, 1 unread' }).click()
    await frame.getByText('Are you still there?').waitFor()
    await frame.getByRole('button', { name: 'Close the chat' }).click()
    await page.getByRole('button', { name: 'Northwind support', exact: true }).waitFor()
    expect(port.events().map(event => event.type)).toEqual(['conversation_started'])
    expect(await problems()).toEqual([])
  })
})
