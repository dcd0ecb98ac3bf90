/** From a key in the text of a block to the frame that shows the problems of what is now written there. */
import type { Browser, Page } from 'playwright'
import { TYPED } from './flow.ts'
import type { ServedPage } from './pages.ts'
import { openPage, type Size } from './visit.ts'

/** Breaks the braces of a text and mends them, so many times; each way is one figure, ms. */
export async function measureLinted(browser: Browser, served: ServedPage, viewport: Size, times: number): Promise<readonly number[]> {
  const page = await openPage(browser, served, viewport)
  await page.locator(`.react-flow__node[data-id="${TYPED}"] .block-name`).click()
  const field = page.locator('.inspector').getByRole('textbox').and(page.locator('textarea')).first()
  const mark = `.react-flow__node[data-id="${TYPED}"] .block-mark[data-severity="error"]`
  await field.fill('Your answer was {{ vars.answer }}')
  await page.locator(mark).waitFor({ state: 'detached' })
  await field.focus()
  await page.keyboard.press('End')
  const figures: number[] = []
  for (let i = 0; i < times; i++) {
    figures.push(await fromKey(page, 'Backspace', mark, true), await fromKey(page, '}', mark, false))
  }
  await page.context().close()
  return figures
}

async function fromKey(page: Page, key: string, mark: string, isShown: boolean): Promise<number> {
  // Each key on its own: typing is not one long gesture.
  await page.evaluate(() => new Promise(done => setTimeout(done, 300)))
  const came = page.evaluate(
    ([pressed, selector, wanted]) =>
      new Promise<number>(done => {
        let at = 0
        window.addEventListener('keydown', event => (at = event.key === pressed ? event.timeStamp : at), { capture: true, once: true })
        const look = () => {
          if (at > 0 && (document.querySelector(selector) !== null) === wanted) done(performance.now() - at)
          else requestAnimationFrame(look)
        }
        look()
      }),
    [key, mark, isShown] as const,
  )
  await page.keyboard.press(key)
  return came
}
