/** What the agent does, and how the queue answers. */
import { ActionIcon, Menu } from '@mantine/core'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { simulator as words } from '../words/simulator.ts'
import type { Played, Simulation } from './simulation.ts'
import type { Writing } from './writing.ts'

interface AgentMenuProps {
  readonly played: Played
  readonly play: Simulation['play']
  write(writing: Writing): void
}

const LEAVES = ['end', 'transfer', 'lost', 'silent'] as const
const REFUSALS = { nobody_on_shift: words.nobody, full: words.full, closed: words.closed } as const
const PLACES = [1, 2, 5] as const

/** Only what fits who owns the conversation now can be pressed. */
export function AgentMenu({ played, play, write }: AgentMenuProps) {
  const owner = played.state?.conversation.owner ?? 'nobody'
  const isReady = played.standing.type === 'ready'
  return (
    <Menu position="top-start" menuItemTabIndex={0} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon size={28} aria-label={words.agentMore} disabled={!isReady}>
          <Icon path={icons.plus} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{words.sections.agent}</Menu.Label>
        <Menu.Item disabled={owner !== 'queue' && owner !== 'flow'} onClick={() => play({ agent: 'join' })}>
          {words.join}
        </Menu.Item>
        <Menu.Item disabled={owner !== 'agent'} onClick={() => write({ who: 'agent', mode: 'note' })}>
          {words.note}
        </Menu.Item>
        {LEAVES.map(does => (
          <Menu.Item key={does} disabled={owner !== 'agent'} onClick={() => play({ agent: does })}>
            {words[does]}
          </Menu.Item>
        ))}
        {owner !== 'agent' && (
          <>
            <Menu.Divider />
            <Menu.Label>{words.sections.queue}</Menu.Label>
            {(['nobody_on_shift', 'full', 'closed'] as const).map(answer => (
              <Menu.Item key={answer} onClick={() => play({ queue: answer })}>
                {REFUSALS[answer]}
              </Menu.Item>
            ))}
            {PLACES.map(position => (
              <Menu.Item key={position} onClick={() => play({ queue: { position } })}>
                {words.position(position)}
              </Menu.Item>
            ))}
            {owner !== 'queue' && <Menu.Label maw={220}>{words.queueNext}</Menu.Label>}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
