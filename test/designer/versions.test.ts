import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeInBrowser } from '../helpers/browser.ts'
import { type OpenDesigner, startDesigner } from '../helpers/designer.ts'

const flow = (id: string, text: string, more: object = {}) => ({
  format: 1,
  id,
  name: 'Shop',
  languages: ['en'],
  blocks: {
    start: { type: 'start', exits: { next: 'hello' } },
    hello: { type: 'message', label: 'Hello', text, exits: { next: 'ear' } },
    ear: { type: 'listen', label: 'Ear', timeout: '1 h', exits: { message: 'bye', timeout: 'bye' } },
    bye: { type: 'end', label: 'Bye', outcome: 'done' },
    ...more,
  },
  layout: { start: [0, 0], hello: [0, 128], ear: [0, 288], bye: [0, 448] },
})

describeInBrowser('the versions of a flow', () => {
  let designer: OpenDesigner
  let page: Page
  let errors: readonly string[]
  let id: string
  let flows = 0

  beforeAll(async () => {
    designer = await startDesigner()
  })
  afterAll(() => designer?.close())
  beforeEach(async () => {
    id = `shop_${++flows}`
    const { server } = designer
    await server.call('PUT', `/api/flows/${id}`, flow(id, 'Good morning to you'))
    await server.call('POST', `/api/flows/${id}/publish`, { note: 'The beginning' })
    await server.call('PUT', `/api/flows/${id}`, flow(id, 'Good evening to you'))
    await server.call('POST', `/api/flows/${id}/publish`, { note: 'For the evening' })
    await server.call('PUT', `/api/flows/${id}`, {
      ...flow(id, 'Good evening to you', { more: { type: 'message', label: 'More', text: 'More?', exits: { next: 'bye' } } }),
      blocks: {
        ...flow(id, 'Good evening to you').blocks,
        ear: { type: 'listen', label: 'Ear', timeout: '1 h', exits: { message: 'more', timeout: 'bye' } },
        more: { type: 'message', label: 'More', text: 'More?', exits: { next: 'bye' } },
      },
    })
    const opened = await designer.newPage()
    page = opened.page
    errors = opened.errors
    await page.goto(`${server.url}/flows/${id}/versions`)
    await page.getByRole('heading', { name: 'History' }).waitFor()
  })
  afterEach(async () => {
    expect(errors).toEqual([])
    await page.context().close()
  })

  const versionsOf = async () => (await designer.server.call('GET', `/api/flows/${id}/versions`)).body.items
  const draftOf = async () => (await designer.server.call('GET', `/api/flows/${id}`)).body.draft.file
  const changes = () => page.getByRole('complementary', { name: 'Changes' })
  const block = (name: string) => page.locator('.block', { hasText: name })

  test('the draft is compared with what is live, in words and on the canvas', async () => {
    await page.getByRole('heading', { name: '2 changes' }).waitFor()
    await changes().getByRole('button', { name: /^More/ }).waitFor()
    expect(await changes().getByRole('button', { name: /^Ear/ }).innerText()).toContain('“message” leads to Bye More.')
    await expect.poll(() => block('More').first().getAttribute('data-state')).toContain('added')
    await expect.poll(() => block('Hello').first().getAttribute('data-state')).toContain('dimmed')
    await page.getByText('Change 1 of 2').waitFor()
    await page.getByRole('button', { name: 'Next change' }).click()
    await page.getByText('Change 2 of 2').waitFor()
  })

  test('a new block is told by what it says, with names for what is filled in', async () => {
    const more = { type: 'message', label: 'More', text: 'More, {{ contact.first_name }}?', exits: { next: 'bye' } }
    const ear = { type: 'listen', label: 'Ear', timeout: '1 h', exits: { message: 'words', timeout: 'bye' } }
    const listed = { type: 'keywords', cases: [{ id: 'money', words: ['refund', 'money back'] }], exits: { money: 'line', else: 'more' } }
    const line = { type: 'queue', queue: 'billing', max_wait: '10 min', exits: { ended: 'bye' } }
    const hello = 'Good evening, {{ contact.last_name }}'
    await designer.server.call('PUT', `/api/flows/${id}`, flow(id, hello, { ear, more, words: listed, line }))
    await page.reload()
    const row = (name: RegExp) => changes().getByRole('button', { name })
    await row(/^More/).waitFor()
    expect(await row(/^More/).innerText()).toMatch(/More, ?first name\?/)
    expect(await row(/^Keywords/).innerText()).toContain('refund, money back')
    expect(await row(/^Queue/).innerText()).toContain('Billing · waits up to 10 min')
    expect(
      await row(/^Hello/)
        .locator('ins .gist-token')
        .innerText(),
    ).toBe('last name')
    expect(await changes().innerText()).not.toContain('{{')
  })

  test('a draft that is what is live has nothing to publish: a sentence says so, and no button is dead', async () => {
    await designer.server.call('PUT', `/api/flows/${id}`, flow(id, 'Good evening to you'))
    await page.reload()
    await page.getByRole('heading', { name: 'Nothing differs' }).waitFor()
    await changes().getByText('Nothing to publish: the draft does not differ from version 2, which is live.').waitFor()
    expect(await page.getByRole('button', { name: /^Publish as/ }).count()).toBe(0)
    expect(await page.locator('.block[data-state*="dimmed"]').count()).toBe(0)
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Nothing to publish: the draft does not differ from version 2, which is live.').waitFor()
    expect(await dialog.getByRole('textbox').count()).toBe(0)
    expect(await dialog.locator(':disabled').count()).toBe(0)
    await expect
      .poll(() =>
        dialog
          .getByRole('button', { name: 'Close' })
          .last()
          .evaluate(button => button === document.activeElement),
      )
      .toBe(true)
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
  })

  test('choosing a version shows what it changed; any two can be compared, and one read alone', async () => {
    await page.getByRole('button', { name: /^Version 2/ }).click()
    await changes().getByText('evening', { exact: true }).waitFor()
    expect(await changes().locator('del').innerText()).toBe('morning')
    await page.getByRole('combobox', { name: 'Compare to' }).selectOption('draft')
    await page.getByRole('combobox', { name: 'Compare from' }).selectOption('1')
    await page.getByRole('heading', { name: '3 changes' }).waitFor()
    await page.getByRole('combobox', { name: 'Compare from' }).selectOption('')
    await page.getByRole('heading', { name: 'Draft, as it is' }).waitFor()
    await expect.poll(() => block('Hello').first().getAttribute('data-state')).toBeNull()
  })

  test('publishing goes through the list, takes a note, and can be rolled back at once', async () => {
    await page.getByRole('button', { name: 'Publish as version 3' }).click()
    const dialog = page.getByRole('dialog')
    await dialog
      .getByText('No problems')
      .or(dialog.getByText(/warning/))
      .waitFor()
    await dialog.getByText('Against version 2: 1 added, 1 changed').waitFor()
    await dialog.getByText('No conversation is running').waitFor()
    await dialog.getByRole('textbox', { name: 'What is new' }).fill('Asks for more')
    await dialog.getByRole('button', { name: 'Publish as version 3' }).click()
    await page.getByText('Version 3 is live. New conversations use it.').waitFor()
    expect((await versionsOf())[0]).toMatchObject({ version: 3, note: 'Asks for more', live: true })
    await page.getByRole('button', { name: 'Roll back to version 2' }).click()
    await page.getByText('Version 4 is live: version 2 again.').waitFor()
    expect((await versionsOf())[0]).toMatchObject({ version: 4, live: true })
  })

  test('an error stops publishing and says where', async () => {
    await designer.server.call('PUT', `/api/flows/${id}`, flow(id, ''))
    await page.reload()
    await page.getByRole('button', { name: 'Publish as version 3' }).click()
    await page
      .getByRole('dialog')
      .getByText(/error keeps it from being published|errors keep it/)
      .waitFor()
    expect(await page.getByRole('dialog').getByRole('button', { name: 'Publish as version 3' }).isDisabled()).toBe(true)
  })

  test('an older version is rolled back to in one click, forward again by Undo, and can go on in the draft', async () => {
    await page.getByRole('button', { name: /^Version 1/ }).click()
    await page.getByRole('button', { name: 'Roll back to version 1' }).click()
    await page.getByText('Version 3 is live: version 1 again.').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Version 4 is live: version 2 again.').waitFor()
    expect((await versionsOf())[0]).toMatchObject({ version: 4, live: true })
    expect((await versionsOf())[0].hash).toBe((await versionsOf())[2].hash)
    await page.getByRole('button', { name: 'Continue from it in the draft' }).click()
    await expect.poll(async () => (await draftOf()).blocks.hello.text).toBe('Good morning to you')
  })

  test('the file goes out as it is stored', async () => {
    await page.getByRole('button', { name: 'Export JSON' }).click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'The flow' }).click()])
    expect(download.suggestedFilename()).toBe(`${id}.json`)
    expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toEqual(await draftOf())
  })

  test('files that are no flow are refused in words, a flow replaces the draft and can be undone', async () => {
    const choose = async (name: string, content: string) => {
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        page
          .getByRole('dialog')
          .getByRole('button', { name: /^Choose/ })
          .click(),
      ])
      await chooser.setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) })
    }
    await page.getByRole('button', { name: 'Import JSON' }).click()
    await choose('letter.json', 'Dear all')
    await page.getByRole('alert').getByText('letter.json is not JSON.').waitFor()
    await choose('package.json', '{"name":"x"}')
    await page.getByRole('alert').getByText('package.json is JSON, but no flow of Parley.').waitFor()
    await choose('other.json', JSON.stringify(flow('other', 'From a file')))
    await page.getByText(`It has the id other; here it becomes ${id}.`).waitFor()
    // What it changes is told before anything is replaced.
    expect(await page.getByRole('dialog').getByRole('region').innerText()).toContain('From a file')
    const name = (await draftOf()).name
    await page.getByRole('button', { name: 'Replace the draft' }).click()
    await expect.poll(async () => (await draftOf()).blocks.hello.text).toBe('From a file')
    // It keeps its name unless somebody says otherwise.
    expect((await draftOf()).name).toBe(name)
    await page.getByRole('button', { name: 'Undo' }).first().click()
    await expect.poll(async () => (await draftOf()).blocks.hello.text).toBe('Good evening to you')
  })

  test('the JSON of the draft is edited with completion, and the draft follows; a mistake is said and changes nothing', async () => {
    await page.getByText('JSON', { exact: true }).click()
    const code = page.getByRole('textbox', { name: 'JSON' })
    await code.getByText('"Good evening to you"').click()
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await page.keyboard.type('"typ')
    await page.locator('.cm-tooltip-autocomplete').getByRole('option').first().waitFor()
    await page
      .getByText(/mistake/)
      .first()
      .waitFor()
    expect((await draftOf()).blocks.hello).not.toHaveProperty('typing')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+a')
    await page.keyboard.insertText(JSON.stringify(flow(id, 'Written as JSON')))
    await page.getByText('In step with the draft').waitFor()
    await expect.poll(async () => (await draftOf()).blocks.hello.text).toBe('Written as JSON')
  })

  test('the JSON stands beside the drawing: what is written is drawn, what is drawn is written', async () => {
    await page.goto(`${designer.server.url}/flows/${id}`)
    await block('Hello').first().waitFor()
    await page.keyboard.press('Shift+J')
    const code = page.getByRole('textbox', { name: 'JSON' })
    await code.waitFor()
    await block('Bye').first().click()
    await code.getByText('"bye"', { exact: true }).first().waitFor()
    await code.click()
    await page.keyboard.press('Control+a')
    await page.keyboard.insertText(JSON.stringify(flow(id, 'Drawn from JSON')))
    await block('Drawn from JSON').first().waitFor()
    await page.getByRole('button', { name: 'Undo' }).first().click()
    await block('Good evening to you').first().waitFor()
    await code.getByText('"Good evening to you"').waitFor()
    await page.getByRole('button', { name: 'Close JSON' }).click()
    await code.waitFor({ state: 'detached' })
  })

  test('two people who changed the draft are told of each other in the words of a comparison', async () => {
    await page.goto(`${designer.server.url}/flows/${id}`)
    await block('Hello').first().waitFor()
    const bye = { type: 'end', label: 'Bye', outcome: 'lost' }
    await designer.server.call('PUT', `/api/flows/${id}`, flow(id, 'Good night, {{ contact.first_name }}', { bye }))
    await page.keyboard.press('Shift+J')
    await page.getByRole('textbox', { name: 'JSON' }).click()
    await page.keyboard.press('Control+a')
    await page.keyboard.insertText(
      JSON.stringify(flow(id, 'Good day to you', { extra: { type: 'message', label: 'Extra', text: 'One more', exits: { next: 'bye' } } })),
    )
    const dialog = page.getByRole('dialog', { name: 'Somebody else changed this draft' })
    await dialog.getByText('Theirs, saved just now').waitFor()
    const told = await dialog.getByRole('region').innerText()
    expect(told).not.toContain('{{')
    expect(told).toContain('first name')
    expect(await dialog.locator('ins').allInnerTexts()).toEqual(expect.arrayContaining([expect.stringContaining('day'), 'lost']))
    expect(told).toContain('One more')
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      expect((await new AxeBuilder({ page }).include('[role=dialog]').analyze()).violations.map(({ id: rule }) => rule)).toEqual([])
    }
    await dialog.getByRole('button', { name: 'Combine both' }).click()
    await expect.poll(async () => [(await draftOf()).blocks.bye.outcome, (await draftOf()).blocks.extra?.text]).toEqual(['lost', 'One more'])
  })

  test('axe finds nothing, in light and dark, with changes and with JSON', async () => {
    await page.getByRole('heading', { name: '2 changes' }).waitFor()
    await page.emulateMedia({ reducedMotion: 'reduce' })
    for (const view of ['Changes', 'JSON']) {
      await page.getByText(view, { exact: true }).first().click()
      if (view === 'JSON') await page.getByRole('textbox', { name: 'JSON' }).waitFor()
      for (const scheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
        await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
        const { violations } = await new AxeBuilder({ page }).include('aside').analyze()
        expect(violations.map(({ id: rule, nodes }) => `${view} ${scheme} ${rule}: ${nodes.map(node => node.html).join(' ')}`)).toEqual([])
      }
    }
  })
})
