/** Asks the worker for a layout. There is one for the page; it is started by the first question, or before it when the page is idle. */
import type { ArrangeAnswer, ArrangeQuestion } from './arrange-worker.ts'
import type { Drawing } from './drawing.ts'
import type { Place } from './flow-edits.ts'

interface Asked {
  tell(places: ReadonlyMap<string, Place>): void
  fail(error: Error): void
}

let worker: Worker | undefined
let number = 0
const asked = new Map<number, Asked>()

/** New places for a drawing. Rejects when the worker cannot be loaded. */
export function arrangeAside(drawing: Drawing): Promise<ReadonlyMap<string, Place>> {
  const to = startArranging()
  return new Promise((tell, fail) => {
    const question: ArrangeQuestion = { number: ++number, drawing }
    asked.set(question.number, { tell, fail })
    to.postMessage(question)
  })
}

/** Starts the worker, so that the first layout does not wait for its script. */
export function startArranging(): Worker {
  if (worker) return worker
  const started = new Worker(new URL('./arrange-worker.ts', import.meta.url), { type: 'module' })
  worker = started
  started.addEventListener('message', ({ data }: MessageEvent<ArrangeAnswer>) => {
    asked.get(data.number)?.tell(data.places)
    asked.delete(data.number)
  })
  started.addEventListener('error', ({ message }) => {
    // A worker that could not be loaded never answers; the next question starts another one.
    started.terminate()
    worker = undefined
    for (const { fail } of asked.values()) fail(new Error(message))
    asked.clear()
  })
  return started
}
