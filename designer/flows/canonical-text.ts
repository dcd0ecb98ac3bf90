/** A flow as its file is written. Reader and printer come with the engine, which the list loads for this alone. */
import { parseFlow, printFlow } from '../../server/engine/index.ts'

/** The canonical text; as it came where this release cannot read it. */
export function canonicalText(file: unknown): string {
  const parsing = parseFlow(JSON.stringify(file))
  return parsing.ok ? printFlow(parsing.flow) : JSON.stringify(file, null, 2)
}
