/** What is wrong with a flow where it is used, and the refusal that says so. */
import { DomainError, type Flow, lintFlow, type Problem } from '../engine/index.ts'
import type { Store } from '../store/index.ts'
import { waitsForMessages } from './session-rules.ts'
import type { FlowParts } from './stored-flows.ts'

/** What was found in a flow that was read, good as long as its surroundings are the same. */
const found = new WeakMap<Flow, { readonly around: string; readonly problems: readonly Problem[] }>()

/** What keeps the flow from being published, and what only warns, with the names and channels it meets here. */
export async function problemsOf(parts: FlowParts, flow: Flow): Promise<readonly Problem[]> {
  const surroundings = await surroundingsOf(parts.store)
  const around = JSON.stringify(surroundings)
  const known = found.get(flow)
  if (known?.around === around) return known.problems
  const problems = lintAround(parts, flow, surroundings)
  found.set(flow, { around, problems })
  return problems
}

/** What the linter reads besides the file. */
export async function surroundingsOf({ connectors, flows, queues, secrets }: Store) {
  return {
    connectors: (await connectors.list()).map(({ name, channel, flow, session_hours }) => ({ name, channel, flow, session_hours })),
    flows: (await flows.list()).map(({ id }) => id),
    queues: (await queues.list()).map(({ slug }) => slug),
    secrets: (await secrets.list()).map(({ name }) => name),
  }
}

function lintAround({ abilities }: FlowParts, flow: Flow, around: Awaited<ReturnType<typeof surroundingsOf>>): readonly Problem[] {
  const bound = around.connectors.filter(connector => connector.flow === flow.id)
  const channels = [...new Set(bound.map(connector => connector.channel))].flatMap(channel => abilities[channel] ?? [])
  const problems = lintFlow(flow, { channels, flows: new Set([...around.flows, flow.id]), queues: new Set(around.queues), secrets: new Set(around.secrets) })
  const endless = bound.find(connector => connector.session_hours === -1)
  const waiting = endless ? waitsForMessages(flow) : undefined
  if (!endless || waiting === undefined) return problems
  const message = `The connector “${endless.name}” keeps no session (session_hours -1), so this block would wait in vain.`
  const problem: Problem = { code: 'waits_without_session', severity: 'error', at: `/blocks/${waiting}`, block: waiting, message }
  return [{ ...problem, hint: 'Give the connector a session duration, or remove the blocks that wait for messages.' }, ...problems]
}

/** A refusal that carries every place. */
export function refuseProblems(code: string, what: string, problems: readonly Problem[]): DomainError {
  const errors = problems.filter(problem => problem.severity === 'error')
  const [first] = errors
  return new DomainError(code, {
    message: `${what}: ${first?.message ?? ''}${errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''}`,
    hint: first?.hint ?? '`problems` lists every place.',
    at: first?.at || '/',
    details: { problems },
  })
}
