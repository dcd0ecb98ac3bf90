/** From a key in the text of a block to the frame that shows the problems of what is now written there. */
import type { Browser, Page } from 'playwright'
import { TYPED } from './flow.ts'
import type { ServedPage } from './pages.ts'
import { openPage, type Size } from './visit.ts'

/** Longer than this nobody waits for a problem, ms. */
const LONGEST = 5000

/** Breaks the braces of a text and mends them, so many times; each way is one figure, ms. A key whose problems did not come has none. */
export async function measureLinted(browser: Browser, served: ServedPage, viewport: Size, times: number): Promise<readonly number[]> {
  const page = await openPage(browser, served, viewport)
  await page.locator(`.react-flow__node[data-id="${TYPED}"] .block-name`).click()
  // By its name: the note is there before the form is.
  const field = page.locator('.inspector').getByRole('textbox', { name: /^(Text|Greeting|Question)$/ })
  const mark = `.react-flow__node[data-id="${TYPED}"] .block-mark[data-severity="error"]`
  await field.fill('Your answer was {{ vars.answer }}')
  await page
    .locator(mark)
    .waitFor({ state: 'detached', timeout: LONGEST })
    .catch(() => undefined)
  await field.focus()
  await page.keyboard.press('End')
  const figures: number[] = []
  for (let i = 0; i < times; i++) {
    for (const came of [await fromKey(page, 'Backspace', mark, true), await fromKey(page, '}', mark, false)]) if (came < LONGEST) figures.push(came)
  }
  await page.context().close()
  return figures
}

async function fromKey(page: Page, key: string, mark: string, isShown: boolean): Promise<number> {
  // Each key on its own: typing is not one long gesture.
  await page.evaluate(() => new Promise(done => setTimeout(done, 300)))
  const came = page.evaluate(
    ([pressed, selector, wanted, longest]) =>
      new Promise<number>(done => {
        let at = 0
        window.addEventListener('keydown', event => (at = event.key === pressed ? event.timeStamp : at), { capture: true, once: true })
        const begun = performance.now()
        const look = () => {
          if (performance.now() - begun > longest) done(longest)
          else if (at > 0 && (document.querySelector(selector) !== null) === wanted) done(performance.now() - at)
          else requestAnimationFrame(look)
        }
        look()
      }),
    [key, mark, isShown, LONGEST] as const,
  )
  await page.keyboard.press(key)
  return came
}
