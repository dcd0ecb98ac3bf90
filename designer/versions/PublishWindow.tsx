/** The dialog around what is gone through before publishing. */
import { Modal } from '@mantine/core'
import { useEffect } from 'react'
import { useDraftStore } from '../draft/index.ts'
import { useOpening } from '../ui/use-opening.ts'
import { versions as words } from '../words/versions.ts'
import { PublishForm } from './PublishForm.tsx'

/** The form is mounted while it is open, so what it shows is read anew each time. */
export function PublishWindow({ isOpen, close }: { readonly isOpen: boolean; readonly close: () => void }) {
  const isOpened = useOpening(isOpen)
  const store = useDraftStore()
  useEffect(() => {
    if (isOpen) store.getState().showAllProblems()
  }, [isOpen, store])
  return (
    <Modal opened={isOpened} onClose={close} title={words.publishTitle} size={480} closeButtonProps={{ 'aria-label': words.close }}>
      {isOpen && <PublishForm close={close} />}
    </Modal>
  )
}
