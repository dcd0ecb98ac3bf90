/** The second page of connecting: the account on the messenger. */
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ChannelAnswer, NewConnector } from '../../server/api/contract.ts'
import { Refusal } from '../api.ts'
import { words } from '../words/en.ts'
import { Advanced, ChannelFields, errorAt, SecretInput } from './ChannelFields.tsx'
import classes from './Connectors.module.css'
import { type ChannelField, isAdvanced, readValue, writeValue } from './fields.ts'

type NewAccount = Pick<NewConnector, 'name' | 'settings' | 'secrets'>

interface NewAccountFormProps {
  readonly channel: ChannelAnswer
  /** Offered as the name. */
  readonly name: string
  readonly error: Error | null
  readonly isBusy: boolean
  connect(account: NewAccount): void
  back(): void
}

/** Asks for what the channel says it needs. */
export function NewAccountForm({ channel, name: offered, error, isBusy, connect, back }: NewAccountFormProps) {
  const { connectors: say } = words
  const [name, setName] = useState(offered)
  const [settings, setSettings] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(channel.fields.map(field => [field.name, writeValue(field, {})])),
  )
  const [secrets, setSecrets] = useState<Readonly<Record<string, string>>>({})
  const refusal = error instanceof Refusal ? error : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    connect({
      name: name.trim(),
      settings: filled(channel.fields, settings),
      secrets: filled(channel.secrets, secrets),
    })
  }
  const secret = (field: ChannelField) => (
    <SecretInput
      key={field.name}
      field={field}
      label={field.title}
      value={secrets[field.name] ?? ''}
      error={errorAt(refusal, `/secrets/${field.name}`)}
      onChange={text => setSecrets(before => ({ ...before, [field.name]: text }))}
    />
  )
  const made = channel.secrets.filter(isAdvanced)
  return (
    <form className={classes.stack} onSubmit={submit}>
      <TextInput
        label={say.name}
        description={say.nameHelp}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={name}
        required
        withAsterisk={false}
        maxLength={100}
        data-autofocus
        onFocus={event => event.currentTarget.select()}
        onChange={event => setName(event.currentTarget.value)}
      />
      {channel.secrets.filter(field => !isAdvanced(field)).map(secret)}
      <ChannelFields
        fields={channel.fields}
        typed={settings}
        refusal={refusal}
        onType={(field, text) => setSettings(before => ({ ...before, [field]: text }))}
      />
      {made.length > 0 && <Advanced isOpen={made.some(field => errorAt(refusal, `/secrets/${field.name}`))}>{made.map(secret)}</Advanced>}
      {error && !/^\/(settings|secrets)\/./.test(refusal?.at ?? '') && (
        <p className={classes.refusal} role="alert">
          {[error.message, refusal?.hint].filter(Boolean).join(' ')}
        </p>
      )}
      <div className={classes.actions}>
        <Button onClick={back}>{say.back}</Button>
        <Button type="submit" variant="filled" disabled={isBusy}>
          {say.connect}
        </Button>
      </div>
    </form>
  )
}

/** Only what somebody filled in: the channel knows what the rest is. */
function filled(fields: readonly ChannelField[], typed: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const values = fields.map(field => [field.name, readValue(field, typed[field.name] ?? '')] as const)
  return Object.fromEntries(values.filter(([, value]) => value !== null))
}
