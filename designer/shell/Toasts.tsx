/** Where messages appear at the bottom. A file of its own, because no page needs it before something happened. */
import { Notifications } from '@mantine/notifications'

/** One at a time; a new one takes the place of the one before. */
export function Toasts() {
  return <Notifications position="bottom-center" autoClose={6000} limit={1} />
}
