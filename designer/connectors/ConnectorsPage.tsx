/** The page `/connectors`: every account on a channel, and beside it the one that is open. */
import { Button } from '@mantine/core'
import { useMemo } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { useFlows } from '../flows/use-flows.ts'
import { useMay } from '../shell/me.ts'
import { type Action, useActions } from '../shell/palette.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { NothingOpen } from '../ui/NothingOpen.tsx'
import { useTitle } from '../ui/title.ts'
import { words } from '../words/en.ts'
import { AddConnector } from './AddConnector.tsx'
import { ConnectorDetail } from './ConnectorDetail.tsx'
import { ConnectorList } from './ConnectorList.tsx'
import classes from './Connectors.module.css'
import { useChannels, useConnectors } from './use-connectors.ts'

/** The address of the dialog that connects a channel; `?flow=` names the flow it is for. */
const NEW = 'new'

/** `id` is a connector, or `new`. */
export function ConnectorsPage({ id }: { readonly id?: string | undefined }) {
  const [, navigate] = useLocation()
  const [params] = useSearchParams()
  const mayWrite = useMay('connectors:write')
  const { data: connectors, error } = useConnectors()
  const { data: flows } = useFlows()
  const channels = useChannels()
  useActions(
    useMemo<readonly Action[]>(
      () =>
        mayWrite
          ? [
              {
                name: 'add_connector',
                group: 'flow',
                label: words.connectors.addTitle,
                icon: icons.plus,
                keys: ['N'],
                run: () => navigate(`/connectors/${NEW}`),
              },
            ]
          : [],
      [mayWrite, navigate],
    ),
  )
  const shown = connectors?.find(connector => connector.id === id)
  useTitle(...(shown ? [shown.name] : []), words.connectors.title)
  if (!connectors || !flows) return error ? <p role="alert">{error.message}</p> : null
  const add = () => navigate(`/connectors/${NEW}`)
  return (
    <div className={classes.page} data-open={shown !== undefined || undefined} data-choosing={(id === undefined && connectors.length > 0) || undefined}>
      <section className={classes.list} aria-label={words.connectors.list}>
        <header className={classes.head}>
          <h1>{words.connectors.title}</h1>
          {mayWrite && connectors.length > 0 && (
            <Button variant="filled" leftSection={<Icon path={icons.plus} />} onClick={add}>
              {words.connectors.add}
            </Button>
          )}
        </header>
        <ConnectorList connectors={connectors} flows={flows} channels={channels} open={id} />
      </section>
      {shown ? (
        <ConnectorDetail key={shown.id} connector={shown} flows={flows} channel={channels.find(({ channel }) => channel === shown.channel)} />
      ) : (
        <Nothing hasSome={connectors.length > 0} isUnknown={id !== undefined && id !== NEW} {...(mayWrite ? { add } : {})} />
      )}
      {mayWrite && id === NEW && (
        <AddConnector
          flows={flows}
          channels={channels}
          names={new Set(connectors.map(({ name }) => name))}
          flow={params.get('flow') ?? undefined}
          onClose={() => navigate('/connectors', { replace: true })}
          onMade={made => navigate(`/connectors/${made.id}`, { replace: true })}
        />
      )}
    </div>
  )
}

interface NothingProps {
  readonly hasSome: boolean
  readonly isUnknown: boolean
  add?(): void
}

function Nothing({ hasSome, isUnknown, add }: NothingProps) {
  const { connectors: say } = words
  if (isUnknown) return <NothingOpen title={say.unknown} hint={say.unknownHint} />
  if (hasSome) return <NothingOpen title={say.choose} hint={say.chooseHint} />
  return (
    <NothingOpen title={say.none} hint={add ? say.noneHint : say.noneReader}>
      {add && (
        <Button variant="filled" leftSection={<Icon path={icons.plus} />} onClick={add}>
          {say.addTitle}
        </Button>
      )}
    </NothingOpen>
  )
}
