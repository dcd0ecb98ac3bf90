/** Makes an API key with just the rights it needs. */
import { Button, Checkbox, Modal, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { MadeKey } from '../../server/api/contract.ts'
import { keysApi } from '../api.ts'
import { words } from '../words/en.ts'
import classes from './SettingsPage.module.css'

/** Changing flows includes publishing them for a key, so that is no box of its own. */
const OFFERED = Object.entries(words.settings.scopes).filter(([scope]) => scope !== 'flows:publish')

/** Hands the key over when it is made. */
export function NewKeyDialog({ onClose, onMade }: { readonly onClose: () => void; readonly onMade: (key: MadeKey) => void }) {
  const queries = useQueryClient()
  const [scopes, setScopes] = useState<string[]>(['flows:read'])
  const make = useMutation({
    mutationFn: keysApi.make,
    onSuccess: key => {
      void queries.invalidateQueries({ queryKey: ['keys'] })
      onMade(key)
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    make.mutate({ name: String(new FormData(event.currentTarget).get('name')), scopes })
  }
  const { keys: say } = words.settings
  return (
    <Modal opened onClose={onClose} title={say.addTitle}>
      <form onSubmit={submit}>
        <TextInput
          name="name"
          label={say.name}
          description={say.nameHelp}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          required
          withAsterisk={false}
          maxLength={100}
          data-autofocus
        />
        <Checkbox.Group label={say.may} value={scopes} onChange={setScopes} mt="lg">
          <Stack gap={8} mt={4}>
            {OFFERED.map(([scope, label]) => (
              <Checkbox key={scope} value={scope} label={label} size="xs" />
            ))}
          </Stack>
        </Checkbox.Group>
        {make.error && <p role="alert">{make.error.message}</p>}
        <div className={classes.actions}>
          <Button onClick={onClose}>{words.settings.cancel}</Button>
          <Button type="submit" variant="filled" disabled={make.isPending || scopes.length === 0}>
            {say.make}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
