/** One connector: what it is, its account, its secrets, and where it receives. */
import { ActionIcon, Menu, Switch } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Link } from 'wouter'
import type { ChannelAnswer, ConnectorAnswer, FlowSummary } from '../../server/api/contract.ts'
import { useMay } from '../shell/me.ts'
import { channelIcon } from '../ui/channels.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import { AccountCard } from './AccountCard.tsx'
import { ChatPageCard } from './ChatPageCard.tsx'
import classes from './Connectors.module.css'
import { DeleteDialog } from './DeleteDialog.tsx'
import { sayAccount, stateOf } from './state.ts'
import { TestCard } from './TestCard.tsx'
import { useConnectorDeeds } from './use-connectors.ts'
import { WebhookCard } from './WebhookCard.tsx'

interface ConnectorDetailProps {
  readonly connector: ConnectorAnswer
  readonly flows: readonly FlowSummary[]
  readonly channel: ChannelAnswer | undefined
}

/** Whoever may not change it reads the same. */
export function ConnectorDetail({ connector, flows, channel }: ConnectorDetailProps) {
  const mayWrite = useMay('connectors:write')
  const deeds = useConnectorDeeds()
  const [isDeleting, deleting] = useDisclosure()
  const flow = flows.find(({ id }) => id === connector.flow)
  const { mark, says } = stateOf(connector, flow, Date.now())
  const { connectors: say } = words
  return (
    <article className={classes.detail} aria-labelledby="connector-name">
      <Link href="/connectors" className={classes.all}>
        <Icon path={icons.chevronLeft} />
        {say.all}
      </Link>
      <header className={classes.title}>
        <span className={classes.picture}>
          <Icon path={channelIcon(connector.channel)} size={20} />
        </span>
        <div className={classes.about}>
          <h2 id="connector-name" dir="auto">
            {connector.name}
          </h2>
          <p>
            {sayAccount(connector, channel)}, {say.runs('')}
            <Link href={`/flows/${connector.flow}`} dir="auto">
              {flow?.name ?? connector.flow}
            </Link>
            {flow?.live && ` ${say.version(flow.live.version)}`}
          </p>
        </div>
        <Switch
          label={say.switchedOn}
          title={say.switchHelp}
          checked={connector.enabled}
          disabled={!mayWrite}
          onChange={event => void deeds.setEnabled(connector, event.currentTarget.checked)}
        />
        {mayWrite && (
          <Menu width={180}>
            <Menu.Target>
              <ActionIcon aria-label={say.more(connector.name)}>
                <Icon path={icons.more} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<Icon path={icons.close} />} onClick={deleting.open}>
                {say.delete}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </header>
      {mark !== 'ok' && mark !== 'off' && (
        <p className={classes.problem} data-mark={mark}>
          {says}
        </p>
      )}
      {!mayWrite && <p className={classes.quiet}>{say.readOnly}</p>}
      <div className={classes.cards}>
        {channel && <AccountCard key={connector.updated_at} connector={connector} channel={channel} flows={flows} readOnly={!mayWrite} />}
        <div>
          {connector.chat_url === null ? (
            <WebhookCard connector={connector} channel={channel} mayWrite={mayWrite} />
          ) : (
            <ChatPageCard connector={connector} url={connector.chat_url} />
          )}
          {mayWrite && <TestCard connector={connector} />}
        </div>
      </div>
      {isDeleting && <DeleteDialog connector={connector} onClose={deleting.close} />}
    </article>
  )
}
