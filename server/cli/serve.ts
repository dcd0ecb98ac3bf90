/** `parley serve`: starts the server and keeps it until it is told to stop. */
import { startServer } from '../main.ts'
import { readSettings, WrongSettings } from '../settings.ts'
import { explainFailure } from './start-failure.ts'

/** Runs until SIGTERM or SIGINT; resolves with the exit code. Whatever keeps it from starting is one clear line on standard error. */
export async function serve(environment: Readonly<Record<string, string | undefined>>): Promise<number> {
  try {
    const server = await startServer(readSettings(environment))
    process.stdout.write(`${server.greeting}\n`)
    await stopSignal()
    await server.close()
    return 0
  } catch (error) {
    const lines = error instanceof WrongSettings ? error.lines : [explainFailure(error)]
    for (const line of lines) process.stderr.write(`parley: ${line}\n`)
    return 1
  }
}

/** Resolves at the first signal; the second one ends the process at once, for somebody who cannot wait for the drain. */
function stopSignal(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1))
        resolve()
      })
    }
  })
}
