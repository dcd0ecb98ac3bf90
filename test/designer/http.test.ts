import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeInBrowser } from '../helpers/browser.ts'
import { type OpenDesigner, startDesigner } from '../helpers/designer.ts'
import { letIn } from '../helpers/people.ts'

const FLOW = {
  format: 1,
  id: 'shop',
  name: 'Shop',
  languages: ['en'],
  variables: { order: { type: 'text' }, state: { type: 'text' } },
  blocks: {
    start: { type: 'start', exits: { next: 'ask' } },
    ask: {
      type: 'question',
      label: 'Order number',
      text: 'Which order?',
      variable: 'order',
      timeout: '5 min',
      exits: { answered: 'call', invalid: 'bye', timeout: 'bye' },
    },
    call: {
      type: 'http',
      label: 'Look it up',
      url: 'https://shop.example.com/orders/{{ vars.order }}',
      save: [{ path: 'state', variable: 'state' }],
      example_answer: '{ "state": "on its way" }',
      exits: { success: 'tell', refused: 'ask', error: 'bye', timeout: 'bye' },
    },
    tell: { type: 'message', label: 'Tell', text: 'It is {{ vars.state }}.', exits: { next: 'ask' } },
    bye: { type: 'end', label: 'Bye', text: 'Good bye', outcome: 'done' },
  },
}

