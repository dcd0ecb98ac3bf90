import type { Locator, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeInBrowser } from '../helpers/browser.ts'
import { type OpenDesigner, startDesigner } from '../helpers/designer.ts'

const SHOP = {
  format: 1,
  id: 'shop',
  name: 'متجر الأناقة (فرع 2)',
  note: 'خدمة العملاء!',
  languages: ['ar', 'en'],
  variables: { order_number: { type: 'text' } },
  intents: { delivery: { phrases: { ar: ['أين طلبي؟', 'متى يصل الطرد؟'], en: ['where is my order'] } } },
  blocks: {
    start: { type: 'start', exits: { next: 'hello' } },
    hello: {
      type: 'greeting',
      label: 'ترحيب (1)',
      text: { ar: '{{ contact.first_name }}، أهلاً بك!\nOpen 9-17.', en: 'Hello {{ contact.first_name }}!' },
      exits: { next: 'topic' },
    },
    topic: {
      type: 'menu',
      label: 'كيف نساعدك؟',
      text: { ar: 'كيف يمكننا مساعدتك اليوم؟', en: 'How can we help?' },
      timeout: '1 h',
      choices: [
        { id: 'order', label: { ar: 'أين طلبي (48-2210)؟', en: 'My order' } },
        { id: 'prices', label: { ar: 'الأسعار', en: 'Prices' } },
      ],
      exits: { order: 'number', prices: 'words', else: 'words', timeout: 'bye' },
    },
    number: {
      type: 'question',
      text: { ar: 'ما هو رقم طلبك؟', en: '' },
      variable: 'order_number',
      timeout: '5 min',
      exits: { answered: 'bye', invalid: 'bye', timeout: 'bye' },
    },
    words: { type: 'keywords', cases: [{ id: 'agent', words: { ar: ['موظف', 'إنسان!'], en: ['agent'] } }], exits: { agent: 'bye', else: 'wish' } },
    wish: { type: 'intent', intents: ['delivery'], exits: { delivery: 'number', unsure: 'bye', else: 'bye' } },
    bye: { type: 'end', text: { ar: 'مع السلامة!', en: 'Bye' }, outcome: 'done' },
  },
  layout: {
    start: [0, 0],
    hello: [0, 100],
    topic: [0, 300],
    number: [-260, 520],
    words: [200, 520],
    wish: [420, 700],
    bye: [0, 900],
    $notes: { plan: { text: 'ملاحظة مهمة!\nEnglish line.', at: [420, 20], size: [220, 120] } },
    $frames: { orders: { text: 'الطلبات (1)', at: [-300, 460], size: [400, 300] } },
  },
}

