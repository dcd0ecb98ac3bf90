/** Shows a one-time link, once. */
import { Button, Modal } from '@mantine/core'
import { CopyField } from '../ui/CopyField.tsx'
import { words } from '../words/en.ts'
import classes from './SettingsPage.module.css'

/** A link and whom it is for. */
export interface ShownLink {
  readonly name: string
  readonly url: string
}

/** Stays until it is closed by its button: a click beside it must not lose the link. */
export function LinkDialog({ link, onClose }: { readonly link: ShownLink; readonly onClose: () => void }) {
  const { users: say } = words.settings
  return (
    <Modal opened onClose={onClose} title={say.linkTitle(link.name)} size="lg" closeOnClickOutside={false} withCloseButton={false}>
      <p className={classes.lead}>{say.linkLead}</p>
      <CopyField isMain label={say.link} value={link.url} />
      <div className={classes.actions}>
        <Button onClick={onClose}>{words.settings.done}</Button>
      </div>
    </Modal>
  )
}
