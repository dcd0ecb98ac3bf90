/** `parley test`: plays flow tests in virtual time and says what they covered. */
import { type FlowCoverage, type FlowTestReport, parseFlowTest, playFlowTests } from '../engine/index.ts'
import { abilitiesOf } from './channel-names.ts'
import { type Command, JSON_OPTION } from './command.ts'
import { wrongUsage } from './errors.ts'
import { compileBeside, findFiles, flowsBeside, isTestFile, type PlacedProblem, placeProblems, readSource, type SourceFile } from './flow-files.ts'
import { type Paint, paintFor } from './paint.ts'
import { findSpans, positionOf, spanOf } from './positions.ts'
import { plural, printProblems } from './print-problems.ts'
import type { Terminal } from './terminal.ts'

/** Where tests are when nobody says otherwise. */
const FOLDER = 'flows'

/** A failed expectation with its place in the file. */
interface Failure {
  /** Counted from 1. */
  readonly step: number
  readonly message: string
  readonly line: number
  readonly column: number
}

interface PlayedFile {
  readonly file: string
  readonly flow: string | undefined
  readonly tests: readonly { readonly name: string; readonly ok: boolean; readonly failure?: Failure }[]
  readonly problems: readonly PlacedProblem[]
  readonly coverage: FlowCoverage | undefined
}

/** Coverage of a flow by all files that test it. */
interface FlowShare extends FlowCoverage {
  readonly flow: string
  /** The smaller share of blocks and exits. */
  readonly percent: number
}

/** Plays the tests of files or folders. */
export const test: Command = {
  name: 'test',
  summary: 'play flow tests and report their coverage',
  details: `A test (flows/support.test.json) is a conversation with the flow of that id in the same folder. Without files, those of ${FOLDER}/ are played.`,
  words: ['[files...]', 'files of flow tests, or folders of them'],
  options: [['--min-coverage <percent>', 'exit with 1 when the tests of a flow cover less of its blocks or exits'], JSON_OPTION],
  examples: ['parley test', 'parley test flows/support.test.json', 'parley test --min-coverage 100 --json'],
  async run({ words, options, terminal }) {
    const least = readPercent(options.minCoverage)
    const names = findFiles(words.length > 0 ? words : [FOLDER], terminal.folder).filter(isTestFile)
    if (names.length === 0) throw wrongUsage('There are no flow tests here.', 'Their names end in .test.json.')
    const files = names.map(name => playFile(readSource(name, terminal.folder)))
    const flows = shareByFlow(files)
    const thin = flows.filter(flow => flow.percent < least)
    const failed = files.flatMap(file => file.tests).filter(one => !one.ok).length
    const isBad = failed > 0 || thin.length > 0 || files.some(file => file.problems.length > 0)
    if (options.json) {
      const shown = files.map(({ file, flow, tests, problems }) => ({ file, flow, tests, problems }))
      terminal.print(JSON.stringify({ ok: !isBad, files: shown, coverage: flows }, null, 2))
    } else report(files, flows, least, terminal)
    return isBad ? 1 : 0
  },
}

function readPercent(given: string | true | undefined): number {
  if (typeof given !== 'string') return 0
  const percent = Number(given.replace(/%$/, ''))
  if (/^\d/.test(given) && percent <= 100) return percent
  throw wrongUsage(`--min-coverage is a number from 0 to 100, not “${given}”.`)
}

