import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAdvanced, kindOf, readValue, writeValue } from '../../designer/connectors/fields.ts'
import { describeInBrowser } from '../helpers/browser.ts'
import { type OpenDesigner, startDesigner } from '../helpers/designer.ts'
import { type FakeTelegram, startFakeTelegram } from '../helpers/fake-telegram.ts'

const field = (name: string, schema: object, generated = false) => ({ name, title: name, description: '', required: false, generated, schema })
const receive = field('receive', { anyOf: [{ const: 'webhook' }, { const: 'polling' }], default: 'webhook' })
const origins = field('allowed_origins', { type: 'array' })
const title = field('title', { type: 'string' })

test('a field is drawn as its schema says, and an empty one forgets the setting', () => {
  expect([receive, origins, title].map(kindOf)).toEqual([{ type: 'choice', choices: ['webhook', 'polling'] }, { type: 'list' }, { type: 'text' }])
  expect([writeValue(receive, {}), writeValue(origins, { allowed_origins: ['https://a.example', '*'] }), writeValue(title, {})]).toEqual([
    'webhook',
    'https://a.example\n*',
    '',
  ])
  expect([readValue(origins, ' https://a.example\n* '), readValue(title, ' Shop '), readValue(title, '  ')]).toEqual([['https://a.example', '*'], 'Shop', null])
  expect([isAdvanced(field('api_root', {})), isAdvanced(field('webhook_secret', {}, true)), isAdvanced(title)]).toEqual([true, true, false])
})

