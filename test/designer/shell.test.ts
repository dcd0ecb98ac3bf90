import { gzipSync } from 'node:zlib'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeInBrowser, launchBrowser } from '../helpers/browser.ts'
import { PASSWORD } from '../helpers/people.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'
import { type BuiltWeb, buildWeb } from '../helpers/web.ts'

const CHIEF = { name: 'Ada', email: 'ada@example.com' }

describeInBrowser('the designer around the canvas', () => {
  let web: BuiltWeb
  let server: TestServer
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let failures: string[]

  beforeAll(async () => {
    web = await buildWeb({ designer: 'designer/index.html' })
    server = await startTestServer({ ADMIN_EMAIL: CHIEF.email, ADMIN_PASSWORD: PASSWORD }, { web: web.folder })
    browser = await launchBrowser()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await web?.remove()
  })
  beforeEach(async () => {
    failures = []
    ;({ context, page } = await open())
  })
  afterEach(async () => {
    await context.close()
    expect(failures).toEqual([])
  })

  /** A window of its own; what its pages complain about fails the test. */
  async function open(colorScheme: 'light' | 'dark' = 'light') {
    const opened = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme, reducedMotion: 'reduce' })
    const first = await opened.newPage()
    first.on('pageerror', error => failures.push(error.message))
    first.on('console', line => {
      // Nobody being signed in yet is no failure.
      if (line.type() === 'error' && !line.text().includes('401')) failures.push(line.text())
    })
    return { context: opened, page: first }
  }

  async function signIn(on: Page, path = '/', email = CHIEF.email, password = PASSWORD) {
    await on.goto(`${server.url}${path}`)
    await on.getByLabel('E-mail').fill(email)
    await on.getByLabel('Password', { exact: true }).fill(password)
    await on.getByRole('button', { name: 'Sign in' }).click()
    await on.getByRole('navigation', { name: 'Main' }).waitFor()
  }

  const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })
  const more = async (name: string, deed: string) => {
    await row(name)
      .getByRole('button', { name: `More for ${name}` })
      .click()
    await page.getByRole('menuitem', { name: deed }).click()
  }

  test('a newcomer follows the printed link, makes an account and is in', async () => {
    const own = await startTestServer({}, { web: web.folder })
    await page.goto(own.url)
    await page.getByRole('heading', { name: 'Make the first administrator' }).waitFor()
    await page.getByRole('link', { name: /Open the chat/ }).waitFor()
    await page.goto(/https?:\S+\/welcome#\S+/.exec(own.running.greeting)?.[0] ?? own.url)
    await page.getByLabel('Your name').fill('Ada')
    await page.getByLabel('E-mail').fill('ada@example.com')
    await page.getByLabel('Choose a password').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Flows', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Your account' }).filter({ hasText: 'Administrator' }).waitFor()
    await own.close()
  })

  test('a wrong password is said, and a deep link leads on after signing in', async () => {
    await page.goto(`${server.url}/settings/keys`)
    await page.getByLabel('E-mail').fill(CHIEF.email)
    await page.getByLabel('Password', { exact: true }).fill('not this one')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').filter({ hasText: 'E-mail and password do not belong together.' }).waitFor()
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Make a key' }).waitFor()
    await page.getByRole('button', { name: 'Your account' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  })

  test('who is signed out elsewhere is asked to sign in, and goes on where they were', async () => {
    await signIn(page)
    const { id } = (await server.call('GET', '/api/users')).body.items[0]
    const { url } = (await server.call('POST', `/api/users/${id}/link`)).body
    const token = new URL(url).hash.slice(1)
    await server.call('POST', '/api/welcome', { token, password: PASSWORD }, { key: null })
    // Where they were: the page may notice at any moment, so it is asked for anew and not clicked through.
    await page.goto(`${server.url}/settings/users`)
    await page.getByLabel('E-mail').fill(CHIEF.email)
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Let somebody in' }).waitFor()
  })

  test('flows are found by name, note and tag', async () => {
    await signIn(page)
    await page.getByLabel('Search flows by name, note or tag').fill('call-back')
    await expect.poll(() => page.getByRole('row').count()).toBe(2)
    await page.getByLabel('Search flows by name, note or tag').fill('nothing like it')
    await page.getByText('No flow matches “nothing like it”.').waitFor()
    await page.getByRole('button', { name: 'Show all flows' }).click()
    await row('Customer support').waitFor()
    await page.getByRole('button', { name: 'sample', exact: true }).click()
    await page.getByRole('status').filter({ hasText: '5 flows' }).waitFor()
    expect(await page.getByRole('row').count()).toBe(6)
  })

  test('a template becomes a flow of its own and opens', async () => {
    await signIn(page)
    await page.getByRole('button', { name: /^Order status/ }).click()
    await page.waitForURL('**/flows/order_status_2')
    await page.getByRole('heading', { name: 'Order status 2' }).waitFor()
  })

  test('a new flow takes a name and Enter', async () => {
    await signIn(page)
    await page.getByRole('button', { name: 'New flow' }).waitFor()
    await page.keyboard.press('n')
    await page.getByRole('dialog', { name: 'New flow' }).waitFor()
    await page.keyboard.type('Grüße & mehr')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/flows/gru_e_mehr')
    await page.getByRole('heading', { name: 'Grüße & mehr' }).waitFor()
  })

  test('a flow is copied, tagged, put away and brought back', async () => {
    await signIn(page)
    await more('Two languages', 'Duplicate')
    const copy = 'Two languages (copy)'
    await row(copy).waitFor()
    await more(copy, 'Tags')
    await page.getByPlaceholder('Add a tag').fill('spring')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'spring' }).click()
    await expect.poll(() => page.getByRole('row').count()).toBe(2)
    await page.getByRole('button', { name: 'spring' }).click()
    await more(copy, 'Archive')
    await row(copy).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await row(copy).waitFor()
    await more(copy, 'Archive')
    await row(copy).waitFor({ state: 'detached' })
    await page.getByText('Archived', { exact: true }).click()
    await more(copy, 'Restore')
    await row(copy).waitFor()
  })

  test('a flow is renamed where its name stands, undone, copied and put away from there', async () => {
    await signIn(page)
    await page.getByRole('button', { name: /^Opening hours/ }).click()
    await page.waitForURL('**/flows/opening_hours_*')
    const id = page.url().split('/').at(-1)
    const title = (name: string) => page.getByRole('heading', { level: 1, name })
    const menu = async (name: string, deed: string) => {
      await title(name).getByRole('button').click()
      await page.getByRole('menuitem', { name: deed }).click()
    }
    const old = (await title('Opening hours').getByRole('button').textContent()) ?? ''
    await menu(old, 'Rename')
    await page.keyboard.type('Shop hours')
    await page.keyboard.press('Enter')
    await title('Shop hours').waitFor()
    await expect.poll(async () => (await server.call('GET', `/api/flows/${id}`)).body.draft.file.name).toBe('Shop hours')
    await page.getByRole('button', { name: 'Undo' }).click()
    await title(old).waitFor()
    await menu(old, 'Rename')
    await page.keyboard.type('Never')
    await page.keyboard.press('Escape')
    await title(old).waitFor()
    const [download] = await Promise.all([page.waitForEvent('download'), menu(old, 'Export JSON')])
    expect(download.suggestedFilename()).toBe(`${id}.json`)
    await menu(old, 'Duplicate')
    await page.getByText(`${old} (copy) is here.`).waitFor()
    await menu(old, 'Archive')
    await page.waitForURL('**/flows')
    await page.getByText(`${old} is in the archive.`).waitFor()
  })

  test('a flow that a chat uses stays, with the reason', async () => {
    await signIn(page)
    await more('Customer support', 'Archive')
    await page.getByRole('alert').getByText('The connector “Sample chat” uses this flow.').waitFor()
    await row('Customer support').waitFor()
    failures = failures.filter(line => !line.includes('409'))
  })

  const broken: readonly { name: string; text: string; says: string }[] = [
    { name: 'no JSON', text: 'blocks: none', says: 'This is not a JSON file.' },
    { name: 'a colon missing', text: '{"format": 1,\n "id" 2}', says: 'Line 2, column 7' },
    { name: 'other JSON', text: '[1, 2]', says: 'it has no id' },
    { name: 'an unknown block', text: '{"format":1,"id":"x","name":"X","languages":["en"],"blocks":{"a":{"type":"begin"}}}', says: 'begin' },
    { name: 'a newer format', text: '{"format":99,"id":"x","name":"X","languages":["en"],"blocks":{}}', says: '99' },
  ]
  test.each(broken)('a file with $name is refused in words', async ({ text, says }) => {
    await signIn(page)
    await page.locator('input[type=file]').setInputFiles({ name: 'flow.json', mimeType: 'application/json', buffer: Buffer.from(text) })
    await page.getByRole('dialog', { name: 'This file cannot be imported' }).getByText(says).first().waitFor()
    failures = failures.filter(line => !line.includes('422'))
  })

  test('an exported flow comes back as a copy, the same but for its id and name', async () => {
    await signIn(page)
    const [download] = await Promise.all([page.waitForEvent('download'), more('Opening hours and call-back', 'Export JSON')])
    expect(download.suggestedFilename()).toBe('opening_hours.json')
    const path = await download.path()
    await page.locator('input[type=file]').setInputFiles(path)
    await page.getByText('There is a flow “Opening hours and call-back” with the same id.').waitFor()
    await page.getByRole('button', { name: 'Import as a copy' }).click()
    await page.getByText('Opening hours and call-back (copy) is imported.').waitFor()
    const { items } = (await server.call('GET', '/api/flows?limit=200')).body
    const copy = items.find(({ name }: { readonly name: string }) => name === 'Opening hours and call-back (copy)')
    const [original, copied] = await Promise.all(['opening_hours', copy.id].map(async id => (await server.call('GET', `/api/flows/${id}`)).body.draft.file))
    expect({ ...copied, id: original.id, name: original.name }).toEqual(original)
    failures = failures.filter(line => !line.includes('409'))
  })

  test('an administrator lets a viewer in, who finds nothing to press', async () => {
    await signIn(page, '/settings/users')
    await page.getByRole('link', { name: 'Users' }).click()
    await page.getByRole('button', { name: 'Let somebody in' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Vera')
    await page.getByLabel('E-mail').fill('vera@example.com')
    await page.getByRole('dialog').getByLabel('Role').selectOption('viewer')
    await page.getByRole('button', { name: 'Make the link' }).click()
    const link = await page.getByLabel('One-time link').inputValue()
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByText('has not come in yet').waitFor()

    const guest = await open()
    await guest.page.goto(link)
    await guest.page.getByRole('heading', { name: 'Welcome, Vera' }).waitFor()
    await guest.page.getByLabel('Choose a password').fill(PASSWORD)
    await guest.page.keyboard.press('Enter')
    await guest.page.getByRole('heading', { name: 'Flows', exact: true }).waitFor()
    expect(await guest.page.getByRole('button', { name: 'New flow' }).count()).toBe(0)
    await guest.page.goto(`${server.url}/flows/support`)
    await guest.page.getByText('You may look, not change').waitFor()
    expect(await guest.page.getByRole('button', { name: 'Publish' }).count()).toBe(0)

    await page.getByLabel('Role of Vera').selectOption('publisher')
    await guest.page.reload()
    await guest.page.getByRole('button', { name: 'Publish' }).waitFor()
    await guest.context.close()
  })

  test('an API key is shown once, works, and is revoked', async () => {
    await signIn(page, '/settings/keys')
    await page.getByRole('button', { name: 'Make a key' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Deploy')
    await page.getByRole('button', { name: 'Make the key' }).click()
    const key = await page.getByRole('textbox', { name: 'API key', exact: true }).inputValue()
    expect((await server.call('GET', '/api/flows', undefined, { key })).status).toBe(200)
    expect((await server.call('GET', '/api/connectors', undefined, { key })).status).toBe(403)
    await page.getByRole('button', { name: 'Done' }).click()
    expect(await page.content()).not.toContain(key)
    await page.getByRole('row').filter({ hasText: 'Deploy' }).getByRole('button', { name: 'Revoke' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await page.getByText('revoked', { exact: true }).waitFor()
    expect((await server.call('GET', '/api/flows', undefined, { key })).status).toBe(401)
  })

  test('everything is a few keys away', async () => {
    await signIn(page)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Commands' }).fill('sett')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/settings/account')
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor({ state: 'detached' })
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Commands' }).fill('dark')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
  })

  test('an address without a page says so', async () => {
    await signIn(page)
    await page.goto(`${server.url}/flows/nobody_knows`)
    await page.getByRole('heading', { name: 'There is no flow of this name' }).waitFor()
    await page.getByRole('link', { name: 'Go to the flows' }).click()
    await page.getByRole('heading', { name: 'Flows', exact: true }).waitFor()
    failures = failures.filter(line => !line.includes('404'))
  })

  test.each(['light', 'dark'] as const)('nothing keeps anybody out, %s', async theme => {
    const other = await open(theme)
    const check = async (what: string) => {
      const { violations } = await new AxeBuilder({ page: other.page }).analyze()
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      expect(serious.map(({ id, nodes }) => `${what}: ${id} at ${nodes.map(node => node.target.join(' ')).join(', ')}`)).toEqual([])
    }
    await other.page.goto(server.url)
    await other.page.getByRole('link', { name: /Open the chat/ }).waitFor()
    await check('start')
    await signIn(other.page)
    await other.page.getByRole('button', { name: /^Order status/ }).waitFor()
    await check('flows')
    await other.page.getByRole('button', { name: 'New flow' }).click()
    await other.page.getByRole('dialog').waitFor()
    await check('new flow')
    for (const section of ['account', 'users', 'keys']) {
      await other.page.goto(`${server.url}/settings/${section}`)
      await other.page.getByRole('button', { name: /Save|Let somebody in|Make a key/ }).waitFor()
      await check(section)
    }
    await other.context.close()
  })

  test('the first page loads less than 350 kB of script', async () => {
    await signIn(page)
    // What is still on its way would be lost by loading again.
    await page.waitForLoadState('networkidle')
    const sizes: number[] = []
    page.on('response', async response => {
      if (response.request().resourceType() === 'script') sizes.push(gzipSync(await response.body()).length)
    })
    await page.reload({ waitUntil: 'networkidle' })
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(350_000)
  })
})
