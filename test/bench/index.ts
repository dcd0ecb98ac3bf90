/**
 * `npm run bench`: webhook to reply through the durable path, the engine alone, and the canvas in a browser, each beside what others
 * would write. Builds the server first. `--quick` measures less; `path`, `engine` or `canvas` measures only that one. Only ratios mean
 * something on a machine that does other things.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { type CanvasFigures, GESTURES, measureCanvas } from './canvas/index.ts'
import { measureWeight, type Weight } from './canvas/weight.ts'
import type { EngineFigures } from './engine/index.ts'
import { median, medianRatio, percentile, shown, table } from './figures.ts'
import { measurePath, type PathFigures } from './path/index.ts'

const FULL = { rounds: 5, updates: 5000, oneAtATime: 400, warmUp: 3000 }
const QUICK = { rounds: 2, updates: 2000, oneAtATime: 150, warmUp: 1000 }
const CANVAS = { rounds: 7, frames: 100, keys: 12 }
const QUICK_CANVAS = { rounds: 3, frames: 60, keys: 5 }
const PARTS = ['path', 'engine', 'canvas'] as const

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const { values: wanted, positionals } = parseArgs({ options: { quick: { type: 'boolean', default: false } }, allowPositionals: true })
const unknown = positionals.find(name => !PARTS.some(part => part === name))
if (unknown !== undefined) throw new Error(`There is nothing to measure called "${unknown}". There are: ${PARTS.join(', ')}.`)
const measures = (part: (typeof PARTS)[number]) => positionals.length === 0 || positionals.includes(part)
const tell = (line: string) => process.stderr.write(`${line}\n`)

const built = await bundle()
process.stdout.write(`Node ${process.versions.node}, ${cpus().length} cores, ${cpus()[0]?.model ?? ''}\n`)
try {
  if (measures('path')) printPath(await measurePath(built, server(), wanted.quick ? QUICK : FULL, tell))
  if (measures('engine')) printEngine(measureEngine(wanted.quick))
  if (measures('canvas')) {
    printCanvas(await measureCanvas(wanted.quick ? QUICK_CANVAS : CANVAS, tell))
    printWeight(await measureWeight())
  }
} finally {
  rmSync(built, { recursive: true, force: true })
}

/** Bundles what runs as a process of its own: nothing is compiled while it is measured. */
async function bundle(): Promise<string> {
  // Inside the repository, where its packages are found.
  const outdir = join(root, 'dist', 'bench')
  const path = join(root, 'test/bench/path')
  await build({
    entryPoints: {
      engine: join(root, 'test/bench/engine/index.ts'),
      'fake-api': join(path, 'fake-api.ts'),
      bare: join(path, 'systems/bare.ts'),
      grammy: join(path, 'systems/grammy.ts'),
    },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    // The fake Bot API would take the bundle for its own command line and start a second one.
    define: { 'import.meta.url': 'undefined' },
    logLevel: 'warning',
  })
  return outdir
}

/** The server as `npm run build` makes it. */
function server(): string {
  const file = join(root, 'dist', 'parley.mjs')
  if (!existsSync(file)) throw new Error('There is no dist/parley.mjs: run `npm run build` first.')
  return file
}

function measureEngine(quick: boolean): EngineFigures {
  const [rounds, steps] = quick ? ['3', '30000'] : ['9', '60000']
  // It prints what `EngineFigures` says.
  return JSON.parse(execFileSync(process.execPath, [join(built, 'engine.mjs'), rounds, steps], { encoding: 'utf8' })) as EngineFigures
}

function printPath(systems: readonly PathFigures[]): void {
  const bare = systems[0]
  const ratio = (system: PathFigures, other: PathFigures | undefined) =>
    other && other !== system ? shown(medianRatio(system.perSecond, other.perSecond), 2) : '1'
  const times = (values: readonly number[]) => (values.length === 0 ? '–' : `${shown(percentile(values, 0.5), 1)} / ${shown(percentile(values, 0.99), 1)}`)
  const head = ['64 in flight', 'updates/s', 'of bare', 'of (a)', 'of (b)', 'acknowledged p50/p99 ms', 'replied p50/p99 ms', 'CPU ms per 1,000', 'peak MB']
  const rows = systems.map(system => [
    system.name,
    shown(median(system.perSecond)),
    ...[bare, systems[1], systems[2]].map(other => ratio(system, other)),
    times(system.acknowledged),
    times(system.replied),
    shown(median(system.cpuMs)),
    shown(system.peakMb),
  ])
  const alone = systems.map(system => [system.name, shown(median(system.alonePerSecond)), times(system.aloneAcknowledged), times(system.aloneReplied)])
  process.stdout.write(`\n${table(head, rows)}\n\n${table(['one at a time', 'updates/s', 'acknowledged p50/p99 ms', 'replied p50/p99 ms'], alone)}\n`)
}

function printEngine({ engine, by_hand, xstate }: EngineFigures): void {
  const rows = [
    ['engine', shown(median(engine)), shown(medianRatio(engine, by_hand), 2), shown(medianRatio(engine, xstate), 1)],
    ['by hand', shown(median(by_hand)), '1', shown(medianRatio(by_hand, xstate), 1)],
    ['XState, restored and persisted', shown(median(xstate)), shown(medianRatio(xstate, by_hand), 2), '1'],
  ]
  process.stdout.write(`\n${table(['the engine alone', 'steps/s', 'of by hand', 'of XState'], rows)}\n`)
}

function printCanvas({ blocks, designer, bare, linted }: CanvasFigures): void {
  type Of = (visit: CanvasFigures['bare'][number]) => number
  const row = (name: string, of: Of) => {
    const [ours, others] = [designer.map(of), bare.map(of)]
    return [name, shown(median(ours), 1), shown(median(others), 1), shown(medianRatio(ours, others), 2)]
  }
  const rows = [
    row('usable', visit => visit.usableMs),
    row('undo', visit => visit.undoMs),
    ...GESTURES.flatMap(gesture => [
      row(`${gesture}: main thread a frame`, visit => visit.gestures[gesture].mainThread),
      row(`${gesture}: frame p95`, visit => visit.gestures[gesture].p95),
    ]),
    ['key to linted p50', linted.length > 0 ? shown(percentile(linted, 0.5), 1) : '–', '', ''],
    ['key to linted p95', linted.length > 0 ? shown(percentile(linted, 0.95), 1) : '–', '', ''],
  ]
  process.stdout.write(`\n${table([`canvas, ${shown(blocks)} blocks, ms`, 'designer', 'bare React Flow', 'ratio'], rows)}\n`)
  process.stdout.write('Gestures with the processor slowed down four times.\n')
}

function printWeight({ list, flow }: Weight): void {
  const kB = (bytes: number) => `${shown(bytes / 1000, 1)} kB`
  process.stdout.write(`Script as gzip: the list ${kB(list.pageBytes)}, a flow ${kB(flow.pageBytes)} and in workers ${kB(flow.workerBytes)}.\n`)
}
