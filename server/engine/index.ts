/** What others may use of the engine, by name. */
export type { Abilities, Support } from './abilities.ts'
export type { Button, DeliveryKind, Effect, EffectType, OutboundMessage } from './effect.ts'
export { DomainError, type Problem } from './errors.ts'
export type { Agent, Attachment, AttachmentKind, Event, EventType, InboundMessage, Json, Location, TimerName } from './event.ts'
export { type Burst, type Contact, type Conversation, type Frame, newConversation, type Owner, type QueuePlace, type Session } from './session.ts'
export type { TraceKind, TraceLine } from './trace.ts'
