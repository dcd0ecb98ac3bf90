/** Reads a copy of unsaved edits. The reader of flow files is large and a copy is rare, so it is loaded for one. */
import { parseFlow } from '../../server/engine/index.ts'
import { type CopyStorage, type KeptCopy, readCopyText } from './kept-copy.ts'

/** The copy of a flow; undefined when there is none that can be read. */
export function readCopy(storage: CopyStorage, id: string): KeptCopy | undefined {
  const copy = parsed(readCopyText(storage, id))
  if (typeof copy !== 'object' || copy === null || !('flow' in copy) || !('base' in copy) || !('etag' in copy)) return undefined
  const flow = parseFlow(copy.flow)
  const base = parseFlow(copy.base)
  if (!flow.ok || !base.ok || typeof copy.etag !== 'string' || flow.flow.id !== id) return undefined
  return { flow: flow.flow, base: base.flow, etag: copy.etag }
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
