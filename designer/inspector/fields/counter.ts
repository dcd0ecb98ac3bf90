/** How long a text may be on the channels that the flow is bound to. */
import type { Abilities } from '../../../server/engine/index.ts'

/** What a text is: it decides which limit of a channel counts. */
export interface TextShape {
  readonly kind: 'text' | 'label'
  /** Buttons in the same message. */
  readonly buttons?: number
  /** One of them opens an address. */
  readonly hasUrl?: boolean
  /** The text goes with a file. */
  readonly attachment?: keyof Abilities['attachments']
}

/** The tightest limit and whose it is. */
export interface Limit {
  readonly most: number
  readonly channel: string
}

/** The tightest limit of the channels; undefined when there are none. */
export function tightestLimit(shape: TextShape, channels: readonly Abilities[]): Limit | undefined {
  let tightest: Limit | undefined
  for (const channel of channels) {
    const most = limitOn(shape, channel)
    if (tightest === undefined || most < tightest.most) tightest = { most, channel: channel.title }
  }
  return tightest
}

/** Characters that are sent whatever the values are: templates count for nothing. */
export function fixedLength(text: string): number {
  return text.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, '').length
}

/** A figure as people write it: 4,096. */
export function figure(value: number): string {
  return new Intl.NumberFormat('en').format(value)
}

function limitOn({ kind, buttons = 0, hasUrl = false, attachment }: TextShape, channel: Abilities): number {
  if (kind === 'label') return channel.buttons.label
  const narrow = hasUrl ? channel.buttons.with_url : undefined
  const [most, text] = [narrow?.most ?? channel.buttons.most, narrow?.text ?? channel.buttons.text]
  // More buttons than the channel has become a list in the text, which then has the limit of plain texts.
  const plain = buttons > 0 && buttons <= most ? Math.min(channel.text, text) : channel.text
  const caption = attachment === undefined ? 0 : (channel.attachments[attachment].caption ?? channel.caption)
  return caption > 0 ? Math.min(plain, caption) : plain
}
