/** The stream of a chat page: the transcript from a cursor on, then what is new. Nothing is lost between two streams. */
import { createSession } from 'better-sse'
import type { Request, Response } from 'express'
import type { WebchatPort } from './webchat.ts'

/** A proxy that buffers or drops idle streams is noticed by the page after two of these (ms). */
const KEEP_ALIVE_MS = 15_000

/**
 * Streams until the page goes. The first event holds everything after `Last-Event-ID`, even when that is nothing, so that
 * a page knows an empty transcript from one that is still on its way. Rejects before the first byte when the store does.
 */
export async function streamTranscript(port: WebchatPort, connector: string, contact: string, request: Request, response: Response): Promise<void> {
  let cursor = request.get('last-event-id') ?? ''
  // Subscribed before the first read: what is committed in between is read again, never missed.
  let isBehind = false
  let deliver: (() => void) | undefined
  let showTyping: ((ms: number) => void) | undefined
  const unsubscribe = port.subscribe(connector, contact, signal => {
    if (signal !== 'changed') return showTyping?.(signal.typing_ms)
    isBehind = true
    deliver?.()
  })
  // Also after a refusal: every answer ends in a close.
  response.on('close', unsubscribe)

  const first = await port.history(connector, contact, cursor || undefined)
  const stream = await createSession(request, response, { keepAlive: KEEP_ALIVE_MS, retry: null, trustClientEventId: false })
  const push = (entries: typeof first) => {
    cursor = entries.at(-1)?.id ?? cursor
    stream.push(entries, 'entries', cursor)
  }
  push(first)

  let isReading = false
  const readOn = async () => {
    if (isReading) return
    isReading = true
    while (isBehind && stream.isConnected) {
      isBehind = false
      const entries = await port.history(connector, contact, cursor || undefined)
      if (entries.length > 0 && stream.isConnected) push(entries)
    }
    isReading = false
  }
  // A stream that cannot be read on is ended: the page comes back with its cursor.
  deliver = () => void readOn().catch(() => response.end())
  showTyping = ms => stream.isConnected && stream.push({ ms }, 'typing', cursor)
  deliver()
}
