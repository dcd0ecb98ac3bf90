/** What is written directly on the canvas: names of blocks and their texts. */
import { type Block, blockTypeOf } from '../../server/engine/index.ts'
import { editWords as words } from '../words/edits.ts'
import type { Command } from './command.ts'
import { withBlock } from './flow-edits.ts'

const LONGEST_LABEL = 120

/** Names a block; an empty name gives it back the name of its type. The id stays (rule 34). */
export const renameBlock: Command<{ readonly block: string; readonly label: string }> = {
  name: 'rename_block',
  group: 'edit',
  label: words.rename,
  keys: ['F2'],
  isAvailable: ({ readOnly }) => !readOnly,
  apply({ flow }, { block: id, label }) {
    const block = flow.blocks[id]
    const name = label.trim().slice(0, LONGEST_LABEL)
    if (!block || (block.label ?? '') === name) return undefined
    const { label: _label, ...rest } = block
    return { flow: withBlock(flow, id, name === '' ? rest : { ...rest, label: name }) }
  },
}

/** A text of a block, in one language. */
export interface WrittenText {
  readonly block: string
  /** The setting, like `text`. */
  readonly setting: string
  readonly language: string
  readonly text: string
}

/** Writes a text of a block. A text for all languages stays one; a text by language gets this one. */
export const writeText: Command<WrittenText> = {
  name: 'write_text',
  group: 'edit',
  label: words.writeText,
  isAvailable: ({ readOnly }) => !readOnly,
  apply({ flow }, { block: id, setting, language, text }) {
    const block = flow.blocks[id]
    const hasSetting = Object.hasOwn(blockTypeOf(block?.type ?? '')?.schema.properties ?? {}, setting)
    if (!block || !hasSetting || readText(block, setting, language) === text) return undefined
    const known = block[setting]
    return { flow: withBlock(flow, id, { ...block, [setting]: isByLanguage(known) ? { ...known, [language]: text } : text }) }
  },
}

/** A block's text in a language, as written; empty when there is none. */
export function readText(block: Block, setting: string, language: string): string {
  const text = block[setting]
  if (isByLanguage(text)) return text[language] ?? ''
  return typeof text === 'string' ? text : ''
}

function isByLanguage(text: unknown): text is Readonly<Record<string, string>> {
  return typeof text === 'object' && text !== null && !Array.isArray(text)
}
