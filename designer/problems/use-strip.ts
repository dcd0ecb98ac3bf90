/** How much of the strip is shown; it is remembered in this browser. */
import { useState } from 'react'

/** From one line to half of the page. */
export const STRIP_SIZES = ['line', 'some', 'half'] as const

/** How much is shown. */
export type StripSize = (typeof STRIP_SIZES)[number]

const KEY = 'parley.problems'

/** The size, and a way to change it. Until somebody chose one it is a line, and opens once, with the first problem. */
export function useStripSize(hasProblems: boolean): readonly [StripSize, (size: StripSize) => void] {
  const [size, setSize] = useState(readSize)
  const [wasNeeded, setNeeded] = useState(hasProblems)
  if (hasProblems && !wasNeeded) setNeeded(true)
  const choose = (next: StripSize) => {
    setSize(next)
    try {
      localStorage.setItem(KEY, next)
    } catch {
      // A browser that keeps nothing shows the usual size the next time.
    }
  }
  return [size ?? (wasNeeded ? 'some' : 'line'), choose]
}

function readSize(): StripSize | undefined {
  try {
    const kept = localStorage.getItem(KEY)
    return STRIP_SIZES.find(size => size === kept)
  } catch {
    return undefined
  }
}
