/** Loads what shows messages when there is the first one. The messages wait for it. */
import { useNotifications } from '@mantine/notifications'
import { useState } from 'react'
import { PartPlace } from './PartPlace.tsx'
import { lazyPart } from './part.tsx'

/** What shows messages. */
export const Toasts = lazyPart(async () => (await import('./Toasts.tsx')).Toasts)

/** Mounted once. From the first message on it stays: messages leave one by one. */
export function LateToasts() {
  const { notifications, queue } = useNotifications()
  const [isNeeded, setNeeded] = useState(false)
  if (!isNeeded && notifications.length + queue.length > 0) setNeeded(true)
  return isNeeded ? (
    <PartPlace>
      <Toasts />
    </PartPlace>
  ) : null
}
