/** An edit of the flow, used alike by menu, key, toolbar, palette and undo (house rule: one file an edit). */
import type { Flow, Problem } from '../../server/engine/index.ts'

/** A way out of a block, chosen on the canvas. */
export interface ChosenExit {
  readonly block: string
  readonly exit: string
}

/** What is chosen on the canvas: blocks, connections (by the exit they leave from), notes and frames. */
export interface Selection {
  readonly blocks: readonly string[]
  readonly connections: readonly ChosenExit[]
  readonly notes: readonly string[]
  readonly frames: readonly string[]
}

/** What a command may look at. Plain data: commands are tested without a browser. */
export interface EditorView {
  readonly flow: Flow
  readonly selection: Selection
  readonly problems: readonly Problem[]
  /** Where the pointer was last on the canvas, in flow coordinates; undefined before it was there. */
  readonly pointer: readonly [number, number] | undefined
  /** Sizes of blocks as drawn, for layout; blocks not drawn yet are absent. */
  readonly sizes: ReadonlyMap<string, readonly [number, number]>
  readonly readOnly: boolean
}

/** What an edit leads to. `flow` unchanged (same object) means that only the selection changes. */
export interface Edit {
  readonly flow: Flow
  readonly selection?: Selection
  /** What a screen reader hears and a toast may say: "Deleted Topic". */
  readonly said?: string
}

/** Groups of the menu and the command palette. */
export type CommandGroup = 'edit' | 'add' | 'arrange' | 'go' | 'view' | 'flow'

/** What menus, keys and the palette show of a command. */
export interface CommandFace {
  /** Stable, snake_case, the name of its file. */
  readonly name: string
  readonly group: CommandGroup
  /** As menus and the palette say it. */
  readonly label: string
  /** Mantine hotkey syntax, e.g. `mod+D`; the first one is shown. */
  readonly keys?: readonly string[]
  isAvailable(view: EditorView): boolean
  /** The block that then gets the focus without being chosen: what was chosen is gone, and the same key again must not take its neighbour. */
  focusAfter?(view: EditorView): string | undefined
}

/** A command. `apply` is pure: flow in, flow out; undefined when there is nothing to do. */
export interface Command<Args = undefined> extends CommandFace {
  apply(view: EditorView, args: Args): Edit | undefined
}

/** A command whose edit takes too long for the page: `plan` works it out aside, and the command that comes of it makes the edit in one step. */
export interface PlannedCommand extends CommandFace {
  plan(view: EditorView): Promise<Command>
}

/** Nothing chosen. */
export const NOTHING_CHOSEN: Selection = { blocks: [], connections: [], notes: [], frames: [] }
