import { type ReactNode, useEffect } from 'react'
import { flowOrder, NOTHING_CHOSEN, nameOf } from '../commands/index.ts'
import { useDraft } from '../draft/index.ts'
import { words } from '../words/en.ts'
import { BlockPanel } from './BlockPanel.tsx'
import { ConnectionPanel } from './ConnectionPanel.tsx'
import { FlowPanel } from './FlowPanel.tsx'
import { saveTyped } from './fields/index.ts'
import './inspector.css'

/** Settings of what is chosen: one block, several, or the flow itself. */
export function Inspector(): ReactNode {
  const chosen = useDraft(draft => draft.selection.blocks)
  const connections = useDraft(draft => draft.selection.connections)
  useEffect(() => {
    // The page may go before a field has saved what was typed last.
    window.addEventListener('pagehide', saveTyped)
    window.addEventListener('beforeunload', saveTyped)
    window.addEventListener('keydown', saveBeforeCommands, true)
    return () => {
      window.removeEventListener('pagehide', saveTyped)
      window.removeEventListener('beforeunload', saveTyped)
      window.removeEventListener('keydown', saveBeforeCommands, true)
    }
  }, [])
  const [only, second] = chosen
  if (second !== undefined) return <ChosenPanel ids={chosen} />
  const [connection, anotherConnection] = connections
  if (only === undefined && connection && !anotherConnection) return <ConnectionPanel connection={connection} />
  return only === undefined ? <FlowPanel /> : <BlockPanel key={only} id={only} />
}

/** Publishing and the like by key leave no field, and must see what was typed last. */
function saveBeforeCommands(event: KeyboardEvent): void {
  if ((event.ctrlKey || event.metaKey) && /^(enter|s|p|k)$/i.test(event.key)) saveTyped()
}

function ChosenPanel({ ids }: { readonly ids: readonly string[] }): ReactNode {
  const flow = useDraft(draft => draft.flow)
  const choose = useDraft(draft => draft.choose)
  return (
    <div className="inspector">
      <header className="inspector-head">
        <h2>{words.inspector.chosen(ids.length)}</h2>
      </header>
      <div className="inspector-body">
        <p className="inspector-purpose">{words.inspector.chosenHelp}</p>
        <ul className="inspector-chosen">
          {flowOrder(flow)
            .filter(id => ids.includes(id))
            .map(id => (
              <li key={id}>
                <button type="button" className="text-button" onClick={() => choose({ ...NOTHING_CHOSEN, blocks: [id] })}>
                  {nameOf(flow, id)}
                </button>
              </li>
            ))}
        </ul>
      </div>
    </div>
  )
}
