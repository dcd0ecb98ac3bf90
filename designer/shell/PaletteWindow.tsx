/** The window of the command palette: a search over what the page offers. */
import { createSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { navigate } from 'wouter/use-browser-location'
import { flowsApi } from '../api.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { Keys } from '../ui/Keys.tsx'
import { words } from '../words/en.ts'
import classes from './CommandPalette.module.css'
import { useMay } from './me.ts'
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
  const before = useRef<Element>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time it is asked for
  useEffect(() => {
    before.current = document.activeElement
    palette.open()
  }, [asked])
  const [query, setQuery] = useState('')
  const pressed = useRef<Action>(undefined)
  const flows = useFlowActions(query !== '')
  const groups = useMemo(() => groupsOf(actions, flows, action => (pressed.current = action)), [actions, flows])
  // The focus goes back first: a dialog that opens then returns it to where it was, not into a window that is gone.
  const runPressed = () => {
    const action = pressed.current
    pressed.current = undefined
    if (before.current instanceof HTMLElement) before.current.focus()
    action?.run()
  }
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
      centered={false}
      returnFocus={false}
      attributes={{ content: { 'aria-label': words.shell.commands } }}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': words.shell.commands } }}
      query={query}
      onQueryChange={setQuery}
      transitionProps={{ duration: 100, transition: 'pop', onExited: runPressed }}
      searchProps={{
        placeholder: words.shell.commandsPlaceholder,
        'aria-label': words.shell.commands,
        leftSection: <Icon path={icons.search} />,
      }}
    />
  )
}

/** Every flow by its name, once somebody types. */
function useFlowActions(isNeeded: boolean): readonly Action[] {
  const mayRead = useMay('flows:read')
  const { data } = useQuery({ queryKey: ['flows'], queryFn: ({ signal }) => flowsApi.list(signal), enabled: mayRead && isNeeded })
  return useMemo(
    () =>
      !isNeeded
        ? []
        : (data ?? [])
            .filter(({ archived }) => !archived)
            .map(({ id, name }): Action => ({ name: `flow_${id}`, group: 'go', label: name, icon: icons.flows, run: () => navigate(`/flows/${id}`) })),
    [data, isNeeded],
  )
}

function groupsOf(actions: readonly Action[], flows: readonly Action[], press: (action: Action) => void): SpotlightActionGroupData[] {
  return ACTION_GROUPS.map(group => ({
    group: words.shell.groups[group],
    actions: [...actions, ...flows]
      .filter(action => action.group === group && !action.helpOnly && action.isAvailable?.() !== false)
      .map(action => ({
        id: action.name,
        label: action.label,
        onClick: () => press(action),
        leftSection: <Icon path={action.icon ?? icons.chevronRight} />,
        rightSection: action.keys?.[0] === undefined ? undefined : <Keys keys={action.keys[0]} />,
      })),
  })).filter(({ actions: inGroup }) => inGroup.length > 0)
}
