/** The registry of what a person can do on the page at hand: command palette, keyboard help and shortcuts all read this one list. */
import { useEffect } from 'react'
import { create } from 'zustand'

/** Sections of the palette and of the keyboard help, in this order. */
export const ACTION_GROUPS = ['go', 'flow', 'edit', 'add', 'arrange', 'view', 'app'] as const
export type ActionGroup = (typeof ACTION_GROUPS)[number]

/** Something that can be done now. */
export interface Action {
  /** Stable, snake_case, unique on the page: `find`, `undo`, `publish`. */
  readonly name: string
  readonly group: ActionGroup
  readonly label: string
  /** Path of a 16 px icon. */
  readonly icon?: string
  /** Mantine's hotkey words, e.g. `mod+K`; the first one is shown. */
  readonly keys?: readonly string[]
  /**
   * `page` (the default): the shell listens, outside of text fields. `part`: the part that registers it listens itself; the keys are
   * only shown.
   */
  readonly keysOf?: 'page' | 'part'
  /** Only in the keyboard help, not in the palette: walking with the arrows and the like. */
  readonly helpOnly?: boolean
  /** False: shown dimmed in menus, not offered in the palette. Asked each time it is shown. */
  isAvailable?(): boolean
  run(): void
}

interface Registry {
  readonly lists: ReadonlyMap<symbol, readonly Action[]>
}

const useRegistry = create<Registry>(() => ({ lists: new Map() }))

/** Offers `actions` as long as the component is mounted. Memoise the list. */
export function useActions(actions: readonly Action[]): void {
  useEffect(() => {
    const owner = Symbol('actions')
    useRegistry.setState(({ lists }) => ({ lists: new Map(lists).set(owner, actions) }))
    return () =>
      useRegistry.setState(({ lists }) => {
        const rest = new Map(lists)
        rest.delete(owner)
        return { lists: rest }
      })
  }, [actions])
}

/** Every action of the page, for the palette and the keyboard help. */
export function useAllActions(): readonly Action[] {
  return flatten(useRegistry(({ lists }) => lists))
}

/** An action of the page by its name; undefined while nobody offers it. */
export function useAction(name: string): Action | undefined {
  return useRegistry(({ lists }) => flatten(lists).find(action => action.name === name))
}

/** Runs an action of the page by its name; false when nobody offers it now. */
export function runAction(name: string): boolean {
  const action = flatten(useRegistry.getState().lists).find(known => known.name === name)
  if (!action || action.isAvailable?.() === false) return false
  action.run()
  return true
}

/** The later registration wins a name, so a part can replace what its page offers. */
function flatten(lists: ReadonlyMap<symbol, readonly Action[]>): readonly Action[] {
  const byName = new Map<string, Action>()
  for (const list of lists.values()) for (const action of list) byName.set(action.name, action)
  return [...byName.values()]
}
