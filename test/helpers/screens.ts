/** Takes the pictures of the README from the built designer with the samples in it: `npm run screens`. */
import { mkdir } from 'node:fs/promises'
import type { Page } from 'playwright'
import { startDesigner } from './designer.ts'

const FOLDER = 'designer/screens'
const SIZE = { width: 1440, height: 900 } as const

const designer = await startDesigner()
try {
  await mkdir(FOLDER, { recursive: true })
  await changeSupport()
  await take('editor', 'light', async page => {
    await page.goto(`${designer.server.url}/flows/support`)
    await page.locator('.react-flow__node[data-id="topic"] .block-head').click()
    await page.getByRole('button', { name: 'Try', exact: true }).click()
    const field = page.getByRole('textbox', { name: /^Write as/ })
    for (const text of ['hi', 'I want a real person']) {
      await field.fill(text)
      await field.press('Enter')
    }
    await page.getByRole('log').getByText('number 1 in line').first().waitFor()
  })
  await take('versions', 'light', async page => {
    await page.goto(`${designer.server.url}/flows/support/versions`)
    await page.getByRole('heading', { name: 'History' }).waitFor()
    await page.locator('[data-state*="changed"]').first().waitFor()
  })
  await take('flows', 'dark', async page => {
    await page.goto(`${designer.server.url}/flows`)
    await page.getByRole('button', { name: 'New flow' }).waitFor()
  })
} finally {
  await designer.close()
}

/** A draft that differs from what is live, so that there is something to compare. */
async function changeSupport(): Promise<void> {
  const { server } = designer
  const { draft } = (await server.call('GET', '/api/flows/support')).body
  const blocks = draft.file.blocks
  const file = { ...draft.file, blocks: { ...blocks, hello: { ...blocks.hello, text: 'Hello {{ contact.first_name | default: "there" }}! How can I help?' } } }
  await server.call('PUT', '/api/flows/support', file)
}

async function take(name: string, colorScheme: 'light' | 'dark', show: (page: Page) => Promise<void>): Promise<void> {
  const { page } = await designer.newPage({ colorScheme, ...SIZE })
  await show(page)
  await page.evaluate(() => document.fonts.ready)
  await page.waitForLoadState('networkidle')
  // Nothing is pointed at: a hint would lie over the picture.
  await page.mouse.move(0, 0)
  await page.getByRole('tooltip').waitFor({ state: 'hidden' })
  await page.screenshot({ path: `${FOLDER}/${name}.png`, animations: 'disabled' })
  await page.context().close()
}
