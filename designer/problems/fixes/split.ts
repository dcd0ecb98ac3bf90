/** Splits a text that is too long for a channel into messages, where it reads best. */
import { type Flow, splitText, type Text } from '../../../server/engine/index.ts'
import { blockViewOf } from '../../blocks/index.ts'
import { addBlock, type Edit, type EditorView, withBlock } from '../../commands/index.ts'
import { words } from '../../words/en.ts'
import { belowBlock, type Fixer } from './fix.ts'

/** Blocks that only say their text: what follows can be said by a message behind them. */
const SAYING: ReadonlySet<string> = new Set(['message', 'greeting'])

/** Puts what does not fit into messages behind the block. Buttons and files stay with the first part. */
export const splitLongText: Fixer = (problem, { view, channels }) => {
  const { block: id } = problem
  const block = id === undefined ? undefined : view.flow.blocks[id]
  const most = Math.min(...channels.map(({ text }) => text))
  if (id === undefined || !block || !SAYING.has(block.type) || !/^\/text(\/|$)/.test(belowBlock(problem)) || !Number.isFinite(most)) return undefined
  const parts = splitByLanguage(block.text as Text | undefined, most)
  return parts.length < 2 ? undefined : { label: words.problems.split, apply: now => say(now, id, parts) }
}

/** The parts of a text; each is a text of the same languages as far as they reach. */
export function splitByLanguage(text: Text | undefined, most: number): readonly Text[] {
  if (text === undefined) return []
  if (typeof text === 'string') return splitText(text, most)
  const parts: Record<string, string>[] = []
  for (const [language, own] of Object.entries(text)) {
    for (const [place, part] of splitText(own, most).entries()) parts[place] = { ...parts[place], [language]: part }
  }
  return parts
}

function say(view: EditorView, id: string, parts: readonly Text[]): Edit | undefined {
  const [first, ...rest] = parts
  const block = view.flow.blocks[id]
  if (!block || first === undefined) return undefined
  let flow: Flow = withBlock(view.flow, id, { ...block, text: first })
  let last = id
  for (const text of rest) {
    const added = addBlock.apply(
      { ...view, flow },
      { block: { ...blockViewOf('message')?.fresh(), type: 'message', text }, from: { block: last, exit: 'next' } },
    )
    const [made] = added?.selection?.blocks ?? []
    if (!added || made === undefined) return undefined
    flow = added.flow
    last = made
  }
  return { flow }
}
