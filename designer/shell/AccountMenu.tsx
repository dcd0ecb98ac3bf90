/** Who is signed in, at the foot of the navigation: light and dark, keyboard help, signing out. */
import { Menu, useMantineColorScheme } from '@mantine/core'
import { useMemo } from 'react'
import { meApi } from '../api.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import classes from './AccountMenu.module.css'
import { useMe, useSetMe } from './me.ts'
import { type Action, runAction, useActions } from './palette.ts'

/** The foot of the navigation. */
export function AccountMenu() {
  const { data: me } = useMe()
  const actions = useAccountActions()
  useActions(actions)
  if (!me) return null
  return (
    <div className={classes.foot}>
      <Menu position="top-start" width={220}>
        <Menu.Target>
          <button type="button" className={classes.account} aria-label={words.shell.account}>
            <span className={classes.avatar} aria-hidden="true">
              {initialsOf(me.name)}
            </span>
            <span className={classes.who}>
              <span className={classes.name}>{me.name}</span>
              <span className={classes.role}>{me.role === null ? '' : words.settings.roles[me.role].name}</span>
            </span>
            <Icon path={icons.more} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{words.shell.lightAndDark}</Menu.Label>
          {actions.slice(0, 3).map(action => (
            <Menu.Item key={action.name} leftSection={<Icon path={action.icon ?? icons.check} />} onClick={() => action.run()}>
              {action.label}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<Icon path={icons.keyboard} />} onClick={() => runAction('keyboard_help')}>
            {words.shell.keyboardHelp}
          </Menu.Item>
          <Menu.Item leftSection={<Icon path={icons.signOut} />} onClick={() => runAction('sign_out')}>
            {words.shell.signOut}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}

/** The three schemes come first, signing out last. */
function useAccountActions(): readonly Action[] {
  const { setColorScheme } = useMantineColorScheme()
  const setMe = useSetMe()
  return useMemo(
    () => [
      { name: 'light', group: 'app', label: words.shell.light, icon: icons.sun, run: () => setColorScheme('light') },
      { name: 'dark', group: 'app', label: words.shell.dark, icon: icons.moon, run: () => setColorScheme('dark') },
      { name: 'like_the_system', group: 'app', label: words.shell.likeTheSystem, icon: icons.settings, run: () => setColorScheme('auto') },
      {
        name: 'sign_out',
        group: 'app',
        label: words.shell.signOut,
        icon: icons.signOut,
        run: async () => {
          await meApi.signOut()
          setMe(null)
        },
      },
    ],
    [setColorScheme, setMe],
  )
}

function initialsOf(name: string): string {
  const parts = name.trim().split(/\s+/)
  const letters = [parts[0], parts.length > 1 ? parts.at(-1) : undefined].map(part => [...(part ?? '')][0] ?? '')
  return letters.join('').toUpperCase()
}
