/** How a file reaches Telegram: by its id there, by an address Telegram fetches itself, or as bytes of ours. */
import { basename } from 'node:path'
import { InputFile } from 'grammy'
import { request } from 'undici'
import { DomainError } from '../../engine/index.ts'
import type { OutgoingDelivery } from '../channel.ts'
import { isPublicUrl } from './public-url.ts'
import { collect } from './vendor.ts'

type Attachment = NonNullable<OutgoingDelivery['message']['attachment']>

/** Telegram's largest upload. */
const MOST_BYTES = 50_000_000
/** `sendDocument` takes only these by address (core.telegram.org/bots/api#sending-files). */
const FETCHED_AS_DOCUMENT = /\.(pdf|zip|gif)$/i

/** What goes into the call; undefined when the file can only be named to the contact. */
export async function fileFor(attachment: Attachment, fileUrl: string | undefined, signal: AbortSignal): Promise<string | InputFile | undefined> {
  if (fileUrl !== undefined) {
    // Not an address: Telegram's own id of a file it has.
    if (!/^https?:/i.test(fileUrl)) return fileUrl
    return isPublicUrl(fileUrl) && isTaken(attachment.kind, fileUrl) ? fileUrl : readOwn(attachment, fileUrl, signal)
  }
  // An address of the flow's author is Telegram's to fetch, never ours: it could point into our network.
  return attachment.url !== undefined && isTaken(attachment.kind, attachment.url) ? attachment.url : undefined
}

/** A document whose address shows no type may still be one of the three. */
function isTaken(kind: Attachment['kind'], address: string): boolean {
  if (kind !== 'file' || !URL.canParse(address)) return true
  const name = basename(new URL(address).pathname)
  return !name.includes('.') || FETCHED_AS_DOCUMENT.test(name)
}

/** Reads a file of ours at the address the runtime made for it. Throws a DomainError. */
async function readOwn(attachment: Attachment, address: string, signal: AbortSignal): Promise<InputFile> {
  const bytes = await read(address, signal)
  const name = attachment.name ?? basename(new URL(address).pathname)
  // grammY writes the name into a header line as it is.
  return new InputFile(bytes, name.replace(/[\r\n";\\]/g, '_').slice(0, 200) || 'file')
}

async function read(address: string, signal: AbortSignal): Promise<Buffer> {
  try {
    const answer = await request(address, { signal, headersTimeout: 30_000 })
    if (answer.statusCode === 200) return await collect(answer.body, MOST_BYTES)
    await answer.body.dump()
    throw new DomainError('send.file_unreachable', {
      message: `The file answered ${answer.statusCode}.`,
      retry: answer.statusCode >= 500 ? 'later' : 'never',
    })
  } catch (error) {
    if (error instanceof DomainError) throw error
    // Without the cause: its text may name the signed address.
    throw new DomainError('send.file_unreachable', { message: 'The file could not be read.', retry: 'later' })
  }
}