function playFile(source: SourceFile): PlayedFile {
  const nothing = { file: source.name, flow: undefined, tests: [], coverage: undefined }
  const parsing = parseFlowTest(source.text)
  if (!parsing.ok) return { ...nothing, problems: placeProblems(source, parsing.problems) }
  const { flow: id } = parsing.file
  const flowOf = compileBeside(source.path)
  const flow = flowOf(id)
  if (!flow) {
    const isThere = flowsBeside(source.path).has(id)
    const message = isThere ? `The flow “${id}” cannot run.` : `There is no well-formed flow “${id}” in the folder of this file.`
    const problem = { code: 'unknown_flow', severity: 'error' as const, at: '/flow', message, hint: '`parley validate` says what is wrong with it.' }
    return { ...nothing, problems: placeProblems(source, [problem]) }
  }
  const played = playFlowTests(parsing.file, { flow, flowOf, abilitiesOf })
  return { file: source.name, flow: id, tests: placeFailures(played, source), problems: [], coverage: played.coverage }
}

function placeFailures(played: FlowTestReport, source: SourceFile): PlayedFile['tests'] {
  const spans = findSpans(source.text)
  return played.tests.map(({ name, failure }, index) => {
    if (!failure) return { name, ok: true }
    const at = spanOf(spans, `/tests/${index}/steps/${failure.step}`)?.start ?? 0
    return { name, ok: false, failure: { step: failure.step + 1, message: failure.message, ...positionOf(source.text, at) } }
  })
}

/** What no file of a flow covered. */
function shareByFlow(files: readonly PlayedFile[]): readonly FlowShare[] {
  const byFlow = new Map<string, FlowCoverage>()
  for (const { flow, coverage } of files) {
    if (flow === undefined || !coverage) continue
    const earlier = byFlow.get(flow)
    byFlow.set(flow, earlier ? { blocks: join(earlier.blocks, coverage.blocks), exits: join(earlier.exits, coverage.exits) } : coverage)
  }
  return [...byFlow].map(([flow, { blocks, exits }]) => ({ flow, percent: Math.min(percentOf(blocks), percentOf(exits)), blocks, exits }))
}

function join(one: FlowCoverage['blocks'], other: FlowCoverage['blocks']): FlowCoverage['blocks'] {
  const missed = one.missed.filter(name => other.missed.includes(name))
  return { covered: one.all - missed.length, all: one.all, missed }
}

/** Rounded down to one decimal, so that 100 means all. */
function percentOf({ covered, all }: FlowCoverage['blocks']): number {
  return all === 0 ? 100 : Math.floor((1000 * covered) / all) / 10
}

function report(files: readonly PlayedFile[], flows: readonly FlowShare[], least: number, terminal: Terminal): void {
  const paint = paintFor(terminal)
  for (const file of files) {
    printProblems(file.problems, terminal)
    if (file.flow === undefined) continue
    terminal.print(paint.bold(file.file))
    for (const { name, ok, failure } of file.tests) {
      terminal.print(ok ? `  ${paint.green('✓')} ${name}` : `  ${paint.red('✗')} ${paint.red(name)}`)
      if (failure) terminal.print(`      ${file.file}:${failure.line}:${failure.column} step ${failure.step}: ${failure.message}`)
    }
  }
  for (const flow of flows) terminal.print(sayCoverage(flow, least, paint))
  const tests = files.flatMap(file => file.tests)
  const failed = tests.filter(one => !one.ok).length
  const verdict = failed === 0 ? paint.green(`${plural(tests.length, 'test')} passed`) : `${tests.length - failed} passed, ${paint.red(`${failed} failed`)}`
  terminal.print(`${verdict} in ${plural(files.length, 'file')}.`)
}

function sayCoverage(flow: FlowShare, least: number, paint: Paint): string {
  const count = ({ covered, all }: FlowCoverage['blocks']) => `${covered} of ${all}`
  const missed = [...flow.blocks.missed, ...flow.exits.missed]
  const short = flow.percent < least ? paint.red(` less than the ${least} % asked for;`) : ''
  const rest = missed.length > 0 ? paint.yellow(` not covered: ${missed.join(', ')}`) : ''
  return `Coverage of ${flow.flow}: blocks ${count(flow.blocks)}, exits ${count(flow.exits)} (${flow.percent} %)${short || rest ? ';' : ''}${short}${rest}`
}
