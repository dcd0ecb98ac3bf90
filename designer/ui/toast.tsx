/** What happened, at the bottom for a moment, with the way back. */
import { Button } from '@mantine/core'
import { type NotificationData, notifications } from '@mantine/notifications'
import { Refusal } from '../api.ts'
import { words } from '../words/en.ts'
import classes from './toast.module.css'

/** The way back. */
export interface ToastAction {
  readonly label: string
  run(): void
}

/** Says that something was done. */
export function toast(text: string, action?: ToastAction): void {
  const id = show({
    message: action ? (
      <span className={classes.row}>
        {text}
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            notifications.hide(id)
            action.run()
          }}
        >
          {action.label}
        </Button>
      </span>
    ) : (
      text
    ),
  })
}

/** Says that something was refused, in the server's words; stays until it is closed. */
export function toastRefusal(error: unknown): void {
  const message = error instanceof Refusal ? [error.message, error.hint].filter(Boolean).join(' ') : words.shell.serverFailed
  show({ message, autoClose: false, role: 'alert', className: classes.refusal ?? '' })
}

/** At most one at a time, and the newest: what happened before is over. */
function show(data: NotificationData): string {
  notifications.clean()
  return notifications.show(data)
}
