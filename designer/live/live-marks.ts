/** What the live counts look like on the canvas, and what stands out in them. */
import type { LiveAnswer } from '../../server/api/contract.ts'
import { blockTypeOf, type Flow } from '../../server/engine/index.ts'
import type { Mark, Marks } from '../canvas/index.ts'
import { exitsOf } from '../commands/index.ts'
import { live as words } from '../words/live.ts'

/** Counts of one block. */
export type BlockCounts = LiveAnswer['blocks'][string]

const THINNEST = 1.75
const THICKEST = 6
const NONE: BlockCounts = { came: 0, left_here: 0, waits_now: 0, exits: {} }

/** Whether there is nothing to count: nobody came in this time, and nobody waits. */
export function isEmpty({ blocks, conversations }: Pick<LiveAnswer, 'blocks' | 'conversations'>): boolean {
  return conversations === 0 && Object.values(blocks).every(isQuiet)
}

/** Gist, shares under the exits and widths of the connections. */
export function drawLive({ blocks, conversations }: Pick<LiveAnswer, 'blocks' | 'conversations'>, flow: Flow): Marks {
  const marks = new Map<string, Mark>()
  const widths = new Map<string, number>()
  for (const [id, block] of Object.entries(flow.blocks)) {
    const counts = blocks[id] ?? NONE
    const exits = exitsOf(block)
    // Of those who left: who came by twice may have left by two exits, and who waits or is left here by none.
    const left = exits.reduce((sum, { name }) => sum + (counts.exits[name] ?? 0), 0)
    const shares = left > 0 ? Object.fromEntries(exits.map(({ name }) => [name, words.share((counts.exits[name] ?? 0) / left)])) : {}
    marks.set(id, { states: isQuiet(counts) ? ['live', 'dimmed'] : ['live'], gist: sayCounts(counts), ...(exits.length > 1 ? { shares } : {}) })
    for (const { name } of exits) widths.set(`${id}.${name}`, widthOf(counts.exits[name] ?? 0, conversations))
  }
  return { blocks: marks, connections: new Map(), widths }
}

/** "1,284 came, 38 left here, 12 wait now"; what is none is not said. */
export function sayCounts(counts: BlockCounts): string {
  if (isQuiet(counts)) return words.nobody
  const { came, left_here, waits_now } = counts
  return [words.came(came), ...(left_here > 0 ? [words.leftHere(left_here)] : []), ...(waits_now > 0 ? [words.waitHere(waits_now)] : [])].join(', ')
}

/** A block with what is remarkable about it. */
export interface Remarkable {
  readonly block: string
  readonly count: number
  /** 0 to 1, for the bar. */
  readonly share: number
  readonly came: number
}

/** Blocks where most are left, the worst first. `share` is of those who came. */
export function mostLeft(live: Pick<LiveAnswer, 'blocks'>, flow: Flow): readonly Remarkable[] {
  return remarkable(live, flow, ({ left_here }) => left_here).map(one => ({ ...one, share: one.came === 0 ? 1 : Math.min(1, one.count / one.came) }))
}

/** Blocks where most wait now. `share` is of all who wait. */
export function mostWaiting(live: Pick<LiveAnswer, 'blocks'>, flow: Flow): readonly Remarkable[] {
  const waiting = remarkable(live, flow, ({ waits_now }) => waits_now)
  const all = waiting.reduce((sum, { count }) => sum + count, 0)
  return waiting.map(one => ({ ...one, share: one.count / all }))
}

const MOST_ROWS = 6

function remarkable({ blocks }: Pick<LiveAnswer, 'blocks'>, flow: Flow, countOf: (counts: BlockCounts) => number): readonly Remarkable[] {
  return Object.entries(blocks)
    .map(([block, counts]) => ({ block, count: countOf(counts), share: 0, came: counts.came }))
    .filter(({ block, count }) => count > 0 && blockTypeOf(flow.blocks[block]?.type ?? '') !== undefined)
    .sort((one, other) => other.count - one.count || other.came - one.came)
    .slice(0, MOST_ROWS)
}

function isQuiet({ came, left_here, waits_now }: BlockCounts): boolean {
  return came + left_here + waits_now === 0
}

/** The thicker, the larger the share of all conversations. */
function widthOf(passed: number, conversations: number): number {
  if (conversations === 0) return THINNEST
  return THINNEST + (THICKEST - THINNEST) * Math.min(1, passed / conversations)
}
