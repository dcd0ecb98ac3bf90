/** What the chat page and the server say to each other. Types only: the page imports them too. */
import type { AttachmentKind } from '../engine/index.ts'

/** A file in the transcript. `url` is signed and may be shown to this visitor. */
export interface ShownAttachment {
  readonly kind: AttachmentKind
  readonly url?: string
  readonly mime?: string
  readonly name?: string
  readonly size?: number
}

/** A button under a message: it sends `payload` or opens `url`. */
export interface ShownButton {
  readonly label: string
  readonly payload?: string
  readonly url?: string
}

/** One line of a transcript, as the visitor may see it. Entries are appended and never change. */
export interface TranscriptEntry {
  /** Cursor: later entries sort after it in code-unit order. */
  readonly id: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly from: 'contact' | 'flow' | 'agent' | 'system'
  readonly text?: string
  readonly attachments?: readonly ShownAttachment[]
  readonly buttons?: readonly ShownButton[]
  readonly status?: 'queued' | 'sent' | 'delivered' | 'read' | 'failed'
  /** On a contact's entry that is a press: the payload of the button. */
  readonly used_button?: string
  /** On a contact's entry: the id the page gave it. */
  readonly client_id?: string
  /** On ours: the delivery id, which receipts name. */
  readonly delivery?: string
  /** Id of the entry whose place this one takes. */
  readonly replaces?: string
  /** On a line of the system: the chat ended, or a new one was begun without a word. */
  readonly mark?: 'ended' | 'began'
  /** Name of the agent who wrote it. */
  readonly name?: string
}

/** `GET /chat/{connector}/config.json`: everything public about a chat. */
export interface PageConfig {
  readonly id: string
  readonly title: string
  readonly subtitle: string
  /** The connector's colour, dark enough for white text; absent: the theme's own. */
  readonly bubble?: string
  /** Languages of the flow that is live, its first first; empty when nothing is. */
  readonly languages: readonly string[]
  readonly max_file_bytes: number
  readonly max_text: number
  /** The site that asked may show the widget. */
  readonly embeddable: boolean
}

/** `POST …/files`: `attachment` goes back in the message; the rest is for showing it at once. */
export interface UploadAnswer {
  readonly attachment: string
  readonly kind: AttachmentKind
  readonly name: string
  readonly mime: string
  readonly size: number
  readonly url: string
}

/** Data of the events of `GET …/events`. The id of each is the cursor to come back with. */
export interface PageEvents {
  readonly entries: readonly TranscriptEntry[]
  readonly typing: { readonly ms: number }
}

/** The one shape of a refusal. */
export interface Refusal {
  readonly error: { readonly code: string; readonly message: string; readonly hint?: string }
}
