/** The simulator beside the canvas: a chat with the draft on the real engine. */
import { useMemo } from 'react'
import { usePanels } from '../editor/panels.ts'
import { type Action, useActions } from '../shell/palette.ts'
import { icons } from '../ui/icons.ts'
import { simulator as words } from '../words/simulator.ts'
import { ApiCard } from './ApiCard.tsx'
import { Chat } from './Chat.tsx'
import { Composer } from './Composer.tsx'
import { goBack } from './focus.ts'
import { Head } from './Head.tsx'
import { simulatorIcons } from './icons.ts'
import classes from './Simulator.module.css'
import { Standing } from './Standing.tsx'
import type { Simulation } from './simulation.ts'
import { Tests } from './Tests.tsx'
import { TimeRow } from './TimeRow.tsx'
import { useSimulation } from './use-simulation.ts'
import { useTests } from './use-tests.ts'
import { Variables } from './Variables.tsx'

/** The panel. It is empty until the channels are known, which the editor has asked for already. */
export function Simulator() {
  const { simulation, played, channels, isReady } = useSimulation()
  const { isTesting, setTesting, setTrying, write } = usePanels()
  const tests = useTests(played.flow)
  useActions(useMemo(() => runActions(simulation), [simulation]))
  if (!isReady) return null
  return (
    <div className={classes.simulator}>
      <Head
        simulation={simulation}
        write={write}
        played={played}
        channels={channels}
        tests={tests}
        isTesting={isTesting}
        setTesting={setTesting}
        close={() => {
          goBack()
          setTrying(false)
        }}
      />
      {isTesting ? (
        <Tests
          tests={tests}
          flow={played.flow}
          play={(setting, test) => {
            simulation.replay(setting, test)
            write()
          }}
        />
      ) : (
        <>
          <Chat simulation={simulation} played={played} write={write} />
          <ApiCard simulation={simulation} played={played} />
          <Standing simulation={simulation} played={played} />
          <Variables />
          <TimeRow simulation={simulation} played={played} write={write} />
          <Composer simulation={simulation} played={played} />
        </>
      )}
    </div>
  )
}

function runActions(simulation: Simulation): readonly Action[] {
  const hasRun = () => simulation.read().turns.length > 0
  return [
    {
      name: 'run_step_back',
      group: 'flow',
      label: `${words.title}: ${words.stepBack}`,
      icon: simulatorIcons.stepBack,
      isAvailable: hasRun,
      run: () => simulation.stepBack(),
    },
    {
      name: 'run_restart',
      group: 'flow',
      label: `${words.title}: ${words.restart}`,
      icon: icons.restore,
      isAvailable: hasRun,
      run: () => simulation.restart(),
    },
    {
      name: 'run_five_minutes',
      group: 'flow',
      label: `${words.title}: ${words.fiveMinutes}`,
      icon: icons.versions,
      isAvailable: hasRun,
      run: () => simulation.play({ pass: '5 min' }),
    },
  ]
}
