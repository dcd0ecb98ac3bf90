/** A short message with its way back. */
import { notifications } from '@mantine/notifications'
import classes from './toast.module.css'

/** The way back: a verb and what it does. */
export interface WayBack {
  readonly label: string
  run(): void
}

/** Says what happened; the way back closes the message. */
export function showToast(text: string, back?: WayBack): void {
  const id = notifications.show({
    message: (
      <span className={classes.toast}>
        {text}
        {back && (
          <button
            type="button"
            onClick={() => {
              notifications.hide(id)
              back.run()
            }}
          >
            {back.label}
          </button>
        )}
      </span>
    ),
  })
}
