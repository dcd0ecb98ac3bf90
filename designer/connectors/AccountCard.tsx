/** The account: its name, its flow, the channel's settings and secrets. */
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { ChannelAnswer, ConnectorAnswer, FlowSummary } from '../../server/api/contract.ts'
import { Refusal } from '../api.ts'
import { toast } from '../ui/toast.ts'
import { words } from '../words/en.ts'
import { Advanced, ChannelFields, errorAt } from './ChannelFields.tsx'
import classes from './Connectors.module.css'
import { isAdvanced, readValue, writeValue } from './fields.ts'
import { flowChoices } from './flow-choices.ts'
import { KeptSecret } from './KeptSecret.tsx'
import { useConnectorDeeds } from './use-connectors.ts'

interface AccountCardProps {
  readonly connector: ConnectorAnswer
  readonly channel: ChannelAnswer
  readonly flows: readonly FlowSummary[]
  readonly readOnly: boolean
}

/** Secrets are saved one by one, the rest together. */
export function AccountCard({ connector, channel, flows, readOnly }: AccountCardProps) {
  const { connectors: say } = words
  // A chat of ours has one secret, which nobody has to know of.
  const secrets = channel.receives === 'page' ? [] : channel.secrets
  const kept = (field: ChannelAnswer['secrets'][number]) => <KeptSecret key={field.name} connector={connector} field={field} readOnly={readOnly} />
  const made = secrets.filter(isAdvanced)
  return (
    <section className={classes.card} aria-labelledby="connector-account">
      <h3 id="connector-account">{say.accountTitle}</h3>
      <AccountForm connector={connector} channel={channel} flows={flows} readOnly={readOnly} />
      {secrets.length > 0 && (
        <div className={classes.secrets}>
          {secrets.filter(field => !isAdvanced(field)).map(kept)}
          {made.length > 0 && <Advanced>{made.map(kept)}</Advanced>}
        </div>
      )}
    </section>
  )
}

function AccountForm({ connector, channel, flows, readOnly }: AccountCardProps) {
  const deeds = useConnectorDeeds()
  const { connectors: say } = words
  const stored = Object.fromEntries(channel.fields.map(field => [field.name, writeValue(field, connector.settings)]))
  const [name, setName] = useState(connector.name)
  const [flow, setFlow] = useState(connector.flow)
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>(stored)
  const changed = channel.fields.filter(field => typed[field.name] !== stored[field.name])
  const isSame = name.trim() === connector.name && flow === connector.flow && changed.length === 0
  const save = useMutation({
    mutationFn: () =>
      deeds.change(connector.id, {
        name: name.trim(),
        flow,
        ...(changed.length === 0 ? {} : { settings: Object.fromEntries(changed.map(field => [field.name, readValue(field, typed[field.name] ?? '')])) }),
      }),
    onSuccess: () => toast(say.saved),
  })
  const refusal = save.error instanceof Refusal ? save.error : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form className={classes.stack} onSubmit={submit}>
      <TextInput
        label={say.name}
        value={name}
        onChange={event => setName(event.currentTarget.value)}
        readOnly={readOnly}
        required
        withAsterisk={false}
        maxLength={100}
      />
      <NativeSelect
        label={say.flow}
        description={say.flowHelp}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={flowChoices(flows, connector.flow)}
        value={flow}
        disabled={readOnly}
        error={errorAt(refusal, '/flow')}
        onChange={event => setFlow(event.currentTarget.value)}
      />
      <ChannelFields
        fields={channel.fields}
        typed={typed}
        readOnly={readOnly}
        refusal={refusal}
        onType={(field, text) => setTyped(before => ({ ...before, [field]: text }))}
      />
      {save.error && !/^\/(flow$|settings\/)/.test(refusal?.at ?? '') && (
        <p className={classes.refusal} role="alert">
          {[save.error.message, refusal?.hint].filter(Boolean).join(' ')}
        </p>
      )}
      {!readOnly && (
        <div>
          <Button type="submit" disabled={isSame || name.trim() === '' || save.isPending}>
            {say.save}
          </Button>
        </div>
      )}
    </form>
  )
}
