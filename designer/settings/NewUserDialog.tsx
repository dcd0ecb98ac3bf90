/** Lets somebody in: name, e-mail, role, and then a link for them. */
import { Button, Modal, NativeSelect, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Role } from '../../server/api/contract.ts'
import { Refusal, usersApi } from '../api.ts'
import { words } from '../words/en.ts'
import type { ShownLink } from './LinkDialog.tsx'
import { ROLE_CHOICES } from './role-choices.ts'
import classes from './SettingsPage.module.css'

/** Hands the link over when it is made. */
export function NewUserDialog({ onClose, onMade }: { readonly onClose: () => void; readonly onMade: (link: ShownLink) => void }) {
  const queries = useQueryClient()
  const [role, setRole] = useState<Role>('editor')
  const make = useMutation({
    mutationFn: usersApi.make,
    onSuccess: ({ user, link }) => {
      void queries.invalidateQueries({ queryKey: ['users'] })
      onMade({ name: user.name, url: link.url })
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    make.mutate({ name: String(fields.get('name')), email: String(fields.get('email')), role })
  }
  const { users: say } = words.settings
  const refusal = make.error instanceof Refusal ? make.error : undefined
  return (
    <Modal opened onClose={onClose} title={say.addTitle}>
      <form className={classes.form} style={{ padding: 0 }} onSubmit={submit}>
        <TextInput name="name" label={say.name} required withAsterisk={false} maxLength={100} data-autofocus />
        <TextInput name="email" type="email" label={say.email} required withAsterisk={false} error={refusal?.at === '/email' ? refusal.message : undefined} />
        <NativeSelect
          label={say.role}
          description={words.settings.roles[role].does}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={ROLE_CHOICES}
          value={role}
          onChange={event => setRole(event.currentTarget.value as Role)}
        />
        {make.error && refusal?.at !== '/email' && <p role="alert">{make.error.message}</p>}
        <div className={classes.actions}>
          <Button onClick={onClose}>{words.settings.cancel}</Button>
          <Button type="submit" variant="filled" disabled={make.isPending}>
            {say.makeLink}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
