import type { ReactNode } from 'react'

/** A return is its name. */
export function Face(): ReactNode {
  return null
}
