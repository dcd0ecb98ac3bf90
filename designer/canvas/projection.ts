/** The flow as React Flow draws it. Derived, never saved; what did not change stays the same object, so that only changes are drawn. */
import { type Edge, type Node, Position } from 'reactflow'
import { type Block, blockTypeOf, type Flow, type Problem } from '../../server/engine/index.ts'
import {
  type CanvasNote,
  exitsOf,
  flowOrder,
  guessSize,
  isPlain,
  nameOf,
  notesOf,
  ofShape,
  type Place,
  placesOf,
  type Selection,
  sameShape,
} from '../commands/index.ts'
import { words } from '../words/en.ts'
import { lanesOf } from './lanes.ts'

/**
 * What a block shows. `name` is made of the flow: a block without a label is called otherwise beside others of its type. Its problems are
 * no part of it: they come a moment later, and then only the blocks that have them are drawn anew.
 */
type BlockData = {
  readonly name: string
  readonly block: Block
  readonly languages: readonly string[]
}
/** A block on the canvas. */
export type BlockNode = Node<BlockData, 'block'>
/** A note or a frame on the canvas. */
export type NoteNode = Node<{ readonly note: CanvasNote; readonly id: string }, 'note' | 'frame'>
/** Whatever has a place on the canvas. */
export type CanvasNode = BlockNode | NoteNode
/** A connection on the canvas; `lane` keeps those to neighbouring blocks apart. */
export type ConnectionEdge = Edge<{ readonly lane: number }, 'connection'>

/** What the projection looks at. */
export interface Projected {
  readonly flow: Flow
  readonly selection: Selection
}

/** Where connections arrive; the middle of the upper edge. */
export const ARRIVAL = 'arrival'
/** Ids of notes and frames on the canvas; block ids have no colon. */
export const noteId = (id: string) => `note:${id}`
export const frameId = (id: string) => `frame:${id}`
/** The id of the connection that leaves by an exit. */
export const connectionId = (block: string, exit: string) => `${block}.${exit}`

/** Exits say where they lead; spoken lines between blocks would only say it again, before the blocks. */
const UNSPOKEN = { 'aria-hidden': true } as const
const ROW_HEIGHT = 26

/** Frames, then blocks in flow order (Tab follows it), then notes. `known` is what was drawn before, with its measures. */
export function projectNodes({ flow, selection }: Projected, known: readonly CanvasNode[]): readonly CanvasNode[] {
  const byId = new Map(known.map(node => [node.id, node]))
  const places = placesOf(flow)
  const chosen = new Set([...selection.blocks, ...selection.notes.map(noteId), ...selection.frames.map(frameId)])
  const names = namesOf(flow)
  const nodes: CanvasNode[] = []
  for (const [id, note] of Object.entries(notesOf(flow, 'frame'))) nodes.push(projectNote('frame', id, note, chosen, byId.get(frameId(id))))
  for (const id of flowOrder(flow)) {
    const block = flow.blocks[id]
    if (!block) continue
    const data = { name: names.get(id) ?? id, block, languages: flow.languages }
    nodes.push(projectBlock(id, data, places.get(id) ?? [0, 0], chosen.has(id), byId.get(id)))
  }
  for (const [id, note] of Object.entries(notesOf(flow, 'note'))) nodes.push(projectNote('note', id, note, chosen, byId.get(noteId(id))))
  return sameList(known, nodes)
}

const namesOf = ofShape(flow => new Map(Object.keys(flow.blocks).map(id => [id, nameOf(flow, id)])))

/** One edge a connection whose block is there. */
export function projectEdges({ flow, selection }: Projected, known: readonly ConnectionEdge[]): readonly ConnectionEdge[] {
  const byId = new Map(known.map(edge => [edge.id, edge]))
  const chosen = new Set(selection.connections.map(({ block, exit }) => connectionId(block, exit)))
  const lanes = lanesOf(flow)
  const edges: ConnectionEdge[] = []
  for (const [source, block] of Object.entries(flow.blocks)) {
    for (const { name, to } of exitsOf(block)) {
      if (to === undefined || !flow.blocks[to]) continue
      const id = connectionId(source, name)
      const old = byId.get(id)
      const selected = chosen.has(id)
      const lane = lanes.get(to) ?? 0
      const isSame = old !== undefined && old.target === to && old.selected === selected && old.data?.lane === lane
      edges.push(
        isSame
          ? old
          : {
              id,
              type: 'connection',
              source,
              sourceHandle: name,
              target: to,
              targetHandle: ARRIVAL,
              selected,
              data: { lane },
              focusable: false,
              domAttributes: UNSPOKEN,
            },
      )
    }
  }
  return sameList(known, edges)
}

/** Whether two states have the same edges: flows of the same shape with all blocks at the same places, and the same chosen ones. */
export function sameEdges(one: Pick<Projected, 'flow' | 'selection'>, other: Pick<Projected, 'flow' | 'selection'>): boolean {
  return sameItems(one.selection.connections, other.selection.connections) && one.flow.layout === other.flow.layout && sameShape(one.flow, other.flow)
}

