/** What copy puts on the clipboard: a flow file with the chosen blocks only, so that it can also be read, mailed and imported. */
import { type Block, type Flow, printFlow } from '../../server/engine/index.ts'
import type { Selection } from './command.ts'
import { type CanvasNote, freeId, MOST_BLOCKS, notesOf, type Place, snap, withNewBlock, withNote } from './flow-edits.ts'
import { placesOf } from './places.ts'

const CLIP_ID = 'clip'

/** The chosen part as a flow of its own, with the variables and intents that its blocks name; undefined when no block or note is chosen. */
export function clipOf(flow: Flow, selection: Selection): Flow | undefined {
  const { blocks, notes, frames } = selection
  if (blocks.length + notes.length + frames.length === 0) return undefined
  const chosen = new Set(blocks)
  const places = placesOf(flow)
  const kept: Record<string, Block> = {}
  const layout: Record<string, Place> = {}
  for (const id of blocks) {
    const block = flow.blocks[id]
    if (!block) continue
    kept[id] = withExitsWithin(block, to => (chosen.has(to) ? to : undefined))
    layout[id] = places.get(id) ?? [0, 0]
  }
  const texts = JSON.stringify(kept)
  const named = <T>(declared: Readonly<Record<string, T>> | undefined) =>
    Object.fromEntries(Object.entries(declared ?? {}).filter(([name]) => new RegExp(`\\b${name}\\b`).test(texts)))
  const variables = named(flow.variables)
  const contactFields = named(flow.contact_fields)
  const intents = named(flow.intents)
  const pick = (kind: 'note' | 'frame', ids: readonly string[]) => Object.fromEntries(Object.entries(notesOf(flow, kind)).filter(([id]) => ids.includes(id)))
  const [$notes, $frames] = [pick('note', notes), pick('frame', frames)]
  return {
    format: 1,
    id: CLIP_ID,
    name: flow.name,
    languages: flow.languages,
    ...(Object.keys(variables).length > 0 ? { variables } : {}),
    ...(Object.keys(contactFields).length > 0 ? { contact_fields: contactFields } : {}),
    ...(Object.keys(intents).length > 0 ? { intents } : {}),
    blocks: kept,
    layout: { ...layout, ...(notes.length > 0 ? { $notes } : {}), ...(frames.length > 0 ? { $frames } : {}) },
  }
}

/** The text for the clipboard. */
export function printClip(clip: Flow): string {
  return printFlow(clip)
}

/** A clip put into a flow, with what is then chosen. */
export interface Placed {
  readonly flow: Flow
  readonly selection: Selection
}

/** Puts a clip into a flow: taken ids get a number, unknown variables and intents come along, everything moves by `by`. */
export function placeClip(flow: Flow, clip: Flow, by: Place): Placed | undefined {
  if (Object.keys(flow.blocks).length + Object.keys(clip.blocks).length > MOST_BLOCKS) return undefined
  const ids = new Map<string, string>()
  const taken = new Set(Object.keys(flow.blocks))
  for (const id of Object.keys(clip.blocks)) {
    const free = freeId(id, known => taken.has(known))
    taken.add(free)
    ids.set(id, free)
  }
  const places = placesOf(clip)
  let placed = withDeclarations(flow, clip)
  for (const [id, block] of Object.entries(clip.blocks)) {
    const [x, y] = places.get(id) ?? [0, 0]
    placed = withNewBlock(
      placed,
      ids.get(id) ?? id,
      withExitsWithin(block, to => ids.get(to)),
      snap([x + by[0], y + by[1]]),
    )
  }
  const added: Record<'note' | 'frame', string[]> = { note: [], frame: [] }
  for (const kind of ['note', 'frame'] as const) {
    for (const [id, note] of Object.entries(notesOf(clip, kind))) {
      const free = freeId(id, known => notesOf(placed, kind)[known] !== undefined)
      const moved: CanvasNote = { ...note, at: snap([note.at[0] + by[0], note.at[1] + by[1]]) }
      placed = withNote(placed, kind, free, moved)
      added[kind].push(free)
    }
  }
  return { flow: placed, selection: { blocks: [...ids.values()], connections: [], notes: added.note, frames: added.frame } }
}

function withDeclarations(flow: Flow, clip: Flow): Flow {
  const joined = <T>(own: Readonly<Record<string, T>> | undefined, theirs: Readonly<Record<string, T>> | undefined) => ({ ...theirs, ...own })
  const needs = (own: object | undefined, theirs: object | undefined) => Object.keys(theirs ?? {}).some(name => !Object.hasOwn(own ?? {}, name))
  return {
    ...flow,
    ...(needs(flow.variables, clip.variables) ? { variables: joined(flow.variables, clip.variables) } : {}),
    ...(needs(flow.contact_fields, clip.contact_fields) ? { contact_fields: joined(flow.contact_fields, clip.contact_fields) } : {}),
    ...(needs(flow.intents, clip.intents) ? { intents: joined(flow.intents, clip.intents) } : {}),
  }
}

/** A block whose connections lead where `lead` says; those it says nothing about are dropped. */
function withExitsWithin(block: Block, lead: (to: string) => string | undefined): Block {
  const { exits: known, ...rest } = block
  const exits: Record<string, string> = {}
  for (const [exit, to] of Object.entries(known ?? {})) {
    const leads = lead(to)
    if (leads !== undefined) exits[exit] = leads
  }
  return Object.keys(exits).length > 0 ? { ...rest, exits } : rest
}
