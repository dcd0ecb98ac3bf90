/** What can be done now, by what somebody types: the command palette and the search in a flow list the same. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { navigate } from 'wouter/use-browser-location'
import { flowsApi } from '../api.ts'
import { fitOf } from '../ui/fit.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { Keys } from '../ui/Keys.tsx'
import type { SearchOption } from '../ui/SearchList.tsx'
import { words } from '../words/en.ts'
import classes from './commands.module.css'
import { useMay } from './me.ts'
import { ACTION_GROUPS, type Action, useAllActions } from './palette.ts'

/** What fits, the best first; all of it, in the order of the groups, while nothing is typed. */
export function useCommands(query: string): readonly Action[] {
  const actions = useAllActions()
  const wish = query.trim().toLowerCase()
  const flows = useFlowActions(wish !== '')
  const offered = ACTION_GROUPS.flatMap(group => [...actions, ...flows].filter(action => action.group === group && isOffered(action)))
  if (wish === '') return offered
  return offered
    .map(action => ({ action, fit: fitOf(action.label, wish) }))
    .filter(({ fit }) => fit > 0)
    .sort((one, other) => other.fit - one.fit)
    .map(({ action }) => action)
}

/** A command as it stands in a list, with its key; `saysGroup` where no title tells a flow's "Rename" from a block's. */
export function commandOption({ name, group, label, icon, keys }: Action, saysGroup: boolean): SearchOption {
  return {
    key: name,
    row: (
      <>
        <span className={classes.icon}>
          <Icon path={icon ?? icons.chevronRight} />
        </span>
        <span className={classes.label}>{label}</span>
        {saysGroup && <span className={classes.group}>{words.shell.groups[group]}</span>}
        {keys?.[0] !== undefined && <Keys keys={keys[0]} />}
      </>
    ),
  }
}

function isOffered(action: Action): boolean {
  return !action.helpOnly && action.isAvailable?.() !== false
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