describeInBrowser('the http block', () => {
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
    await designer.server.call('PUT', '/api/secrets/shop_key', { value: 'hunter2', allowed_hosts: ['shop.example.com'] })
    await open()
  })
  afterEach(async () => {
    expect(errors).toEqual([])
    await page.context().close()
  })

  async function open(options: Parameters<OpenDesigner['newPage']>[0] = {}): Promise<void> {
    const opened = await designer.newPage(options)
    page = opened.page
    errors = opened.errors
    await page.goto(`${designer.server.url}/flows/shop`)
    await page.locator('.react-flow__node[data-id="call"]').waitFor()
  }
  const card = () => page.getByRole('form', { name: 'What does the API answer?' })
  const says = (text: string | RegExp) => page.getByRole('log').getByText(text).last().waitFor()
  const write = async (text: string) => {
    const field = page.getByRole('textbox', { name: /^Write as/ })
    await field.fill(text)
    await field.press('Enter')
  }
  const callAnApi = async () => {
    await page.getByRole('button', { name: 'Try', exact: true }).click()
    await page.getByRole('button', { name: 'Open the chat' }).click()
    await says('Which order?')
    await write('4 8')
    await card().waitFor()
  }
  const outcome = (name: string) => card().getByText(name, { exact: true }).click()
  const draft = async () => (await designer.server.call('GET', '/api/flows/shop')).body.draft.file.blocks.call
  const axe = async () => {
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id} ${nodes[0]?.target}`)).toEqual([])
  }

  test('the simulator asks what the API answers, with the example filled in, and goes on by the answer', async () => {
    await callAnApi()
    expect(await card().getByText('GET https://shop.example.com/orders/4%208').count()).toBe(1)
    expect(await card().getByLabel('Answer as JSON').inputValue()).toBe('{ "state": "on its way" }')
    await card().getByLabel('Answer as JSON').fill('{ "state": "lost" }')
    await card().getByRole('button', { name: 'Answer' }).click()
    await says('It is lost.')
    await card().waitFor({ state: 'detached' })
    await write('49')
    // The last answer is offered again.
    expect(await card().getByLabel('Answer as JSON').inputValue()).toBe('{ "state": "lost" }')
    await outcome('Refused')
    expect(await card().getByLabel('Status').inputValue()).toBe('404')
    await card().getByRole('button', { name: 'Answer' }).click()
    await says(/shop\.example\.com answered 404/)
    await card().waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Step back' }).click()
    await card().waitFor()
    await outcome('Error')
    await card().getByLabel('What goes wrong').selectOption('Cannot be reached')
    await card().getByRole('button', { name: 'Answer' }).click()
    await says('Good bye')
  })

  test('no answer lets the time pass, and what was decided is saved as a test', async () => {
    await callAnApi()
    await card().getByRole('button', { name: 'Answer' }).click()
    await says('It is on its way.')
    await write('50')
    await outcome('Timeout')
    await card().getByText('No answer within 10 s; the time passes.').waitFor()
    await card().getByRole('button', { name: 'Answer' }).click()
    await says('Good bye')
    await page.getByRole('button', { name: 'Save as a test' }).click()
    await page.getByLabel('What the test shows, as a sentence').fill('an order is looked up')
    await page.keyboard.press('Enter')
    await page.getByText('Saved the test “an order is looked up”.').first().waitFor()
    const { file } = (await designer.server.call('GET', '/api/flows/shop/tests')).body
    const steps = file.tests[0].steps.flatMap((step: { api?: unknown }) => (step.api === undefined ? [] : [step.api]))
    expect(steps).toEqual([{ json: { state: 'on its way' } }, 'timeout'])
    expect((await designer.server.call('GET', '/api/flows/shop/tests')).text).toContain('call.success')
  })

  test('the form writes the call, completes secrets, and keeps rows together', async () => {
    await page.locator('.react-flow__node[data-id="call"]').click()
    const form = page.getByRole('complementary').filter({ has: page.getByRole('region', { name: 'The call' }) })
    await form.getByLabel('Method').selectOption('POST')
    await form.getByText('Headers', { exact: true }).click()
    await form.getByRole('button', { name: 'Add a header' }).click()
    await page.keyboard.type('Authorization')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Bearer {{ secrets.')
    await page.getByRole('option', { name: /secrets\.shop_key/ }).waitFor()
    await page.keyboard.press('Enter')
    await form.getByRole('button', { name: 'Add a value' }).click()
    await page.keyboard.type('total')
    await form.getByLabel('Store in').last().fill('order')
    await page.keyboard.press('Tab')
    await expect
      .poll(async () => (await draft()).save)
      .toEqual([
        { path: 'state', variable: 'state' },
        { path: 'total', variable: 'order' },
      ])
    expect(await draft()).toMatchObject({ method: 'POST', headers: [{ name: 'Authorization', value: 'Bearer {{ secrets.shop_key }}' }] })
    await form.getByRole('button', { name: 'Remove Header 1' }).click()
    await expect.poll(async () => (await draft()).headers).toBeUndefined()
  })

  test('the face says what is called and what is kept', async () => {
    const face = page.locator('.react-flow__node[data-id="call"]')
    expect(await face.textContent()).toMatch(/GET \/orders\/order.*keeps state/)
  })

  test('an administrator keeps secrets in the settings', async () => {
    await page.goto(`${designer.server.url}/settings/secrets`)
    await page.getByRole('row').filter({ hasText: 'shop_key' }).waitFor()
    await page.getByRole('button', { name: 'Add a secret' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name', { exact: true }).fill('Mail key')
    await dialog.getByRole('textbox', { name: 'Value' }).fill('hunter3')
    await dialog.getByLabel('May be sent to').fill('mail.example.com, *.example.org')
    await page.keyboard.press('Enter')
    const row = page.getByRole('row').filter({ hasText: 'mail_key' })
    await row.getByText('mail.example.com, *.example.org').waitFor()
    expect(await page.content()).not.toContain('hunter')
    await row.getByRole('button', { name: 'Remove mail_key' }).click()
    await dialog.getByRole('button', { name: 'Remove' }).click()
    await row.waitFor({ state: 'detached' })
    expect((await designer.server.call('GET', '/api/secrets')).body.items).toHaveLength(1)
  })

  test('an editor does not see the secrets page', async () => {
    const person = await letIn(designer.server, 'editor')
    await page.context().close()
    const opened = await designer.newPage({ person })
    page = opened.page
    errors = opened.errors
    await page.goto(`${designer.server.url}/settings/account`)
    await page.getByRole('link', { name: 'Your account' }).waitFor()
    expect(await page.getByRole('link', { name: 'Secrets' }).count()).toBe(0)
  })

  test.each(['light', 'dark'] as const)('nothing keeps anybody out, %s', async colorScheme => {
    await page.context().close()
    await open({ colorScheme })
    await callAnApi()
    await axe()
    await page.locator('.react-flow__node[data-id="call"]').click()
    await page.getByRole('region', { name: 'The call' }).waitFor()
    await axe()
    await page.goto(`${designer.server.url}/settings/secrets`)
    await page.getByRole('row').filter({ hasText: 'shop_key' }).waitFor()
    await page.getByRole('button', { name: 'Change shop_key' }).click()
    await page.getByRole('dialog').waitFor()
    await axe()
  })
})
