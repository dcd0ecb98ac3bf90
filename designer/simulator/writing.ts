/** What the writing field turns into steps: plain texts, bursts, edits, links, notes, and what the agent says. */
import type { FlowTestStep, Owner } from '../../server/engine/index.ts'

/** Who writes, and what pressing Enter means. */
export type Writing = { readonly who: 'contact'; readonly mode: 'text' | 'burst' | 'edit' | 'link' } | { readonly who: 'agent'; readonly mode: 'text' | 'note' }

/** The steps of a text; none for an empty one, but a link may carry nothing. */
export function stepsOf(text: string, writing: Writing, owner: Owner): readonly FlowTestStep[] {
  const written = text.trim()
  if (writing.who === 'contact' && writing.mode === 'link') return [{ start: written }]
  if (written === '') return []
  if (writing.who === 'agent') {
    const does: FlowTestStep = writing.mode === 'note' ? { agent: { note: written } } : { agent: { say: written } }
    // Whoever speaks as the agent has taken the conversation.
    return owner === 'agent' ? [does] : [{ agent: 'join' }, does]
  }
  if (writing.mode === 'edit') return [{ edit: written }]
  if (writing.mode === 'text') return [{ customer: written }]
  const parts = written
    .split('\n')
    .map(part => part.trim())
    .filter(part => part !== '')
  return parts.length > 1 ? [{ burst: parts }] : [{ customer: written }]
}

/** The step of a file somebody chose; its bytes stay on their machine. */
export function stepOfFile({ name, type, size }: { readonly name: string; readonly type: string; readonly size: number }, caption: string): FlowTestStep {
  const kind = (['image', 'audio', 'video'] as const).find(known => type.startsWith(`${known}/`)) ?? 'file'
  return { send: { ...(caption === '' ? {} : { text: caption }), [kind]: { name: name.slice(0, 255), ...(type === '' ? {} : { mime: type }), size } } }
}
