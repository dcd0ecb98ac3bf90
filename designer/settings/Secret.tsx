/** Something that is shown once: it can be copied, and is gone when the dialog closes. */
import { Button, CopyButton, TextInput } from '@mantine/core'
import { words } from '../words/en.ts'
import classes from './SettingsPage.module.css'

/** The value beside a button that copies it. */
export function Secret({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div className={classes.secret}>
      <TextInput label={label} value={value} readOnly onFocus={event => event.currentTarget.select()} />
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button variant="filled" onClick={copy} data-autofocus miw={76}>
            {copied ? words.settings.copied : words.settings.copy}
          </Button>
        )}
      </CopyButton>
    </div>
  )
}
