/** What the forms load when it is first used. */
import { latePatterns, lateTrying, PreviewBody } from './fields/index.ts'

/** Loads it before. */
export async function preloadFields(): Promise<void> {
  await Promise.all([PreviewBody.preload(), lateTrying.load(), latePatterns.load()])
}
