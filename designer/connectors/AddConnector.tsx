/** Connects a channel: a web chat with one press, a messenger with its account. */
import { Modal, NativeSelect } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ChannelAnswer, ConnectorAnswer, FlowSummary } from '../../server/api/contract.ts'
import { channelIcon } from '../ui/channels.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import classes from './Connectors.module.css'
import { flowChoices } from './flow-choices.ts'
import { NewAccountForm } from './NewAccountForm.tsx'
import { useConnectorDeeds } from './use-connectors.ts'

interface AddConnectorProps {
  readonly flows: readonly FlowSummary[]
  readonly channels: readonly ChannelAnswer[]
  /** Names that are taken. */
  readonly names: ReadonlySet<string>
  /** The flow it is for, if that is known already. */
  readonly flow: string | undefined
  onClose(): void
  onMade(connector: ConnectorAnswer): void
}

/** First the channel; one that needs an account asks for it on a second page. */
export function AddConnector(props: AddConnectorProps) {
  const { flows, channels, names, onClose, onMade } = props
  const deeds = useConnectorDeeds()
  const choices = flowChoices(flows, props.flow)
  const [flow, setFlow] = useState(() => choices.find(({ value }) => value === props.flow)?.value ?? choices[0]?.value ?? '')
  const [channel, setChannel] = useState<ChannelAnswer>()
  const make = useMutation({ mutationFn: deeds.make, onSuccess: onMade })
  const { connectors: say } = words
  const press = (chosen: ChannelAnswer) => {
    if (chosen.receives === 'page') make.mutate({ channel: chosen.channel, flow, name: freeName(chosen.title, names) })
    else setChannel(chosen)
  }
  const title = channel ? channel.title : say.addTitle
  return (
    <Modal opened onClose={onClose} title={title}>
      {choices.length === 0 ? (
        <p>{say.noFlow}</p>
      ) : channel ? (
        <NewAccountForm
          channel={channel}
          name={freeName(channel.title, names)}
          error={make.error}
          isBusy={make.isPending}
          connect={account => make.mutate({ ...account, channel: channel.channel, flow })}
          back={() => {
            make.reset()
            setChannel(undefined)
          }}
        />
      ) : (
        <div className={classes.stack}>
          <NativeSelect label={say.flow} data={choices} value={flow} onChange={event => setFlow(event.currentTarget.value)} data-autofocus />
          <ChannelChoice channels={channels} isBusy={make.isPending} onPress={press} />
          {make.error && (
            <p className={classes.refusal} role="alert">
              {make.error.message}
            </p>
          )}
        </div>
      )}
    </Modal>
  )
}

interface ChannelChoiceProps {
  readonly channels: readonly ChannelAnswer[]
  readonly isBusy: boolean
  onPress(channel: ChannelAnswer): void
}

/** What needs no account comes first. */
function ChannelChoice({ channels, isBusy, onPress }: ChannelChoiceProps) {
  const { connectors: say } = words
  const ready = channels.filter(({ available }) => available).sort((a, b) => Number(b.receives === 'page') - Number(a.receives === 'page'))
  const later = channels.filter(({ available }) => !available)
  return (
    <fieldset className={classes.channels}>
      <legend className={classes.label}>{say.channels}</legend>
      {ready.map(channel => (
        <button key={channel.channel} type="button" className={classes.channel} disabled={isBusy} onClick={() => onPress(channel)}>
          <span className={classes.picture}>
            <Icon path={channelIcon(channel.channel)} />
          </span>
          <span className={classes.about}>
            <span className={classes.name}>{channel.title}</span>
            <span className={classes.line}>{channel.receives === 'page' ? say.oneClick : say.account}</span>
          </span>
          <Icon path={channel.receives === 'page' ? icons.plus : icons.chevronRight} />
        </button>
      ))}
      {later.length > 0 && <p className={classes.quiet}>{say.notYet(later.map(({ title }) => title).join(', '))}</p>}
    </fieldset>
  )
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${name} ${n}`
    if (!taken.has(candidate)) return candidate
  }
}
