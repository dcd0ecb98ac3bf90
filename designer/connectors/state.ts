/** How a connector is, and what it is, in one sentence each. */
import type { ChannelAnswer, ConnectorAnswer, FlowSummary } from '../../server/api/contract.ts'
import { sayShortly } from '../ui/when.ts'
import { words } from '../words/en.ts'

/** The colour of the dot, and the sentence beside it. */
export interface ConnectorState {
  readonly mark: 'ok' | 'warn' | 'err' | 'off'
  readonly says: string
}

/** What is wrong goes before what is waiting; `now` is milliseconds since 1970. */
export function stateOf(connector: ConnectorAnswer, flow: FlowSummary | undefined, now: number): ConnectorState {
  const { state } = words.connectors
  if (!connector.enabled) return { mark: 'off', says: state.off }
  if (connector.problem) return { mark: 'err', says: connector.problem.message }
  if (connector.paused_until !== null && connector.paused_until > now) return { mark: 'warn', says: state.paused(sayShortly(connector.paused_until, now)) }
  if (flow && flow.live === null) return { mark: 'warn', says: state.notLive }
  return { mark: 'ok', says: state.on }
}

/** "@northwind_support_bot on Telegram", or the channel alone. */
export function sayAccount(connector: ConnectorAnswer, channel: ChannelAnswer | undefined): string {
  const title = channel?.title ?? connector.channel
  const { settings } = connector
  const known = typeof settings === 'object' && settings !== null ? Object.entries(settings) : []
  // Channels call the name by which people find the account `…_username`.
  const name = known.find(([key]) => key.endsWith('_username'))?.[1]
  return typeof name === 'string' ? words.connectors.on(`@${name.replace(/^@/, '')}`, title) : title
}
