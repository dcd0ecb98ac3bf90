/** What can be done to a conversation: one button for the likeliest, a menu for the rest. What cannot be undone is confirmed. */
import { ActionIcon, Button, Group, Menu, Modal, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ConversationDetail } from '../../server/api/contract.ts'
import { conversationsApi, flowsApi, readQueues } from '../api.ts'
import { nameOfContact } from '../ui/contact.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { conversations as words } from '../words/conversations.ts'
import { useDeed } from './use-conversations.ts'
import type { Deed } from './what-may-be-done.ts'

type Asked = 'take_over' | 'restart' | 'close' | 'hand_over' | 'move'

interface ActionsProps {
  readonly conversation: ConversationDetail
  readonly deeds: readonly Deed[]
  /** The person at the screen has the conversation now. */
  taken(): void
}

/** Nothing for who may only read, and for a conversation that is closed. */
export function Actions({ conversation, deeds, taken }: ActionsProps) {
  const { id, owner } = conversation
  const name = nameOfContact(conversation.contact)
  const [asked, setAsked] = useState<Asked>()
  const join = useDeed(
    id,
    () => conversationsApi.join(id),
    () => {
      // The line below the name says who has it; a message would cover the field to write in.
      taken()
      return undefined
    },
  )
  const end = useDeed(
    id,
    () => conversationsApi.end(id),
    () => words.finished(name),
  )
  if (deeds.length === 0) return null
  return (
    <Group gap="xs" wrap="nowrap">
      {deeds.includes('join') && (
        <Button variant="filled" disabled={join.isPending} onClick={() => (owner === 'flow' ? setAsked('take_over') : join.mutate(undefined))}>
          {owner === 'flow' ? words.takeOver : words.take}
        </Button>
      )}
      {deeds.includes('end') && (
        <Button leftSection={<Icon path={icons.check} />} disabled={end.isPending} onClick={() => end.mutate(undefined)}>
          {words.end}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" aria-label={words.moreActions}>
            <Icon path={icons.more} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setAsked('hand_over')}>{words.handOver}</Menu.Item>
          {deeds.includes('move') && conversation.session && <Menu.Item onClick={() => setAsked('move')}>{words.move}</Menu.Item>}
          <Menu.Item onClick={() => setAsked('restart')}>{words.restart}</Menu.Item>
          <Menu.Item color="red" onClick={() => setAsked('close')}>
            {words.close}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Confirmation asked={asked} conversation={conversation} taken={taken} close={() => setAsked(undefined)} />
    </Group>
  )
}

interface ConfirmationProps {
  readonly asked: Asked | undefined
  readonly conversation: ConversationDetail
  taken(): void
  close(): void
}

function Confirmation({ asked, conversation, taken, close }: ConfirmationProps) {
  const name = nameOfContact(conversation.contact)
  const title =
    asked === undefined ? '' : asked === 'hand_over' ? words.handOverTitle(name) : asked === 'move' ? words.moveTitle(name) : words.confirm[asked].title(name)
  return (
    <Modal
      opened={asked !== undefined}
      onClose={close}
      title={title}
      size={420}
      returnFocus={asked !== 'take_over'}
      closeButtonProps={{ 'aria-label': words.cancel }}
    >
      {asked === 'hand_over' && <HandOver conversation={conversation} close={close} />}
      {asked === 'move' && <Move conversation={conversation} close={close} />}
      {asked !== undefined && asked !== 'hand_over' && asked !== 'move' && <Ask asked={asked} conversation={conversation} taken={taken} close={close} />}
    </Modal>
  )
}

function Ask({ asked, conversation: { id, contact }, taken, close }: ConfirmationProps & { readonly asked: Exclude<Asked, 'hand_over' | 'move'> }) {
  const name = nameOfContact(contact)
  const { lead, act, keep } = words.confirm[asked]
  const deed = useDeed(
    id,
    () => ({ take_over: conversationsApi.join, restart: conversationsApi.restart, close: conversationsApi.close })[asked](id),
    () => {
      if (asked === 'take_over') taken()
      return { take_over: undefined, restart: words.restarted(name), close: words.ended(name) }[asked]
    },
  )
  return (
    <>
      <p>{lead}</p>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button onClick={close}>{keep}</Button>
        <Button
          variant="filled"
          {...(asked === 'close' ? { color: 'red' } : {})}
          disabled={deed.isPending}
          data-autofocus
          onClick={() => deed.mutate(undefined, { onSettled: close })}
        >
          {act}
        </Button>
      </Group>
    </>
  )
}

function HandOver({ conversation: { id, contact, queue: current }, close }: Omit<ConfirmationProps, 'asked' | 'taken'>) {
  const name = nameOfContact(contact)
  const { data: queues = [] } = useQuery({ queryKey: ['queues'], queryFn: ({ signal }) => readQueues(signal) })
  const others = queues.filter(({ slug }) => slug !== current)
  const [chosen, setChosen] = useState<string>()
  const queue = chosen ?? others[0]?.slug
  const deed = useDeed(
    id,
    (slug: string) => conversationsApi.handOver(id, slug),
    slug => words.handedOver(name, queues.find(known => known.slug === slug)?.title ?? slug),
  )
  return (
    <>
      <p>{words.handOverLead}</p>
      <NativeSelect
        mt="md"
        label={words.queue}
        value={queue ?? ''}
        data={others.map(({ slug, title }) => ({ value: slug, label: title }))}
        onChange={event => setChosen(event.currentTarget.value)}
        data-autofocus
      />
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button onClick={close}>{words.cancel}</Button>
        <Button
          variant="filled"
          disabled={queue === undefined || deed.isPending}
          onClick={() => queue !== undefined && deed.mutate(queue, { onSettled: close })}
        >
          {words.handOverAct}
        </Button>
      </Group>
    </>
  )
}

/** To the live version unless another one is chosen; what has no counterpart there is refused in the server's words. */
function Move({ conversation: { id, contact, session }, close }: Omit<ConfirmationProps, 'asked' | 'taken'>) {
  const name = nameOfContact(contact)
  const flow = session?.flow ?? ''
  const { data: versions = [] } = useQuery({ queryKey: ['versions', flow], queryFn: ({ signal }) => flowsApi.versions(flow, signal), enabled: flow !== '' })
  const others = versions.filter(({ version }) => version !== session?.version)
  const [chosen, setChosen] = useState<number>()
  const target = chosen ?? (others.find(({ live }) => live) ?? others[0])?.version
  const deed = useDeed(
    id,
    (version: number) => conversationsApi.move(id, version),
    version => words.moved(name, version),
  )
  return (
    <>
      <p>{others.length === 0 ? words.moveNowhere : words.moveLead(session?.version ?? 0)}</p>
      {others.length > 0 && (
        <NativeSelect
          mt="md"
          label={words.moveTo}
          value={String(target ?? '')}
          data={others.map(({ version, note, live }) => ({ value: String(version), label: words.moveOption(version, note, live) }))}
          onChange={event => setChosen(Number(event.currentTarget.value))}
          data-autofocus
        />
      )}
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button onClick={close}>{words.cancel}</Button>
        <Button
          variant="filled"
          disabled={target === undefined || deed.isPending}
          onClick={() => target !== undefined && deed.mutate(target, { onSettled: close })}
        >
          {words.moveAct}
        </Button>
      </Group>
    </>
  )
}
