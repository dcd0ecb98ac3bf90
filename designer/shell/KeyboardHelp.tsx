/** The list of shortcuts; its window is loaded when it is first opened. */
import { useMemo, useState } from 'react'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import { PartPlace } from './PartPlace.tsx'
import { type Action, useActions } from './palette.ts'
import { lazyPart } from './part.tsx'

/** The window of the list. */
export const HelpWindow = lazyPart(async () => (await import('./HelpWindow.tsx')).HelpWindow)

/** Mounted once; `?` opens it. */
export function KeyboardHelp() {
  const [window, setWindow] = useState<'never' | 'open' | 'closed'>('never')
  useActions(
    useMemo<readonly Action[]>(
      () => [
        {
          name: 'keyboard_help',
          group: 'app',
          label: words.shell.keyboardHelp,
          icon: icons.keyboard,
          keys: ['?', 'shift+?'],
          run: () => setWindow('open'),
        },
      ],
      [],
    ),
  )
  if (window === 'never') return null
  return (
    <PartPlace>
      <HelpWindow isOpen={window === 'open'} close={() => setWindow('closed')} />
    </PartPlace>
  )
}
