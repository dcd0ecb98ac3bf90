/** The canvas beside a bare React Flow page with the same graph, round by round. */
import type { Browser } from 'playwright'
import { launchBrowser } from '../../helpers/browser.ts'
import { makeFlow } from './flow.ts'
import { type Graph, graphOf } from './graph.ts'
import { measureLinted } from './linted.ts'
import { type ServedPage, serveBare, serveDesigner } from './pages.ts'
import { GESTURES, measureVisit, openPage, type Size, type Visit } from './visit.ts'

/** How much is measured. */
export interface CanvasRun {
  readonly rounds: number
  /** Moves of a gesture. */
  readonly frames: number
  readonly keys: number
}

/** Visits by round. */
export interface CanvasFigures {
  readonly blocks: number
  readonly designer: readonly Visit[]
  readonly bare: readonly Visit[]
  /** Key to linted, ms. */
  readonly linted: readonly number[]
}

const BLOCKS = 1000
const WINDOW = { width: 1440, height: 900 }

/** Builds both pages and visits them in turns. */
export async function measureCanvas({ rounds, frames, keys }: CanvasRun, tell: (line: string) => void): Promise<CanvasFigures> {
  const flow = makeFlow(BLOCKS)
  const opened: { close(): Promise<void> }[] = []
  const open = async <T extends { close(): Promise<void> }>(made: Promise<T>): Promise<T> => {
    opened.unshift(await made)
    return made
  }
  try {
    const browser = await open(launchBrowser())
    const designer = await open(serveDesigner(flow))
    // The bare page is as large as the canvas in the editor and shows the same part of the flow.
    const { size, viewport } = await seenPart(browser, designer)
    const bare = await open(serveBare(graphOf(flow, viewport)))
    const visits = { designer: [] as Visit[], bare: [] as Visit[] }
    for (let round = 0; round < rounds; round++) {
      tell(`canvas, round ${round + 1} of ${rounds}`)
      const turns = [
        async () => visits.designer.push(await measureVisit(browser, designer, WINDOW, frames)),
        async () => visits.bare.push(await measureVisit(browser, bare, size, frames)),
      ]
      // Whoever is first in one round is second in the next.
      for (const visit of round % 2 === 0 ? turns : turns.reverse()) await visit()
    }
    return { blocks: BLOCKS, ...visits, linted: await measureLinted(browser, designer, WINDOW, keys) }
  } finally {
    for (const part of opened) await part.close()
  }
}

async function seenPart(browser: Browser, designer: ServedPage): Promise<{ readonly size: Size; readonly viewport: Graph['viewport'] }> {
  const page = await openPage(browser, designer, WINDOW)
  const canvas = await page.locator('.react-flow').boundingBox()
  if (!canvas) throw new Error('There is no canvas in the editor.')
  const viewport = await page.evaluate(() => {
    const { a, e, f } = new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport') ?? document.body).transform)
    return { x: e, y: f, zoom: a }
  })
  await page.context().close()
  return { size: { width: Math.round(canvas.width), height: Math.round(canvas.height) }, viewport }
}

export { GESTURES }
