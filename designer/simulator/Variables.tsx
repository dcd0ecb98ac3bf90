/** Variables and contact fields of the run; what the last turn changed stands out for a moment. */
import { useState } from 'react'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { simulator as words } from '../words/simulator.ts'
import { useRun } from './run.ts'
import classes from './Variables.module.css'

/** Folds away. */
export function Variables() {
  const values = useRun(run => run.values)
  const turn = useRun(run => run.turn)
  const [isOpen, setOpen] = useState(true)
  const changed = values.filter(row => row.changed).length
  return (
    <section className={classes.watch} aria-label={words.variablesOfRun}>
      <button type="button" className={classes.head} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span className={classes.title}>{words.variables}</span>
        <span className={classes.changed}>{changed > 0 ? words.variablesChanged(changed) : ''}</span>
        <Icon path={isOpen ? icons.chevronDown : icons.chevronRight} size={14} />
      </button>
      {isOpen && values.length === 0 && <p className={classes.nothing}>{words.noVariables}</p>}
      {isOpen && values.length > 0 && (
        <dl className={classes.list} tabIndex={0} aria-label={words.values}>
          {values.map(({ name, value, changed: isChanged }) => (
            <div key={name} className={classes.row}>
              <dt>{name}</dt>
              {/* Drawn anew each turn, so that a second change lights up again. */}
              <dd key={isChanged ? turn : 0} dir="auto" data-changed={isChanged || undefined} data-empty={value === undefined || undefined} title={value}>
                {value ?? words.notSet}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}
