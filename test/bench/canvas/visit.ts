/** One visit of a page that draws a flow: how soon it can be used, and what gestures cost. By real input, through the browser's own protocol. */
import type { Browser, CDPSession, Page } from 'playwright'
import { percentile } from '../figures.ts'
import type { ServedPage } from './pages.ts'

/** What gestures cost, a frame, in ms. */
export interface FrameCost {
  readonly mainThread: number
  readonly p95: number
}

/** The gestures, in the order in which they are made. */
export const GESTURES = ['drag a block', 'pan', 'zoom', 'drag 20 chosen'] as const
/** A gesture that is measured. */
export type Gesture = (typeof GESTURES)[number]

/** Everything that one visit measures. */
export interface Visit {
  readonly usableMs: number
  readonly undoMs: number
  readonly gestures: Readonly<Record<Gesture, FrameCost>>
}

/** The window of a visit. */
export interface Size {
  readonly width: number
  readonly height: number
}

interface Point {
  readonly x: number
  readonly y: number
}

const FRAME_MS = 1000 / 60
const THROTTLED = 4
const CONTROL = 2
const STILL_FRAMES = 20
/** A page is quiet when no task was longer than 50 ms for this long. */
const QUIET_MS = 400

/** Opens a page of its own, cold. `watch` counts from its navigation. */
export async function openPage(browser: Browser, { url, headers }: ServedPage, viewport: Size): Promise<Page> {
  const context = await browser.newContext({ viewport, extraHTTPHeaders: headers, reducedMotion: 'reduce' })
  const page = await context.newPage()
  // What esbuild adds to named functions, which are sent to the page as text.
  await page.addInitScript('globalThis.__name ??= value => value')
  await page.addInitScript(watch)
  await page.goto(url)
  await settle(page)
  return page
}

/** Until nothing long has run for a while. */
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(quietMs => {
    const { seen, busyUntil } = globalThis.watched
    return seen > 0 && performance.now() - Math.max(seen, busyUntil) > quietMs
  }, QUIET_MS)
}

/** Measures one visit. The processor is slowed down while gestures are made. */
export async function measureVisit(browser: Browser, served: ServedPage, viewport: Size, frames: number): Promise<Visit> {
  const page = await openPage(browser, served, viewport)
  const usableMs = await page.evaluate(() => Math.max(globalThis.watched.seen, globalThis.watched.busyUntil))
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable')
  const throttle = (rate: number) => cdp.send('Emulation.setCPUThrottlingRate', { rate })
  const canvas = await page.locator('.react-flow').boundingBox()
  if (!canvas) throw new Error('There is no canvas in the page.')
  const middle = { x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height / 2 }
  const measure = (move: (step: number) => Promise<unknown>) => measureFrames(page, cdp, frames, move)

  // Chosen before it is dragged: what the page shows of a chosen block is no part of dragging.
  const name = await nearest(page, middle)
  await mouse(cdp, 'mousePressed', name)
  await mouse(cdp, 'mouseReleased', name)
  await settle(page)
  await throttle(THROTTLED)
  const dragOne = await drag(cdp, name, measure)
  await throttle(1)
  const undoMs = await measureUndo(page)

  await throttle(THROTTLED)
  const pan = await measure(step => wheel(cdp, middle, step < frames / 2 ? { x: 0, y: 24 } : { x: 24, y: 0 }))
  const zoom = await measure(step => wheel(cdp, middle, { x: 0, y: step < frames / 2 ? 12 : -12 }, CONTROL))
  await throttle(1)
  await choose20(page, cdp, canvas)
  const chosen = await nearest(page, middle)
  await throttle(THROTTLED)
  const dragMany = await drag(cdp, chosen, measure)
  await page.context().close()
  return { usableMs, undoMs, gestures: { 'drag a block': dragOne, pan, zoom, 'drag 20 chosen': dragMany } }
}

