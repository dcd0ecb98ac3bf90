/** Fixes of connections: exits that lead nowhere, blocks that nothing comes to, loops that never wait. */
import { type Block, blockTypeOf, type Flow } from '../../../server/engine/index.ts'
import { BLOCK_VIEWS, blockViewOf } from '../../blocks/index.ts'
import {
  addBlock,
  type ChosenExit,
  deleteChosen,
  type Edit,
  type EditorView,
  firstFreeExit,
  flowOrder,
  NOTHING_CHOSEN,
  nameOf,
  takesConnections,
  withBlock,
  withExit,
} from '../../commands/index.ts'
import { words } from '../../words/en.ts'
import { belowBlock, type Fix, type FixChoices, type Fixer, lastPart } from './fix.ts'
import { givesUp, isReached, likelyTarget, likelyTargets, targetsOf } from './likely.ts'

/** Open exits that are looked at for an unreachable block: in a large unfinished flow there are too many. */
const MOST_TRIED = 20
/** Blocks in a menu; who looks for another one has the field of the form. */
const MOST_OFFERED = 40

/** Leads an open exit to the block that most likely comes there; a menu where that is not clear. */
export const connectExit: Fixer = (problem, { view }) => {
  const { block } = problem
  const found = block === undefined ? undefined : view.flow.blocks[block]
  if (block === undefined || !found) return undefined
  const exit = belowBlock(problem) === '' ? firstFreeExit(found) : lastPart(problem.at)
  return exit === undefined ? undefined : connectionFix(view, block, exit)
}

/** Leads several open exits of a block to one block. */
export function connectAll(flow: Flow, from: string, exits: readonly string[]): Fix {
  return { label: words.problems.connectAll, apply: undefined, choices: () => choicesFor(flow, from, exits, targetsOf(flow, from)) }
}

/** Puts a new block into a connection. */
export function insertInto({ block, exit }: ChosenExit): Fix {
  return { label: words.problems.insertHere, apply: undefined, choices: () => [newTypes(block, [exit])] }
}

/** Leads an open exit to the block, else offers to delete it. A block behind an unreachable one needs neither: it is reached with it. */
export const reachBlock: Fixer = ({ block: id }, { view }) => {
  if (id === undefined || !view.flow.blocks[id] || isReached(view.flow, id)) return undefined
  const { flow } = view
  const open = flowOrder(flow)
    .filter(other => other !== id && openExit(flow.blocks[other]) !== undefined)
    .slice(0, MOST_TRIED)
    .flatMap(other => {
      const exit = openExit(flow.blocks[other])
      return exit === undefined || likelyTarget(view, other, exit) !== id ? [] : [{ other, exit }]
    })
  const [first] = open
  if (first) return connectFix(view.flow, first.other, [first.exit], id, words.problems.connectTo(nameOf(view.flow, id)))
  return deleteFix(view, id)
}

/** Removes a connection that leads nowhere or comes from no exit. */
export const disconnect: Fixer = problem => {
  const { block } = problem
  const exit = lastPart(problem.at)
  return block === undefined ? undefined : { label: words.problems.disconnect, apply: ({ flow }) => ({ flow: withExit(flow, block, exit, undefined) }) }
}

/** Deletes a block that is there twice. */
export const deleteBlock: Fixer = ({ block }, { view }) => (block === undefined || !view.flow.blocks[block] ? undefined : deleteFix(view, block))

/** Puts a listen into the last connection of a loop that never waits. */
export const insertListen: Fixer = ({ path }, { view }) => {
  const [last, first] = [path?.at(-2), path?.at(-1)]
  const exit = last === undefined ? undefined : Object.entries(view.flow.blocks[last]?.exits ?? {}).find(([, to]) => to === first)?.[0]
  if (last === undefined || exit === undefined) return undefined
  return { label: words.problems.insertListen, apply: now => addBlock.apply(now, { block: fresh('listen'), from: { block: last, exit } }) }
}

