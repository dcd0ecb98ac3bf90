/** The list of shortcuts, from the same registry as the palette. */
import { Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMemo } from 'react'
import { icons } from '../ui/icons.ts'
import { Keys } from '../ui/Keys.tsx'
import { words } from '../words/en.ts'
import classes from './KeyboardHelp.module.css'
import { ACTION_GROUPS, type Action, useActions, useAllActions } from './palette.ts'

/** Mounted once; `?` opens it. */
export function KeyboardHelp() {
  const [isOpen, { open, close }] = useDisclosure()
  useActions(
    useMemo<readonly Action[]>(
      () => [{ name: 'keyboard_help', group: 'app', label: words.shell.keyboardHelp, icon: icons.keyboard, keys: ['?', 'shift+?'], run: open }],
      [open],
    ),
  )
  const actions = useAllActions()
  return (
    <Modal opened={isOpen} onClose={close} title={words.shell.keyboardHelpTitle} size={720} closeButtonProps={{ 'aria-label': words.shell.close }}>
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
    </Modal>
  )
}
