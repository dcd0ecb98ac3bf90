/** Publishing: the action, and a dialog that is loaded when it is first opened. */
import { useMemo, useState } from 'react'
import { useMay } from '../shell/me.ts'
import { PartPlace } from '../shell/PartPlace.tsx'
import { type Action, useActions } from '../shell/palette.ts'
import { lazyPart } from '../shell/part.tsx'
import { icons } from '../ui/icons.ts'
import { words as all } from '../words/en.ts'
import { useRollBackAsked } from './roll-back-asked.ts'

/** The dialog. */
export const PublishWindow = lazyPart(async () => (await import('./PublishWindow.tsx')).PublishWindow)

const RollBackWindow = lazyPart(async () => (await import('./RollBackWindow.tsx')).RollBackWindow)

const NO_ACTIONS: readonly Action[] = []

/** Offers the action `publish`; mount it once in the editor. */
export function PublishDialog() {
  const [window, setWindow] = useState<'never' | 'open' | 'closed'>('never')
  const isAllowed = useMay('flows:publish')
  const actions = useMemo<readonly Action[]>(
    () =>
      isAllowed
        ? [{ name: 'publish', group: 'flow', label: all.editor.publish, icon: icons.upload, keys: ['mod+shift+P'], run: () => setWindow('open') }]
        : NO_ACTIONS,
    [isAllowed],
  )
  useActions(actions)
  const isRollBackAsked = useRollBackAsked(state => state.asked !== undefined)
  const [wasAsked, setWasAsked] = useState(false)
  if (isRollBackAsked && !wasAsked) setWasAsked(true)
  return (
    <PartPlace>
      {window !== 'never' && <PublishWindow isOpen={window === 'open'} close={() => setWindow('closed')} />}
      {wasAsked && <RollBackWindow />}
    </PartPlace>
  )
}
