/** Whether what is drawn is kept: always to be seen, and said aloud only when somebody has to know. */
import { Tooltip } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { SaveState as State } from '../draft/draft.ts'
import { useDraft } from '../draft/index.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import classes from './Header.module.css'

/** States in which something is in the way of saving. */
const TROUBLES: ReadonlySet<State> = new Set(['offline', 'conflict', 'refused'])

/** Where the header is narrow its icon says it, and its tooltip in words. */
export function SaveState() {
  const state = useDraft(draft => draft.saveState)
  const isReadOnly = useDraft(draft => draft.readOnly)
  const text = isReadOnly ? words.editor.readOnly : words.editor.saveStates[state]
  return (
    <>
      <Tooltip label={text}>
        <span className={classes.save} data-state={isReadOnly ? 'read_only' : state}>
          <span className={classes.saveIcon}>
            <Icon path={state === 'saved' ? icons.check : TROUBLES.has(state) ? icons.warning : icons.edit} size={14} />
          </span>
          <span className={classes.saveText}>{text}</span>
        </span>
      </Tooltip>
      {!isReadOnly && <Announcer state={state} />}
    </>
  )
}

/** Each edit is saved; saying so each time would only be noise. Trouble is said, and its end. */
function Announcer({ state }: { readonly state: State }) {
  const [said, say] = useState('')
  const wasInTrouble = useRef(false)
  useEffect(() => {
    if (TROUBLES.has(state)) {
      wasInTrouble.current = true
      say(words.editor.saveStates[state])
    } else if (state === 'saved' && wasInTrouble.current) {
      wasInTrouble.current = false
      say(words.editor.savedAgain)
    }
  }, [state])
  return (
    <span className={classes.unseen} role="status">
      {said}
    </span>
  )
}
