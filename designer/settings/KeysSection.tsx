/** API keys: made, shown once, revoked. */
import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { KeyAnswer, MadeKey } from '../../server/api/contract.ts'
import { keysApi } from '../api.ts'
import { CopyField } from '../ui/CopyField.tsx'
import { toastRefusal } from '../ui/toast.ts'
import { sayWhen } from '../ui/when.ts'
import { words } from '../words/en.ts'
import { NewKeyDialog } from './NewKeyDialog.tsx'
import { SettingsList } from './SettingsList.tsx'
import classes from './SettingsPage.module.css'

/** The list; keys that were revoked stay in it. */
export function KeysSection() {
  const { data: keys } = useQuery({ queryKey: ['keys'], queryFn: ({ signal }) => keysApi.list(signal) })
  const [isAdding, adding] = useDisclosure()
  const [made, setMade] = useState<MadeKey>()
  const { keys: say, columns } = words.settings
  return (
    <>
      <SettingsList
        lead={say.lead}
        add={say.add}
        onAdd={adding.open}
        columns={[columns.name, columns.scopes, columns.created]}
        empty={keys?.length === 0 ? say.empty : undefined}
      >
        {keys?.map(key => (
          <KeyRow key={key.id} apiKey={key} />
        ))}
      </SettingsList>
      {isAdding && (
        <NewKeyDialog
          onClose={adding.close}
          onMade={key => {
            adding.close()
            setMade(key)
          }}
        />
      )}
      {made && (
        <Modal opened onClose={() => setMade(undefined)} title={say.madeTitle(made.name)} size="lg" closeOnClickOutside={false} withCloseButton={false}>
          <p className={classes.lead}>{say.madeLead}</p>
          <CopyField isMain label={say.key} value={made.key} />
          <div className={classes.actions}>
            <Button onClick={() => setMade(undefined)}>{words.settings.done}</Button>
          </div>
        </Modal>
      )}
    </>
  )
}

function KeyRow({ apiKey }: { readonly apiKey: KeyAnswer }) {
  const queries = useQueryClient()
  const [isRevoking, revoking] = useDisclosure()
  const { keys: say } = words.settings
  const revoke = async () => {
    revoking.close()
    try {
      await keysApi.revoke(apiKey.id)
    } catch (error) {
      toastRefusal(error)
    }
    await queries.invalidateQueries({ queryKey: ['keys'] })
  }
  return (
    <tr className={apiKey.revoked_at === null ? undefined : classes.off}>
      <th scope="row">
        <span className={classes.name} dir="auto">
          {apiKey.name}
        </span>
      </th>
      <td className={classes.quiet}>{apiKey.scopes.map(scope => words.settings.scopes[scope] ?? scope).join(', ')}</td>
      <td className={classes.quiet}>{sayWhen(apiKey.created_at, Date.now())}</td>
      <td className={classes.last}>
        {apiKey.revoked_at === null ? (
          <Button size="compact-sm" onClick={revoking.open}>
            {say.revoke}
          </Button>
        ) : (
          <span className={classes.detail}>{say.revoked}</span>
        )}
        <Modal opened={isRevoking} onClose={revoking.close} title={say.revokeTitle(apiKey.name)}>
          <p>{say.revokeLead}</p>
          <div className={classes.actions}>
            <Button onClick={revoking.close} data-autofocus>
              {say.keep}
            </Button>
            <Button variant="filled" color="red" onClick={() => void revoke()}>
              {say.revoke}
            </Button>
          </div>
        </Modal>
      </td>
    </tr>
  )
}
