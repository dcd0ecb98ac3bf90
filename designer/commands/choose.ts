/** What is chosen next: everything, nothing, or a neighbour along the connections. */
import { editWords as words } from '../words/edits.ts'
import { type Command, type EditorView, NOTHING_CHOSEN } from './command.ts'
import { exitsOf } from './exits.ts'
import { notesOf, type Place } from './flow-edits.ts'
import { flowOrder } from './flow-order.ts'
import { placesOf } from './places.ts'

/** Chooses every block, note and frame. */
export const chooseAll: Command = {
  name: 'choose_all',
  group: 'edit',
  label: words.chooseAll,
  keys: ['mod+A'],
  isAvailable: ({ flow }) => Object.keys(flow.blocks).length > 0,
  apply: ({ flow }) => ({
    flow,
    selection: { blocks: Object.keys(flow.blocks), connections: [], notes: Object.keys(notesOf(flow, 'note')), frames: Object.keys(notesOf(flow, 'frame')) },
    said: words.chosen(Object.keys(flow.blocks).length),
  }),
}

/** A key of the arrows. */
export type Direction = 'up' | 'down' | 'left' | 'right'

/** Chooses the next block along the connections: down the first exit, up to where one comes from, left and right to the neighbours. */
export const walk: Command<{ readonly to: Direction }> = {
  name: 'walk',
  group: 'go',
  label: words.walk,
  isAvailable: ({ flow }) => Object.keys(flow.blocks).length > 0,
  apply(view, { to }) {
    const [id] = view.selection.blocks
    const [connection] = view.selection.connections
    const from = id ?? connection?.block
    const next = from === undefined ? flowOrder(view.flow)[0] : neighbour(view, from, to)
    return next === undefined ? undefined : { flow: view.flow, selection: { ...NOTHING_CHOSEN, blocks: [next] } }
  },
}

/** The block that an arrow leads to; undefined at an end. */
export function neighbour({ flow }: EditorView, id: string, to: Direction): string | undefined {
  const block = flow.blocks[id]
  const places = placesOf(flow)
  const here = places.get(id)
  if (!block || !here) return undefined
  if (to === 'down') {
    const along = exitsOf(block).find(exit => exit.to !== undefined && exit.to !== id && flow.blocks[exit.to])?.to
    return along ?? nearest(places, here, ([x, y]) => y > here[1] && Math.abs(x - here[0]) < (y - here[1]) * 2)
  }
  if (to === 'up') {
    const before = flowOrder(flow).find(other => other !== id && Object.values(flow.blocks[other]?.exits ?? {}).includes(id))
    return before ?? nearest(places, here, ([x, y]) => y < here[1] && Math.abs(x - here[0]) < (here[1] - y) * 2)
  }
  const side = to === 'left' ? -1 : 1
  return nearest(places, here, ([x, y]) => (x - here[0]) * side > 0 && Math.abs(y - here[1]) < (x - here[0]) * side)
}

function nearest(places: ReadonlyMap<string, Place>, [x, y]: Place, fits: (place: Place) => boolean): string | undefined {
  let best: string | undefined
  let least = Number.POSITIVE_INFINITY
  for (const [id, place] of places) {
    const distance = Math.hypot(place[0] - x, place[1] - y)
    if (distance > 0 && distance < least && fits(place)) {
      best = id
      least = distance
    }
  }
  return best
}

function goToProblem(step: 1 | -1): Command {
  return {
    name: step === 1 ? 'next_problem' : 'previous_problem',
    group: 'go',
    label: step === 1 ? words.nextProblem : words.previousProblem,
    keys: [step === 1 ? 'F8' : 'shift+F8'],
    isAvailable: ({ flow, problems }) => problems.some(({ block }) => block !== undefined && flow.blocks[block]),
    apply({ flow, selection, problems }) {
      const ids = [...new Set(problems.flatMap(({ block }) => (block !== undefined && flow.blocks[block] ? [block] : [])))]
      const [chosen] = selection.blocks
      const at = chosen === undefined ? -1 : ids.indexOf(chosen)
      const next = ids[at === -1 ? (step === 1 ? 0 : ids.length - 1) : (at + step + ids.length) % ids.length]
      if (next === undefined) return undefined
      const said = problems.find(problem => problem.block === next)?.message
      return { flow, selection: { ...NOTHING_CHOSEN, blocks: [next] }, ...(said === undefined ? {} : { said }) }
    },
  }
}

/** Goes through the blocks that have problems, errors first. */
export const problemWalk: readonly Command[] = [goToProblem(1), goToProblem(-1)]
