/** Opens dialogs that are loaded when they are first opened. */
import { useEffect, useState } from 'react'

/** `isOpen`, a moment later: Mantine notes who had the focus when a dialog opens, and would miss it in one that comes opened. */
export function useOpening(isOpen: boolean): boolean {
  const [isOpened, setOpened] = useState(false)
  useEffect(() => setOpened(isOpen), [isOpen])
  return isOpened
}
