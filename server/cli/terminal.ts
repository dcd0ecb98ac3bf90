/** Where a command reads and writes. Commands know nothing else of the process, so tests give them one of their own. */
import { createInterface } from 'node:readline'

/** Everything a command may use of the machine besides files. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Absolute; paths in arguments are relative to it. */
  readonly folder: string
  /** Colours may be used in what is printed. */
  readonly colours: boolean
  /** A person types; else a script or a pipe does. */
  readonly interactive: boolean
  /** A line for whoever asked. */
  print(text: string): void
  /** A line about what went wrong, apart from the answer. */
  complain(text: string): void
  /** Lines as they are typed, until the end of the input. */
  lines(prompt: string): AsyncIterable<string>
  /** Milliseconds since 1970. */
  now(): number
}

/** The terminal of this process. */
export function openTerminal(): Terminal {
  const { env, stdin, stdout, stderr } = process
  // A reader that has seen enough (`parley export … | head`) is no failure.
  stdout.on('error', error => {
    if (!('code' in error) || error.code !== 'EPIPE') throw error
  })
  return {
    environment: env,
    folder: process.cwd(),
    // https://no-color.org: any value but an empty one.
    colours: stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb',
    interactive: stdin.isTTY === true && stdout.isTTY === true,
    print: text => stdout.write(`${text}\n`),
    complain: text => stderr.write(`${text}\n`),
    lines: prompt => readLines(prompt),
    now: Date.now,
  }
}

async function* readLines(prompt: string): AsyncIterable<string> {
  const { stdin, stdout } = process
  const isTyped = stdin.isTTY === true && stdout.isTTY === true
  const reader = createInterface({ input: stdin, prompt, ...(isTyped ? { output: stdout } : {}) })
  try {
    if (isTyped) reader.prompt()
    for await (const line of reader) {
      yield line
      if (isTyped) reader.prompt()
    }
  } finally {
    reader.close()
  }
}
