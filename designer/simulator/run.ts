/** The run of the simulator as data: what the canvas lights, and nothing of how it was played. */
import { create } from 'zustand'
import type { ValueRow } from './values.ts'

/** A way that was taken, in the order of the run. */
export interface LitExit {
  readonly block: string
  /** Absent where the flow ended in the block. */
  readonly exit?: string
  /** Why it was taken, for the person who drew the flow; '' when there is nothing to say. */
  readonly why: string
  /** Counts the turns of the run from 1; the canvas moves along those of the last turn. */
  readonly turn: number
}

/** Where the run stands. */
export interface RunningBlock {
  readonly block: string
  /** What it waits for, as the tag says it: "5 min left". */
  readonly tag: string
}

/** What saved tests passed and what none of them did. Exits are `block.exit`. */
export interface Coverage {
  readonly coveredBlocks: ReadonlySet<string>
  readonly missedBlocks: ReadonlySet<string>
  readonly coveredExits: ReadonlySet<string>
  readonly missedExits: ReadonlySet<string>
}

/** A run, ready to be drawn. Objects stay the same as long as what they hold does. */
export interface Run {
  /** Something was played; false before the first message and after a restart. */
  readonly isActive: boolean
  /** Ids of the blocks passed since the flow last began, the running one too. */
  readonly visited: ReadonlySet<string>
  /** Every way taken since the flow last began. */
  readonly path: readonly LitExit[]
  /** `block.exit` to why it was taken last. */
  readonly litExits: ReadonlyMap<string, string>
  readonly running: RunningBlock | undefined
  /** Number of the last turn; 0 before the first. */
  readonly turn: number
  /** Variables and contact fields, with what the last turn changed. */
  readonly values: readonly ValueRow[]
  /** The block whose line is hovered or focused in the chat. */
  readonly pointed: string | undefined
  /** What saved tests pass, while the tests panel shows it. */
  readonly coverage: Coverage | undefined
}

/** Nothing runs. */
export const NO_RUN: Run = {
  isActive: false,
  visited: new Set(),
  path: [],
  litExits: new Map(),
  running: undefined,
  turn: 0,
  values: [],
  pointed: undefined,
  coverage: undefined,
}

const runStore = create<Run>(() => NO_RUN)

/** What the canvas reads of the run: `useRun(run => run.litExits.has('topic.order'))`. Renders only when the chosen part changes. */
export function useRun<T>(choose: (run: Run) => T): T {
  return runStore(choose)
}

/** Shows a part of the run; for the simulator only. */
export function showRun(change: Partial<Run>): void {
  runStore.setState(change)
}
