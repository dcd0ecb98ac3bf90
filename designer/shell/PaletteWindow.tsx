/** The window of the command palette: a search over what the page offers. */
import { createSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import { useEffect, useMemo } from 'react'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { Keys } from '../ui/Keys.tsx'
import { words } from '../words/en.ts'
import classes from './CommandPalette.module.css'
import { ACTION_GROUPS, type Action } from './palette.ts'

const [store, palette] = createSpotlight()

const SPOTLIGHT = {
  search: classes.search ?? '',
  action: classes.action ?? '',
  actionSection: classes.section ?? '',
  actionsGroup: classes.group ?? '',
  empty: classes.empty ?? '',
}

interface PaletteWindowProps {
  readonly actions: readonly Action[]
  /** Opens each time this grows. */
  readonly asked: number
}

/** Lists the actions that can be run now. */
export function PaletteWindow({ actions, asked }: PaletteWindowProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time it is asked for
  useEffect(() => palette.open(), [asked])
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
