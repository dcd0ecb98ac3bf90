/** What the visitor sent and the server does not have yet. Kept over reloads, sent in order, repeated with the same id until it is in. */
import type { UploadAnswer } from '../../server/api/webchat-contract.ts'
import { CallFailed, type Server } from './server.ts'
import type { ChatStorage } from './storage.ts'
import { WORDS } from './words.ts'

/** A message or a press on its way. `waiting`: tried and will be tried again. `refused`: only the visitor tries it again. */
export interface Outgoing {
  readonly client_id: string
  readonly at: number
  readonly text: string
  /** The button, when this is a press; `text` is its label then. */
  readonly payload?: string
  readonly uploads: readonly UploadAnswer[]
  /** Files not uploaded yet. They live in this tab only: a browser keeps no 20 MB for us. */
  readonly files: readonly File[]
  readonly state: 'sending' | 'waiting' | 'refused' | 'sent'
  /** Why it was refused. */
  readonly why?: string
}

/** Messages on their way. */
export interface Outbox {
  list(): readonly Outgoing[]
  add(message: { readonly text: string; readonly payload?: string; readonly files?: readonly File[] }): void
  /** Sends what waits, now; with an id also that refused one. */
  flush(again?: string): void
  /** Forgets what the transcript shows by now. */
  settle(client_ids: ReadonlySet<string>): void
}

const PAUSES = [1000, 2000, 5000, 10_000, 30_000]

/** Opens the outbox with what an earlier page left in it. `changed` is called after every change. */
export function openOutbox(server: Server, storage: ChatStorage, changed: () => void): Outbox {
  let list: readonly Outgoing[] = storage.keys('out.').flatMap(key => readKept(storage.get(key)))
  list = list.toSorted((a, b) => a.at - b.at)
  let isSending = false
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const update = (client_id: string, change: Partial<Outgoing>) => {
    list = list.map(one => (one.client_id === client_id ? { ...one, ...change } : one))
    const one = list.find(candidate => candidate.client_id === client_id)
    if (one !== undefined) keep(storage, one)
    changed()
  }

  const send = async (message: Outgoing): Promise<void> => {
    let { uploads, files } = message
    for (const file of files) {
      uploads = [...uploads, await server.upload(file)]
      files = files.slice(1)
      update(message.client_id, { uploads, files })
    }
    const { client_id, text, payload } = message
    const language = navigator.language
    const attachments = uploads.map(upload => upload.attachment)
    await server.post('messages', payload === undefined ? { client_id, text, attachments, language } : { client_id, payload, title: text, language })
  }

  const flush = async (): Promise<void> => {
    if (isSending) return
    isSending = true
    clearTimeout(timer)
    for (let next = firstWaiting(list); next !== undefined; next = firstWaiting(list)) {
      try {
        await send(next)
        failures = 0
        update(next.client_id, { state: 'sent' })
      } catch (error) {
        const later = !(error instanceof CallFailed) || error.later
        update(next.client_id, later ? { state: 'waiting' } : { state: 'refused', why: error.message })
        if (!later) continue
        // The next ones wait behind it: what was written first arrives first.
        timer = setTimeout(() => void flush(), PAUSES[Math.min(failures++, PAUSES.length - 1)])
        break
      }
    }
    isSending = false
  }

  return {
    list: () => list,
    add({ text, payload, files = [] }) {
      const at = Math.max(Date.now(), (list.at(-1)?.at ?? 0) + 1)
      const message: Outgoing = { client_id: newId(), at, text, uploads: [], files, state: 'sending', ...(payload === undefined ? {} : { payload }) }
      list = [...list, message]
      keep(storage, message)
      changed()
      void flush()
    },
    flush(again) {
      if (again !== undefined) update(again, { state: 'sending' })
      void flush()
    },
    settle(client_ids) {
      for (const one of list) if (client_ids.has(one.client_id)) storage.remove(`out.${one.client_id}`)
      list = list.filter(one => !client_ids.has(one.client_id))
    },
  }
}

/** What a message says about itself under the bubble. */
export function stateOf(message: Outgoing): string {
  if (message.state === 'sending') return WORDS.sending
  return message.state === 'waiting' ? WORDS.waiting : [WORDS.refused, message.why].filter(Boolean).join(' ')
}

function firstWaiting(list: readonly Outgoing[]): Outgoing | undefined {
  return list.find(one => one.state === 'sending' || one.state === 'waiting')
}

function keep(storage: ChatStorage, message: Outgoing): void {
  const key = `out.${message.client_id}`
  if (message.state === 'sent' || message.files.length > 0) storage.remove(key)
  else storage.set(key, JSON.stringify(message))
}

function readKept(kept: string | undefined): readonly Outgoing[] {
  try {
    const message: unknown = JSON.parse(kept ?? '')
    // Written by `keep` under our own prefix; anything else is not ours to send.
    return typeof message === 'object' && message !== null && 'client_id' in message ? [{ ...(message as Outgoing), files: [] }] : []
  } catch {
    return []
  }
}

/** 128 random bits. `crypto.randomUUID` is missing on plain http. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('')
}
