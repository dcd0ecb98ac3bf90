/** The command palette: everything the page offers now, found by typing. Its window is loaded when it is first opened. */
import { useMemo, useState } from 'react'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import { PartPlace } from './PartPlace.tsx'
import { type Action, useActions, useAllActions } from './palette.ts'
import { lazyPart } from './part.tsx'
import { useActionKeys } from './shortcuts.ts'

/** The window of the palette. */
export const PaletteWindow = lazyPart(async () => (await import('./PaletteWindow.tsx')).PaletteWindow)

/** Mounted once; it also listens for the shortcuts of the page. */
export function CommandPalette() {
  const actions = useAllActions()
  // Counts how often it was asked for; 0 until the first time.
  const [asked, setAsked] = useState(0)
  // Where the page has a search of its own, Ctrl K is that; it lists the commands too.
  const hasFind = actions.some(action => action.name === 'find')
  useActions(useMemo(() => [openPalette(hasFind, () => setAsked(times => times + 1))], [hasFind]))
  useActionKeys(actions)
  if (asked === 0) return null
  return (
    <PartPlace>
      <PaletteWindow asked={asked} />
    </PartPlace>
  )
}

function openPalette(hasFind: boolean, open: () => void): Action {
  return {
    name: 'commands',
    group: 'app',
    label: words.shell.commands,
    icon: icons.search,
    keys: hasFind ? ['mod+J', 'F1'] : ['mod+K', 'mod+J', 'F1'],
    helpOnly: true,
    run: open,
  }
}
