/** What a contact can do, over all messengers, and the shape of the examples that every channel gives of it. */
import type { Account, HookRequest } from './channel.ts'

/** Everything that can come in. Each has a row in the table of kinds. */
export const INBOUND_KINDS = [
  'text',
  'button_press',
  'start',
  'start_payload',
  'image',
  'file',
  'audio',
  'voice',
  'video',
  'sticker',
  'location',
  'shared_contact',
  'edit',
  'deletion',
  'block',
  'unblock',
  'leave',
  'delivered',
  'read',
  'group_message',
  'unknown',
] as const

/** A row of the table. */
export type InboundKind = (typeof INBOUND_KINDS)[number]

/** A call as the messenger makes it, with the headers `parse` looks at. */
export interface SampleCall {
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

/** An example, or what the messenger makes of the kind instead, or why it never tells of it. */
export type Sample = SampleCall | { readonly comes_as: InboundKind } | { readonly none: string }

/** Examples of one channel, for one account of it. */
export interface ChannelSamples {
  readonly account: Account
  readonly inbound: Readonly<Record<InboundKind, Sample>>
}

/** The call of an example, as `parse` gets it. */
export function sampleRequest(sample: SampleCall): HookRequest {
  return { method: 'POST', path: '/', query: new URLSearchParams(), headers: sample.headers ?? {}, body: Buffer.from(sample.body) }
}
