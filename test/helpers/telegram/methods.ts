/** The methods of the fake Bot API: checks its parameters as the published specification does and makes the result. */
import type { CallInput, Upload } from './body.ts'
import { parseJson } from './body.ts'

/** An answer of the API; `error_code` is the HTTP status too. */
export type Answer =
  | { readonly ok: true; readonly result: unknown; readonly description?: string }
  | { readonly ok: false; readonly error_code: number; readonly description: string; readonly parameters?: Readonly<Record<string, number>> }

/** A message the bot sent, as its contact sees it now. */
export interface SentMessage {
  /** Position in the order of arrival, from 0. */
  readonly n: number
  readonly method: string
  readonly chat: string
  readonly message_id: number
  readonly at: number
  /** Text or caption. */
  text: string
  buttons: readonly (readonly { readonly text: string; readonly callback_data?: string; readonly url?: string }[])[]
  readonly parameters: Readonly<Record<string, unknown>>
  readonly files: readonly { readonly field: string; readonly name: string; readonly size: number }[]
  edits: number
  deleted: boolean
}

/** What the bot's account consists of. */
export interface Account {
  readonly bot: { readonly id: number; readonly is_bot: true; readonly first_name: string; readonly username: string }
  readonly sent: SentMessage[]
  readonly actions: { readonly chat: string; readonly action: string }[]
  readonly presses: { readonly id: string; readonly text: string }[]
  readonly blocked: Set<string>
  readonly unknown: Set<string>
  readonly files: Map<string, { readonly path: string; readonly bytes: Buffer }>
  nextMessageId: number
}

/** 400 with the vendor's prefix. */
export function badRequest(description: string): Answer {
  return { ok: false, error_code: 400, description: `Bad Request: ${description}` }
}

type Method = (account: Account, input: CallInput) => Answer

/** The value as text, as a form would carry it. */
export function text(value: unknown): string {
  return value === undefined || value === null ? '' : String(value)
}

/** Methods by lower-case name: Telegram does not mind the case. */
export const methods: Readonly<Record<string, Method>> = {
  getme: account => ({
    ok: true,
    result: { ...account.bot, can_join_groups: true, can_read_all_group_messages: false, supports_inline_queries: false },
  }),
  sendmessage: (account, input) => {
    const message = text(input.parameters.text)
    if (message.trim() === '') return badRequest('message text is empty')
    if (message.length > 4096) return badRequest('message is too long')
    return send(account, 'sendMessage', input, message, () => ({ text: message }))
  },
  sendphoto: (account, input) => sendFile(account, 'sendPhoto', 'photo', input, 10_000_000),
  senddocument: (account, input) => sendFile(account, 'sendDocument', 'document', input, 50_000_000),
  sendaudio: (account, input) => sendFile(account, 'sendAudio', 'audio', input, 50_000_000),
  sendvoice: (account, input) => sendFile(account, 'sendVoice', 'voice', input, 50_000_000),
  sendvideo: (account, input) => sendFile(account, 'sendVideo', 'video', input, 50_000_000),
  sendsticker: (account, input) => sendFile(account, 'sendSticker', 'sticker', input, 50_000_000),
  sendlocation: (account, input) => {
    const location = readPlace(input)
    return location ? send(account, 'sendLocation', input, '', () => ({ location })) : badRequest('wrong latitude or longitude')
  },
  sendvenue: (account, input) => {
    const location = readPlace(input)
    const { title, address } = input.parameters
    if (!location) return badRequest('wrong latitude or longitude')
    if (text(title) === '' || text(address) === '') return badRequest('venue title and address must be non-empty')
    return send(account, 'sendVenue', input, '', () => ({ location, venue: { location, title: text(title), address: text(address) } }))
  },
  sendcontact: (account, input) => {
    const phone_number = text(input.parameters.phone_number)
    const first_name = text(input.parameters.first_name)
    if (phone_number === '') return badRequest('phone number is empty')
    if (first_name === '') return badRequest('first name is empty')
    return send(account, 'sendContact', input, '', () => ({ contact: { phone_number, first_name } }))
  },
  sendchataction: (account, input) => {
    const refusal = refuseChat(account, input)
    if (refusal) return refusal
    const action = text(input.parameters.action)
    if (action === '') return badRequest('wrong parameter action in request')
    account.actions.push({ chat: text(input.parameters.chat_id), action })
    return { ok: true, result: true }
  },
  answercallbackquery: (account, input) => {
    const id = text(input.parameters.callback_query_id)
    if (id === '' || !/^\d+$/.test(id)) return badRequest('query is too old and response timeout expired or query ID is invalid')
    const words = text(input.parameters.text)
    if (words.length > 200) return badRequest('MESSAGE_TOO_LONG')
    account.presses.push({ id, text: words })
    return { ok: true, result: true }
  },
  editmessagetext: (account, input) => {
    const found = findMessage(account, input)
    if ('ok' in found) return found
    const message = text(input.parameters.text)
    if (message.trim() === '') return badRequest('message text is empty')
    if (message.length > 4096) return badRequest('message is too long')
    if (found.method !== 'sendMessage') return badRequest('there is no text in the message to edit')
    const buttons = readButtons(input.parameters.reply_markup)
    if ('ok' in buttons) return buttons
    if (found.text === message && JSON.stringify(found.buttons) === JSON.stringify(buttons.rows)) return notModified
    found.text = message
    return edited(account, found, buttons.rows)
  },
  editmessagereplymarkup: (account, input) => {
    const found = findMessage(account, input)
    if ('ok' in found) return found
    const buttons = readButtons(input.parameters.reply_markup)
    if ('ok' in buttons) return buttons
    if (JSON.stringify(found.buttons) === JSON.stringify(buttons.rows)) return notModified
    return edited(account, found, buttons.rows)
  },
  deletemessage: (account, input) => {
    const found = findMessage(account, input)
    if ('ok' in found) return badRequest('message to delete not found')
    found.deleted = true
    return { ok: true, result: true }
  },
  getfile: (account, input) => {
    const id = text(input.parameters.file_id)
    const file = account.files.get(id)
    if (!file) return badRequest('wrong file_id or the file is temporarily unavailable')
    if (file.bytes.length > 20_000_000) return badRequest('file is too big')
    return { ok: true, result: { file_id: id, file_unique_id: `u${id}`, file_size: file.bytes.length, file_path: file.path } }
  },
}

