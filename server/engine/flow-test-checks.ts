/** What a flow test expects against what happened, as sentences. */

import type { OutboundMessage } from './effect.ts'
import type { Attachment, AttachmentKind, InboundMessage, Json } from './event.ts'
import type { CompiledFlow } from './file/compile.ts'
import type { FlowTestExpectation, FlowTestStep } from './file/flow-test.ts'
import { showHttpText } from './http-call.ts'
import { compilePattern } from './language/index.ts'
import type { TraceLine } from './trace.ts'
import type { VirtualDelivery, VirtualState } from './virtual.ts'

/** What an expectation can look at. */
export interface Seen {
  readonly state: VirtualState
  readonly flow: CompiledFlow
  /** The trace since the last expectation. */
  readonly trace: readonly TraceLine[]
  /** Messages that no `bot` step has looked at. */
  readonly unheard: readonly VirtualDelivery[]
}

/** Compares the next message with what the bot should say; what differs, or undefined. */
export function checkSaying(saying: NonNullable<FlowTestStep['bot']>, message: OutboundMessage): string | undefined {
  const text = message.text ?? ''
  const said = text === '' && message.attachment ? `[${message.attachment.kind}]` : text
  const wish = typeof saying === 'string' ? { text: saying } : saying
  if (wish.text !== undefined && text !== wish.text) return `Expected “${wish.text}”, but the bot said “${said}”.`
  if (wish.contains !== undefined && !text.includes(wish.contains)) return `Expected a message with “${wish.contains}”, but the bot said “${said}”.`
  if (wish.matches !== undefined) {
    const pattern = compilePattern(`(?i)${wish.matches}`)
    if (!pattern.ok) return `“${wish.matches}” is no pattern: ${pattern.message}`
    if (!pattern.pattern.test(text)) return `Expected a message like “${wish.matches}”, but the bot said “${said}”.`
  }
  if (wish.attachment !== undefined && message.attachment?.kind !== wish.attachment)
    return `Expected an attachment (${wish.attachment}), but the bot said “${said}”.`
  if (wish.buttons !== undefined) {
    const labels = (message.buttons ?? []).map(button => button.label)
    if (!equal(labels, wish.buttons)) return `Expected the buttons ${list(wish.buttons)}, but there are ${list(labels)}.`
  }
  return undefined
}

/** Compares the state with an expectation; what differs first, or undefined. */
export function checkExpectation(expected: FlowTestExpectation, seen: Seen): string | undefined {
  const { conversation } = seen.state
  const session = conversation.session
  const waiting = conversation.owner === 'nobody' ? undefined : session?.at
  const differs = (what: string, wish: unknown, got: unknown) =>
    wish === undefined || equal(wish, got) ? undefined : `Expected ${what} ${print(wish)}, but it is ${print(got)}.`
  return (
    differs('the owner', expected.owner, conversation.owner) ??
    differs('the waiting block', expected.block, waiting) ??
    differs('the outcome', expected.outcome, conversation.outcome) ??
    differs('the queue', expected.queue, conversation.owner === 'queue' ? conversation.queue?.slug : undefined) ??
    differs('the number of kept messages', expected.kept, session?.kept?.length ?? 0) ??
    differs('the language', expected.language, conversation.language ?? conversation.contact.language ?? seen.flow.flow.languages[0]) ??
    differs('the request', expected.request, requestOf(seen.state)) ??
    differs('the tags', sorted(expected.tags), sorted(conversation.tags ?? [])) ??
    checkValues('variable', expected.variables, name => session?.vars?.[name] ?? seen.flow.flow.variables?.[name]?.default) ??
    checkValues('contact', expected.contact, name => contactValue(seen, name)) ??
    checkExits(expected.exits, seen.trace) ??
    checkSilent(expected.silent, seen.unheard)
  )
}

/** The call that waits for its answer, as a test writes it. */
function requestOf({ call }: VirtualState): string | undefined {
  return call && `${call.call.method} ${showHttpText(call.call.url)}`
}

function checkValues(what: string, expected: Readonly<Record<string, unknown>> | undefined, readValue: (name: string) => unknown): string | undefined {
  for (const [name, wish] of Object.entries(expected ?? {})) {
    const got = readValue(name) ?? null
    if (!equal(wish, got)) return `Expected ${what} ${name} to be ${print(wish)}, but it is ${print(got)}.`
  }
  return undefined
}

function contactValue(seen: Seen, name: string): Json | undefined {
  const { fields, ...known } = seen.state.conversation.contact
  const own = Object.entries(known).find(([key]) => key === name)?.[1]
  return own ?? fields?.[name]
}

function checkExits(expected: readonly string[] | undefined, trace: readonly TraceLine[]): string | undefined {
  if (!expected) return undefined
  const taken = trace.flatMap(line => (line.kind === 'left' && line.exit !== undefined ? [`${line.block}.${line.exit}`] : []))
  let from = 0
  for (const exit of expected) {
    const at = taken.indexOf(exit, from)
    if (at < 0) return `Expected the exit ${exit}, but these were taken: ${taken.join(', ') || 'none'}.`
    from = at + 1
  }
  return undefined
}

function checkSilent(expected: boolean | undefined, unheard: readonly VirtualDelivery[]): string | undefined {
  const first = unheard[0]
  return expected && first ? `Expected silence, but the bot said “${first.message.text ?? first.message.attachment?.kind ?? ''}”.` : undefined
}

const KINDS: readonly AttachmentKind[] = ['image', 'file', 'audio', 'voice', 'video', 'sticker']

/** The message of a `send` step. */
export function buildMessage(id: string, sent: NonNullable<FlowTestStep['send']>): InboundMessage {
  const attachments = KINDS.flatMap((kind): Attachment[] => {
    const wish = sent[kind]
    return wish === undefined ? [] : [wish === true ? { kind } : { kind, ...wish }]
  })
  return {
    id,
    text: sent.text ?? '',
    ...(attachments.length > 0 ? { attachments } : {}),
    ...(sent.location ? { location: sent.location } : {}),
    ...(sent.shared_contact ? { shared_contact: sent.shared_contact } : {}),
    ...(sent.album === undefined ? {} : { album: sent.album }),
  }
}

function equal(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
}

function sorted(values: readonly string[] | undefined): readonly string[] | undefined {
  return values && [...values].sort()
}

function print(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}

function list(labels: readonly string[]): string {
  return labels.length === 0 ? 'none' : labels.map(label => `“${label}”`).join(', ')
}
