/** Users: who may sign in, and what they may do. */
import { NativeSelect } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Role, UserAnswer } from '../../server/api/contract.ts'
import { usersApi } from '../api.ts'
import { useMe } from '../shell/me.ts'
import { sayWhen } from '../ui/when.ts'
import { words } from '../words/en.ts'
import { LinkDialog, type ShownLink } from './LinkDialog.tsx'
import { NewUserDialog } from './NewUserDialog.tsx'
import { ROLE_CHOICES } from './role-choices.ts'
import { SettingsList } from './SettingsList.tsx'
import classes from './SettingsPage.module.css'
import { UserMenu } from './UserMenu.tsx'
import { useUserDeeds } from './use-user-deeds.ts'

/** The list, and the way in for somebody new. */
export function UsersSection() {
  const { data: users = [] } = useQuery({ queryKey: ['users'], queryFn: ({ signal }) => usersApi.list(signal) })
  const [isAdding, adding] = useDisclosure()
  const [link, showLink] = useState<ShownLink>()
  const { users: say, columns } = words.settings
  return (
    <>
      <SettingsList lead={say.lead} add={say.add} onAdd={adding.open} columns={[columns.name, columns.role, columns.lastSeen]}>
        {users.map(user => (
          <UserRow key={user.id} user={user} onLink={showLink} />
        ))}
      </SettingsList>
      {isAdding && (
        <NewUserDialog
          onClose={adding.close}
          onMade={made => {
            adding.close()
            showLink(made)
          }}
        />
      )}
      {link && <LinkDialog link={link} onClose={() => showLink(undefined)} />}
    </>
  )
}

function UserRow({ user, onLink }: { readonly user: UserAnswer; readonly onLink: (link: ShownLink) => void }) {
  const { data: me } = useMe()
  const { change } = useUserDeeds()
  const { users: say } = words.settings
  const state = !user.active ? say.inactive : user.invited ? say.invited : ''
  return (
    <tr className={user.active ? undefined : classes.off}>
      <th scope="row">
        <span className={classes.name} dir="auto">
          {user.name}
        </span>
        {user.id === me?.id && ` (${say.you})`}
        <span className={classes.detail}>{[user.email, state].filter(Boolean).join(' · ')}</span>
      </th>
      <td>
        <NativeSelect
          aria-label={say.changeRole(user.name)}
          data={ROLE_CHOICES}
          value={user.role}
          onChange={event => void change(user, { role: event.currentTarget.value as Role })}
        />
      </td>
      <td className={classes.quiet}>
        {user.id === me?.id ? words.times.now : user.last_seen_at === null ? words.times.never : sayWhen(user.last_seen_at, Date.now())}
      </td>
      <td className={classes.last}>
        <UserMenu user={user} onLink={onLink} />
      </td>
    </tr>
  )
}
