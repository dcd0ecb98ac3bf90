/** What a publication means for running conversations: the dry run, the check of what was decided, and the record of it. */
import { counterpartOf, DomainError, type Flow, foreseeMove, nameBlock, parseFlow, type Session } from '../engine/index.ts'
import type { MoveChoice as Decided, Move, Write } from '../store/index.ts'
import type { MoveAnswer, MoveChoice, MoveChoices, WaitingBlock } from './move-contract.ts'
import type { FlowParts } from './stored-flows.ts'

/** Conversations that are read together. */
const PAGE = 200

type Mutable<T> = { -readonly [key in keyof T]: T[key] }

/** The blocks in which conversations of versions below `version` wait, the most waited in first. */
export async function foresee({ store }: Pick<FlowParts, 'store'>, id: string, version: number, after: Flow): Promise<readonly WaitingBlock[]> {
  const versions = new Map<number, Flow | undefined>()
  const read = async (number: number): Promise<Flow | undefined> => {
    if (!versions.has(number)) {
      const [stored] = await store.flows.versionsByNumber([{ flow: id, version: number }])
      const parsing = stored && parseFlow(stored.file)
      versions.set(number, parsing?.ok ? parsing.flow : undefined)
    }
    return versions.get(number)
  }
  const blocks = new Map<string, Mutable<WaitingBlock>>()
  let cursor: string | undefined
  do {
    const page = await store.conversations.openBelow(id, version, { cursor, limit: PAGE })
    for (const { conversation } of await store.contacts.byId(page.rows.map(row => row.contact))) {
      const { session, owner } = conversation
      if (!session || session.flow !== id || session.version >= version) continue
      add(blocks, session, owner === 'flow', await read(session.version), after)
    }
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return [...blocks.values()].map(finish).sort((one, other) => other.count - one.count || (one.name < other.name ? -1 : 1))
}

function add(blocks: Map<string, Mutable<WaitingBlock>>, session: Session, isFree: boolean, before: Flow | undefined, after: Flow): void {
  const { at, version } = session
  const block = before?.blocks[at]
  const there = counterpartOf(block, after.blocks[at])
  const known = blocks.get(at) ?? {
    block: at,
    name: before ? nameBlock(before, at) : at,
    type: block?.type ?? '',
    count: 0,
    versions: [],
    there,
    choices: [],
    move: { goes_on: 0, asks_again: 0, stays: 0 },
    restart: { starts: 0, stays: 0 },
  }
  const foresight = foreseeMove(session, before, after)
  const start = isFree ? 'starts' : 'stays'
  known.count++
  known.versions = [...new Set([...known.versions, version])].sort((one, other) => other - one)
  // Waited in on several versions: `gone` only if it is so for all of them.
  if (known.there !== there) known.there = 'changed'
  known.move = { ...known.move, [foresight]: known.move[foresight] + 1 }
  known.restart = { ...known.restart, [start]: known.restart[start] + 1 }
  blocks.set(at, known)
}

/** Staying is what happens without a choice; moving and starting again are offered when they would move or start anybody. */
function finish(block: Mutable<WaitingBlock>): WaitingBlock {
  const choices: MoveChoice[] = ['stay']
  if (block.move.stays < block.count) choices.push('move')
  if (block.restart.starts > 0) choices.push('restart')
  return { ...block, choices }
}

/** The writes that record a decision, and the record; undefined when everybody stays. Throws `flow.unknown_block` and `flow.no_counterpart`. */
export async function decideMoves(
  parts: FlowParts,
  about: { readonly flow: Flow; readonly id: string; readonly version: number; readonly author: string },
  wanted: MoveChoices,
): Promise<{ readonly move: Move; readonly writes: readonly Write[] } | undefined> {
  if (Object.keys(wanted).length === 0) return undefined
  const { flow, id, version, author } = about
  const waiting = await foresee(parts, id, version, flow)
  const choices: Record<string, Decided> = {}
  for (const [block, choice] of Object.entries(wanted)) {
    const place = waiting.find(known => known.block === block)
    if (!place && !Object.hasOwn(flow.blocks, block)) throw unknownBlock(id, block, waiting)
    if (choice === 'move' && place && !place.choices.includes('move')) throw noCounterpart(place, version)
    if (choice !== 'stay') choices[block] = choice
  }
  if (Object.keys(choices).length === 0) return undefined
  const total = waiting.reduce((sum, { block, count }) => sum + (Object.hasOwn(choices, block) ? count : 0), 0)
  const at = parts.now()
  const decided = { id: parts.newId(), flow: id, version, choices, author, total, created_at: at }
  const move: Move = { ...decided, moved: 0, restarted: 0, stayed: 0, finished_at: null }
  const entry = { id: parts.newId(), at, actor: author, action: 'conversations_moved', target: id, details: { version, choices, total } }
  return { move, writes: [...parts.store.moves.insert(move), ...parts.store.audit.insert([entry])] }
}

function unknownBlock(flow: string, block: string, waiting: readonly WaitingBlock[]): DomainError {
  const known = waiting.map(place => place.block)
  return new DomainError('flow.unknown_block', {
    message: `Flow “${flow}” has no block “${block}”, and nobody waits in one.`,
    hint: known.length === 0 ? 'Nobody waits in a block of an older version.' : `Conversations wait in ${known.join(', ')}.`,
    at: `/moves/${block}`,
  })
}

function noCounterpart({ block, name }: WaitingBlock, version: number): DomainError {
  return new DomainError('flow.no_counterpart', {
    message: `Version ${version} has nothing in the place of “${name}”, so nobody can move there.`,
    hint: 'Choose stay or restart for it, or give the new version a block with the same id and type.',
    at: `/moves/${block}`,
  })
}

/** As the API shows it. */
export function showMove({ flow: _flow, choices, ...move }: Move): MoveAnswer {
  return { ...move, choices: { ...choices } }
}
