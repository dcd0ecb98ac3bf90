/** The load: contacts who write one after the other, a fixed number of them at a time, each waiting for the answer before writing again. */
import { textUpdate } from '../../helpers/telegram/updates.ts'
import { textOf } from '../scenario.ts'
import { type Connection, openConnection } from './connection.ts'
import type { Replies } from './fake-api.ts'
import type { System } from './system.ts'

/** How much load. */
export interface Load {
  readonly contacts: number
  readonly updates: number
  readonly inFlight: number
  /** Number of the first contact; no two rounds share one. */
  readonly firstContact: number
}

/** What came of it; times in ms. */
export interface Measured {
  readonly seconds: number
  readonly acknowledged: readonly number[]
  /** From the post to the moment the Bot API has the reply. */
  readonly replied: readonly number[]
}

/** Waits for replies by chat. */
export interface ReplyBoard {
  /** The time of the next reply to this chat. */
  next(chat: number): Promise<number>
  post(replies: Replies): void
}

/** Makes a board. */
export function createReplyBoard(): ReplyBoard {
  const waiting = new Map<number, (time: number) => void>()
  const early = new Map<number, number>()
  return {
    next: chat => {
      const time = early.get(chat)
      if (time !== undefined) {
        early.delete(chat)
        return Promise.resolve(time)
      }
      return new Promise(resolve => waiting.set(chat, resolve))
    },
    post: replies => {
      for (let i = 0; i < replies.length; i += 2) {
        const [chat = 0, time = 0] = [replies[i], replies[i + 1]]
        const tell = waiting.get(chat)
        waiting.delete(chat)
        if (tell) tell(time)
        else early.set(chat, time)
      }
    },
  }
}

/** A system that says nothing for so long has forgotten somebody. */
const MOST_SILENT_MS = 30_000

/** Puts a load on a system and measures. Rejects when an answer is not 200 or a reply stays out. */
export async function putLoad(system: System, load: Load, board: ReplyBoard): Promise<Measured> {
  const acknowledged: number[] = []
  const replied: number[] = []
  const contacts = Array.from({ length: load.contacts }, (_, index) => ({ chat: load.firstContact + index, written: 0 }))
  const connections = await Promise.all(Array.from({ length: load.inFlight }, () => openConnection(system.port, system.path, system.secret)))
  let left = load.updates
  const started = nowMs()

  async function write(connection: Connection): Promise<void> {
    while (left > 0) {
      const contact = contacts.shift()
      if (!contact) throw new Error('More in flight than there are contacts.')
      left -= 1
      const body = JSON.stringify(textUpdate(contact.chat, textOf(contact.written++)))
      const reply = system.replies ? board.next(contact.chat) : undefined
      const posted = nowMs()
      const status = await connection.post(body)
      acknowledged.push(nowMs() - posted)
      if (status !== 200) throw new Error(`${system.name} answered ${status}.`)
      if (reply) replied.push((await reply) - posted)
      contacts.push(contact)
    }
  }

  let watch: NodeJS.Timeout | undefined
  let before = -1
  const stalled = new Promise<never>((_, reject) => {
    watch = setInterval(() => {
      if (acknowledged.length === before) reject(new Error(`${system.name} stopped answering after ${before} updates.`))
      before = acknowledged.length
    }, MOST_SILENT_MS)
  })
  try {
    await Promise.race([Promise.all(connections.map(write)), stalled])
  } finally {
    clearInterval(watch)
    for (const connection of connections) connection.close()
  }
  return { seconds: (nowMs() - started) / 1000, acknowledged, replied }
}

function nowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
