/** What a message of a contact holds: words, files, a place, a phone number. */
import type { Attachment, AttachmentKind, InboundMessage } from '../../engine/index.ts'
import type { VendorFile } from '../channel.ts'
import { cleanText } from '../json.ts'
import type { File, Message } from './shapes.ts'

/** The content in our words, and Telegram's ids of the files. */
interface Content {
  readonly message: InboundMessage
  readonly files: readonly VendorFile[]
}

/** Reads a message; undefined when it holds nothing of use (a pinned message, a poll, a dice …). */
export function readContent(message: Message): Content | undefined {
  // By far the most messages: a text brings nothing else.
  if (message.text !== undefined) return { message: { id: String(message.message_id), text: cleanText(message.text) }, files: [] }
  const file = readFile(message)
  const place = message.venue?.location ?? message.location
  const { contact } = message
  if (!file && !place && !contact) return undefined
  return {
    message: {
      id: String(message.message_id),
      text: cleanText(message.caption ?? ''),
      ...(file ? { attachments: [file.attachment] } : {}),
      ...(place ? { location: { latitude: place.latitude, longitude: place.longitude, ...readVenue(message) } } : {}),
      ...(contact ? { shared_contact: { name: cleanText(nameOf(contact)), phone: cleanText(contact.phone_number) } } : {}),
      ...(message.media_group_id === undefined ? {} : { album: cleanText(message.media_group_id) }),
    },
    files: file ? [{ attachment: 0, ref: file.ref }] : [],
  }
}

interface Found {
  readonly attachment: Attachment
  readonly ref: string
}

/** A message has one file. An animation comes with the same file as a document, so it is asked for first. */
function readFile(message: Message): Found | undefined {
  const { photo, animation, video, video_note, audio, voice, document, sticker } = message
  const largest = photo?.at(-1)
  if (largest) return found('image', largest, 'image/jpeg')
  if (animation) return found('video', animation, 'video/mp4')
  if (video) return found('video', video, 'video/mp4')
  if (video_note) return found('video', video_note, 'video/mp4')
  if (audio) return found('audio', audio)
  if (voice) return found('voice', voice, 'audio/ogg')
  if (document) return found('file', document)
  if (!sticker) return undefined
  const mime = sticker.is_animated ? 'application/x-tgsticker' : sticker.is_video ? 'video/webm' : 'image/webp'
  // The emoji a sticker stands for is the only word it has.
  const name = sticker.emoji === undefined ? {} : { file_name: sticker.emoji }
  const size = sticker.file_size === undefined ? {} : { file_size: sticker.file_size }
  return found('sticker', { file_id: sticker.file_id, ...name, ...size }, mime)
}

function found(kind: AttachmentKind, file: File, usualMime?: string): Found {
  const mime = file.mime_type ?? usualMime
  return {
    ref: file.file_id,
    attachment: {
      kind,
      ...(mime === undefined ? {} : { mime: cleanText(mime) }),
      ...(file.file_name === undefined ? {} : { name: cleanText(file.file_name) }),
      ...(file.file_size === undefined ? {} : { size: file.file_size }),
    },
  }
}

function readVenue({ venue }: Message): { name?: string; address?: string } {
  return venue ? { name: cleanText(venue.title), address: cleanText(venue.address) } : {}
}

function nameOf(contact: NonNullable<Message['contact']>): string {
  return [contact.first_name, contact.last_name].filter(part => part !== undefined && part !== '').join(' ')
}