/** Leads past a listen to the branch behind it, which reads the opening message or waits for one. Not where it could come back: it would read the same message for ever. */
export const skipListen: Fixer = ({ block: id, path }, { view }) => {
  const { flow } = view
  const listen = id === undefined ? undefined : flow.blocks[id]
  const [before, to] = [path?.at(-2), listen?.exits?.message]
  const branch = to === undefined ? undefined : flow.blocks[to]
  const exit = before === undefined ? undefined : Object.entries(flow.blocks[before]?.exits ?? {}).find(([, target]) => target === id)?.[0]
  if (id === undefined || !listen || before === undefined || exit === undefined || to === undefined || !branch) return undefined
  if (blockTypeOf(branch.type)?.branch !== true || listen.merge !== undefined || listen.variable !== undefined || comesTo(flow, to, before)) return undefined
  return {
    label: words.problems.goStraightTo(nameOf(flow, to)),
    apply(now) {
      const led = withExit(now.flow, before, exit, to)
      const { timeout } = listen.exits ?? {}
      const waits = branch.timeout === undefined && listen.timeout !== undefined && timeout !== undefined
      const timed = waits ? withBlock(led, to, { ...branch, timeout: listen.timeout, exits: { ...branch.exits, timeout } }) : led
      if (isReached(timed, id)) return { flow: timed }
      return { flow: deleteChosen.apply({ ...now, flow: timed, selection: { ...NOTHING_CHOSEN, blocks: [id] } }, undefined)?.flow ?? timed }
    },
  }
}

/** Whether a conversation can come from one block to another. */
function comesTo(flow: Flow, from: string, to: string): boolean {
  const seen = new Set<string>([from])
  for (const id of seen) for (const next of Object.values(flow.blocks[id]?.exits ?? {})) seen.add(next)
  return seen.has(to)
}

/** A flow begins somewhere: with the first block that nothing comes to. */
export const addStart: Fixer = () => ({
  label: words.problems.addStart,
  apply(now) {
    const added = addBlock.apply(now, { block: fresh('start') })
    const [start] = added?.selection?.blocks ?? []
    const first = Object.entries(now.flow.blocks).find(([id, block]) => takesConnections(block) && !isReached(now.flow, id))?.[0]
    return !added || start === undefined || first === undefined ? added : { ...added, flow: withExit(added.flow, start, 'next', first) }
  },
})

function connectionFix(view: EditorView, from: string, exit: string): Fix {
  const { flow } = view
  const likely = likelyTargets(view, from, exit)
  const [only, second] = likely
  if (only !== undefined && second === undefined) return connectFix(flow, from, [exit], only, words.problems.connectTo(nameOf(flow, only)))
  if (only === undefined && givesUp(exit)) return newFix(from, [exit], 'abandon', words.problems.addEnd)
  const targets = only === undefined ? targetsOf(flow, from) : likely
  return {
    label: only === undefined ? words.problems.addNext : words.problems.connectToOne,
    apply: undefined,
    choices: () => choicesFor(flow, from, [exit], targets),
  }
}

/** Blocks that are there, and types of new ones. */
function choicesFor(flow: Flow, from: string, exits: readonly string[], targets: readonly string[]): readonly FixChoices[] {
  const blocks = targets.slice(0, MOST_OFFERED).map(to => connectFix(flow, from, exits, to, nameOf(flow, to)))
  return [...(blocks.length > 0 ? [{ title: words.problems.existing, fixes: blocks }] : []), newTypes(from, exits)]
}

function newTypes(from: string, exits: readonly string[]): FixChoices {
  const fixes = BLOCK_VIEWS.flatMap(({ type }) => {
    const known = blockTypeOf(type)
    return known && known.entry !== true && type !== 'return' ? [newFix(from, exits, type, known.title)] : []
  })
  return { title: words.problems.newBlock, fixes }
}

function connectFix(flow: Flow, from: string, exits: readonly string[], to: string, label: string): Fix {
  const said = words.problems.connectTo(nameOf(flow, to))
  return { label, apply: now => ({ flow: lead(now.flow, from, exits, to), selection: { ...NOTHING_CHOSEN, blocks: [from] }, said }) }
}

/** A new block behind the first exit; the others lead there too. */
function newFix(from: string, [first = '', ...others]: readonly string[], type: string, label: string): Fix {
  return {
    label,
    apply(now): Edit | undefined {
      const added = addBlock.apply(now, { block: fresh(type), from: { block: from, exit: first } })
      const [made] = added?.selection?.blocks ?? []
      return !added || made === undefined ? added : { ...added, flow: lead(added.flow, from, others, made) }
    },
  }
}

function lead(flow: Flow, from: string, exits: readonly string[], to: string): Flow {
  return exits.reduce((now, exit) => withExit(now, from, exit, to), flow)
}

function deleteFix(view: EditorView, id: string): Fix {
  return {
    label: words.problems.delete(nameOf(view.flow, id)),
    apply: now => deleteChosen.apply({ ...now, selection: { ...NOTHING_CHOSEN, blocks: [id] } }, undefined),
  }
}

function openExit(block: Block | undefined): string | undefined {
  return block && firstFreeExit(block)
}

function fresh(type: string): Block {
  return blockViewOf(type)?.fresh() ?? { type }
}