describeInBrowser('connectors', () => {
  let designer: OpenDesigner
  let telegram: FakeTelegram

  beforeAll(async () => {
    ;[designer, telegram] = await Promise.all([startDesigner(), startFakeTelegram()])
  }, 120_000)
  afterAll(async () => {
    await designer?.close()
    await telegram?.close()
  })

  const open = async (path: string, options: Parameters<OpenDesigner['newPage']>[0] = {}) => {
    const opened = await designer.newPage(options)
    await opened.page.goto(`${designer.server.url}${path}`)
    return opened
  }
  const list = async () => (await designer.server.call('GET', '/api/connectors')).body.items
  const detail = (page: Page, name: string) => page.getByRole('article', { name })

  test('a web chat is there with one press, and answers', async () => {
    const { page, errors } = await open('/connectors')
    await page.getByRole('button', { name: 'Add' }).click()
    const dialog = page.getByRole('dialog', { name: 'Connect a channel' })
    await dialog.getByLabel('Flow').selectOption('order_status')
    await dialog.getByRole('button', { name: /^Web chat/ }).click()
    await detail(page, 'Web chat').waitFor()
    await dialog.waitFor({ state: 'detached' })
    const made = (await list()).at(-1)
    expect(made).toMatchObject({ channel: 'webchat', flow: 'order_status', name: 'Web chat', enabled: true })
    expect(await page.getByRole('textbox', { name: 'Everybody with this address can talk to the flow.' }).inputValue()).toBe(made.chat_url)
    expect(await page.getByRole('textbox', { name: 'Line for your site' }).inputValue()).toBe(`<script src="${made.chat_url}/widget.js" async></script>`)
    expect((await designer.server.call('GET', '/chats.json')).body.chats).toContainEqual(expect.objectContaining({ url: new URL(made.chat_url).pathname }))
    // Its settings come from the channel: what is wrong is said at the field and not kept.
    await page.getByLabel('Colour').fill('petrol')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByLabel('Colour').and(page.locator('[aria-invalid="true"]')).waitFor()
    await page.getByLabel('Colour').fill('#0B6B78')
    await page.getByLabel('Allowed origins').fill('https://shop.example\nhttps://www.shop.example')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved. No message was lost.').waitFor()
    expect((await list()).at(-1).settings).toEqual({ colour: '#0B6B78', allowed_origins: ['https://shop.example', 'https://www.shop.example'] })
    expect(errors).toEqual([])
  })

  test('a Telegram bot is connected, tested, heard, gets a new token, rests, and goes', async () => {
    const { page, errors } = await open('/connectors/new?flow=support')
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByLabel('Flow').inputValue()).toBe('support')
    await dialog.getByRole('button', { name: /^Telegram/ }).click()
    await dialog.getByLabel('Name', { exact: true }).fill('Support bot')
    await dialog.getByLabel('Token', { exact: true }).fill('not a token')
    await dialog.getByText('Advanced').first().click()
    await dialog.getByLabel('API address').fill(telegram.root)
    await dialog.getByRole('button', { name: 'Connect' }).click()
    await dialog.getByText('The secret “token” does not have the form it should have. Copy it again, whole and without spaces.').waitFor()
    const digits = telegram.token.split(':')[0]
    await dialog.getByLabel('Token', { exact: true }).fill(`${digits}:an-old-token`)
    await dialog.getByRole('button', { name: 'Connect' }).click()
    const bot = detail(page, 'Support bot')
    await bot.getByText('Kept secret since today').first().waitFor()

    await bot.getByRole('button', { name: 'Test connection' }).click()
    await bot.getByText(/Telegram refuses the token/).waitFor()
    await bot.getByRole('button', { name: 'Update token' }).click()
    await bot.getByLabel('Token', { exact: true }).fill(telegram.token)
    await page.keyboard.press('Enter')
    await page.getByText('Token is updated.').waitFor()
    await bot.getByRole('button', { name: 'Test connection' }).click()
    await bot.getByText(`Telegram knows the bot “${telegram.bot.first_name}”`).waitFor()

    await bot.getByRole('button', { name: 'Set webhook' }).click()
    await bot.getByText('Telegram sends its messages here.').waitFor()
    const { id, webhook_url } = (await list()).find(({ name }: { readonly name: string }) => name === 'Support bot')
    expect(telegram.webhook?.url).toBe(webhook_url)
    expect(await page.content()).not.toContain(telegram.token)

    await bot.getByLabel('Receive by').selectOption({ label: 'Long polling' })
    await bot.getByLabel('Flow').selectOption('order_status')
    await bot.getByRole('button', { name: 'Save' }).click()
    await bot.getByText('Parley asks for messages by itself').waitFor()
    expect((await list()).find((known: { readonly id: string }) => known.id === id)).toMatchObject({ flow: 'order_status', settings: { receive: 'polling' } })

    await bot.getByRole('switch', { name: 'Switched on' }).click()
    await page.getByText('Support bot is switched off and takes no messages.').waitFor()
    expect((await list()).find((known: { readonly id: string }) => known.id === id).enabled).toBe(false)
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Support bot is switched on.').waitFor()

    await bot.getByRole('button', { name: 'More for Support bot' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    const sure = page.getByRole('dialog', { name: 'Delete Support bot' })
    expect(await sure.getByRole('button', { name: 'Delete' }).isDisabled()).toBe(true)
    await sure.getByLabel('Write “Support bot” to delete it').fill('Support bot')
    await sure.getByRole('button', { name: 'Delete' }).click()
    await page.waitForURL('**/connectors')
    await page.getByText('Support bot is deleted.').waitFor()
    expect((await list()).some((known: { readonly id: string }) => known.id === id)).toBe(false)
    expect(errors).toEqual([])
  })

  test('who may only read sees the same, and nothing to press', async () => {
    const { key } = (await designer.server.call('POST', '/api/keys', { name: 'Reader', scopes: ['flows:read', 'connectors:read', 'channels:read'] })).body
    const { page, errors } = await designer.newPage()
    await page.setExtraHTTPHeaders({ authorization: `Bearer ${key}` })
    await page.goto(`${designer.server.url}/connectors`)
    await page.getByRole('link', { name: /Sample chat/ }).click()
    await page.getByText('An administrator may change this.').waitFor()
    for (const name of ['Add', 'Save', 'Test connection', 'More for Sample chat']) expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0)
    expect(await page.getByRole('switch').isDisabled()).toBe(true)
    expect(errors).toEqual([])
  })

  test('from a flow to where people reach it', async () => {
    const { page } = await open('/flows/support')
    await page.getByRole('button', { name: /Where people reach it/ }).click()
    await page.getByRole('link', { name: 'Sample chat' }).click()
    await detail(page, 'Sample chat').waitFor()
    await page.getByRole('link', { name: 'Customer support' }).last().click()
    await page.waitForURL('**/flows/support')
  })

  test.each(['light', 'dark'] as const)('nothing keeps anybody out, %s', async colorScheme => {
    const { page } = await open('/connectors', { colorScheme })
    const check = async (what: string) => {
      const { violations } = await new AxeBuilder({ page }).analyze()
      const said = violations.filter(({ impact }) => impact !== 'minor')
      expect(said.map(({ id, nodes }) => `${what}: ${id} at ${nodes.map(node => node.target.join(' ')).join(', ')}`)).toEqual([])
    }
    await page.getByText('Choose a connector').waitFor()
    await check('list')
    await page.getByRole('link', { name: /Sample chat/ }).click()
    await page.getByRole('button', { name: 'Test connection' }).click()
    await page.getByText(/The chat answers at/).waitFor()
    await check('details')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('button', { name: /^Telegram/ }).click()
    await page.getByRole('dialog').getByLabel('Token', { exact: true }).waitFor()
    await check('account')
  })
})
