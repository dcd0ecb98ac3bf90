/** Deletes a connector, after its name was written: nothing brings it back. */
import { Button, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useLocation } from 'wouter'
import type { ConnectorAnswer } from '../../server/api/contract.ts'
import { words } from '../words/en.ts'
import classes from './Connectors.module.css'
import { useConnectorDeeds } from './use-connectors.ts'

/** The button works once the name stands there. */
export function DeleteDialog({ connector, onClose }: { readonly connector: ConnectorAnswer; readonly onClose: () => void }) {
  const deeds = useConnectorDeeds()
  const [, navigate] = useLocation()
  const [written, setWritten] = useState('')
  const { connectors: say } = words
  const isSure = written.trim() === connector.name.trim()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!isSure) return
    onClose()
    if (await deeds.remove(connector)) navigate('/connectors', { replace: true })
  }
  return (
    <Modal opened onClose={onClose} title={say.deleteTitle(connector.name)}>
      <form className={classes.stack} onSubmit={event => void submit(event)}>
        <p>{say.deleteLead}</p>
        <TextInput
          label={say.deleteName(connector.name)}
          value={written}
          onChange={event => setWritten(event.currentTarget.value)}
          autoComplete="off"
          data-autofocus
        />
        <div className={classes.actions}>
          <Button onClick={onClose}>{say.keep}</Button>
          <Button type="submit" variant="filled" color="red" disabled={!isSure}>
            {say.delete}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
