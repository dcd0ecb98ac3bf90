/** A block on the canvas: header, gist, exits. States are attributes, so that a run changes no tree. */
import { memo, useEffect, useRef, useState } from 'react'
import { Handle, type NodeProps, Position, useReactFlow, useUpdateNodeInternals } from 'reactflow'
import { type Block, blockTypeOf, type Problem } from '../../server/engine/index.ts'
import { BlockTile, blockViewOf } from '../blocks/index.ts'
import { exitsOf, isPlain, readText } from '../commands/index.ts'
import { problemsOf, useDraft } from '../draft/index.ts'
import { useRun } from '../simulator/run.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import { looksOf, useStates } from './block-states.ts'
import { setCanvas, useCanvas } from './canvas-state.ts'
import { ExitDot, Exits } from './Exits.tsx'
import { InlineName, InlineText } from './Inline.tsx'
import { useMarks } from './marks.ts'
import { BlockName, Plate } from './Plate.tsx'
import { ARRIVAL, type BlockNode as BlockNodeType } from './projection.ts'
import { Spoken } from './Spoken.tsx'

/** Draws one block; drawn anew only when the block, its problems or its own states change. */
export const BlockNode = memo(function BlockNode({ id, data, width = 0, height = 0 }: NodeProps<BlockNodeType>) {
  // A whole block stays whole: drawing it anew would cost more than a plate saves.
  const [cameFar] = useState(() => useCanvas.getState().isFar)
  const isPlate = useCanvas(({ isFar, writing }) => cameFar && isFar && !(writing && 'block' in writing && writing.block === id))
  return isPlate ? <Plate id={id} data={data} size={[width, height]} /> : <WholeBlock id={id} data={data} />
})

/** What a block is drawn from. */
interface DrawnBlock {
  readonly id: string
  readonly data: BlockNodeType['data']
}

function WholeBlock({ id, data: { name, block, languages } }: DrawnBlock) {
  const problems = useDraft(draft => problemsOf(draft.shownProblems, id))
  const type = blockTypeOf(block.type)
  const title = type?.title ?? block.type
  const isNameOfType = block.label?.trim() ? name === title : name.startsWith(title)
  const view = blockViewOf(block.type)
  const exits = exitsOf(block)
  const mark = useMarks(marks => marks.blocks.get(id))
  const states = useStates(id, mark?.states)
  const writing = useCanvas(state => (state.writing && 'block' in state.writing && state.writing.block === id ? state.writing.what : undefined))
  useMeasuredExits(id, block)
  const hasGist = mark?.gist !== undefined || writing === 'text' || (view?.hasGist(block) ?? false)
  const looks = looksOf(block, hasGist)
  const Face = view?.Face
  return (
    <div className="block" {...looks} data-state={states || undefined}>
      <Spoken id={id} block={block} name={name} problems={problems} />
      <Handle type="target" id={ARRIVAL} position={Position.Top} className="arrival" isConnectableStart={false} />
      {mark?.states.map(state => (
        <StateTag key={state} state={state} />
      ))}
      <div className="block-head">
        <BlockTile icon={view?.icon ?? icons.more} group={looks['data-group']} />
        {writing === 'name' ? <InlineName id={id} block={block} shown={name} /> : <BlockName id={id} name={name} />}
        <HeadEnd id={id} title={isNameOfType ? '' : title} problems={problems} isPill={looks['data-shape'] === 'pill'} />
      </div>
      {hasGist && (
        <Gist id={id} block={block} gist={mark?.gist} isWriting={writing === 'text'} inlineText={view?.inlineText} languages={languages} Face={Face} />
      )}
      {isPlain(exits) && exits[0] ? <ExitDot block={id} exit={exits[0]} /> : <Exits block={id} exits={exits} shares={mark?.shares} />}
    </div>
  )
}

interface GistProps {
  readonly id: string
  readonly block: Block
  readonly gist: string | undefined
  readonly isWriting: boolean
  readonly inlineText: string | undefined
  readonly languages: readonly string[]
  readonly Face: NonNullable<ReturnType<typeof blockViewOf>>['Face'] | undefined
}

function Gist({ id, block, gist, isWriting, inlineText, languages, Face }: GistProps) {
  if (gist !== undefined) return <div className="block-gist block-live">{gist}</div>
  if (isWriting && inlineText !== undefined) return <InlineText id={id} block={block} setting={inlineText} language={languages[0] ?? 'en'} />
  // One click is enough where there is nothing yet to be chosen by it.
  const isFresh = inlineText !== undefined && languages.every(language => readText(block, inlineText, language) === '')
  const write = () => {
    if (inlineText !== undefined && useCanvas.getState().tools?.draft.getState().readOnly === false) setCanvas({ writing: { what: 'text', block: id } })
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter does the same
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter does the same
    <div
      className="block-gist"
      data-fresh={isFresh || undefined}
      onClick={event => isFresh && !(event.ctrlKey || event.metaKey || event.shiftKey) && write()}
      onDoubleClick={write}
    >
      {Face && <Face block={block} languages={languages} />}
    </div>
  )
}

/** At the right of the header, one of: what the run waits for, the mark of problems, the type. */
function HeadEnd(props: {
  readonly id: string
  /** The type; '' where the name says it. */
  readonly title: string
  readonly problems: readonly Problem[]
  readonly isPill: boolean
}) {
  const { id, title, problems, isPill } = props
  const tag = useRun(run => (run.running?.block === id ? run.running.tag : ''))
  if (tag !== '') return <span className="block-tag">{tag}</span>
  if (problems.length > 0) {
    const isError = problems.some(problem => problem.severity === 'error')
    return (
      <span className="block-mark" data-severity={isError ? 'error' : 'warning'} title={problems.map(problem => problem.message).join('\n')}>
        <Icon path={isError ? icons.close : icons.warning} size={12} />
      </span>
    )
  }
  return isPill || title === '' ? null : <span className="block-type">{title}</span>
}

function StateTag({ state }: { readonly state: string }) {
  if (state === 'added') return <span className="block-change" data-change="added">{`+ ${words.canvas.added}`}</span>
  if (state === 'changed') return <span className="block-change" data-change="changed">{`✎ ${words.canvas.changed}`}</span>
  if (state === 'removed') return <span className="block-change" data-change="removed">{`− ${words.canvas.removed}`}</span>
  return null
}

/** Tells React Flow where the dots are when exits change without changing the block's size. */
function useMeasuredExits(id: string, block: Block): void {
  const measure = useUpdateNodeInternals()
  const flow = useReactFlow<BlockNodeType>()
  const first = useRef(true)
  const ways = exitsOf(block)
    .map(exit => `${exit.name} ${exit.label}`)
    .join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured when the exits change, and only then
  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    measure(id)
    flow.updateNode(id, ({ handles: _guess, ...node }) => node, { replace: true })
  }, [ways, id])
}