const notModified = badRequest(
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
)

function refuseChat(account: Account, input: CallInput): Answer | undefined {
  const chat = text(input.parameters.chat_id)
  if (chat === '') return badRequest('chat_id is empty')
  if (account.unknown.has(chat) || !/^-?\d+$/.test(chat)) return badRequest('chat not found')
  if (account.blocked.has(chat)) return { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' }
  return undefined
}

function send(account: Account, method: string, input: CallInput, words: string, content: () => Record<string, unknown>): Answer {
  const refusal = refuseChat(account, input)
  if (refusal) return refusal
  const buttons = readButtons(input.parameters.reply_markup)
  if ('ok' in buttons) return buttons
  const chat = text(input.parameters.chat_id)
  const at = Date.now()
  const message_id = account.nextMessageId++
  const files = input.files.map(file => ({ field: file.field, name: file.name, size: file.bytes.length }))
  const { sent } = account
  sent.push({ n: sent.length, method, chat, message_id, at, text: words, buttons: buttons.rows, parameters: input.parameters, files, edits: 0, deleted: false })
  return {
    ok: true,
    result: {
      message_id,
      from: account.bot,
      chat: { id: Number(chat), first_name: `Contact ${chat}`, type: 'private' },
      date: Math.floor(at / 1000),
      ...content(),
    },
  }
}

function sendFile(account: Account, method: string, field: string, input: CallInput, mostBytes: number): Answer {
  const caption = text(input.parameters.caption)
  if (caption.length > 1024) return badRequest('message caption is too long')
  const value = text(input.parameters[field])
  const upload = uploaded(input, field, value)
  if (value === '' && !upload) return badRequest(`there is no ${field} in the request`)
  if (upload && upload.bytes.length === 0) return badRequest('file must be non-empty')
  if (upload && upload.bytes.length > mostBytes) return { ok: false, error_code: 413, description: 'Request Entity Too Large' }
  if (!upload && value.startsWith('attach://')) return badRequest('attached file is not found')
  if (!upload && /^https?:/i.test(value)) {
    const refusal = refuseFileUrl(method, value)
    if (refusal) return refusal
  }
  return send(account, method, input, caption, () => {
    const file_id = upload ? `sent-${account.nextMessageId}` : value
    if (upload) account.files.set(file_id, { path: `${field}s/${file_id}`, bytes: upload.bytes })
    const file = { file_id, file_unique_id: `u${file_id}`, file_size: upload?.bytes.length ?? 1 }
    const content = field === 'photo' ? { photo: [{ ...file, width: 100, height: 100 }] } : { [field]: { ...file, file_name: upload?.name } }
    return caption === '' ? content : { ...content, caption }
  })
}

function uploaded(input: CallInput, field: string, value: string): Upload | undefined {
  const name = value.startsWith('attach://') ? value.slice('attach://'.length) : field
  return input.files.find(file => file.field === name)
}

/** Telegram fetches addresses itself: it cannot reach a private one, and takes only some kinds as a document. */
function refuseFileUrl(method: string, address: string): Answer | undefined {
  if (!URL.canParse(address)) return badRequest('wrong HTTP URL specified')
  const { hostname, pathname } = new URL(address)
  if (/^(localhost|127\.|10\.|192\.168\.|\[)/.test(hostname) || !hostname.includes('.')) return badRequest('wrong HTTP URL specified')
  if (method === 'sendDocument' && !/\.(pdf|zip|gif)$/i.test(pathname)) return badRequest('failed to get HTTP URL content')
  return undefined
}

function readPlace(input: CallInput): { latitude: number; longitude: number } | undefined {
  const latitude = Number(input.parameters.latitude ?? Number.NaN)
  const longitude = Number(input.parameters.longitude ?? Number.NaN)
  if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) return undefined
  return { latitude, longitude }
}

type Rows = SentMessage['buttons']

/** The inline keyboard of a call, checked; other markups have no rows. */
function readButtons(markup: unknown): { readonly rows: Rows } | Answer {
  if (markup === undefined || markup === '') return { rows: [] }
  const value = typeof markup === 'string' ? parseJson(markup) : markup
  if (typeof value !== 'object' || value === null) return badRequest("can't parse reply keyboard markup JSON object")
  const keyboard: unknown = 'inline_keyboard' in value ? value.inline_keyboard : []
  if (!Array.isArray(keyboard)) return badRequest("can't parse inline keyboard: expected an Array")
  const rows: { text: string; callback_data?: string; url?: string }[][] = []
  for (const row of keyboard) {
    if (!Array.isArray(row)) return badRequest("can't parse inline keyboard: expected an Array of Arrays")
    const buttons: { text: string; callback_data?: string; url?: string }[] = []
    for (const button of row) {
      const read = readButton(button)
      if ('ok' in read) return read
      buttons.push(read)
    }
    rows.push(buttons)
  }
  if (rows.flat().length > 100) return badRequest('reply markup is too long')
  return { rows }
}

function readButton(button: unknown): { text: string; callback_data?: string; url?: string } | Answer {
  if (typeof button !== 'object' || button === null) return badRequest("can't parse inline keyboard button: expected an Object")
  const label = 'text' in button ? text(button.text) : ''
  if (label === '') return badRequest('can\'t parse inline keyboard button: Field "text" must be non-empty')
  if ('url' in button) {
    const url = text(button.url)
    return URL.canParse(url) ? { text: label, url } : badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`)
  }
  if (!('callback_data' in button)) return badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
  const callback_data = text(button.callback_data)
  const bytes = Buffer.byteLength(callback_data)
  return bytes >= 1 && bytes <= 64 ? { text: label, callback_data } : badRequest('BUTTON_DATA_INVALID')
}

function findMessage(account: Account, input: CallInput): SentMessage | Answer {
  const refusal = refuseChat(account, input)
  if (refusal) return refusal
  const chat = text(input.parameters.chat_id)
  const id = Number(input.parameters.message_id)
  // From the end: what is edited or deleted was sent lately.
  const found = account.sent.findLast(message => message.message_id === id && message.chat === chat && !message.deleted)
  return found ?? badRequest('message to edit not found')
}

function edited(account: Account, message: SentMessage, buttons: Rows): Answer {
  message.buttons = buttons
  message.edits += 1
  const chat = { id: Number(message.chat), first_name: `Contact ${message.chat}`, type: 'private' }
  return { ok: true, result: { message_id: message.message_id, from: account.bot, chat, date: 1, edit_date: 2, text: message.text } }
}