describeInBrowser('texts of every direction, zoom and colours of the system', () => {
  let designer: OpenDesigner
  let chat: string
  let conversation: string
  let page: Page
  let errors: readonly string[] = []

  beforeAll(async () => {
    designer = await startDesigner({ webchat: 'designer/webchat/index.html' })
    const { server } = designer
    await server.call('PUT', '/api/flows/shop', SHOP)
    await server.call('POST', '/api/flows/shop/publish', { note: 'النسخة الأولى!' })
    const settings = { title: 'متجر الأناقة', subtitle: 'نجيب خلال دقيقة!' }
    const connector = await server.call('POST', '/api/connectors', { channel: 'webchat', name: 'دردشة!', flow: 'shop', settings, secrets: {} })
    chat = `/chat/${connector.body.id}`
    await openChat('ar-EG')
    await page.locator('.quick').first().waitFor()
    await page.getByRole('textbox').fill('مرحبا! هل عندكم تخفيض 20%؟')
    await page.keyboard.press('Enter')
    await page.getByText('مع السلامة!').waitFor()
    conversation = `/conversations/${(await server.call('GET', '/api/conversations?flow=shop')).body.items[0].id}`
    await page.context().close()
  })
  afterAll(() => designer?.close())
  beforeEach(async () => {
    const blocks = { ...SHOP.blocks, hello: { ...SHOP.blocks.hello, text: { ...SHOP.blocks.hello.text, ar: 'مرحباً بك في المتجر!' } } }
    await designer.server.call('PUT', '/api/flows/shop', { ...SHOP, blocks })
  })
  afterEach(async () => {
    expect(errors).toEqual([])
    await page.context().close()
  })

  const open = async (path: string, options: Parameters<OpenDesigner['newPage']>[0] = {}) => {
    ;({ page, errors } = await designer.newPage(options))
    await page.goto(`${designer.server.url}${path}`)
  }
  const openChat = async (language: string, options: Parameters<OpenDesigner['newPage']>[0] = {}) => {
    ;({ page, errors } = await designer.newPage({ width: 400, height: 700, person: null, ...options }))
    await page.addInitScript(tag => Object.defineProperty(navigator, 'language', { value: tag }), language)
    await page.goto(`${designer.server.url}${chat}`)
    await page.locator('.primary').first().click()
  }
  const block = (id: string) => page.locator(`.react-flow__node[data-id="${id}"]`)
  const choose = (id: string) => block(id).locator('.block-head').click()
  const directionOf = (place: Locator) => place.first().evaluate(element => getComputedStyle(element).direction)
  /** Where a text's first and last signs are seen: "right to left" when its end stands left of its beginning. */
  const reads = (place: Locator, text: string) =>
    place.first().evaluate((element, wanted) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
      const at = (node: Node, index: number) => {
        const range = document.createRange()
        range.setStart(node, index)
        range.setEnd(node, index + 1)
        return range.getBoundingClientRect().left
      }
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const from = node.textContent?.indexOf(wanted) ?? -1
        if (from >= 0) return at(node, from + wanted.length - 1) < at(node, from) ? 'right to left' : 'left to right'
      }
      return 'not there'
    }, text)

  test('a text on the canvas runs in its own direction, paragraph by paragraph', async () => {
    await open('/flows/shop/versions')
    const hello = block('hello')
    await hello.waitFor()
    expect(await reads(hello.locator('.gist-say'), 'مرحباً بك في المتجر!')).toBe('right to left')
    expect(await reads(hello.locator('.block-name'), 'ترحيب (1)')).toBe('right to left')
    expect(await hello.locator('.block-name').evaluate(name => getComputedStyle(name).textAlign)).toBe('left')
    expect(await reads(block('topic').locator('.exit-label'), 'أين طلبي (48-2210)؟')).toBe('right to left')
    const note = page.locator('.canvas-note-text').filter({ hasText: 'English' })
    expect([await reads(note, 'ملاحظة مهمة!'), await reads(note, 'English line.')]).toEqual(['right to left', 'left to right'])
    expect(await reads(page.getByRole('button', { name: /ترحيب/ }).locator('ins'), 'مرحباً بك في المتجر!')).toBe('right to left')
    expect(await reads(page.getByRole('complementary', { name: 'History' }), 'النسخة الأولى!')).toBe('right to left')
  })

  test('fields run as what is written in them, and begin as their language does', async () => {
    await open('/flows/shop')
    await choose('topic')
    const inspector = page.getByRole('complementary', { name: 'Inspector' })
    expect(await directionOf(inspector.getByRole('textbox', { name: 'Question' }))).toBe('rtl')
    expect(await directionOf(inspector.getByRole('textbox', { name: 'Label' }))).toBe('rtl')
    expect(await directionOf(inspector.getByRole('textbox', { name: 'Name of the block' }))).toBe('rtl')
    await inspector.getByText('English', { exact: true }).click()
    expect(await directionOf(inspector.getByRole('textbox', { name: 'Question' }))).toBe('ltr')
    await inspector.getByText('Arabic', { exact: true }).click()
    const question = inspector.getByRole('textbox', { name: 'Question' })
    // A variable in front says nothing about the direction, and an empty field waits for Arabic.
    await question.fill('{{ contact.first_name }}، كيف نساعدك؟')
    expect(await directionOf(question)).toBe('rtl')
    expect(await reads(inspector.locator('.template-ink'), 'نساعدك؟')).toBe('right to left')
    await question.fill('')
    expect(await directionOf(question)).toBe('rtl')
    await choose('words')
    expect(await reads(inspector.locator('.chip'), 'موظف')).toBe('right to left')
    await choose('hello')
    await block('hello').focus()
    await page.keyboard.press('Enter')
    expect(await directionOf(page.locator('.block-text-field'))).toBe('rtl')
  })

  test('bubbles of the simulator and of conversations run in their own direction, whoever is said to speak', async () => {
    await open('/flows/shop')
    await page.getByRole('button', { name: 'Try', exact: true }).click()
    await page.getByRole('button', { name: 'Open the chat' }).click()
    const log = page.getByRole('log')
    await log.getByRole('button', { name: 'الأسعار' }).waitFor()
    expect(await reads(log, 'كيف يمكننا مساعدتك اليوم؟')).toBe('right to left')
    expect(await directionOf(log.getByText('كيف يمكننا'))).toBe('rtl')
    expect(await reads(log.getByRole('button', { name: 'طلبي' }), 'أين طلبي (48-2210)؟')).toBe('right to left')
    await page.goto(`${designer.server.url}${conversation}`)
    await page.getByRole('log').getByText('20%').waitFor()
    expect(await reads(page.getByRole('log'), 'مرحبا! هل عندكم تخفيض 20%؟')).toBe('right to left')
    expect(await reads(page.getByRole('log'), 'كيف يمكننا مساعدتك اليوم؟')).toBe('right to left')
    expect(await directionOf(page.getByRole('log').getByText('كيف يمكننا'))).toBe('rtl')
  })

  test('names in lists run in their own direction and stand where the list begins', async () => {
    await open('/flows')
    const name = page.getByRole('link', { name: 'متجر' })
    expect(await directionOf(name)).toBe('rtl')
    const [cell, text] = await name.evaluate(link => {
      const range = document.createRange()
      range.selectNodeContents(link)
      return [link.closest('th')?.getBoundingClientRect().left ?? 0, range.getBoundingClientRect().left]
    })
    expect((text ?? 0) - (cell ?? 0)).toBeLessThan(30)
    await page.goto(`${designer.server.url}/connectors`)
    expect(await reads(page.getByRole('link', { name: 'دردشة' }), 'دردشة!')).toBe('right to left')
  })

  test('a web chat runs as the flow speaks to its visitor: the whole page from the right for Arabic', async () => {
    await openChat('ar-EG')
    const quick = page.locator('.quick').first()
    await quick.waitFor()
    expect(await directionOf(page.locator('html'))).toBe('rtl')
    expect(await directionOf(page.locator('.bubble').last())).toBe('rtl')
    expect(await directionOf(quick)).toBe('rtl')
    const [send, attach] = [
      await page.getByRole('button', { name: 'Send' }).boundingBox(),
      await page.getByRole('button', { name: 'Attach a file' }).boundingBox(),
    ]
    expect(send?.x).toBeLessThan(attach?.x ?? 0)
    const bubble = await page.locator('.row.flow .bubble').last().boundingBox()
    expect((bubble?.x ?? 0) + (bubble?.width ?? 0)).toBeGreaterThan(380)
    expect(await reads(page.locator('header p'), 'نجيب خلال دقيقة!')).toBe('right to left')
    await page.context().close()
    await openChat('en-GB')
    await page.locator('.quick').first().waitFor()
    expect(await directionOf(page.locator('html'))).toBe('ltr')
    // Its name is Arabic and only heard: what it says in English is not turned by it.
    expect(await reads(page.locator('.bubble').last(), 'How can we help?')).toBe('left to right')
    expect(await directionOf(page.locator('.bubble').last())).toBe('ltr')
  })

  /** Controls that people cannot bring into the window: cut off by something that does not scroll, or wider than the page. */
  const outOfReach = () =>
    page.evaluate(() => {
      const isShown = (element: Element) => element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 1
      const controls = [...document.querySelectorAll('button, a, input, textarea, select')].filter(
        element => isShown(element) && !element.closest('.react-flow__viewport, .outline-open, a[href^="#"]'),
      )
      const lost = controls.filter(element => {
        element.scrollIntoView({ block: 'nearest', inline: 'nearest' })
        const { left, right, top, bottom } = element.getBoundingClientRect()
        let isMoved = false
        for (let around = element.parentElement; around; around = around.parentElement) {
          const { overflowX, overflowY } = getComputedStyle(around)
          // A browser moves what is hidden for a script, and for nobody else.
          isMoved ||= (overflowY === 'hidden' && around.scrollTop > 1) || (overflowX === 'hidden' && around.scrollLeft > 1)
        }
        return isMoved || left < -1 || right > innerWidth + 1 || top < -1 || bottom > innerHeight + 1
      })
      const page = document.documentElement
      return [...lost.map(element => element.getAttribute('aria-label') ?? element.textContent), ...(page.scrollWidth > innerWidth ? ['the page'] : [])]
    })

  test('at 200 % nothing is out of reach and no page scrolls sideways', async () => {
    const pages = ['/flows', '/flows/shop', '/flows/shop/versions', '/flows/shop/live', '/conversations', conversation, '/connectors', '/connectors/new']
    await open('/flows')
    for (const [width, height] of [
      [640, 400],
      [960, 540],
    ] as const) {
      await page.setViewportSize({ width, height })
      for (const path of [...pages, `${conversation}/canvas`, '/settings', '/settings/keys', '/settings/secrets']) {
        await page.goto(`${designer.server.url}${path}`)
        await page.waitForLoadState('networkidle')
        expect([path, width, await outOfReach()]).toEqual([path, width, []])
      }
      await page.goto(`${designer.server.url}/flows/shop`)
      await page.getByRole('button', { name: 'Try', exact: true }).click()
      await page.getByRole('textbox', { name: /^Write as/ }).waitFor()
      expect(['simulator', width, await outOfReach()]).toEqual(['simulator', width, []])
    }
  })

  test('in the colours of the system a line says what is chosen, pressed or spoken', async () => {
    await open('/flows/shop')
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
    await choose('hello')
    const line = (place: Locator) =>
      place.first().evaluate(element => {
        const style = getComputedStyle(element)
        const isDrawn = (side: string) => Number.parseFloat(style.getPropertyValue(`${side}-width`)) > 0 && style.getPropertyValue(`${side}-style`) !== 'none'
        return ['outline', 'border-top'].filter(isDrawn)
      })
    expect(await line(page.locator('.mantine-SegmentedControl-label[data-active]'))).toContain('outline')
    expect(await line(page.locator('.block-mark'))).toContain('border-top')
    const chosen = await block('hello')
      .locator('.block')
      .evaluate(element => getComputedStyle(element, '::after').borderTopStyle)
    expect(chosen).toBe('solid')
    const tryButton = page.getByRole('button', { name: 'Try', exact: true })
    await tryButton.click()
    expect(await line(tryButton)).toContain('outline')
    await page.goto(`${designer.server.url}${conversation}`)
    await page.getByRole('log').getByText('20%').waitFor()
    expect(await line(page.getByRole('log').getByText('20%').locator('..'))).toContain('border-top')
    expect(await line(page.locator('nav [aria-current]'))).toContain('outline')
    expect(await line(page.getByRole('region', { name: 'Conversations' }).locator('[aria-current]'))).toContain('outline')
  })
})
