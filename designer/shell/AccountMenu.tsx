/** Who is signed in, at the foot of the navigation: light and dark, keyboard help, signing out. */
import { Menu } from '@mantine/core'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import classes from './AccountMenu.module.css'
import { useMe } from './me.ts'
import { runAction } from './palette.ts'
import { ThemeItems } from './ThemeItems.tsx'

/** The foot of the navigation. */
export function AccountMenu() {
  const { data: me } = useMe()
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
              <span className={classes.name} dir="auto">
                {me.name}
              </span>
              <span className={classes.role}>{me.role === null ? '' : words.settings.roles[me.role].name}</span>
            </span>
            <Icon path={icons.more} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <ThemeItems />
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

function initialsOf(name: string): string {
  const parts = name.trim().split(/\s+/)
  const letters = [parts[0], parts.length > 1 ? parts.at(-1) : undefined].map(part => [...(part ?? '')][0] ?? '')
  return letters.join('').toUpperCase()
}
