/** The clock of the run and the buttons that move it. */
import { ActionIcon, Button, Menu } from '@mantine/core'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { simulator as words } from '../words/simulator.ts'
import { nextTimer, UNTIL_MORNING } from './next-timer.ts'
import type { Played, Simulation } from './simulation.ts'
import classes from './TimeRow.module.css'
import { sayClock } from './transcript.ts'

/** Silence is time that passes: the last button lets the contact say nothing until the next timer. */
export function TimeRow({ simulation, played, write }: { readonly simulation: Simulation; readonly played: Played; write(): void }) {
  const { state, flow, standing, setting } = played
  const isReady = standing.type === 'ready' && state !== undefined
  const next = state && flow ? nextTimer(state, flow, played.nextTimer) : undefined
  return (
    <div className={classes.time}>
      <span className={classes.clock}>
        {words.now} <b>{sayClock(state?.now ?? setting.now, flow?.time_zone ?? 'UTC')}</b>
      </span>
      <Button size="compact-sm" disabled={!isReady} onClick={() => simulation.play({ pass: '1 min' })}>
        {words.minute}
      </Button>
      <Button size="compact-sm" disabled={!isReady} onClick={() => simulation.play({ pass: '1 h' })}>
        {words.hour}
      </Button>
      <Menu position="top-end">
        <Menu.Target>
          <ActionIcon size={22} aria-label={words.moreTime} disabled={!isReady}>
            <Icon path={icons.more} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => simulation.play({ pass: '5 min' })}>{words.fiveMinutes}</Menu.Item>
          <Menu.Item onClick={() => simulation.play({ pass: '1 d' })}>{words.day}</Menu.Item>
          <Menu.Item onClick={() => simulation.play(...UNTIL_MORNING)}>{words.untilMorning}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {next && (
        <Button
          size="compact-sm"
          className={classes.next}
          disabled={!isReady}
          title={next.label}
          onClick={() => {
            simulation.play(next.step)
            write()
          }}
        >
          {next.label}
        </Button>
      )}
    </div>
  )
}
