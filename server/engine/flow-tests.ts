/** Plays flow tests in virtual time and says which blocks and exits they covered. */
import type { CompiledFlow } from './file/compile.ts'
import type { FlowTest, FlowTestFile } from './file/flow-test.ts'
import { FlowTestPlayer, type FlowTestWorld } from './flow-test-player.ts'

/** Why a test failed: which step, and a sentence with what was expected and what came. */
export interface FlowTestFailure {
  /** Index of the step. */
  readonly step: number
  readonly message: string
}

/** One test, played. */
export interface FlowTestResult {
  readonly name: string
  readonly failure?: FlowTestFailure
}

/** Which blocks and exits of a flow some test passed. */
export interface FlowCoverage {
  readonly blocks: { readonly covered: number; readonly all: number; readonly missed: readonly string[] }
  readonly exits: { readonly covered: number; readonly all: number; readonly missed: readonly string[] }
}

/** A test file, played. */
export interface FlowTestReport {
  readonly flow: string
  readonly tests: readonly FlowTestResult[]
  readonly coverage: FlowCoverage
}

/** Plays every test of a file. */
export function playFlowTests(file: FlowTestFile, world: FlowTestWorld): FlowTestReport {
  const passed = new Set<string>()
  const tests = file.tests.map(test => playTest(test, world, passed))
  return { flow: world.flow.id, tests, coverage: coverageOf(world.flow, passed) }
}

function playTest(test: FlowTest, world: FlowTestWorld, passed: Set<string>): FlowTestResult {
  const abilities = world.abilitiesOf(test.channel ?? 'webchat')
  if (!abilities) return { name: test.name, failure: { step: 0, message: `There is no channel “${test.channel}”.` } }
  const player = new FlowTestPlayer(test, world, abilities)
  let failure: FlowTestFailure | undefined
  for (const [index, step] of test.steps.entries()) {
    const message = player.play(step)
    if (message === undefined) continue
    failure = { step: index, message }
    break
  }
  for (const mark of player.marks()) passed.add(mark)
  return failure ? { name: test.name, failure } : { name: test.name }
}

function coverageOf(flow: CompiledFlow, passed: ReadonlySet<string>): FlowCoverage {
  const blocks = [...flow.blocks.keys()]
  const exits = [...flow.blocks.values()].flatMap(block => {
    const names = new Set(block.exitList.map(exit => exit.name))
    if (block.exits.error !== undefined) names.add('error')
    return [...names].map(name => `${block.id}.${name}`)
  })
  return { blocks: share(blocks, passed), exits: share(exits, passed) }
}

function share(all: readonly string[], passed: ReadonlySet<string>): FlowCoverage['blocks'] {
  const missed = all.filter(one => !passed.has(one))
  return { covered: all.length - missed.length, all: all.length, missed }
}
