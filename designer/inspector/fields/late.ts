/** What forms load when it is first used. */
import { lazyCode } from '../../shell/part.tsx'

/** Tries a sentence on the real engine. */
export const lateTrying = lazyCode(() => import('./try-block.ts'))
/** A choice from many, found by typing. */
export const lateSelect = lazyCode(() => import('./FullSelect.tsx'))
/** Says what is wrong with a pattern. */
export const latePatterns = lazyCode(() => import('./wrong-pattern.ts'))
