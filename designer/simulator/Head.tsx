/** The top of the simulator: channel, steps through the run, who writes, and the saved tests. */
import { ActionIcon, Button, NativeSelect, Tooltip } from '@mantine/core'
import type { Abilities } from '../../server/engine/index.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { simulator as words } from '../words/simulator.ts'
import classes from './Head.module.css'
import { simulatorIcons } from './icons.ts'
import { Person } from './Person.tsx'
import { SaveTest } from './SaveTest.tsx'
import { startOfMinute } from './setting.ts'
import type { Played, Simulation } from './simulation.ts'
import type { SavedTests } from './use-tests.ts'

interface HeadProps {
  readonly simulation: Simulation
  readonly played: Played
  readonly channels: readonly Abilities[]
  readonly tests: SavedTests
  readonly isTesting: boolean
  setTesting(isTesting: boolean): void
  /** Puts the focus into the writing field. */
  write(): void
  close(): void
}

/** Choosing another channel begins anew: limits and buttons would not fit what was said before. */
export function Head({ simulation, played, channels, tests, isTesting, setTesting, write, close }: HeadProps) {
  const { setting, turns } = played
  const hasRun = turns.length > 0
  return (
    <div className={classes.head}>
      <div className={classes.row}>
        <h2 className={classes.title}>{words.title}</h2>
        <NativeSelect
          aria-label={words.channel}
          size="xs"
          className={classes.channel}
          value={setting.channel}
          data={channels.map(({ channel, title }) => ({ value: channel, label: title }))}
          onChange={event => simulation.restart({ ...setting, channel: event.currentTarget.value })}
        />
        <span className={classes.grow} />
        <Tooltip label={words.stepBack}>
          <ActionIcon
            aria-label={words.stepBack}
            disabled={!hasRun}
            onClick={() => {
              simulation.stepBack()
              write()
            }}
          >
            <Icon path={simulatorIcons.stepBack} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={words.restart}>
          <ActionIcon
            aria-label={words.restart}
            disabled={!hasRun}
            onClick={() => {
              simulation.restart({ ...setting, now: startOfMinute(Date.now()) })
              write()
            }}
          >
            <Icon path={icons.restore} />
          </ActionIcon>
        </Tooltip>
        <SaveTest played={played} tests={tests} />
        <Tooltip label={words.close}>
          <ActionIcon aria-label={words.close} onClick={close}>
            <Icon path={icons.close} />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={classes.row}>
        <Person simulation={simulation} played={played} write={write} />
        <span className={classes.grow} />
        <Button
          size="compact-sm"
          variant={isTesting ? 'light' : 'subtle'}
          color={isTesting ? 'petrol' : 'gray'}
          aria-pressed={isTesting}
          leftSection={<Icon path={simulatorIcons.list} size={14} />}
          onClick={() => setTesting(!isTesting)}
        >
          {words.tests}
          <span className={classes.count} data-failed={tests.failed > 0 || undefined}>
            {tests.count}
          </span>
        </Button>
      </div>
    </div>
  )
}
