/** Light, dark, or like the system: one choice, in every menu that has it. */
import { Menu, useMantineColorScheme } from '@mantine/core'
import { Icon } from '../ui/Icon.tsx'
import { words } from '../words/en.ts'
import { THEMES } from './EverywhereActions.tsx'
import { runAction } from './palette.ts'

/** Items of a menu. */
export function ThemeItems() {
  const { colorScheme } = useMantineColorScheme()
  return (
    <Menu.RadioGroup value={THEMES.find(({ scheme }) => scheme === colorScheme)?.name ?? null} onChange={runAction}>
      <Menu.Label>{words.shell.lightAndDark}</Menu.Label>
      {THEMES.map(({ name, label, icon }) => (
        <Menu.RadioItem key={name} value={name} rightSection={<Icon path={icon} />} closeMenuOnClick>
          {label}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  )
}
