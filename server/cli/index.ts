/** The command line `parley`: the list of its commands. To add one, write its file and a line here. */
import type { Command } from './command.ts'
import { exportFlows } from './export.ts'
import { format } from './format.ts'
import { importFlows } from './import.ts'
import { runProgram } from './program.ts'
import { publish } from './publish.ts'
import { simulate } from './simulate.ts'
import { openTerminal } from './terminal.ts'
import { test } from './test.ts'
import { validate } from './validate.ts'

const serve: Command = {
  name: 'serve',
  summary: 'start the server',
  details: 'It is set up by the environment: HOST, PORT (3000), DATA_DIR (./data), PUBLIC_URL, API_KEY, SECRET_KEY, LOG_LEVEL. Stop it with Ctrl+C.',
  options: [],
  examples: ['parley serve', 'PORT=8080 DATA_DIR=/srv/parley API_KEY=… parley serve'],
  // Loaded late: the others need neither the server nor the time it takes to load.
  run: async ({ terminal }) => ((await (await import('./serve.ts')).serve(terminal.environment)) === 0 ? 0 : 1),
}

const COMMANDS: readonly Command[] = [serve, validate, format, test, simulate, exportFlows, importFlows, publish]

process.exitCode = await runProgram(COMMANDS, process.argv.slice(2), openTerminal())
