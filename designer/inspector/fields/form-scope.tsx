/** What the fields of a form work on: one block of the draft, and the ways to change it. */
import { createContext, useContext } from 'react'
import type { Abilities, Block, BlockGroup, Flow } from '../../../server/engine/index.ts'
import type { Printable } from './completion.ts'

/** Where an exit leads, as a card shows it. */
export interface Target {
  readonly id: string
  readonly name: string
  readonly icon: string
  readonly group: BlockGroup
}

/** Another block or queue to choose. */
export interface Choice {
  readonly value: string
  readonly label: string
}

/** A form works on one block. `gesture` joins edits of one field into one step of undo. */
export interface FormScope {
  readonly id: string
  readonly block: Block
  readonly flow: Flow
  readonly readOnly: boolean
  /** The language that texts are shown in. */
  readonly language: string
  chooseLanguage(language: string): void
  /** Channels of the connectors that use the flow. */
  readonly channels: readonly Abilities[]
  readonly queues: readonly Choice[]
  readonly printables: readonly Printable[]
  /** Secrets that a call may carry, as a template names them. */
  readonly secrets: readonly Printable[]
  /** Changes one setting; `undefined` removes it. */
  set(at: string, value: unknown): void
  /** Changes the block; the flow is there for what goes beyond one setting. */
  change(change: (block: Block) => Block, gesture?: string): void
  changeFlow(change: (flow: Flow) => Flow, gesture?: string): void
  targetOf(exit: string): Target | undefined
  /** Blocks that an exit may lead to. */
  readonly targets: readonly Choice[]
  connect(exit: string, to: string): void
  /** Types of blocks that may come behind an exit. */
  readonly newTypes: readonly Choice[]
  /** Adds a block of a type below and leads the exit there. The form stays at its own block. */
  addBehind(exit: string, type: string): void
  /** Chooses another block. */
  go(block: string): void
  /** For screen readers. */
  say(text: string): void
}

const Scope = createContext<FormScope | undefined>(undefined)

/** Hands the scope to a form. */
export const FormScopeProvider = Scope.Provider

/** The block a field works on. */
export function useFormScope(): FormScope {
  const scope = useContext(Scope)
  if (!scope) throw new Error('A field is drawn outside of a form.')
  return scope
}
