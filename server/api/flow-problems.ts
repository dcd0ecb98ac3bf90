/** What is wrong with a flow where it is used, and the refusal that says so. */
import { DomainError, type Flow, lintFlow, type Problem } from '../engine/index.ts'
import { waitsForMessages } from './session-rules.ts'
import type { FlowParts } from './stored-flows.ts'

/** What keeps the flow from being published, and what only warns, with the names and channels it meets here. */
export async function problemsOf(parts: FlowParts, flow: Flow): Promise<readonly Problem[]> {
  const { store, abilities } = parts
  const [connectors, flows, queues, secrets] = await Promise.all([store.connectors.list(), store.flows.list(), store.queues.list(), store.secrets.list()])
  const bound = connectors.filter(connector => connector.flow === flow.id)
  const channels = [...new Set(bound.map(connector => connector.channel))].flatMap(channel => abilities[channel] ?? [])
  const problems = lintFlow(flow, {
    channels,
    flows: new Set([...flows.map(known => known.id), flow.id]),
    queues: new Set(queues.map(queue => queue.slug)),
    secrets: new Set(secrets.map(secret => secret.name)),
  })
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
