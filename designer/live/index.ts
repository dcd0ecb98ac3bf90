/** What others may use of the live view. Conversations need its small parts alone, so the view itself is loaded when it is shown. */
import { lazy } from 'react'

export { ShownFlow } from './ShownFlow.tsx'
export { useVersion } from './use-version.ts'
export const Live = lazy(async () => ({ default: (await import('./Live.tsx')).Live }))
