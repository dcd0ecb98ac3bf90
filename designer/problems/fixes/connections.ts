/** Fixes of connections: exits that lead nowhere, blocks that nothing comes to, loops that never wait. */
import { type Block, blockTypeOf, type Flow } from '../../../server/engine/index.ts'
import { blockViewOf } from '../../blocks/index.ts'
import { addBlock, deleteChosen, type EditorView, flowOrder, NOTHING_CHOSEN, nameOf, takesConnections, withExit } from '../../commands/index.ts'
import { words } from '../../words/en.ts'
import { belowBlock, type Fix, type Fixer, lastPart } from './fix.ts'

/** Exits behind which a conversation mostly ends without having reached anything. */
const GIVING_UP: ReadonlySet<string> = new Set(['timeout', 'left', 'full', 'unavailable', 'error'])
/** Exits behind which a person mostly helps. */
const LOST: ReadonlySet<string> = new Set(['else', 'invalid', 'unsure', 'too_long', 'refused_attachment', 'other_language'])

/** Open exits that are looked at for an unreachable block: in a large unfinished flow there are too many. */
const MOST_TRIED = 20

/** Leads an open exit to the block that most likely comes there, else to a new end. */
export const connectExit: Fixer = (problem, { view }) => {
  const { block } = problem
  if (block === undefined || !view.flow.blocks[block]) return undefined
  const exit = belowBlock(problem) === '' ? firstOpenExit(view.flow.blocks[block]) : lastPart(problem.at)
  return exit === undefined ? undefined : connectionFix(view, block, exit)
}

/** What most likely comes behind an exit. */
export function likelyTarget({ flow }: Pick<EditorView, 'flow'>, from: string, exit: string): string | undefined {
  const others = Object.entries(flow.blocks).filter(
    ([id, block]) => id !== from && takesConnections(block) && block.type !== 'return' && !leadsTo(flow.blocks[from], id, exit),
  )
  const ofType = (...types: string[]) => types.map(type => others.find(([, block]) => block.type === type)?.[0]).find(id => id !== undefined)
  if (GIVING_UP.has(exit)) return ofType('abandon', 'end')
  // What nothing comes to yet was drawn to come next.
  const waiting = others.find(([id]) => !isReached(flow, id))?.[0]
  if (waiting !== undefined || !LOST.has(exit)) return waiting
  // A sibling block left the same way is the best model.
  const model = Object.entries(flow.blocks).find(([id, block]) => id !== from && block.exits?.[exit] !== undefined)?.[1].exits?.[exit]
  return model !== undefined && others.some(([id]) => id === model) ? model : ofType('queue')
}

/** Leads an open exit to the block, else offers to delete it. A block behind an unreachable one needs neither: it is reached with it. */
export const reachBlock: Fixer = ({ block: id }, { view }) => {
  if (id === undefined || !view.flow.blocks[id] || isReached(view.flow, id)) return undefined
  const { flow } = view
  const open = flowOrder(flow)
    .filter(other => other !== id && firstOpenExit(flow.blocks[other]) !== undefined)
    .slice(0, MOST_TRIED)
    .flatMap(other => {
      const exit = firstOpenExit(flow.blocks[other])
      return exit === undefined || likelyTarget(view, other, exit) !== id ? [] : [{ other, exit }]
    })
  const [first] = open
  if (first) return connectFix(view.flow, first.other, first.exit, id)
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
  const to = likelyTarget(view, from, exit)
  if (to !== undefined) return connectFix(view.flow, from, exit, to)
  const type = GIVING_UP.has(exit) ? 'abandon' : 'end'
  return { label: words.problems.addEnd, apply: now => addBlock.apply(now, { block: fresh(type), from: { block: from, exit } }) }
}

function connectFix(flow: Flow, from: string, exit: string, to: string): Fix {
  return {
    label: words.problems.connectTo(nameOf(flow, to)),
    apply: now => ({ flow: withExit(now.flow, from, exit, to), selection: { ...NOTHING_CHOSEN, blocks: [from] } }),
  }
}

function deleteFix(view: EditorView, id: string): Fix {
  return {
    label: words.problems.delete(nameOf(view.flow, id)),
    apply: now => deleteChosen.apply({ ...now, selection: { ...NOTHING_CHOSEN, blocks: [id] } }, undefined),
  }
}

function firstOpenExit(block: Block | undefined): string | undefined {
  return block === undefined
    ? undefined
    : blockTypeOf(block.type)
        ?.exits(block)
        .find(({ name }) => block.exits?.[name] === undefined)?.name
}

function leadsTo(block: Block | undefined, id: string, except: string): boolean {
  return Object.entries(block?.exits ?? {}).some(([exit, to]) => exit === 'next' && exit !== except && to === id)
}

function isReached(flow: Flow, id: string): boolean {
  return Object.entries(flow.blocks).some(([other, block]) => other !== id && Object.values(block.exits ?? {}).includes(id))
}

function fresh(type: string): Block {
  return blockViewOf(type)?.fresh() ?? { type }
}