/** Presses, moves in circles, lets go. */
async function drag(cdp: CDPSession, from: Point, measure: (move: (step: number) => Promise<unknown>) => Promise<FrameCost>): Promise<FrameCost> {
  await mouse(cdp, 'mousePressed', from)
  const cost = await measure(step => mouse(cdp, 'mouseMoved', { x: from.x + 120 * Math.sin(step / 9), y: from.y + 80 - 80 * Math.cos(step / 9) }))
  await mouse(cdp, 'mouseReleased', { x: from.x + 60, y: from.y + 60 })
  return cost
}

/** As long as a display would: one move a frame, whether the page keeps up or not. */
async function measureFrames(page: Page, cdp: CDPSession, frames: number, move: (step: number) => Promise<unknown>): Promise<FrameCost> {
  await page.evaluate(() => {
    const times: number[] = []
    const tick = (now: number) => {
      times.push(now)
      if (globalThis.watched.times === times) requestAnimationFrame(tick)
    }
    globalThis.watched.times = times
    requestAnimationFrame(tick)
  })
  const before = await taskMs(cdp)
  const moves: Promise<unknown>[] = []
  const start = performance.now()
  for (let step = 0; step < frames; step++) {
    moves.push(move(step))
    await new Promise(done => setTimeout(done, start + (step + 1) * FRAME_MS - performance.now()))
  }
  await Promise.all(moves)
  const spent = (await taskMs(cdp)) - before
  const times = await page.evaluate(() => globalThis.watched.times.splice(0))
  await page.evaluate(() => {
    globalThis.watched.times = []
  })
  await standStill(page)
  const lengths = times.slice(1).map((time, index) => time - (times[index] ?? time))
  return { mainThread: spent / Math.max(1, lengths.length), p95: percentile(lengths, 0.95) }
}

/** A slow page still has moves to make when all are sent: they belong to no later gesture. Runs until the canvas was where it is for so many frames. */
async function standStill(page: Page): Promise<void> {
  await page.evaluate(async frames => {
    const place = () => document.querySelector<HTMLElement>('.react-flow__viewport')?.style.transform
    let last = place()
    for (let still = 0; still < frames; still++) {
      await new Promise(requestAnimationFrame)
      const now = place()
      if (now !== last) still = 0
      last = now
    }
  }, STILL_FRAMES)
}

async function taskMs(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN)
}

/** From the key to the frame in which the block is back. */
function measureUndo(page: Page): Promise<number> {
  return fromKey(page, 'Control+z', () => {
    const moved = document.querySelector<HTMLElement>('.react-flow__node.selected')
    const before = moved?.style.transform
    return () => moved?.style.transform !== before
  })
}

/** Nobody waits longer for an answer to a key, ms. */
const LONGEST_MS = 5000

/**
 * From a key to the frame in which its answer is there, ms. `prepare` runs in the page, is given `arg` and makes what looks for the
 * answer. Throws when it does not come.
 */
export async function fromKey<T extends string>(page: Page, keys: string, prepare: (arg: T) => () => boolean, arg?: T): Promise<number> {
  // All is in place before the key is pressed: the browser hands on keys before it runs what it was sent earlier. As text, for the
  // page's content security policy lets nobody make functions in it.
  await page.evaluate(`(${watchKey.toString()})((${prepare.toString()})(${JSON.stringify(arg)}), ${LONGEST_MS})`)
  await page.keyboard.press(keys)
  return page.evaluate(() => globalThis.watched.answer)
}

