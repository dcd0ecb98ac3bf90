/** What forms load when it is first used: the engine that runs, templates and patterns. */
import { lazyCode } from '../../shell/part.tsx'

/** Tries a sentence on the real engine. */
export const lateTrying = lazyCode(() => import('./try-block.ts'))
/** Says what is wrong with a pattern. */
export const latePatterns = lazyCode(() => import('./wrong-pattern.ts'))
