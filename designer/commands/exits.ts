/** The exits of a block as the canvas shows them: those of its type in reading order, then what only the file knows. */
import { type Block, blockTypeOf, nameBlock } from '../../server/engine/index.ts'

/** A way out of a block. `stray`: connected, but the type has no such exit (any more). */
export interface ShownExit {
  readonly name: string
  /** As people read it. */
  readonly label: string
  readonly needed: boolean
  readonly stray: boolean
  readonly to: string | undefined
}

const known = new WeakMap<Block, readonly ShownExit[]>()

/** Exits of a block; the same array for the same block. */
export function exitsOf(block: Block): readonly ShownExit[] {
  const shown = known.get(block) ?? readExits(block)
  known.set(block, shown)
  return shown
}

/** A block's name in lists and sentences: its label, else its type, with a number where several have the same. */
export const nameOf = nameBlock

/** The name on a block itself: its label, else the title of its type. */
export function nameOfBlock(block: Block): string {
  const label = block.label?.trim()
  if (label) return label
  return blockTypeOf(block.type)?.title ?? block.type
}

/** The exit that a new connection takes when nobody chose one: the first free one, `error` never. */
export function firstFreeExit(block: Block): string | undefined {
  return exitsOf(block).find(exit => exit.to === undefined && exit.name !== 'error')?.name
}

/** Whether a connection may arrive at a block; entries begin by themselves. */
export function takesConnections(block: Block): boolean {
  return blockTypeOf(block.type)?.entry !== true
}

function readExits(block: Block): readonly ShownExit[] {
  const own = blockTypeOf(block.type)?.exits(block) ?? []
  const leads = block.exits ?? {}
  const shown: ShownExit[] = own.map(({ name, needed, label }) => ({ name, label: label || name.replaceAll('_', ' '), needed, stray: false, to: leads[name] }))
  const names = new Set(own.map(exit => exit.name))
  for (const [name, to] of Object.entries(leads)) {
    if (!names.has(name)) shown.push({ name, label: name.replaceAll('_', ' '), needed: false, stray: name !== 'error', to })
  }
  return shown
}