/** Runs in the page. */
function watchKey(isThere: () => boolean, longest: number): void {
  globalThis.watched.answer = new Promise((done, fail) => {
    const pressed = ({ key, timeStamp }: KeyboardEvent) => {
      if (key === 'Control') return
      window.removeEventListener('keydown', pressed, { capture: true })
      const look = () => {
        const passed = performance.now() - timeStamp
        if (isThere()) done(passed)
        else if (passed > longest) fail(new Error('The key had no answer.'))
        else requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    }
    window.addEventListener('keydown', pressed, { capture: true })
  })
}

/** Further away, where there are enough of them; a frame is pulled over about 20 blocks. */
async function choose20(page: Page, cdp: CDPSession, canvas: Point & Size): Promise<void> {
  const zoom = () => page.evaluate(() => new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport') ?? document.body).transform).a)
  const middle = { x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height / 2 }
  for (let tries = 0; tries < 120 && Math.abs((await zoom()) - 0.5) > 0.03; tries++)
    await wheel(cdp, middle, { x: 0, y: (await zoom()) > 0.5 ? 4 : -4 }, CONTROL)
  await settle(page)
  const from = await emptyPoint(page, canvas)
  const to = { x: middle.x + canvas.width * 0.4, y: canvas.y + canvas.height * 0.85 }
  await mouse(cdp, 'mousePressed', from)
  for (let step = 1; step <= 8; step++) {
    await mouse(cdp, 'mouseMoved', { x: from.x + ((to.x - from.x) * step) / 8, y: from.y + ((to.y - from.y) * step) / 8 })
    // The page has seen one move before the next: a slow one would take them for a click.
    await page.evaluate(() => new Promise(requestAnimationFrame))
  }
  await mouse(cdp, 'mouseReleased', to)
  await page.waitForFunction(() => document.querySelectorAll('.react-flow__node.selected').length > 5)
}

/** Nearer to its edges than this, px, the canvas moves by itself under a frame that is pulled. */
const EDGE = 60

/** A point near the upper left corner with nothing under it. */
function emptyPoint(page: Page, { x, y, width, height }: Point & Size): Promise<Point> {
  return page.evaluate(
    ([left, top, right, bottom, edge]) => {
      for (let down = top + edge; down < bottom; down += 6) {
        for (let across = left + edge; across < (left + right) / 2; across += 6) {
          const hit = document.elementFromPoint(across, down)
          if (hit?.classList.contains('react-flow__pane')) return { x: across, y: down }
        }
      }
      throw new Error('The canvas is full.')
    },
    [x, y, x + width, y + height, EDGE] as const,
  )
}

/** Where to grab the block nearest to a point: near its upper edge, away from dots. */
function nearest(page: Page, to: Point): Promise<Point> {
  return page.evaluate(({ x, y }) => {
    const boxes = [...document.querySelectorAll('.react-flow__node')].map(node => node.getBoundingClientRect())
    const far = (box: DOMRect) => Math.hypot(box.x + box.width / 2 - x, box.y + box.height / 2 - y)
    const [box] = boxes.sort((one, other) => far(one) - far(other))
    if (!box) throw new Error('No block is drawn.')
    return { x: box.x + box.width / 3, y: box.y + Math.min(20, box.height / 4) }
  }, to)
}

function mouse(cdp: CDPSession, type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', { x, y }: Point): Promise<unknown> {
  return cdp.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', buttons: type === 'mouseReleased' ? 0 : 1, clickCount: 1 })
}

function wheel(cdp: CDPSession, { x, y }: Point, delta: Point, modifiers = 0): Promise<unknown> {
  return cdp.send('Input.dispatchMouseEvent', { type: 'mouseWheel', x, y, deltaX: delta.x, deltaY: delta.y, modifiers })
}

interface Watched {
  /** When the first block was there, ms since navigation. */
  seen: number
  /** When the last task of more than 50 ms ended. */
  busyUntil: number
  times: number[]
  /** How long the last key waited for its answer, ms. */
  answer: Promise<number>
}

declare global {
  var watched: Watched
}

/** Runs in the page before anything else. */
function watch(): void {
  const watched: Watched = { seen: 0, busyUntil: 0, times: [], answer: Promise.resolve(Number.NaN) }
  globalThis.watched = watched
  new PerformanceObserver(list => {
    for (const { startTime, duration } of list.getEntries()) watched.busyUntil = Math.max(watched.busyUntil, startTime + duration)
  }).observe({ type: 'longtask', buffered: true })
  const look = () => {
    const block = document.querySelector('.react-flow__node')
    if (block && getComputedStyle(block).visibility === 'visible' && block.getBoundingClientRect().width > 0) watched.seen = performance.now()
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}
