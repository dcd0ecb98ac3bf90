/** Reads what a contact wrote or attached. */
import type { Attachment, AttachmentKind, InboundMessage, Location } from '../../engine/index.ts'
import type { VendorFile } from '../channel.ts'
import { cleanText, type JsonRecord, listOf, numberOf, recordOf, textOf } from '../json.ts'

/** A message and where its files are. */
export interface ReadMessage {
  readonly message: InboundMessage
  readonly files: readonly VendorFile[]
}

const KINDS: Readonly<Record<string, AttachmentKind>> = { image: 'image', audio: 'audio', video: 'video', file: 'file', sticker: 'sticker' }

/** Undefined when there is nothing in it that a flow could use. Addresses of files expire, so they are handed on to be fetched. */
export function readMessage(mid: string, message: JsonRecord): ReadMessage | undefined {
  const attachments: Attachment[] = []
  const files: VendorFile[] = []
  const words: string[] = []
  let location: Location | undefined
  for (const value of listOf(message.attachments)) {
    const given = recordOf(value)
    const payload = recordOf(given?.payload)
    if (!given) continue
    location ??= readLocation(given, payload)
    const file = readFile(given, payload)
    if (file) {
      files.push({ attachment: attachments.length, ref: file.ref })
      attachments.push(file.attachment)
    } else {
      words.push(...readWords(given, payload))
    }
  }
  const own = typeof message.text === 'string' ? cleanText(message.text) : ''
  // A shared link usually stands in the text already.
  const text = own !== '' ? own : words.join('\n')
  if (text === '' && attachments.length === 0 && !location) return undefined
  return {
    message: { id: mid, text, ...(attachments.length === 0 ? {} : { attachments }), ...(location ? { location } : {}) },
    files,
  }
}

function readFile(given: JsonRecord, payload: JsonRecord | undefined): { readonly attachment: Attachment; readonly ref: string } | undefined {
  const kind = KINDS[textOf(given.type) ?? '']
  const url = textOf(payload?.url)
  if (kind === undefined || url === undefined || !URL.canParse(url)) return undefined
  const ref = new URL(url).href
  // Until August 2026 stickers came as images with a sticker id.
  if (payload?.sticker_id !== undefined) return { attachment: { kind: 'sticker' }, ref }
  const name = kind === 'file' ? fileName(ref) : undefined
  return { attachment: { kind, ...(name === undefined ? {} : { name }) }, ref }
}

/** Meta names a file only by the last part of its address. */
function fileName(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined
  const last = new URL(address).pathname.split('/').at(-1) ?? ''
  try {
    const name = cleanText(decodeURIComponent(last)).replace(/[/\\\p{Cc}]/gu, '')
    return name === '' ? undefined : name.slice(0, 200)
  } catch {
    return undefined
  }
}

function readLocation(given: JsonRecord, payload: JsonRecord | undefined): Location | undefined {
  const place = recordOf(payload?.coordinates)
  const latitude = numberOf(place?.lat)
  const longitude = numberOf(place?.long)
  if (given.type !== 'location' || latitude === undefined || longitude === undefined) return undefined
  const name = textOf(given.title)
  return { latitude, longitude, ...(name === undefined ? {} : { name: cleanText(name) }) }
}

/** What a shared link (`fallback`) or a card (`template`) says, when the message itself says nothing. */
function readWords(given: JsonRecord, payload: JsonRecord | undefined): readonly string[] {
  if (given.type !== 'fallback' && given.type !== 'template') return []
  const generic = recordOf(payload?.generic) ?? payload
  const titles = [given, ...listOf(generic?.elements).map(recordOf)].map(part => textOf(part?.title))
  const words = [...titles, textOf(payload?.text), textOf(given.url) ?? textOf(payload?.url)]
  return words.filter(word => word !== undefined).map(cleanText)
}
