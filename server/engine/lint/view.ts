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

/** What a flow declares, whatever its blocks are. */
export type Declared = Pick<Flow, 'languages' | 'variables' | 'contact_fields' | 'intents'>

/** What a rule for one block may look at besides the block. The same object as long as all of it is. */
export interface Around extends LintContext {
  readonly flow: Declared
  /** How many blocks of each type there are. */
  readonly counts: ReadonlyMap<string, number>
}

/** A flow as lint rules see it. */
export interface FlowView extends LintContext {
  readonly flow: Flow
  readonly around: Around
  readonly blocks: readonly LintedBlock[]
  readonly block: (id: string) => LintedBlock | undefined
}

/** Finds one kind of mistake in the whole flow. Linear in the flow. */
export type FlowRule = (view: FlowView) => readonly Problem[]

/** Finds one kind of mistake in a block, by itself: what it finds is kept until the block or what is around it changes. */
export interface BlockRule {
  inBlock(linted: LintedBlock, around: Around): readonly Problem[]
}

/** Finds one kind of mistake. */
export type LintRule = FlowRule | BlockRule

/** A rule that looks at one block at a time. */
export function eachBlock(inBlock: BlockRule['inBlock']): BlockRule {
  return { inBlock }
}

/** A block of a view that goes on with the next state of the flow. */
type Following = { -readonly [Key in keyof LintedBlock]: LintedBlock[Key] }

/**
 * Looks at a flow once, for all rules. `before` is the view of an earlier state, which ends with this: between two strokes of a key one
 * block of a thousand is another object, and all others are taken over.
 */
export function viewFlow(flow: Flow, context: LintContext, before?: FlowView): FlowView {
  const declared = before && sameDeclared(before.around.flow, flow) ? before.around.flow : declaredOf(flow)
  // What a block says is compiled with what is declared.
  const known = before?.around.flow === declared ? before : undefined
  if (known && follow(known, flow)) {
    return { ...context, flow, around: aroundOf(known, context, declared, known.around.counts), blocks: known.blocks, block: known.block }
  }
  const byId = new Map<string, Following & { connections: Connection[] }>()
  const counts = new Map<string, number>()
  for (const [id, block] of Object.entries(flow.blocks)) {
    const old = known?.block(id)
    byId.set(id, { ...(old?.block === block ? old : factsOf(flow, block)), id, index: byId.size, block, name: nameBlock(flow, id), connections: [] })
    counts.set(block.type, (counts.get(block.type) ?? 0) + 1)
  }
  const blocks = [...byId.values()]
  for (const linted of blocks) {
    for (const [exit, to] of Object.entries(linted.block.exits ?? {})) {
      const target = byId.get(to)
      if (target) linted.connections.push({ exit, to: target })
    }
  }
  return { ...context, flow, around: aroundOf(known, context, declared, counts), blocks, block: id => byId.get(id) }
}

function aroundOf(known: FlowView | undefined, context: LintContext, flow: Declared, counts: Around['counts']): Around {
  const isSame = known && sameContext(known.around, context) && sameCounts(known.around.counts, counts)
  return isSame ? known.around : { ...context, flow, counts }
}

/** What a block alone tells, whatever stands around it. */
type Facts = Pick<LintedBlock, 'type' | 'exits' | 'recording' | 'references'>

function factsOf(flow: Flow, block: Block): Facts {
  const type = blockTypeOf(block.type)
  const recording = recordBlock(flow, block, type)
  return { type, exits: type?.exits(block) ?? [], recording, references: referencesOf(block, recording) }
}

/** Goes on with the next state of the same blocks, as long as neither names nor connections change; false where they do, and then nothing is touched. */
function follow(view: FlowView, flow: Flow): boolean {
  const ids = Object.keys(flow.blocks)
  if (ids.length !== view.blocks.length) return false
  const changed: (readonly [Following, Block])[] = []
  for (const [index, linted] of view.blocks.entries()) {
    const block = flow.blocks[linted.id]
    if (ids[index] !== linted.id || !block) return false
    if (block === linted.block) continue
    if (!isNamedAndConnectedAlike(block, linted.block)) return false
    changed.push([linted, block])
  }
  for (const [linted, block] of changed) Object.assign(linted, factsOf(flow, block), { block })
  return true
}

function isNamedAndConnectedAlike(one: Block, other: Block): boolean {
  const [exits, others] = [Object.entries(one.exits ?? {}), Object.entries(other.exits ?? {})]
  return (
    one.type === other.type &&
    one.label === other.label &&
    exits.length === others.length &&
    exits.every(([exit, to], index) => others[index]?.[0] === exit && others[index]?.[1] === to)
  )
}

function declaredOf({ languages, variables, contact_fields, intents }: Flow): Declared {
  return { languages, ...(variables && { variables }), ...(contact_fields && { contact_fields }), ...(intents && { intents }) }
}

function sameDeclared(one: Declared, other: Declared): boolean {
  return one.languages === other.languages && one.variables === other.variables && one.contact_fields === other.contact_fields && one.intents === other.intents
}

function sameContext(one: LintContext, other: LintContext): boolean {
  return one.channels === other.channels && one.flows === other.flows && one.queues === other.queues && one.secrets === other.secrets
}

function sameCounts(one: Around['counts'], other: Around['counts']): boolean {
  return one === other || (one.size === other.size && [...one].every(([type, count]) => other.get(type) === count))
}

/** A problem with the number of its rule, by which problems of one block are ordered. */
export interface Found {
  readonly problem: Problem
  readonly rule: number
}

interface FoundInBlock {
  readonly around: Around
  /** A block without a label is called otherwise as soon as another one of its type has none either. */
  readonly name: string
  readonly found: readonly Found[]
}

/** Runs the rules for single blocks; a block that did not change, in a flow that did not change around it, is not looked at again. */
export function lookIntoBlocks(view: FlowView, rules: readonly { readonly rule: number; readonly inBlock: BlockRule['inBlock'] }[]): readonly Found[] {
  const all: Found[] = []
  for (const linted of view.blocks) {
    let known = kept.get(linted.recording)
    if (known?.around !== view.around || known.name !== linted.name) {
      const found = rules.flatMap(({ rule, inBlock }) => inBlock(linted, view.around).map(problem => ({ problem, rule })))
      known = { around: view.around, name: linted.name, found }
      kept.set(linted.recording, known)
    }
    for (const found of known.found) all.push(found)
  }
  return all
}

// A recording is made anew whenever its block is another object, and belongs to one block alone.
const kept = new WeakMap<Recording, FoundInBlock>()

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
