/** Makes a secret, or gives one a new value or other hosts. */
import { Button, Modal, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import type { SecretAnswer } from '../../server/api/contract.ts'
import { secretsApi } from '../api.ts'
import { words } from '../words/en.ts'
import classes from './SettingsPage.module.css'

const ORDER: ['label', 'input', 'description', 'error'] = ['label', 'input', 'description', 'error']

/** Without a secret: a new one. A value that is left empty stays as it is. */
export function SecretDialog({ secret, onClose }: { readonly secret?: SecretAnswer; readonly onClose: () => void }) {
  const queries = useQueryClient()
  const save = useMutation({
    mutationFn: ({ name, value, hosts }: { readonly name: string; readonly value: string; readonly hosts: string }) =>
      secretsApi.save(name, { ...(value === '' ? {} : { value }), allowed_hosts: hosts.split(/[\s,]+/).filter(host => host !== '') }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['secrets'] })
      onClose()
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    save.mutate({ name: secret?.name ?? nameOf(String(typed.get('name'))), value: String(typed.get('value')), hosts: String(typed.get('hosts')) })
  }
  const { secrets: say } = words.settings
  return (
    <Modal opened onClose={onClose} title={secret ? say.changeOf(secret.name) : say.addTitle}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {!secret && (
            <TextInput
              name="name"
              label={say.name}
              description={say.nameHelp}
              inputWrapperOrder={ORDER}
              required
              withAsterisk={false}
              maxLength={40}
              data-autofocus
            />
          )}
          <PasswordInput
            name="value"
            label={say.value}
            description={secret ? say.valueStays : say.valueHelp}
            inputWrapperOrder={ORDER}
            required={!secret}
            withAsterisk={false}
            maxLength={8000}
            autoComplete="off"
          />
          <TextInput
            name="hosts"
            label={say.hosts}
            description={say.hostsHelp}
            placeholder="shop.example.com"
            inputWrapperOrder={ORDER}
            required
            withAsterisk={false}
            defaultValue={secret?.allowed_hosts.join(', ') ?? ''}
            autoComplete="off"
          />
        </Stack>
        {save.error && <p role="alert">{save.error.message}</p>}
        <div className={classes.actions}>
          <Button onClick={onClose}>{words.settings.cancel}</Button>
          <Button type="submit" variant="filled" disabled={save.isPending}>
            {words.settings.save}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

/** "Shop key" is written as `shop_key`. */
function nameOf(typed: string): string {
  return typed
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
}
