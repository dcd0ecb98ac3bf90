/** What every lint rule looks at, made once for a flow: blocks with their types, exits, texts and neighbours. */
import type { Abilities } from '../abilities.ts'
import type { BlockType, Exit } from '../blocks/block.ts'
import { blockTypeOf } from '../blocks/index.ts'
import type { Problem } from '../errors.ts'
import { nameBlock } from '../file/block-name.ts'
import type { Block, Flow } from '../file/flow.ts'
import { below } from '../file/json-schema.ts'
import { nearestName } from '../file/nearest.ts'
import { type Recording, recordBlock } from './record.ts'
import { type References, referencesOf } from './references.ts'

/** What lint knows beside the flow. Without `flows`, `queues` or `secrets` names of them are not checked. */
export interface LintContext {
  /** The channels of the connectors that use the flow. */
  readonly channels: readonly Abilities[]
  readonly flows?: ReadonlySet<string>
  readonly queues?: ReadonlySet<string>
  readonly secrets?: ReadonlySet<string>
}

/** A block with what lint needs of it. */
export interface LintedBlock {
  readonly id: string
  /** Place in the flow; the order of problems and the number in walks. */
  readonly index: number
  readonly block: Block
  readonly type: BlockType | undefined
  /** What people call it, as on the canvas and in lists. */
  readonly name: string
  readonly exits: readonly Exit[]
  /** Connections whose block exists. */
  readonly connections: readonly Connection[]
  readonly recording: Recording
  readonly references: References
}

/** One line on the canvas. */
export interface Connection {
  readonly exit: string
  readonly to: LintedBlock
}

/** A flow as lint rules see it. */
export interface FlowView extends LintContext {
  readonly flow: Flow
  readonly blocks: readonly LintedBlock[]
  readonly block: (id: string) => LintedBlock | undefined
}

/** Finds one kind of mistake. Linear in the flow. */
export type LintRule = (view: FlowView) => readonly Problem[]

/** Looks at a flow once, for all rules. */
export function viewFlow(flow: Flow, context: LintContext): FlowView {
  const byId = new Map<string, LintedBlock & { connections: Connection[] }>()
  for (const [id, block] of Object.entries(flow.blocks)) {
    byId.set(id, { ...factsOf(flow, block), id, index: byId.size, block, name: nameBlock(flow, id), connections: [] })
  }
  const blocks = [...byId.values()]
  for (const linted of blocks) {
    for (const [exit, to] of Object.entries(linted.block.exits ?? {})) {
      const target = byId.get(to)
      if (target) linted.connections.push({ exit, to: target })
    }
  }
  return { ...context, flow, blocks, block: id => byId.get(id) }
}

/** What a block alone tells, whatever stands around it. */
type Facts = Pick<LintedBlock, 'type' | 'exits' | 'recording' | 'references'>

// Between two strokes of a key one block of a thousand is another object.
const known = new WeakMap<Block, { readonly declared: readonly unknown[]; readonly facts: Facts }>()

/** The same facts as long as the block and everything that it looks at when it is compiled are the same objects. */
function factsOf(flow: Flow, block: Block): Facts {
  const declared = [flow.languages, flow.variables, flow.contact_fields, flow.intents]
  const before = known.get(block)
  if (before?.declared.every((part, index) => part === declared[index])) return before.facts
  const type = blockTypeOf(block.type)
  const recording = recordBlock(flow, block, type)
  const facts: Facts = { type, exits: type?.exits(block) ?? [], recording, references: referencesOf(block, recording) }
  known.set(block, { declared, facts })
  return facts
}

/**
 * A rule that looks at one block at a time, and besides at nothing but the channels and what the flow declares. What it found is kept as
 * long as these are the same objects, so that a key in one text costs one block, and as long as its name is the same: a block without a
 * label is called otherwise as soon as another one of its type has none either.
 */
export function eachBlock(find: (linted: LintedBlock, view: FlowView) => readonly Problem[]): LintRule {
  const found = new WeakMap<Recording, Found>()
  return view =>
    view.blocks.flatMap(linted => {
      const before = found.get(linted.recording)
      if (before && before.id === linted.id && before.name === linted.name && before.channels === view.channels) return before.problems
      const problems = find(linted, view)
      found.set(linted.recording, { id: linted.id, name: linted.name, channels: view.channels, problems })
      return problems
    })
}

interface Found {
  readonly id: string
  readonly name: string
  readonly channels: FlowView['channels']
  readonly problems: readonly Problem[]
}

/** A problem of a block; `at` is below the block, like `/exits/next`. */
export function blockProblem(
  linted: LintedBlock,
  code: string,
  severity: Problem['severity'],
  at: string,
  message: string,
  more: { readonly hint?: string; readonly path?: readonly string[] } = {},
): Problem {
  return { code, severity, at: `${below('/blocks', linted.id)}${at}`, block: linted.id, message, ...more }
}

/** " Did you mean “order number”?", or nothing. `print` says how such names are written for people. */
export function didYouMean(name: string, known: Iterable<string>, print: (near: string) => string = near => near): string {
  const near = nearestName(name, known)
  return near === undefined ? '' : ` Did you mean “${print(near)}”?`
}

/** What people call a type of block: `http` is "Call an API". */
export function titleOf(type: string): string {
  return blockTypeOf(type)?.title ?? type
}

/** An id as people write it: `too_long` is "too long". */
export function inWords(id: string): string {
  return id.replaceAll('_', ' ').trim()
}

/** Names in a sentence: A, B and C. */
export function listNames(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** Steps of a path in a sentence, shortened in the middle. */
export function showPath(view: FlowView, path: readonly string[]): string {
  const names = path.map(id => view.block(id)?.name ?? id)
  return (names.length > 7 ? [...names.slice(0, 3), '…', ...names.slice(-3)] : names).join(' → ')
}

/** A figure as people write it: 4,096. */
export function figure(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',')
}
