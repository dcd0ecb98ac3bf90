/** Where people reach a flow: its connectors, the way into its web chat, and a web chat made in one press. */
import { Button, Popover, UnstyledButton } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useMemo, useState } from 'react'
import { Link } from 'wouter'
import type { ConnectorAnswer } from '../../server/api/contract.ts'
import { connectorsApi, readConnectors } from '../api.ts'
import { useMay } from '../shell/me.ts'
import { type Action, runAction, useActions } from '../shell/palette.ts'
import { channelIcon } from '../ui/channels.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { toastRefusal } from '../ui/toast.ts'
import { words } from '../words/en.ts'
import classes from './Reach.module.css'

interface ReachProps {
  readonly id: string
  readonly name: string
  /** The version that is live; undefined before the first. */
  readonly live: number | undefined
  /** The draft is not what is live. */
  readonly differs: boolean
}

/** Says which version is live, and opens the list of where it runs. */
export function Reach({ id, name, live, differs }: ReachProps) {
  const [isOpen, setOpen] = useState(false)
  const title = useId()
  const mayRead = useMay('connectors:read')
  useActions(
    useMemo<readonly Action[]>(
      () => (mayRead ? [{ name: 'reach', group: 'flow', label: words.reach.title, icon: icons.connectors, run: () => setOpen(true) }] : []),
      [mayRead],
    ),
  )
  const text = live === undefined ? words.editor.notLive : words.editor.live(live)
  if (!mayRead) return <span className={classes.plain}>{text}</span>
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={320} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.mark}
          aria-label={`${differs ? `${text}, ${words.editor.differs}` : text}. ${words.reach.title}`}
          onClick={() => setOpen(!isOpen)}
        >
          <span className={classes.dot} data-live={live !== undefined || undefined} />
          {text}
          {differs && <span className={classes.differs}>· {words.editor.differs}</span>}
          <Icon path={icons.chevronDown} size={12} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-labelledby={title} className={classes.panel ?? ''}>
        <h2 id={title}>{words.reach.title}</h2>
        <Places id={id} name={name} isLive={live !== undefined} close={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}

interface PlacesProps {
  readonly id: string
  readonly name: string
  readonly isLive: boolean
  close(): void
}

function Places({ id, name, isLive, close }: PlacesProps) {
  const mayConnect = useMay('connectors:write')
  const mayPublish = useMay('flows:publish')
  const { data: all } = useQuery({ queryKey: ['connectors'], queryFn: ({ signal }) => readConnectors(signal) })
  if (!all) return null
  const places = all.filter(connector => connector.flow === id)
  const hasChat = places.some(connector => connector.chat_url !== null)
  return (
    <>
      {places.length > 0 && (
        <ul className={classes.places}>
          {places.map(connector => (
            <Place key={connector.id} connector={connector} />
          ))}
        </ul>
      )}
      <p className={classes.note}>{isLive ? (places.length > 0 ? words.reach.runsLive : words.reach.nowhere) : words.reach.notLive}</p>
      {!isLive && mayPublish && (
        <Button
          variant="filled"
          onClick={() => {
            close()
            runAction('publish')
          }}
        >
          {words.editor.publish}
        </Button>
      )}
      {isLive && !hasChat && (mayConnect ? <OpenWebChat id={id} name={name} /> : <p className={classes.note}>{words.reach.askAdministrator}</p>)}
      <p className={classes.links}>
        <Link href={mayConnect ? `/connectors/new?flow=${encodeURIComponent(id)}` : '/connectors'}>{mayConnect ? words.reach.another : words.reach.all}</Link>
      </p>
    </>
  )
}

function Place({ connector }: { readonly connector: ConnectorAnswer }) {
  return (
    <li className={classes.place}>
      <Icon path={channelIcon(connector.channel)} />
      <Link className={classes.name} href={`/connectors/${connector.id}`}>
        {connector.name}
      </Link>
      {!connector.enabled ? (
        <span className={classes.off}>{words.reach.off}</span>
      ) : (
        connector.chat_url !== null && (
          <a className={classes.open} href={connector.chat_url} target="_blank" rel="noreferrer">
            {words.reach.openChat}
          </a>
        )
      )}
    </li>
  )
}

/** A web chat needs no account anywhere, so it is made at once; it is a connector like any other. */
function OpenWebChat({ id, name }: { readonly id: string; readonly name: string }) {
  const queries = useQueryClient()
  const make = useMutation({
    mutationFn: () => connectorsApi.make({ channel: 'webchat', name, flow: id }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['connectors'] }),
    onError: toastRefusal,
  })
  return (
    <Button variant="filled" leftSection={<Icon path={icons.chat} />} disabled={make.isPending} onClick={() => make.mutate()}>
      {words.reach.makeChat}
    </Button>
  )
}
