/** Secrets of flows: made, given new values, removed. Their values are never shown again. */
import { Button, Group, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { SecretAnswer } from '../../server/api/contract.ts'
import { secretsApi } from '../api.ts'
import { toastRefusal } from '../ui/toast.ts'
import { sayWhen } from '../ui/when.ts'
import { words } from '../words/en.ts'
import { SecretDialog } from './SecretDialog.tsx'
import { SettingsList } from './SettingsList.tsx'
import classes from './SettingsPage.module.css'

/** The list, with how flows write each. */
export function SecretsSection() {
  const { data: secrets } = useQuery({ queryKey: ['secrets'], queryFn: ({ signal }) => secretsApi.list(signal) })
  const [isAdding, adding] = useDisclosure()
  const { secrets: say, columns } = words.settings
  return (
    <>
      <SettingsList
        lead={say.lead}
        add={say.add}
        onAdd={adding.open}
        columns={[columns.name, say.hosts, say.changed]}
        empty={secrets?.length === 0 ? say.empty : undefined}
      >
        {secrets?.map(secret => (
          <SecretRow key={secret.name} secret={secret} />
        ))}
      </SettingsList>
      {isAdding && <SecretDialog onClose={adding.close} />}
    </>
  )
}

function SecretRow({ secret }: { readonly secret: SecretAnswer }) {
  const queries = useQueryClient()
  const [isChanging, changing] = useDisclosure()
  const [isRemoving, removing] = useDisclosure()
  const { secrets: say } = words.settings
  const remove = async () => {
    removing.close()
    try {
      await secretsApi.remove(secret.name)
    } catch (error) {
      toastRefusal(error)
    }
    await queries.invalidateQueries({ queryKey: ['secrets'] })
  }
  return (
    <tr>
      <th scope="row">
        <span className={classes.name}>{secret.name}</span>
        <span className={classes.detail}>{`{{ secrets.${secret.name} }}`}</span>
      </th>
      <td className={classes.quiet}>{secret.allowed_hosts.join(', ')}</td>
      <td className={classes.quiet}>{sayWhen(secret.updated_at, Date.now())}</td>
      <td className={classes.last}>
        <Group gap={6} wrap="nowrap" justify="flex-end">
          <Button size="compact-sm" aria-label={say.changeOf(secret.name)} onClick={changing.open}>
            {say.change}
          </Button>
          <Button size="compact-sm" aria-label={say.removeOf(secret.name)} onClick={removing.open}>
            {say.remove}
          </Button>
        </Group>
        {isChanging && <SecretDialog secret={secret} onClose={changing.close} />}
        <Modal opened={isRemoving} onClose={removing.close} title={say.removeOf(secret.name)}>
          <p>{say.removeLead}</p>
          <div className={classes.actions}>
            <Button onClick={removing.close} data-autofocus>
              {say.keep}
            </Button>
            <Button variant="filled" color="red" onClick={() => void remove()}>
              {say.remove}
            </Button>
          </div>
        </Modal>
      </td>
    </tr>
  )
}
