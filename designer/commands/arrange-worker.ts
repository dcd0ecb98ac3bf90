/** Lays out off the main thread: a thousand blocks take longer than a page may stand still. */
import { arrange } from './arrange.ts'
import type { Drawing } from './drawing.ts'
import type { Place } from './flow-edits.ts'

/** What the worker is asked. */
export interface ArrangeQuestion {
  readonly number: number
  readonly drawing: Drawing
}

/** What it answers. */
export interface ArrangeAnswer {
  readonly number: number
  readonly places: ReadonlyMap<string, Place>
}

self.addEventListener('message', ({ data }: MessageEvent<ArrangeQuestion>) => {
  const answer: ArrangeAnswer = { number: data.number, places: arrange(data.drawing) }
  self.postMessage(answer)
})
