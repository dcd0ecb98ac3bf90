/** Two people changed the draft: both versions side by side, nothing overwritten before somebody chose. */
import { Button, Modal } from '@mantine/core'
import { useMemo } from 'react'
import type { Flow } from '../../server/engine/index.ts'
import { nameOf } from '../commands/index.ts'
import { combineFlows, compareFlows, type DraftConflict, type FlowChange, type FlowPart, useDraft } from '../draft/index.ts'
import { words } from '../words/en.ts'
import type { CanvasTools } from './tools.ts'
import { toastUndo } from './undo-toast.ts'
import { valueText } from './value-text.ts'

/** Open while it is in the page; it cannot be closed without a choice. */
export function ConflictWindow({ conflict, tools }: { readonly conflict: DraftConflict; readonly tools: CanvasTools }) {
  return (
    <Modal opened onClose={() => {}} withCloseButton={false} size={760} title={words.canvas.conflict.title} closeOnEscape={false} closeOnClickOutside={false}>
      <Versions conflict={conflict} tools={tools} />
    </Modal>
  )
}

function Versions({ conflict, tools }: { readonly conflict: DraftConflict; readonly tools: CanvasTools }) {
  const { base, theirs } = conflict
  const mine = useDraft(draft => draft.flow)
  const combined = useMemo(() => combineFlows(base, mine, theirs.flow), [base, mine, theirs])
  const yours = useMemo(() => compareFlows(base, mine), [base, mine])
  const others = useMemo(() => compareFlows(base, theirs.flow), [base, theirs])
  const clashing = (change: FlowPart) => combined.clashes.some(clash => clash.kind === change.kind && clash.id === change.id)
  const settle = (flow: Flow, said: string) => {
    tools.draft.getState().settle(flow)
    toastUndo(tools, said)
    tools.focusChosen()
  }
  const { conflict: said } = words.canvas
  return (
    <div className="conflict">
      <p>{said.lead}</p>
      {combined.clashes.length > 0 && (
        <section>
          <h3>{said.both}</h3>
          {combined.clashes.map(clash => (
            <details key={`${clash.kind} ${clash.id}`} open={combined.clashes.length < 4}>
              <summary>{partName(mine.blocks[clash.id] ? mine : theirs.flow, clash)}</summary>
              <div className="conflict-sides">
                <Side title={said.yours} text={valueText(mine, clash)} />
                <Side title={said.theirs(timeOf(theirs.updatedAt))} text={valueText(theirs.flow, clash)} />
              </div>
            </details>
          ))}
        </section>
      )}
      <div className="conflict-sides">
        <Changes title={said.youChanged} changes={yours.filter(change => !clashing(change))} before={base} after={mine} />
        <Changes title={said.theyChanged} changes={others.filter(change => !clashing(change))} before={base} after={theirs.flow} />
      </div>
      <div className="conflict-choice">
        <p>{combined.clashes.length === 0 ? said.combineHint : said.combineClashes(combined.clashes.length)}</p>
        <Button onClick={() => settle(theirs.flow, words.canvas.tookTheirs)}>{said.takeTheirs}</Button>
        <Button onClick={() => settle(mine, words.canvas.keptMine)}>{said.keepMine}</Button>
        <Button variant="filled" data-autofocus onClick={() => settle(combined.flow, words.canvas.combined)}>
          {said.combine}
        </Button>
      </div>
    </div>
  )
}

function Side({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div>
      <h4>{title}</h4>
      <pre>{text === '' ? words.canvas.conflict.missing : text}</pre>
    </div>
  )
}

function Changes(props: { readonly title: string; readonly changes: readonly FlowChange[]; readonly before: Flow; readonly after: Flow }) {
  const { title, changes, before, after } = props
  const shown = changes.filter(change => change.kind !== 'layout')
  const moved = changes.filter(change => change.kind === 'layout' && change.change === 'changed').length
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {shown.map(change => (
          <li key={`${change.kind} ${change.id}`}>
            <b>{partName(change.change === 'removed' ? before : after, change)}</b> {words.canvas.conflict.change[change.change]}
          </li>
        ))}
        {moved > 0 && <li>{words.canvas.conflict.positions(moved)}</li>}
        {shown.length + moved === 0 && <li>{words.canvas.conflict.nothing}</li>}
      </ul>
    </section>
  )
}

function partName(flow: Flow, { kind, id }: FlowPart): string {
  if (kind === 'block') return nameOf(flow, id)
  return kind === 'setting' ? `${words.canvas.conflict.settings}: ${id.replaceAll('_', ' ')}` : id.replaceAll('_', ' ')
}

function timeOf(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(at)
}
