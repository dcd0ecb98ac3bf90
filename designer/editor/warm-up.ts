/** Loads what will probably be needed next while nothing else is to be done, so that it shows at once when it is. */
import { preloadParts } from './parts.ts'

/** Begins when everything that drawing needs is in the page; the answer stops it. */
export function warmUpWhenIdle(): () => void {
  let isStopped = false
  const goOn = (steps: readonly (() => Promise<unknown>)[]) => {
    const [step, ...rest] = steps
    if (isStopped || !step) return
    whenIdle(() => {
      // What cannot be loaded now is loaded when somebody asks for it, and says so then.
      if (!isStopped)
        void step().then(
          () => goOn(rest),
          () => goOn(rest),
        )
    })
  }
  void preloadParts().then(
    () => goOn([async () => goOn((await import('./warm.ts')).WARM)]),
    () => {},
  )
  return () => {
    isStopped = true
  }
}

/** Safari has no word for it. */
function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(run)
  else setTimeout(run, 300)
}
