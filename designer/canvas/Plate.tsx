/** A block of a large flow seen from far away: what can be told apart when hundreds of them are in the window. */
import { Handle, Position } from 'reactflow'
import { blockViewOf } from '../blocks/index.ts'
import { exitsOf, isPlain, type Place, type ShownExit } from '../commands/index.ts'
import { problemsOf, useDraft } from '../draft/index.ts'
import { looksOf, useStates } from './block-states.ts'
import { setCanvas } from './canvas-state.ts'
import { areInRows, growOf } from './exit-rows.ts'
import { useMarks } from './marks.ts'
import { ARRIVAL, type BlockNode } from './projection.ts'
import { Spoken } from './Spoken.tsx'

interface PlateProps {
  readonly id: string
  readonly data: BlockNode['data']
  readonly size: Place
}

/** As large as the block, or as it is guessed to be, with its name, and its dots about where the block has them. */
export function Plate({ id, data: { name, block }, size: [width, height] }: PlateProps) {
  const problems = useDraft(draft => problemsOf(draft.shownProblems, id))
  const marked = useMarks(marks => marks.blocks.get(id)?.states)
  const states = useStates(id, marked)
  return (
    <div
      className="block"
      {...looksOf(block, blockViewOf(block.type)?.hasGist(block) ?? false)}
      data-state={states || undefined}
      data-plate
      style={{ width, height, minWidth: 0, maxWidth: 'none' }}
    >
      <Spoken id={id} block={block} name={name} problems={problems} />
      <Handle type="target" id={ARRIVAL} position={Position.Top} className="arrival" isConnectableStart={false} />
      <BlockName id={id} name={name} />
      <PlateExits exits={exitsOf(block)} />
    </div>
  )
}

/** The name on a block. */
export function BlockName({ id, name }: { readonly id: string; readonly name: string }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: F2 and the menu do the same
    <span className="block-name" dir="auto" onDoubleClick={() => setCanvas({ writing: { what: 'name', block: id } })}>
      {name}
    </span>
  )
}

function PlateExits({ exits }: { readonly exits: readonly ShownExit[] }) {
  const inRows = areInRows(exits)
  if (isPlain(exits)) return <div className="exit-alone">{exits[0] && <Dot exit={exits[0].name} inRows={false} />}</div>
  return (
    <div className="exits" data-rows={inRows || undefined}>
      {exits.map(({ name, label }) => (
        // The label is not seen, but it is what the place of the dot depends on.
        <div key={name} className="exit" style={growOf(label, inRows)}>
          <span className="exit-label">{label}</span>
          <Dot exit={name} inRows={inRows} />
        </div>
      ))}
    </div>
  )
}

function Dot({ exit, inRows }: { readonly exit: string; readonly inRows: boolean }) {
  return <Handle type="source" id={exit} position={inRows ? Position.Right : Position.Bottom} className="dot" />
}
