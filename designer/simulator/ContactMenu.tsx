/** Everything a contact can do beside writing a text. */
import { ActionIcon, Menu } from '@mantine/core'
import type { AttachmentKind } from '../../server/engine/index.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { simulator as words } from '../words/simulator.ts'
import type { Played, Simulation } from './simulation.ts'
import type { Writing } from './writing.ts'

interface ContactMenuProps {
  /** The text in the field: it goes along with an attachment. */
  readonly caption: string
  readonly played: Played
  readonly play: Simulation['play']
  /** Turns the field to something else than a plain message. */
  write(writing: Writing, start?: string): void
  chooseFile(): void
}

const KINDS: readonly AttachmentKind[] = ['image', 'file', 'voice', 'video', 'audio', 'sticker']
const SOMEWHERE = { latitude: 52.52, longitude: 13.405 }

/** What needs a message before is dimmed until there is one. */
export function ContactMenu({ caption, played, play, write, chooseFile }: ContactMenuProps) {
  const isReady = played.standing.type === 'ready'
  const written = played.state?.log.findLast(entry => entry.event.type === 'message_received')?.event
  const last = written?.type === 'message_received' ? written.message.text : undefined
  const hasSaid = (played.state?.deliveries.length ?? 0) > 0
  const isBlocked = played.state?.conversation.contact.blocked === true
  const text = caption.trim() === '' ? {} : { text: caption.trim() }
  return (
    <Menu position="top-start" menuItemTabIndex={0} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon size={28} aria-label={words.more} disabled={!isReady}>
          <Icon path={icons.plus} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
        <Menu.Label>{words.sections.send}</Menu.Label>
        {KINDS.map(kind => (
          <Menu.Item key={kind} onClick={() => play({ send: { ...text, [kind]: true } })}>
            {words.kinds[kind]}
          </Menu.Item>
        ))}
        <Menu.Item onClick={chooseFile}>{words.chooseFile}</Menu.Item>
        <Menu.Item onClick={() => play({ send: { location: SOMEWHERE } })}>{words.place}</Menu.Item>
        <Menu.Item onClick={() => play({ send: { shared_contact: { name: 'Ana Example', phone: '+49 30 901820' } } })}>{words.contactCard}</Menu.Item>
        <Menu.Divider />
        <Menu.Label>{words.sections.act}</Menu.Label>
        <Menu.Item onClick={() => write({ who: 'contact', mode: 'burst' }, caption)}>{words.burst}</Menu.Item>
        <Menu.Item disabled={last === undefined} onClick={() => write({ who: 'contact', mode: 'edit' }, last)}>
          {words.edit}
        </Menu.Item>
        <Menu.Item onClick={() => play({ start: '' })}>{words.openChat}</Menu.Item>
        <Menu.Item onClick={() => write({ who: 'contact', mode: 'link' })}>{words.openByLink}</Menu.Item>
        <Menu.Item disabled={!hasSaid} onClick={() => play({ contact: isBlocked ? 'unblocked' : 'blocked' })}>
          {isBlocked ? words.unblock : words.block}
        </Menu.Item>
        <Menu.Item disabled={!hasSaid} onClick={() => play({ contact: 'left' })}>
          {words.leave}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{words.sections.fail}</Menu.Label>
        <Menu.Item disabled={!hasSaid} onClick={() => play({ delivery_fails: 'message' })}>
          {words.failMessage}
        </Menu.Item>
        <Menu.Item disabled={!hasSaid} onClick={() => play({ delivery_fails: 'contact' })}>
          {words.failContact}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
