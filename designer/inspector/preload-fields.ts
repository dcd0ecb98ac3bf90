/** What the forms load when it is first used. */
import { latePatterns, lateSelect, lateTrying, PreviewBody } from './fields/index.ts'

/** Loads it before. */
export async function preloadFields(): Promise<void> {
  await Promise.all([lateSelect.load(), PreviewBody.preload(), lateTrying.load(), latePatterns.load()])
}
