/** The contract of a command: everything about it in one file. */
import type { Terminal } from './terminal.ts'

/** What a command ends with. 0: done. 1: it found problems. 2: it was called wrongly. 3: it cannot reach the server or the store. */
export type ExitCode = 0 | 1 | 2 | 3

/** How a command was called. */
export interface Call {
  readonly words: readonly string[]
  /** By their long name in camel case; a flag is true. */
  readonly options: Readonly<Record<string, string | true | undefined>>
  readonly terminal: Terminal
}

/** A command of `parley`. To add one, write its file and a line in `index.ts`. */
export interface Command {
  readonly name: string
  /** A line for the list of commands. */
  readonly summary: string
  /** What the help says below it. */
  readonly details?: string
  /** As the usage line has it, like `<files...>`, with what it means. */
  readonly words?: readonly [usage: string, meaning: string]
  readonly options: readonly (readonly [flags: string, meaning: string])[]
  /** Whole command lines, shown at the end of the help. */
  readonly examples: readonly string[]
  run(call: Call): Promise<ExitCode>
}

/** The option that every command with an answer has. */
export const JSON_OPTION = ['--json', 'answer with one JSON value, for scripts'] as const
