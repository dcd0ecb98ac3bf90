/** Asks what a new flow is called. */
import { Button, Group, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { words } from '../words/en.ts'
import { useFlowDeeds } from './use-flows.ts'

/** A name and Enter are enough. */
export function NewFlowDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={words.flows.newTitle}>
      <NewFlowForm onClose={onClose} />
    </Modal>
  )
}

function NewFlowForm({ onClose }: { readonly onClose: () => void }) {
  const deeds = useFlowDeeds()
  const [name, setName] = useState('')
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return
    setBusy(true)
    await deeds.create(name.trim())
    setBusy(false)
  }
  return (
    <form onSubmit={event => void submit(event)}>
      <TextInput
        label={words.flows.name}
        description={words.flows.nameHelp}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder={words.flows.namePlaceholder}
        value={name}
        onChange={event => setName(event.currentTarget.value)}
        maxLength={100}
        required
        withAsterisk={false}
        data-autofocus
      />
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button onClick={onClose}>{words.flows.cancel}</Button>
        <Button type="submit" variant="filled" disabled={isBusy || name.trim() === ''}>
          {words.flows.create}
        </Button>
      </Group>
    </form>
  )
}
