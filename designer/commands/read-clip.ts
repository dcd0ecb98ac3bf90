/** Reads what is pasted. The reader of flow files is large, so the canvas loads this when somebody pastes. */
import { type Flow, parseFlow } from '../../server/engine/index.ts'

/** A clip, or a whole flow file, from pasted text; undefined for any other text. */
export function readClip(text: string): Flow | undefined {
  if (!text.trimStart().startsWith('{')) return undefined
  const parsed = parseFlow(text)
  return parsed.ok ? parsed.flow : undefined
}
