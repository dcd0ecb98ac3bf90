/** The draft that is open in the editor: what every part of the editor reads, and the one way to change it. */
import type { Flow, Problem } from '../../server/engine/index.ts'
import type { Command, EditorView, Selection } from '../commands/command.ts'

/** Where the draft stands against the server. `offline`: kept in this browser and sent later. */
export type SaveState = 'saved' | 'unsaved' | 'saving' | 'offline' | 'conflict' | 'refused'

/** The open draft. Only `run`, `edit` and `choose` change it; every edit can be undone, one step a gesture. */
export interface Draft {
  readonly id: string
  readonly flow: Flow
  readonly selection: Selection
  readonly problems: readonly Problem[]
  readonly saveState: SaveState
  readonly readOnly: boolean
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** What commands look at, as it is now. */
  view(): EditorView
  /** Runs a command; false when it is not available or changes nothing. */
  run<Args>(command: Command<Args>, args: Args): boolean
  /**
   * Changes the flow directly, for forms and inline texts. Edits with the same `gesture` within a moment are one step of undo
   * (typing in a field, dragging).
   */
  edit(change: (flow: Flow) => Flow, gesture?: string): void
  choose(selection: Partial<Selection>): void
  undo(): void
  redo(): void
}
