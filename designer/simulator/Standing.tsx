/** Why the run cannot go on, or why the last step could not be done; nothing otherwise. */
import { Button } from '@mantine/core'
import { useDraft } from '../draft/index.ts'
import { simulator as words } from '../words/simulator.ts'
import classes from './Standing.module.css'
import type { Played, Simulation } from './simulation.ts'

/** Problems lead to their blocks; a lost block offers a new start. */
export function Standing({ simulation, played }: { readonly simulation: Simulation; readonly played: Played }) {
  const { standing, refused, flowChanged } = played
  const choose = useDraft(draft => draft.choose)
  return (
    <div role="status">
      {standing.type === 'problems' && (
        <div className={classes.notice} data-kind="error">
          <b>{words.cannotRun}</b>
          {standing.problems.slice(0, 3).map(({ at, message, block }) => (
            <button
              key={`${at}${message}`}
              type="button"
              className={classes.problem}
              disabled={block === undefined}
              onClick={() => block !== undefined && choose({ blocks: [block] })}
            >
              {message}
            </button>
          ))}
          {played.turns.length > 0 && <span>{words.runStands}</span>}
        </div>
      )}
      {standing.type === 'lost' && (
        <div className={classes.notice} data-kind="warning">
          <span>{words.lostBlock(standing.block)}</span>
          <Button size="compact-sm" onClick={() => simulation.restart()}>
            {words.restart}
          </Button>
        </div>
      )}
      {standing.type === 'ready' && flowChanged && <div className={classes.notice}>{words.flowChanged}</div>}
      {standing.type === 'ready' && refused !== undefined && (
        <div className={classes.notice} data-kind="warning">
          {refused}
        </div>
      )}
    </div>
  )
}
