/** A secret of an account: since when it is kept, and how it is replaced. Its value is never shown. */
import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { ConnectorAnswer } from '../../server/api/contract.ts'
import { Refusal } from '../api.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { toast } from '../ui/toast.ts'
import { sayDay } from '../ui/when.ts'
import { words } from '../words/en.ts'
import { errorAt, SecretInput } from './ChannelFields.tsx'
import classes from './Connectors.module.css'
import type { ChannelField } from './fields.ts'
import { useConnectorDeeds } from './use-connectors.ts'

interface KeptSecretProps {
  readonly connector: ConnectorAnswer
  readonly field: ChannelField
  readonly readOnly: boolean
}

/** A line with its button; pressed, a field for the new value. */
export function KeptSecret({ connector, field, readOnly }: KeptSecretProps) {
  const [isTyping, typing] = useDisclosure()
  const { connectors: say } = words
  if (isTyping) return <SecretForm connector={connector} field={field} done={typing.close} />
  const { set = false, since = null } = connector.secrets[field.name] ?? {}
  return (
    <div>
      <p className={classes.label}>{field.title}</p>
      <div className={classes.kept}>
        <span className={classes.keptSince}>
          <Icon path={icons.lock} size={14} />
          {!set ? say.notSet : since === null ? say.kept : say.keptSince(sayDay(since, Date.now()))}
        </span>
        {!readOnly && <Button onClick={typing.open}>{say.updateSecret(field.title)}</Button>}
      </div>
    </div>
  )
}

function SecretForm({ connector, field, done }: Omit<KeptSecretProps, 'readOnly'> & { readonly done: () => void }) {
  const deeds = useConnectorDeeds()
  const [value, setValue] = useState('')
  const { connectors: say } = words
  const save = useMutation({
    mutationFn: () => deeds.change(connector.id, { secrets: { [field.name]: value.trim() } }),
    onSuccess: () => {
      toast(say.updated(field.title))
      done()
    },
  })
  const refusal = save.error instanceof Refusal ? save.error : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  const atField = errorAt(refusal, `/secrets/${field.name}`)
  return (
    <form className={classes.stack} onSubmit={submit} onKeyDown={event => event.key === 'Escape' && done()}>
      <SecretInput
        field={field}
        label={field.title}
        value={value}
        autoFocus
        error={atField ?? (save.error ? [save.error.message, refusal?.hint].filter(Boolean).join(' ') : undefined)}
        onChange={setValue}
      />
      <p className={classes.quiet}>{field.generated ? say.generated : say.updateHelp}</p>
      <div className={classes.buttons}>
        <Button type="submit" variant="filled" disabled={save.isPending || (value.trim() === '' && !field.generated)}>
          {say.save}
        </Button>
        <Button onClick={done}>{say.cancel}</Button>
      </div>
    </form>
  )
}
