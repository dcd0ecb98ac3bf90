/** A system under test: a process with a webhook, and what it has used of the machine. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** A running system. */
export interface System {
  readonly name: string
  readonly port: number
  readonly path: string
  readonly secret: string
  /** False for the yardstick, which sends nothing. */
  readonly replies: boolean
  readonly process: ChildProcess
}

/** Starts `node` with `args` and resolves with its first line. */
export async function startProcess(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  ipc = false,
): Promise<{ child: ChildProcess; line: string }> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'pipe', 'inherit', ...(ipc ? (['ipc'] as const) : [])],
  })
  const stdout = child.stdout
  if (!stdout) throw new Error('The process has no output.')
  const lines = createInterface({ input: stdout })
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${args[0]} ended with ${String(code)} before it was ready.`)
  })
  const [line] = await Promise.race([once(lines, 'line'), ended])
  ended.catch(() => {})
  return { child, line: String(line) }
}

/** Ends a process and waits for it. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** Processor time so far (ms) of all threads; NaN where the system does not tell. */
export function cpuMs(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')
    // Ticks of a hundredth of a second: user and system.
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return Number.NaN
  }
}

/** Largest memory so far (MB); NaN where the system does not tell. */
export function peakMb(pid: number | undefined): number {
  try {
    return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]) / 1024
  } catch {
    return Number.NaN
  }
}
