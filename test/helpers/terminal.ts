/** A terminal for commands under test: what they print is kept, what they read is given. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Command } from '../../server/cli/command.ts'
import { runProgram } from '../../server/cli/program.ts'

/** What a command did. */
export interface CommandResult {
  readonly exit: number
  readonly out: string
  readonly err: string
}

/** What a command finds around it. */
export interface Surroundings {
  readonly folder: string
  readonly environment?: Readonly<Record<string, string>>
  /** What is typed. */
  readonly lines?: readonly string[]
  readonly colours?: boolean
}

/** Runs a command as its command line would. */
export async function runCommand(command: Command, words: readonly string[], surroundings: Surroundings): Promise<CommandResult> {
  const { folder, environment = {}, lines = [], colours = false } = surroundings
  const out: string[] = []
  const err: string[] = []
  const exit = await runProgram([command], [command.name, ...words], {
    environment,
    folder,
    colours,
    interactive: false,
    print: text => out.push(text),
    complain: text => err.push(text),
    lines: async function* () {
      yield* lines
    },
    now: () => Date.UTC(2026, 0, 5, 10),
  })
  return { exit, out: out.join('\n'), err: err.join('\n') }
}

/** A folder of its own with these files; values that are no text are written as JSON. */
export function makeFolder(files: Readonly<Record<string, unknown>> = {}): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'parley-cli-'))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`)
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
