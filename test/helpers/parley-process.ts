/** `parley` as a process of its own, built as for production. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buildServer } from '../../server/build.ts'

/** A build in a folder of its own, below the project so that packages are found. */
export interface BuiltParley {
  readonly folder: string
  remove(): Promise<void>
}

/** Builds server and command line; without the pages, which take longer and are tested elsewhere. */
export async function buildParley(): Promise<BuiltParley> {
  mkdirSync('dist', { recursive: true })
  const folder = await mkdtemp(resolve('dist/test-'))
  await buildServer(folder)
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** A started process. */
export interface ParleyProcess {
  readonly child: ChildProcess
  /** What it wrote so far. */
  output(): string
  errors(): string
  /** Resolves with the address in the greeting, that of a chat if there is one; rejects when the process ends before. */
  readonly chat: Promise<string>
  /** The exit code; null after a signal. */
  readonly ended: Promise<number | null>
}

/** Starts `parley` with these arguments. Nothing of the test's own environment reaches it but the path. */
export function startParley(
  built: BuiltParley,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  nodeArgs: readonly string[] = [],
): ParleyProcess {
  const child = spawn(process.execPath, [...nodeArgs, join(built.folder, 'parley.mjs'), ...args], {
    cwd: built.folder,
    env: { PATH: process.env.PATH ?? '', ...environment },
  })
  let output = ''
  let errors = ''
  const greeting = deferred<string>()
  const ended = new Promise<number | null>(resolveEnd => child.once('close', code => resolveEnd(code)))
  child.stdout.setEncoding('utf8').on('data', text => {
    output += text
    const address = /^Parley runs.* (http\S+)$/m.exec(output)?.[1]
    if (address !== undefined) greeting.resolve(address)
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    errors += text
  })
  void ended.then(code => greeting.reject(new Error(`parley ended with ${code} before it was ready: ${errors}`)))
  // Only those who wait for it hear of the failure.
  greeting.promise.catch(() => undefined)
  return { child, output: () => output, errors: () => errors, chat: greeting.promise, ended }
}

/** A folder for data that goes away with `remove`. */
export async function makeDataDir(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'parley-data-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (error: Error) => void } {
  let resolve: (value: T) => void = () => {}
  let reject: (error: Error) => void = () => {}
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
