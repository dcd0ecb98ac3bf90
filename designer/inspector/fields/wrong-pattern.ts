/** Patterns as the engine reads them. */
import { compilePattern } from '../../../server/engine/index.ts'

/** What is wrong with a pattern, in plain words; undefined when nothing is. */
export function wrongPattern(source: string): string | undefined {
  const compiled = compilePattern(source)
  return compiled.ok ? undefined : compiled.message
}
