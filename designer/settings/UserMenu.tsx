/** What can be done to one user. */
import { ActionIcon, Button, Menu, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { UserAnswer } from '../../server/api/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import type { ShownLink } from './LinkDialog.tsx'
import classes from './SettingsPage.module.css'
import { useUserDeeds } from './use-user-deeds.ts'

/** Removing asks first: nothing brings the account back. */
export function UserMenu({ user, onLink }: { readonly user: UserAnswer; readonly onLink: (link: ShownLink) => void }) {
  const deeds = useUserDeeds()
  const [isRemoving, removing] = useDisclosure()
  const { users: say } = words.settings
  const makeLink = async () => {
    const link = await deeds.newLink(user)
    if (link) onLink(link)
  }
  return (
    <>
      <Menu width={220}>
        <Menu.Target>
          <ActionIcon size={26} aria-label={say.more(user.name)}>
            <Icon path={icons.more} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon path={icons.key} />} onClick={() => void makeLink()}>
            {say.newLink}
          </Menu.Item>
          <Menu.Item
            leftSection={<Icon path={user.active ? icons.signOut : icons.restore} />}
            onClick={() => void (user.active ? deeds.shutOut(user) : deeds.change(user, { active: true }))}
          >
            {user.active ? say.shutOut : say.letIn}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<Icon path={icons.close} />} onClick={removing.open}>
            {say.remove}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={isRemoving} onClose={removing.close} title={say.removeTitle(user.name)}>
        <p>{say.removeLead}</p>
        <div className={classes.actions}>
          <Button onClick={removing.close} data-autofocus>
            {say.keep}
          </Button>
          <Button
            variant="filled"
            color="red"
            onClick={() => {
              removing.close()
              void deeds.remove(user)
            }}
          >
            {say.remove}
          </Button>
        </div>
      </Modal>
    </>
  )
}
