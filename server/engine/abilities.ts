/** What a channel can do, as pure data. The tables are in `channels/<name>/abilities.ts`; lint, splitting, counters and previews read them (rule 41). */
import type { AttachmentKind } from './event.ts'

/** How a kind is sent. `link` falls back to a text with the address; `none` is refused with a reason. */
export type Support = 'native' | 'link' | 'none'

/** Text lengths are UTF-16 units (rule 15), sizes bytes, times milliseconds. */
export interface Abilities {
  readonly channel: string
  readonly title: string
  /** Largest text of one message. */
  readonly text: number
  /** Largest caption of an attachment; 0: the text goes as a message of its own. */
  readonly caption: number
  readonly buttons: {
    /** Most buttons in one message; 0: none. More become a numbered list. */
    readonly most: number
    /** Largest label. */
    readonly label: number
    /** Largest text of a message with buttons. */
    readonly text: number
    /** Buttons that open an address. */
    readonly url: boolean
    /** Payload in bytes. */
    readonly payload: number
    /** A press arrives as plain text, not as an event of its own. */
    readonly as_text: boolean
    /** Narrower limits of a message that has a button with an address, where that needs another form. */
    readonly with_url?: { readonly most: number; readonly text: number }
  }
  /** `caption` overrides the one above for this kind. */
  readonly attachments: Readonly<Record<Exclude<AttachmentKind, 'sticker'>, { readonly send: Support; readonly max_bytes: number; readonly caption?: number }>>
  readonly location: Support
  /** How long one typing mark is seen; 0: none. */
  readonly typing_ms: number
  /** A sent text can be changed. */
  readonly edit: boolean
  readonly receipts: { readonly delivered: boolean; readonly read: boolean }
  /** Events the channel can tell. */
  readonly tells: { readonly start_payload: boolean; readonly edited: boolean; readonly blocked: boolean; readonly left: boolean }
  /** Hours after the contact's last message in which we may write freely; null: no window. */
  readonly window_hours: number | null
  /** Pacing of sends (rule 6); 0: only what the vendor answers. */
  readonly rate: { readonly per_second: number; readonly burst: number; readonly per_contact: number; readonly per_contact_burst: number }
  /** The vendor's pages these figures come from. */
  readonly sources: readonly string[]
}
