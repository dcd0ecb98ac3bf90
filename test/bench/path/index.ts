/** Webhook to reply: Parley's server process beside bots and a bare Express handler, in turns, so that a busy machine is the same for all. */
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectBot, freePort, startParley } from '../../helpers/server-process.ts'
import { FLOW } from '../scenario.ts'
import type { Replies } from './fake-api.ts'
import { createReplyBoard, type Measured, putLoad } from './load.ts'
import { cpuMs, endProcess, peakMb, type System, startProcess } from './system.ts'

/** How much is measured. */
export interface PathSize {
  readonly rounds: number
  readonly updates: number
  readonly oneAtATime: number
  readonly warmUp: number
}

/** What was measured of one system; times in ms. */
export interface PathFigures {
  readonly name: string
  /** Of each round with 64 in flight. */
  readonly perSecond: readonly number[]
  readonly acknowledged: readonly number[]
  readonly replied: readonly number[]
  /** The same, one at a time. */
  readonly alonePerSecond: readonly number[]
  readonly aloneAcknowledged: readonly number[]
  readonly aloneReplied: readonly number[]
  /** Processor time of 1,000 updates with 64 in flight (ms), of each round. */
  readonly cpuMs: readonly number[]
  readonly peakMb: number
}

const CONTACTS = 1000
const IN_FLIGHT = 64
const SECRET = 'bench-webhook-secret'

/** Measures all systems; ends every process it started. `built` has the bundles of this folder, `server` is what `npm run build` made. */
export async function measurePath(built: string, server: string, size: PathSize, say: (line: string) => void): Promise<readonly PathFigures[]> {
  const dir = mkdtempSync(join(tmpdir(), 'parley-bench-'))
  const children: ChildProcess[] = []
  try {
    const board = createReplyBoard()
    const api = await startProcess([join(built, 'fake-api.mjs')], {}, true)
    children.push(api.child)
    // Only `fake-api.ts` writes on this channel.
    api.child.on('message', message => board.post(message as Replies))
    const { root, token } = JSON.parse(api.line) as { root: string; token: string }
    const systems = await startSystems(built, server, dir, root, token, children)
    return await inTurns(systems, size, board, say)
  } finally {
    await Promise.all(children.map(endProcess))
    rmSync(dir, { recursive: true, force: true })
  }
}

async function startSystems(built: string, server: string, dir: string, root: string, token: string, children: ChildProcess[]): Promise<readonly System[]> {
  const bot = async (name: string, args: readonly string[], replies: boolean): Promise<System> => {
    const { child, line } = await startProcess(args)
    children.push(child)
    return { name, ...(JSON.parse(line) as { port: number }), path: '/hook', secret: SECRET, replies, process: child }
  }
  const grammy = join(built, 'grammy.mjs')
  const port = await freePort()
  const parley = startParley({ args: [server, 'serve'], dir: join(dir, 'parley'), port })
  children.push(parley.child)
  await parley.ready
  const connector = await connectBot(parley, { flow: FLOW, token, api_root: root, webhook_secret: SECRET })
  return [
    await bot('bare Express, only 200', [join(built, 'bare.mjs')], false),
    await bot('(a) grammY, a durable row', [grammy, token, root, SECRET, join(dir, 'updates.db')], true),
    await bot('(b) grammY, not durable', [grammy, token, root, SECRET], true),
    { name: 'Parley', port, path: `/hooks/${connector}`, secret: SECRET, replies: true, process: parley.child },
  ]
}

async function inTurns(
  systems: readonly System[],
  size: PathSize,
  board: ReturnType<typeof createReplyBoard>,
  say: (line: string) => void,
): Promise<readonly PathFigures[]> {
  let firstContact = 1_000_000
  const load = async (system: System, updates: number, inFlight: number): Promise<Measured> => {
    firstContact += CONTACTS
    return putLoad(system, { contacts: CONTACTS, updates, inFlight, firstContact }, board)
  }
  const measured = systems.map(system => ({ system, rounds: [] as Measured[], alone: [] as Measured[], cpu: [] as number[] }))
  for (const { system } of measured) await load(system, size.warmUp, IN_FLIGHT)
  for (let round = 0; round < size.rounds; round++) {
    say(`round ${round + 1} of ${size.rounds}`)
    // Each round begins with another system.
    for (const entry of [...measured.slice(round % measured.length), ...measured.slice(0, round % measured.length)]) {
      const { pid } = entry.system.process
      const before = cpuMs(pid)
      entry.rounds.push(await load(entry.system, size.updates, IN_FLIGHT))
      entry.cpu.push(((cpuMs(pid) - before) / size.updates) * 1000)
      entry.alone.push(await load(entry.system, size.oneAtATime, 1))
    }
  }
  return measured.map(({ system, rounds, alone, cpu }) => ({
    name: system.name,
    perSecond: rounds.map(round => size.updates / round.seconds),
    acknowledged: rounds.flatMap(round => round.acknowledged),
    replied: rounds.flatMap(round => round.replied),
    alonePerSecond: alone.map(round => size.oneAtATime / round.seconds),
    aloneAcknowledged: alone.flatMap(round => round.acknowledged),
    aloneReplied: alone.flatMap(round => round.replied),
    cpuMs: cpu,
    peakMb: peakMb(system.process.pid),
  }))
}
