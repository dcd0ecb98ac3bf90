/** The list of shortcuts, from the same registry as the palette. */
import { Modal } from '@mantine/core'
import { Keys } from '../ui/Keys.tsx'
import { useOpening } from '../ui/use-opening.ts'
import { words } from '../words/en.ts'
import classes from './KeyboardHelp.module.css'
import { ACTION_GROUPS, useAllActions } from './palette.ts'

/** What can be done by key now, in groups. */
export function HelpWindow({ isOpen, close }: { readonly isOpen: boolean; readonly close: () => void }) {
  const actions = useAllActions()
  const isOpened = useOpening(isOpen)
  return (
    <Modal opened={isOpened} onClose={close} title={words.shell.keyboardHelpTitle} size="min(1080px, 92vw)">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keys too */}
      <section className={classes.scroll} aria-label={words.shell.keyboardHelpTitle} tabIndex={0}>
        <div className={classes.groups}>
          {ACTION_GROUPS.map(group => {
            const inGroup = actions.filter(action => action.group === group && action.keys?.length)
            if (inGroup.length === 0) return null
            return (
              <section key={group} className={classes.group}>
                <h2>{words.shell.groups[group]}</h2>
                <dl>
                  {inGroup.map(action => (
                    <div key={action.name} className={classes.row}>
                      <dt>{action.label}</dt>
                      <dd>{action.keys?.[0] === undefined ? null : <Keys keys={action.keys[0]} />}</dd>
                    </div>
                  ))}
                </dl>
              </section>
            )
          })}
        </div>
      </section>
    </Modal>
  )
}
