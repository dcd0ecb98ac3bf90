import type { ReactNode } from 'react'

/** A return has nothing to set. */
export function Form(): ReactNode {
  return null
}
