/** The list that is gone through before a flow is published. */
import type { WaitingBlock } from '../../server/api/contract.ts'
import { type DiffSentence, type Flow, type FlowDiff, type FlowTestReport, nameBlock, type Problem } from '../../server/engine/index.ts'
import type { SaveState } from '../draft/index.ts'
import { versions as words } from '../words/versions.ts'
import { countKinds } from './compare.ts'
import { countWaiting } from './moves.ts'
import type { Live } from './use-live.ts'

/** One line of the list. `stops`: it cannot be published like this. */
export interface Check {
  readonly name: 'saved' | 'problems' | 'tests' | 'changes' | 'running'
  readonly state: 'good' | 'careful' | 'stops' | 'wait'
  readonly text: string
  /** More lines, one a fact. */
  readonly details: readonly string[]
}

/** What is looked at. `undefined` is not known yet. */
export interface CheckFacts {
  readonly flow: Flow
  readonly saveState: SaveState
  readonly problems: readonly Problem[]
  /** Problems could not be looked for here; the server does it when it publishes. */
  readonly isUnlinted: boolean
  readonly report: FlowTestReport | undefined
  readonly testCount: number | undefined
  readonly live: Pick<Live, 'version' | 'diff'> | 'never' | undefined
  readonly waiting: readonly WaitingBlock[] | undefined
}

/** The list, in the order people read it. */
export function checkBeforePublishing(facts: CheckFacts): readonly Check[] {
  return [checkSaved(facts), checkProblems(facts), checkTests(facts), checkChanges(facts), checkRunning(facts)]
}

/** Whether it may be published now. */
export function mayPublish(checks: readonly Check[]): boolean {
  return checks.every(check => check.state === 'good' || check.state === 'careful')
}

function checkSaved({ saveState }: CheckFacts): Check {
  if (saveState === 'saved') return line('saved', 'good', words.check.saved)
  if (saveState === 'saving' || saveState === 'unsaved') return line('saved', 'wait', words.check.saving)
  return line('saved', 'stops', words.check.notSaved)
}

function checkProblems({ problems, isUnlinted, flow }: CheckFacts): Check {
  if (isUnlinted) return line('problems', 'careful', words.check.unlinted)
  const errors = problems.filter(problem => problem.severity === 'error')
  const warnings = problems.length - errors.length
  if (errors.length > 0)
    return line(
      'problems',
      'stops',
      words.check.errors(errors.length),
      errors.slice(0, 3).map(problem => sayProblem(flow, problem)),
    )
  if (warnings > 0) return line('problems', 'careful', words.check.warnings(warnings))
  return line('problems', 'good', words.check.noProblems)
}

function checkTests({ report, testCount }: CheckFacts): Check {
  if (testCount === 0) return line('tests', 'careful', words.check.noTests)
  if (testCount === undefined || !report) return line('tests', 'wait', words.check.playingTests)
  const failed = report.tests.filter(test => test.failure)
  if (failed.length === 0) return line('tests', 'good', words.check.testsPass(report.tests.length))
  return line(
    'tests',
    'careful',
    words.check.testsFail(failed.length, report.tests.length),
    failed.slice(0, 3).map(test => test.name),
  )
}

function checkChanges({ live }: CheckFacts): Check {
  if (live === undefined) return line('changes', 'wait', words.check.comparing)
  if (live === 'never') return line('changes', 'good', words.check.first)
  const { added, changed, removed } = countKinds(live.diff)
  const settings = live.diff.settings.length
  if (added + changed + removed + settings === 0) return line('changes', 'good', words.check.onlyMoved)
  return line('changes', 'good', words.check.changes(added, changed, removed, settings, live.version), tellChanges(live.diff))
}

const MOST_TOLD = 4
const LONGEST_TOLD = 140

/** The first changes in words, as the list beside the versions has them. */
function tellChanges({ blocks, settings }: FlowDiff): readonly string[] {
  const told = [...blocks, ...settings].map(({ name, sentences }) => shorten(`${name}: ${sentences.map(sayPieces).join(' ')}`))
  return told.length <= MOST_TOLD ? told : [...told.slice(0, MOST_TOLD - 1), words.check.moreChanges(told.length - MOST_TOLD + 1)]
}

/** Cut before a template that would be cut in two: half of one is braces to whoever reads it. */
function shorten(text: string): string {
  if (text.length <= LONGEST_TOLD) return text
  const cut = text.slice(0, LONGEST_TOLD - 1).replace(/\{[{%](?:(?![}%]\})[\s\S])*$/, '')
  return `${cut.trimEnd()}…`
}

/** In the list beside the versions what was said before is crossed out; here stands only what is said now. */
function sayPieces(pieces: DiffSentence): string {
  const hasNew = pieces.some(({ was }) => was === 'new')
  const shown = pieces.filter(({ was }) => !(hasNew && was === 'old')).map(({ text }) => text)
  const said = shown.join('').replace(/\s+/g, ' ').trim()
  return /[.?!…”]$/.test(said) ? said : `${said}.`
}

/** What becomes of them is chosen below the list. */
function checkRunning({ waiting, live }: CheckFacts): Check {
  if (waiting === undefined || live === undefined) return line('running', 'wait', words.check.counting)
  const figure = countWaiting(waiting)
  return line('running', 'good', figure === 0 ? words.check.nobodyWaits : words.check.running(figure))
}

function sayProblem(flow: Flow, { block, message }: Problem): string {
  const name = block === undefined ? undefined : nameBlock(flow, block)
  return name === undefined || message.includes(name) ? message : `${name}: ${message}`
}

function line(name: Check['name'], state: Check['state'], text: string, details: readonly string[] = []): Check {
  return { name, state, text, details }
}
