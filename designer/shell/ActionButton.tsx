/** Buttons for actions of the page: what they do and by which key is said as in the palette, from the same list. */
import { ActionIcon, Tooltip } from '@mantine/core'
import type { ReactElement } from 'react'
import { Icon } from '../ui/Icon.tsx'
import { Keys } from '../ui/Keys.tsx'
import classes from './ActionButton.module.css'
import { useAction } from './palette.ts'

/** A button of one icon; not there while nobody offers the action. */
export function ActionButton({ name }: { readonly name: string }) {
  const action = useAction(name)
  if (!action) return null
  return (
    <ActionHint name={name} label={action.label}>
      <ActionIcon aria-label={action.label} onClick={action.run}>
        <Icon path={action.icon ?? ''} />
      </ActionIcon>
    </ActionHint>
  )
}

interface ActionHintProps {
  readonly name: string
  /** What stands before the key cap. */
  readonly label: string
  readonly children: ReactElement
}

/** Says on hover what a button does, and its key. */
export function ActionHint({ name, label, children }: ActionHintProps) {
  return (
    <Tooltip
      label={
        <span className={classes.hint}>
          {label}
          <ActionKeys name={name} />
        </span>
      }
    >
      {children}
    </Tooltip>
  )
}

/** The key cap of an action; nothing for one without a key. */
export function ActionKeys({ name }: { readonly name: string }) {
  const keys = useAction(name)?.keys?.[0]
  return keys === undefined ? null : <Keys keys={keys} />
}
