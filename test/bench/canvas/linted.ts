/** From a key in the text of a block to the frame that shows the problems of what is now written there. */
import type { Browser } from 'playwright'
import { TYPED } from './flow.ts'
import type { ServedPage } from './pages.ts'
import { fromKey, openPage, type Size } from './visit.ts'

/** Breaks the braces of a text and mends them, so many times; each way is one figure, ms. */
export async function measureLinted(browser: Browser, served: ServedPage, viewport: Size, times: number): Promise<readonly number[]> {
  const page = await openPage(browser, served, viewport)
  await page.locator(`.react-flow__node[data-id="${TYPED}"] .block-name`).click()
  // By its name: the note is there before the form is.
  const field = page.locator('.inspector').getByRole('textbox', { name: /^(Text|Greeting|Question)$/ })
  const mark = `.react-flow__node[data-id="${TYPED}"] .block-mark[data-severity="error"]`
  await field.fill('Your answer was {{ vars.answer }}')
  await page.locator(mark).waitFor({ state: 'detached' })
  await field.focus()
  await page.keyboard.press('End')
  const figures: number[] = []
  for (let i = 0; i < times; i++) {
    for (const key of ['Backspace', '}']) {
      // Each key on its own: typing is not one long gesture.
      await page.waitForTimeout(300)
      figures.push(await fromKey(page, key, waitsForMark, mark))
    }
  }
  await page.context().close()
  return figures
}

/** Runs in the page: the mark comes where it was not, or goes. */
function waitsForMark(selector: string): () => boolean {
  const isMarked = () => document.querySelector(selector) !== null
  const before = isMarked()
  return () => isMarked() !== before
}
