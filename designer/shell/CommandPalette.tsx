/** The command palette: everything the page offers now, found by typing. */
import { createSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import { useMemo } from 'react'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { Keys } from '../ui/Keys.tsx'
import { words } from '../words/en.ts'
import classes from './CommandPalette.module.css'
import { ACTION_GROUPS, type Action, useActions, useAllActions } from './palette.ts'
import { useActionKeys } from './shortcuts.ts'

const [store, palette] = createSpotlight()

const SPOTLIGHT = {
  search: classes.search ?? '',
  action: classes.action ?? '',
  actionSection: classes.section ?? '',
  actionsGroup: classes.group ?? '',
  empty: classes.empty ?? '',
}

/** Mounted once; it also listens for the shortcuts of the page. */
export function CommandPalette() {
  const actions = useAllActions()
  // Where the page has a search of its own, Ctrl K is that.
  const hasFind = actions.some(action => action.name === 'find')
  useActions(useMemo(() => [openPalette(hasFind)], [hasFind]))
  useActionKeys(actions)
  const groups = useMemo(() => groupsOf(actions), [actions])
  return (
    <Spotlight
      store={store}
      actions={groups}
      shortcut={null}
      nothingFound={words.shell.nothingFound}
      highlightQuery
      scrollable
      maxHeight={420}
      radius="lg"
      classNames={SPOTLIGHT}
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      shadow="xl"
      searchProps={{
        placeholder: words.shell.commandsPlaceholder,
        'aria-label': words.shell.commands,
        leftSection: <Icon path={icons.search} />,
      }}
    />
  )
}

function openPalette(hasFind: boolean): Action {
  return {
    name: 'commands',
    group: 'app',
    label: words.shell.commands,
    icon: icons.search,
    keys: hasFind ? ['mod+J', 'F1'] : ['mod+K', 'mod+J', 'F1'],
    helpOnly: true,
    run: () => palette.open(),
  }
}

function groupsOf(actions: readonly Action[]): SpotlightActionGroupData[] {
  return ACTION_GROUPS.map(group => ({
    group: words.shell.groups[group],
    actions: actions
      .filter(action => action.group === group && !action.helpOnly && action.isAvailable?.() !== false)
      .map(action => ({
        id: action.name,
        label: action.label,
        onClick: () => action.run(),
        leftSection: <Icon path={action.icon ?? icons.chevronRight} />,
        rightSection: action.keys?.[0] === undefined ? undefined : <Keys keys={action.keys[0]} />,
      })),
  })).filter(({ actions: inGroup }) => inGroup.length > 0)
}
