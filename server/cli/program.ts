/** Reads a command line, runs its command and answers the exit code. */
import { CommanderError, Command as Program } from 'commander'
import { RELEASE } from '../engine/index.ts'
import type { Command, ExitCode } from './command.ts'
import { exitCodeOf, sayError, showError } from './errors.ts'
import type { Terminal } from './terminal.ts'

const EXIT_CODES = `
Exit codes: 0 done, 1 problems were found, 2 wrong usage, 3 the server or the store cannot be reached.`

/** Runs one of the commands. Whatever goes wrong is a sentence on standard error (with --json an object on standard output) and an exit code. */
export async function runProgram(commands: readonly Command[], words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let exit: ExitCode = 0
  const program = new Program('parley')
    .description('Draws, runs and versions chat flows. This is its command line.')
    .version(RELEASE, '-V, --version', 'print the release')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: text => terminal.print(text.trimEnd()),
      writeErr: text => terminal.complain(text.trimEnd()),
      outputError: (text, write) => write(text.replace(/^error: /, 'parley: ')),
      getOutHasColors: () => terminal.colours,
    })
    .addHelpText(
      'after',
      `${EXIT_CODES}\n\nExamples:\n${commands.flatMap(command => command.examples.slice(0, 1).map(example => `  $ ${example}`)).join('\n')}`,
    )
  for (const command of commands) {
    addCommand(program, command, async (given, options) => {
      exit = await runCommand(command, given, options, terminal)
    })
  }
  try {
    if (words.length === 0) program.outputHelp()
    else await program.parseAsync([...words], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // Help and version were asked for; all else that the reader throws is about how it was called.
    exit = error.exitCode === 0 ? 0 : 2
  }
  return exit
}

function addCommand(
  program: Program,
  command: Command,
  run: (words: readonly string[], options: Readonly<Record<string, string | true>>) => Promise<void>,
): void {
  const added = program
    .command(command.name)
    .summary(command.summary)
    .description([`${command.summary[0]?.toUpperCase()}${command.summary.slice(1)}.`, command.details].filter(Boolean).join('\n\n'))
    .addHelpText('after', `${EXIT_CODES}\n\nExamples:\n${command.examples.map(example => `  $ ${example}`).join('\n')}`)
    .showHelpAfterError(`(parley ${command.name} --help shows how it is called)`)
  if (command.words) added.argument(...command.words)
  for (const [flags, meaning] of command.options) added.option(flags, meaning)
  // What commander hands over is as declared above: words, then the values of the options.
  added.action((...given: unknown[]) => {
    const words = command.words ? [given[0]].flat().filter(word => typeof word === 'string') : []
    return run(words, added.opts())
  })
}

async function runCommand(command: Command, words: readonly string[], options: Readonly<Record<string, string | true>>, terminal: Terminal): Promise<ExitCode> {
  try {
    return await command.run({ words, options, terminal })
  } catch (error) {
    if (options.json) terminal.print(JSON.stringify(showError(error), null, 2))
    else terminal.complain(`parley: ${sayError(error)}`)
    if (terminal.environment.PARLEY_DEBUG && error instanceof Error) terminal.complain(error.stack ?? error.message)
    return exitCodeOf(error)
  }
}