/** The id in the page of what a block says of itself. */
export const spokenId = (id: string) => `spoken-${id}`

/** "Topic, Keywords, 3 exits, 1 warning": how a screen reader names a block. */
export function spokenName(block: Block, problems: readonly Problem[], name: string): string {
  const errors = problems.filter(problem => problem.severity === 'error').length
  const type = blockTypeOf(block.type)?.title ?? block.type
  return [
    name,
    ...(name.startsWith(type) ? [] : [type]),
    ...(exitsOf(block).length > 0 ? [words.canvas.exits(exitsOf(block).length)] : []),
    ...(errors > 0 ? [words.canvas.errors(errors)] : []),
    ...(problems.length > errors ? [words.canvas.warnings(problems.length - errors)] : []),
  ].join(', ')
}

function projectBlock(id: string, data: BlockData, [x, y]: Place, selected: boolean, old: CanvasNode | undefined): BlockNode {
  const { name, block, languages } = data
  if (old?.type === 'block') {
    const isSameData = old.data.name === name && old.data.block === block && old.data.languages === languages
    const isThere = old.dragging === true || (old.position.x === x && old.position.y === y)
    if (isSameData && isThere && old.selected === selected) return old
    const position = isThere ? old.position : { x, y }
    if (isSameData) return { ...old, position, selected, zIndex: depthOf(selected) }
    const { handles: _guessed, ...rest } = old
    const size = old.measured ?? {}
    // New exits need dots before they are drawn; the block measures them when it is in the page.
    const isGuess = old.handles !== undefined || waysOf(old.data.block) !== waysOf(block)
    const handles = isGuess ? { handles: guessHandles(block, size.width ?? guessSize(block)[0], size.height ?? guessSize(block)[1]) } : {}
    return { ...rest, data, position, selected, zIndex: depthOf(selected), ...handles }
  }
  const [width, height] = guessSize(block)
  return {
    id,
    type: 'block',
    position: { x, y },
    data,
    selected,
    zIndex: depthOf(selected),
    domAttributes: { 'aria-labelledby': spokenId(id) },
    initialWidth: width,
    initialHeight: height,
    // A guess, until it is drawn: so connections of blocks outside the window need no block in the page.
    handles: guessHandles(block, width, height),
  }
}

/** Blocks and notes lie over all connections, the chosen ones on top; lit connections have 1, other ones 0, frames -1. */
const depthOf = (selected: boolean) => (selected ? 3 : 2)

/** The names of a block's exits as one text. */
export function waysOf(block: Block): string {
  return exitsOf(block)
    .map(exit => exit.name)
    .join()
}

function guessHandles(block: Block, width: number, height: number): NonNullable<BlockNode['handles']> {
  const exits = exitsOf(block)
  const inRows = exits.length > 5 || exits.reduce((sum, exit) => sum + exit.label.length * 7.5 + 16, 0) > 320
  const dot = { width: 10, height: 10 }
  return [
    { id: ARRIVAL, type: 'target', position: Position.Top, x: width / 2, y: 0, width: 1, height: 1 },
    ...exits.map(({ name }, index) => {
      if (inRows)
        return { id: name, type: 'source' as const, position: Position.Right, x: width - 5, y: height - (exits.length - index - 0.5) * ROW_HEIGHT - 5, ...dot }
      const across = isPlain(exits) ? 0.5 : (index + 0.5) / exits.length
      return { id: name, type: 'source' as const, position: Position.Bottom, x: width * across - 5, y: height - 5, ...dot }
    }),
  ]
}

function projectNote(kind: 'note' | 'frame', id: string, note: CanvasNote, chosen: ReadonlySet<string>, old: CanvasNode | undefined): NoteNode {
  const nodeId = kind === 'note' ? noteId(id) : frameId(id)
  const selected = chosen.has(nodeId)
  const [x, y] = note.at
  if (old && old.type !== 'block' && old.data.note === note && old.selected === selected) return old
  const known = old && old.type !== 'block' ? old : undefined
  const [width, height] = note.size ?? [208, 64]
  return {
    ...known,
    id: nodeId,
    type: kind,
    // Corners for notes, as the file has them; blocks hang by the middle of their upper edge.
    origin: [0, 0],
    position: known?.dragging ? known.position : { x, y },
    data: { note, id },
    selected,
    width,
    height,
    zIndex: kind === 'frame' ? -1 : depthOf(selected),
    ariaLabel: kind === 'note' ? words.canvas.noteNamed(note.text) : words.canvas.frameNamed(note.text),
  }
}

function sameItems<T>(one: readonly T[], other: readonly T[]): boolean {
  return one === other || (one.length === other.length && one.every((value, index) => value === other[index]))
}

function sameList<T>(known: readonly T[], made: readonly T[]): readonly T[] {
  return sameItems(known, made) ? known : made
}
