/** The connectors as a list: how each is, and one sentence of what it is. */
import { Link } from 'wouter'
import type { ChannelAnswer, ConnectorAnswer, FlowSummary } from '../../server/api/contract.ts'
import { channelIcon } from '../ui/channels.ts'
import { Icon } from '../ui/Icon.tsx'
import { words } from '../words/en.ts'
import classes from './Connectors.module.css'
import { sayAccount, stateOf } from './state.ts'

interface ConnectorListProps {
  readonly connectors: readonly ConnectorAnswer[]
  readonly flows: readonly FlowSummary[]
  readonly channels: readonly ChannelAnswer[]
  /** The id of the one that is open. */
  readonly open: string | undefined
}

/** In the order they were made. */
export function ConnectorList({ connectors, flows, channels, open }: ConnectorListProps) {
  return (
    <ul className={classes.rows}>
      {connectors.map(connector => {
        const flow = flows.find(({ id }) => id === connector.flow)
        const { mark, says } = stateOf(connector, flow, Date.now())
        const account = sayAccount(
          connector,
          channels.find(({ channel }) => channel === connector.channel),
        )
        return (
          <li key={connector.id}>
            <Link href={`/connectors/${connector.id}`} className={classes.row} {...(connector.id === open ? { 'aria-current': 'page' as const } : {})}>
              <span className={classes.picture}>
                <Icon path={channelIcon(connector.channel)} />
              </span>
              <span className={classes.about}>
                <span className={classes.name} dir="auto">
                  {connector.name}
                </span>
                <span className={classes.line}>{`${account}, ${words.connectors.runs(flow?.name ?? connector.flow)}`}</span>
                <span className={classes.line}>
                  <i className={classes.dot} data-mark={mark} />
                  {says}
                </span>
              </span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
