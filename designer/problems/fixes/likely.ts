/** What most likely comes behind an exit. It depends on where blocks are and how others lead on, never on what was added last. */
import type { Flow } from '../../../server/engine/index.ts'
import { type EditorView, ofShape, type Place, placesOf, takesConnections } from '../../commands/index.ts'

/** Exits behind which a conversation mostly ends without having reached anything. */
const GIVING_UP: ReadonlySet<string> = new Set(['timeout', 'left', 'full', 'unavailable', 'error'])
/** Exits behind which a person mostly helps. */
const LOST: ReadonlySet<string> = new Set(['else', 'invalid', 'unsure', 'too_long', 'refused_attachment', 'other_language'])

type View = Pick<EditorView, 'flow'>

/** Whether a conversation mostly gives up by an exit of this name. */
export function givesUp(exit: string): boolean {
  return GIVING_UP.has(exit)
}

/** The one block that an exit should lead to; undefined where none or several would be as good. */
export function likelyTarget(view: View, from: string, exit: string): string | undefined {
  const [only, second] = likelyTargets(view, from, exit)
  return second === undefined ? only : undefined
}

/** Blocks that an exit might lead to, each as good as the others. */
export function likelyTargets({ flow }: View, from: string, exit: string): readonly string[] {
  const known = foundByPlaces(flow)
  const places = placesOf(flow)
  const found = known.get(places) ?? new Map<string, readonly string[]>()
  known.set(places, found)
  const key = `${from}.${exit}`
  const targets = found.get(key) ?? findTargets(flow, from, exit)
  found.set(key, targets)
  return targets
}

// Every problem in the strip asks, at each key in a text.
const foundByPlaces = ofShape(() => new WeakMap<ReadonlyMap<string, Place>, Map<string, readonly string[]>>())

function findTargets(flow: Flow, from: string, exit: string): readonly string[] {
  const others = targetsOf(flow, from).filter(id => flow.blocks[id]?.type !== 'return' && !leadsTo(flow, from, id, exit))
  const ofType = (type: string) => others.filter(id => flow.blocks[id]?.type === type)
  // Sibling blocks left the same way are the best model.
  const model = sameExits(flow, from, exit).filter(id => others.includes(id))
  if (GIVING_UP.has(exit)) {
    const finishes = [...ofType('abandon'), ...ofType('end')]
    const agreed = model.filter(id => finishes.includes(id))
    if (agreed.length > 0) return agreed
    return ofType('abandon').length > 0 ? ofType('abandon') : ofType('end')
  }
  const waiting = waitingBlocks(flow, from, others)
  if (waiting.length > 0 || !LOST.has(exit)) return waiting
  return model.length > 0 ? model : ofType('queue')
}

/** Every block that a connection from a block may lead to: in reading order, those below it first. */
export function targetsOf(flow: Flow, from: string): readonly string[] {
  const own = placesOf(flow).get(from) ?? [0, 0]
  const ids = Object.keys(flow.blocks).filter(id => id !== from && takesConnections(flow.blocks[id] ?? { type: '' }))
  return inReadingOrder(flow, own, ids)
}

/** Whether a connection arrives at a block. */
export function isReached(flow: Flow, id: string): boolean {
  return reachedOf(flow).has(id)
}

/** What nothing comes to yet was drawn to come next: the first such block below, else the only one anywhere. */
function waitingBlocks(flow: Flow, from: string, others: readonly string[]): readonly string[] {
  const waiting = others.filter(id => !isReached(flow, id))
  const [, top] = placesOf(flow).get(from) ?? [0, 0]
  const below = waiting.find(id => (placesOf(flow).get(id)?.[1] ?? 0) > top)
  return below === undefined ? waiting : [below]
}

function inReadingOrder(flow: Flow, [x, y]: readonly [number, number], ids: readonly string[]): readonly string[] {
  const places = placesOf(flow)
  const placed = ids.map(id => ({ id, place: places.get(id) ?? ([0, 0] as const) }))
  const rank = (place: readonly [number, number]) => (place[1] > y ? 0 : 1)
  return placed
    .sort((one, other) => rank(one.place) - rank(other.place) || one.place[1] - other.place[1] || Math.abs(one.place[0] - x) - Math.abs(other.place[0] - x))
    .map(({ id }) => id)
}

/** Where exits of this name lead in other blocks, each block once. */
function sameExits(flow: Flow, from: string, exit: string): readonly string[] {
  const found = new Set<string>()
  for (const [id, block] of Object.entries(flow.blocks)) {
    const to = id === from ? undefined : block.exits?.[exit]
    if (to !== undefined) found.add(to)
  }
  return [...found]
}

/** A block that another exit leads to right away is not what a second exit is for. */
function leadsTo(flow: Flow, from: string, id: string, except: string): boolean {
  return Object.entries(flow.blocks[from]?.exits ?? {}).some(([exit, to]) => exit === 'next' && exit !== except && to === id)
}

const reached = new WeakMap<Flow['blocks'], ReadonlySet<string>>()

function reachedOf({ blocks }: Flow): ReadonlySet<string> {
  const known = reached.get(blocks)
  if (known) return known
  const found = new Set<string>()
  for (const [id, block] of Object.entries(blocks)) for (const to of Object.values(block.exits ?? {})) if (to !== id) found.add(to)
  reached.set(blocks, found)
  return found
}
