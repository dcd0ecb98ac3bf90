/** Saves a run as a flow test: what was done becomes its steps, what came of it its expectations. */
import {
  type CompiledFlow,
  type FlowTest,
  type FlowTestFile,
  type FlowTestStep,
  type Json,
  parseDuration,
  type VirtualDelivery,
} from '../../server/engine/index.ts'
import { type Setting, settingOf } from './setting.ts'
import type { Turn } from './simulation.ts'

/** The test of a run. It passes on the flow it was made with. */
export function writeTest(name: string, setting: Setting, flow: CompiledFlow, turns: readonly Turn[]): FlowTest {
  const steps = turns.flatMap((turn, index) => [...plainSteps(turn.steps), ...expectationsOf(turn, flow, index === turns.length - 1)])
  return { name, ...settingOf(setting, flow.flow), steps }
}

/** Puts a test into a file; one of the same name gives way. */
export function putTest(file: FlowTestFile, test: FlowTest): FlowTestFile {
  const known = file.tests.some(one => one.name === test.name)
  return { ...file, tests: known ? file.tests.map(one => (one.name === test.name ? test : one)) : [...file.tests, test] }
}

/** Takes a test out of a file. */
export function removeTest(file: FlowTestFile, name: string): FlowTestFile {
  return { ...file, tests: file.tests.filter(one => one.name !== name) }
}

/** Whether something happens in a step; the others look at what came of it. */
export function isAction(step: FlowTestStep): boolean {
  return step.bot === undefined && step.expect === undefined
}

/** How many things happen in steps: what people count as the steps of a test. */
export function countActions(steps: readonly FlowTestStep[]): number {
  return steps.filter(isAction).length
}

/** A payload is good for this run only; the choice in it is what a reader understands. */
function plainSteps(steps: readonly FlowTestStep[]): readonly FlowTestStep[] {
  return steps
    .map(step => (step.press === undefined ? step : { press: step.press.replace(/^\d+:/, '') }))
    .filter(step => parseDuration(step.pass ?? '1 s') !== 0)
}

function expectationsOf(turn: Turn, flow: CompiledFlow, isLast: boolean): readonly FlowTestStep[] {
  const said = turn.after.deliveries.slice(turn.before.state.deliveries.length)
  const taken = turn.after.log
    .slice(turn.before.state.log.length)
    .flatMap(entry => entry.trace)
    .flatMap(line => (line.kind === 'left' && line.exit !== undefined && line.block !== undefined ? [`${line.block}.${line.exit}`] : []))
  const { conversation } = turn.after
  const where =
    conversation.owner === 'nobody'
      ? { owner: conversation.owner, ...(conversation.outcome === undefined ? {} : { outcome: conversation.outcome }) }
      : { ...(conversation.session ? { block: conversation.session.at } : {}), ...(conversation.owner === 'flow' ? {} : { owner: conversation.owner }) }
  const values = isLast ? changedValues(turn, flow) : {}
  const expected = { ...where, ...(taken.length > 0 ? { exits: taken } : {}), ...values }
  const isOpen = conversation.number > 0
  return [...said.map(delivery => ({ bot: sayingOf(delivery) })), ...(isOpen && Object.keys(expected).length > 0 ? [{ expect: expected }] : [])]
}

/** What the bot says, as a test expects it. */
export function sayingOf({ message }: VirtualDelivery): NonNullable<FlowTestStep['bot']> {
  const { text = '', buttons, attachment } = message
  if (!buttons?.length && !attachment) return text
  return {
    ...(text === '' ? {} : { text }),
    ...(buttons?.length ? { buttons: buttons.map(button => button.label) } : {}),
    ...(attachment && attachment.kind !== 'sticker' ? { attachment: attachment.kind } : {}),
  }
}

/** What the run set, once, at its end: variables while the flow runs, else fields of the contact and tags. */
function changedValues({ after }: Turn, flow: CompiledFlow): { variables?: Record<string, Json>; tags?: string[] } {
  const { session, tags } = after.conversation
  const set = Object.entries(session?.vars ?? {}).filter(([name]) => flow.flow.variables?.[name]?.sensitive !== true)
  return { ...(set.length > 0 ? { variables: Object.fromEntries(set) } : {}), ...(tags && tags.length > 0 ? { tags: [...tags] } : {}) }
}
