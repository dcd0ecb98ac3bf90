/** Ids of cases and choices: made from what people write, stable afterwards, and exits that follow when one is renamed. */
import type { Block } from '../../../server/engine/index.ts'

const ID = /^[a-z][a-z0-9_]{0,39}$/

/** Names that exits of some block type have by themselves: no case may take one. */
export const RESERVED_EXITS: readonly string[] = ['next', 'else', 'timeout', 'unsure', 'error']

/** Whether it is an id as the file takes it. */
export function isId(text: string): boolean {
  return ID.test(text)
}

/** What was typed for a name that is kept as an id: "order number" is `order_number`. It may still be none; `isId` tells. */
export function typedId(typed: string): string {
  return typed
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
}

/** An id made of words: "Where is my order?" is `where_is_my_order`. '' when nothing of it can be one. */
export function idFrom(words: string): string {
  return words
    .toLowerCase()
    .normalize('NFKD')
    .replace(/ß/g, 'ss')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)
    .replace(/_+$/, '')
}

/** An id that is not taken, made of words; `otherwise` for words that make none, like those of another script. */
export function freshId(words: string, taken: readonly string[], otherwise: string): string {
  const base = idFrom(words) || otherwise
  if (!taken.includes(base)) return base
  const stem = base.slice(0, 36).replace(/_\d+$/, '')
  for (let number = 2; ; number++) if (!taken.includes(`${stem}_${number}`)) return `${stem}_${number}`
}

/** The block with an exit of another name; what it led to stays. */
export function withRenamedExit(block: Block, from: string, to: string): Block {
  const target = block.exits?.[from]
  if (target === undefined || from === to) return block
  const { [from]: _old, ...others } = block.exits ?? {}
  return { ...block, exits: { ...others, [to]: target } }
}

/** The block without a connection of an exit. */
export function withoutExit(block: Block, exit: string): Block {
  if (block.exits?.[exit] === undefined) return block
  const { [exit]: _old, ...others } = block.exits
  const { exits: _exits, ...rest } = block
  return Object.keys(others).length === 0 ? rest : { ...rest, exits: others }
}

/** A list with one entry at another place; the same list when there is no such place. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const entry = list[from]
  if (entry === undefined || to < 0 || to >= list.length || from === to) return list
  const rest = list.filter((_, place) => place !== from)
  return [...rest.slice(0, to), entry, ...rest.slice(to)]
}
