/** Two people changed the draft: what each of them changed, in the words of a comparison, and nothing overwritten before somebody chose. */
import { Button, Modal } from '@mantine/core'
import { Fragment, useMemo } from 'react'
import { type BlockDiff, diffFlows, type Flow, type SettingDiff } from '../../server/engine/index.ts'
import { combineFlows, type DraftConflict, type FlowPart, useDraft } from '../draft/index.ts'
import { sayWhen } from '../ui/when.ts'
import { BlockChange, ChangeList, SettingChange } from '../versions/ChangeList.tsx'
import { words } from '../words/en.ts'
import type { CanvasTools } from './tools.ts'
import { toastUndo } from './undo-toast.ts'

/** Open while it is in the page; it cannot be closed without a choice. */
export function ConflictWindow({ conflict, tools }: { readonly conflict: DraftConflict; readonly tools: CanvasTools }) {
  return (
    <Modal opened onClose={() => {}} withCloseButton={false} size={800} title={words.canvas.conflict.title} closeOnEscape={false} closeOnClickOutside={false}>
      <Sides conflict={conflict} tools={tools} />
    </Modal>
  )
}

/** What one of the two changed. */
interface Side {
  readonly blocks: readonly BlockDiff[]
  readonly settings: readonly SettingDiff[]
  readonly moved: readonly string[]
  readonly before: Flow
  readonly after: Flow
}

const { conflict: said } = words.canvas

function Sides({ conflict, tools }: { readonly conflict: DraftConflict; readonly tools: CanvasTools }) {
  const { base, theirs } = conflict
  const flow = useDraft(draft => draft.flow)
  const combined = useMemo(() => combineFlows(base, flow, theirs.flow), [base, flow, theirs])
  const mine = useMemo<Side>(() => ({ ...diffFlows(base, flow), before: base, after: flow }), [base, flow])
  const others = useMemo<Side>(() => ({ ...diffFlows(base, theirs.flow), before: base, after: theirs.flow }), [base, theirs])
  const { clashes } = combined
  const settle = (chosen: Flow, toast: string) => {
    tools.draft.getState().settle(chosen)
    toastUndo(tools, toast)
    tools.focusChosen()
  }
  return (
    <div className="conflict">
      <p>{said.lead}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keys too */}
      <section className="conflict-told" aria-label={said.told} tabIndex={0}>
        {clashes.length > 0 && (
          <>
            <h3>{said.both}</h3>
            <div className="conflict-sides">
              <h4>{said.yours}</h4>
              <h4>{said.theirs(sayWhen(theirs.updatedAt, Date.now()))}</h4>
              {clashes.map(clash => (
                <Fragment key={pointerTo(clash)}>
                  <Told side={mine} clash={clash} />
                  <Told side={others} clash={clash} />
                </Fragment>
              ))}
            </div>
          </>
        )}
        <div className="conflict-sides">
          <Rest title={said.youChanged} side={mine} clashes={clashes} />
          <Rest title={said.theyChanged} side={others} clashes={clashes} />
        </div>
      </section>
      <div className="conflict-choice">
        <p>{clashes.length === 0 ? said.combineHint : said.combineClashes(clashes.length)}</p>
        <Button onClick={() => settle(theirs.flow, words.canvas.tookTheirs)}>{said.takeTheirs}</Button>
        <Button onClick={() => settle(flow, words.canvas.keptMine)}>{said.keepMine}</Button>
        <Button variant="filled" data-autofocus onClick={() => settle(combined.flow, words.canvas.combined)}>
          {said.combine}
        </Button>
      </div>
    </div>
  )
}

/** What one side made of something that both changed. */
function Told({ side, clash }: { readonly side: Side; readonly clash: FlowPart }) {
  const at = pointerTo(clash)
  return (
    <ul>
      {side.blocks
        .filter(({ block }) => pointerToBlock(block) === at)
        .map(change => (
          <BlockChange key={change.block} change={change} flow={change.kind === 'removed' ? side.before : side.after} />
        ))}
      {side.settings
        .filter(change => change.at === at)
        .map(change => (
          <SettingChange key={change.at} change={change} />
        ))}
    </ul>
  )
}

/** What only one side changed. */
function Rest({ title, side, clashes }: { readonly title: string; readonly side: Side; readonly clashes: readonly FlowPart[] }) {
  const told = new Set(clashes.map(pointerTo))
  const blocks = side.blocks.filter(({ block }) => !told.has(pointerToBlock(block)))
  const settings = side.settings.filter(({ at }) => !told.has(at))
  const moved = side.moved.length
  return (
    <div>
      <h3>{title}</h3>
      <ChangeList blocks={blocks} settings={settings} before={side.before} after={side.after} level={4} />
      {moved > 0 && <p>{words.versions.moved(moved)}</p>}
      {blocks.length + settings.length + moved === 0 && <p>{clashes.length > 0 ? said.nothingElse : said.nothing}</p>}
    </div>
  )
}

const MAPS = { block: 'blocks', variable: 'variables', contact_field: 'contact_fields', intent: 'intents', layout: 'layout' } as const

function pointerTo({ kind, id }: FlowPart): string {
  return kind === 'setting' ? `/${id}` : `/${MAPS[kind]}/${id}`
}

function pointerToBlock(id: string): string {
  return pointerTo({ kind: 'block', id })
}
