import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { type ChosenExit, deleteChosen, exitLabel, NOTHING_CHOSEN, nameOf } from '../commands/index.ts'
import { useDraft, useDraftStore } from '../draft/index.ts'
import { FixButton } from '../problems/FixButton.tsx'
import { insertInto, useMend } from '../problems/fixes/index.ts'
import { words } from '../words/en.ts'
import { useFlow } from './use-flow.ts'

/** The inspector of one connection: where it leads, and what can be done with it. */
export function ConnectionPanel({ connection }: { readonly connection: ChosenExit }): ReactNode {
  const flow = useFlow()
  const readOnly = useDraft(draft => draft.readOnly)
  const store = useDraftStore()
  const mend = useMend()
  const to = flow.blocks[connection.block]?.exits?.[connection.exit]
  if (to === undefined) return null
  return (
    <div className="inspector">
      <header className="inspector-head">
        <h2>{words.inspector.connection.title}</h2>
      </header>
      <div className="inspector-body">
        <p>{words.inspector.connection.leads(nameOf(flow, connection.block), exitLabel(flow, connection), nameOf(flow, to))}</p>
        <div className="inspector-deeds">
          {!readOnly && <FixButton className="inspector-fix" fix={insertInto(connection)} onFix={fix => mend(fix, () => {})} />}
          <Button size="compact-sm" variant="subtle" onClick={() => store.getState().choose({ ...NOTHING_CHOSEN, blocks: [connection.block] })}>
            {words.inspector.connection.goTo(nameOf(flow, connection.block))}
          </Button>
          <Button size="compact-sm" variant="subtle" onClick={() => store.getState().choose({ ...NOTHING_CHOSEN, blocks: [to] })}>
            {words.inspector.connection.goTo(nameOf(flow, to))}
          </Button>
          {!readOnly && (
            <Button size="compact-sm" variant="subtle" color="red" onClick={() => store.getState().run(deleteChosen, undefined)}>
              {words.inspector.connection.delete}
            </Button>
          )}
        </div>
      </div>
    </div>
  )
}
