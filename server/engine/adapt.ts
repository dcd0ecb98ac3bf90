/** Fits a message to what a channel can do: parts within its limits, and words for what it has no form for (rules 15, 30). */
import type { Abilities } from './abilities.ts'
import type { Button, OutboundMessage } from './effect.ts'
import type { Location } from './event.ts'
import { splitText } from './language/index.ts'

/** A message as a flow or an agent says it, before any channel is thought of. */
export interface LogicalMessage {
  readonly text?: string
  readonly attachment?: NonNullable<OutboundMessage['attachment']>
  readonly location?: Location
  readonly buttons?: readonly Button[]
}

/** The parts to send in order, none when nothing is left; `notes` say what was refused or changed, for people. */
export interface AdaptedMessage {
  readonly parts: readonly OutboundMessage[]
  readonly notes: readonly string[]
}

type Attachment = NonNullable<OutboundMessage['attachment']>

/**
 * Adapts a message: long texts are split, more or longer buttons than the channel takes become a numbered list, addresses stand in
 * for attachments, places and buttons that it cannot show. Buttons are on the last part. Lengths are UTF-16 units.
 */
export function adaptMessage(message: LogicalMessage, abilities: Abilities): AdaptedMessage {
  if (isPlain(message, abilities)) return { parts: [{ text: message.text }], notes: NONE }
  const notes: string[] = []
  const parts: OutboundMessage[] = []
  const lines: string[] = []
  if (message.text !== undefined && message.text.trim() !== '') lines.push(message.text)

  const attachment = message.attachment && adaptAttachment(message.attachment, abilities, notes)
  if (attachment?.line !== undefined) lines.push(attachment.line)
  const location = message.location && adaptLocation(message.location, abilities, notes)
  if (location?.line !== undefined) lines.push(location.line)

  const hasText = lines.length > 0
  const caption = attachment?.native ? captionOf(attachment.native, abilities) : 0
  const standsAlone = attachment?.native !== undefined && !location?.native && caption > 0
  const limits = buttonLimits(message.buttons ?? [], abilities)
  const buttons = adaptButtons(message.buttons ?? [], hasText || standsAlone, limits, abilities.title, notes)
  if (buttons.lines.length > 0) lines.push(buttons.lines.join('\n'))
  const text = lines.join('\n\n')

  if (location?.native) parts.push({ location: location.native })
  const captioned = attachment?.native && text.length <= (buttons.kept.length > 0 ? Math.min(caption, limits.text) : caption)
  if (captioned) {
    parts.push({ ...(text !== '' && { text }), attachment: attachment.native })
  } else {
    if (attachment?.native) parts.push({ attachment: attachment.native })
    if (text !== '') parts.push(...splitFor(text, abilities.text, buttons.kept.length > 0 ? limits.text : abilities.text).map(part => ({ text: part })))
  }
  const last = parts.pop()
  if (last) parts.push(buttons.kept.length > 0 ? { ...last, buttons: buttons.kept } : last)
  return { parts, notes }
}

const NONE: readonly string[] = []

/** Nearly every message is a text that fits; it goes out as it is. */
function isPlain(message: LogicalMessage, { text: most }: Abilities): message is { readonly text: string } {
  const { text, attachment, location, buttons } = message
  return text !== undefined && !attachment && !location && !buttons?.length && text.length <= most && text.trim() !== ''
}

/** Parts of a text; the last one is small enough for what it carries. */
function splitFor(text: string, most: number, mostOfLast: number): readonly string[] {
  const parts = splitText(text, most)
  const last = parts.at(-1)
  if (last === undefined || last.length <= mostOfLast) return parts
  return [...parts.slice(0, -1), ...splitText(last, mostOfLast)]
}

type ButtonLimits = Abilities['buttons']

/** Some channels show fewer buttons as soon as one of them opens an address. */
function buttonLimits(wanted: readonly Button[], { buttons }: Abilities): ButtonLimits {
  return buttons.url && buttons.with_url && wanted.some(({ url }) => url !== undefined) ? { ...buttons, ...buttons.with_url } : buttons
}

/** A kind may have a caption of its own. */
function captionOf({ kind }: Attachment, { attachments, caption }: Abilities): number {
  return (kind === 'sticker' ? undefined : attachments[kind].caption) ?? caption
}

/** A thing as the channel shows it, or a line of text that stands in for it; neither when it is refused. */
interface Adapted<Thing> {
  readonly native?: Thing
  readonly line?: string
}

function adaptAttachment(attachment: Attachment, { attachments, title }: Abilities, notes: string[]): Adapted<Attachment> {
  // A sticker is ours to send only as the picture it is.
  const kind = attachment.kind === 'sticker' ? 'image' : attachment.kind
  const { send } = attachments[kind]
  if (send === 'native') return { native: { ...attachment, kind } }
  if (send === 'link' && attachment.url !== undefined) {
    notes.push(`${title} takes no ${NAMES[kind]}: its address is sent instead.`)
    return { line: attachment.name === undefined ? attachment.url : `${attachment.name}: ${attachment.url}` }
  }
  notes.push(`${title} takes no ${NAMES[kind]}${send === 'link' ? ', and this one has no public address' : ''}: it is left out.`)
  return {}
}

const NAMES = { image: 'images', file: 'files', audio: 'audio', voice: 'voice messages', video: 'videos' } as const

function adaptLocation(location: Location, abilities: Abilities, notes: string[]): Adapted<Location> {
  if (abilities.location === 'native') return { native: location }
  if (abilities.location === 'none') {
    notes.push(`${abilities.title} takes no places: it is left out.`)
    return {}
  }
  const name = [location.name, location.address].filter(word => word !== undefined && word !== '').join(', ')
  const address = `https://maps.google.com/?q=${location.latitude},${location.longitude}`
  notes.push(`${abilities.title} takes no places: a map's address is sent instead.`)
  return { line: name === '' ? address : `${name}\n${address}` }
}

/** Buttons that stay, and lines of text for the others. Numbers count all buttons, as the menu that reads them does. */
function adaptButtons(
  wanted: readonly Button[],
  canCarry: boolean,
  limits: ButtonLimits,
  title: string,
  notes: string[],
): { readonly kept: readonly Button[]; readonly lines: readonly string[] } {
  const kept = limits.url ? wanted : wanted.filter(({ url }) => url === undefined)
  const fits = canCarry || kept.length < wanted.length
  if (wanted.length === 0 || (fits && kept.length <= limits.most && kept.every(button => isSendable(button, limits)))) {
    const links = wanted.filter(button => !kept.includes(button))
    if (links.length > 0) notes.push(`${title} has no buttons that open an address: a line of text stands for each.`)
    return { kept, lines: links.map(lineOf) }
  }
  notes.push(`${title} cannot show these buttons: they are a numbered list.`)
  return { kept: [], lines: wanted.map((button, index) => `${index + 1}. ${lineOf(button)}`) }
}

function isSendable({ label, payload }: Button, limits: ButtonLimits): boolean {
  if (label.trim() === '' || label.length > limits.label) return false
  // Where a press comes back as text there is no payload to fit.
  return limits.as_text || payload === undefined || payload.length <= limits.payload
}

function lineOf({ label, url }: Button): string {
  return url === undefined ? label : `${label}: ${url}`
}
