/** The one implementation of `Turn`: copies what it changes, so the conversation handed to `advance` stays as it was. */
import type { Abilities } from './abilities.ts'
import { adaptMessage, type LogicalMessage } from './adapt.ts'
import type { CompiledText } from './blocks/block.ts'
import type { Context } from './context.ts'
import type { DeliveryKind, Effect } from './effect.ts'
import type { Event, InboundMessage, Json } from './event.ts'
import type { CompiledBlock, CompiledFlow } from './file/compile.ts'
import { GUARDS } from './guards.ts'
import type { LanguageTools, Scope } from './language/index.ts'
import { randomFrom } from './random.ts'
import { scopeOf } from './scope.ts'
import type { Contact, Conversation, Session } from './session.ts'
import type { TraceKind, TraceLine } from './trace.ts'
import type { Turn } from './turn.ts'
import { coerceVariable } from './variables.ts'

/** A struck guard; caught where the flow's own error handling starts (rule 27). */
export class GuardStruck extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** State of one `advance`. Blocks see it as `Turn`; the engine's own files use the rest. */
export class RunningTurn implements Turn {
  readonly context: Context
  readonly event: Event
  readonly now: number
  readonly limits: Abilities
  readonly effects: Effect[] = []
  readonly trace: TraceLine[] = []
  conversation: Conversation
  block: CompiledBlock | undefined
  message: InboundMessage | null = null
  /** The interrupted wait whose prompt is said again; else messages belong to the wait that follows them (rule 29). */
  remindsOf: number | undefined
  blocksRun = 0
  sends = 0
  /** A failure of the flow is being handled; the next one is the safety net's (rule 24). */
  failing = false
  #flow: CompiledFlow | null = null
  #scope: Scope | null = null
  #random: (() => number) | null = null
  #language: string | null = null

  constructor(conversation: Conversation, event: Event, context: Context) {
    this.context = context
    this.event = event
    this.now = context.now
    this.limits = context.connector.abilities
    this.conversation = { ...conversation, session: conversation.session ? { ...conversation.session } : null }
  }

  /** The flow of the innermost frame; set before a block runs. */
  get flow(): CompiledFlow {
    if (this.#flow === null) throw new Error('no flow runs in this turn')
    return this.#flow
  }

  set flow(flow: CompiledFlow) {
    this.#flow = flow
  }

  get contact(): Readonly<Contact> {
    return this.conversation.contact
  }

  get session(): Session | null {
    return this.conversation.session
  }

  get tools(): LanguageTools {
    return this.flow.tools
  }

  get time_zone(): string {
    return this.flow.time_zone
  }

  get wait(): number {
    return this.conversation.session?.wait ?? this.conversation.waits
  }

  get next_wait(): number {
    return this.conversation.waits + 1
  }

  get language(): string {
    if (this.#language === null) this.#language = chooseLanguage(this.conversation, this.flow)
    return this.#language
  }

  scope(): Scope {
    if (this.#scope === null) this.#scope = scopeOf(this)
    return this.#scope
  }

  random(): number {
    if (this.#random === null) this.#random = randomFrom(this.context.seed)
    return this.#random()
  }

  say(text: CompiledText): string {
    return text.render(this, this.language)
  }

  send(message: LogicalMessage, options?: { readonly kind?: 'message' | 'announcement'; readonly typing_ms?: number; readonly replace?: boolean }): void {
    const replaces = options?.replace && this.limits.edit && this.conversation.sends > 0 ? this.conversation.sends : undefined
    this.deliver(message, options?.kind ?? 'message', options?.typing_ms, replaces)
  }

  /** Decides a delivery of any kind and counts it. */
  deliver(message: LogicalMessage, kind: DeliveryKind, typing_ms?: number, replaces?: number): void {
    if (this.sends >= GUARDS.sends && (kind === 'message' || kind === 'announcement')) {
      throw new GuardStruck('guard.sends', `More than ${GUARDS.sends} messages in one step.`)
    }
    const { parts: adapted, notes } = adaptMessage(message, this.limits)
    for (const note of notes) this.log('ignored', note)
    if (adapted.length === 0) return
    this.sends++
    const first = adapted[0]
    const parts = replaces !== undefined && adapted.length === 1 && first ? [{ ...first, replaces }] : adapted
    this.effects.push({
      type: 'send',
      delivery: this.conversation.sends + 1,
      kind,
      parts,
      ...(this.block && kind !== 'agent' && kind !== 'fallback' ? { block: this.block.id } : {}),
      wait: this.remindsOf ?? this.next_wait,
      ...(typing_ms ? { typing_ms } : {}),
    })
    this.conversation.sends += parts.length
    this.conversation.last_message_at = this.now
  }

  effect(effect: Effect): void {
    this.effects.push(effect)
  }

  variable(name: string): Json | undefined {
    return this.session?.vars?.[name] ?? this.flow.flow.variables?.[name]?.default
  }

  setVariable(name: string, value: Json): boolean {
    const session = this.session
    const fitting = coerceVariable(this.flow.flow.variables?.[name], value)
    if (!session || fitting === undefined) return false
    if (JSON.stringify(fitting).length > GUARDS.variable) throw new GuardStruck('guard.variable', `The value of ${name} is longer than 8 kB.`)
    session.vars = { ...session.vars, [name]: fitting }
    this.#scope = null
    return true
  }

  setContact(changes: Readonly<Partial<Omit<Contact, 'id' | 'channel'>>>): void {
    this.conversation.contact = { ...this.conversation.contact, ...changes }
    this.forget()
  }

  setConversation(changes: Readonly<Partial<Pick<Conversation, 'language' | 'tags' | 'priority' | 'greeted'>>>): void {
    Object.assign(this.conversation, changes)
    this.forget()
  }

  take(message: InboundMessage): void {
    this.message = message
    this.#scope = null
  }

  /** Drops what was made from the conversation or the flow and may be out of date. */
  forget(): void {
    this.#scope = null
    this.#language = null
  }

  note(text: string): void {
    this.effects.push({ type: 'note', text })
  }

  /** A line of the trace about the current block. */
  log(kind: TraceKind, why: string, code?: string): void {
    this.trace.push({ kind, ...(this.block ? { block: this.block.id } : {}), why, ...(code ? { code } : {}) })
  }
}

/** Language of the conversation, else of the contact where the flow speaks it, else the flow's first. */
function chooseLanguage(conversation: Conversation, flow: CompiledFlow): string {
  const languages = flow.flow.languages
  if (languages.length > 1) {
    for (const wish of [conversation.language, conversation.contact.language]) {
      if (!wish) continue
      const base = wish.split('-')[0]
      const found = languages.find(language => language === wish) ?? languages.find(language => language.split('-')[0] === base)
      if (found) return found
    }
  }
  return languages[0] ?? 'en'
}
