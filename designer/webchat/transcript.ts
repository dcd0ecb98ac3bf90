/** What is on screen, from what the server knows and what is on its way. Plain data, no DOM. */
import type { ShownAttachment, ShownButton, TranscriptEntry } from '../../server/api/webchat-contract.ts'
import { type Outgoing, stateOf } from './outbox.ts'
import { clockTime, dayLine, isSameDay } from './times.ts'
import { WORDS } from './words.ts'

/** A button on screen. `past`: the talk went on, but it can still be pressed (a reusable menu takes it). */
export interface LineButton extends ShownButton {
  readonly state: 'open' | 'past' | 'used'
}

/** One line of the log. Lines with the same key are the same line, changed. */
export type Line =
  | { readonly kind: 'day' | 'system'; readonly key: string; readonly text: string }
  /** The chat ended or began anew here; `isLast` offers another one. */
  | { readonly kind: 'mark'; readonly key: string; readonly text: string; readonly isLast: boolean }
  | {
      readonly kind: 'message'
      readonly key: string
      readonly from: 'contact' | 'flow' | 'agent'
      readonly name?: string
      readonly text: string
      readonly attachments: readonly ShownAttachment[]
      readonly buttons: readonly LineButton[]
      /** Sent, on its way, or not sent. */
      readonly note?: { readonly text: string; readonly isProblem: boolean; readonly again?: string }
    }

/** Adds what came from the stream. An entry that replaces another takes its place. */
export function addEntries(known: readonly TranscriptEntry[], more: readonly TranscriptEntry[]): readonly TranscriptEntry[] {
  const entries = [...known]
  for (const entry of more) {
    if (entries.some(one => one.id === entry.id)) continue
    const at = entry.replaces === undefined ? -1 : entries.findIndex(one => one.id === entry.replaces || one.replaces === entry.replaces)
    if (at < 0) entries.push(entry)
    else entries[at] = entry
  }
  return entries
}

/** Whether the chat has ended, and nothing was said since. */
export function isEnded(entries: readonly TranscriptEntry[], outgoing: readonly Outgoing[]): boolean {
  return entries.at(-1)?.mark === 'ended' && outgoing.length === 0
}

/** The lines of the log, oldest first. */
export function linesOf(entries: readonly TranscriptEntry[], outgoing: readonly Outgoing[], now: number): readonly Line[] {
  const lines: Line[] = []
  let day: number | undefined
  const startDay = (at: number) => {
    if (day === undefined || !isSameDay(day, at)) lines.push({ kind: 'day', key: `day ${at}`, text: dayLine(at, now) })
    day = at
  }
  const pressed = new Set([...entries.map(entry => entry.used_button), ...outgoing.map(message => message.payload)])
  const lastOwn = entries.findLastIndex(entry => entry.from === 'contact')

  for (const [index, entry] of entries.entries()) {
    // That the first chat began is no news.
    if (entry.mark === 'began' && index === 0) continue
    startDay(entry.at)
    if (entry.mark) {
      const text = entry.mark === 'ended' ? WORDS.endedAt(clockTime(entry.at)) : WORDS.beganAt(clockTime(entry.at))
      lines.push({ kind: 'mark', key: entry.id, text, isLast: entry.mark === 'ended' && isEnded(entries, outgoing) && index === entries.length - 1 })
      continue
    }
    if (entry.from === 'system') {
      lines.push({ kind: 'system', key: entry.id, text: entry.text ?? '' })
      continue
    }
    const isPast = index < lastOwn || outgoing.length > 0
    lines.push({
      kind: 'message',
      key: entry.client_id === undefined ? (entry.replaces ?? entry.id) : `own ${entry.client_id}`,
      from: entry.from,
      ...(entry.name === undefined ? {} : { name: entry.name }),
      text: entry.text ?? labelOf(entries, entry.used_button),
      attachments: entry.attachments ?? [],
      buttons: (entry.buttons ?? []).map(button => ({ ...button, state: stateOfButton(button, pressed, isPast) })),
      ...(index === lastOwn && outgoing.length === 0 ? { note: { text: WORDS.sent(clockTime(entry.at)), isProblem: false } } : {}),
    })
  }

  for (const [index, message] of outgoing.entries()) {
    startDay(message.at)
    const isProblem = message.state === 'waiting' || message.state === 'refused'
    const text = message.state === 'sent' ? WORDS.sent(clockTime(message.at)) : stateOf(message)
    const isNoted = isProblem || index === outgoing.length - 1
    lines.push({
      kind: 'message',
      key: `own ${message.client_id}`,
      from: 'contact',
      text: message.text,
      attachments: [...message.uploads, ...message.files.map(shownFile)],
      buttons: [],
      ...(isNoted ? { note: { text, isProblem, ...(isProblem ? { again: message.client_id } : {}) } } : {}),
    })
  }
  return lines
}

function stateOfButton(button: ShownButton, pressed: ReadonlySet<string | undefined>, isPast: boolean): LineButton['state'] {
  if (button.payload === undefined) return 'open'
  if (pressed.has(button.payload)) return 'used'
  return isPast ? 'past' : 'open'
}

function labelOf(entries: readonly TranscriptEntry[], payload: string | undefined): string {
  if (payload === undefined) return ''
  const labels = entries.flatMap(entry => entry.buttons ?? []).filter(button => button.payload === payload)
  return labels.at(-1)?.label ?? ''
}

const previews = new WeakMap<File, string>()

/** A file that is still here: shown from memory until the server has it. */
function shownFile(file: File): ShownAttachment {
  const url = previews.get(file) ?? URL.createObjectURL(file)
  previews.set(file, url)
  return { kind: file.type.startsWith('image/') ? 'image' : 'file', name: file.name, size: file.size, mime: file.type, url }
}
