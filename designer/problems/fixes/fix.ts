/** A fix of a problem: a verb, and the edit it does. Plain data in and out, so that fixes are tested without a browser. */
import type { Abilities, Problem } from '../../../server/engine/index.ts'
import type { Edit, EditorView } from '../../commands/index.ts'

/** What a fix may look at. */
export interface Setting {
  readonly view: EditorView
  /** Channels of the connectors that use the flow. */
  readonly channels: readonly Abilities[]
}

/** A fix that is obvious enough to offer. `apply` is undefined for one that a person does: it only leads there. */
export interface Fix {
  /** As the button says it: "Connect to Goodbye". */
  readonly label: string
  readonly apply: ((view: EditorView) => Edit | undefined) | undefined
  /** Several answers are as good: a menu of them, made when it is opened. */
  readonly choices?: () => readonly FixChoices[]
}

/** A part of the menu of a fix. */
export interface FixChoices {
  readonly title: string
  readonly fixes: readonly Fix[]
}

/** Offers a fix for problems of one kind, or nothing where it is not obvious. */
export type Fixer = (problem: Problem, setting: Setting) => Fix | undefined

/** The part of a problem's place below its block: `/exits/next`. */
export function belowBlock({ at, block }: Problem): string {
  return block === undefined ? at : at.slice(`/blocks/${block}`.length)
}

/** Where a text by language or an entry of a list begins: the last part of a place. */
export function lastPart(at: string): string {
  return at.slice(at.lastIndexOf('/') + 1)
}
