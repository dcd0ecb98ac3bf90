/** "This is right now": a test whose expectations say what the flow does today. What still holds stays as somebody wrote it. */
import {
  type CompiledFlow,
  type FlowTest,
  FlowTestPlayer,
  type FlowTestStep,
  type FlowTestWorld,
  playFlowTests,
  showHttpText,
} from '../../server/engine/index.ts'
import { isAction, sayingOf } from './write-test.ts'

type Expectation = NonNullable<FlowTestStep['expect']>

/** The test with its failing expectations rewritten; undefined when its steps cannot be done any more, which no expectation mends. */
export function rewriteTest(test: FlowTest, world: FlowTestWorld): FlowTest | undefined {
  const abilities = world.abilitiesOf(test.channel ?? 'webchat')
  if (!abilities) return undefined
  const player = new FlowTestPlayer(test, world, abilities)
  const groups = groupsOf(test.steps)
  const lastHeard = groups.findLastIndex(group => group.expected.some(step => step.bot !== undefined || step.expect?.silent))
  const steps: FlowTestStep[] = []
  for (const [index, { action, expected }] of groups.entries()) {
    const before = player.state()
    if (action) {
      if (player.play(action) !== undefined) return undefined
      steps.push(action)
    }
    const { deliveries, log } = player.state()
    // Messages are heard in order: one that is left out would be taken for the next that is expected.
    if (index <= lastHeard) {
      const sayings = expected.filter(step => step.bot !== undefined)
      for (const [place, delivery] of deliveries.slice(before.deliveries.length).entries()) {
        const known = sayings[place]
        const now: FlowTestStep = { bot: sayingOf(delivery) }
        steps.push(player.play(known ?? now) === undefined ? (known ?? now) : now)
      }
    }
    const taken = log
      .slice(before.log.length)
      .flatMap(entry => entry.trace.flatMap(line => (line.kind === 'left' && line.exit !== undefined ? [`${line.block}.${line.exit}`] : [])))
    for (const step of expected) {
      if (step.expect === undefined) continue
      const now = player.play(step) === undefined ? step.expect : expectationNow(step.expect, player, world.flow, taken)
      if (Object.keys(now).length > 0) steps.push({ expect: now })
    }
  }
  const rewritten = { ...test, steps }
  const report = playFlowTests({ flow: world.flow.id, tests: [rewritten] }, world)
  return report.tests[0]?.failure ? undefined : rewritten
}

/** What happens, with everything that is expected of it before the next thing happens. */
function groupsOf(steps: readonly FlowTestStep[]): readonly { readonly action: FlowTestStep | undefined; readonly expected: FlowTestStep[] }[] {
  const groups: { action: FlowTestStep | undefined; expected: FlowTestStep[] }[] = []
  for (const step of steps) {
    const last = groups.at(-1)
    if (isAction(step)) groups.push({ action: step, expected: [] })
    else if (last) last.expected.push(step)
    else groups.push({ action: undefined, expected: [step] })
  }
  return groups
}

/** The same questions with the answers of now. */
function expectationNow(expected: Expectation, player: FlowTestPlayer, flow: CompiledFlow, taken: readonly string[]): Expectation {
  const { conversation, call } = player.state()
  const { session, contact } = conversation
  const { fields, ...known } = contact
  const values = { ...fields, ...known }
  const answers: { readonly [key in keyof Expectation]-?: unknown } = {
    owner: conversation.owner,
    block: conversation.owner === 'nobody' ? undefined : session?.at,
    outcome: conversation.outcome,
    queue: conversation.owner === 'queue' ? conversation.queue?.slug : undefined,
    kept: session?.kept?.length ?? 0,
    language: conversation.language ?? contact.language ?? flow.flow.languages[0],
    request: call && `${call.call.method} ${showHttpText(call.call.url)}`,
    tags: [...(conversation.tags ?? [])],
    variables: valuesNow(expected.variables, name => session?.vars?.[name] ?? flow.flow.variables?.[name]?.default),
    contact: valuesNow(expected.contact, name => Object.entries(values).find(([key]) => key === name)?.[1]),
    exits: holdsExits(expected.exits ?? [], taken) ? expected.exits : taken,
    silent: expected.silent,
  }
  return Object.fromEntries(Object.entries(answers).filter(([key, answer]) => key in expected && answer !== undefined))
}

function valuesNow(expected: Readonly<Record<string, unknown>> | undefined, valueNow: (name: string) => unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.keys(expected ?? {}).map(name => [name, valueNow(name) ?? null]))
}

/** Whether the exits were taken in this order, with any others in between. */
function holdsExits(expected: readonly string[], taken: readonly string[]): boolean {
  let from = 0
  return expected.every(exit => {
    const at = taken.indexOf(exit, from)
    from = at + 1
    return at >= 0
  })
}
